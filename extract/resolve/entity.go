package resolve

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/zeebo/xxh3"

	"parley/extract/lists"
	"parley/extract/nominal"
	"parley/pipeline"
)

// entities turns the chains into the document's entities, in the order of their
// first mention.
func (c *chains) entities() {
	d := c.d
	d.Entities = d.Entities[:0]
	for i := range d.Mentions {
		d.Mentions[i].Entity = -1
	}
	index := map[int]int{}
	for _, i := range c.order {
		r := c.find(i)
		e, ok := index[r]
		if !ok {
			e = len(d.Entities)
			index[r] = e
			d.Entities = append(d.Entities, pipeline.Entity{Why: c.why[r]})
		}
		d.Mentions[i].Entity = e
		d.Entities[e].Mentions = append(d.Entities[e].Mentions, i)
	}
	for r, e := range index {
		for _, m := range c.members[r] {
			if o := d.Mentions[m].Entity; o >= 0 && o != e && !slices.Contains(d.Entities[e].Members, o) {
				d.Entities[e].Members = append(d.Entities[e].Members, o)
			}
		}
		slices.Sort(d.Entities[e].Members)
		d.Entities[e].Country = c.state[r]
	}
	taken := map[string]bool{}
	for e := range d.Entities {
		slices.Sort(d.Entities[e].Mentions)
		c.best(&d.Entities[e])
		c.describe(&d.Entities[e])
	}
	for e := range d.Entities {
		c.serve(&d.Entities[e])
	}
	for e := range d.Entities {
		ent := &d.Entities[e]
		c.common(ent)
		key, shared := c.key(ent)
		if !shared || taken[key] {
			key = d.ID + "/" + strconv.Itoa(d.Mentions[ent.Mentions[0]].Start) + "/" + string(ent.Type)
		}
		taken[key] = true
		ent.ID = entityID(key)
	}
}

// entityID is the identifier of a key: 16 hex digits of its XXH3 hash.
func entityID(key string) string {
	h := xxh3.HashString(key)
	var b [8]byte
	for i := range b {
		b[i] = byte(h >> (56 - 8*i))
	}
	return hex.EncodeToString(b[:])
}

// best sets the name and type of an entity from its mentions: a state has its
// common English name; otherwise names stand above adjectives and nominals, and
// the longest name, written most often, wins.
func (c *chains) best(ent *pipeline.Entity) {
	if ent.Country != "" {
		ent.Type = pipeline.GPE
		if s, ok := lists.ByCode(ent.Country); ok {
			ent.Name = s.Name
			return
		}
		for _, old := range formerStates {
			if old.code == ent.Country {
				ent.Name = old.name
				return
			}
		}
	}
	types := map[pipeline.MentionType]int{}
	rank := -1
	for _, i := range ent.Mentions {
		m := &c.d.Mentions[i]
		types[m.Type]++
		n, text := nameRank(m.Type), c.text(i)
		if n > rank || n == rank && n > 0 && len(text) > len(ent.Name) && !(isAcronym(ent.Name) && len(text) < 5) {
			rank, ent.Name = n, text
		}
		if strings.EqualFold(text, ent.Name) && strings.ToUpper(ent.Name) == ent.Name {
			ent.Name = text // "Oslo" of the story rather than "OSLO" of its date line
		}
	}
	most := 0
	for _, t := range []pipeline.MentionType{pipeline.Person, pipeline.Org, pipeline.GPE, pipeline.Loc, pipeline.Fac, pipeline.Event,
		pipeline.Product, pipeline.WorkOfArt, pipeline.Law, pipeline.NORP, pipeline.Nominal} {
		if nameRank(t) == rank && types[t] > most {
			most, ent.Type = types[t], t
		}
	}
}

func nameRank(t pipeline.MentionType) int {
	switch {
	case t == pipeline.Nominal:
		return 0
	case t == pipeline.NORP:
		return 1
	}
	return 2
}

// describe sets the country and the sector of what is no state by itself.
func (c *chains) describe(ent *pipeline.Entity) {
	if ent.Country != "" {
		ent.Sector = "GOV"
		return
	}
	switch ent.Type {
	case pipeline.Person:
		for _, i := range ent.Mentions {
			for _, k := range c.held[i] {
				if ent.Sector == "" {
					ent.Sector = c.officeSector(c.offices[k])
				}
				if ent.Country == "" {
					ent.Country = c.ownerCountry(c.offices[k])
				}
			}
		}
		if ent.Country == "" && ent.Sector == "GOV" {
			if ent.Country = c.listedState(ent.Mentions[0]); ent.Country == "" && !strings.Contains(ent.Name, " ") {
				ent.Country = cmp.Or(c.ledBy(ent.Mentions[0]), c.ruledBy(ent))
			}
		}
	case pipeline.Org, pipeline.Nominal, pipeline.Fac:
		if o, ok := lists.FindOrganisation(ent.Name); ok && ent.Type != pipeline.Nominal {
			ent.Sector, ent.Country = o.Sector, o.ISO3
		}
		for _, i := range ent.Mentions {
			if code := c.owner(i); code != "" && c.d.Mentions[i].Type == pipeline.Org {
				ent.Country = code // "Ukraine's Supreme Court", whatever the list has
				break
			}
		}
		for _, i := range ent.Mentions {
			m := &c.d.Mentions[i]
			if m.To > m.From {
				head := m.To - 1
				if m.Type == pipeline.Nominal && m.Head >= 0 {
					head = m.Head
				}
				if n, ok := c.noun(head); ok && ent.Sector == "" && m.Type != pipeline.Fac && n.Kind&(nominal.Body|nominal.Role|nominal.Human) != 0 {
					ent.Sector = n.Sector
				}
			}
			if ent.Country == "" && m.Type != pipeline.Fac {
				ent.Country = c.owner(i)
			}
			if ent.Country == "" && m.Type != pipeline.Fac {
				ent.Country = c.within(m)
			}
		}
	case pipeline.GPE, pipeline.Loc:
		c.locate(ent)
	case pipeline.NORP:
		if code := peopleOf(ent.Name, c.owner(ent.Mentions[0])); code != "" {
			ent.Country = code
			ent.Sector = "CVL"
		}
	}
}

// plainHeads are heads of titles that any body has: the words before them, or the
// body, say what sector it is.
var plainHeads = set(`chairman chairwoman chairperson chair director head chief leader spokesman spokeswoman spokesperson official founder
	co-founder manager executive commander secretary general president deputy adviser advisor representative member`)

// officeSector is the PLOVER code of an office: by its own words ("rebel
// commander", "police chief"), else of the body whose it is, else of its head.
func (c *chains) officeSector(o nominal.Office) string {
	head, _ := c.noun(o.Head)
	if !plainHeads[c.headWord(o.Head)] {
		return head.Sector
	}
	for k := o.From; k < o.Head; k++ {
		if n, ok := c.noun(k); ok && n.Sector != "" && n.Sector != "CVL" && n.Sector != "GOV" && !plainHeads[c.lower(k)] {
			return n.Sector
		}
	}
	if o.Of >= 0 && c.d.Mentions[o.Of].Type == pipeline.Org {
		if info, ok := lists.FindOrganisation(c.text(o.Of)); ok && info.Sector != "" {
			return info.Sector
		}
		if n, ok := c.noun(c.d.Mentions[o.Of].To - 1); ok && n.Sector != "" {
			return n.Sector
		}
	}
	if o.Of >= 0 && c.state[c.find(o.Of)] != "" && head.Sector != "MIL" {
		return "GOV"
	}
	return head.Sector
}

// serve gives forces, officials and bodies the country of whose they are, where a
// pronoun says so: "its troops", "his government".
func (c *chains) serve(ent *pipeline.Entity) {
	if ent.Type != pipeline.Nominal || ent.Country != "" {
		return
	}
	for _, i := range ent.Mentions {
		m := &c.d.Mentions[i]
		if m.Head <= m.From || c.d.Tokens[m.From].Tag != "PRP$" {
			continue
		}
		n, ok := c.noun(m.Head)
		if !ok || n.Kind&nominal.Body == 0 && n.Sector != "GOV" && n.Sector != "MIL" && n.Sector != "COP" || abroad[c.headWord(m.Head)] {
			continue
		}
		if owner := c.pronounAt(m.From); owner >= 0 {
			ent.Country = c.d.Entities[c.d.Mentions[owner].Entity].Country
			return
		}
	}
}

// common gives a group the country and the sector that all its members share.
func (c *chains) common(ent *pipeline.Entity) {
	for k, m := range ent.Members {
		member := &c.d.Entities[m]
		if k == 0 {
			ent.Country, ent.Sector = member.Country, member.Sector
		}
		if ent.Country != member.Country {
			ent.Country = ""
		}
		if ent.Sector != member.Sector {
			ent.Sector = ""
		}
	}
}

// within is the state named inside a mention, as in "Iranian Navy" or "Hezbollah
// of Lebanon", or empty where it names none or several.
func (c *chains) within(m *pipeline.Mention) string {
	found := ""
	for k := m.From; k < m.To; k++ {
		code, ok := lists.Demonym(c.word(k))
		if !ok {
			code, ok = lists.Country(c.word(k))
		}
		if n := c.name[k]; !ok && n >= 0 && m.Type == pipeline.Nominal {
			code = c.state[c.find(n)]
			ok = code != ""
		}
		if !ok {
			continue
		}
		if found != "" && found != code {
			return ""
		}
		found = code
	}
	return found
}

// ownerCountry is the state whose office o is, or empty.
func (c *chains) ownerCountry(o nominal.Office) string {
	if o.Of < 0 {
		if o.Owner >= 0 {
			if i := c.pronounAt(o.Owner); i >= 0 {
				return c.state[c.find(i)]
			}
		}
		return ""
	}
	if code := c.state[c.find(o.Of)]; code != "" {
		return code
	}
	if code := c.owner(o.Of); code != "" {
		return code
	}
	if c.d.Mentions[o.Of].Type == pipeline.NORP {
		code, _ := c.demonym(o.Of)
		return code
	}
	return c.within(&c.d.Mentions[o.Of])
}

// pronounAt is the mention of the pronoun at token k, or -1.
func (c *chains) pronounAt(k int) int {
	at := c.d.Tokens[k].Start
	n, found := slices.BinarySearchFunc(c.order, at, func(i, at int) int { return c.d.Mentions[i].Start - at })
	for ; found && n < len(c.order) && c.d.Mentions[c.order[n]].Start == at; n++ {
		if m := &c.d.Mentions[c.order[n]]; m.Type == pipeline.Nominal && m.From == k && m.To == k+1 {
			return c.order[n]
		}
	}
	return -1
}

// key is what makes an entity the same in every article, and whether parley is
// sure enough of it: a state by its code, a person by a name of two words or
// more, a body by its name and, where many states have one, its state.
func (c *chains) key(ent *pipeline.Entity) (string, bool) {
	name := bare(lists.Fold(ent.Name))
	switch ent.Type {
	case pipeline.Nominal, pipeline.NORP:
		return "", false
	case pipeline.Person:
		p := parsePerson(lists.Fold(ent.Name))
		return "PERSON/" + strings.Join(p.words, " "), p.full
	case pipeline.Org:
		if o, ok := lists.FindOrganisation(ent.Name); ok && (o.ISO3 == "" || o.ISO3 == ent.Country) {
			return "ORG/" + bare(lists.Fold(o.Name)), true
		}
		words := strings.Fields(name)
		if len(words) > 0 && allIn(words[len(words)-1:], generic) || allIn(words, generic) {
			if len(words) <= 2 {
				return "ORG/" + ent.Country + "/" + name, ent.Country != ""
			}
		}
		return "ORG/" + name, true
	case pipeline.GPE:
		if code := ent.Country; code != "" {
			if s, ok := lists.ByCode(code); ok && s.Name == ent.Name {
				return "GPE/" + code, true
			}
		}
		return "GPE/" + ent.Country + "/" + name, true
	}
	return string(ent.Type) + "/" + name, true
}
