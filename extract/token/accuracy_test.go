package token

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"parley/extract/treebank"
	"parley/pipeline"
)

const shared = "../../../shared" // beside the checkout

// A goldText is one document of a treebank: its sentences joined, with the gold
// words and sentence ends.
type goldText struct {
	text  string
	words []pipeline.Span
	ends  []int
}

func goldTexts(t testing.TB, name string) []goldText {
	t.Helper()
	path := filepath.Join(shared, "data/treebank", name+".conllu.gz")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no treebank: %v", err)
	}
	sentences, err := treebank.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []goldText
	document := ""
	var b strings.Builder
	var g goldText
	flush := func() {
		if b.Len() > 0 {
			g.text = b.String()
			out = append(out, g)
		}
		b.Reset()
		g = goldText{}
	}
	for _, s := range sentences {
		if s.Document != document {
			flush()
			document = s.Document
		}
		for _, w := range s.Words {
			from := b.Len()
			b.WriteString(w.Form)
			g.words = append(g.words, pipeline.Span{Start: from, End: b.Len()})
			if w.SpaceAfter {
				b.WriteByte(' ')
			}
		}
		if n := len(s.Words); n > 0 && !s.Words[n-1].SpaceAfter {
			b.WriteByte(' ')
		}
		g.ends = append(g.ends, len(g.words))
	}
	flush()
	return out
}

type score struct{ right, gold, found int }

func (s score) f1() float64 { return 2 * float64(s.right) / float64(s.gold+s.found) }

// TestTreebanks reports how well words and sentences of raw text agree with the
// treebanks, and fails below a floor.
func TestTreebanks(t *testing.T) {
	tok, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name             string  // joined with blanks, so line breaks give no hint
		words, sentences float64 // floors of F1
	}{
		{"ewt-dev", 0.985, 0.87}, {"gum-dev", 0.998, 0.92},
	} {
		var words, sentences score
		for _, g := range goldTexts(t, c.name) {
			got := tok.Words(nil, g.text)
			gold := map[pipeline.Span]bool{}
			for _, w := range g.words {
				gold[w] = true
			}
			for _, w := range got {
				if gold[w] {
					words.right++
				}
			}
			words.gold += len(g.words)
			words.found += len(got)
			ends := map[int]bool{}
			for _, e := range g.ends {
				ends[g.words[e-1].End] = true
			}
			for _, e := range tok.Ends(nil, g.text, got) {
				sentences.found++
				if ends[got[e-1].End] {
					sentences.right++
				}
			}
			sentences.gold += len(g.ends)
		}
		t.Logf("%s: words F1 %.4f, sentence ends F1 %.4f (%d right of %d gold, %d found)", c.name, words.f1(), sentences.f1(), sentences.right, sentences.gold, sentences.found)
		if words.f1() < c.words || sentences.f1() < c.sentences {
			t.Errorf("%s: below %.3f, %.3f", c.name, c.words, c.sentences)
		}
	}
}

func voa(t testing.TB) []string {
	f, err := os.Open(filepath.Join(shared, "data/text/voa.txt.gz"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for in := bufio.NewScanner(z); in.Scan(); {
		out = append(out, in.Text())
	}
	return out
}

// TestLabels reports the share of labelled mentions that begin and end where words do.
func TestLabels(t *testing.T) {
	tok, err := New()
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(shared, "labels/*-train/*.ann"))
	if len(files) == 0 {
		t.Skip("no labels beside the checkout")
	}
	all, good := 0, 0
	for _, f := range files {
		ann, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		txt, err := os.ReadFile(strings.TrimSuffix(f, ".ann") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		runes := []rune(string(txt))
		at, n := map[int]int{}, 0
		for i := range string(txt) {
			at[n] = i
			n++
		}
		at[len(runes)] = len(txt)
		starts, ends := map[int]bool{}, map[int]bool{}
		for _, w := range tok.Words(nil, string(txt)) {
			starts[w.Start], ends[w.End] = true, true
		}
		for _, line := range strings.Split(string(ann), "\n") {
			var id, kind string
			var from, to int
			if !strings.HasPrefix(line, "T") {
				continue
			}
			if _, err := fmt.Sscanf(line, "%s %s %d %d", &id, &kind, &from, &to); err != nil {
				t.Fatalf("%s: %s: %v", f, line, err)
			}
			all++
			if starts[at[from]] && ends[at[to]] {
				good++
			} else {
				t.Log(filepath.Base(f), line)
			}
		}
	}
	if float64(good) < 0.998*float64(all) {
		t.Errorf("too few")
	}
	t.Logf("%d of %d mentions are made of whole words: %.4f", good, all, float64(good)/float64(all))
}

func BenchmarkVOA(b *testing.B) {
	tok, err := New()
	if err != nil {
		b.Fatal(err)
	}
	lines := voa(b)
	var docs []*pipeline.Document
	words := 0
	for i := 0; i < len(lines); i += 6 {
		text := strings.Join(lines[i:min(i+6, len(lines))], "\n")
		words += len(strings.Fields(text))
		docs = append(docs, &pipeline.Document{Text: text, Blocks: []pipeline.Block{{Span: pipeline.Span{End: len(text)}, Kind: pipeline.Body}}})
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		for _, d := range docs {
			d.Tokens, d.Sentences = d.Tokens[:0], d.Sentences[:0]
			tok.tokenize(d)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
