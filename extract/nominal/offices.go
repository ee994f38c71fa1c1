package nominal

import (
	"strings"

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

// before finds the office that ends just before the person m, with or without a
// comma between: "South Korean Foreign Minister Ban", "the chief, Tariq Youssef,".
func (v *view) before(m *pipeline.Mention, start int) (Office, bool) {
	j := m.From - 1
	rank := -1
	mister := false
	for j >= start && v.name[j] < 0 && v.addresses(j, m.From) {
		if ranks[v.lower(j)] && v.tag(j) != "NN" {
			rank = j
		}
		mister = mister || misters[v.lower(j)]
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

// addresses reports whether token j, before the name at token end, is an honorific
// or a rank: "Mr.", "Rear Adm.", "Major-General"; but not the second half of an
// office, "Attorney General".
func (v *view) addresses(j, end int) bool {
	w := v.lower(j)
	next := ""
	if j+1 < end {
		next = v.lower(j + 1)
	}
	switch {
	case w == "general" && j > 0:
		k := j - 1
		if glued(v.d, k) {
			k--
		}
		return !generalOf[v.lower(k)]
	case honorifics[w], ranks[w]:
		return true
	case w == "-":
		return ranks[next]
	}
	return (w == "rear" || w == "vice") && strings.HasPrefix(next, "adm")
}

// generalOf are offices that end with "general" and are no ranks.
var generalOf = wordSet("secretary attorney director consul governor solicitor inspector surgeon auditor prosecutor comptroller")

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
