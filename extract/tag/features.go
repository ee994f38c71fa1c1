package tag

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word is what the features of a sentence see of one of its words.
type word struct {
	form    uint64    // hash of the form as written
	lower   uint64    // hash of the normal form
	shape   uint64    // hash of the shape
	prefix  [4]uint64 // hashes of the first 1 … 4 letters of the normal form
	suffix  [5]uint64 // hashes of the last 1 … 5 letters
	coarse  uint64    // induced class of the normal form, one of few; 0 where unknown
	fine    uint64    // the same, one of many
	silver  uint64    // hash of what another tagger says of the form; 0 where unknown
	small   uint64    // the same of the normal form
	known   uint64    // hash of the classes that the dictionary allows
	cand    []uint8   // the classes that the word may have
	capital uint8     // kind of capitalisation
	short   bool      // three bytes or fewer, which headlines leave in lower case
}

// edge stands before and behind a sentence.
var edge = word{form: 1, lower: 1, shape: 1, known: 3}

// look makes a word of a form.
func (m *model) look(form string) word {
	n := Normal(form)
	w := word{
		form: hash(form), lower: hash(n), shape: hash(shape(form)), capital: capital(form), short: len(form) <= 3,
		silver: uint64(m.lexicon[form].Silver), small: uint64(m.lexicon[n].Silver),
		coarse: uint64(m.lexicon[n].Coarse), fine: uint64(m.lexicon[n].Fine),
		known: 17, cand: m.open,
	}
	if c, ok := m.dict[form]; ok {
		w.cand = c
		for _, k := range c {
			w.known = mix(w.known + uint64(k+1)*odd1)
		}
	}
	end, start := 0, len(n)
	for i := range w.prefix {
		_, size := utf8.DecodeRuneInString(n[end:])
		end += size
		w.prefix[i] = hash(n[:end])
	}
	for i := range w.suffix {
		_, size := utf8.DecodeLastRuneInString(n[:start])
		start -= size
		w.suffix[i] = hash(n[start:])
	}
	return w
}

// Normal is the form that a Lexicon knows a word by: in lower case, with straight
// apostrophes and quotes, every digit 0 and no more than four of them.
func Normal(form string) string {
	digits := 0
	return strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9':
			if digits++; digits > 4 {
				return -1
			}
			return '0'
		case r == '’' || r == '‘' || r == '`':
			return '\''
		case r == '“' || r == '”':
			return '"'
		}
		return unicode.ToLower(r)
	}, form)
}

// shape is form with every capital X, other letter x, digit 0, and runs made one.
func shape(form string) string {
	last := rune(-1)
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsUpper(r):
			r = 'X'
		case unicode.IsLetter(r):
			r = 'x'
		case unicode.IsDigit(r):
			r = '0'
		}
		if r == last {
			return -1
		}
		last = r
		return r
	}, form)
}

// Kinds of capitalisation.
const (
	noLetters = iota + 1
	noCapitals
	oneCapital // and no other letter
	allCapitals
	firstCapital
	mixedCapitals
)

func capital(form string) uint8 {
	upper, lower := 0, 0
	for _, r := range form {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLetter(r):
			lower++
		}
	}
	first, _ := utf8.DecodeRuneInString(form)
	switch {
	case upper+lower == 0:
		return noLetters
	case upper == 0:
		return noCapitals
	case lower == 0 && upper == 1:
		return oneCapital
	case lower == 0:
		return allCapitals
	case upper == 1 && unicode.IsUpper(first):
		return firstCapital
	}
	return mixedCapitals
}

// Ways in which a sentence is written.
const (
	asUsual = iota
	asHeadline
	inCapitals
	writings
)

// writing says how a sentence is written, because capitals tell nothing in a
// headline.
func writing(words []*word) int {
	letters, capitals, all := 0, 0, 0
	for i, w := range words {
		if i == 0 || w.capital == noLetters || w.short {
			continue
		}
		letters++
		if w.capital != noCapitals {
			capitals++
		}
		if w.capital == allCapitals {
			all++
		}
	}
	switch {
	case letters < 3:
		return asUsual
	case all*5 >= letters*4:
		return inCapitals
	case capitals*5 >= letters*4:
		return asHeadline
	}
	return asUsual
}

// Odd numbers that spread the bits of a hash.
const (
	odd1 = 0x9E3779B97F4A7C15
	odd2 = 0xC2B2AE3D27D4EB4F
)

// hash is FNV-1a, mixed.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= odd1
	return h ^ h>>29
}

// one, two and three hash the number of a template with what it saw.
func one(template, a uint64) uint64         { return mix(a + template*odd2) }
func two(template, a, b uint64) uint64      { return mix(one(template, a) + b*odd1) }
func three(template, a, b, c uint64) uint64 { return mix(two(template, a, b) + c*odd2) }

// A situation is how a word's own capitals are to be read: how the sentence is
// written, and whether the word is its first.
type situation uint8

const situations = 2 * writings

func situationOf(writing, i int) situation {
	if i == 0 {
		return situation(2*writing + 1)
	}
	return situation(2 * writing)
}

// capitalOf joins the capitals of w with its situation.
func capitalOf(w *word, s situation) uint64 { return uint64(w.capital) + 8*uint64(s) }

// own appends the features of a word that see nothing but the word.
func own(dst []uint64, w *word, s situation) []uint64 {
	capital := capitalOf(w, s)
	return append(dst,
		one(0, 1),
		one(1, w.form), one(2, w.lower), two(3, w.lower, capital),
		one(4, w.prefix[0]), one(5, w.prefix[1]), one(6, w.prefix[2]), one(7, w.prefix[3]),
		one(8, w.suffix[0]), one(9, w.suffix[1]), one(10, w.suffix[2]), one(11, w.suffix[3]), one(12, w.suffix[4]),
		two(13, w.shape, uint64(s/2)), one(14, capital), two(15, capital, w.suffix[2]), two(16, capital, w.suffix[1]),
		one(17, w.coarse), one(18, w.fine), two(19, w.fine, capital),
		one(20, w.silver), one(21, w.small), two(22, w.small, capital), two(23, w.silver, w.small), two(24, w.small, w.suffix[1]),
	)
}

// A direction is the way in which a pass goes over a sentence. Features speak of
// what comes before and after in that direction.
type direction int

const (
	forward direction = iota
	backward
	directions
)

// sign is the step to the next word.
func (d direction) sign() int {
	if d == backward {
		return -1
	}
	return 1
}

// place is the index of the word that a pass over n words meets as number k.
func (d direction) place(k, n int) int {
	if d == backward {
		return n - 1 - k
	}
	return k
}

// steps lead from a word to the places beside it.
var steps = [places]int{last: -1, next: 1, lastButOne: -2, nextButOne: 2}

// The places of a word beside the one that is tagged.
const (
	last = iota
	next
	lastButOne
	nextButOne
	places
)

// beside appends the features that see nothing but a word at one of the places.
func beside(dst []uint64, w *word, place int) []uint64 {
	t := 30 + 10*uint64(place)
	dst = append(dst, one(t, w.lower), one(t+1, w.coarse))
	if place == last || place == next {
		dst = append(dst, one(t+2, w.suffix[2]), one(t+3, w.known), one(t+4, w.fine), one(t+5, w.silver))
	}
	return dst
}

// A window is a word and its neighbours: l and ll come before it, r and rr after.
type window struct{ ll, l, w, r, rr *word }

func windowAt(words []*word, i int, d direction) window {
	at := func(k int) *word {
		if k < 0 || k >= len(words) {
			return &edge
		}
		return words[k]
	}
	s := d.sign()
	return window{at(i - 2*s), at(i - s), words[i], at(i + s), at(i + 2*s)}
}

// pairs appends the features that see several words of a window.
func pairs(dst []uint64, x window, s situation) []uint64 {
	l, w, r := x.l, x.w, x.r
	return append(dst,
		two(70, l.lower, w.lower), two(71, w.lower, r.lower), two(72, l.lower, r.lower),
		two(73, w.known, r.known), two(74, w.known, x.rr.known), two(75, r.known, x.rr.known),
		two(76, l.lower, w.known), two(77, r.lower, w.known), two(78, w.suffix[2], r.known),
		two(79, l.suffix[2], w.suffix[2]), two(80, w.suffix[2], r.suffix[2]),
		two(81, l.coarse, w.coarse), two(82, w.coarse, r.coarse), two(83, l.coarse, r.coarse),
		two(84, w.suffix[2], l.coarse), two(85, w.suffix[2], r.coarse),
		two(86, w.silver, r.silver), two(87, l.silver, w.silver),
		three(88, uint64(l.capital), capitalOf(w, s), uint64(r.capital)),
	)
}

// history appends the features that see the tags before a word: t1 the last and
// t2 the one before that, counted from 1, 0 before the sentence.
func history(dst []uint64, x window, t1, t2 uint64) []uint64 {
	w, r := x.w, x.r
	return append(dst,
		one(90, t1), one(91, t2), two(92, t1, t2),
		two(93, t1, w.lower), two(94, t2, w.lower), three(95, t1, t2, w.lower),
		two(96, t1, r.lower), two(97, t1, r.known),
		two(98, t1, w.known), three(99, t1, t2, w.known), three(100, t1, w.known, r.known), three(101, t1, x.l.lower, w.known),
		two(102, t1, w.suffix[2]), two(103, t1, uint64(w.capital)),
		two(104, t1, w.silver), two(105, t1, r.silver), three(106, t1, w.silver, r.silver),
	)
}
