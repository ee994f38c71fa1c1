package eval

import (
	"fmt"
	"slices"

	"parley/eval/label"
	"parley/pipeline"
)

// links notes which names were joined with others of their entity. A name of an
// entity with several is right when it was joined with another of them, and
// missed when with none; a name that was joined with names of other entities
// only is wrong. The figure itself counts pairs, which are too many to read.
func (s *scoring) links() {
	gold, predicted := nameEntities(s.gold), nameEntities(s.predicted)
	var all []Decision
	for span, entity := range gold {
		if len(entity) < 2 {
			continue
		}
		v := Missed
		if joined(predicted[span], entity, span) {
			v = Right
		}
		d := s.log.decision("coreference", v, "LINK", span)
		d.Want = s.log.equation(span, entity)
		all = append(all, d)
	}
	for span, entity := range predicted {
		known := make([]pipeline.Span, 0, len(entity)) // labelled names of it
		for _, other := range entity {
			if gold[other] != nil {
				known = append(known, other)
			}
		}
		if gold[span] == nil || len(known) < 2 || joined(known, gold[span], span) {
			continue
		}
		d := s.log.decision("coreference", Wrong, "JOINED", span)
		d.Got = s.log.equation(span, known)
		all = append(all, d)
	}
	s.log.append(all)
}

// nameEntities gives, for the span of every name, the spans of all names of its
// entity, in order.
func nameEntities(r *reading) map[pipeline.Span][]pipeline.Span {
	out := map[pipeline.Span][]pipeline.Span{}
	named := func(t label.TextBound) bool { return pipeline.MentionType(t.Type).Named() }
	for _, members := range r.cluster {
		set := map[pipeline.Span]bool{}
		for _, m := range members {
			if t := r.set.Spans[m]; named(t) {
				set[t.Span] = true
			}
		}
		list := sortedSpans(set)
		for _, s := range list {
			if len(list) > len(out[s]) { // two labels of one span: the one that says more
				out[s] = list
			}
		}
	}
	return out
}

// joined reports whether a and b share a name besides span.
func joined(a, b []pipeline.Span, span pipeline.Span) bool {
	return slices.ContainsFunc(a, func(s pipeline.Span) bool { return s != span && slices.Contains(b, s) })
}

// equation shows a name and the first other name of its entity that reads
// differently.
func (l *decisionLog) equation(span pipeline.Span, entity []pipeline.Span) string {
	self := l.quote(span)
	other := self
	for _, s := range entity {
		if l.quote(s) != self {
			other = l.quote(s)
			break
		}
	}
	return fmt.Sprintf("%q = %q", self, other)
}
