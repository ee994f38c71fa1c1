package tag

import (
	"strings"
	"testing"

	"parley/extract/token"
	"parley/pipeline"
)

// tagText cuts and tags text as the stages do.
func tagText(t testing.TB, tokens *token.Tokenizer, tagger *Tagger, text string) *pipeline.Document {
	t.Helper()
	d := &pipeline.Document{Text: text, Blocks: []pipeline.Block{{Span: pipeline.Span{End: len(text)}, Kind: pipeline.Body}}}
	for _, s := range []pipeline.Stage{tokens.Stage(), tagger.Stage()} {
		if err := s.Run(d); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func newTokens(t testing.TB) *token.Tokenizer {
	t.Helper()
	tokens, err := token.New()
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

// FuzzTagText feeds any bytes through tokens and tags: every token gets a tag and
// a lemma, and nothing panics.
func FuzzTagText(f *testing.F) {
	for _, s := range []string{
		"The envoys met.", "ȺȺȺ's", "caf\xe9\xe9's", "\xff\xfe", "NATION'S ENVOYS MEET TODAY", "'", "’’’", "1,000.00", "İstanbul’da",
		strings.Repeat("a", 300), "\u0301\u0301",
	} {
		f.Add(s)
	}
	tokens, tagger := newTokens(f), newTestTagger(f)
	f.Fuzz(func(t *testing.T, text string) {
		d := tagText(t, tokens, tagger, text)
		for _, w := range d.Tokens {
			if w.Start >= w.End || w.End > len(text) {
				t.Fatalf("token %v of %d bytes", w.Span, len(text))
			}
			if w.Tag == "" || w.POS == "" || w.Lemma == "" {
				t.Fatalf("%q has tag %q, part of speech %q, lemma %q", d.In(w.Span), w.Tag, w.POS, w.Lemma)
			}
		}
	})
}

// BenchmarkLength shows that time grows with length and no faster: one unlucky
// text of 0.1, 1 and 10 MB each.
func BenchmarkLength(b *testing.B) {
	tokens, tagger := newTokens(b), newTestTagger(b)
	for _, unit := range []string{"The envoys' talks ended in Geneva. ", ".", "a-"} {
		for _, size := range []int{1e5, 1e6, 1e7} {
			text := strings.Repeat(unit, size/len(unit))
			b.Run(strings.TrimSpace(unit)+"/"+sizeName(size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					tagText(b, tokens, tagger, text)
				}
			})
		}
	}
}

func sizeName(n int) string {
	return map[int]string{1e5: "0.1MB", 1e6: "1MB", 1e7: "10MB"}[n]
}
