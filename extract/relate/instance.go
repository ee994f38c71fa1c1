package relate

import (
	"slices"

	"parley/pipeline"
)

// An Instance is one sentence as the decisions on events and their status see it,
// for a larger model to learn from and to label: its grammar, its candidates, and
// where there are labels, which of them are right. Spans are bytes of Text.
type Instance struct {
	Text       string      `json:"text"`
	Start      int         `json:"start"` // of Text in the article, in bytes
	Tokens     [][2]int    `json:"tokens"`
	Tags       []string    `json:"tags"`
	Rels       []string    `json:"rels"`
	Heads      []int       `json:"heads"` // indexes of Tokens; -1 for a root
	Candidates []Candidate `json:"candidates"`
}

// A Candidate is a frame that wants a word of a sentence.
type Candidate struct {
	Token  int       `json:"token"` // head of the trigger, an index of Tokens
	Span   [2]int    `json:"span"`  // of the trigger
	Type   string    `json:"type"`
	Answer string    `json:"answer,omitempty"` // "right", "wrong", or "second" for another word of an event that is labelled once
	Status int       `json:"status"`           // index of the labelled status among Statuses; -1 where there is none
	Chance float64   `json:"chance"`           // of the event, as r has it
	States []float64 `json:"states"`           // chance of each of Statuses, as r has it
}

// Statuses are the statuses in the order of Candidate.States.
func Statuses() []pipeline.Status { return slices.Clone(statuses) }

// Instances are the sentences of an article that have candidates. The labels
// may be missing.
func (r *Relater) Instances(l Lesson) []Instance {
	a := r.read(l.Read)
	var gold []*pipeline.Relation
	if l.Gold != nil {
		gold = goldEvents(l.Gold)
	}
	var out []Instance
	for i, t := range a.trees {
		x := t.instance()
		met := map[*pipeline.Relation]int{}
		for _, rivals := range byToken(a.candidates[i]) {
			f := a.clear()
			for k, chance := range r.eventChances(a, t, rivals, f) {
				c := rivals[k]
				f.reset()
				a.statusEvidence(t, c, f)
				y := Candidate{
					Token: c.token - t.from, Span: [2]int{c.span.Start - x.Start, c.span.End - x.Start}, Type: c.frame.Type,
					Status: -1, Chance: chance, States: slices.Clone(r.model.probabilities("status", f)),
				}
				if l.Gold != nil {
					y.answer(answering(gold, c), met)
				}
				x.Candidates = append(x.Candidates, y)
			}
		}
		if len(x.Candidates) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// answer sets what the labels say: g is the event that the candidate finds, and
// met the tokens that found events before it.
func (c *Candidate) answer(g *pipeline.Relation, met map[*pipeline.Relation]int) {
	first, before := met[g]
	switch {
	case g == nil:
		c.Answer = "wrong"
	case before && first != c.Token:
		c.Answer = "second"
	default:
		c.Answer = "right"
		met[g] = c.Token
		if c.Status = slices.Index(statuses, g.Status); g.Status == "" {
			c.Status = slices.Index(statuses, pipeline.Happened)
		}
	}
}

func (t *tree) instance() Instance {
	d := t.d
	start, end := d.Tokens[t.from].Start, d.Tokens[t.to-1].End
	x := Instance{Text: d.Text[start:end], Start: start}
	for k := t.from; k < t.to; k++ {
		w := d.Tokens[k]
		head := -1
		if w.Head >= t.from && w.Head < t.to {
			head = w.Head - t.from
		}
		x.Tokens = append(x.Tokens, [2]int{w.Start - start, w.End - start})
		x.Tags, x.Rels, x.Heads = append(x.Tags, w.Tag), append(x.Rels, w.Rel), append(x.Heads, head)
	}
	return x
}
