package pipeline

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gz(parts ...string) string {
	var b bytes.Buffer
	for _, p := range parts {
		w, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
		io.WriteString(w, p)
		w.Close()
	}
	return b.String()
}

func zst(s string) string {
	w, _ := zstd.NewWriter(nil)
	defer w.Close()
	return string(w.EncodeAll([]byte(s), nil))
}

// tarball makes an archive of names and contents in turn; a content that begins
// with "->" makes a link.
func tarball(members ...string) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		h := &tar.Header{Name: members[i], Size: int64(len(members[i+1])), Mode: 0o644, Typeflag: tar.TypeReg}
		if to, link := strings.CutPrefix(members[i+1], "->"); link {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, to, 0
		}
		w.WriteHeader(h)
		if h.Size > 0 {
			io.WriteString(w, members[i+1])
		}
	}
	w.Close()
	return b.String()
}

func zipped(members ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		f, _ := w.Create(members[i])
		io.WriteString(f, members[i+1])
	}
	w.Close()
	return b.String()
}

func utf16(s string, mark bool) string {
	var b strings.Builder
	if mark {
		b.WriteString("\xff\xfe")
	}
	for _, c := range s {
		b.WriteByte(byte(c))
		b.WriteByte(byte(c >> 8))
	}
	return b.String()
}

const (
	talks = "Talks began in Geneva on Monday.\n"
	lines = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"
)

func TestReadFormats(t *testing.T) {
	bz, err := base64.StdEncoding.DecodeString("QlpoOTFBWSZTWe3cugsAAATXgAAQQAEAggQANq2JICAAIiZGQMTEKZMTIMjCcIHVICVx2PTKT4lYohM5q5/F3JFOFCQ7dy6CwA==")
	if err != nil {
		t.Fatal(err)
	}
	deep := talks
	for range MaxNesting + 1 {
		deep = gz(deep)
	}
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"gzip", gz(talks), []string{`f 0 "Talks began in Genev"`}},
		{"gzip of several members", gz("{\"text\":\"One.\"}\n{\"te", "xt\":\"Two.\"}\n"), []string{`f 0 "One."`, `f 1 "Two."`}},
		{"cut gzip", gz(strings.Repeat(talks, 9))[:40], []string{`f 0 [broken] f: unexpected EOF`}},
		{"zstd", zst(lines), []string{`f 0 "One."`, `f 1 "Two."`}},
		{"bzip2", string(bz), []string{`f 0 "Talks began in Genev"`}},
		{"tar", tarball("a.txt", talks, "../../b.jsonl", lines, "link", "->/etc/passwd", "._a.txt", "x"), []string{
			`f/a.txt 0 "Talks began in Genev"`, `f/b.jsonl 0 "One."`, `f/b.jsonl 1 "Two."`, `f/link 0 [unreadable] f/link: a link in an archive is not followed`}},
		{"zip", zipped("d/a.txt", talks, "/etc/b.jsonl", lines), []string{`f/d/a.txt 0 "Talks began in Genev"`, `f/etc/b.jsonl 0 "One."`, `f/etc/b.jsonl 1 "Two."`}},
		{"tar in gzip", gz(tarball("a", talks, "b", gz(lines))), []string{`f/a 0 "Talks began in Genev"`, `f/b 0 "One."`, `f/b 1 "Two."`}},
		{"zip in tar", tarball("z", zipped("a", talks)), []string{`f/z/a 0 "Talks began in Genev"`}},
		{"cut tar", tarball("a", strings.Repeat(talks, 99))[:1500], []string{`f/a 0 [broken] f/a: unexpected EOF`, `f 0 [broken] f: tar: unexpected EOF; what follows is lost`}},
		{"broken zip", zipped("a", talks)[:60], []string{`f 0 [broken] f: zip: not a valid zip file`}},
		{"too many layers", deep, []string{`f 0 [broken] f: too many archives and compressions around one another`}},
		{"a bomb", gz("{\"text\":\"One.\"}\n" + strings.Repeat(" ", 80<<20)), []string{`f 0 "One."`, `f 1 [broken] f record 1: line 2: it grows to over 250 times its size`}},
		{"UTF-16 with a mark", utf16(talks, true), []string{`f 0 "Talks began in Genev"`}},
		{"UTF-16 without one", utf16(lines, false), []string{`f 0 "One."`, `f 1 "Two."`}},
		{"Windows-1252", "\x93Talks\x94 began in S\xe3o Paulo.", []string{`f 0 "“Talks” began in São"`}},
		{"UTF-8 with a fault", "“Talks” began in S\xe3o Paulo.", []string{"f 0 \"“Talks” began in S�o\""}},
		{"PDF", "%PDF-1.7\n...", []string{`f 0 [broken] f: this is PDF, which parley does not read`}},
		{"a feed", "<?xml version=\"1.0\"?><rss></rss>", []string{`f 0 [broken] f: this is XML, which parley does not read`}},
		{"a page of too many elements", "<html><body>" + strings.Repeat("<p>x", MaxElements), []string{`f 0 [too-long] f: a page of 50003 elements, the limit is 50000`}},
		{"a page nested too deeply", "<html><body>" + strings.Repeat("<div>", 9999), []string{`f 0 [broken] f: HTML: html: open stack of elements exceeds 512 nodes`}},
		{"a page without an article", "<html><body></body></html>", []string{`f 0 [no-article] f: no article in this page`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := dump(t, map[string]string{"f": c.file})
			got := readAll(&Reader{Sources: []string{root + "/f"}})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadHTML(t *testing.T) {
	r := &Reader{Sources: []string{"testdata/html/port.html"}}
	for d := range r.Documents(context.Background()) {
		if !strings.HasPrefix(d.Text, "Kenya and Somalia have agreed") && !strings.HasPrefix(d.Text, "Kenya and Somalia agree on port\n\nKenya") {
			t.Errorf("the text begins %.80q", d.Text)
		}
		for _, s := range []string{"“port of peace”", "according to the ministry, which", "\n\nSomali opposition"} {
			if !strings.Contains(d.Text, s) {
				t.Errorf("the text has no %q: %s", s, d.Text)
			}
		}
		for _, s := range []string{"Most read", "Sport", "Privacy"} {
			if strings.Contains(d.Text, s) {
				t.Errorf("the text has %q", s)
			}
		}
		got := fmt.Sprint(d.Title, "|", d.Author, "|", d.Site, "|", d.URL, "|", d.Published.Format("2006-01-02"))
		want := "Kenya and Somalia agree on port|Amina Odhiambo|courier.example|https://courier.example/world/port|2023-05-15"
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// warcRecord writes one record; lie is added to its length.
func warcRecord(kind, uri, contentType, content string, lie int) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, contentType, len(content)+lie, content)
}

func warcPage(n, lie int) string {
	return warcRecord("response", fmt.Sprintf("https://news.example/%d", n), "application/http; msgtype=response",
		"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+pageOf(n), lie)
}

func pageOf(n int) string {
	s := fmt.Sprintf("Delegation %d met the ministers of finance and of trade on Tuesday to discuss the loan, and left without a result. ", n)
	return fmt.Sprintf("<html><head><title>Meeting %d</title></head><body><article><p>%s</p><p>%s</p></article></body></html>", n, s+s, s)
}

func TestReadWARC(t *testing.T) {
	info := warcRecord("warcinfo", "", "application/warc-fields", "software: x\r\n", 0)
	request := warcRecord("request", "https://news.example/1", "application/http", "GET / HTTP/1.1\r\n\r\n", 0)
	gone := warcRecord("response", "https://news.example/gone", "application/http", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html></html>", 0)
	picture := warcRecord("response", "https://news.example/p", "application/http", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG", 0)
	chunked := warcRecord("response", "https://news.example/9", "application/http", fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(pageOf(9)), pageOf(9)), 0)
	packed := warcRecord("response", "https://news.example/8", "application/http", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"+gz(pageOf(8)), 0)
	wet := warcRecord("conversion", "https://news.example/7", "text/plain", "Delegation 7 met the", 0)
	page := func(record, n int) string { return fmt.Sprintf(`f %d "Delegation %d met the"`, record, n) }

	cut := []byte(gz(warcPage(2, 0)))
	cut[40] ^= 0xff // breaks the member
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"plain", info + request + warcPage(1, 0) + gone + picture + chunked + packed + wet, []string{
			page(0, 1),
			`f 1 [no-article] f record 1: byte 921: HTTP status 404`,
			`f 2 [no-article] f record 2: byte 1118: content of the type image/png`,
			page(3, 9), page(4, 8), page(5, 7)}},
		{"a gzip member a record", gz(info, request, warcPage(1, 0), warcPage(2, 0)), []string{page(0, 1), page(1, 2)}},
		{"all in one gzip member", gz(info + request + warcPage(1, 0) + warcPage(2, 0)), []string{page(0, 1), page(1, 2)}},
		{"a broken member", gz(info, warcPage(1, 0)) + string(cut) + gz(warcPage(3, 0)), []string{page(0, 1), "broken", page(2, 3)}},
		{"a length too short", warcPage(1, -300) + warcPage(2, 0), []string{page(0, 1), "broken", page(2, 2)}},
		{"a length too long", warcPage(1, 0) + warcPage(2, 9999), []string{page(0, 1), page(1, 2), "broken"}},
		{"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\nxx\r\n\r\n" + warcPage(1, 0), []string{"broken", page(1, 1)}},
		{"no page at all", info, []string{`f 0 [no-article] f: no page in this WARC file`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := dump(t, map[string]string{"f": c.file})
			got := readAll(&Reader{Sources: []string{root + "/f"}})
			for i := range got {
				if i < len(c.want) && c.want[i] == "broken" && strings.Contains(got[i], "[broken]") {
					got[i] = "broken"
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}

	t.Run("offsets", func(t *testing.T) {
		members := []string{gz(info), gz(warcPage(1, 0)), gz(warcPage(2, 0))}
		root := dump(t, map[string]string{"f": strings.Join(members, "")})
		want := int64(len(members[0]))
		for d := range (&Reader{Sources: []string{root + "/f"}}).Documents(context.Background()) {
			if d.Offset != want || d.URL != fmt.Sprintf("https://news.example/%d", d.Record+1) || d.Site != "news.example" {
				t.Errorf("record %d of %s at byte %d, want %d", d.Record, d.URL, d.Offset, want)
			}
			want += int64(len(members[1]))
		}
	})
}

func TestReadSources(t *testing.T) {
	root := dump(t, map[string]string{"a1.txt": "One.", "a2.txt": "Two.", "b.txt": "Three.", "list.txt": ""})
	os.WriteFile(root+"/list.txt", []byte("# which\r\n"+root+"/b.txt\r\n\r\n"+root+"/a1.txt\r\n"), 0o666)
	got := readAll(&Reader{Sources: []string{filepath.Join(root, "a?.txt"), "@" + root + "/list.txt", "@" + root + "/none", root + "/z*"}})
	want := []string{`a1.txt 0 "One."`, `a2.txt 0 "Two."`, `b.txt 0 "Three."`, `a1.txt 0 "One."`,
		`none 0 [unreadable] none: open: no such file or directory`, `z* 0 [unreadable] z*: stat: no such file or directory`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
