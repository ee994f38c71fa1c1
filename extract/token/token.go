// Package token cuts the kept blocks of an article into words and sentences.
//
// It follows the rules of prose v2 (github.com/jdkato/prose), which takes
// prefixes, suffixes and contractions off a run of text without white space, and
// its segmenter, which is Punkt (Kiss and Strunk, "Unsupervised Multilingual
// Sentence Boundary Detection", Computational Linguistics 32, 2006) with the
// trained English data of github.com/neurosnap/sentences. prose itself gives no
// offsets, loses text, panics on some bytes and is quadratic on others, so the
// rules are stated here again over byte offsets, and mended. A test holds the two
// together on plain text.
//
// Where prose and the English Universal Dependencies treebanks (EWT and GUM)
// differ, the treebanks are followed, because taggers and parsers are trained on
// them:
//
//   - A hyphenated compound is several words ("49-year-old" is five), but for
//     bound prefixes before a lower-case letter ("anti-war" is one word,
//     "anti-Japanese" is three). So a name inside a compound is always made of
//     whole words: "U.S.-led", "Israel-Hezbollah".
//   - Contractions and possessives are cut off: "do n't", "Obama 's", "we 've",
//     "can not". Curly apostrophes count as straight ones.
//   - An abbreviation keeps its period; the last word of a sentence does not.
//   - Runs of one mark ("...", "--", "!!!") are one word.
//
// Words are bytes of the text, never edited, and every byte outside of them is
// white space or a control character, so words and gaps rebuild the text exactly.
package token

import (
	"slices"
	"sync"

	"parley/pipeline"
)

// version changes whenever the same text would give other words or sentences.
const version = "3"

// Limits that keep every later stage linear in the length of the text, whatever
// the bytes are.
const (
	maxWord     = 256 // bytes; a longer run without a cut is cut here, between code points
	maxSentence = 250 // words; a longer sentence ends here
)

// A Tokenizer cuts text into words and sentences. It is safe for concurrent use.
type Tokenizer struct {
	punkt *punkt
	pool  sync.Pool // of *scratch
}

// New loads the Punkt data. It fails only if the embedded data is broken.
func New() (*Tokenizer, error) {
	p, err := loadPunkt()
	if err != nil {
		return nil, err
	}
	t := &Tokenizer{punkt: p}
	t.pool.New = func() any { return newScratch() }
	return t, nil
}

// Stage adds Sentences and Tokens of every kept block, one block at a time: a
// sentence never spans two blocks.
func (t *Tokenizer) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:    "tokens",
		Version: version,
		Needs:   []pipeline.Layer{pipeline.LayerBlocks},
		Adds:    pipeline.LayerTokens,
		Run: func(d *pipeline.Document) error {
			t.tokenize(d)
			return nil
		},
	}
}

// tokenize fills d.Tokens and d.Sentences.
func (t *Tokenizer) tokenize(d *pipeline.Document) {
	s := t.pool.Get().(*scratch)
	defer t.pool.Put(s)
	for i, b := range d.Blocks {
		if !b.Kind.Kept() {
			continue
		}
		s.words = s.appendWords(s.words[:0], d.In(b.Span))
		s.ends = t.punkt.appendEnds(s.ends[:0], d.In(b.Span), s.words)
		d.Tokens = slices.Grow(d.Tokens, len(s.words))
		d.Sentences = slices.Grow(d.Sentences, len(s.ends))
		from := 0
		for _, to := range s.ends {
			first := len(d.Tokens)
			for _, w := range s.words[from:to] {
				d.Tokens = append(d.Tokens, pipeline.Token{
					Span: pipeline.Span{Start: b.Start + w.Start, End: b.Start + w.End},
					Head: -1,
				})
			}
			d.Sentences = append(d.Sentences, pipeline.Sentence{
				Span:  pipeline.Span{Start: b.Start + s.words[from].Start, End: b.Start + s.words[to-1].End},
				Block: i,
				From:  first,
				To:    len(d.Tokens),
			})
			from = to
		}
	}
}

// Words appends the words of text to dst, as byte ranges of text in order.
func (t *Tokenizer) Words(dst []pipeline.Span, text string) []pipeline.Span {
	s := t.pool.Get().(*scratch)
	defer t.pool.Put(s)
	return s.appendWords(dst, text)
}

// Ends appends to dst where the sentences of text end: for each sentence the
// number of words up to and with its last. The words are those that Words gave
// for the same text.
func (t *Tokenizer) Ends(dst []int, text string, words []pipeline.Span) []int {
	return t.punkt.appendEnds(dst, text, words)
}
