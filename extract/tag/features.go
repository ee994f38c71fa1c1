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
	capital uint64    // kind of capitalisation
	prefix  [4]uint64 // hashes of the first 1 … 4 letters of the normal form
	suffix  [5]uint64 // hashes of the last 1 … 5 letters
	known   uint64    // hash of the classes that the dictionary allows
	cand    []uint8   // the classes that the word may have
	short   bool      // three bytes or fewer, which headlines leave in lower case
}

// edge stands before and behind a sentence.
var edge = word{form: 1, lower: 1, shape: 1, known: 3}

// look makes a word of a form.
func (m *model) look(form string) word {
	n := normal(form)
	w := word{form: hash(form), lower: hash(n), shape: hash(shape(form)), capital: capital(form), known: 17, cand: m.open, short: len(form) <= 3}
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

// normal is form in lower case, with straight apostrophes and quotes, every
// digit 0 and no more than four of them.
func normal(form string) string {
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

func capital(form string) uint64 {
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

// letterCase says how a sentence is written, because capitals tell nothing in a
// headline: 0 as usual, 1 with capitals on most words, 2 all in capitals.
func letterCase(words []*word) uint64 {
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
		return 0
	case all*5 >= letters*4:
		return 2
	case capitals*5 >= letters*4:
		return 1
	}
	return 0
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

func at(words []*word, i int) *word {
	if i < 0 || i >= len(words) {
		return &edge
	}
	return words[i]
}

// static appends the features of word i that see no tag.
func static(dst []uint64, words []*word, i int, mode uint64) []uint64 {
	w, l, ll, r, rr := words[i], at(words, i-1), at(words, i-2), at(words, i+1), at(words, i+2)
	capital := w.capital + mode*16
	if i == 0 {
		capital += 8
	}
	return append(dst,
		one(0, 1),
		one(1, w.form),
		one(2, w.lower),
		one(3, w.prefix[0]), one(4, w.prefix[1]), one(5, w.prefix[2]), one(6, w.prefix[3]),
		one(7, w.suffix[0]), one(8, w.suffix[1]), one(9, w.suffix[2]), one(10, w.suffix[3]), one(11, w.suffix[4]),
		two(12, w.shape, mode),
		one(13, capital),
		two(14, capital, w.suffix[2]),
		two(15, capital, w.suffix[1]),
		one(16, l.lower), one(17, r.lower), one(18, ll.lower), one(19, rr.lower),
		one(20, l.suffix[2]), one(21, r.suffix[2]),
		one(22, l.known), one(23, r.known), two(24, r.known, rr.known),
		two(25, l.lower, w.lower), two(26, w.lower, r.lower), two(27, l.lower, r.lower),
		two(28, w.known, r.known), two(29, l.lower, w.known), two(30, r.lower, w.known),
		three(31, l.capital, capital, r.capital),
		two(32, w.lower, capital),
		two(33, w.known, rr.known), two(34, l.suffix[2], w.suffix[2]), two(35, r.suffix[2], w.suffix[2]),
		two(36, w.suffix[2], r.known),
	)
}

// dynamic appends the features of word i that see the tags before it: t1 the
// last and t2 the one before that.
func dynamic(dst []uint64, words []*word, i int, t1, t2 uint64) []uint64 {
	w, l, r := words[i], at(words, i-1), at(words, i+1)
	return append(dst,
		one(40, t1), one(41, t2), two(42, t1, t2),
		two(43, t1, w.lower), two(44, t2, w.lower), three(45, t1, t2, w.lower),
		two(46, t1, r.lower), two(47, t1, r.known),
		two(48, t1, w.known), three(49, t1, t2, w.known), three(50, t1, w.known, r.known), three(51, t1, l.lower, w.known),
		two(52, t1, w.suffix[2]), two(53, t1, w.capital),
	)
}
