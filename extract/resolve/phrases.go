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
		plural := nominal.Plural(&c.d.Tokens[m.Head], c.word(m.Head))
		switch {
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
	for _, o := range c.offices {
		if o.Head == m.Head {
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

// ranksAlike groups the heads of titles that the news exchanges: a president is
// called the leader, an assistant secretary the envoy.
var ranksAlike = map[string]string{
	"leader":    "president premier minister chancellor king queen ruler chairman dictator chief head general-secretary emir sultan leader monarch secretary",
	"envoy":     "envoy ambassador negotiator representative secretary diplomat mediator minister emissary chief commissioner",
	"diplomat":  "ambassador envoy minister secretary negotiator consul counsel-general diplomat chief",
	"official":  "official spokesman spokeswoman secretary minister chief director commissioner head commander adviser envoy deputy ambassador governor",
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
	for k := range c.offices {
		o := &c.offices[k]
		if o.Former || !c.sameRank(head, i, o) {
			continue
		}
		if of := c.ownerCountry(*o); state != "" && of != "" && of != state {
			continue
		}
		p := &c.d.Mentions[o.Holder]
		after := p.Start > m.Start
		if after && (!owned && !c.introduces(i) || p.Sentence > m.Sentence+2) {
			continue
		}
		if state == "" && !definite {
			if of := c.ownerCountry(*o); of != "" && !after {
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
		if best < 0 || gap < distance {
			best, distance = k, gap
		}
	}
	if best < 0 {
		return false
	}
	o := &c.offices[best]
	return c.join(o.Holder, i, "%q is the office %q of %q", c.text(i), c.d.Text[c.d.Tokens[o.From].Start:c.d.Tokens[o.To-1].End], c.text(o.Holder))
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
		return strings.Contains(" "+alike+" ", " "+title+" ") && !c.qualified(i)
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
			return false
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

// countryPhrase joins "the country", "the island nation" and the like to the state
// spoken of: the one named last before it, but in the subject where the sentence
// before has one.
func (c *chains) countryPhrase(i int) bool {
	if code := c.ownerState(i); code != "" {
		return false // "the Russian ally" is another state
	}
	m := &c.d.Mentions[i]
	if n := c.possessed(i); n >= 0 && c.d.Mentions[n].Type != pipeline.NORP {
		return false
	}
	if w := c.headWord(m.Head); w == "ally" || w == "neighbor" || w == "neighbour" || w == "partner" || w == "power" || w == "signatory" {
		return false
	}
	n := c.salientState(m)
	return n >= 0 && c.join(n, i, "%q means the state named before it", c.text(i))
}

// salientState is the mention of the state that the text before m speaks of: the
// last state that is a subject or opens its sentence, in the nearest sentence
// that has one; else the last one named. -1 where there is none.
func (c *chains) salientState(m *pipeline.Mention) int {
	last, subject := -1, -1
	for _, j := range c.order {
		o := &c.d.Mentions[j]
		if o.Start >= m.Start {
			break
		}
		if c.state[c.find(j)] == "" || o.Type == pipeline.Nominal {
			continue
		}
		last = j
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
			if code := c.leads(c.name[k]); code != "" {
				return c.joinKnown(code, i, "%q is the government of %s", c.text(i), code)
			}
			return false
		}
		if c.definite(i) && !c.local(i) {
			if n := c.salientState(m); n >= 0 {
				return c.join(n, i, "%q means the government of the state named before it", c.text(i))
			}
		}
		return false
	}
	if !c.definite(i) {
		return false
	}
	best := -1
	for _, j := range c.order {
		o := &c.d.Mentions[j]
		if o.Start >= m.Start {
			break
		}
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
		best = j
	}
	if best >= 0 && !c.qualifiedBody(i, best) {
		return c.join(best, i, "%q refers back to %q", c.text(i), c.text(best))
	}
	return c.again(i)
}

// joinKnown joins i to a state that the article names, and does nothing where it
// does not.
func (c *chains) joinKnown(code string, i int, format string, args ...any) bool {
	first, ok := c.stateOf[code]
	return ok && c.join(first, i, format, args...)
}

// leads is the state whose office the person holds by this article, or empty.
func (c *chains) leads(person int) string {
	r := c.find(person)
	for _, o := range c.offices {
		if c.find(o.Holder) == r {
			if code := c.ownerCountry(o); code != "" {
				return code
			}
		}
	}
	return ""
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

// ofKind reports whether mention j is a body of the kind that a noun names, by
// the list of organisations or by a noun inside its name.
func (c *chains) ofKind(j int, head string) bool {
	want, ok := kinds[head]
	if !ok {
		return false
	}
	if o, ok := orgInfo(c.text(j)); ok {
		return strings.Contains(want, o.Sector) && o.Sector != ""
	}
	return head == "group" || head == "company" || head == "organization" || head == "firm" || head == "party" && strings.Contains(c.fold(j), "movement")
}

// qualifiedBody reports whether the phrase says of its body what does not suit
// the name: a noun or adjective that is neither loose nor in the name.
func (c *chains) qualifiedBody(i, j int) bool {
	m := &c.d.Mentions[i]
	name := " " + bare(c.fold(j)) + " "
	for k := m.From; k < m.Head; k++ {
		t := c.d.Tokens[k].Tag
		if c.name[k] >= 0 || !strings.HasPrefix(t, "N") && t != "CD" {
			continue
		}
		if w := c.lower(k); !strings.Contains(name, " "+w+" ") && !describing[w] {
			return true
		}
	}
	return false
}

// describing nouns say what a body does, not which one it is.
var describing = set("rebel militant labor labour news aid rights opposition separatist terrorist guerrilla energy oil gas relief world state refugee health insurgent 29-member trade advocacy")

// again joins a definite phrase to the last phrase with the same head noun, when
// none of its words contradicts it: "insurgents … the insurgents".
func (c *chains) again(i int) bool {
	if !c.definite(i) {
		return false
	}
	m := &c.d.Mentions[i]
	head := c.headWord(m.Head)
	best := -1
	for _, j := range c.order {
		o := &c.d.Mentions[j]
		if o.Start >= m.Start {
			break
		}
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
