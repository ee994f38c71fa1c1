package parse

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"

	"parley/extract/tag"
	"parley/extract/treebank"
	"parley/pipeline"
)

// dataDir is the folder of the data sets, which are not part of the repository.
func dataDir(tb testing.TB) string {
	dir := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(dir); err != nil {
		tb.Skipf("no data sets in %s", dir)
	}
	return dir
}

// document makes a Document of one sentence, with the treebank's tokens and tags.
func document(s treebank.Sentence) *pipeline.Document {
	d := &pipeline.Document{}
	var text strings.Builder
	for _, w := range s.Words {
		start := text.Len()
		text.WriteString(w.Form)
		d.Tokens = append(d.Tokens, pipeline.Token{
			Span: pipeline.Span{Start: start, End: text.Len()},
			Tag:  w.XPOS, POS: w.UPOS, Lemma: w.Lemma, Head: -2,
		})
		if w.SpaceAfter {
			text.WriteByte(' ')
		}
	}
	d.Text = text.String()
	d.Sentences = []pipeline.Sentence{{Span: pipeline.Span{Start: 0, End: len(d.Text)}, From: 0, To: len(d.Tokens)}}
	return d
}

// score counts words with the right head, and with the right head and relation.
type score struct{ words, heads, both int }

func (s *score) add(gold treebank.Sentence, d *pipeline.Document) {
	for i, w := range gold.Words {
		s.words++
		if d.Tokens[i].Head == w.Head-1 {
			s.heads++
			if d.Tokens[i].Rel == w.Rel {
				s.both++
			}
		}
	}
}

func (s *score) las() float64 { return float64(s.both) / float64(s.words) }

func (s *score) String() string {
	return fmt.Sprintf("UAS %.4f, LAS %.4f of %d words", float64(s.heads)/float64(s.words), s.las(), s.words)
}

// TestAccuracy measures the embedded model on the development parts of the
// treebanks, punctuation included, with our own tags and with the treebanks'.
func TestAccuracy(t *testing.T) {
	dir := filepath.Join(dataDir(t), "treebank")
	heads := stages(t)[2]
	tagger, err := tag.New()
	if err != nil {
		t.Fatal(err)
	}
	scores := map[string]*score{}
	for _, name := range []string{"ewt", "gum"} {
		gold, err := treebank.Read(filepath.Join(dir, name+"-dev.conllu.gz"))
		if err != nil {
			t.Fatal(err)
		}
		for tags, sentences := range map[string][]treebank.Sentence{"own": tagger.Retag(gold), "gold": gold} {
			for i, s := range sentences {
				d := document(s)
				if err := heads.Run(d); err != nil {
					t.Fatal(err)
				}
				checkTree(t, d)
				sets := []string{name}
				if strings.HasPrefix(s.Document, "GUM_news") {
					sets = append(sets, "gum news")
				}
				for _, set := range sets {
					key := set + ", " + tags + " tags"
					if scores[key] == nil {
						scores[key] = new(score)
					}
					scores[key].add(gold[i], d)
				}
			}
		}
	}
	var table strings.Builder
	for _, set := range []string{"ewt", "gum", "gum news"} {
		own, gold := scores[set+", own tags"], scores[set+", gold tags"]
		t.Logf("%s dev, own tags: %v", set, own)
		fmt.Fprintf(&table, "%s dev, gold tags: %v\n", set, gold)
		if own.las() < lowestLAS {
			t.Errorf("%s: LAS with our own tags is below %v", set, lowestLAS)
		}
	}
	// Only figures that the tagger cannot move are golden.
	golden := filepath.Join("testdata", "accuracy.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(table.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), table.String()); diff != "" {
		t.Errorf("%s (run with -update where this is meant):\n%s", golden, diff)
	}
}

var update = flag.Bool("update", false, "write golden files")

// lowestLAS is what no development set may fall below with our own tags.
const lowestLAS = 0.83

// checkTree fails unless every sentence of d is one tree with one root.
func checkTree(t *testing.T, d *pipeline.Document) {
	t.Helper()
	for _, s := range d.Sentences {
		roots := 0
		for i := s.From; i < s.To; i++ {
			if d.Tokens[i].Rel == "" {
				t.Fatalf("%q: token %d has no relation", d.In(s.Span), i)
			}
			steps := 0
			for j := i; d.Tokens[j].Head != -1; j = d.Tokens[j].Head {
				if h := d.Tokens[j].Head; h < s.From || h >= s.To {
					t.Fatalf("%q: the head of token %d is %d, outside [%d, %d)", d.In(s.Span), j, h, s.From, s.To)
				}
				if steps++; steps > s.To-s.From {
					t.Fatalf("%q: token %d is in a cycle", d.In(s.Span), i)
				}
			}
			if d.Tokens[i].Head == -1 {
				roots++
			}
		}
		if roots != 1 && s.To > s.From {
			t.Fatalf("%q: %d roots", d.In(s.Span), roots)
		}
	}
}

// newsDocuments tags the first articles of the unlabelled news, cut at every six lines.
func newsDocuments(tb testing.TB, articles int) (documents []*pipeline.Document, words int) {
	f, err := os.Open(filepath.Join(dataDir(tb), "text", "voa.txt.gz"))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	untilTags := stages(tb)[:2]
	lines := bufio.NewScanner(z)
	var text strings.Builder
	for n := 1; len(documents) < articles && lines.Scan(); n++ {
		fmt.Fprintln(&text, lines.Text())
		if n%6 == 0 {
			d := read(tb, untilTags, text.String())
			documents, words = append(documents, d), words+len(d.Tokens)
			text.Reset()
		}
	}
	return documents, words
}

// BenchmarkParse measures heads alone, over news that is tagged already.
func BenchmarkParse(b *testing.B) {
	documents, words := newsDocuments(b, 200)
	run := stages(b)[2].Run
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range documents {
			if err := run(d); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
