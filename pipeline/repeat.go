package pipeline

import "strings"

// A repeats value finds paragraphs that say again what an earlier paragraph of
// the article said: word for word, or as a part of it that is nearly all of it.
type repeats struct {
	whole map[string]bool
	ends  map[string][]*paragraph // by their first words, and by their last
}

// Paragraphs under so many words are compared as wholes only.
const repeatWords = 8

func newRepeats() *repeats {
	return &repeats{whole: make(map[string]bool), ends: make(map[string][]*paragraph)}
}

// seen reports whether p repeats an earlier paragraph, and remembers it if not.
func (r *repeats) seen(p *paragraph) bool {
	if r.whole[p.Key] {
		return true
	}
	r.whole[p.Key] = true
	words := strings.Fields(p.Key)
	if len(words) < repeatWords {
		return false
	}
	head := "head " + strings.Join(words[:repeatWords], " ")
	tail := "tail " + strings.Join(words[len(words)-repeatWords:], " ")
	for _, end := range []string{head, tail} {
		for _, q := range r.ends[end] {
			if nearly(p.Key, q.Key) {
				return true
			}
		}
	}
	for _, end := range []string{head, tail} {
		// A handful is enough: a text whose paragraphs all begin alike must not
		// make this quadratic.
		if len(r.ends[end]) < 4 {
			r.ends[end] = append(r.ends[end], p)
		}
	}
	return false
}

// nearly reports whether the shorter of two keys is the beginning or the end of
// the longer one and makes up three quarters of it.
func nearly(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a)*4 >= len(b)*3 && (strings.HasPrefix(b, a) || strings.HasSuffix(b, a))
}
