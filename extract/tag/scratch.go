package tag

import "strings"

// Bounds of the memory of one scratch.
const (
	memoWords = 1 << 14
	memoBytes = 48
)

// A scratch is what one worker reuses from sentence to sentence, and the words
// that it met before.
type scratch struct {
	m      *model
	memo   map[string]*entry
	words  []*entry
	feats  []*word
	class  []uint8
	hashes []uint64
}

// An entry is a word with its lemmas.
type entry struct {
	word
	form   string
	lemmas []lemmaOf
}

type lemmaOf struct {
	class uint8
	lemma string
}

func newScratch(m *model) *scratch {
	return &scratch{m: m, memo: make(map[string]*entry)}
}

// begin starts a sentence.
func (s *scratch) begin() {
	s.words, s.feats, s.class = s.words[:0], s.feats[:0], s.class[:0]
}

// add appends a word to the sentence.
func (s *scratch) add(form string) {
	e, ok := s.memo[form]
	if !ok {
		e = &entry{word: s.m.look(form), form: strings.Clone(form)}
		if len(form) <= memoBytes {
			if len(s.memo) >= memoWords {
				clear(s.memo)
			}
			s.memo[e.form] = e
		}
	}
	s.words = append(s.words, e)
	s.feats = append(s.feats, &e.word)
}

// tag gives every word of the sentence a class.
func (s *scratch) tag() {
	mode := letterCase(s.feats)
	t1, t2 := uint64(0), uint64(0)
	for i := range s.feats {
		c := 0
		if cand := s.feats[i].cand; len(cand) == 1 {
			c = int(cand[0])
		} else {
			s.hashes = static(s.hashes[:0], s.feats, i, mode)
			s.hashes = dynamic(s.hashes, s.feats, i, t1, t2)
			c = s.m.best(s.hashes, cand)
		}
		s.class = append(s.class, uint8(c))
		t1, t2 = uint64(c)+1, t1
	}
}

// analysis is what was found for word i.
func (s *scratch) analysis(i int) Analysis {
	e, c := s.words[i], s.class[i]
	class := s.m.classes[c]
	for _, l := range e.lemmas {
		if l.class == c {
			return Analysis{class.xpos, class.upos, l.lemma}
		}
	}
	lemma := s.m.lemmas.of(e.form, class)
	e.lemmas = append(e.lemmas, lemmaOf{c, lemma})
	return Analysis{class.xpos, class.upos, lemma}
}
