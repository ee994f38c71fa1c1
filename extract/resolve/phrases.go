package resolve

import (
	"strings"

	"parley/extract/lists"
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
	if w := c.headWord(m.Head); w == "ally" || w == "neighbor" || w == "neighbour" || w == "partner" || w == "power" || w == "signatory" {
		return false
	}
	n := c.salientState(i)
	if n >= 0 && m.Head-m.From > 1 && c.state[c.find(n)] == "USA" {
		return false // "the west African nation": some other state
	}
	return n >= 0 && c.join(n, i, "%q means the state named before it", c.text(i))
}

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
		if o, ok := orgInfo(c.text(n)); !ok || o.Sector != "IGO" && o.Sector != "GOV" {
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
		if info, ok := orgInfo(c.text(j)); noun.Sector == "MIL" && (ok && info.Sector != "MIL" || c.armedName(j)) {
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
	if o, ok := orgInfo(c.text(j)); ok {
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
	if o, ok := orgInfo(c.text(j)); ok && (o.Sector == "REB" || o.Sector == "UAF") {
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
