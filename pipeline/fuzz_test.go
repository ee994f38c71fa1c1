package pipeline

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readTwice holds the readers to their promise: any bytes give documents whose
// text is valid and within the limits, the same every time, without a panic.
func readTwice(t *testing.T, b []byte) {
	t.Helper()
	read := func() []string {
		var out []string
		for d := range (&Reader{Sources: []string{"-"}, Stdin: bytes.NewReader(b), Workers: 1}).Documents(context.Background()) {
			if d.ID == "" || len(d.Text) > MaxDocument || cleanText(d.Text) != d.Text {
				t.Fatalf("bad document %+v", d)
			}
			out = append(out, d.ID+string(d.Skip.Reason))
		}
		return out
	}
	first := read()
	mayBeEmpty := strings.Contains(string(b), "ustar") || strings.HasPrefix(string(b), "PK") || strings.HasPrefix(string(b), "\x1f\x8b") || strings.Contains(string(b), warcInfo)
	if len(first) == 0 && len(b) > 0 && !mayBeEmpty {
		t.Fatal("nothing became of it")
	}
	if diff := cmp.Diff(first, read()); diff != "" {
		t.Fatal(diff)
	}
}

// FuzzRead reads bytes of any form.
func FuzzRead(f *testing.F) {
	for _, s := range []string{talks, lines, `[{"text":"One."},{"te`, gz(talks), zst(lines), tarball("a", talks, "b", "->c"), zipped("a", talks), utf16(talks, true),
		gz(warcPage(1, 0), warcPage(2, 0)), warcPage(1, -9) + warcPage(2, 9), "\x93Talks\x94", "<!-- x --><html><p>Talks", "BZh91AY&SY"} {
		f.Add([]byte(s))
	}
	f.Fuzz(readTwice)
}

// warcInfo is a whole record without a page in it, which takes next to no time.
const warcInfo = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"

// FuzzWARC reads records behind a whole one, plain and as gzip members.
func FuzzWARC(f *testing.F) {
	f.Add([]byte("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 60\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nTalks in Oslo.\r\n\r\n"), false)
	f.Add([]byte("WARC/1.0\r\nWARC-Type: request\r\nContent-Length: -9\r\n\r\n\r\n\r\nWARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 9\r\n\r\n"), true)
	f.Add([]byte("WARC/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n"), false)
	f.Add([]byte("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 40\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Ta"), true)
	f.Fuzz(func(t *testing.T, b []byte, members bool) {
		if members {
			readTwice(t, []byte(gz(warcInfo, string(b))))
			return
		}
		readTwice(t, append([]byte(warcInfo), b...))
	})
}

// FuzzJSON reads lines and arrays of JSON behind a whole record.
func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"text":"Two.","published":"2015-01-29T25:61:00Z"}`), false)
	f.Add([]byte(`{"text":["Two",{"body":null}]},{"maintext":"\ud800"`), true)
	f.Add([]byte("{\"text\":\"a\x00b\"}\n}{\n[[[["), false)
	f.Fuzz(func(t *testing.T, b []byte, array bool) {
		if array {
			readTwice(t, append([]byte(`[{"text":"One."},`), b...))
			return
		}
		readTwice(t, append([]byte("{\"text\":\"One.\"}\n"), b...))
	})
}

// FuzzArchive reads broken and nested archives and compressions.
func FuzzArchive(f *testing.F) {
	for _, s := range []string{gz(talks), zst(lines), tarball("a", talks, "../b", "->c"), zipped("../a", talks), gz(tarball("a", zipped("b", gz(talks)))), "BZh91AY&SY", "PK\x05\x06"} {
		f.Add([]byte(s), byte(0))
		f.Add([]byte(s), byte(1))
	}
	f.Fuzz(func(t *testing.T, b []byte, wrap byte) {
		switch wrap % 4 {
		case 1:
			b = []byte(gz(string(b)))
		case 2:
			b = []byte(zst(string(b)))
		case 3:
			b = []byte(tarball("a", string(b)))
		}
		readTwice(t, b)
	})
}

// FuzzCharset reads text and pages that declare a character set, truly or not.
func FuzzCharset(f *testing.F) {
	f.Add([]byte("\x93Talks\x94 caf\xe9"), "windows-1252")
	f.Add([]byte("\x83\x65\x83\x58\x83\x67"), "shift_jis")
	f.Add([]byte(utf16(talks, true)), "utf-16")
	f.Add([]byte("\xef\xbb\xbfTalks \xff"), "no-such-set")
	f.Fuzz(func(t *testing.T, b []byte, charset string) {
		readTwice(t, b)
		page := "<html><head><meta charset=\"" + charset + "\"></head><body><p>"
		readTwice(t, append([]byte(page), b...))
	})
}
