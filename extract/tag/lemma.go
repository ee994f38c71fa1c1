package tag

import (
	"sort"
	"strings"
	"unicode/utf8"

	"parley/extract/treebank"
)

// An edit makes a lemma of a form: it takes bytes off the end and puts others
// there.
type edit struct {
	cut int
	add string
}

func (e edit) apply(s string) (string, bool) {
	if e.cut > len(s) || e.cut == len(s) && e.add == "" || e.cut < len(s) && !utf8.RuneStart(append([]byte(s), 0)[len(s)-e.cut]) {
		return s, false
	}
	return s[:len(s)-e.cut] + e.add, true
}

// editOf is the edit that turns form into lemma.
func editOf(form, lemma string) edit {
	n := 0
	for n < len(form) && n < len(lemma) && form[n] == lemma[n] {
		n++
	}
	for n > 0 && n < len(form) && !utf8.RuneStart(form[n]) {
		n--
	}
	return edit{len(form) - n, lemma[n:]}
}

// lemmas are edits by Penn tag and ending: the edit of the longest ending that
// is known holds. A key is the tag, a blank and the ending; "^" begins a whole
// word.
type lemmas map[string]edit

// maxEnding is the length in bytes of the longest ending but for whole words.
const maxEnding = 6

// of is the lemma of form as a word with a Penn tag.
func (l lemmas) of(form, xpos string) string {
	if xpos == "NNP" || xpos == "NNPS" {
		form = straight(form)
	} else {
		form = strings.ToLower(straight(form))
	}
	if len(form) > 64 {
		return form
	}
	var buf [96]byte
	key := append(append(buf[:0], xpos...), ' ')
	tag := len(key)
	lower := strings.ToLower(form)
	key = append(append(key, '^'), lower...)
	if e, ok := l[string(key)]; ok {
		if s, ok := e.apply(form); ok {
			return s
		}
	}
	for n := min(maxEnding, len(lower)-1); n >= 0; n-- {
		key = append(key[:tag], lower[len(lower)-n:]...)
		if e, ok := l[string(key)]; ok {
			if s, ok := e.apply(form); ok {
				return s
			}
		}
	}
	return form
}

// straight is s with curly apostrophes and quotes made straight.
func straight(s string) string {
	if strings.IndexByte(s, 0xe2) < 0 {
		return s
	}
	return strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`).Replace(s)
}

// An Inflection is a form of a word that grammar gives, with its Penn tag and
// lemma, in lower case.
type Inflection struct{ Form, Tag, Lemma string }

// learnLemmas counts the edits of every ending over the words of a treebank and
// over further inflections, and keeps those that differ from what a shorter
// ending gives. A form that the treebank has more than once has the treebank's
// lemma.
func learnLemmas(sentences []treebank.Sentence, more []Inflection) lemmas {
	type pair struct{ form, lemma string }
	words := map[string]map[pair]int{} // by tag
	for _, s := range sentences {
		for _, w := range s.Words {
			if w.Lemma == "" || w.Lemma == "_" || len(w.Form) > 40 {
				continue
			}
			if words[w.XPOS] == nil {
				words[w.XPOS] = map[pair]int{}
			}
			words[w.XPOS][pair{strings.ToLower(straight(w.Form)), strings.ToLower(straight(w.Lemma))}]++
		}
	}
	for _, m := range more {
		if words[m.Tag] == nil {
			words[m.Tag] = map[pair]int{}
		}
		words[m.Tag][pair{m.Form, m.Lemma}]++
	}
	out := lemmas{}
	for tag, pairs := range words {
		// How often each edit was seen with each ending: once for each form that has it.
		endings := map[string]map[edit]int{}
		note := func(ending string, e edit, n int) {
			if endings[ending] == nil {
				endings[ending] = map[edit]int{}
			}
			endings[ending][e] += n
		}
		for p, n := range pairs {
			e := editOf(p.form, p.lemma)
			note("^"+p.form, e, n)
			for k := 0; k <= min(maxEnding, len(p.form)-1); k++ {
				if e.cut <= len(p.form)-1 || e.cut == 0 {
					note(p.form[len(p.form)-k:], e, 1)
				}
			}
		}
		var keys []string
		for k := range endings {
			keys = append(keys, k)
		}
		sort.Slice(keys, func(i, j int) bool {
			if len(keys[i]) != len(keys[j]) {
				return len(keys[i]) < len(keys[j])
			}
			return keys[i] < keys[j]
		})
		for _, whole := range []bool{false, true} {
			for _, k := range keys {
				if strings.HasPrefix(k, "^") != whole {
					continue
				}
				e, n, all := mostly(endings[k])
				if !whole && k != "" && (n < 2 || n*10 < all*6) {
					continue
				}
				if e != out.longest(tag, strings.TrimPrefix(k, "^")) {
					out[tag+" "+k] = e
				}
			}
		}
	}
	return out
}

// longest is the edit of the longest known ending of word.
func (l lemmas) longest(tag, word string) edit {
	for n := min(maxEnding, len(word)-1); n >= 0; n-- {
		if e, ok := l[tag+" "+word[len(word)-n:]]; ok {
			return e
		}
	}
	return edit{}
}

// mostly is the most frequent edit, how often it was seen, and how often any.
func mostly(edits map[edit]int) (best edit, n, all int) {
	for e, k := range edits {
		all += k
		if k > n || k == n && (e.cut < best.cut || e.cut == best.cut && e.add < best.add) {
			best, n = e, k
		}
	}
	return best, n, all
}
