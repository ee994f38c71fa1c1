package resolve

import (
	"strings"

	"parley/extract/nominal"
	"parley/pipeline"
)

// phrases joins common noun phrases to the names that they stand for. A phrase
// is definite ("the ministry"), owned ("Russia's foreign minister") or bare
// ("officials"); only the first two refer back.
func (c *chains) phrases() {
	for _, i := range c.order {
		m := &c.d.Mentions[i]
		if m.Type != pipeline.Nominal || m.To-m.From < 1 || m.Head < 0 || c.pronoun(i) {
			continue
		}
		if c.beside(i) {
			continue
		}
		noun, ok := c.noun(m.Head)
		if !ok {
			continue
		}
		if _, counts := c.number(m); counts {
			continue // "the two sides": counted finds their members
		}
		plural := nominal.Plural(&c.d.Tokens[m.Head], c.word(m.Head))
		switch {
		case !plural && c.honorific(i):
		case noun.Sector == "REB" && c.armedBody(i):
		case plural:
			c.again(i)
		case noun.Kind&nominal.Role != 0 && c.holder(i):
		case noun.Kind&(nominal.State) != 0 && c.definite(i) && c.countryPhrase(i):
		case noun.Kind&nominal.Body != 0 && c.body(i, noun):
		default:
			c.again(i)
		}
	}
}

// pronoun reports whether a nominal is a pronoun.
func (c *chains) pronoun(i int) bool {
	m := &c.d.Mentions[i]
	return m.To-m.From == 1 && strings.HasPrefix(c.d.Tokens[m.From].Tag, "PRP") || c.d.Mentions[i].Rule == "nominal.pronoun" || pronouns[strings.ToLower(c.text(i))]
}

// definite reports whether the phrase begins with "the", "this" or "that".
func (c *chains) definite(i int) bool {
	switch c.lower(c.d.Mentions[i].From) {
	case "the", "this", "that", "these", "those":
		return true
	}
	return false
}

// possessed is the mention that owns the phrase i, within it: "Russia's foreign
// minister", "the U.S. envoy". -1 where there is none.
func (c *chains) possessed(i int) int {
	m := &c.d.Mentions[i]
	for k := m.From; k < m.Head; k++ {
		if n := c.name[k]; n >= 0 {
			switch c.d.Mentions[n].Type {
			case pipeline.GPE, pipeline.NORP, pipeline.Org, pipeline.Loc:
				return n
			}
		}
	}
	return -1
}

// ownerState is the state that owns the phrase, or empty.
func (c *chains) ownerState(i int) string {
	n := c.possessed(i)
	if n < 0 {
		return ""
	}
	if code := c.state[c.find(n)]; code != "" {
		return code
	}
	if c.d.Mentions[n].Type == pipeline.NORP {
		code, _ := c.demonym(n)
		return code
	}
	return ""
}

// beside joins a phrase to the name right behind it, which it introduces: "the
// militant group Hamas", "the chief, Tariq Youssef,".
func (c *chains) beside(i int) bool {
	m := &c.d.Mentions[i]
	k := m.To
	if k != m.Head+1 || c.at(m, k) == "" {
		return false
	}
	for _, k := range c.officesAround(i) {
		if o := c.offices[k]; o.Head == m.Head {
			return c.join(o.Holder, i, "%q is the title of %q", c.text(i), c.text(o.Holder))
		}
	}
	if nominal.Plural(&c.d.Tokens[m.Head], c.word(m.Head)) {
		return false
	}
	n := c.name[k]
	if n < 0 || c.d.Mentions[n].From != k {
		return false
	}
	noun, ok := c.noun(m.Head)
	if !ok || noun.Kind&nominal.Body == 0 || c.d.Mentions[n].Type != pipeline.Org {
		return false
	}
	return c.join(n, i, "%q introduces %q", c.text(i), c.text(n))
}

// again joins a definite phrase to the last phrase with the same head noun, when
// none of its words contradicts it: "insurgents … the insurgents".
func (c *chains) again(i int) bool {
	if !c.definite(i) {
		return false
	}
	m := &c.d.Mentions[i]
	head := c.headWord(m.Head)
	best := -1
	for _, j := range c.before(i) {
		o := &c.d.Mentions[j]
		if o.Type != pipeline.Nominal || c.pronoun(j) || o.Head < 0 || c.headWord(o.Head) != head || o.End > m.Start {
			continue
		}
		if nominal.Plural(&c.d.Tokens[m.Head], c.word(m.Head)) != nominal.Plural(&c.d.Tokens[o.Head], c.word(o.Head)) {
			continue
		}
		if a, b := c.ownerState(i), c.ownerState(j); a != "" && b != "" && a != b {
			continue
		}
		if c.contradicts(m, o) {
			continue
		}
		best = j
	}
	return best >= 0 && c.join(best, i, "%q repeats %q", c.text(i), c.text(best))
}

// contradicts reports whether phrase m has a noun or number before its head that
// o lacks.
func (c *chains) contradicts(m, o *pipeline.Mention) bool {
	for k := m.From; k < m.Head; k++ {
		t := c.d.Tokens[k].Tag
		if !strings.HasPrefix(t, "N") && t != "JJ" || c.name[k] >= 0 || loose[c.lower(k)] {
			continue
		}
		found := false
		for j := o.From; j < o.To; j++ {
			found = found || c.lower(j) == c.lower(k)
		}
		if !found {
			return true
		}
	}
	return false
}
