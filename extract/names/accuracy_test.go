package names

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/extract/token"
	"parley/pipeline"
)

const shared = "../../../shared"

// TestLabelledArticles measures span F1 on the hand labels beside the checkout.
// The articles of voa-train and wikinews-train were trained on; those of voa-dev
// and seeds were not. The floor catches a model that no longer fits its code.
func TestLabelledArticles(t *testing.T) {
	list := stages(t)
	for _, folder := range []struct {
		name  string
		floor float64
	}{{"voa-train", 0.9}, {"wikinews-train", 0.85}, {"voa-dev", 0.9}, {"seeds", 0.6}} {
		paths, _ := filepath.Glob(filepath.Join(shared, "labels", folder.name, "*.ann"))
		if len(paths) == 0 {
			t.Skipf("no labels at %s", filepath.Join(shared, "labels"))
		}
		var named, values tally
		for _, path := range paths {
			text, err := os.ReadFile(strings.TrimSuffix(path, ".ann") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			gold := readSpans(t, path, string(text))
			d := run(t, list, string(text))
			for _, m := range d.Mentions {
				key := pipeline.Mention{Span: m.Span, Type: m.Type}
				of := &values
				if m.Type.Named() {
					of = &named
				}
				of.found++
				if gold[key] {
					of.hit++
					delete(gold, key)
				} else {
					t.Logf("%s: wrong %s %q", folder.name, m.Type, d.In(m.Span))
				}
			}
			for m := range gold {
				t.Logf("%s: missed %s %q", folder.name, m.Type, d.In(m.Span))
				if m.Type.Named() {
					named.missed++
				} else {
					values.missed++
				}
			}
		}
		t.Logf("%s: names %.4f, values %.4f", folder.name, named.f1(), values.f1())
		if named.f1() < folder.floor {
			t.Errorf("%s: names F1 %.4f, under %.2f", folder.name, named.f1(), folder.floor)
		}
	}
}

type tally struct{ hit, found, missed int }

func (t tally) f1() float64 { return 2 * float64(t.hit) / float64(t.hit+t.missed+t.found) }

// readSpans reads the T lines of names and values of a brat file.
func readSpans(t testing.TB, path, text string) map[pipeline.Mention]bool {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var at []int // byte offset of every code point
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	out := map[pipeline.Mention]bool{}
	for line := range strings.Lines(string(b)) {
		var id, kind string
		var from, to int
		if n, _ := fmt.Sscanf(line, "%s %s %d %d", &id, &kind, &from, &to); n == 4 && id[0] == 'T' {
			if k := pipeline.MentionType(kind); k.Named() || k.Value() {
				out[pipeline.Mention{Span: pipeline.Span{Start: at[from], End: at[to]}, Type: k}] = true
			}
		}
	}
	return out
}

// news is documents of six lines of unlabelled news, with tokens, and how many
// words they have.
func news(b *testing.B) (docs []*pipeline.Document, words int) {
	f, err := os.Open(filepath.Join(shared, "data", "text", "voa.txt.gz"))
	if err != nil {
		b.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	tokens, err := token.New()
	if err != nil {
		b.Fatal(err)
	}
	var lines []string
	for s := bufio.NewScanner(z); s.Scan() && len(docs) < 1000; {
		words += len(strings.Fields(s.Text()))
		if lines = append(lines, s.Text()); len(lines) == 6 {
			d := &pipeline.Document{Text: strings.Join(lines, "\n")}
			d.Blocks = []pipeline.Block{{Span: pipeline.Span{End: len(d.Text)}, Kind: pipeline.Body}}
			if err := tokens.Stage().Run(d); err != nil {
				b.Fatal(err)
			}
			docs, lines = append(docs, d), nil
		}
	}
	return docs, words
}

func BenchmarkNames(b *testing.B) {
	docs, words := news(b)
	x, err := New()
	if err != nil {
		b.Fatal(err)
	}
	stage := x.Stage()
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			d.Mentions = d.Mentions[:0]
			if err := stage.Run(d); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
