package nominal

import (
	"strings"

	"parley/extract/lists"
	"parley/pipeline"
)

// An Office is a title in the text together with the person who holds it.
type Office struct {
	From, To int    // tokens of the title, [From, To)
	Head     int    // token of its noun: "minister"
	Holder   int    // index into Mentions, a PERSON
	Of       int    // index into Mentions: whose office it is, or -1 where the text does not name it
	Owner    int    // token of a possessive pronoun that says whose ("its", "his"), or -1
	Former   bool   // "former", "ex-", "late", "ousted"
	Coming   bool   // will hold it: "designate", or named to it
	Rule     string // title.before, title.rank, title.apposition, title.after, title.copula
}

// Offices finds the titles that persons hold in d: before a name ("Foreign
// Minister Ban Ki-moon"), in apposition on either side of it, and said of it by
// a verb ("was elected president"). It needs tokens, tags and names.
func (f *Finder) Offices(d *pipeline.Document) []Office { return f.view(d).offices() }

func (v *view) offices() []Office {
	var out []Office
	for i := range v.d.Mentions {
		m := &v.d.Mentions[i]
		if m.Type != pipeline.Person || m.To <= m.From {
			continue
		}
		s := &v.d.Sentences[m.Sentence]
		before, ok := v.before(m, s.From)
		if ok {
			before.Holder = i
			v.joined(&before, out, s.From)
			v.home(&before, s.To)
			out = append(out, before)
			if Plural(&v.d.Tokens[before.Head], v.text(before.Head)) {
				out = append(out, v.shared(before, s.To)...)
			}
		}
		if o, ok := v.after(m, s.To); ok && !(before.Head == o.Head && before.To > 0) {
			o.Holder = i
			if before.Rule == "title.rank" {
				out = out[:len(out)-1]
			}
			out = append(out, o)
		}
		if o, ok := v.copula(m, s.To); ok {
			o.Holder = i
			out = append(out, o)
		}
	}
	return out
}

// honorifics stand between a title and a name and are no office themselves.
var honorifics = wordSet(`mr mr. mrs mrs. ms ms. dr dr. sir dame lady sheikh sheik ayatollah hojatoleslam
	haji hajji maulana mullah grand rev rev. reverend retired ret. prof. st. saint`)

// ranks are honorifics after a title and an office where they stand alone.
var ranks = wordSet(`general gen. gen major maj. maj colonel col. col lieutenant lt. lt captain capt. capt sergeant sgt.
	sgt admiral adm. adm brigadier brig. brig marshal major-general lieutenant-general brigadier-general
	vice-admiral rear-admiral commodore corporal`)

// outside are modifiers that stand before an office without being part of it.
var outside = wordSet(`former ex-president outgoing incoming current visiting new newly elected re-elected detained jailed imprisoned
	leading top exiled late longtime long-time veteran ousted deposed controversial popular influential powerful
	key main then hardline hard-line moderate radical fugitive embattled disgraced reformist conservative liberal
	socialist fellow one another other rival first-time incumbent retired prominent outspoken respected
	renowned noted famous well-known fiery firebrand suspected alleged accused convicted slain murdered wounded
	captured wanted same next previous future own recently appointed so-called self-described counterpart
	pro-western militant wealthy rich young old billionaire`)

// formers say that the office is no longer held.
var formers = wordSet("former ex late ousted deposed toppled then onetime one-time erstwhile retired")

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

func (v *view) lower(k int) string { return strings.ToLower(v.text(k)) }

// office reports whether token k is a noun for an office that a person can hold.
// Inside a name it is one only where the name is no person and ends with it.
func (v *view) office(k int) bool {
	if n := v.name[k]; n >= 0 && v.d.Mentions[n].Type == pipeline.Person {
		return false
	}
	if t := v.tag(k); !strings.HasPrefix(t, "N") && !strings.HasPrefix(t, "J") {
		return false
	}
	n, ok := v.lex.At(v.d, k)
	return ok && n.Kind&Role != 0
}

// capitalOffice reports whether token k is a capitalised noun for an office,
// however it is tagged: taggers take "King" before a name for many things.
func (v *view) capitalOffice(k int) bool {
	n, ok := v.lex.At(v.d, k)
	return ok && n.Kind&Role != 0 && v.text(k) != v.lower(k)
}

// before finds the office that ends just before the person m, with or without a
// comma between: "South Korean Foreign Minister Ban", "the chief, Tariq Youssef,".
func (v *view) before(m *pipeline.Mention, start int) (Office, bool) {
	j := m.From - 1
	rank := -1
	mister := false
	for j >= start && v.name[j] < 0 && (honorifics[v.lower(j)] || ranks[v.lower(j)] || v.text(j) == "-" && j+1 < m.From && ranks[v.lower(j+1)] ||
		(v.lower(j) == "rear" || v.lower(j) == "vice") && j+1 < m.From && strings.HasPrefix(v.lower(j+1), "adm")) {
		if ranks[v.lower(j)] && v.tag(j) != "NN" {
			rank = j
		}
		mister = mister || honorifics[v.lower(j)]
		j--
	}
	comma := j >= start && v.text(j) == ","
	if comma {
		j--
	}
	if j >= start {
		if o, ok := v.endingAt(j, start, comma); ok && (!comma || v.apposes(m, &o, mister)) {
			return o, true
		}
	}
	if rank >= 0 {
		return v.expand(Office{Head: m.From - 1, From: rank, To: m.From, Of: -1, Owner: -1, Rule: "title.rank"}, start), true
	}
	return Office{}, false
}

// apposes reports whether the office o, which a comma parts from the person m,
// describes m rather than ending a clause before it ("Speaking to the foreign
// minister, Putin said").
func (v *view) apposes(m *pipeline.Mention, o *Office, mister bool) bool {
	if Plural(&v.d.Tokens[o.Head], v.text(o.Head)) {
		return false
	}
	if h := v.d.Tokens[m.Head]; h.Head == o.Head && strings.HasPrefix(h.Rel, "appos") {
		return true
	}
	if mister {
		return false
	}
	s := v.d.Sentences[m.Sentence]
	if m.To >= s.To {
		return true
	}
	switch next := v.lower(m.To); next {
	case ",", ".", ";", "--", "-", "—", "’s", "'s", ")", "(", `"`, "''", "”":
		return true
	}
	// The title begins the sentence, so that nothing else could own it.
	first := o.From
	if o.Of >= 0 && v.d.Mentions[o.Of].From < first {
		first = v.d.Mentions[o.Of].From
	}
	for first > s.From && (v.tag(first-1) == "DT" || v.tag(first-1) == "JJ" || v.tag(first-1) == "CC") {
		first--
	}
	return first == s.From
}

// endingAt finds the office whose phrase ends with token j: the noun itself at
// j, or a noun before a complement that ends there ("president of the Lombardy
// region"). It looks back at most a dozen tokens.
func (v *view) endingAt(j, start int, comma bool) (Office, bool) {
	if v.name[j] < 0 && (v.office(j) || !comma && v.capitalOffice(j)) || v.name[j] >= 0 && v.office(j) && v.d.Mentions[v.name[j]].To == j+1 && v.d.Mentions[v.name[j]].Type == pipeline.Org {
		o := Office{Head: j, From: j, To: j + 1, Of: -1, Owner: -1, Rule: "title.before"}
		if comma {
			o.Rule = "title.apposition"
		}
		return v.expand(o, start), true
	}
	head := -1
	if v.name[j] < 0 && !nominalTag(v.tag(j)) {
		return Office{}, false
	}
	for k := j; k >= start && k > j-14; k-- {
		if v.name[k] >= 0 {
			if v.d.Mentions[v.name[k]].Type == pipeline.Person {
				break
			}
			continue
		}
		w := v.lower(k)
		if v.office(k) && k < j && complement(v.lower(k+1)) && !Plural(&v.d.Tokens[k], v.text(k)) {
			head = k
		}
		if !nominalTag(v.tag(k)) && !complement(w) && w != "and" && w != "," && w != "(" && w != ")" {
			break
		}
	}
	if head < 0 {
		return Office{}, false
	}
	o := Office{Head: head, From: head, To: head + 1, Of: -1, Owner: -1, Rule: "title.before"}
	if comma {
		o.Rule = "title.apposition"
	}
	o = v.expand(o, start)
	v.complete(&o, j+1)
	return o, true
}

func complement(w string) bool { return w == "of" || w == "for" || w == "to" || w == "at" || w == "in" }

// nominalTag reports whether a token so tagged can stand inside a noun phrase.
func nominalTag(tag string) bool {
	switch tag {
	case "NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "DT", "PRP$", "POS", "HYPH", "VBN", "VBG", "RB":
		return true
	}
	return false
}

// lowOffice are adjectives in lower case that belong to an office.
var lowOffice = wordSet(`deputy vice chief prime foreign senior assistant associate supreme general special acting interim
	first second permanent public lower upper assistant central independent temporary overseas interior home`)

// modifies reports whether token k is a modifier that belongs to the office after it.
func (v *view) modifies(k int) bool {
	w := v.lower(k)
	if v.name[k] >= 0 || outside[w] || honorifics[w] || w[0] == '\'' || strings.HasPrefix(w, "’") {
		return false
	}
	if v.text(k) != w && nominalTag(v.tag(k)) && v.tag(k) != "DT" && v.tag(k) != "PRP$" && v.tag(k) != "POS" {
		return true
	}
	switch v.tag(k) {
	case "NN", "NNP", "NNS":
		return true
	case "JJ":
		return lowOffice[w] || strings.HasSuffix(w, "al") || strings.HasSuffix(w, "ic") || strings.HasSuffix(w, "ary") ||
			strings.HasSuffix(w, "ive") || strings.HasSuffix(w, "ar") || strings.Contains(w, "-")
	case "HYPH":
		return true
	}
	return lowOffice[w]
}

// expand takes the words before the head that belong to the office, and whose
// office it is from the words before those.
func (v *view) expand(o Office, start int) Office {
	k := o.From - 1
	for k >= start {
		if v.modifies(k) {
			o.From = k
			k--
			continue
		}
		// "interior and overseas minister", but not "academic and professor"
		if w := v.lower(k); (w == "and" || w == "&") && k-1 >= start && v.modifies(k-1) && !v.office(k-1) && v.name[k-1] < 0 && o.From < o.Head {
			o.From = k - 1
			k -= 2
			continue
		}
		break
	}
	for ; k >= start; k-- {
		w := v.lower(k)
		o.Former = o.Former || formers[w]
		if !(v.name[k] < 0 && (outside[w] || v.tag(k) == "JJ" || v.tag(k) == "RB" || v.tag(k) == "VBN" || v.tag(k) == "CD")) {
			break
		}
	}
	head := v.lower(o.Head)
	o.Former = o.Former || strings.HasPrefix(v.lower(o.From), "ex-")
	o.Coming = strings.HasSuffix(head, "-designate") || strings.HasSuffix(head, "-elect")
	if k < start {
		// A sentence that was cut after an abbreviated name: "with U.S. | Ambassador …"
		if k >= 0 && k == start-1 && v.name[k] >= 0 && strings.HasSuffix(v.text(k), ".") && v.d.Mentions[v.name[k]].Type == pipeline.GPE {
			o.Of = v.name[k]
		}
		return o
	}
	if v.tag(k) == "PRP$" {
		o.Owner = k
		return o
	}
	if t := v.text(k); t == "'s" || t == "’s" || t == "'" || t == "’" {
		// The owner may be a phrase with the name inside: "the Israeli army's chief".
		for k--; k > start && k > o.From-7 && v.name[k] < 0 && (strings.HasPrefix(v.tag(k), "N") || strings.HasPrefix(v.tag(k), "J")); k-- {
		}
	}
	if k >= start && v.name[k] >= 0 && v.owns(v.name[k], o.From) {
		o.Of = v.name[k]
		if first := v.d.Mentions[o.Of].From; first > start {
			o.Former = o.Former || formers[v.lower(first-1)] // "Former Thai prime minister"
		}
	}
	return o
}

// joined shares the owner of a title with the one joined to it by "and": "Turkish
// President A and Prime Minister B".
func (v *view) joined(o *Office, found []Office, start int) {
	if o.Of >= 0 || o.Owner >= 0 || o.From-2 < start || v.lower(o.From-1) != "and" {
		return
	}
	n := v.name[o.From-2]
	if n < 0 || len(found) == 0 {
		return
	}
	if last := found[len(found)-1]; last.Holder == n && last.Of >= 0 && v.d.Mentions[last.Of].To <= last.From {
		o.Of = last.Of
	}
}

// owns reports whether the named mention n can own the office whose phrase starts
// at token from: a current of politics ("leftist") and a name tied on by a hyphen
// ("pro-Beijing") do not.
func (v *view) owns(n, from int) bool {
	m := &v.d.Mentions[n]
	if !owner(m.Type) || m.From > 0 && glued(v.d, m.From-1) || glued(v.d, m.To) && m.To < from {
		return false
	}
	if m.Type == pipeline.NORP {
		if kind, _, ok := lists.People(v.d.In(m.Span)); ok && (kind == "politics" || kind == "religion") {
			return false
		}
		if first := v.text(m.From); first == strings.ToLower(first) {
			return false
		}
	}
	return true
}

// owner reports whether a mention of type t can have offices.
func owner(t pipeline.MentionType) bool {
	switch t {
	case pipeline.GPE, pipeline.Org, pipeline.NORP, pipeline.Fac, pipeline.Loc:
		return true
	}
	return false
}

// complete reads the complement after the head up to token end: words without a
// name belong to the title ("minister of education"), a name says whose it is.
func (v *view) complete(o *Office, end int) {
	if o.To >= end || !complement(v.lower(o.To)) {
		return
	}
	best := -1
	plain := o.To + 1
	k := o.To + 1
	for ; k < end; k++ {
		if v.name[k] >= 0 {
			m := v.name[k]
			t := v.d.Mentions[m].Type
			if t == pipeline.Person {
				break
			}
			if owner(t) && (t != pipeline.Loc || v.lower(o.To) == "of") && (best < 0 || v.d.Mentions[best].Type != pipeline.Org && t == pipeline.Org) {
				best = m
			}
			continue
		}
		w := v.lower(k)
		if !nominalTag(v.tag(k)) && !complement(w) && w != "and" {
			break
		}
		if best < 0 && strings.HasPrefix(v.tag(k), "N") {
			plain = k + 1
		}
	}
	if v.lower(o.To) == "to" && best >= 0 {
		// "ambassador to Japan": the host is part of the title, the sender owns it.
		o.To = v.d.Mentions[best].To
		return
	}
	if best < 0 && plain > o.To+1 {
		o.To = plain
	}
	if o.Of < 0 {
		o.Of = best
	}
}

// after finds an office in apposition behind the person m: "John Kerry, the
// secretary of state,".
func (v *view) after(m *pipeline.Mention, end int) (Office, bool) {
	k := m.To
	if k < end && v.text(k) == "(" {
		for k < end && v.text(k) != ")" {
			k++
		}
		k++
	}
	if k >= end || v.text(k) != "," {
		return Office{}, false
	}
	k++
	if k+2 < end && v.lower(k) == "who" && (v.lower(k+1) == "is" || v.lower(k+1) == "was") {
		k += 2
	}
	o, ok := v.startingAt(k, end)
	if !ok {
		return Office{}, false
	}
	o.Rule = "title.after"
	return o, true
}

// startingAt finds the office whose noun phrase starts with token k. The phrase
// must not run into the name of another person, whose title it would be.
func (v *view) startingAt(k, end int) (Office, bool) {
	head, start := -1, k
	for ; k < end && k < start+14; k++ {
		if n := v.name[k]; n >= 0 {
			if v.d.Mentions[n].Type == pipeline.Person {
				return Office{}, false
			}
			head = -1
			if v.office(k) && v.d.Mentions[n].To == k+1 {
				head = k
			}
			continue
		}
		t := v.tag(k)
		if !nominalTag(t) && v.lower(k) != "and" {
			break
		}
		if v.lower(k) == "and" {
			if head >= 0 || k+1 >= end || !nominalTag(v.tag(k+1)) {
				break
			}
			continue
		}
		switch {
		case v.office(k):
			head = k
		case t != "POS" || head < 0:
			head = -1
		}
		if t == "POS" {
			head = -1
		}
	}
	if head < 0 || Plural(&v.d.Tokens[head], v.text(head)) {
		return Office{}, false
	}
	if k < end && k == head+1 && v.text(k) == "," && k+1 < end && v.name[k+1] >= 0 && v.d.Mentions[v.name[k+1]].Type == pipeline.Person {
		// "…, the president, Hu Jintao": the title of the one who follows.
		return Office{}, false
	}
	if v.anothers(head+1, min(end, head+16)) {
		return Office{}, false
	}
	o := v.expand(Office{Head: head, From: head, To: head + 1, Of: -1, Owner: -1}, start)
	v.complete(&o, min(end, head+16))
	return o, true
}

// anothers reports whether the complement that starts at token k runs into the
// name of a person, whose title it is then: "Deputy Director of the Policy Bureau
// Hideo Ishizuki". A person with a title of his own ends it: "aide to President Bush".
func (v *view) anothers(k, end int) bool {
	if k >= end || !complement(v.lower(k)) {
		return false
	}
	for ; k < end; k++ {
		if n := v.name[k]; n >= 0 {
			if v.d.Mentions[n].Type == pipeline.Person {
				w := v.lower(k - 1)
				return !honorifics[w] && !ranks[w] && !v.office(k-1) && !complement(w)
			}
			continue
		}
		if !nominalTag(v.tag(k)) && !complement(v.lower(k)) && v.lower(k) != "and" {
			return false
		}
	}
	return false
}

// copula finds an office that a verb says of the person m: "is the leader of",
// "was appointed prime minister", "as president".
func (v *view) copula(m *pipeline.Mention, end int) (Office, bool) {
	k := m.To
	for k < end && (v.tag(k) == "RB" || v.tag(k) == "MD") && k < m.To+3 {
		k++
	}
	if k >= end {
		return Office{}, false
	}
	appointed := false
	switch v.lower(k) {
	case "is", "was", "became", "becomes", "remains", "has", "had", "be":
		k++
		for k < end && (v.lower(k) == "been" || v.tag(k) == "RB") {
			k++
		}
		if k < end && appointing[v.lower(k)] {
			appointed = true
			k++
		}
	case "as":
		appointed = true
		k++
	default:
		return Office{}, false
	}
	if k < end && appointed && (v.lower(k) == "as" || v.lower(k) == "in" && k+1 < end && v.lower(k+1) == "as") {
		k++
		if v.lower(k) == "as" {
			k++
		}
	}
	if k >= end {
		return Office{}, false
	}
	definite := v.lower(k) == "the" || v.tag(k) == "PRP$" || v.name[k] >= 0
	if !appointed && !definite {
		return Office{}, false
	}
	o, ok := v.startingAt(k, end)
	if !ok {
		return Office{}, false
	}
	o.Rule = "title.copula"
	return o, true
}

var appointing = wordSet("appointed named elected re-elected reelected chosen sworn installed declared crowned nominated inaugurated proclaimed confirmed")

// home takes the country behind the holder's name, where the title has no owner
// before it: "President Omar Bongo of Gabon".
func (v *view) home(o *Office, end int) {
	k := v.d.Mentions[o.Holder].To
	if o.Of >= 0 || k+1 >= end || v.lower(k) != "of" {
		return
	}
	if k++; v.lower(k) == "the" && k+1 < end {
		k++
	}
	noun, _ := v.lex.At(v.d, o.Head)
	if n := v.name[k]; n >= 0 && v.d.Mentions[n].Type == pipeline.GPE && (noun.Sector == "GOV" || noun.Sector == "LEG") {
		o.Of = n
	}
}

// shared gives a plural title to the persons that follow the first one:
// "Presidents Vicente Fox and George Bush".
func (v *view) shared(o Office, end int) []Office {
	var out []Office
	last := v.d.Mentions[o.Holder].To
	for last < end {
		k := last
		for k < end && k < last+8 && (v.name[k] < 0 || v.d.Mentions[v.name[k]].Type != pipeline.Person) {
			w := v.lower(k)
			if v.name[k] < 0 && w != "," && w != "and" && w != "of" && w != "from" && w != "the" {
				return out
			}
			k++
		}
		if k >= end || v.name[k] < 0 || v.d.Mentions[v.name[k]].Type != pipeline.Person {
			return out
		}
		next := o
		next.Holder = v.name[k]
		if o.Of >= 0 && v.d.Mentions[o.Of].From > o.Head {
			next.Of = -1
		}
		v.home(&next, end)
		out = append(out, next)
		last = v.d.Mentions[next.Holder].To
	}
	return out
}
