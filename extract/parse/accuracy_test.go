package parse

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/extract/treebank"
	"parley/pipeline"
)

// treebanks is the folder of the treebanks, which are not part of the repository.
func treebanks(tb testing.TB) string {
	dir := filepath.Join("..", "..", "..", "shared", "data", "treebank")
	if _, err := os.Stat(dir); err != nil {
		tb.Skipf("no treebanks in %s", dir)
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

func (s score) String() string {
	return fmt.Sprintf("UAS %.4f LAS %.4f words %d", float64(s.heads)/float64(s.words), float64(s.both)/float64(s.words), s.words)
}

// TestAccuracy measures the embedded model on the development parts of the treebanks.
func TestAccuracy(t *testing.T) {
	dir := treebanks(t)
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	var ewt, gum, news score
	for file, all := range map[string]*score{"ewt-dev.conllu.gz": &ewt, "gum-dev.conllu.gz": &gum} {
		sentences, err := treebank.Read(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sentences {
			d := document(s)
			if err := p.Stage().Run(d); err != nil {
				t.Fatal(err)
			}
			checkTree(t, d)
			all.add(s, d)
			if strings.HasPrefix(s.Document, "GUM_news") {
				news.add(s, d)
			}
		}
	}
	t.Logf("\nEWT dev  %v\nGUM dev  %v\nGUM news %v", ewt, gum, news)
	if ewt.heads*100 < ewt.words*80 || news.heads*100 < news.words*80 {
		t.Error("fewer than four heads in five are right")
	}
}

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

func BenchmarkParse(b *testing.B) {
	sentences, err := treebank.Read(filepath.Join(treebanks(b), "gum-dev.conllu.gz"))
	if err != nil {
		b.Fatal(err)
	}
	p, err := New()
	if err != nil {
		b.Fatal(err)
	}
	var documents []*pipeline.Document
	words := 0
	for _, s := range sentences {
		documents = append(documents, document(s))
		words += len(s.Words)
	}
	run := p.Stage().Run
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
