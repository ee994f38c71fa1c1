package resolve

import (
	"fmt"
	"slices"
	"strings"

	"parley/extract/lists"
	"parley/pipeline"
)

// PersonKey is equal for spellings of a name that may be one person's in
// different articles: the consonants of its words, whatever their order. Two
// names that share no key are two persons; for two that do, see SamePerson. It
// is empty for a name of one word, which says too little.
func PersonKey(name string) string {
	p := parsePerson(lists.Fold(name))
	if !p.full {
		return ""
	}
	var keys []string
	for _, w := range p.words {
		if k := skeleton(w); k != "" {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

// SamePerson says whether two persons of different articles are probably one, and
// by what: the same name, the same words in another order ("Hideo Ishizuki",
// "Ishizuki Hideo"), or a name that two transliterations spell ("Lee Jun-il",
// "Lee Joon-il"). Persons of two countries are never one, and a family name alone
// is no evidence.
func SamePerson(a, b *pipeline.Entity) (why []string, ok bool) {
	if a.Type != pipeline.Person || b.Type != pipeline.Person {
		return nil, false
	}
	if a.Country != "" && b.Country != "" && a.Country != b.Country {
		return nil, false
	}
	x, y := parsePerson(lists.Fold(a.Name)), parsePerson(lists.Fold(b.Name))
	if !x.full || !y.full || len(x.words) != len(y.words) {
		return nil, false
	}
	switch {
	case slices.Equal(x.words, y.words):
		why = append(why, fmt.Sprintf("%q and %q are the same name", a.Name, b.Name))
	case slices.Equal(sorted(x.words), sorted(y.words)):
		why = append(why, fmt.Sprintf("%q has the words of %q in another order", b.Name, a.Name))
	case PersonKey(a.Name) == PersonKey(b.Name) && spelledAlike(x.words, y.words):
		why = append(why, fmt.Sprintf("%q and %q differ as two transliterations of one name do", a.Name, b.Name))
	default:
		return nil, false
	}
	if a.Country != "" && a.Country == b.Country {
		why = append(why, "both belong to "+a.Country)
	}
	return why, true
}

func sorted(words []string) []string { return slices.Sorted(slices.Values(words)) }

// spelledAlike reports whether the words of two names, in this or the other
// order, differ by two letters at most in each word, and one at least is the same.
func spelledAlike(a, b []string) bool {
	for _, other := range [2][]string{b, reversed(b)} {
		same, close := 0, 0
		for k := range a {
			if a[k] == other[k] {
				same++
			} else if edits(a[k], other[k]) <= 2 {
				close++
			}
		}
		if same+close == len(a) && same > 0 {
			return true
		}
	}
	return false
}

func reversed(words []string) []string {
	out := slices.Clone(words)
	slices.Reverse(out)
	return out
}

// respelled are letters that romanizations of Korean, Arabic, Russian and Chinese
// write in several ways.
var respelled = strings.NewReplacer("-", "", "'", "", "ph", "f", "kh", "h", "gh", "g", "dh", "d", "zh", "j", "ck", "k", "q", "k", "c", "k", "w", "v", "x", "ks", "z", "s")

// skeleton is a word of a name reduced to what transliterations agree on: its
// consonants, without doubles, after its first letter.
func skeleton(word string) string {
	word = respelled.Replace(word)
	var b []byte
	for i := range len(word) {
		c := word[i]
		if i > 0 && (c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'h') || len(b) > 0 && b[len(b)-1] == c {
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

// edits is the Levenshtein distance of two short words (Levenshtein 1966).
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
