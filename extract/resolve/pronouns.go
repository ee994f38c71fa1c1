package resolve

import (
	"strings"

	"parley/extract/nominal"
	"parley/pipeline"
)

var pronouns = set(`he she they it him her them his hers their its we us our i me my you your himself herself themselves itself
	those someone somebody nobody everyone everybody others`)

// gender of a pronoun, of a title or of a given name.
type gender int

const (
	unknown gender = iota
	male
	female
)

// pronouns joins "he", "she", "they" and "it" to the mention that they most
// likely stand for: the subject of the clause before, else the nearest fitting
// mention of the sentence before. Other pronouns stay alone.
func (c *chains) pronouns() {
	for _, i := range c.order {
		m := &c.d.Mentions[i]
		if m.Type != pipeline.Nominal || !c.pronoun(i) || m.Sentence < 0 {
			continue
		}
		var want func(j int) bool
		switch strings.ToLower(c.text(i)) {
		case "he", "him", "his", "himself":
			want = func(j int) bool { return c.isPerson(j) && c.genderOf(j) != female }
		case "she", "her", "hers", "herself":
			want = func(j int) bool { return c.isPerson(j) && c.genderOf(j) != male }
		case "they", "them", "their", "themselves":
			if c.pairInSight(i) {
				continue // two that were named together: groups will join them
			}
			want = c.isMany
		case "it", "its", "itself":
			want = c.isThing
		default:
			continue
		}
		if j := c.antecedent(i, want); j >= 0 {
			c.join(j, i, "%q stands for %q", c.text(i), c.text(j))
		}
	}
}

// pairInSight reports whether the plural pronoun i follows no plural phrase in its
// own sentence and the one before, but names joined by "and", or two persons.
func (c *chains) pairInSight(i int) bool {
	m := &c.d.Mentions[i]
	for _, j := range c.inSentences(i, m.Sentence-1, m.Sentence) {
		o := &c.d.Mentions[j]
		if o.End <= m.Start && c.isMany(j) && (c.isSubject(o) || o.From <= c.d.Sentences[o.Sentence].From+2) {
			return false
		}
	}
	return len(c.pairBefore(i)) > 1
}

// isPerson reports whether mention j is one person.
func (c *chains) isPerson(j int) bool {
	m := &c.d.Mentions[j]
	if m.Type == pipeline.Person {
		return !c.attributive(m)
	}
	if m.Type != pipeline.Nominal || c.pronoun(j) || m.Head < 0 {
		return m.Type == pipeline.Nominal && c.pronoun(j) && c.has(j, pipeline.Person)
	}
	n, ok := c.noun(m.Head)
	return ok && n.Kind&(nominal.Role|nominal.Human) != 0 && !nominal.Plural(&c.d.Tokens[m.Head], c.word(m.Head)) && c.d.Tokens[m.Head].Tag != "NNS"
}

// attributive reports whether a name only modifies a noun: "the Bush
// administration", "Bush's plan" does not.
func (c *chains) attributive(m *pipeline.Mention) bool {
	next := c.at(m, m.To)
	return next != "" && c.name[m.To] < 0 && strings.HasPrefix(c.tag(m.To), "N") && c.value[m.To] < 0
}

// isMany reports whether mention j is several, or a body that acts as many.
func (c *chains) isMany(j int) bool {
	m := &c.d.Mentions[j]
	switch m.Type {
	case pipeline.Nominal:
		if c.pronoun(j) {
			w := strings.ToLower(c.text(j))
			return w == "they" || w == "them" || w == "their"
		}
		return m.Head >= 0 && (nominal.Plural(&c.d.Tokens[m.Head], c.word(m.Head)) || c.lower(m.Head) == "police")
	case pipeline.NORP:
		return c.headAfter(m) < 0
	}
	return false
}

// isThing reports whether mention j is a state, a body or a thing.
func (c *chains) isThing(j int) bool {
	m := &c.d.Mentions[j]
	switch m.Type {
	case pipeline.GPE, pipeline.Org, pipeline.Fac, pipeline.Product:
		return !c.attributive(m)
	case pipeline.Nominal:
		if c.pronoun(j) {
			return strings.ToLower(c.text(j)) == "it"
		}
		n, ok := c.noun(m.Head)
		return ok && n.Kind&(nominal.Body|nominal.State) != 0 && !nominal.Plural(&c.d.Tokens[m.Head], c.word(m.Head))
	}
	return false
}

// genderOf is the gender that the text gives the chain of a person: a title, an
// honorific, or a pronoun joined before.
func (c *chains) genderOf(j int) gender {
	for _, k := range c.sample(j) {
		m := &c.d.Mentions[k]
		switch c.at(m, m.From-1) {
		case "mr.", "mr", "sir", "king", "prince", "lord", "pope":
			return male
		case "mrs.", "mrs", "ms.", "ms", "queen", "princess", "lady", "dame":
			return female
		}
		words := strings.Fields(strings.ToLower(c.text(k)))
		for _, w := range words {
			switch w {
			case "he", "him", "his", "man", "father", "son", "brother", "husband", "spokesman", "king", "boy", "businessman", "congressman":
				return male
			case "she", "her", "hers", "woman", "mother", "daughter", "sister", "wife", "spokeswoman", "queen", "girl", "widow", "congresswoman":
				return female
			}
		}
	}
	for _, k := range c.sample(j) {
		for _, o := range c.held[k] {
			switch w := c.lower(c.offices[o].Head); {
			case strings.HasSuffix(w, "woman"), w == "queen", w == "princess", w == "actress":
				return female
			case strings.HasSuffix(w, "man") && w != "human" && w != "chairman" && w != "spokesman", w == "king", w == "prince", w == "pope":
				return male
			}
		}
	}
	return unknown
}

// antecedent is the mention before i that it most likely stands for, among those
// that fit: in its own sentence the subject, then any other; then the same in the
// sentences before, at most three. -1 where none fits.
func (c *chains) antecedent(i int, fits func(int) bool) int {
	m := &c.d.Mentions[i]
	subject := -1
	for _, j := range c.inSentences(i, m.Sentence, m.Sentence) {
		if o := &c.d.Mentions[j]; c.sameClauseObject(m, o) {
			subject = c.find(j)
		}
	}
	for s := m.Sentence; s >= 0 && s >= m.Sentence-3; s-- {
		best, score := -1, 0
		for _, j := range c.inSentences(i, s, s) {
			o := &c.d.Mentions[j]
			if o.End > m.Start || !fits(j) || c.find(j) == subject {
				continue
			}
			v := 1
			if c.isSubject(o) {
				v += 4
			}
			if o.From <= c.d.Sentences[s].From+2 {
				v += 2
			}
			if o.Type == pipeline.Person || o.Type == pipeline.Nominal && c.pronoun(j) {
				v++
			}
			if s == m.Sentence && c.at(o, o.To) == "said" {
				v++
			}
			if best < 0 || v >= score+boolInt(s != m.Sentence) {
				best, score = j, v
			}
		}
		if best >= 0 {
			return best
		}
	}
	return -1
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sameClauseObject reports whether the pronoun m is the object of the verb whose
// subject is o: "Chavez called him" cannot mean Chavez himself.
func (c *chains) sameClauseObject(m, o *pipeline.Mention) bool {
	if m.Head < 0 || o.Head < 0 {
		return false
	}
	a, b := c.d.Tokens[m.Head], c.d.Tokens[o.Head]
	return a.Rel != "" && a.Head >= 0 && a.Head == b.Head && strings.HasPrefix(b.Rel, "nsubj") && !strings.HasPrefix(a.Rel, "nsubj")
}
