package eval

import (
	"cmp"
	"maps"
	"slices"

	"parley/pipeline"
)

// countries scores which country an entity is, which the reference scorer leaves
// out: of the entities that labels give an ISO 3166 code, those whose names were
// found to be that country. A city taken for a country, such as a capital that is
// only a place, counts against precision. Only entities count that a GPE or NORP
// names: a ministry or a palace may stand for its state, but is none.
func (s *scoring) countries() {
	gold, predicted := s.gold.countries(), s.predicted.countries()
	named := nameEntities(s.gold)
	right := 0
	for _, e := range gold {
		code := e.sharedCode(predicted)
		if code == e.code {
			right++
			continue
		}
		d := s.log.decision("country", Missed, "COUNTRY", e.names[0])
		d.Want, d.Got = s.log.quote(e.names[0])+" is "+e.code, cmp.Or(code, "none")
		s.log.append([]Decision{d})
	}
	claimed := 0
	for _, e := range predicted {
		at := slices.IndexFunc(e.names, func(n pipeline.Span) bool { return named[n] != nil })
		if at < 0 {
			continue
		}
		claimed++
		if e.sharedCode(gold) == "" {
			d := s.log.decision("country", Wrong, "COUNTRY", e.names[at])
			d.Got = s.log.quote(e.names[at]) + " is " + e.code
			s.log.append([]Decision{d})
		}
	}
	s.add("country", right, claimed, len(gold))
}

// A country is an entity that is one.
type country struct {
	code  string // ISO 3166-1 alpha-3
	names []pipeline.Span
}

// sharedCode is the code of the entity in list that has most of e's names, or
// empty where none has one.
func (e country) sharedCode(list []country) string {
	code, most := "", 0
	for _, o := range list {
		n := 0
		for _, name := range e.names {
			if slices.Contains(o.names, name) {
				n++
			}
		}
		if n > most || n == most && n > 0 && o.code == e.code {
			code, most = o.code, n
		}
	}
	return code
}

// countries lists the entities with a Reference that a GPE or NORP names, by their
// first name.
func (r *reading) countries() []country {
	byRoot := map[int]country{}
	for _, ref := range r.set.References {
		i, ok := r.index[ref.Target]
		if !ok {
			continue
		}
		spans, state := map[pipeline.Span]bool{}, false
		for _, m := range r.cluster[r.find(i)] {
			t := r.set.Spans[m]
			if kind := pipeline.MentionType(t.Type); kind.Named() {
				spans[t.Span] = true
				state = state || kind == pipeline.GPE || kind == pipeline.NORP
			}
		}
		if state {
			byRoot[r.find(i)] = country{ref.Country, sortedSpans(spans)}
		}
	}
	return slices.SortedFunc(maps.Values(byRoot), func(a, b country) int { return cmp.Compare(a.names[0].Start, b.names[0].Start) })
}
