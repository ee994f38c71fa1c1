package relate

import (
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// A proposal is a mention that a frame puts into a role.
type proposal struct {
	role frame.Role
	filler
	slot frame.Slot
	rank int // place of the slot in the frame's order of preference, from 0
}

// propose fills the roles of a candidate by the slots of its frame. Of a list
// of slots the first that yields a mention fills the role; the parties of a
// reciprocal act come from all of them. Later steps may refuse proposals and
// find participants that no slot gives.
func (t *tree) propose(c *candidate) {
	roles := c.frame.Roles[c.trigger.Kind]
	used := map[int]bool{}
	for _, role := range []frame.Role{pipeline.Actor, pipeline.Recipient} {
		for rank, slot := range roles[role] {
			found := false
			for _, x := range t.standing(c, slot) {
				for _, f := range t.fillers(x) {
					if used[f.mention] {
						continue
					}
					used[f.mention], found = true, true
					c.args = append(c.args, proposal{role, f, slot, rank})
				}
			}
			if found && !(c.frame.Reciprocal && role == pipeline.Actor) {
				break
			}
		}
	}
	for rank, slot := range roles[pipeline.At] {
		for _, x := range t.standing(c, slot) {
			for _, f := range t.places(x) {
				c.args = append(c.args, proposal{pipeline.At, f, slot, rank})
			}
		}
	}
	t.proposeSource(c)
	t.proposeTopics(c, roles[pipeline.Topic])
	c.stands = map[int][]string{}
	for _, s := range c.slots {
		if t.verbal(s.token) && !t.nominal(s.token) {
			continue
		}
		for _, f := range t.fillers(s.token) {
			c.stands[f.mention] = append(c.stands[f.mention], string(s.slot))
		}
	}
}

// proposeSource proposes who the report is attributed to.
func (t *tree) proposeSource(c *candidate) {
	s := t.speaker(c.token)
	if s < 0 {
		return
	}
	c.speaker = t.sources(s)
	for _, f := range c.speaker {
		c.args = append(c.args, proposal{pipeline.Source, f, frame.Speaker, 0})
	}
}

// sources resolves an attribution. Unlike an actor it is the whole phrase where
// that has no name of its own: "Indian officials".
func (t *tree) sources(x int) []filler {
	var out []filler
	for _, y := range t.conjuncts(x) {
		if m := t.named(y); m >= 0 {
			out = append(out, filler{m, y, "head"})
			continue
		}
		fs := t.phrase(y)
		if len(fs) == 1 && fs[0].how == "apposition" {
			out = append(out, fs...)
			continue
		}
		if m := t.nominalMention(y); m >= 0 {
			out = append(out, filler{m, y, "nominal"})
		} else {
			out = append(out, fs...)
		}
	}
	return out
}

// stands tells how a proposal came about, for explanation: "poss: owner of
// officials".
func (t *tree) stands(p proposal) string {
	var b strings.Builder
	b.WriteString(string(p.slot))
	if p.how != "head" {
		b.WriteString(": " + p.how)
		if p.how == "owner" {
			b.WriteString(" of " + t.word(p.token))
		}
	}
	return b.String()
}
