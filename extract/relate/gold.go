package relate

import (
	"slices"

	"parley/pipeline"
)

// goldEvents are the labelled events of an article; offices are none.
func goldEvents(d *pipeline.Document) []*pipeline.Relation {
	var out []*pipeline.Relation
	for i := range d.Relations {
		if d.Relations[i].Type != "HOLDS" {
			out = append(out, &d.Relations[i])
		}
	}
	return out
}

// answering is the labelled event that c finds, or nil.
func answering(gold []*pipeline.Relation, c *candidate) *pipeline.Relation {
	for _, g := range gold {
		if g.Type == c.frame.Type && overlap(g.Trigger, c.span) > 0 {
			return g
		}
	}
	return nil
}

func overlap(a, b pipeline.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

// alike reports whether two spans cover mostly the same text.
func alike(a, b pipeline.Span) bool {
	return 4*overlap(a, b) >= (a.End-a.Start)+(b.End-b.Start)
}

// goldRole is the class of the role that mention m has in g. A label of another
// kind that only overlaps m does not count: where "Turkish" is the label,
// "Turkish troops" is wrong. Another mention of an entity that fills a role is
// neither right nor wrong, and not known.
func goldRole(l Lesson, g *pipeline.Relation, m *pipeline.Mention) (class int, known bool) {
	same := false
	for _, arg := range g.Args {
		class := slices.Index(roleClasses, string(arg.Role))
		if class < 0 || arg.Mention < 0 {
			continue
		}
		label := &l.Gold.Mentions[arg.Mention]
		if covers(label, m) {
			return class, true
		}
		if label.Entity >= 0 && goldEntity(l.Gold, m) == label.Entity {
			same = true
		}
	}
	return 0, !same
}

// covers reports whether mention m is what was labelled.
func covers(label, m *pipeline.Mention) bool {
	return label.Span == m.Span || label.Type == m.Type && alike(label.Span, m.Span)
}

// goldEntity is the labelled entity of the label that m covers, or -1.
func goldEntity(d *pipeline.Document, m *pipeline.Mention) int {
	for i := range d.Mentions {
		if x := &d.Mentions[i]; x.Type != pipeline.Title && covers(x, m) {
			return x.Entity
		}
	}
	return -1
}
