package resolve

import (
	"strings"

	"parley/extract/lists"
	"parley/extract/nominal"
	"parley/pipeline"
)

// countryPhrase joins "the country", "the island nation" and the like to the state
// spoken of.
func (c *chains) countryPhrase(i int) bool {
	if code := c.ownerState(i); code != "" {
		return false // "the Russian ally" is another state
	}
	m := &c.d.Mentions[i]
	if n := c.possessed(i); n >= 0 && c.d.Mentions[n].Type != pipeline.NORP {
		return false
	}
	if w := c.headWord(m.Head); abroad[w] || w == "power" || w == "signatory" {
		return false
	}
	n := c.salientState(i)
	if n >= 0 && m.Head-m.From > 1 && c.state[c.find(n)] == "USA" {
		return false // "the west African nation": some other state
	}
	return n >= 0 && c.join(n, i, "%q means the state named before it", c.text(i))
}

// abroad are nouns for another state than the one whose they are: "its neighbor".
var abroad = set("ally neighbor neighbour partner rival enemy foe adversary counterpart opponent creditor sponsor patron backer")

// salientState is the mention of the state that the text before i speaks of: the
// last state that is a subject or opens its sentence, at most two sentences back;
// else the one named most often. -1 where there is none.
func (c *chains) salientState(i int) int {
	m := &c.d.Mentions[i]
	last, subject := -1, -1
	named := map[int]int{} // how often each state was named so far
	for _, j := range c.before(i) {
		o := &c.d.Mentions[j]
		if c.state[c.find(j)] == "" || o.Type == pipeline.Nominal {
			continue
		}
		named[c.find(j)]++
		if last < 0 || named[c.find(j)] >= named[c.find(last)] {
			last = j
		}
		if c.isSubject(o) || o.From == c.d.Sentences[o.Sentence].From || c.at(o, o.From-1) == "the" && o.From-1 == c.d.Sentences[o.Sentence].From {
			subject = j
		}
	}
	if subject >= 0 && m.Sentence-c.d.Mentions[subject].Sentence <= 2 {
		return subject
	}
	if last >= 0 {
		return last
	}
	return subject
}

// isSubject reports whether the syntax tree makes the mention a subject.
func (c *chains) isSubject(m *pipeline.Mention) bool {
	return m.Head >= 0 && m.Head < len(c.d.Tokens) && strings.HasPrefix(c.d.Tokens[m.Head].Rel, "nsubj")
}

// body joins a phrase for an organisation: a government to its state, any other
// body to the last name that ends with its noun, or is of its kind.
func (c *chains) body(i int, noun nominal.Noun) bool {
	m := &c.d.Mentions[i]
	head := c.headWord(m.Head)
	owner := c.ownerState(i)
	switch head {
	case "government", "administration", "regime":
		if owner != "" {
			return c.join(c.stateOf[owner], i, "%q is the government of %s", c.text(i), owner)
		}
		if n := c.possessed(i); n >= 0 || c.lower(m.From) == "a" || c.lower(m.From) == "an" || strings.HasSuffix(c.lower(m.From), "regional") {
			return false
		}
		if k := m.Head - 1; k >= m.From && c.name[k] >= 0 && c.d.Mentions[c.name[k]].Type == pipeline.Person {
			code := c.leads(c.name[k])
			if code == "" {
				code = c.ledBy(c.name[k])
			}
			if code != "" {
				return c.joinKnown(code, i, "%q is the government of %s", c.text(i), code)
			}
			return false
		}
		if c.definite(i) && !c.local(i) {
			if n := c.salientState(i); n >= 0 {
				return c.join(n, i, "%q means the government of the state named before it", c.text(i))
			}
		}
		return false
	}
	for k := m.From; k < m.Head; k++ {
		if n, ok := c.noun(k); ok && n.Sector == "REB" && c.armedBody(i) {
			return true
		}
	}
	if n := c.possessed(i); n >= 0 && calledSo[head] && c.d.Mentions[n].Type == pipeline.Org && c.at(m, c.d.Mentions[n].To) != "'s" && c.at(m, c.d.Mentions[n].To) != "’s" {
		if o, ok := lists.FindOrganisation(c.text(n)); !ok || o.Sector != "IGO" && o.Sector != "GOV" {
			return c.join(n, i, "%q says what %q is", c.text(i), c.text(n))
		}
	}
	if !c.definite(i) {
		return false
	}
	best := -1
	for _, j := range c.before(i) {
		o := &c.d.Mentions[j]
		if o.Type != pipeline.Org || c.state[c.find(j)] != "" {
			continue
		}
		words := strings.Fields(bare(c.fold(j)))
		if len(words) == 0 {
			continue
		}
		last := nominal.Singular(words[len(words)-1])
		if last != head && !(len(words) > 1 && nominal.Singular(words[0]) == head) && !c.ofKind(j, head) {
			continue
		}
		if owner != "" && c.owner(j) != "" && c.owner(j) != owner {
			continue
		}
		if info, ok := lists.FindOrganisation(c.text(j)); noun.Sector == "MIL" && (ok && info.Sector != "MIL" || c.armedName(j)) {
			continue // "the army" is not the Lord's Resistance Army
		}
		best = j
	}
	if best >= 0 && !c.qualifiedBody(i, best) {
		return c.join(best, i, "%q refers back to %q", c.text(i), c.text(best))
	}
	return c.again(i)
}

// calledSo are nouns that only repeat what a name before them is: "the Abu Sayyaf
// terrorist group".
var calledSo = set("group movement organization organisation militia network company firm party faction newspaper station")

// joinKnown joins i to a state that the article names, and does nothing where it
// does not.
func (c *chains) joinKnown(code string, i int, format string, args ...any) bool {
	first, ok := c.stateOf[code]
	return ok && c.join(first, i, format, args...)
}

// leads is the state whose office the person holds by this article, or empty.
func (c *chains) leads(person int) string {
	for _, j := range c.sample(person) {
		for _, k := range c.held[j] {
			if code := c.ownerCountry(c.offices[k]); code != "" {
				return code
			}
		}
	}
	return ""
}

// ledBy is the one state of this article that the list of leaders has the person
// for, by the family name, or empty. It serves "the Obama administration" only.
func (c *chains) ledBy(person int) string {
	found := ""
	for _, t := range lists.LeadersNamed(c.text(person)) {
		if _, here := c.stateOf[t.ISO3]; !here || t.ISO3 == found {
			continue
		}
		if found != "" {
			return ""
		}
		found = t.ISO3
	}
	return found
}

// local reports whether the government is that of a part of a state.
func (c *chains) local(i int) bool {
	m := &c.d.Mentions[i]
	for k := m.From; k < m.Head; k++ {
		switch c.lower(k) {
		case "regional", "local", "provincial", "city", "state", "municipal", "new", "unity", "transitional", "coalition", "interim", "previous", "other", "moderate", "own":
			return true
		}
	}
	return false
}

// kinds of bodies by what the list of organisations says of a name.
var kinds = map[string]string{
	"group": "REB NGO PTY UAF", "organization": "IGO NGO REB", "organisation": "IGO NGO REB", "bloc": "IGO", "alliance": "IGO",
	"agency": "MED", "newspaper": "MED", "network": "MED", "company": "BUS", "firm": "BUS", "movement": "REB PTY", "party": "PTY", "militia": "REB UAF",
	"union": "IGO", "body": "IGO", "broadcaster": "MED", "carrier": "BUS", "airline": "BUS", "faction": "PTY REB",
}

// agencyNames are last words of the names of what the news calls agencies.
var agencyNames = set("program programme organization organisation fund office bureau administration service")

// ofKind reports whether mention j is a body of the kind that a noun names, by
// the list of organisations or by a noun inside its name.
func (c *chains) ofKind(j int, head string) bool {
	want, ok := kinds[head]
	if !ok {
		return false
	}
	if words := strings.Fields(bare(c.fold(j))); head == "agency" && agencyNames[words[len(words)-1]] {
		return true
	}
	if o, ok := lists.FindOrganisation(c.text(j)); ok {
		return strings.Contains(want, o.Sector) && o.Sector != ""
	}
	return head == "group" || head == "company" || head == "organization" || head == "firm" || head == "party" && strings.Contains(c.fold(j), "movement")
}

// armedBody joins "the rebels", "Tamil rebels" and "the rebel group" to the one
// armed organisation of the article, where there is only one.
func (c *chains) armedBody(i int) bool {
	if w := c.lower(c.d.Mentions[i].From); c.tag(c.d.Mentions[i].From) == "CD" || w == "some" || w == "a" || w == "an" || w == "other" {
		return false
	}
	found := -1
	for _, j := range c.around(i) {
		if c.d.Mentions[j].Type != pipeline.Org || !c.armedName(j) {
			continue
		}
		if found >= 0 && c.find(found) != c.find(j) {
			return false
		}
		found = j
	}
	return found >= 0 && c.join(found, i, "%q are those of %q, the only armed group here", c.text(i), c.text(found))
}

// armedName reports whether an organisation is an armed group, by the list or by
// the word behind it: "Tamil Tiger rebels".
func (c *chains) armedName(j int) bool {
	m := &c.d.Mentions[j]
	if o, ok := lists.FindOrganisation(c.text(j)); ok && (o.Sector == "REB" || o.Sector == "UAF") {
		return true
	}
	n, ok := c.lex[nominal.Singular(c.at(m, m.To))]
	return ok && n.Sector == "REB"
}

// qualifiedBody reports whether the phrase says of its body what does not suit
// the name: a noun or adjective that is neither loose nor in the name.
func (c *chains) qualifiedBody(i, j int) bool {
	m := &c.d.Mentions[i]
	name := " " + bare(c.fold(j)) + " "
	for k := m.From; k < m.Head; k++ {
		t := c.d.Tokens[k].Tag
		if c.name[k] >= 0 || !strings.HasPrefix(t, "N") {
			continue
		}
		if w := c.lower(k); !strings.Contains(name, " "+w+" ") && !describing[w] {
			return true
		}
	}
	return false
}

// describing nouns say what a body does, not which one it is.
var describing = set("rebel militant labor labour news aid rights opposition separatist terrorist guerrilla energy oil gas relief world state refugee health insurgent member trade advocacy food")
