package eval

import (
	"cmp"
	"slices"
	"unicode"

	"parley/pipeline"
)

// party is the one role of those who take part in a reciprocal act.
const party = "Party"

var (
	reciprocal = map[string]bool{"AGREE": true, "CONSULT": true, "COOPERATE": true}
	entityRole = map[string]bool{"Actor": true, "Recipient": true, party: true, "Place": true, "Source": true, "Person": true, "Of": true}
)

// A judge compares fillers in one article.
type judge struct {
	text  []rune
	known map[pipeline.Span]bool // every labelled span, and whether it holds a name
}

// sameEntity holds when most of the labelled mentions of predicted are gold's,
// and, where gold has a name, predicted holds one of its names: "he" alone is
// no answer.
func (j *judge) sameEntity(gold, predicted *entity) bool {
	hits, labelled := 0, 0
	goldNamed, hitNamed := false, false
	for s := range predicted.spans {
		if _, ok := j.known[s]; ok {
			labelled++
		}
		if gold.spans[s] {
			hits++
			hitNamed = hitNamed || j.known[s]
		}
	}
	for s := range gold.spans {
		goldNamed = goldNamed || j.known[s]
	}
	return hits > 0 && 2*hits >= labelled && (!goldNamed || hitNamed)
}

// sameArgument holds when both have one role and the same filler: the same
// entity, half of the words of a topic, half of the characters of a date.
func (j *judge) sameArgument(gold, predicted argument) bool {
	switch {
	case gold.role != predicted.role:
		return false
	case entityRole[gold.role]:
		return j.sameEntity(gold.entity, predicted.entity)
	case gold.role == "Topic":
		g, p := words(j.text, gold.span), words(j.text, predicted.span)
		both := 0
		for w := range g {
			if p[w] {
				both++
			}
		}
		return len(g) > 0 && len(p) > 0 && 4*both >= len(g)+len(p)
	}
	return 4*overlap(gold.span, predicted.span) >= gold.span.Len()+predicted.span.Len()
}

// arguments pairs the arguments of two frames that are the same.
func (j *judge) arguments(gold, predicted []argument) [][2]int {
	return pairUp(len(gold), len(predicted), func(g, p int) int {
		if j.sameArgument(gold[g], predicted[p]) {
			return 1
		}
		return 0
	})
}

// overlap is the number of code points that a and b share.
func overlap(a, b pipeline.Span) int {
	return max(0, min(a.End, b.End)-max(a.Start, b.Start))
}

// words are the spans of the words in s: runs of letters and digits, joined by
// single apostrophes, dots and hyphens.
func words(text []rune, s pipeline.Span) map[pipeline.Span]bool {
	out := map[pipeline.Span]bool{}
	for i := s.Start; i < s.End; {
		if !inWord(text[i]) {
			i++
			continue
		}
		start := i
		for i < s.End && (inWord(text[i]) || joins(text[i]) && i+1 < s.End && inWord(text[i+1])) {
			i++
		}
		out[pipeline.Span{Start: start, End: i}] = true
	}
	return out
}

func inWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }
func joins(r rune) bool  { return r == '\'' || r == '’' || r == '.' || r == '-' }

// pairUp matches n gold items with m predicted ones, one to one, the highest
// score first and ties in order. It gives pairs of indexes, best first.
func pairUp(n, m int, score func(gold, predicted int) int) [][2]int {
	type candidate struct{ score, gold, predicted int }
	var all []candidate
	for g := range n {
		for p := range m {
			if s := score(g, p); s > 0 {
				all = append(all, candidate{s, g, p})
			}
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.gold, b.gold), cmp.Compare(a.predicted, b.predicted))
	})
	goldTaken, predictedTaken := make([]bool, n), make([]bool, m)
	var out [][2]int
	for _, c := range all {
		if !goldTaken[c.gold] && !predictedTaken[c.predicted] {
			goldTaken[c.gold], predictedTaken[c.predicted] = true, true
			out = append(out, [2]int{c.gold, c.predicted})
		}
	}
	return out
}
