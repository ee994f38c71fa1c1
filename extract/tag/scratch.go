package tag

import (
	"slices"
	"strings"
)

// Bounds of the memory of one scratch: so many words twice, of so many bytes at
// most, and a row only for what is asked for again.
const (
	memoWords = 1 << 12
	memoBytes = 48
	rowUses   = 3
)

// How far a candidate may fall behind, e to the power of so many units times less
// likely, before the features of its neighbours are looked at, and before those
// of pairs and tags are.
const (
	prunedAlone  = 8 * unit
	prunedBeside = 4 * unit
)

// A scratch is what one worker reuses from sentence to sentence, and the words
// that it met before.
type scratch struct {
	m        *model
	memo     map[string]*entry
	older    map[string]*entry // the memo before the last time that it was full
	entries  []*entry          // of the sentence
	words    []*word           // the words of entries
	class    []uint8
	sums     [][maxClasses]int32 // scores of the sentence's words
	cand     [][]uint8           // classes that they may still have
	kept     []uint8             // where cand lies once it was pruned
	features []uint64
	border   *entry
}

// An entry is a word with what it gives every class by itself, as far as it was
// asked for, and its lemmas.
type entry struct {
	word
	form   string
	own    [directions][situations]cell
	beside [directions][places]cell
	lemmas []lemmaOf
}

// A cell is a row that is made when it has been asked for rowUses times.
type cell struct {
	row  row
	uses int
}

type lemmaOf struct {
	class uint8
	lemma string
}

func newScratch(m *model) *scratch {
	return &scratch{m: m, memo: map[string]*entry{}, older: map[string]*entry{}, border: &entry{word: edge}}
}

// begin starts a sentence.
func (s *scratch) begin() {
	s.entries, s.words, s.class = s.entries[:0], s.words[:0], s.class[:0]
}

// add appends a word to the sentence.
func (s *scratch) add(form string) {
	e := s.memo[form]
	if e == nil {
		if e = s.older[form]; e == nil {
			e = &entry{word: s.m.look(form), form: strings.Clone(form)}
		}
		if len(form) <= memoBytes {
			if len(s.memo) >= memoWords {
				s.memo, s.older = s.older, s.memo
				clear(s.memo)
			}
			s.memo[e.form] = e
		}
	}
	s.entries = append(s.entries, e)
	s.words = append(s.words, &e.word)
}

// tag gives every word of the sentence a class: backward over the sentence, then
// forward with the scores of both.
func (s *scratch) tag() {
	n := len(s.words)
	s.class = append(s.class, make([]uint8, n)...)
	s.sums = slices.Grow(s.sums[:0], n)[:n]
	clear(s.sums)
	written := writing(s.words)
	s.cand, s.kept = s.cand[:0], s.kept[:0]
	for _, e := range s.entries {
		s.cand = append(s.cand, e.cand)
	}
	for _, d := range []direction{backward, forward} {
		t1, t2 := uint64(0), uint64(0)
		for k := range n {
			i := d.place(k, n)
			if len(s.cand[i]) > 1 {
				s.score(i, d, situationOf(written, i), t1, t2)
			}
			s.class[i] = best(&s.sums[i], s.cand[i])
			t1, t2 = uint64(s.class[i])+1, t1
		}
	}
}

// score adds to the sums of word i what the pass in direction d gives its
// candidates.
func (s *scratch) score(i int, d direction, how situation, t1, t2 uint64) {
	e, sum, cand := s.entries[i], &s.sums[i], s.cand[i]
	if c := &e.own[d][how]; !s.addRow(sum, cand, c) {
		s.features = own(s.features[:0], &e.word, how)
		s.addFeatures(sum, cand, c, d)
	}
	cand = s.prune(sum, cand, prunedAlone)
	for place, step := range steps {
		by := s.border
		if k := i + step*d.sign(); k >= 0 && k < len(s.entries) {
			by = s.entries[k]
		}
		if c := &by.beside[d][place]; !s.addRow(sum, cand, c) {
			s.features = beside(s.features[:0], &by.word, place)
			s.addFeatures(sum, cand, c, d)
		}
	}
	cand = s.prune(sum, cand, prunedBeside)
	s.cand[i] = cand
	if len(cand) == 1 {
		return
	}
	x := windowAt(s.words, i, d)
	s.features = history(pairs(s.features[:0], x, how), x, t1, t2)
	s.m.score(sum, cand, s.features, d)
}

// prune returns the candidates that are not so far behind the best that the
// features which follow will not bring them back.
func (s *scratch) prune(sum *[maxClasses]int32, cand []uint8, behind int32) []uint8 {
	first := len(s.kept)
	least := sum[best(sum, cand)] - behind
	for _, c := range cand {
		if sum[c%maxClasses] >= least {
			s.kept = append(s.kept, c)
		}
	}
	return s.kept[first:len(s.kept):len(s.kept)]
}

// addRow adds the row of a cell to the sums, and reports whether it has one.
func (s *scratch) addRow(sum *[maxClasses]int32, cand []uint8, c *cell) bool {
	if c.row == nil {
		return false
	}
	for _, k := range cand {
		sum[k%maxClasses] += int32(c.row[k])
	}
	return true
}

// addFeatures adds the weights of s.features, which make up a cell, to the sums.
func (s *scratch) addFeatures(sum *[maxClasses]int32, cand []uint8, c *cell, d direction) {
	if c.uses++; c.uses < rowUses {
		s.m.score(sum, cand, s.features, d)
		return
	}
	c.row = s.m.row(s.features, d)
	s.addRow(sum, cand, c)
}

func best(sum *[maxClasses]int32, cand []uint8) uint8 {
	best := cand[0]
	for _, c := range cand[1:] {
		if sum[c%maxClasses] > sum[best%maxClasses] {
			best = c
		}
	}
	return best
}

// analysis is what was found for word i.
func (s *scratch) analysis(i int) Analysis {
	e, c := s.entries[i], s.class[i]
	class := s.m.classes[c]
	for _, l := range e.lemmas {
		if l.class == c {
			return Analysis{class.xpos, class.upos, l.lemma}
		}
	}
	lemma := s.m.lemmas.of(e.form, class.xpos)
	e.lemmas = append(e.lemmas, lemmaOf{c, lemma})
	return Analysis{class.xpos, class.upos, lemma}
}
