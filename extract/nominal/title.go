package nominal

import (
	"strings"

	"parley/extract/lists"
	"parley/pipeline"
)

// honorifics stand between a title and a name and are no office themselves.
var honorifics = wordSet(`mr mr. mrs mrs. ms ms. dr dr. sir dame lady sheikh sheik ayatollah hojatoleslam
	haji hajji maulana mullah grand rev rev. reverend retired ret. prof. st. saint`)

// misters are what a story calls a person whom it has named before.
var misters = wordSet("mr mr. mrs mrs. ms ms.")

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
	for o.From < o.Head && v.text(o.From) == "-" {
		o.From++ // of "ex-minister" only the office
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
