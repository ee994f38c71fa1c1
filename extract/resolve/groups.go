package resolve

import (
	"slices"
	"strings"

	"parley/extract/nominal"
	"parley/pipeline"
)

// counted gives the phrases that count their members those members: "the two
// sides", "both countries", "the three leaders". Phrases with the same members
// are one chain.
func (c *chains) counted() {
	var done []int
	for _, i := range c.order {
		m := &c.d.Mentions[i]
		if m.Type != pipeline.Nominal || m.Sentence < 0 || m.Head < 0 || c.pronoun(i) {
			continue
		}
		n, ok := c.number(m)
		if !ok {
			continue
		}
		fits := c.memberKind(i)
		if fits == nil {
			continue
		}
		members := c.titled(i, n)
		switch {
		case members != nil:
		case n > 0:
			if members = c.lastRun(i, n, fits); members == nil {
				members = c.lastMembers(i, n, fits)
			}
		default:
			if members = c.lastGroup(done, fits); members == nil && c.headWord(m.Head) == "ally" {
				members = c.lastRun(i, 2, fits)
			}
		}
		if len(members) < 2 || n > 0 && len(members) != n {
			continue
		}
		c.members[c.find(i)] = members
		for _, j := range done[max(0, len(done)-20):] {
			if c.sameMembers(c.members[c.find(j)], members) {
				c.join(j, i, "%q has the members of %q", c.text(i), c.text(j))
				c.members[c.find(j)] = members
				break
			}
		}
		done = append(done, i)
	}
}

// sameMembers reports whether two lists of mentions name the same chains.
func (c *chains) sameMembers(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y int) bool { return c.find(x) == c.find(y) }) {
			return false
		}
	}
	return true
}

// lastGroup are the members of the last phrase before that all fit.
func (c *chains) lastGroup(done []int, fits func(int) bool) []int {
	for k := len(done) - 1; k >= max(0, len(done)-20); k-- {
		members := c.members[c.find(done[k])]
		if len(members) > 1 && !slices.ContainsFunc(members, func(j int) bool { return !fits(j) }) {
			return members
		}
	}
	return nil
}

// titled are the persons before i who hold the office that its noun names, where
// they are as many as it counts: "the foreign ministers".
func (c *chains) titled(i, n int) []int {
	head := c.headWord(c.d.Mentions[i].Head)
	var out []int
	for _, j := range c.before(i) {
		if !slices.ContainsFunc(c.held[j], func(k int) bool { return c.headWord(c.offices[k].Head) == head }) {
			continue
		}
		if !slices.ContainsFunc(out, func(x int) bool { return c.find(x) == c.find(j) }) {
			out = append(out, j)
		}
	}
	if len(out) < 2 || n > 0 && len(out) != n {
		return nil
	}
	return out
}

// together gives "they" the members that were named together just before, where
// no plural phrase claimed it.
func (c *chains) together() {
	for _, i := range c.order {
		m := &c.d.Mentions[i]
		if m.Type != pipeline.Nominal || m.Sentence < 0 {
			continue
		}
		if w := strings.ToLower(c.text(i)); w != "they" && w != "their" && w != "them" || c.joined(i) {
			continue
		}
		if members := c.pairBefore(i); len(members) > 1 {
			c.members[c.find(i)] = members
		}
	}
}

// joined reports whether mention i has others in its chain.
func (c *chains) joined(i int) bool {
	return len(c.chain[c.find(i)]) > 1
}

// number is how many a plural phrase counts that refers back: "the two sides",
// "both countries", "the three"; 0 where it does not say ("the allies"). ok is
// false for other phrases.
func (c *chains) number(m *pipeline.Mention) (n int, ok bool) {
	first := c.lower(m.From)
	if first == "both" || first == "either" || first == "neither" {
		return 2, true
	}
	if first != "the" && first != "these" && first != "all" {
		return 0, false
	}
	for k := m.From; k <= m.Head; k++ {
		if n, used := count([]string{c.lower(k)}); used == 1 && n >= 2 && n <= 6 && c.name[k] < 0 && c.tag(k) == "CD" {
			return n, true
		}
	}
	if !nominal.Plural(&c.d.Tokens[m.Head], c.word(m.Head)) || m.Head != m.From+1 && !(m.Head == m.From+2 && (c.lower(m.From+1) == "rival" || c.lower(m.From+1) == "foreign" || c.lower(m.From+1) == "defense")) {
		return 0, false
	}
	switch c.headWord(m.Head) {
	case "side", "rival", "foe":
		return 2, true
	case "ally", "neighbor", "leader", "president", "minister", "faction", "counterpart", "partner":
		return 0, true
	}
	return 0, false
}

// memberKind says which mentions can be members of the phrase, or is nil where
// its noun is none that stands for others.
func (c *chains) memberKind(i int) func(j int) bool {
	m := &c.d.Mentions[i]
	state := func(j int) bool { return c.state[c.find(j)] != "" }
	place := func(j int) bool {
		t := c.d.Mentions[j].Type
		return (t == pipeline.GPE || t == pipeline.Loc) && !state(j)
	}
	if c.tag(m.Head) == "CD" { // "the three": persons, or else states
		persons := 0
		for _, j := range c.before(i) {
			if o := &c.d.Mentions[j]; o.Type == pipeline.Person && o.Sentence < m.Sentence && o.Sentence >= m.Sentence-2 {
				persons++
			}
		}
		if persons > 1 {
			return func(j int) bool { return c.d.Mentions[j].Type == pipeline.Person }
		}
		return state
	}
	noun, ok := c.noun(m.Head)
	if !ok {
		return nil
	}
	switch head := c.headWord(m.Head); {
	case head == "side" || head == "party" || head == "rival" || head == "foe" || head == "enemy" || head == "group" || head == "faction":
		return func(j int) bool {
			t := c.d.Mentions[j].Type
			return state(j) || t == pipeline.Org && !c.official(j) || t == pipeline.Nominal && c.has(j, pipeline.Org) || t == pipeline.Nominal && c.armed(j)
		}
	case head == "region" || head == "territory" || head == "province" || head == "city" || head == "town" || head == "area" || head == "republic":
		return place
	case noun.Kind&nominal.State != 0 || head == "government" || head == "neighbor" || head == "ally":
		return state
	case noun.Kind&nominal.Role != 0:
		return func(j int) bool { return c.d.Mentions[j].Type == pipeline.Person && !c.attributive(&c.d.Mentions[j]) }
	case noun.Kind&nominal.Body != 0:
		return func(j int) bool { return c.d.Mentions[j].Type == pipeline.Org }
	}
	return nil
}

// official reports whether an organisation is part of a government or a medium,
// which is no party of its own.
func (c *chains) official(j int) bool {
	n, ok := c.noun(c.d.Mentions[j].To - 1)
	return ok && (n.Sector == "GOV" || n.Sector == "MED" || n.Sector == "LEG") && c.lower(c.d.Mentions[j].To-1) != "council"
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

// lastMembers are the n different entities that the text before i speaks of. The
// nearest sentence with enough of them decides; where it has more, those that the
// article named most so far.
func (c *chains) lastMembers(i, n int, fits func(int) bool) []int {
	m := &c.d.Mentions[i]
	var seen []int // one mention of each chain, the last said first
	before := c.before(i)
	for k := len(before) - 1; k >= 0; k-- {
		j := before[k]
		o := &c.d.Mentions[j]
		if o.End > m.Start || !fits(j) || o.To == m.From-1 && c.lower(o.To) == "and" || slices.ContainsFunc(seen, func(x int) bool { return c.find(x) == c.find(j) }) {
			continue
		}
		if len(seen) >= n && o.Sentence < c.d.Mentions[seen[len(seen)-1]].Sentence {
			break
		}
		seen = append(seen, j)
	}
	if len(seen) > n {
		named := map[int]int{}
		for _, j := range before {
			if c.d.Mentions[j].Type.Named() {
				named[c.find(j)]++
			}
		}
		slices.SortStableFunc(seen, func(a, b int) int { return named[c.find(b)] - named[c.find(a)] })
		seen = seen[:n]
	}
	slices.Sort(seen)
	return seen
}

// lastRun are the last n names before i that stand in one list joined by "and".
func (c *chains) lastRun(i, n int, fits func(int) bool) []int {
	runs := c.runs(c.before(i), c.d.Mentions[i].Start, fits)
	for k := len(runs) - 1; k >= 0; k-- {
		if len(runs[k]) == n {
			return runs[k]
		}
	}
	return nil
}

// runs are the lists of names among some mentions that end before byte offset
// end: names that fit, in one sentence, of different chains, with only commas,
// "and" and titles between.
func (c *chains) runs(mentions []int, end int, fits func(int) bool) [][]int {
	var out [][]int
	var run []int
	last, sentence := 0, -1
	flush := func() {
		if len(run) > 1 && c.hasAnd(run) {
			out = append(out, run)
		}
		run = nil
	}
	for _, j := range mentions {
		m := &c.d.Mentions[j]
		if m.End > end || !m.Type.Named() || !fits(j) {
			continue
		}
		if len(run) > 0 && (m.Sentence != sentence || m.From < last || !c.coordinated(last, m.From)) {
			flush()
		}
		if !slices.ContainsFunc(run, func(x int) bool { return c.find(x) == c.find(j) }) {
			run = append(run, j)
			last, sentence = m.To, m.Sentence
		}
	}
	flush()
	return out
}

// pairBefore are the names joined by "and" that a plural pronoun stands for: the
// longest list of persons, else of states and bodies, in its own sentence or the
// one before; or the two persons that the sentence before names.
func (c *chains) pairBefore(i int) []int {
	person := func(j int) bool { return c.d.Mentions[j].Type == pipeline.Person }
	other := func(j int) bool {
		t := c.d.Mentions[j].Type
		return t == pipeline.GPE || t == pipeline.Org
	}
	m := &c.d.Mentions[i]
	for s := m.Sentence; s >= 0 && s >= m.Sentence-1; s-- {
		here := c.inSentences(i, s, s)
		for _, fits := range []func(int) bool{person, other} {
			var best []int
			for _, run := range c.runs(here, m.Start, fits) {
				if len(run) > len(best) {
					best = run
				}
			}
			if len(best) > 1 {
				return best
			}
		}
		if s < m.Sentence {
			if both := c.twoPersons(here); len(both) == 2 {
				return both
			}
		}
	}
	return nil
}

// coordinated reports whether only words of a list stand between tokens a and b:
// commas, "and", articles, and the title of the next person.
func (c *chains) coordinated(a, b int) bool {
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

// twoPersons are the two different persons among the mentions, where they are two.
func (c *chains) twoPersons(mentions []int) []int {
	var out []int
	for _, j := range mentions {
		m := &c.d.Mentions[j]
		if m.Type == pipeline.Person && !c.attributive(m) && !slices.ContainsFunc(out, func(x int) bool { return c.find(x) == c.find(j) }) {
			out = append(out, j)
		}
	}
	if len(out) == 2 {
		return out
	}
	return nil
}
