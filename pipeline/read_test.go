package pipeline

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// dump writes files, and folders where the name ends in a slash, below a new
// folder "dump".
func dump(t *testing.T, files map[string]string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "dump")
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(path, 0o777); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// readAll gives one line for each document that r reads.
func readAll(r *Reader) []string {
	var out []string
	for d := range r.Documents(context.Background()) {
		line := fmt.Sprintf("%s %d", d.Source, d.Record)
		if d.Skip.Reason != NotSkipped {
			line += fmt.Sprintf(" [%s] %s", d.Skip.Reason, d.Skip.Detail)
		} else {
			line += fmt.Sprintf(" %.20q", d.Text)
		}
		out = append(out, line)
	}
	return out
}

func TestReadFolder(t *testing.T) {
	root := dump(t, map[string]string{
		"b.txt":       "Talks began.",
		"a/x.txt":     "\ufeffA mark \x00 and \xff.",
		"a/x.ann":     "T1\tPERSON 0 1\tA",
		"a/alone.ann": "No text lies beside this.",
		".hidden":     "secret",
		".git/config": "secret",
		"empty":       "",
		"blank.txt":   " \n\t\n",
		"noise.bin":   strings.Repeat("\x01\x02\x80\x91\xfe\x00k", 100),
	})
	if err := os.Symlink(root, filepath.Join(root, "loop")); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	os.Symlink("gone", filepath.Join(root, "dangling"))
	got := readAll(&Reader{Sources: []string{root, root + "/b.txt", root + "/none", root + "/a/"}})
	want := []string{
		`dump/a/alone.ann 0 "No text lies beside "`,
		"dump/a/x.txt 0 \"A mark � and �.\"",
		`dump/b.txt 0 "Talks began."`,
		`dump/blank.txt 0 [empty] dump/blank.txt: no text`,
		`dump/dangling 0 [unreadable] dump/dangling: stat: no such file or directory`,
		`dump/empty 0 [empty] dump/empty: no text`,
		`dump/loop 0 [unreadable] dump/loop: a link to a folder is not followed`,
		`dump/noise.bin 0 [broken] dump/noise.bin: this is no text: 300 of its first 700 bytes are control characters`,
		`b.txt 0 "Talks began."`,
		`none 0 [unreadable] none: stat: no such file or directory`,
		`a/alone.ann 0 "No text lies beside "`,
		"a/x.txt 0 \"A mark � and �.\"",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadJSON(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"lines with a broken one", "{\"text\":\"One.\"}\n\n{\"text\":\"Two\nnot json\n{\"body\":\"Three.\"}", []string{
			`f 0 "One."`,
			`f 1 [broken] f record 1: line 3: invalid character '\n' in string literal`,
			`f 2 [broken] f record 2: line 4: invalid character 'o' in literal null (expecting 'u')`,
			`f 3 "Three."`,
		}},
		{"a broken first line", "oops\n{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", []string{
			`f 0 [broken] f record 0: line 1: invalid character 'o' looking for beginning of value`,
			`f 1 "One."`,
			`f 2 "Two."`,
		}},
		{"an array", ` [ {"text":"One."}, {"title":"No text"}, 7, {"maintext":["Two.","Three."]} ] `, []string{
			`f 0 "One."`,
			`f 1 [broken] f record 1: no field for the text among: title`,
			`f 2 [broken] f record 2: json: cannot unmarshal number into Go value of type map[string]interface {}`,
			`f 3 "Two.\nThree."`,
		}},
		{"a cut array", `[{"text":"One."},{"text":"Tw`, []string{
			`f 0 "One."`,
			`f 1 [broken] f record 1: byte 17: unexpected EOF; what follows is lost`,
		}},
		{"one record over lines", "{\n \"text\": \"One.\",\n \"meta\": {\"url\": \"u\"}\n}\n{\"text\":\"Two.\"}\n", []string{`f 0 "One."`, `f 1 "Two."`}},
		{"a line over the limit", "{\"text\":\"One.\"}\n{\"text\":\"" + strings.Repeat("x", MaxRecord) + "\"}\n{\"text\":\"Two.\"}", []string{
			`f 0 "One."`,
			`f 1 [too-long] f record 1: line 2: 16.0 MiB, the limit for one record is 16.0 MiB`,
			`f 2 "Two."`,
		}},
		{"markup in a field", `{"content":"<p>One &amp; <b>only</b>.</p><script>x</script><p>Two.</p>"}` + "\n" + `{"content":"O&#8217;Neill &lt;3 < 4"}`, []string{
			`f 0 "One & only.\n\nTwo."`,
			`f 1 "O’Neill <3 < 4"`,
		}},
		{"an empty array", "[]", []string{`f 0 [empty] f: no record`}},
		{"no text in it", `{"text":"", "maintext": null}`, []string{`f 0 [empty] f record 0: no text`}},
		{"something after a record", `{"text":"One."} {"text":"Two."}`, []string{`f 0 [broken] f record 0: line 1: something follows the record`}},
		{"text in brackets", "[Editor's note] Talks began.", []string{`f 0 "[Editor's note] Talk"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := dump(t, map[string]string{"f": c.file})
			if diff := cmp.Diff(c.want, readAll(&Reader{Sources: []string{root + "/f"}})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadFields(t *testing.T) {
	in := `{"maintext":"Ministers met.","title":" Talks ","url":"https://e.org/1","date_publish":"2015-01-29 10:20:30","source_domain":"e.org","authors":["A. Roe","B. Poe"],"language":"EN"}`
	r := &Reader{Sources: []string{"-"}, Stdin: strings.NewReader(in)}
	for d := range r.Documents(context.Background()) {
		got := *d
		want := Document{ID: got.ID, Source: "stdin", Text: "Ministers met.", Title: "Talks", URL: "https://e.org/1", Site: "e.org", Author: "A. Roe, B. Poe",
			Language: "en", Published: time.Date(2015, 1, 29, 0, 0, 0, 0, time.UTC)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	r = &Reader{Sources: []string{"-"}, Stdin: strings.NewReader(`{"text":"wrong","doc":{"inner":"right"}}`), Fields: map[string]string{"text": "doc.inner"}}
	if diff := cmp.Diff([]string{`stdin 0 "right"`}, readAll(r)); diff != "" {
		t.Error(diff)
	}
}

func TestReadGiants(t *testing.T) {
	root := dump(t, map[string]string{"giant.txt": strings.Repeat("word and ", 50<<20/9), "line.txt": strings.Repeat("word and ", MaxLine/8)})
	progress := new(Progress)
	r := &Reader{Sources: []string{root}, Progress: progress}
	r.Measure(context.Background())
	var docs []*Document
	for d := range r.Documents(context.Background()) {
		runStages(d, []Stage{Clean()})
		docs = append(docs, d)
	}
	for i, want := range []string{
		"dump/giant.txt: a text file is one article, and this one is over the limit of 2.0 MiB",
		"dump/line.txt: a line of 288.0 KiB, the limit is 256.0 KiB",
	} {
		if docs[i].Skip != (Skip{SkipTooLong, want}) {
			t.Errorf("got %+v, want %s", docs[i].Skip, want)
		}
	}
	if read, total := progress.Read.Load(), progress.Total.Load(); read != total || total < 50<<20 {
		t.Errorf("%d of %d bytes were read", read, total)
	}
}

func TestDocumentIDIsStable(t *testing.T) {
	if got, want := documentID("dump/a.txt", 3, "Talks began."), "4ba6badd6c96a24cded5662442a31be9"; !strings.HasPrefix(got, want) {
		t.Errorf("the ID of this document has become %s: every store would be redone", got)
	}
	if documentID("a", 0, "bc") == documentID("ab", 0, "c") {
		t.Error("two documents have one ID")
	}
}

func TestParseStamp(t *testing.T) {
	for in, want := range map[string]string{
		"2015-01-29":                      "2015-01-29",
		"2015-01-29T23:30:00+09:00":       "2015-01-29",
		"2015-01-29 10:20:30":             "2015-01-29",
		"20150129":                        "2015-01-29",
		"Thu, 29 Jan 2015 10:20:30 +0100": "2015-01-29",
		"Thu Jan 29 10:20:30 +0000 2015":  "2015-01-29",
		"January 29, 2015":                "2015-01-29",
		"29 January 2015":                 "2015-01-29",
		"29.1.2015":                       "2015-01-29",
		"1/29/2015":                       "2015-01-29",
		"1422526830":                      "2015-01-29",
		"1422526830000":                   "2015-01-29",
		"1/2/2015":                        "",
		"2015-02-30":                      "",
		"yesterday":                       "",
		"7":                               "",
	} {
		got := ""
		if d := parseStamp(in); !d.IsZero() {
			got = d.Format("2006-01-02")
		}
		if got != want {
			t.Errorf("parseStamp(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestReadStops(t *testing.T) {
	root := dump(t, map[string]string{"a.jsonl": strings.Repeat("{\"text\":\"One.\"}\n", 1000), "b.html": pageOf(1), "c.html": pageOf(2)})
	for _, stopAt := range []int{0, 1, 1000, 1001} {
		ctx, cancel := context.WithCancel(context.Background())
		n := 0
		for range (&Reader{Sources: []string{root}, Workers: 2}).Documents(ctx) {
			if n == stopAt {
				break
			}
			n++
		}
		cancel()
		if n != stopAt {
			t.Errorf("%d documents, want %d", n, stopAt)
		}

		ctx, cancel = context.WithCancel(context.Background())
		n = 0
		for range (&Reader{Sources: []string{root}, Workers: 2}).Documents(ctx) {
			if n == stopAt {
				cancel()
			}
			n++
		}
		cancel()
		if n != stopAt+1 {
			t.Errorf("%d documents came after the end of the context", n-stopAt-1)
		}
	}
}

// A pipe that nobody writes to must not keep a reader that is no longer wanted.
func TestReadStopsOnStdin(t *testing.T) {
	in, out := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	for range (&Reader{Sources: []string{"-"}, Stdin: in}).Documents(ctx) {
		t.Error("a document came from nowhere")
	}
	out.Close() // ends the goroutine that waits
}
