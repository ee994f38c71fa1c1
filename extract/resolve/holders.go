package resolve

import (
	"strings"

	"parley/extract/lists"
	"parley/extract/nominal"
	"parley/pipeline"
)

// ranksAlike groups the heads of titles that the news exchanges: a president is
// called the leader, an assistant secretary the envoy.
var ranksAlike = map[string]string{
	"leader":    "president premier minister chancellor king queen ruler chairman dictator chief head general-secretary emir sultan leader monarch secretary",
	"envoy":     "envoy ambassador negotiator representative secretary diplomat mediator minister emissary chief commissioner",
	"diplomat":  "ambassador envoy minister secretary negotiator consul counsel-general diplomat chief",
	"minister":  "minister secretary premier",
	"premier":   "minister premier",
	"monarch":   "king queen emperor sultan emir",
	"pontiff":   "pope",
	"lawmaker":  "lawmaker senator congressman congresswoman representative parliamentarian legislator deputy speaker",
	"chief":     "chief head director chairman president commander secretary commissioner chairwoman general minister",
	"head":      "head chief director chairman president chairwoman leader",
	"prelate":   "archbishop bishop cardinal",
	"spokesman": "spokesman spokesperson", "spokeswoman": "spokeswoman spokesperson",
	"secretary": "secretary", "chancellor": "chancellor",
}

// holder joins a phrase for an office to the person of the article who holds it:
// the same office or one that the news exchanges for it, of the same country
// where both say. The nearest before it wins; for an owned phrase ("Russia's
// foreign minister") also the first one after.
func (c *chains) holder(i int) bool {
	m := &c.d.Mentions[i]
	definite, owned := c.definite(i), c.possessed(i) >= 0
	if !definite && !owned && !c.introduces(i) {
		return false
	}
	head := c.headWord(m.Head)
	state := c.ownerState(i)
	best, distance := -1, 0
	for _, k := range c.officesAround(i) {
		o := &c.offices[k]
		if o.Former || !c.sameRank(head, i, o) {
			continue
		}
		of := c.ownerCountry(*o)
		if of == "" {
			of = c.listedState(o.Holder)
		}
		if state != "" && of != "" && of != state {
			continue
		}
		p := &c.d.Mentions[o.Holder]
		after := p.Start > m.Start
		exact := head == c.headWord(o.Head) && c.qualified(i)
		if after && (!owned && !c.introduces(i) && !exact || p.Sentence > m.Sentence+2) {
			continue
		}
		if state == "" && !definite {
			if of != "" && !after {
				continue
			}
		}
		gap := m.Start - p.Start
		if after {
			gap = 2 * (p.Start - m.Start)
		}
		if p.Sentence == m.Sentence && after {
			gap *= 4
		}
		if state != "" && of == "" {
			gap += 1 << 20 // whose country is known comes first
		}
		if best < 0 || gap < distance {
			best, distance = k, gap
		}
	}
	if best < 0 || distance >= 1<<20 {
		if j := c.listedLeader(i, head, state); j >= 0 {
			return c.join(j, i, "%q: the list of leaders has %q for %s", c.text(i), c.text(j), state)
		}
	}
	if best < 0 {
		return false
	}
	o := &c.offices[best]
	return c.join(o.Holder, i, "%q is the office %q of %q", c.text(i), c.d.Text[c.d.Tokens[o.From].Start:c.d.Tokens[o.To-1].End], c.text(o.Holder))
}

// listedState is the one state for which the list of leaders has the full name of
// person j, or empty.
func (c *chains) listedState(j int) string {
	found := ""
	for _, t := range lists.Leader(c.longest(j)) {
		if found != "" && t.ISO3 != found {
			return ""
		}
		found = t.ISO3
	}
	return found
}

// listedLeader is the last person before the phrase "the Togolese leader" whom the
// list of leaders has for that state, or -1.
func (c *chains) listedLeader(i int, head, state string) int {
	if state == "" || head != "leader" && head != "president" {
		return -1
	}
	best := -1
	for _, j := range c.before(i) {
		if c.d.Mentions[j].Type == pipeline.Person && c.listedState(j) == state {
			best = j
		}
	}
	return best
}

// honorific joins "the ayatollah", "the general" to the last person before it with
// that word before his name.
func (c *chains) honorific(i int) bool {
	m := &c.d.Mentions[i]
	if !c.definite(i) || m.Head != m.From+1 {
		return false
	}
	best := -1
	for _, j := range c.before(i) {
		o := &c.d.Mentions[j]
		if o.Type == pipeline.Person && c.at(o, o.From-1) == c.lower(m.Head) {
			best = j
		}
	}
	return best >= 0 && c.join(best, i, "%q stands before the name of %q", c.lower(m.Head), c.text(best))
}

// officesAround are the offices held by the persons around mention i.
func (c *chains) officesAround(i int) []int {
	var out []int
	for _, j := range c.around(i) {
		out = append(out, c.held[j]...)
	}
	return out
}

// introduces reports whether an indefinite phrase stands in the first sentence,
// where reports present a person whom they name later: "A police chief says …".
func (c *chains) introduces(i int) bool {
	m := &c.d.Mentions[i]
	w := c.lower(m.From)
	return m.Sentence <= 1 && (w == "a" || w == "an") && m.Head+1 <= m.To
}

// headWord is the head of a title in lower case, without a hyphenated addition.
func (c *chains) headWord(k int) string {
	w := nominal.Singular(c.lower(k))
	return strings.TrimSuffix(strings.TrimSuffix(w, "-elect"), "-designate")
}

// sameRank reports whether the phrase i and the office o may be one office: the
// heads agree and what qualifies the phrase ("foreign", "defense") does too.
func (c *chains) sameRank(head string, i int, o *nominal.Office) bool {
	title := c.headWord(o.Head)
	if head != title {
		alike := ranksAlike[head]
		if !strings.Contains(" "+alike+" ", " "+title+" ") {
			return false
		}
	}
	words := " "
	for k := o.From; k < o.To; k++ {
		words += c.lower(k) + " "
	}
	m := &c.d.Mentions[i]
	for k := m.From; k < m.Head; k++ {
		w := c.lower(k)
		t := c.d.Tokens[k].Tag
		if c.name[k] >= 0 || !strings.HasPrefix(t, "N") && !strings.HasPrefix(t, "J") || loose[w] {
			continue
		}
		if !strings.Contains(words, " "+w+" ") {
			return o.To-o.From == 1 && c.introduces(i)
		}
	}
	return true
}

// loose modifiers say nothing of which office it is.
var loose = set("top senior new former then visiting chief current outgoing embattled")

// qualified reports whether a noun or adjective other than a nationality narrows
// the phrase: "the rebel leader", "the foreign policy chief".
func (c *chains) qualified(i int) bool {
	m := &c.d.Mentions[i]
	for k := m.From; k < m.Head; k++ {
		t := c.d.Tokens[k].Tag
		if c.name[k] < 0 && (strings.HasPrefix(t, "N") || strings.HasPrefix(t, "J")) && !loose[c.lower(k)] {
			return true
		}
	}
	return false
}
