package store

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"parley/pipeline"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with testdata/name.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestWriteJSONL(t *testing.T) {
	s := openTemp(t)
	reprint := talks(t, "d2")
	reprint.Skip = pipeline.Skip{Reason: pipeline.SkipDuplicate}
	reprint.DuplicateOf, reprint.Similarity = "d1", 0.98765
	reprint.Sentences, reprint.Tokens, reprint.Mentions, reprint.Entities, reprint.Relations = nil, nil, nil, nil, nil
	put(t, s, reprint, talks(t, "d1"), talks(t, "d3"))
	var b bytes.Buffer
	if err := s.WriteJSONL(&b, Query{}); err != nil {
		t.Fatal(err)
	}
	golden(t, "talks.jsonl", b.Bytes())
}

// The other forms say the same in their own ways.
func TestOtherFormats(t *testing.T) {
	s := openTemp(t)
	put(t, s, talks(t, "d1"))
	for name, write := range map[string]func(io.Writer, Query) error{
		"talks.plover.jsonl": s.WritePLOVER,
		"talks.csv":          s.WriteCSV,
		"talks.events.jsonl": s.WriteEvents,
		"talks.graphml": func(w io.Writer, q Query) error {
			_, err := s.WriteGraphML(w, q)
			return err
		},
	} {
		var b bytes.Buffer
		if err := write(&b, Query{}); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
	}
}

func TestWriteParquet(t *testing.T) {
	s := openTemp(t)
	put(t, s, talks(t, "d1"), talks(t, "d2"))
	var b bytes.Buffer
	if err := s.WriteParquet(&b, Query{}); err != nil {
		t.Fatal(err)
	}
	rows, err := parquet.Read[Row](bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 || rows[0].ActorName[1] != "Chad" || rows[0].Topic != "fishing" || rows[3].Person != "Ada Berg" {
		t.Errorf("read back %+v", rows)
	}
}

// A query narrows an export to its relations, their documents and their parties.
func TestWriteJSONLOfAQuery(t *testing.T) {
	s := openTemp(t)
	put(t, s, talks(t, "d1"), build(t, "d2", "Peru slept.").d)
	var b bytes.Buffer
	if err := s.WriteJSONL(&b, Query{Type: Holds}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(b.String()) {
		var r struct{ Kind, ID string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		got = append(got, r.Kind+" "+r.ID)
	}
	if diff := cmp.Diff([]string{"document d1", "entity e-ber", "relation d1-r2"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnnotate(t *testing.T) {
	var b bytes.Buffer
	if err := Annotate(&b, talks(t, "d1")); err != nil {
		t.Fatal(err)
	}
	golden(t, "talks.ann", b.Bytes())
}

// A span over a line break is cut to its longest line, for standoff has one line
// for each span.
func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"Ada Berg":                 "Ada Berg",
		"the U.S.\nmissile shield": "missile shield",
		"missile \r\n shield":      "missile",
		"a\tb\u2028long one ":      "long one",
		"\n":                       "",
		"same\nsame":               "same",
	} {
		text := "x" + in + "y"
		got := oneLine(text, pipeline.Span{Start: 1, End: 1 + len(in)})
		if text[got.Start:got.End] != want {
			t.Errorf("oneLine(%q) = %q, want %q", in, text[got.Start:got.End], want)
		}
	}
}

func TestWriteBratNames(t *testing.T) {
	s := openTemp(t)
	for id, change := range map[string]func(*pipeline.Document){
		"1": func(d *pipeline.Document) { d.Source = "dump/a/story.txt" },
		"2": func(d *pipeline.Document) { d.Source = "dump/b/story.txt" },
		"3": func(d *pipeline.Document) { d.Source, d.Single, d.Record = "dump/many.jsonl", false, 7 },
		"4": func(d *pipeline.Document) { d.Source = "dump/x.tar/.." },
		"5": func(d *pipeline.Document) { d.Source = `dump/a\b:c` },
	} {
		d := build(t, id, "Peru slept.").d
		change(d)
		put(t, s, d)
	}
	dir := t.TempDir()
	if n, err := s.WriteBrat(dir, Query{}); n != 5 || err != nil {
		t.Fatalf("WriteBrat = %d, %v", n, err)
	}
	var got []string
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		got = append(got, f.Name())
	}
	want := []string{"_..ann", "_..txt", "a_b_c.ann", "a_b_c.txt", "dump_b_story.ann", "dump_b_story.txt",
		"many-000007.ann", "many-000007.txt", "story.ann", "story.txt"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
