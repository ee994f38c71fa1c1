package resolve

import (
	"slices"
	"strings"

	"parley/extract/nominal"
	"parley/pipeline"
)

// groups gives plural mentions their members: "the two sides", "both countries",
// "the two presidents", and "they" after names joined by "and".
func (c *chains) groups() {
	for _, i := range c.order {
		m := &c.d.Mentions[i]
		if m.Type != pipeline.Nominal || m.Sentence < 0 {
			continue
		}
		if w := strings.ToLower(c.text(i)); w == "they" || w == "their" || w == "them" {
			if c.find(i) == i && !c.joined(i) {
				if members := c.pairBefore(m); len(members) > 1 {
					c.members[c.find(i)] = members
				}
			}
			continue
		}
		if c.pronoun(i) || m.Head < 0 {
			continue
		}
		n, ok := c.number(m)
		if !ok || c.joined(i) {
			continue
		}
		fits := c.memberKind(m)
		if fits == nil {
			continue
		}
		if members := c.lastMembers(m, n, fits); len(members) == n {
			c.members[c.find(i)] = members
		}
	}
}

// joined reports whether mention i has others in its chain.
func (c *chains) joined(i int) bool {
	r := c.find(i)
	return slices.ContainsFunc(c.order, func(j int) bool { return j != i && c.find(j) == r })
}

// number is how many a plural phrase counts that refers back: "the two sides",
// "both countries", "either side". ok is false for other phrases.
func (c *chains) number(m *pipeline.Mention) (int, bool) {
	first := c.lower(m.From)
	if first == "both" || first == "either" || first == "neither" {
		return 2, true
	}
	if first != "the" && first != "these" && first != "all" || !nominal.Plural(&c.d.Tokens[m.Head], c.word(m.Head)) {
		return 0, false
	}
	for k := m.From; k < m.Head; k++ {
		if n, used := count([]string{c.lower(k)}); used == 1 && n >= 2 && n <= 6 && c.name[k] < 0 {
			return n, true
		}
	}
	switch c.headWord(m.Head) {
	case "side", "party":
		return 2, c.lower(m.From) == "the" && m.Head == m.From+1 && c.headWord(m.Head) == "side"
	}
	return 0, false
}

// memberKind says which mentions can be members of the phrase, or is nil where
// its noun is none that stands for others.
func (c *chains) memberKind(m *pipeline.Mention) func(j int) bool {
	noun, ok := c.noun(m.Head)
	if !ok {
		return nil
	}
	state := func(j int) bool { return c.state[c.find(j)] != "" }
	place := func(j int) bool {
		t := c.d.Mentions[j].Type
		return t == pipeline.GPE || t == pipeline.Loc
	}
	switch head := c.headWord(m.Head); {
	case head == "side" || head == "party" || head == "rival" || head == "foe" || head == "enemy" || head == "group" || head == "faction":
		return func(j int) bool {
			t := c.d.Mentions[j].Type
			return state(j) || t == pipeline.Org || t == pipeline.Nominal && c.has(j, pipeline.Org) || t == pipeline.Nominal && c.armed(j)
		}
	case head == "region" || head == "territory" || head == "province" || head == "city" || head == "town" || head == "area" || head == "republic":
		return place
	case noun.Kind&nominal.State != 0 || head == "government" || head == "neighbor" || head == "ally":
		return state
	case noun.Kind&(nominal.Role|nominal.Human) != 0:
		return func(j int) bool { return c.d.Mentions[j].Type == pipeline.Person && !c.attributive(&c.d.Mentions[j]) }
	case noun.Kind&nominal.Body != 0:
		return func(j int) bool { return c.d.Mentions[j].Type == pipeline.Org }
	}
	return nil
}

// armed reports whether a phrase names a party to a conflict: "the rebels".
func (c *chains) armed(j int) bool {
	m := &c.d.Mentions[j]
	if m.Head < 0 || c.pronoun(j) {
		return false
	}
	n, ok := c.noun(m.Head)
	return ok && (n.Sector == "REB" || n.Sector == "UAF") || c.headWord(m.Head) == "government" || c.headWord(m.Head) == "opposition"
}

// lastMembers are the n different entities that the text before m speaks of. The
// nearest sentence with enough of them decides; where it has more, those joined
// by "and" or "between", then those that the article names most.
func (c *chains) lastMembers(m *pipeline.Mention, n int, fits func(int) bool) []int {
	frequency := map[int]int{}
	for _, j := range c.order {
		if c.d.Mentions[j].Type.Named() {
			frequency[c.find(j)]++
		}
	}
	var seen []int // one mention of each chain, the last said first
	for k := len(c.order) - 1; k >= 0; k-- {
		j := c.order[k]
		o := &c.d.Mentions[j]
		if o.End > m.Start || !fits(j) || slices.ContainsFunc(seen, func(x int) bool { return c.find(x) == c.find(j) }) {
			continue
		}
		if len(seen) >= n && o.Sentence < c.d.Mentions[seen[len(seen)-1]].Sentence {
			break
		}
		seen = append(seen, j)
	}
	if len(seen) > n {
		slices.SortStableFunc(seen, func(a, b int) int { return frequency[c.find(b)] - frequency[c.find(a)] })
		seen = seen[:n]
	}
	slices.Sort(seen)
	return seen
}

// pairBefore are the names joined by "and" that a plural pronoun stands for: in
// the subject of the sentence before it, or together in the last sentence that
// has such a pair. Persons alone also count when two were named.
func (c *chains) pairBefore(m *pipeline.Mention) []int {
	for s := m.Sentence; s >= 0 && s >= m.Sentence-1; s-- {
		var best []int
		for a := 0; a < len(c.order); a++ {
			j := c.order[a]
			o := &c.d.Mentions[j]
			if o.Sentence != s || o.End > m.Start || !o.Type.Named() || o.Type == pipeline.NORP {
				continue
			}
			run := []int{j}
			end := o.To
			for b := a + 1; b < len(c.order); b++ {
				q := &c.d.Mentions[c.order[b]]
				if q.Sentence != s || q.End > m.Start {
					break
				}
				if !q.Type.Named() || q.Type == pipeline.NORP || q.From < end {
					continue
				}
				if !c.coordinated(end, q.From, s) {
					break
				}
				run = append(run, c.order[b])
				end = q.To
			}
			if len(run) > 1 && len(run) > len(best) && c.sameKind(run) && c.hasAnd(run) {
				best = run
			}
		}
		if len(best) > 1 {
			return best
		}
		if s < m.Sentence {
			if both := c.twoPersons(s); len(both) == 2 {
				return both
			}
		}
	}
	return nil
}

// coordinated reports whether only words of a list stand between tokens a and b:
// commas, "and", articles, and the title of the next person.
func (c *chains) coordinated(a, b, s int) bool {
	if b-a > 8 {
		return false
	}
	mark := false
	for k := a; k < b; k++ {
		w := c.lower(k)
		if w == "and" || w == "," {
			mark = true
			continue
		}
		if w == "the" || w == "mr." || c.name[k] >= 0 && c.d.Mentions[c.name[k]].Type == pipeline.NORP || c.name[k] >= 0 || w == "'s" || w == "’s" {
			continue
		}
		if n, ok := c.noun(k); ok && n.Kind&nominal.Role != 0 || c.tag(k) == "NNP" {
			continue
		}
		return false
	}
	return mark
}

func (c *chains) sameKind(run []int) bool {
	person := c.d.Mentions[run[0]].Type == pipeline.Person
	for _, j := range run {
		if (c.d.Mentions[j].Type == pipeline.Person) != person {
			return false
		}
	}
	return true
}

func (c *chains) hasAnd(run []int) bool {
	last := &c.d.Mentions[run[len(run)-1]]
	before := &c.d.Mentions[run[len(run)-2]]
	for k := before.To; k < last.From; k++ {
		if c.lower(k) == "and" {
			return true
		}
	}
	return false
}

// twoPersons are the two different persons that a sentence names, where they are two.
func (c *chains) twoPersons(s int) []int {
	var out []int
	for _, j := range c.order {
		m := &c.d.Mentions[j]
		if m.Sentence == s && m.Type == pipeline.Person && !c.attributive(m) && !slices.ContainsFunc(out, func(x int) bool { return c.find(x) == c.find(j) }) {
			out = append(out, j)
		}
	}
	if len(out) == 2 {
		return out
	}
	return nil
}
