package names

// elsewhere is what the first pass made of an article, as far as it bears on one
// word: how the word was labelled here, and what the same word was in other
// places. Types are indexes into Types plus two; one is "outside", zero "unknown".
type elsewhere struct {
	label   Label // of the first pass, here
	word    uint8 // what this word mostly is in the rest of the article
	name    uint8 // the type of a longer mention that it is part of somewhere else, and whether it ends that
	acronym uint8 // the type of a mention whose initials the word is
	phrase  uint8 // what the whole mention that covers it is elsewhere
}

// memory gathers the labels of one article by word. Its tables are kept for the
// next article.
type memory struct {
	votes    map[*word]*votes
	acronyms map[uint64]uint8
	phrases  map[uint64]*votes
	free     []*votes
	used     int
	buffer   []byte
}

type votes struct {
	types [len(Types) + 1]uint16 // 0 is outside
	full  [len(Types) * 2]uint16 // as part of a longer mention: type, last word or not
}

func newMemory() memory {
	return memory{votes: map[*word]*votes{}, acronyms: map[uint64]uint8{}, phrases: map[uint64]*votes{}}
}

func (m *memory) reset() {
	clear(m.votes)
	clear(m.acronyms)
	clear(m.phrases)
	m.used = 0
}

func (m *memory) fresh() *votes {
	if m.used == len(m.free) {
		m.free = append(m.free, new(votes))
	}
	v := m.free[m.used]
	m.used++
	*v = votes{}
	return v
}

// Remember gathers what the labels of all tokens, from a first pass, say of each
// word, for the features of a second pass.
func (a *Article) Remember(labels []Label) {
	m := &a.memory
	m.reset()
	for s := range a.sentences {
		a.vote(&a.sentences[s], labels)
	}
	for s := range a.sentences {
		x := &a.sentences[s]
		x.elsewhere = a.elsewhere[x.from : x.from+len(x.words)]
		a.recall(x, labels)
	}
}

// vote counts every capitalised word and every mention of a sentence.
func (a *Article) vote(s *sentence, labels []Label) {
	m := &a.memory
	labels = labels[s.from : s.from+len(s.words)]
	for i := 0; i < len(labels); {
		if labels[i] == Outside {
			if w := s.words[i]; w.capitalised() && i > 0 {
				m.of(w).types[0]++
			}
			i++
			continue
		}
		to := mentionEnd(labels, i)
		t := labels[i].Type()
		for j := i; j < to; j++ {
			if w := s.words[j]; w.capitalised() {
				v := m.of(w)
				v.types[t+1]++
				if to-i > 1 {
					v.full[2*t+last(j, to)]++
				}
			}
		}
		key := s.phrase(i, to)
		v, ok := m.phrases[key]
		if !ok {
			v = m.fresh()
			m.phrases[key] = v
		}
		v.types[t+1]++
		if to-i >= 2 {
			if key, ok := m.initials(s.words[i:to]); ok {
				m.acronyms[key] = uint8(t + 2)
			}
		}
		i = to
	}
}

// recall sets what is known from elsewhere of every word of a sentence, leaving
// out what the word itself has voted.
func (a *Article) recall(s *sentence, labels []Label) {
	m := &a.memory
	labels = labels[s.from : s.from+len(s.words)]
	for i := 0; i < len(labels); {
		l := labels[i]
		to := i + 1
		if l != Outside {
			to = mentionEnd(labels, i)
		}
		phrase := uint8(0)
		if l != Outside {
			v := m.phrases[s.phrase(i, to)]
			phrase = majority(v.types[:], l.Type()+1, 1)
		}
		for j := i; j < to; j++ {
			e := &s.elsewhere[j]
			e.label = labels[j]
			e.phrase = phrase
			w := s.words[j]
			if !w.capitalised() {
				continue
			}
			own, longer := 0, -1
			if l != Outside {
				own = l.Type() + 1
				if to-i > 1 {
					longer = 2*l.Type() + last(j, to)
				}
			}
			if v := m.votes[w]; v != nil {
				less := uint16(1)
				if own == 0 && j == 0 {
					less = 0 // the first word of a sentence has not voted
				}
				e.word = majority(v.types[:], own, less)
				e.name = majority(v.full[:], longer, 1)
			}
			e.acronym = m.acronyms[w.lower]
		}
		i = to
	}
}

func (m *memory) of(w *word) *votes {
	v, ok := m.votes[w]
	if !ok {
		v = m.fresh()
		m.votes[w] = v
	}
	return v
}

// majority is the entry with the most votes, plus one, when less votes are taken
// from the entry own; 0 where no vote is left.
func majority(counts []uint16, own int, less uint16) uint8 {
	best, most := 0, uint16(0)
	for i, n := range counts {
		if i == own {
			n -= min(n, less)
		}
		if n > most {
			best, most = i+1, n
		}
	}
	return uint8(best)
}

// initials is the hash of the first letters of the capitalised words, as an
// acronym would be written: "international atomic energy agency" is "iaea".
func (m *memory) initials(words []*word) (uint64, bool) {
	m.buffer = m.buffer[:0]
	for _, w := range words {
		if w.capitalised() {
			m.buffer = append(m.buffer, w.initial)
		}
	}
	return text(string(m.buffer)), len(m.buffer) >= 2
}

// phrase is the hash of the words [from, to).
func (s *sentence) phrase(from, to int) uint64 {
	h := uint64(to - from)
	for _, w := range s.words[from:to] {
		h = mix(h, w.lower)
	}
	return h
}

func (w *word) capitalised() bool {
	return w.letters == capital || w.letters == allCapital || w.letters == mixedCase || w.letters == withDigits
}

// mentionEnd is the end of the mention that begins at labels[i].
func mentionEnd(labels []Label, i int) int {
	for labels[i].Open() && i+1 < len(labels) && !labels[i+1].Starts() {
		i++
	}
	return i + 1
}

func last(i, to int) int {
	if i == to-1 {
		return 1
	}
	return 0
}

func (s *sentence) elsewhereAt(i int) elsewhere {
	if uint(i) < uint(len(s.elsewhere)) {
		return s.elsewhere[i]
	}
	return elsewhere{}
}
