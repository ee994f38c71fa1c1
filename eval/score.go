package eval

import (
	"maps"
	"slices"

	"parley/eval/label"
	"parley/pipeline"
)

// A Count is what one figure is made of.
type Count struct {
	Right     int `json:"tp"`
	Predicted int `json:"predicted"`
	Gold      int `json:"gold"`
}

// Precision is the share of what was predicted that is right, 0 of nothing.
func (c Count) Precision() float64 { return share(c.Right, c.Predicted) }

// Recall is the share of what was labelled that was found, 0 of nothing.
func (c Count) Recall() float64 { return share(c.Right, c.Gold) }

// F1 is the harmonic mean of precision and recall.
func (c Count) F1() float64 { return share(2*c.Right, c.Predicted+c.Gold) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Scores are the counts of every figure by its name, such as "names",
// "names/GPE", "event", "event/CONSULT", "event role/Actor" and "status". A
// name with a slash is a part of the figure before the slash.
type Scores map[string]Count

func (s Scores) add(figure string, right, predicted, gold int) {
	c := s[figure]
	s[figure] = Count{c.Right + right, c.Predicted + predicted, c.Gold + gold}
}

// Sum adds up the scores of several articles: every figure is micro-averaged.
func Sum(articles []Scores) Scores {
	sum := Scores{}
	for _, a := range articles {
		for figure, c := range a {
			sum.add(figure, c.Right, c.Predicted, c.Gold)
		}
	}
	return sum
}

// Figures are the names of s in order.
func (s Scores) Figures() []string { return slices.Sorted(maps.Keys(s)) }

var nameTypes = []pipeline.MentionType{pipeline.Person, pipeline.Org, pipeline.GPE, pipeline.Loc, pipeline.NORP,
	pipeline.Fac, pipeline.Event, pipeline.Product, pipeline.WorkOfArt, pipeline.Law}

var valueTypes = []pipeline.MentionType{pipeline.Date, pipeline.TimeOfDay, pipeline.Money}

// ScoreArticle compares predicted with gold as section 5 of the labelling
// guidelines says: mentions by span and type, entities by the pairs of names
// that they join, events by type and overlapping trigger, one to one. Both are
// labels of the same text. The decisions say what became of every item. Where
// gold says nothing but names, nothing but names is scored, in its types.
func ScoreArticle(gold, predicted *label.Set) (Scores, []Decision) {
	if gold.NamesOnly {
		predicted = predicted.Coarse()
	}
	s := &scoring{
		Scores: Scores{},
		gold:   read(gold), predicted: read(predicted),
		judge: judge{text: []rune(gold.Text), known: map[pipeline.Span]bool{}},
		log:   newLog(gold, predicted),
	}
	for _, t := range gold.Spans {
		s.judge.known[t.Span] = s.judge.known[t.Span] || pipeline.MentionType(t.Type).Named()
	}
	s.mentions("names", nameTypes, pipeline.MentionType.Named)
	if gold.NamesOnly {
		return s.Scores, s.log.decisions
	}
	s.mentions("values", valueTypes, pipeline.MentionType.Value)
	g, p := s.gold.pairs(), s.predicted.pairs()
	s.add("coreference", common(g, p), len(p), len(g))
	s.links()
	s.countries()
	s.family("event", slices.Sorted(maps.Keys(label.Modes)))
	s.family("office", []string{label.Holds})
	return s.Scores, s.log.decisions
}

// A scoring is the comparison of one article.
type scoring struct {
	Scores
	gold, predicted *reading
	judge           judge
	log             *decisionLog
}

func (s *scoring) mentions(figure string, types []pipeline.MentionType, want func(pipeline.MentionType) bool) {
	gold, predicted := s.gold.mentions(want), s.predicted.mentions(want)
	s.add(figure, common(gold, predicted), len(predicted), len(gold))
	for _, t := range types {
		ofType := func(m map[label.TextBound]bool) map[label.TextBound]bool {
			out := map[label.TextBound]bool{}
			for k := range m {
				if k.Type == string(t) {
					out[k] = true
				}
			}
			return out
		}
		g, p := ofType(gold), ofType(predicted)
		s.add(figure+"/"+string(t), common(g, p), len(p), len(g))
	}
	s.log.mentions(figure, gold, predicted)
}

// family scores the frames of the given types: their triggers, types, roles and
// attributes.
func (s *scoring) family(family string, types []string) {
	want := func(t string) bool { return slices.Contains(types, t) }
	gold, predicted := s.gold.frames(want), s.predicted.frames(want)
	triggers := pairUp(len(gold), len(predicted), func(g, p int) int { return overlap(gold[g].trigger, predicted[p].trigger) })
	s.add(family+" trigger", len(triggers), len(predicted), len(gold))
	both := pairUp(len(gold), len(predicted), func(g, p int) int {
		if gold[g].event.Type != predicted[p].event.Type {
			return 0
		}
		return overlap(gold[g].trigger, predicted[p].trigger)
	})
	s.add(family, len(both), len(predicted), len(gold))
	for _, t := range types {
		right := 0
		for _, pair := range both {
			if gold[pair[0]].event.Type == t {
				right++
			}
		}
		s.add(family+"/"+t, right, countType(predicted, t), countType(gold, t))
	}
	s.roles(family, gold, predicted, both)
	if family == "event" {
		s.attributes(gold, predicted, both)
	}
}

// roles scores the fillers of matched frames, role by role, and how many frames
// have all who-whom roles right, and everything.
func (s *scoring) roles(family string, gold, predicted []frame, both [][2]int) {
	filled := map[string]*Count{}
	count := func(role string) *Count {
		if filled[role] == nil {
			filled[role] = &Count{}
		}
		return filled[role]
	}
	for _, f := range gold {
		for _, a := range f.args {
			count(a.role).Gold++
		}
	}
	for _, f := range predicted {
		for _, a := range f.args {
			count(a.role).Predicted++
		}
	}
	grades, reached := map[[2]int]grade{}, map[grade]int{}
	for _, pair := range both {
		g, p := gold[pair[0]], predicted[pair[1]]
		var right []argument
		for _, m := range s.judge.arguments(g.args, p.args) {
			right = append(right, g.args[m[0]])
			count(g.args[m[0]].role).Right++
		}
		if core(g.args) == core(right) && core(p.args) == core(right) {
			grades[pair] = whoWhom
			reached[whoWhom]++
			if len(right) == len(g.args) && len(right) == len(p.args) && g.status == p.status {
				grades[pair] = wholeRecord
				reached[wholeRecord]++
			}
		}
	}
	for role, c := range filled {
		s.add(family+" role/"+role, c.Right, c.Predicted, c.Gold)
		s.add(family+" role", c.Right, c.Predicted, c.Gold)
	}
	s.add(family+" who-whom", reached[whoWhom], len(predicted), len(gold))
	s.add(family+" whole record", reached[wholeRecord], len(predicted), len(gold))
	s.log.frames(family, gold, predicted, both, grades)
}

// attributes scores the statuses, modes and contexts of matched events.
func (s *scoring) attributes(gold, predicted []frame, both [][2]int) {
	unsure := func(f frame) bool { return f.status != string(pipeline.Happened) }
	same, sameUnsure, modes, contexts := 0, 0, 0, 0
	for _, pair := range both {
		g, p := gold[pair[0]], predicted[pair[1]]
		if g.status == p.status {
			same++
			if unsure(g) {
				sameUnsure++
			}
		}
		modes += shared(g.mode, p.mode)
		contexts += shared(g.context, p.context)
	}
	s.add("status", same, len(both), len(both))
	s.add("status not Happened", sameUnsure, total(predicted, unsure), total(gold, unsure))
	mode := func(f frame) int { return len(f.mode) }
	context := func(f frame) int { return len(f.context) }
	s.add("mode", modes, sum(predicted, mode), sum(gold, mode))
	s.add("context", contexts, sum(predicted, context), sum(gold, context))
}

func common[K comparable](a, b map[K]bool) int {
	n := 0
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

func shared(a, b []string) int {
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

func countType(frames []frame, t string) int {
	return total(frames, func(f frame) bool { return f.event.Type == t })
}

func total(frames []frame, want func(frame) bool) int {
	return sum(frames, func(f frame) int {
		if want(f) {
			return 1
		}
		return 0
	})
}

func sum(frames []frame, n func(frame) int) int {
	all := 0
	for _, f := range frames {
		all += n(f)
	}
	return all
}
