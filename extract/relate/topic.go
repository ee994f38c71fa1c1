package relate

import (
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// A topic is a phrase that may say what an event is about. It comes from a slot
// of the frame, from the order of words behind the trigger, or from both: trees
// are wrong most often about what a preposition belongs to, and a phrase that
// directly follows its trigger hardly ever belongs elsewhere.
type topic struct {
	pipeline.Span
	from, to int        // tokens [from, to)
	slot     frame.Slot // of the frame, or empty
	rank     int        // place of the slot in the frame's order
	lead     string     // the word before it: "on", "to"; "obj" or "compound" where it touches the trigger
	gap      int        // tokens between trigger and lead
	cut      int        // how many places to end it were passed over
}

// where tells how the phrase was found, for explanation.
func (p *topic) where() string {
	if p.slot != "" {
		return string(p.slot)
	}
	return "words: after " + p.lead
}

// Bounds on how far and how often the search for topics looks, so that its work
// is linear in the number of candidates.
const (
	topicReach = 14
	topicLong  = 25
	topicLeads = 5
	topicCuts  = 4
)

// proposeTopics lists the phrases that may be the topic of c.
func (t *tree) proposeTopics(c *candidate, slots []frame.Slot) {
	first, last := t.tokensOf(c.span)
	t.topicsBehind(c, last)
	if c.trigger.Kind == frame.Noun {
		t.topicBefore(c, first)
	}
	for rank, slot := range slots {
		for _, x := range t.standing(c, slot) {
			if t.dated(x) || slot == frame.Compound && t.named(x) >= 0 {
				continue
			}
			from, to, ok := t.phraseTokens(x)
			if !ok || from <= first && to > last {
				continue
			}
			t.addTopic(c, topic{from: from, to: to, slot: slot, rank: rank})
		}
	}
}

// tokensOf gives the first and last token of a span.
func (t *tree) tokensOf(s pipeline.Span) (first, last int) {
	first, last = -1, -1
	for i := t.from; i < t.to; i++ {
		if t.d.Tokens[i].Start < s.End && s.Start < t.d.Tokens[i].End {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// addTopic adds a phrase once; the slot of a phrase that is there already is
// noted with it.
func (t *tree) addTopic(c *candidate, p topic) {
	p.from = t.pastArticle(p.from, p.to)
	if p.from >= p.to {
		return
	}
	for i := range c.topics {
		if o := &c.topics[i]; o.from == p.from && o.to == p.to {
			if o.slot == "" {
				o.slot, o.rank = p.slot, p.rank
			}
			return
		}
	}
	p.Span = pipeline.Span{Start: t.d.Tokens[p.from].Start, End: t.d.Tokens[p.to-1].End}
	c.topics = append(c.topics, p)
}

// pastArticle skips articles and opening marks.
func (t *tree) pastArticle(from, to int) int {
	for from < to && (t.tok(from).POS == "PUNCT" || !t.determining(from)) {
		from++
	}
	return from
}

// topicsBehind reads phrases off the order of words: what follows the trigger
// itself, and what follows a preposition or "to" close behind it.
func (t *tree) topicsBehind(c *candidate, last int) {
	leads := 0
	if x := last + 1; x < t.to && !t.stop(x) && !t.leading(x) {
		t.cuts(c, topic{from: x, lead: "obj"})
		leads++
	}
	for x := last + 1; x < min(last+topicReach, t.to) && leads < topicLeads; x++ {
		if t.tok(x).Tag == "." || t.word(x) == ";" {
			return
		}
		if t.leading(x) && x+1 < t.to && !t.dated(x+1) {
			t.cuts(c, topic{from: x + 1, lead: t.word(x), gap: x - last - 1})
			leads++
		}
	}
}

// leading reports whether token x may lead to a topic.
func (t *tree) leading(x int) bool {
	switch t.tok(x).Tag {
	case "IN", "TO":
		return true
	}
	return t.word(x) == "that" && t.tok(x).POS == "SCONJ"
}

// stop reports whether no phrase can begin at x.
func (t *tree) stop(x int) bool {
	switch t.tok(x).POS {
	case "PUNCT", "CCONJ", "AUX", "SCONJ":
		return t.word(x) != "\""
	}
	return false
}

// cuts adds the phrase that begins at p.from with each of the first places
// where it may end: before punctuation, a preposition, a conjunction, a finite
// verb, a relative pronoun or a date.
func (t *tree) cuts(c *candidate, p topic) {
	for y := p.from + 1; y <= min(p.from+topicLong, t.to) && p.cut < topicCuts; y++ {
		if y < t.to && !t.cutBefore(y) {
			continue
		}
		if prev := t.tok(y - 1).POS; prev == "DET" || prev == "ADP" || prev == "CCONJ" || prev == "PART" || prev == "PUNCT" || prev == "AUX" {
			if y < t.to {
				continue
			}
		}
		p.to = y
		for p.to > p.from && t.tok(p.to-1).POS == "PUNCT" {
			p.to--
		}
		t.addTopic(c, p)
		p.cut++
		if y < t.to && (t.tok(y).Tag == "." || t.word(y) == ";") {
			return
		}
	}
}

// cutBefore reports whether a phrase may end before token y.
func (t *tree) cutBefore(y int) bool {
	switch t.tok(y).Tag {
	case ",", ".", ":", "''", "-LRB-", "-RRB-", "CC", "IN", "TO", "VBD", "VBZ", "VBP", "MD", "WDT", "WP", "WRB":
		return true
	}
	return t.tok(y).POS == "PUNCT" || t.dated(y)
}

// topicBefore adds what directly precedes a noun: "arms control" of "arms
// control agreement".
func (t *tree) topicBefore(c *candidate, first int) {
	from := first
	for from > t.from && first-from < 4 {
		p := t.tok(from - 1)
		if p.POS != "NOUN" && p.POS != "ADJ" && p.Tag != "HYPH" || t.named(from-1) >= 0 || t.dated(from-1) {
			break
		}
		from--
	}
	if from < first {
		t.addTopic(c, topic{from: from, to: first, lead: "compound"})
	}
}

// phraseTokens are the tokens of the phrase at token, without its preposition,
// and of a clause only from its verb on. Relative clauses, dates and
// attributions do not belong to it.
func (t *tree) phraseTokens(token int) (from, to int, ok bool) {
	clausal := t.verbal(token)
	from, to = t.extent(token, func(k int) bool {
		if t.is(k, "punct", "discourse", "vocative", "parataxis", "dep", "obl:tmod", "nmod:tmod", "obl:unmarked") {
			return false
		}
		if t.head(k) != token {
			return true
		}
		switch {
		case t.is(k, "acl:relcl", "cc:preconj"), k < token && t.is(k, "case", "mark", "advmod", "cc"):
			return false
		case clausal && k < token && t.is(k, "nsubj", "aux", "expl", "obl", "advcl"):
			return false
		case t.is(k, "advcl"):
			return t.infinitive(k)
		case t.is(k, "obl") && t.preposition(k) == "according-to":
			return false
		}
		return !t.dated(k)
	})
	for to > from && t.tok(to-1).POS == "PUNCT" {
		to--
	}
	from = t.pastArticle(from, to)
	return from, to, from < to
}

// topicEvidence is what speaks for a phrase being the topic of c.
func (a *article) topicEvidence(t *tree, c *candidate, p *topic, f *features) {
	y, kind := c.frame.Type, string(c.trigger.Kind)
	slot := string(p.slot)
	f.add("bias")
	f.add("slot", slot)
	f.add("slot", slot, y)
	f.add("slot", slot, c.frame.Name)
	f.add("slot", slot, "cut", bucket(p.cut, 0, 1, 2))
	f.add("slot first", yesno(slot != "" && p.rank == 0), y)
	gap := "none"
	if p.lead != "" {
		gap = bucket(p.gap, 0, 2, 5)
		f.add("lead", p.lead, gap)
		f.add("lead", p.lead, y)
		f.add("lead", p.lead, gap, y)
		f.add("lead", p.lead, gap, kind)
		f.add("lead", p.lead, c.frame.Name)
		f.add("lead", p.lead, "slot", slot)
		f.add("lead", p.lead, c.trigger.Text)
	}
	f.add("both", yesno(slot != ""), gap)
	f.add("both", yesno(slot != ""), yesno(p.lead != ""), y)
	n := bucket(p.to-p.from, 1, 2, 4, 7, 11, 16)
	f.add("long", n)
	f.add("long", n, y)
	f.add("long", n, p.lead)
	f.add("cut", bucket(p.cut, 0, 1, 2), p.lead)
	f.add("starts", t.tok(p.from).Tag, p.lead)
	f.add("starts", t.tok(p.from).Tag, y)
	f.add("starts", t.lemma(p.from))
	f.add("ends", t.tok(p.to-1).Tag)
	if p.to < t.to {
		f.add("then", t.tok(p.to).Tag, n)
		f.add("then", t.word(p.to))
	} else {
		f.add("then", "end", n)
	}
	a.topicHolds(t, c, p, f)
}

// topicHolds adds what lies within the phrase.
func (a *article) topicHolds(t *tree, c *candidate, p *topic, f *features) {
	y := c.frame.Type
	whole := true
	for x := p.from; x < p.to; x++ {
		if h := t.head(x); (h < p.from || h >= p.to) && t.tok(x).POS != "PUNCT" {
			if !whole {
				f.add("two heads")
			}
			whole = false
			f.add("head", t.lemma(x))
			f.add("head", t.lemma(x), y)
			f.add("head", t.tok(x).POS, p.lead)
			f.add("head", t.tok(x).POS, y)
			f.add("path", t.path(c.token, x, 4), y)
		}
	}
	for _, m := range t.mentions {
		mm := &t.d.Mentions[m]
		if mm.From < p.from || mm.To > p.to {
			if mm.From < p.to && p.from < mm.To {
				f.add("breaks", string(mm.Type))
			}
			continue
		}
		if mm.Type == pipeline.Date {
			f.add("holds date", yesno(mm.From == p.from))
		}
		if mm.From == p.from && mm.To == p.to {
			f.add("is", a.sorts[m], y)
			f.add("is", a.sorts[m], p.lead)
		} else if mm.From == p.from {
			f.add("begins with", a.sorts[m], p.lead)
		}
		for _, g := range c.args {
			if g.mention == m && g.role != pipeline.At {
				f.add("fills", string(g.role), yesno(mm.From == p.from), y)
			}
		}
	}
	for _, o := range a.candidates[t.sentence] {
		if o.refused == "" && o.token >= p.from && o.token < p.to {
			f.add("act", yesno(o.token == p.from), p.lead)
			f.add("act", o.frame.Type, y)
		}
	}
	if strings.Contains(t.d.In(p.Span), "\n") {
		f.add("two lines")
	}
}
