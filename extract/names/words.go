package names

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/extract/lists"
)

// A word is what is known of a token by itself, wherever it stands. It is worked
// out once for each form and worker, and remembered.
type word struct {
	form, lower, shape uint64 // hashes
	prefix             [3]uint64
	suffix             [3]uint64
	cluster            [2]uint64 // induced word classes, coarse and fine; 0 where unknown
	listed             uint64    // hash for the gazetteer
	kinds              lists.Kind
	class              class
	usual              uint8 // what the word mostly was in unlabelled news; see Model.usual
	letters            letters
	role               role
	initial            byte // first byte, folded
	long               bool // four letters and more
	hyphen             bool

	// sums are the summed weights of the word's own features, by pass and by place
	// next to the word in question (before, at, after).
	sums [Passes][3]packed
}

// letters says how a token is written.
type letters uint8

const (
	lowerCase letters = iota
	capital           // first letter only
	allCapital
	mixedCase
	oneCapital // a single letter, or with a period: an initial
	digits
	withDigits
	otherMark
)

// role says whether a token can be in a mention at all. Weak words, such as "of"
// and "last", are looked at only near strong ones.
type role uint8

const (
	inert role = iota
	weak
	strong
)

// mix makes one hash of two.
func mix(a, b uint64) uint64 {
	return (bits.RotateLeft64(a, 29) ^ b) * 0x9e3779b97f4a7c15
}

// text hashes a string; the same on every machine (FNV-1a, then mixed).
func text(s string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return mix(h, uint64(len(s)))
}

// newWord works out what is known of a form.
func (m *Model) newWord(form string) *word {
	folded := lists.Fold(form)
	w := &word{
		form:    text(form),
		lower:   text(folded),
		shape:   text(shape(form)),
		listed:  lists.Word(folded),
		class:   classOf(folded),
		letters: lettersOf(form),
		long:    len(form) >= 4,
		hyphen:  form == "-",
	}
	for i, n := range [...]int{2, 3, 4} {
		w.prefix[i] = text(head(folded, n))
		w.suffix[i] = text(tail(folded, n))
	}
	if folded != "" {
		w.initial = folded[0]
	}
	w.kinds = m.lists.Single(w.listed)
	w.usual = m.usual[folded]
	for i, c := range m.classes[ClassKey(form)] {
		w.cluster[i] = uint64(c) + 1
	}
	switch {
	case w.letters != lowerCase && w.letters != otherMark, w.class.strong(),
		w.kinds&(lists.KindPeople|lists.KindDemonym) != 0: // "communist"
		w.role = strong
	case m.inner[folded], w.class != noClass:
		w.role = weak
	}
	m.sum(w)
	return w
}

// sum works out w.sums.
func (m *Model) sum(w *word) {
	if m.table.slots == nil {
		return // in training
	}
	var buffer [64]Feature // room for all of them
	for i := range w.sums[0] {
		var scores [Passes][Labels]int32
		m.table.score(&scores[0], &scores[1], w.appendSingle(buffer[:0], window-1+i))
		for p := range scores {
			w.sums[p][i] = pack(&scores[p])
		}
	}
}

// ClassKey is the form under which the classes of words are learnt: numbers
// count by their shape alone.
func ClassKey(form string) string {
	if strings.IndexFunc(form, unicode.IsDigit) < 0 {
		return form
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, form)
}

func lettersOf(form string) letters {
	upper, lower, digit, other, n := 0, 0, 0, 0, 0
	for _, r := range form {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLetter(r):
			lower++
		case unicode.IsDigit(r):
			digit++
		default:
			other++
		}
		n++
	}
	first, _ := utf8.DecodeRuneInString(form)
	switch {
	case digit > 0 && upper+lower == 0:
		return digits
	case digit > 0:
		return withDigits
	case upper+lower == 0:
		return otherMark
	case upper == 0:
		return lowerCase
	case upper == 1 && lower == 0:
		return oneCapital
	case lower == 0:
		return allCapital
	case upper == 1 && unicode.IsUpper(first):
		return capital
	}
	return mixedCase
}

// shape writes letters as X and x and digits as 0, and repeats nothing more than
// twice: "Min" is Xxx, "McDonald" XxXxx, "1990s" 00x.
func shape(form string) string {
	b := make([]byte, 0, 16)
	run, last := 0, byte(0)
	for _, r := range form {
		c := byte('x')
		switch {
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsDigit(r):
			c = '0'
		case !unicode.IsLetter(r):
			c = '.'
			if r < utf8.RuneSelf {
				c = byte(r)
			}
		}
		if c == last {
			run++
		} else {
			run, last = 1, c
		}
		if run <= 2 && len(b) < cap(b) {
			b = append(b, c)
		}
	}
	return string(b)
}

// head and tail are the first and last n code points of s, or all of it with a
// mark that it is whole.
func head(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return "^" + s
}

func tail(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	if i == 0 {
		return "^" + s
	}
	return s[i:]
}
