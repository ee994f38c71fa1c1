package relate

import (
	"slices"
	"sort"

	"parley/extract/frame"
	"parley/pipeline"
)

// participants decides on the roles of every mention of the sentence, the
// surest first: one mention for each entity and role, and one party for each
// phrase. Then it decides on the topic.
func (r *Relater) participants(a *article, t *tree, c *candidate) participants {
	f := a.clear()
	var parts []part
	near := t.near(c)
	chances := make([][]float64, len(near))
	for i, m := range near {
		f.reset()
		a.roleEvidence(t, c, m, f)
		chances[i] = append([]float64(nil), r.model.probabilities("role", f)...)
	}
	t.agree(near, chances)
	for i, m := range near {
		p, best := chances[i], 0
		for k := 1; k < len(p); k++ {
			if best == 0 || p[k] > p[best] {
				best = k
			}
		}
		at := roleAt
		if t.speaks(c, m) && p[best] < 0.5 && p[sourceClass] >= sourceAt {
			best, at = sourceClass, sourceAt
		}
		if best > 0 && p[best] >= at {
			parts = append(parts, part{m, frame.Role(roleClasses[best]), p[best]})
		}
	}
	sort.SliceStable(parts, func(i, j int) bool { return parts[i].chance > parts[j].chance })
	var taken []part
	for _, x := range parts {
		if !slices.ContainsFunc(taken, func(y part) bool { return t.sameEntity(x, y) || t.samePhrase(x, y) || t.rivals(c, x, y) }) {
			taken = append(taken, x)
		}
	}
	sort.SliceStable(taken, func(i, j int) bool { return taken[i].mention < taken[j].mention })
	topic, about := r.topic(a, t, c, taken)
	out := participants{taken: 1, left: 1}
	for _, x := range taken {
		if about && x.role == pipeline.Actor && topic.Contains(t.d.Mentions[x.mention].Span) {
			continue // whom talks are about does not take part in them
		}
		if x.role == pipeline.Actor || x.role == pipeline.Recipient {
			out.parties++
			out.taken *= x.chance
		}
		out.args = append(out.args, pipeline.Argument{Role: x.role, Mention: x.mention, Span: t.d.Mentions[x.mention].Span, Path: t.found(c, x.mention, x.role)})
	}
	if about {
		out.args = append(out.args, topic)
	}
	for i, m := range near {
		if !slices.ContainsFunc(taken, func(x part) bool {
			return x.mention == m || t.sameEntity(x, part{mention: m, role: x.role}) || t.samePhrase(x, part{mention: m, role: x.role})
		}) {
			out.left *= 1 - chances[i][actorClass] - chances[i][recipientClass]
		}
	}
	return out
}

// participants are who takes part in an event, and how sure that is.
type participants struct {
	args    []pipeline.Argument
	parties int     // actors and recipients
	taken   float64 // chance that all of them are right, as if they did not depend on one another
	left    float64 // chance that no other mention of the sentence is one
}

// agree gives mentions that are coordinated the mean of their chances: in
// "Japan and South Korea warned the North" both warned, or neither.
func (t *tree) agree(near []int, chances [][]float64) {
	first := map[int][]int{} // head of the first conjunct → its conjuncts, without what is nested in them
	for i, m := range near {
		mm, h := &t.d.Mentions[m], t.listHead(m)
		if h < 0 {
			continue
		}
		if g := first[h]; len(g) == 0 || !t.d.Mentions[near[g[len(g)-1]]].Overlaps(mm.Span) {
			first[h] = append(g, i)
		}
	}
	for _, group := range first {
		for k := range chances[group[0]] {
			sum := 0.0
			for _, i := range group {
				sum += chances[i][k]
			}
			for _, i := range group {
				chances[i][k] = sum / float64(len(group))
			}
		}
	}
}

// A part is a mention in a role, and how likely it is right.
type part struct {
	mention int
	role    frame.Role
	chance  float64
}

// sameEntity reports whether x and y put one entity into one role.
func (t *tree) sameEntity(x, y part) bool {
	e := t.d.Mentions[x.mention].Entity
	return x.role == y.role && x.role != pipeline.On && e >= 0 && e == t.d.Mentions[y.mention].Entity
}

// samePhrase reports whether x and y are parties that one noun phrase names: of
// "Spanish police" or "U.S. envoy Frank Rose" only one takes part.
func (t *tree) samePhrase(x, y part) bool {
	if !party(x.role) || !party(y.role) {
		return false
	}
	m, n := &t.d.Mentions[x.mention], &t.d.Mentions[y.mention]
	return m.Contains(n.Span) || n.Contains(m.Span) || t.modifies(m, n) || t.modifies(n, m)
}

// rivals reports whether y, which is surer, leaves no room for x: an act has one
// day, one place, one source, and one side that acts or suffers, of whose members
// the sentence makes one list; only where all are equals do several phrases share
// a role.
func (t *tree) rivals(c *candidate, x, y part) bool {
	if x.role != y.role || x.chance >= shareAt || t.listed(x.mention, y.mention) {
		return false
	}
	return x.role != pipeline.Actor || !c.frame.Reciprocal
}

// listed reports whether two mentions are coordinated.
func (t *tree) listed(m, n int) bool {
	a, b := t.listHead(m), t.listHead(n)
	return a >= 0 && a == b
}

// listHead is the first of the phrases that mention m is coordinated with, by
// its head, or -1.
func (t *tree) listHead(m int) int {
	h := t.d.Mentions[m].Head
	if h < t.from || h >= t.to {
		return -1
	}
	for t.is(h, "conj") && t.head(h) >= 0 {
		h = t.head(h)
	}
	return h
}

// party reports whether a role is one of who takes part or says so.
func party(r frame.Role) bool {
	return r == pipeline.Actor || r == pipeline.Recipient || r == pipeline.Source
}

// modifies reports whether m stands before the head of n in one noun phrase.
func (t *tree) modifies(m, n *pipeline.Mention) bool {
	for x := m.Head; x >= t.from && x < t.to && m.To <= n.From; x = t.head(x) {
		if n.From <= x && x < n.To {
			return true
		}
		if !t.is(x, "compound", "amod", "flat", "nmod:poss", "appos", "nummod") {
			return false
		}
	}
	return false
}

// speaks reports whether the syntax says that m is the speaker of c's clause.
func (t *tree) speaks(c *candidate, m int) bool {
	return slices.ContainsFunc(c.args, func(p proposal) bool { return p.mention == m && p.role == pipeline.Source })
}

// settles reports whether a phrase runs on into the place, the date or the
// source of the event, which a topic need not say.
func (t *tree) settles(p topic, taken []part) bool {
	return slices.ContainsFunc(taken, func(x part) bool {
		m := &t.d.Mentions[x.mention]
		return (x.role == pipeline.At || x.role == pipeline.On || x.role == pipeline.Source) && p.from < m.From && m.To <= p.to
	})
}

// near are the mentions of the sentence that may fill a role of c: not titles,
// times and amounts, not what covers the trigger, and no more than nearMost on
// either side, so that the work is linear in the sentence.
func (t *tree) near(c *candidate) []int {
	var out []int
	for n, m := range t.mentions {
		mm := &t.d.Mentions[m]
		switch mm.Type {
		case pipeline.Title, pipeline.TimeOfDay, pipeline.Money, pipeline.WorkOfArt:
			continue
		}
		if mm.From <= c.token && c.token < mm.To && mm.Type != pipeline.Nominal {
			continue
		}
		if mm.Type == pipeline.Nominal && mm.Head == c.token {
			continue
		}
		if n+nearMost < len(t.mentions) && t.d.Mentions[t.mentions[n+nearMost]].From < c.token ||
			n >= nearMost && t.d.Mentions[t.mentions[n-nearMost]].From > c.token {
			continue
		}
		out = append(out, m)
	}
	return out
}

const nearMost = 24

// found tells how a mention came into a role: by which slot, or by which way
// through the tree.
func (t *tree) found(c *candidate, m int, role frame.Role) string {
	for _, p := range c.args {
		if p.mention == m && p.role == role {
			return t.stands(p)
		}
	}
	if h := t.d.Mentions[m].Head; h >= t.from && h < t.to {
		return "model: " + t.path(c.token, h, 4)
	}
	return "model"
}
