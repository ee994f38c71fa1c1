package parse

import "github.com/zeebo/xxh3"

// The transitions of the arc-hybrid system (Kuhlmann, Gómez-Rodríguez and
// Satta 2011): a stack, a buffer, and one decision at a time.
const (
	shift = iota // push the first word of the buffer
	left         // the first word of the buffer is the head of the top of the stack, which is popped
	right        // the second of the stack is the head of the top, which is popped
	transitions
)

// A state is a partly parsed sentence. Word 0 is the root; words count from 1.
type state struct {
	n      int      // words, without the root
	word   []uint64 // hash of the lower-case form
	tag    []uint64 // hash of the Penn tag
	affix  []uint64 // hash of the last three letters
	head   []int32
	rel    []uint8
	kids   [][4]int32 // leftmost, second leftmost, rightmost, second rightmost dependent, 0 for none
	valent [][2]uint8 // dependents to the left and to the right, at most 3
	stack  []int32
	next   int // first word of the buffer; n+1 when it is empty

	features [64]uint64
	count    int
}

// reset makes room for a sentence of n words.
func (s *state) reset(n int) {
	if cap(s.word) < n+2 {
		s.word, s.tag, s.affix = make([]uint64, 2*n+2), make([]uint64, 2*n+2), make([]uint64, 2*n+2)
		s.head, s.rel = make([]int32, 2*n+2), make([]uint8, 2*n+2)
		s.kids, s.valent = make([][4]int32, 2*n+2), make([][2]uint8, 2*n+2)
	}
	s.n = n
	s.word, s.tag, s.affix = s.word[:n+2], s.tag[:n+2], s.affix[:n+2]
	s.head, s.rel = s.head[:n+2], s.rel[:n+2]
	s.kids, s.valent = s.kids[:n+2], s.valent[:n+2]
	s.word[0], s.tag[0], s.affix[0] = 1, 1, 1
	s.word[n+1], s.tag[n+1], s.affix[n+1] = 2, 2, 2
	s.restart()
}

// restart forgets all arcs.
func (s *state) restart() {
	clear(s.head)
	clear(s.rel)
	clear(s.kids)
	clear(s.valent)
	s.stack = append(s.stack[:0], 0)
	s.next = 1
}

// setWord gives word i its form and Penn tag.
func (s *state) setWord(i int, form, tag string) {
	var buf [48]byte
	b := buf[:0]
	for j := 0; j < len(form) && j < len(buf); j++ {
		c := form[j]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if '0' <= c && c <= '9' {
			c = '0'
		}
		b = append(b, c)
	}
	s.word[i] = xxh3.Hash(b)
	s.affix[i] = xxh3.Hash(b[max(0, len(b)-3):])
	s.tag[i] = xxh3.HashString(tag)
}

// allowed reports whether transition t is possible. The root takes its only
// dependent when the buffer is empty, so that every tree has one root.
func (s *state) allowed(t int) bool {
	empty := s.next > s.n
	switch t {
	case shift:
		return !empty
	case left:
		return !empty && len(s.stack) > 1
	default:
		return len(s.stack) > 2 || empty && len(s.stack) == 2
	}
}

// done reports whether every word has its head.
func (s *state) done() bool { return s.next > s.n && len(s.stack) == 1 }

// arc returns the head and the dependent that left or right would join.
func (s *state) arc(t int) (head, dependent int32) {
	top := s.stack[len(s.stack)-1]
	if t == left {
		return int32(s.next), top
	}
	return s.stack[len(s.stack)-2], top
}

// apply makes transition t; rel is the relation of the arc that it adds.
func (s *state) apply(t int, rel uint8) {
	if t == shift {
		s.stack = append(s.stack, int32(s.next))
		s.next++
		return
	}
	h, d := s.arc(t)
	s.head[d], s.rel[d] = h, rel
	k := &s.kids[h]
	if d < h {
		k[0], k[1] = d, k[0]
		s.valent[h][0] = min(3, s.valent[h][0]+1)
	} else {
		k[2], k[3] = d, k[2]
		s.valent[h][1] = min(3, s.valent[h][1]+1)
	}
	s.stack = s.stack[:len(s.stack)-1]
}

// extract fills features with the hashed features of the state, in the manner
// of Zhang and Nivre (2011).
func (s *state) extract() {
	k := len(s.stack)
	end := s.n + 1
	at := func(i int) int { // i-th of the stack from the top, or the root
		if i < k {
			return int(s.stack[k-1-i])
		}
		return end
	}
	s0, s1, s2 := at(0), at(1), at(2)
	b0 := min(s.next, end)
	b1, b2 := min(b0+1, end), min(b0+2, end)
	kid := func(w, i int) int {
		if w == end || s.kids[w][i] == 0 {
			return end
		}
		return int(s.kids[w][i])
	}
	s0l, s0r, s1l, s1r, b0l := kid(s0, 0), kid(s0, 2), kid(s1, 0), kid(s1, 2), kid(b0, 0)
	s0l2, s0r2, s1r2, b0l2 := kid(s0, 1), kid(s0, 3), kid(s1, 3), kid(b0, 1)
	w, t, a := s.word, s.tag, s.affix
	r := func(i int) uint64 { return uint64(s.rel[i]) + 7 }
	dist := uint64(min(b0-s0, 6))
	gap := uint64(min(s0-s1, 6) + 20)
	val := func(i int) uint64 {
		if i == end {
			return 99
		}
		return uint64(s.valent[i][0])*4 + uint64(s.valent[i][1])
	}

	f := s.features[:0]
	id := uint64(0)
	add := func(a, b, c, d uint64) {
		id++
		h := id*0x9E3779B97F4A7C15 ^ a
		h = (h ^ h>>29) * 0xBF58476D1CE4E5B9
		h = ((h ^ b) ^ h>>32) * 0x94D049BB133111EB
		h = ((h ^ c) ^ h>>29) * 0xBF58476D1CE4E5B9
		h = ((h ^ d) ^ h>>32) * 0x94D049BB133111EB
		f = append(f, h^h>>31)
	}
	add(w[s0], t[s0], 0, 0)
	add(w[s1], t[s1], 0, 0)
	add(w[b0], t[b0], 0, 0)
	add(w[s0], 0, 0, 0)
	add(w[b0], 0, 0, 0)
	add(w[s1], 0, 0, 0)
	add(t[s0], a[s0], 0, 0)
	add(t[b0], a[b0], 0, 0)
	add(t[s1], a[s1], 0, 0)
	add(w[b1], t[b1], 0, 0)
	add(w[b2], t[b2], 0, 0)
	add(t[s0], t[b0], 0, 0)
	add(t[s0], t[s1], 0, 0)
	add(w[s0], t[s0], w[b0], t[b0])
	add(w[s0], t[s0], t[b0], 0)
	add(t[s0], w[b0], t[b0], 0)
	add(w[s0], t[s0], w[s1], t[s1])
	add(w[s0], t[s0], t[s1], 0)
	add(t[s0], w[s1], t[s1], 0)
	add(w[s0], w[b0], 0, 0)
	add(w[s0], w[s1], 0, 0)
	add(t[b0], t[b1], t[s0], 0)
	add(t[b0], t[b1], t[b2], 0)
	add(t[b0], t[b1], t[s0], t[s1])
	add(t[s0], t[s1], t[b0], 0)
	add(t[s0], t[s1], t[s2], t[b0])
	add(w[s1], t[s0], t[b0], 0)
	add(w[b0], t[s0], t[s1], 0)
	add(w[s0], t[s1], t[b0], 0)
	add(t[s0], t[b0], dist, 1)
	add(w[s0], dist, 2, 0)
	add(w[b0], dist, 3, 0)
	add(w[s0], w[b0], dist, 3)
	add(t[s0], t[s1], gap, 4)
	add(t[s0], val(s0), t[b0], 0)
	add(t[s1], val(s1), t[s0], 0)
	add(w[s0], val(s0), 5, 0)
	add(w[s1], val(s1), 6, 0)
	add(t[b0], val(b0), t[s0], 0)
	add(w[b0], val(b0), 7, 0)
	add(t[s0], t[s0l], t[b0], r(s0l))
	add(t[s0], t[s0r], t[b0], r(s0r))
	add(t[s1], t[s1l], t[s0], r(s1l))
	add(t[s1], t[s1r], t[s0], r(s1r))
	add(t[b0], t[b0l], t[s0], r(b0l))
	add(w[s0], r(s0l), r(s0r), r(s0r2))
	add(w[s1], r(s1l), r(s1r), r(s1r2))
	add(w[b0], r(b0l), r(b0l2), 8)
	add(w[s0], w[s0r], 0, 0)
	add(w[s0], w[s0l], 9, 0)
	add(w[s1], w[s1r], 0, 0)
	add(w[b0], w[b0l], 0, 0)
	add(t[s0], t[s0l], t[s0l2], t[b0])
	add(t[s0], t[s0r], t[s0r2], t[b0])
	add(t[s1], t[s1r], t[s1r2], t[s0])
	add(r(s0l), r(s0r), r(s1l), r(s1r))
	add(w[s0l], t[s0], t[b0], 0)
	add(w[s1l], t[s1], t[s0], 0)
	add(w[s0], t[b0], t[b1], 0)
	add(w[s1], w[b0], t[s0], 0)
	add(t[s0], t[b0], t[s1], dist)
	add(1, 2, 3, 4)
	s.count = len(f)
}
