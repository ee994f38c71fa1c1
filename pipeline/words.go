package pipeline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word is a run of letters and digits of a line.
type word struct {
	Span
	lower string
}

// splitWords gives the words of s, at most limit of them.
func splitWords(s string, limit int) []word {
	out := make([]word, 0, min(limit, len(s)/5+1))
	start := -1
	for i, r := range s {
		letter := 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r))
		switch {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			out = append(out, word{Span{start, i}, strings.ToLower(s[start:i])})
			start = -1
			if len(out) == limit {
				return out
			}
		}
	}
	if start >= 0 {
		out = append(out, word{Span{start, len(s)}, strings.ToLower(s[start:])})
	}
	return out
}

// countWords counts what stands between white space.
func countWords(s string) int {
	n, in := 0, false
	for _, r := range s {
		space := unicode.IsSpace(r)
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}

func firstLetter(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// wordSet makes a set of the words of list.
func wordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// addContentWords adds the words of key that carry meaning, cut to the length at
// which most inflections of one word are the same.
func addContentWords(known map[string]bool, key string) {
	for w := range strings.FieldsSeq(key) {
		if len(w) > 3 && !stopWords[w] {
			known[stem(w)] = true
		}
	}
}

// familiar counts the content words of key that are known, and gives their share.
func familiar(key string, known map[string]bool) (hits int, share float64) {
	all := 0
	for w := range strings.FieldsSeq(key) {
		if len(w) > 3 && !stopWords[w] {
			all++
			if known[stem(w)] {
				hits++
			}
		}
	}
	if all == 0 {
		return 0, 0
	}
	return hits, float64(hits) / float64(all)
}

// stem cuts the endings and the tail that inflections of one word differ in.
func stem(w string) string {
	for _, ending := range []string{"ing", "ed", "es", "s", "e"} {
		if short, ok := strings.CutSuffix(w, ending); ok && len(short) > 3 {
			w = short
			break
		}
	}
	return w[:min(len(w), 6)]
}

var stopWords = wordSet(`about above after again against also another because been before being between both could does during each
	from further have having here into just like made make many more most much must never only other over said says same should
	since some still such than that their them then there these they this those through under until very were what when where
	which while whom will with within without would your year years week month today first last news people time`)
