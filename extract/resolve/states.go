package resolve

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"parley/extract/lists"
	"parley/extract/nominal"
	"parley/pipeline"
)

// states joins what stands for a state: its names, its adjective where the
// phrase means the state, its capital where it means the government, "the North".
func (c *chains) states() {
	for _, i := range c.order {
		m := &c.d.Mentions[i]
		switch m.Type {
		case pipeline.GPE, pipeline.Org, pipeline.Loc:
			if code, ok := c.country(i); ok {
				c.joinState(i, code, "%q names %s", c.text(i), code)
			}
		}
	}
	for _, i := range c.order {
		m := &c.d.Mentions[i]
		switch m.Type {
		case pipeline.GPE, pipeline.Loc:
			if c.state[c.find(i)] != "" {
				continue
			}
			code, ok := c.half(i)
			if !ok {
				code, ok = c.korea(i)
			}
			if ok {
				c.joinState(i, code, "%q is short for the state %s of this article", c.text(i), code)
			}
		case pipeline.NORP:
			if code, ok := c.demonym(i); ok {
				if why, ok := c.meansState(i); ok {
					c.joinState(i, code, "%q is the adjective of %s, %s", c.text(i), code, why)
				}
			}
		}
	}
	for _, i := range c.order {
		if c.d.Mentions[i].Type != pipeline.GPE || c.state[c.find(i)] != "" {
			continue
		}
		code, ok := lists.Capital(c.text(i))
		if !ok {
			continue
		}
		if why, ok := c.meansGovernment(i); ok {
			c.joinState(i, code, "%q is the capital of %s and stands for its government: %s", c.text(i), code, why)
		}
	}
}

// joinState joins mention i to the chain of a state.
func (c *chains) joinState(i int, code, format string, args ...any) {
	r := c.find(i)
	c.state[r] = code
	if first, ok := c.stateOf[code]; ok {
		c.join(first, i, format, args...)
		return
	}
	c.stateOf[code] = r
	c.why[r] = append(c.why[r], fmt.Sprintf(format, args...))
}

// country is the state that a name in full means.
func (c *chains) country(i int) (string, bool) {
	text := strings.TrimSuffix(c.text(i), "'")
	code, ok := lists.Country(text)
	if !ok {
		code, ok = lists.Byname(text)
	}
	if c.d.Mentions[i].Type == pipeline.Org {
		code, ok = authorities[lists.Fold(text)]
	}
	if old, gone := formerStates[lists.Fold(text)]; gone && c.d.Mentions[i].Type != pipeline.Org {
		return old.code, true
	}
	if code == "GEO" && c.stateOfUnion(i) {
		return "", false
	}
	return code, ok
}

// formerStates are states that are no more, by their codes of ISO 3166-3.
var formerStates = map[string]struct{ code, name string }{
	"soviet union": {"SUN", "Soviet Union"}, "ussr": {"SUN", "Soviet Union"}, "u.s.s.r.": {"SUN", "Soviet Union"},
	"yugoslavia": {"YUG", "Yugoslavia"}, "serbia and montenegro": {"SCG", "Serbia and Montenegro"},
	"serbia-montenegro": {"SCG", "Serbia and Montenegro"}, "czechoslovakia": {"CSK", "Czechoslovakia"}, "east germany": {"DDR", "East Germany"},
}

// authorities are governments that bear the name of a body.
var authorities = map[string]string{
	"palestinian authority": "PSE", "palestinian national authority": "PSE", "holy see": "VAT", "vatican": "VAT",
}

// stateOfUnion reports whether "Georgia" stands after a city and a comma, as
// the American state does ("Atlanta, Georgia").
func (c *chains) stateOfUnion(i int) bool {
	m := &c.d.Mentions[i]
	if c.at(m, m.From-1) != "," || m.From < 2 {
		return false
	}
	before := c.name[m.From-2]
	if before < 0 || c.d.Mentions[before].Type != pipeline.GPE {
		return false
	}
	_, capital := lists.Capital(c.text(before))
	_, country := lists.Country(c.text(before))
	return !capital && !country
}

// korea is the state that "Korea" or "Korean" alone means: the South, where the
// article speaks of it.
func (c *chains) korea(i int) (string, bool) {
	m := &c.d.Mentions[i]
	if w := lists.Fold(c.text(i)); w != "korea" && w != "korean" || c.at(m, m.From-1) == "two" {
		return "", false
	}
	_, named := c.stateOf["KOR"]
	return "KOR", named
}

// half is the state that "the North" or "South" means among those that the
// article names: one that is called so, else the other half of a pair.
func (c *chains) half(i int) (string, bool) {
	word := strings.ToLower(c.text(i))
	if word != "north" && word != "south" {
		return "", false
	}
	found := ""
	codes := slices.Sorted(maps.Keys(c.stateOf))
	for _, code := range codes {
		if s, ok := lists.ByCode(code); ok && strings.HasPrefix(strings.ToLower(s.Name), word+" ") {
			if found != "" {
				return "", false
			}
			found = code
		}
	}
	if found != "" {
		return found, true
	}
	pair := map[string]string{"north": "South ", "south": "North "}[word]
	for _, code := range codes {
		s, ok := lists.ByCode(code)
		if !ok || !strings.HasPrefix(s.Name, pair) {
			continue
		}
		if other, ok := lists.Country(word + " " + strings.TrimPrefix(s.Name, pair)); ok {
			return other, true
		}
	}
	return "", false
}

// demonym is the state of a nationality. Where two share the word, one that the
// article names wins.
func (c *chains) demonym(i int) (string, bool) {
	if code, ok := c.korea(i); ok {
		return code, true
	}
	codes := lists.Demonyms(c.text(i))
	for _, code := range codes {
		if _, named := c.stateOf[code]; named {
			return code, true
		}
	}
	if len(codes) == 0 {
		return "", false
	}
	return codes[0], true
}

// meansState reports whether the adjective of a nationality speaks of the state,
// not of private people, firms or a culture, and says by what.
func (c *chains) meansState(i int) (string, bool) {
	m := &c.d.Mentions[i]
	before := c.at(m, m.From-1)
	if g := c.glued(m); g == "pro" || g == "anti" {
		return g, true // "pro-Russian demonstrators": for the state, whoever they are
	}
	if before == "ethnic" || strings.Contains(strings.ToLower(c.d.In(pipeline.Span{Start: max(0, m.Start-7), End: m.Start})), "ethnic-") {
		return "", false
	}
	head := c.headAfter(m)
	if head < 0 {
		return c.peopleAsParty(i)
	}
	if n := c.name[head]; n >= 0 {
		// "Indian Kashmir", "Cuban National Assembly": the state's; "American John
		// Smith": a private person.
		if c.d.Mentions[n].Type == pipeline.Person {
			for k := m.To; k < c.d.Mentions[n].From; k++ {
				if noun, ok := c.noun(k); ok && noun.Kind&nominal.Role != 0 && !private(noun, true, c.lemma(k)) {
					return "before " + c.word(k), true
				}
			}
			return "", false
		}
		return "before " + c.word(head), true
	}
	noun, known := c.noun(head)
	if private(noun, known, c.lemma(head)) {
		for k := m.To; k < head; k++ {
			if w := c.lower(k); w == "government" || w == "state" || w == "military" || w == "state-run" || w == "army" || w == "embassy" || w == "state-owned" {
				return "before " + w, true
			}
		}
		return "", false
	}
	return "before " + c.word(head), true
}

// private reports whether a noun names private people or bodies.
func private(n nominal.Noun, known bool, lemma string) bool {
	if !known {
		return false
	}
	switch n.Sector {
	case "GOV", "MIL", "LEG", "JUD", "COP", "SPY", "MED", "CHR", "MUS", "REL":
		return false
	case "CVL":
		return n.Kind&(nominal.Human|nominal.Role|nominal.Body) != 0 && n.Kind&nominal.State == 0 && lemma != "citizen" && lemma != "side" && lemma != "delegation" && lemma != "mission"
	case "":
		return false
	}
	return n.Kind&(nominal.Human|nominal.Role|nominal.Body) != 0
}

// politic verbs are those of governments.
var politic = set("say reject accuse agree propose insist deny warn announce refuse offer demand negotiate sign")

// headAfter is the head noun of the noun phrase that the adjective m stands in,
// or -1 where m is itself the noun ("Palestinians", "the Chinese").
func (c *chains) headAfter(m *pipeline.Mention) int {
	if m.Sentence < 0 {
		return -1
	}
	end := c.d.Sentences[m.Sentence].To
	head := -1
	for k := m.To; k < end && k < m.To+7; k++ {
		if n := c.name[k]; n >= 0 {
			if head >= 0 {
				break // "Indonesian President Susilo …": the office is the head
			}
			return c.d.Mentions[n].To - 1
		}
		if c.value[k] >= 0 {
			if head < 0 && k == m.To && strings.HasPrefix(c.d.Tokens[k].Tag, "N") {
				return k // "Indian Republic Day"
			}
			break
		}
		tag := c.d.Tokens[k].Tag
		switch {
		case strings.HasPrefix(tag, "N"):
			head = k
			continue
		case strings.HasPrefix(tag, "J"), tag == "CD", tag == "HYPH":
			if head >= 0 {
				return head
			}
			continue
		case (tag == "VBN" || tag == "VBG") && head < 0 && k == m.To:
			continue
		case (c.lower(k) == "and" || c.lower(k) == "-" || c.lower(k) == "," || c.lower(k) == "/" || c.lower(k) == "nor" || c.lower(k) == "or") && head < 0:
			continue
		}
		break
	}
	return head
}

// peopleAsParty reports whether a people by its name stands for its state: it is
// joined to a state by "and" ("both Israel and the Palestinians").
func (c *chains) peopleAsParty(i int) (string, bool) {
	m := &c.d.Mentions[i]
	k := m.From - 1
	if c.at(m, k) != "the" {
		return "", false
	}
	if v := c.verbAfter(m); v >= 0 && v <= m.To+1 && politic[c.lemma(v)] {
		return "subject of " + c.lower(v), true // "the Colombians say"
	}
	for _, side := range [2][2]int{{k - 1, k - 2}, {m.To, m.To + 1}} {
		if w := c.at(m, side[0]); w != "and" && w != "or" {
			continue
		}
		other := side[1]
		if other == m.To+1 && c.at(m, other) == "the" {
			other++
		}
		if c.at(m, other) == "" {
			continue
		}
		if n := c.name[other]; n >= 0 && (c.state[c.find(n)] != "" || c.d.Mentions[n].Type == pipeline.GPE) {
			return "beside " + c.text(n), true
		}
	}
	return "", false
}
