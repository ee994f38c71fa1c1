package relate

import (
	"slices"
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// An Instance is one sentence as the decisions on events, their roles, status and
// contexts see it, for a larger model to learn from and to label: its grammar, its
// candidates, and where there are labels, what is right. Spans are bytes of Text.
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

	// Of events and of what may be one.
	Fillers  []Filler `json:"fillers,omitempty"`
	Modes    []Guess  `json:"modes,omitempty"`    // of the type
	Contexts []Guess  `json:"contexts,omitempty"` // all of PLOVER's
}

// A Filler is a mention that may fill a role of a candidate.
type Filler struct {
	Tokens   [2]int    `json:"tokens"` // first and behind the last, indexes of Instance.Tokens
	Span     [2]int    `json:"span"`
	Head     int       `json:"head"` // an index of Instance.Tokens
	Entity   int       `json:"entity"`
	Sort     string    `json:"sort"`     // the type of the mention, or a finer one
	Evidence []string  `json:"evidence"` // what speaks for some role, but for words
	Chances  []float64 `json:"chances"`  // of each of Roles, as r has it
	Answer   int       `json:"answer"`   // index of the labelled role among Roles; -1 where it is not known
}

// A Guess is a mode or context that an event may have.
type Guess struct {
	Name   string  `json:"name"`
	Chance float64 `json:"chance"` // as r has it
	Answer bool    `json:"answer,omitempty"`
}

// Roles are the classes of the decision on roles in the order of Filler.Chances;
// the first is none.
func Roles() []string { return slices.Clone(roleClasses) }

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
				var g *pipeline.Relation
				if l.Gold != nil {
					g = answering(gold, c)
					y.answer(g, met)
				}
				if y.Answer == "right" || l.Gold == nil && chance >= likely {
					y.Fillers = r.fillers(l, a, t, c, g)
					y.Modes, y.Contexts = r.guesses(a, t, c, g)
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

// likely is how likely an unlabelled candidate must be for its roles to be asked for.
const likely = 0.15

// fillers are the mentions that may fill a role of c, which the labels, if there
// are any, know as g.
func (r *Relater) fillers(l Lesson, a *article, t *tree, c *candidate, g *pipeline.Relation) []Filler {
	start := t.d.Tokens[t.from].Start
	var f features
	f.keep = true
	var out []Filler
	for _, m := range t.near(c) {
		f.reset()
		a.roleEvidence(t, c, m, &f)
		mm := &t.d.Mentions[m]
		x := Filler{
			Tokens: [2]int{mm.From - t.from, mm.To - t.from}, Span: [2]int{mm.Start - start, mm.End - start},
			Head: mm.Head - t.from, Entity: mm.Entity, Sort: a.sorts[m],
			Chances: slices.Clone(r.model.probabilities("role", &f)), Answer: -1,
		}
		if mm.Head < mm.From || mm.Head >= mm.To {
			x.Head = x.Tokens[1] - 1
		}
		for _, name := range f.names {
			if kind, _, _ := strings.Cut(name, separator); !slices.Contains(wordy, kind) {
				x.Evidence = append(x.Evidence, strings.ReplaceAll(name, separator, " "))
			}
		}
		if g != nil {
			if class, known := goldRole(l, g, mm); known {
				x.Answer = class
			}
		}
		out = append(out, x)
	}
	return out
}

// wordy are the kinds of evidence on roles that quote words, which a larger model
// sees for itself.
var wordy = []string{"on", "next word", "last word"}

// guesses are the modes and the contexts that c may have.
func (r *Relater) guesses(a *article, t *tree, c *candidate, g *pipeline.Relation) (modes, contexts []Guess) {
	f := a.clear()
	for _, m := range frame.Modes[c.frame.Type] {
		f.reset()
		a.modeEvidence(t, c, m, f)
		modes = append(modes, Guess{m, r.model.chance("mode", f), g != nil && among(m, g.Mode) > 0})
	}
	n := t.themesOf(c)
	for x, name := range frame.Contexts {
		y := Guess{Name: name, Answer: g != nil && among(name, g.Context) > 0}
		if a.themed(c, x) {
			f.reset()
			a.contextEvidence(t, c, n, x, f)
			y.Chance = r.model.chance("context", f)
		}
		contexts = append(contexts, y)
	}
	return modes, contexts
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
