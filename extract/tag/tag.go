// Package tag gives every word its Penn Treebank part of speech, its Universal
// part of speech and its lemma.
//
// The tagger is two softmax classifiers. One reads a sentence from its end to its
// beginning and sees the two tags that it gave last; the other reads forward and
// decides, with the scores of both. Their classes are pairs of a Penn and a
// Universal tag. Features are hashed into one table of
// weights (Weinberger et al., "Feature hashing for large scale multitask
// learning", ICML 2009). Unlabelled news tells it of words that the treebanks do
// not have: classes of words that occur beside the same words, and what another
// tagger makes of them. The lemmatiser is a table of endings and what to put in
// their place, for each Penn tag. Both are trained on UD English EWT and GUM by
// parley-train tag.
package tag

import (
	"bytes"
	_ "embed"
	"fmt"
	"hash/crc32"
	"sync"

	"parley/extract/treebank"
	"parley/pipeline"
)

//go:embed weights.bin
var weights []byte

// version changes whenever the same weights would give other tags.
const version = "2"

// A Tagger tags sentences. It is safe for concurrent use.
type Tagger struct {
	model   *model
	version string
	pool    sync.Pool // of *scratch
}

// New loads the embedded model. It fails only if the embedded data is broken.
func New() (*Tagger, error) {
	m, err := readModel(bytes.NewReader(weights))
	if err != nil {
		return nil, fmt.Errorf("tag: embedded model: %w", err)
	}
	return newTagger(m, fmt.Sprintf("%s-%08x", version, crc32.ChecksumIEEE(weights))), nil
}

func newTagger(m *model, version string) *Tagger {
	t := &Tagger{model: m, version: version}
	t.pool.New = func() any { return newScratch(m) }
	return t
}

// Stage fills Tag, POS and Lemma of every token.
func (t *Tagger) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:    "tags",
		Version: t.version,
		Needs:   []pipeline.Layer{pipeline.LayerTokens},
		Adds:    pipeline.LayerTags,
		Run: func(d *pipeline.Document) error {
			s := t.pool.Get().(*scratch)
			defer t.pool.Put(s)
			for _, sentence := range d.Sentences {
				tokens := d.Tokens[sentence.From:sentence.To]
				s.begin()
				for _, w := range tokens {
					s.add(d.In(w.Span))
				}
				s.tag()
				for i := range tokens {
					a := s.analysis(i)
					tokens[i].Tag, tokens[i].POS, tokens[i].Lemma = a.Tag, a.POS, a.Lemma
				}
			}
			return nil
		},
	}
}

// An Analysis is what a word is in its sentence.
type Analysis struct {
	Tag   string // Penn Treebank part of speech
	POS   string // Universal part of speech
	Lemma string // dictionary form, lower case but for proper nouns
}

// Tag appends the analyses of the words of one sentence to dst.
func (t *Tagger) Tag(dst []Analysis, forms []string) []Analysis {
	s := t.pool.Get().(*scratch)
	defer t.pool.Put(s)
	s.begin()
	for _, f := range forms {
		s.add(f)
	}
	s.tag()
	for i := range forms {
		dst = append(dst, s.analysis(i))
	}
	return dst
}

// Lemma is the lemma of a form with a Penn tag.
func (t *Tagger) Lemma(form, xpos string) string { return t.model.lemmas.of(form, xpos) }

// Retag returns a copy of sentences with the tags and lemmas that t gives them.
func (t *Tagger) Retag(sentences []treebank.Sentence) []treebank.Sentence {
	out := make([]treebank.Sentence, len(sentences))
	var forms []string
	var found []Analysis
	for i, s := range sentences {
		forms = forms[:0]
		for _, w := range s.Words {
			forms = append(forms, w.Form)
		}
		found = t.Tag(found[:0], forms)
		s.Words = append([]treebank.Word(nil), s.Words...)
		for k, a := range found {
			s.Words[k].XPOS, s.Words[k].UPOS, s.Words[k].Lemma = a.Tag, a.POS, a.Lemma
		}
		out[i] = s
	}
	return out
}
