package relate

import (
	"sort"

	"parley/extract/frame"
	"parley/pipeline"
)

// Thresholds were chosen by cross-validation over articles of the train
// folders (`parley-train events`), so that precision and recall stay close.
const (
	eventAt   = 0.30
	roleAt    = 0.27
	sourceAt  = 0.10 // for whom the syntax makes the speaker
	shareAt   = 0.60 // for a second phrase in a role that one usually fills
	topicAt   = 0.50 // of all phrases together
	modeAt    = 0.34
	contextAt = 0.32
)

// roleClasses are the classes of the decision on roles.
var roleClasses = []string{"none", string(pipeline.Actor), string(pipeline.Recipient), string(pipeline.At), string(pipeline.On), string(pipeline.Source)}

// Indexes of some roles among them.
const (
	actorClass     = 1
	recipientClass = 2
	sourceClass    = 5
)

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
	f := a.clear()
	var all []choice
	for _, rivals := range byToken(a.candidates[s]) {
		for i, p := range r.eventChances(a, t, rivals, f) {
			if p >= eventAt {
				all = append(all, choice{rivals[i], p})
			}
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

// eventChances are the chances of frames that want one word, which exclude one
// another.
func (r *Relater) eventChances(a *article, t *tree, rivals []*candidate, f *features) []float64 {
	chances := make([]float64, len(rivals)+1)
	for i, c := range rivals {
		f.reset()
		a.eventEvidence(t, c, f)
		chances[i+1] = r.model.odds("event", f)
	}
	softmax(chances)
	return chances[1:]
}

// relation fills in everything about an event.
func (r *Relater) relation(a *article, t *tree, c *candidate, chance float64) pipeline.Relation {
	rel := pipeline.Relation{Type: c.frame.Type, Sentence: t.sentence, Trigger: c.span, Lemma: c.trigger.Text, Rule: c.frame.Name}
	ps := r.participants(a, t, c)
	rel.Args = ps.args
	rel.Status = r.status(a, t, c)
	rel.Mode = r.mode(a, t, c)
	rel.Context = r.context(a, t, c)
	rel.Confidence = r.sure(a, c, chance, ps)
	rel.Text = tell(t.d, c.frame, &rel)
	return rel
}

// topic is the likeliest of the phrases that may be the topic, given who takes
// part, where and when.
func (r *Relater) topic(a *article, t *tree, c *candidate, taken []part) (pipeline.Argument, bool) {
	f := a.clear()
	chances := make([]float64, len(c.topics)+1) // of none, then of each phrase
	for i := range c.topics {
		f.reset()
		a.topicEvidence(t, c, &c.topics[i], f)
		chances[i+1] = r.model.odds("topic", f)
	}
	softmax(chances)
	best := -1
	for i := range c.topics {
		if !t.settles(c.topics[i], taken) && (best < 0 || chances[i+1] >= chances[best+1]) {
			best = i
		}
	}
	if best < 0 || 1-chances[0] < topicAt {
		return pipeline.Argument{}, false
	}
	p := c.topics[best]
	return pipeline.Argument{Role: pipeline.Topic, Mention: -1, Span: p.Span, Path: p.where()}, true
}

// status is the likeliest status of c.
func (r *Relater) status(a *article, t *tree, c *candidate) pipeline.Status {
	f := a.clear()
	a.statusEvidence(t, c, f)
	p := r.model.probabilities("status", f)
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
	f := a.clear()
	best, top := "", modeAt
	for _, m := range frame.Modes[c.frame.Type] {
		f.reset()
		a.modeEvidence(t, c, m, f)
		if p := r.model.chance("mode", f); p >= top {
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
	f := a.clear()
	var all []scored
	n := t.themesOf(c)
	for x, name := range frame.Contexts {
		if !a.themed(c, x) {
			continue
		}
		f.reset()
		a.contextEvidence(t, c, n, x, f)
		if p := r.model.chance("context", f); p >= contextAt {
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
