package relate

import (
	"slices"
	"strconv"

	"parley/pipeline"
)

// sureParts is the number of parts that lessons are cut into to learn how sure
// decisions are: the decisions on each part are made without its lessons.
const sureParts = 4

// sure is the chance that an event is right in its type and in all who take
// part, learnt from decisions on articles that they were not fitted to. A model
// without that lesson gives the chance of the event alone.
func (r *Relater) sure(a *article, c *candidate, chance float64, ps participants) float64 {
	if r.model.decisions["record"] == nil {
		return chance
	}
	f := a.clear()
	sureEvidence(c, chance, ps, f)
	return r.model.chance("record", f)
}

// sureEvidence is what speaks for a whole record being right.
func sureEvidence(c *candidate, chance float64, ps participants, f *features) {
	f.add("bias")
	f.add("type", c.frame.Type)
	f.add("kind", string(c.trigger.Kind))
	f.add("parties", strconv.Itoa(min(ps.parties, 4)))
	f.add("parties", strconv.Itoa(min(ps.parties, 4)), yesno(c.frame.Reciprocal))
	for _, x := range []struct {
		name   string
		chance float64
	}{{"event", chance}, {"taken", ps.taken}, {"left", ps.left}, {"all", chance * ps.taken * ps.left}} {
		f.steps(x.name, x.chance)
	}
}

// steps adds a feature for every tenth that a chance passes, so that what is
// learnt grows with it in steps of any height.
func (f *features) steps(name string, chance float64) {
	for i := 1; i < 10 && chance >= float64(i)/10; i++ {
		f.add(name, strconv.Itoa(i))
	}
	if chance >= 0.95 {
		f.add(name, "95")
	}
}

// review makes the examples of how sure whole records are from the reference
// lessons, whose labels name everyone who takes part.
func (s *school) review(lessons []Lesson, exercises []Exercise) {
	for part := range sureParts {
		var rest, held []Lesson
		for i, l := range lessons {
			if i%sureParts == part && !l.Ours && !l.Silver {
				held = append(held, l)
			} else {
				rest = append(rest, l)
			}
		}
		r := With(s.relater.frames, learn(s.relater.frames, rest, exercises).model(), nil)
		for _, l := range held {
			s.judge(r, l)
		}
	}
}

// judge compares what r finds in a lesson with its labels.
func (s *school) judge(r *Relater, l Lesson) {
	a := r.read(l.Read)
	gold := goldEvents(l.Gold)
	for i, t := range a.trees {
		for _, c := range r.chosen(a, i) {
			ps := r.participants(a, t, c.candidate)
			g := answering(gold, c.candidate)
			s.f.reset()
			sureEvidence(c.candidate, c.chance, ps, &s.f)
			s.note("record", among("yes", []string{yesno(g != nil && l.names(g, ps.args))}))
		}
	}
}

// names reports whether args have the actors and recipients of a labelled event
// and no others. Between equals the two are one role.
func (l Lesson) names(g *pipeline.Relation, args []pipeline.Argument) bool {
	reciprocal := g.Type == "AGREE" || g.Type == "CONSULT" || g.Type == "COOPERATE"
	party := func(a pipeline.Argument) bool { return a.Role == pipeline.Actor || a.Role == pipeline.Recipient }
	var wanted []pipeline.Argument
	for _, a := range g.Args {
		if party(a) {
			wanted = append(wanted, a)
		}
	}
	for _, a := range args {
		if !party(a) {
			continue
		}
		m := &l.Read.Mentions[a.Mention]
		i := slices.IndexFunc(wanted, func(w pipeline.Argument) bool {
			if w.Role != a.Role && !reciprocal || w.Mention < 0 {
				return false
			}
			label := &l.Gold.Mentions[w.Mention]
			return covers(label, m) || label.Entity >= 0 && goldEntity(l.Gold, m) == label.Entity
		})
		if i < 0 {
			return false
		}
		wanted = slices.Delete(wanted, i, i+1)
	}
	return len(wanted) == 0
}
