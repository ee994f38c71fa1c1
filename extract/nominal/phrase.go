package nominal

import (
	"strings"

	"parley/pipeline"
)

// personal are the pronouns that can stand for an actor.
var personal = wordSet(`he she they it him her them his their its we us our i me my you your
	those someone somebody nobody everyone everybody others himself herself themselves itself`)

// pronouns finds pronouns outside names.
func (v *view) pronouns() []pipeline.Mention {
	var out []pipeline.Mention
	for k := range v.d.Tokens {
		if v.name[k] >= 0 || !personal[v.lower(k)] {
			continue
		}
		switch w := v.lower(k); {
		case w == "us" && v.text(k) == "US":
			continue
		case w == "those" && k+1 < len(v.d.Tokens) && nominalTag(v.tag(k+1)) && v.tag(k+1) != "VBN" && v.tag(k+1) != "VBG" && v.tag(k+1) != "RB" && v.lower(k+1) != "responsible":
			continue
		}
		to := k + 1
		if v.lower(k) == "those" && to < len(v.d.Tokens) && v.lower(to) == "responsible" {
			to++
		}
		out = append(out, v.mention(pipeline.Nominal, k, to, k, "nominal.pronoun"))
	}
	return out
}

// collective heads take the complement that says of whom: "members of a
// delegation", "thousands of protesters".
var collective = wordSet(`member group number thousand hundred dozen ten million score majority minority coalition alliance crowd
	team handful pair series rest part most some many all one half family convoy delegation couple mob gang
	representative association union federation government relative resident`)

// phrases finds the noun phrases whose head the lexicon knows, but for titles
// that stand right before a name.
func (v *view) phrases(offices []Office) []pipeline.Mention {
	titled := map[int]bool{}
	for _, o := range offices {
		if o.Rule == "title.before" || o.Rule == "title.rank" {
			for k := o.From; k < o.To; k++ {
				titled[k] = true
			}
		}
	}
	var out []pipeline.Mention
	for _, s := range v.d.Sentences {
		for k := s.From; k < s.To; k++ {
			if titled[k] {
				continue
			}
			if m, ok := v.phrase(k, s); ok {
				out = append(out, m)
				if both, ok := v.withNext(m, s); ok {
					out = append(out, both)
				}
			} else if m, ok := v.bare(k, s); ok {
				out = append(out, m)
			}
		}
	}
	return out
}

// withNext joins a phrase to a bare plural after "and" that shares its
// nationality: "Tibetan refugees and monks".
func (v *view) withNext(m pipeline.Mention, s pipeline.Sentence) (pipeline.Mention, bool) {
	k := m.To + 1
	if m.To != m.Head+1 || k >= s.To || v.lower(m.To) != "and" || v.tag(k) != "NNS" || v.tag(m.Head) != "NNS" || v.name[k] >= 0 {
		return m, false
	}
	first := v.name[m.From]
	if n, ok := v.lex.At(v.d, k); !ok || n.Kind&(Human|Role) == 0 || first < 0 || v.d.Mentions[first].Type != pipeline.NORP {
		return m, false
	}
	return v.mention(pipeline.Nominal, m.From, k+1, m.Head, "nominal.pair"), true
}

// bare finds the phrases without a noun: "the three", and one person by a
// nationality, "the Iranian".
func (v *view) bare(k int, s pipeline.Sentence) (pipeline.Mention, bool) {
	if k == s.From || v.lower(k-1) != "the" {
		return pipeline.Mention{}, false
	}
	to := k + 1
	if n := v.name[k]; n >= 0 {
		if v.d.Mentions[n].Type != pipeline.NORP || v.d.Mentions[n].From != k {
			return pipeline.Mention{}, false
		}
		to = v.d.Mentions[n].To
	} else if v.tag(k) != "CD" || v.value(k) || !countWord[v.lower(k)] {
		return pipeline.Mention{}, false
	}
	if to < s.To && (v.name[to] >= 0 || nominalTag(v.tag(to)) && v.tag(to) != "RB" && v.tag(to) != "VBN" || glued(v.d, to)) {
		return pipeline.Mention{}, false
	}
	return v.mention(pipeline.Nominal, k-1, to, k, "nominal.bare"), true
}

var countWord = wordSet("two three four five six seven eight nine ten")

const anyActor = Role | Human | Body | State | Document | Region

// phrase is the smallest noun phrase headed by token k, with its article or
// count, and without relative clauses.
func (v *view) phrase(k int, s pipeline.Sentence) (pipeline.Mention, bool) {
	if v.name[k] >= 0 || !strings.HasPrefix(v.tag(k), "N") && v.lower(k) != "designate" && v.lower(k) != "elect" {
		return pipeline.Mention{}, false
	}
	quantity := collective[Singular(v.lower(k))] && v.tag(k) == "NNS" && k+1 < s.To && v.lower(k+1) == "of"
	if k-2 >= s.From && glued(v.d, k-1) && v.tag(k-2) == "CD" {
		return pipeline.Mention{}, false // "35-nation", "29-member" only describe
	}
	n, ok := v.lex.At(v.d, k)
	if !ok && !quantity || !quantity && n.Kind&anyActor == 0 {
		return pipeline.Mention{}, false
	}
	// A noun that modifies the next noun is no head; one before a name is a title.
	if next := k + 1; next < s.To {
		if v.name[next] < 0 && strings.HasPrefix(v.tag(next), "N") && !v.value(next) && !v.clauseAfter(k, next) {
			return pipeline.Mention{}, false
		}
		if m := v.name[next]; m >= 0 && v.d.Mentions[m].Type == pipeline.Person && n.Kind&Role != 0 {
			return pipeline.Mention{}, false
		}
		if v.name[next] < 0 && (honorifics[v.lower(next)] || ranks[v.lower(next)]) && next+1 < s.To && v.name[next+1] >= 0 {
			return pipeline.Mention{}, false
		}
		if w := v.text(next); (w == "-" || v.tag(next) == "HYPH") && v.d.Tokens[next].Start == v.d.Tokens[k].End {
			return pipeline.Mention{}, false
		}
	}
	from := v.left(k, s.From)
	to := k + 1
	if collective[Singular(v.lower(k))] || quantity {
		if end, ok := v.ofPhrase(to, s); ok {
			to = end
		}
	}
	to = v.residence(k, to, s)
	return v.mention(pipeline.Nominal, from, to, k, "nominal.phrase"), true
}

// clauseAfter reports whether the plural noun at k ends its phrase although the
// next word is tagged a noun: taggers take the verb of "Opposition activists
// gather" for one. A noun of the lexicon after it would be the head.
func (v *view) clauseAfter(k, next int) bool {
	if v.tag(k) != "NNS" {
		return false
	}
	_, known := v.lex.At(v.d, next)
	return !known && v.tag(next) == "NN" && strings.HasPrefix(v.d.Tokens[k].Rel, "nsubj")
}

// value reports whether token k is part of a date, a time or an amount, so that a
// noun there cannot continue the noun phrase before it ("police Monday said").
func (v *view) value(k int) bool { return v.values[k] }

// left is where the noun phrase headed by token k begins.
func (v *view) left(k, start int) int {
	from := k
	for j := k - 1; j >= start; {
		w, tag := v.lower(j), v.tag(j)
		if n := v.name[j]; n >= 0 {
			m := &v.d.Mentions[n]
			if m.To != j+1 || m.Type == pipeline.Person && from == k && v.text(j+1) != "'s" && v.text(j+1) != "’s" && !nominalTag(v.tag(j+1)) {
				break
			}
			from = m.From
			j = m.From - 1
			continue
		}
		switch {
		case w == "both" || w == "either" || w == "neither":
			return j
		case tag == "DT" || tag == "PDT" || tag == "PRP$":
			from = v.quantified(j, start)
			return from
		case tag == "POS":
			// A possessor belongs to the phrase with all its own words.
			if j-1 < start {
				return from
			}
			if v.name[j-1] >= 0 {
				return v.left(v.d.Mentions[v.name[j-1]].From, start)
			}
			return v.left(j-1, start)
		case tag == "CD":
			return v.quantified(j, start)
		case strings.HasPrefix(tag, "N") && !v.value(j), strings.HasPrefix(tag, "J"), tag == "HYPH", glued(v.d, j), affix[w]:
			from = j
			j--
		case (tag == "VBN" || tag == "VBG") && (from < k || v.name[k] < 0) && v.attributive(j, start):
			from = j
			j--
		case tag == "RB" && (w == "newly" || w == "heavily" || w == "democratically" || w == "formerly"):
			from = j
			j--
		case (w == "and" || w == "or") && j-1 >= start && from < k && v.modifierPair(j, k):
			from = j - 1
			if n := v.name[j-1]; n >= 0 {
				from = v.d.Mentions[n].From
			}
			j = from - 1
		default:
			return from
		}
	}
	return from
}

// affix are the first parts of compounds, which have no tag of their own.
var affix = wordSet("pro anti non ex co vice")

// participles that are adjectives before nouns for people and bodies, whatever
// stands before them.
var participles = wordSet(`developing neighboring neighbouring ruling warring opposing participating remaining surviving suspected
	armed masked alleged wounded injured detained accused convicted displaced exiled unidentified unnamed organized elected
	jailed sentenced united leading visiting outgoing incoming retired hooded rescued`)

// attributive reports whether the participle at j modifies the noun after it
// rather than governing it: an article, a possessor, a number or the edge of a
// clause stands before it.
func (v *view) attributive(j, start int) bool {
	if j == start || participles[v.lower(j)] {
		return v.tag(j) == "VBN" || participles[v.lower(j)]
	}
	if v.tag(j) == "VBG" && v.tag(j-1) == "IN" {
		return false
	}
	if r := v.d.Tokens[j].Rel; r != "" {
		return strings.HasPrefix(r, "amod") || strings.HasPrefix(r, "compound")
	}
	switch v.tag(j - 1) {
	case "DT", "PRP$", "POS", "CD", "JJ", "IN":
		return v.tag(j) == "VBN" || v.tag(j-1) != "IN"
	}
	return false
}

// modifierPair reports whether the "and" at j joins two modifiers of the head k:
// "police and security agents", "French and Chinese businesses".
func (v *view) modifierPair(j, k int) bool {
	a, b := j-1, j+1
	if b >= k {
		return false
	}
	if v.name[a] >= 0 && v.name[b] >= 0 {
		return v.d.Mentions[v.name[a]].Type == pipeline.NORP && v.d.Mentions[v.name[b]].Type == pipeline.NORP
	}
	if v.name[a] >= 0 || v.name[b] >= 0 || b+1 != k {
		return false
	}
	if v.tag(a) == "JJ" && v.tag(b) == "JJ" {
		return true
	}
	// Two nouns before a plural, the first without an article of its own.
	return (v.tag(a) == "NN" || v.lower(a) == "police") && v.tag(b) == "NN" && v.tag(k) == "NNS" && (a == 0 || v.tag(a-1) != "DT")
}

// quantified takes what stands before an article or a number at j and belongs to
// the count: "more than 100", "at least 400", "all the", "some 650".
func (v *view) quantified(j, start int) int {
	from := j
	for from-1 >= start && v.name[from-1] < 0 {
		w, tag := v.lower(from-1), v.tag(from-1)
		two := ""
		if from-2 >= start {
			two = v.lower(from-2) + " " + w
		}
		switch {
		case two == "more than", two == "less than", two == "fewer than", two == "at least", two == "at most", two == "up to":
			from -= 2
		case from-4 >= start && two == "many as", from-4 >= start && two == "few as":
			from -= 3
		case w == "about", w == "nearly", w == "almost", w == "around", w == "some", w == "over", w == "roughly", w == "approximately", w == "an" || w == "the" || w == "all" || w == "both" || w == "these" || w == "those" || w == "only" || w == "additional" || w == "other" || w == "another" || w == "estimated" || w == "last" || w == "first":
			if (w == "about" || w == "around" || w == "over") && (tag == "IN" && v.tag(j) != "CD" || tag == "RP" || v.d.Tokens[from-1].Rel == "compound:prt") {
				return from
			}
			from--
		case w == "several" || w == "many" || w == "few" || w == "hundred":
			from--
		case w == "-" && glued(v.d, from-1):
			from--
		case tag == "CD", tag == "PRP$", tag == "PDT":
			from--
		default:
			return from
		}
	}
	return from
}

// ofPhrase is where "of" plus a noun phrase that starts at token k ends.
func (v *view) ofPhrase(k int, s pipeline.Sentence) (int, bool) {
	if k+1 >= s.To || v.lower(k) != "of" {
		return 0, false
	}
	last := -1
	for j := k + 1; j < s.To && j < k+10; j++ {
		if n := v.name[j]; n >= 0 {
			last = v.d.Mentions[n].To - 1
			j = last
			continue
		}
		tag := v.tag(j)
		of := tag == "IN" && v.lower(j) == "of" && last == j-1 && last >= 0 && collective[Singular(v.lower(last))]
		if !nominalTag(tag) && tag != "IN" || tag == "IN" && v.lower(j) != "about" && !of || v.value(j) {
			break
		}
		if tag == "POS" || strings.HasPrefix(tag, "N") || tag == "CD" {
			last = j
		}
	}
	if last < 0 || v.tag(last) == "POS" {
		return 0, false
	}
	return last + 1, true
}

// residence extends the phrase over a place where the phrase is whom a report
// quotes ("Officials in Seoul say") and over the host of an envoy ("Syria's
// ambassador to Washington").
func (v *view) residence(head, to int, s pipeline.Sentence) int {
	if to+1 >= s.To {
		return to
	}
	w := v.lower(to)
	envoy := w == "to" && envoys[Singular(v.lower(head))]
	if w != "in" && w != "from" && !envoy {
		return to
	}
	k := to + 1
	for k < s.To && v.name[k] < 0 && (v.tag(k) == "DT" || v.tag(k) == "JJ" || v.tag(k) == "NN") && k < to+4 {
		k++
	}
	if k >= s.To || v.name[k] < 0 || !owner(v.d.Mentions[v.name[k]].Type) {
		return to
	}
	end := v.d.Mentions[v.name[k]].To
	if envoy {
		return end
	}
	for k = end; k < s.To && k < end+4; k++ {
		if speech[v.lower(k)] {
			return end
		}
		if v.tag(k) != "RB" && v.tag(k) != "VBP" && v.tag(k) != "VBZ" && !v.value(k) {
			return to
		}
	}
	return to
}

var envoys = wordSet("ambassador envoy representative emissary delegate adviser advisor consul aide")

var speech = wordSet("say says said told tell report reports reported announced confirmed added")
