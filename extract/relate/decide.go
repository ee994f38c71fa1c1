package relate

import (
	"slices"
	"sort"

	"parley/extract/frame"
	"parley/pipeline"
)

// Thresholds were chosen by cross-validation over articles of the train
// folders (`parley-train events`), so that precision and recall stay close.
const (
	eventAt   = 0.37
	roleAt    = 0.33
	sourceAt  = 0.10 // for whom the syntax makes the speaker
	topicAt   = 0.50 // of all phrases together
	modeAt    = 0.38
	contextAt = 0.35
)

// roleClasses are the classes of the decision on roles.
var roleClasses = []string{"none", string(pipeline.Actor), string(pipeline.Recipient), string(pipeline.At), string(pipeline.On), string(pipeline.Source)}

// sourceClass is the index of Source among them.
const sourceClass = 5

// decide makes the relations of one sentence.
func (r *Relater) decide(a *article, s int) []pipeline.Relation {
	t := a.trees[s]
	var out []pipeline.Relation
	for _, c := range r.chosen(a, s) {
		out = append(out, r.relation(a, t, c.candidate, c.chance))
	}
	return out
}

// A choice is a candidate that was taken for an event.
type choice struct {
	*candidate
	chance float64
}

// chosen are the candidates of a sentence that are events: of those that share
// a word the likeliest, if it is likely enough.
func (r *Relater) chosen(a *article, s int) []choice {
	t := a.trees[s]
	var f features
	var all []choice
	for _, c := range a.candidates[s] {
		if c.refused != "" {
			continue
		}
		f.reset()
		a.eventEvidence(t, c, &f)
		if p := r.model.chance("event", &f); p >= eventAt {
			all = append(all, choice{c, p})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].chance > all[j].chance })
	var out []choice
	for _, c := range all {
		free := true
		for _, o := range out {
			if c.span.Start < o.span.End && o.span.Start < c.span.End {
				free = false
			}
		}
		if free {
			out = append(out, c)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].span.Start < out[j].span.Start })
	return out
}

// relation fills in everything about an event.
func (r *Relater) relation(a *article, t *tree, c *candidate, chance float64) pipeline.Relation {
	rel := pipeline.Relation{Type: c.frame.Type, Sentence: t.sentence, Trigger: c.span, Lemma: c.trigger.Text, Rule: c.frame.Name}
	rel.Args = r.participants(a, t, c)
	rel.Status = r.status(a, t, c)
	rel.Mode = r.mode(a, t, c)
	rel.Context = r.context(a, t, c)
	rel.Confidence = chance
	rel.Text = tell(t.d, c.frame, &rel)
	return rel
}

// participants decides on the roles of every mention of the sentence, the
// surest first: one mention for each entity and role, and one party for each
// phrase. Then it decides on the topic.
func (r *Relater) participants(a *article, t *tree, c *candidate) []pipeline.Argument {
	var f features
	var parts []part
	near := t.near(c)
	chances := make([][]float64, len(near))
	for i, m := range near {
		f.reset()
		a.roleEvidence(t, c, m, &f)
		chances[i] = append([]float64(nil), r.model.probabilities("role", &f)...)
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
		if !slices.ContainsFunc(taken, func(y part) bool { return t.sameEntity(x, y) || t.samePhrase(x, y) }) {
			taken = append(taken, x)
		}
	}
	sort.SliceStable(taken, func(i, j int) bool { return taken[i].mention < taken[j].mention })
	topic, about := r.topic(a, t, c, taken)
	var out []pipeline.Argument
	for _, x := range taken {
		if about && x.role == pipeline.Actor && topic.Contains(t.d.Mentions[x.mention].Span) {
			continue // whom talks are about does not take part in them
		}
		out = append(out, pipeline.Argument{Role: x.role, Mention: x.mention, Span: t.d.Mentions[x.mention].Span, Path: t.found(c, x.mention, x.role)})
	}
	if about {
		out = append(out, topic)
	}
	return out
}

// agree gives mentions that are coordinated the mean of their chances: in
// "Japan and South Korea warned the North" both warned, or neither.
func (t *tree) agree(near []int, chances [][]float64) {
	first := map[int][]int{} // head of the first conjunct → its conjuncts, without what is nested in them
	for i, m := range near {
		mm := &t.d.Mentions[m]
		h := mm.Head
		if h < t.from || h >= t.to {
			continue
		}
		for t.is(h, "conj") && t.head(h) >= 0 {
			h = t.head(h)
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

// topic is the likeliest of the phrases that may be the topic, given who takes
// part, where and when.
func (r *Relater) topic(a *article, t *tree, c *candidate, taken []part) (pipeline.Argument, bool) {
	var f features
	best, top, sum := -1, 0.0, 0.0
	for i := range c.topics {
		f.reset()
		a.topicEvidence(t, c, &c.topics[i], &f)
		x := r.model.chance("topic", &f)
		sum += x
		if !t.settles(c.topics[i], taken) && x >= top {
			best, top = i, x
		}
	}
	if best < 0 || sum < topicAt {
		return pipeline.Argument{}, false
	}
	p := c.topics[best]
	return pipeline.Argument{Role: pipeline.Topic, Mention: -1, Span: p.Span, Path: p.where()}, true
}

// status is the likeliest status of c.
func (r *Relater) status(a *article, t *tree, c *candidate) pipeline.Status {
	var f features
	a.statusEvidence(t, c, &f)
	p := r.model.probabilities("status", &f)
	best := 0
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	return statuses[best]
}

// mode is the likeliest mode of c, if any is likely enough.
func (r *Relater) mode(a *article, t *tree, c *candidate) []string {
	var f features
	best, top := "", modeAt
	for _, m := range frame.Modes[c.frame.Type] {
		f.reset()
		a.modeEvidence(t, c, m, &f)
		if p := r.model.chance("mode", &f); p >= top {
			best, top = m, p
		}
	}
	if best == "" {
		return nil
	}
	return []string{best}
}

// context are the likely contexts of c, the likeliest first, at most three.
func (r *Relater) context(a *article, t *tree, c *candidate) []string {
	type scored struct {
		name   string
		chance float64
	}
	var f features
	var all []scored
	n := t.themesOf(c)
	for x, name := range frame.Contexts {
		f.reset()
		a.contextEvidence(t, c, n, x, &f)
		if p := r.model.chance("context", &f); p >= contextAt {
			all = append(all, scored{name, p})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].chance > all[j].chance })
	var out []string
	for _, s := range all[:min(3, len(all))] {
		out = append(out, s.name)
	}
	return out
}
