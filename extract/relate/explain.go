package relate

import (
	"fmt"
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// An Account says what became of one trigger that was seen in a sentence.
type Account struct {
	Trigger    pipeline.Span
	Rule       string  // frame that names the word
	Chance     float64 // probability that it is an event of the frame's type
	Fired      bool    // whether it became a relation
	Why        string  // for a person: what decided
	Weights    []Weight
	Slots      []string // what stands in which slot: "subj: Iran"
	Fillers    []Share  // every mention that was weighed for a role
	Candidates int      // how many frames wanted this word
}

// A Share is the probability that a mention fills a role.
type Share struct {
	Mention int
	Role    string // "none" too
	Chance  float64
	How     string
}

// Explain gives an account of every trigger in a sentence of d, whether or not
// it became a relation. d must have its layers up to entities.
func (r *Relater) Explain(d *pipeline.Document, sentence int) []Account {
	a := r.read(d)
	if sentence < 0 || sentence >= len(a.trees) {
		return nil
	}
	t := a.trees[sentence]
	won := map[*candidate]bool{}
	spans := map[pipeline.Span]*candidate{}
	for _, c := range r.chosen(a, sentence) {
		won[c.candidate] = true
		spans[c.span] = c.candidate
	}
	var out []Account
	f := features{keep: true}
	chances := map[*candidate]float64{}
	for _, rivals := range byToken(a.candidates[sentence]) {
		for i, p := range r.eventChances(a, t, rivals, &f) {
			chances[rivals[i]] = p
		}
	}
	for _, c := range a.candidates[sentence] {
		f.reset()
		a.eventEvidence(t, c, &f)
		acc := Account{Trigger: c.span, Rule: c.frame.Name, Chance: chances[c], Fired: won[c],
			Weights: r.model.why("event", "yes", &f, 8)}
		acc.Why = r.verdict(c, acc, won, spans)
		for _, s := range c.slots {
			acc.Slots = append(acc.Slots, fmt.Sprintf("%s: %s", s.slot, t.d.In(t.d.Tokens[s.token].Span)))
		}
		for _, m := range t.near(c) {
			f.reset()
			a.roleEvidence(t, c, m, &f)
			p := r.model.probabilities("role", &f)
			best := 0
			for i := range p {
				if p[i] > p[best] {
					best = i
				}
			}
			acc.Fillers = append(acc.Fillers, Share{m, roleClasses[best], p[best], t.found(c, m, frame.Role(roleClasses[best]))})
		}
		out = append(out, acc)
	}
	return out
}

// verdict tells in words why a trigger fired or did not.
func (r *Relater) verdict(c *candidate, acc Account, won map[*candidate]bool, spans map[pipeline.Span]*candidate) string {
	switch {
	case won[c]:
		return fmt.Sprintf("fired at %.2f", acc.Chance)
	case c.refused != "":
		return fmt.Sprintf("a condition failed (%s)", strings.TrimSpace(c.refused))
	case acc.Chance >= eventAt:
		if o := spans[c.span]; o != nil {
			return fmt.Sprintf("%s took the word", o.frame.Name)
		}
		return "another frame took the word"
	}
	return fmt.Sprintf("%.2f is under %.2f", acc.Chance, eventAt)
}
