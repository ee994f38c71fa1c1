package relate

import (
	"sort"

	"parley/extract/frame"
	"parley/pipeline"
)

// Thresholds were chosen by cross-validation over articles of the train
// folders (`parley-train events`), so that precision and recall stay close.
const (
	eventAt   = 0.37
	roleAt    = 0.36
	topicAt   = 0.35
	modeAt    = 0.38
	contextAt = 0.35
)

// roleClasses are the classes of the decision on roles.
var roleClasses = []string{"none", string(pipeline.Actor), string(pipeline.Recipient), string(pipeline.At), string(pipeline.On), string(pipeline.Source)}

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

// participants decides on the roles of every mention of the sentence, one for
// each entity and role, and on the topic.
func (r *Relater) participants(a *article, t *tree, c *candidate) []pipeline.Argument {
	var f features
	var out []pipeline.Argument
	chances := map[part]float64{}
	at := map[part]int{}
	for _, m := range t.near(c) {
		f.reset()
		a.roleEvidence(t, c, m, &f)
		p := r.model.probabilities("role", &f)
		best := 0
		for i := 1; i < len(p); i++ {
			if best == 0 || p[i] > p[best] {
				best = i
			}
		}
		if best == 0 || p[best] < roleAt {
			continue
		}
		role := frame.Role(roleClasses[best])
		mm := &t.d.Mentions[m]
		k := key(mm, m, role)
		if old, twice := chances[k]; twice && old >= p[best] {
			continue
		}
		arg := pipeline.Argument{Role: role, Mention: m, Span: mm.Span, Path: t.found(c, m, role)}
		if i, twice := at[k]; twice {
			out[i] = arg
		} else {
			at[k] = len(out)
			out = append(out, arg)
		}
		chances[k] = p[best]
	}
	if topic, ok := r.topic(a, t, c); ok {
		out = append(out, topic)
	}
	return out
}

// A part is one entity in one role.
type part struct {
	entity, mention int
	role            frame.Role
}

// key makes two mentions of one entity in one role the same.
func key(m *pipeline.Mention, index int, role frame.Role) part {
	if m.Entity >= 0 && role != pipeline.On {
		return part{m.Entity, -1, role}
	}
	return part{-1, index, role}
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

// topic is the likeliest of the phrases that may be the topic.
func (r *Relater) topic(a *article, t *tree, c *candidate) (pipeline.Argument, bool) {
	var f features
	best, top := -1, topicAt
	for i := range c.topics {
		f.reset()
		a.topicEvidence(t, c, &c.topics[i], &f)
		if x := r.model.chance("topic", &f); x >= top {
			best, top = i, x
		}
	}
	if best < 0 {
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
	for _, x := range frame.Contexts {
		f.reset()
		a.contextEvidence(t, c, x, r, &f)
		if p := r.model.chance("context", &f); p >= contextAt {
			all = append(all, scored{x, p})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].chance > all[j].chance })
	var out []string
	for _, s := range all[:min(3, len(all))] {
		out = append(out, s.name)
	}
	return out
}
