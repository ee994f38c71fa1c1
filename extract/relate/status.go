package relate

import (
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// statuses in the order of the model's classes.
var statuses = []pipeline.Status{pipeline.Happened, pipeline.Future, pipeline.Historical, pipeline.Hypothetical, pipeline.Negated}

// statusEvidence is what tells whether c happened, will, may, did not, or is
// background: tense and helping verbs, negation, the words that govern it and
// what their frames say of their content, conditions, dates.
func (a *article) statusEvidence(t *tree, c *candidate, f *features) {
	y, kind := c.frame.Type, string(c.trigger.Kind)
	f.add("bias")
	f.add("type", y)
	f.add("frame", c.frame.Name)
	f.add("trigger", c.trigger.Text)
	f.add("kind", kind)
	f.add("tag", t.tok(c.token).Tag)
	f.add("tag", t.tok(c.token).Tag, y)
	f.add("sentence", bucket(t.sentence, 0, 1, 3, 6), kind)
	f.add("sentence", bucket(t.sentence, 0, 1, 3, 6), y)
	f.add("tense", t.tense(c.token))
	f.add("tense", t.tense(c.token), kind)
	f.add("tense", t.tense(c.token), bucket(t.sentence, 0, 1, 3, 6))
	if t.negated(c.token) {
		f.add("negated", kind)
	}
	usual, why := a.usualStatus(t, c)
	f.add("usual", string(usual))
	f.add("usual", string(usual), why)
	f.add("usual", string(usual), kind)
	f.add("usual", string(usual), y)
	f.add("usual", string(usual), c.frame.Name)
	a.lead(t, c, string(usual), f)
	old := t.background(c)
	f.add("background", old)
	f.add("background", old, string(usual))
	f.add("background", old, kind, y)
	f.add("background", old, bucket(t.sentence, 0, 1, 3, 6))
	a.governing(t, c, f)
	a.modified(t, c, f)
	a.times(t, c, f)
}

// lead adds whether c looks like the story itself: whether the first sentences
// tell an act of its type, by its word, or by the same parties.
func (a *article) lead(t *tree, c *candidate, usual string, f *features) {
	typed, worded, shared := false, false, false
	for s := 0; s < len(a.trees) && s < 2 && s < t.sentence; s++ {
		for _, o := range a.candidates[s] {
			if o.refused != "" || o.trigger.Odds == frame.Weak {
				continue
			}
			typed = typed || o.frame.Type == c.frame.Type
			worded = worded || o.trigger.Text == c.trigger.Text
		}
		for _, m := range a.trees[s].mentions {
			for _, p := range c.args {
				e := a.d.Mentions[m].Entity
				shared = shared || e >= 0 && e == a.d.Mentions[p.mention].Entity && p.role != pipeline.Source
			}
		}
	}
	f.add("lead typed", yesno(typed), usual)
	f.add("lead typed", yesno(typed), bucket(t.sentence, 0, 1, 3, 6))
	f.add("lead worded", yesno(worded), string(c.trigger.Kind))
	f.add("lead shared", yesno(shared), yesno(typed))
	f.add("last sentence", yesno(t.sentence >= len(a.trees)-2), usual)
	if v := t.clause(c.token); v >= 0 {
		f.add("lead typed", yesno(typed), t.tense(v))
		f.add("place", bucket(t.sentence, 0, 1, 3, 6), t.tense(v))
	}
}

// usualStatus is what grammar alone says of c, and the word that says it. From
// the trigger upwards the first word that speaks decides: a negation or modal
// of its verb, then what the words that it depends on say of the acts below
// them, through complements only; reporting verbs say nothing.
func (a *article) usualStatus(t *tree, c *candidate) (pipeline.Status, string) {
	x := c.token
	for n := 0; x >= 0 && n < 6; n++ {
		if s, why := t.ownStatus(x, n > 0); s != "" {
			return s, why
		}
		rel, h := bare(t.rel(x)), t.head(x)
		if h < 0 {
			break
		}
		if s, why := t.conditional(x); s != "" {
			return s, why
		}
		switch {
		case t.frames.In("say", t.lemma(h)) && (rel == "ccomp" || rel == "parataxis"):
			return pipeline.Happened, "said"
		case rel == "nsubj" || rel == "acl" && !t.infinitive(x) || rel == "parataxis" || rel == "appos":
			return pipeline.Happened, rel
		case rel == "advcl" && !t.infinitive(x):
			return pipeline.Happened, rel
		}
		if s, why := t.contentStatus(a, x, h); s != "" {
			return s, why
		}
		x = h
	}
	return pipeline.Happened, "plain"
}

// ownStatus reads the helping verbs, negation and adjectives of x itself.
func (t *tree) ownStatus(x int, above bool) (pipeline.Status, string) {
	negated, modal := t.negated(x), ""
	var s pipeline.Status
	for _, k := range t.children(x) {
		w := t.word(k)
		switch {
		case t.is(k, "aux") && k < x:
			switch w {
			case "will", "'ll", "shall", "wo", "’ll":
				s, modal = pipeline.Future, w
			case "would", "could", "may", "might", "should", "must", "can", "'d", "ca", "cannot", "ought":
				s, modal = pipeline.Hypothetical, w
			}
		case t.is(k, "amod") && !above:
			switch l := t.lemma(k); l {
			case "planned", "scheduled", "future", "upcoming", "forthcoming", "next":
				s, modal = pipeline.Future, l
			case "possible", "proposed", "potential", "alleged", "suspected", "likely", "further":
				s, modal = pipeline.Hypothetical, l
			case "past", "previous", "earlier", "recent", "former", "last":
				s, modal = pipeline.Historical, l
			}
		}
	}
	if negated {
		return pipeline.Negated, "not " + modal
	}
	if s == "" && t.verbal(x) && !above && t.tok(x).Tag == "VBN" {
		for _, k := range t.children(x) {
			if t.is(k, "aux") && t.word(k) == "had" {
				return pipeline.Historical, "had"
			}
		}
	}
	return s, modal
}

// conditional reports a clause that says only what might be.
func (t *tree) conditional(x int) (pipeline.Status, string) {
	for _, k := range t.children(x) {
		if !t.is(k, "mark", "advmod") || k > x {
			continue
		}
		switch w := t.word(k); w {
		case "if", "unless", "whether", "until", "should":
			return pipeline.Hypothetical, w
		}
	}
	return "", ""
}

// contentStatus is what word h says of the act x below it.
func (t *tree) contentStatus(a *article, x, h int) (pipeline.Status, string) {
	l := t.lemma(h)
	switch {
	case t.rel(x) == "compound", t.is(x, "obl", "nmod") && t.preposition(x) != "of" && t.preposition(x) != "for" && t.preposition(x) != "on" && t.preposition(x) != "to" && t.preposition(x) != "from" && t.preposition(x) != "against":
		return "", ""
	}
	for _, o := range a.candidates[t.sentence] {
		if o.token == h && o.refused == "" && o.frame.Content != "" && !t.frames.In("done", l) {
			return o.frame.Content, o.frame.Type
		}
	}
	switch {
	case t.frames.In("undone", l) && t.is(x, "xcomp", "obj", "ccomp", "nmod", "obl", "nsubj:pass"):
		return pipeline.Negated, l
	case t.frames.In("ahead", l) && (t.infinitive(x) || !t.verbal(x)):
		return pipeline.Future, l
	case t.frames.In("thought", l):
		return pipeline.Hypothetical, l
	case t.infinitive(x) && t.is(x, "advcl", "acl"):
		return pipeline.Hypothetical, "to"
	}
	return "", ""
}

// background sorts what the words around c say of its age: old, fresh or
// nothing.
func (t *tree) background(c *candidate) string {
	out := "none"
	for _, m := range t.mentions {
		mm := &t.d.Mentions[m]
		if mm.Type != pipeline.Date || mm.Head < t.from || mm.Head >= t.to {
			continue
		}
		near := t.clause(mm.Head) == t.clause(c.token) || mm.From > c.token && mm.From-c.token < 7
		k := dateKind(t.d.In(mm.Span))
		switch k {
		case "last", "ago", "year", "month", "dated year", "since", "decade", "century", "past", "earlier":
			if near {
				return "old " + k
			}
			out = "old far"
		case "weekday", "today", "yesterday", "this":
			if near {
				return "fresh"
			}
		case "next", "tomorrow", "coming", "later this", "later":
			if near {
				return "ahead"
			}
		default:
			if near {
				out = "date " + k
			}
		}
	}
	return out
}

// tense names the form of the verb at v with its helpers: "has VBN", "will VB",
// "to VB"; of a noun, its tag.
func (t *tree) tense(v int) string {
	if !t.verbal(v) {
		return t.tok(v).Tag
	}
	var parts []string
	for _, k := range t.children(v) {
		switch {
		case t.is(k, "aux") && k < v:
			parts = append(parts, t.word(k))
		case t.is(k, "mark") && t.word(k) == "to":
			parts = append(parts, "to")
		}
	}
	return strings.Join(append(parts, t.tok(v).Tag), " ")
}

// governing adds the words above the event, as far as they may change its
// status: "agreed to", "refused to", "plan for", "said … would".
func (a *article) governing(t *tree, c *candidate, f *features) {
	x := c.token
	for n := 1; n <= 4; n++ {
		rel := bare(t.rel(x))
		h := t.head(x)
		if h < 0 {
			f.add("root", bucket(n, 1, 2))
			break
		}
		l := t.lemma(h)
		if n <= 2 {
			f.add("above", l)
			f.add("above", bucket(n, 1), rel)
			f.add("above", rel, l)
		}
		if t.verbal(h) {
			f.add("above tense", bucket(n, 1, 2), t.tense(h))
			if t.negated(h) {
				f.add("above negated", bucket(n, 1, 2))
			}
		}
		if rel != "nsubj" {
			for _, o := range a.candidates[t.sentence] {
				if o.token == h && o.frame.Content != "" && o.refused == "" {
					f.add("content", string(o.frame.Content), bucket(n, 1, 2), rel)
					f.add("content", o.frame.Type, bucket(n, 1, 2))
					f.add("content", o.frame.Name)
				}
			}
		}
		if t.frames.In("negative", l) {
			f.add("negative", bucket(n, 1, 2))
			f.add("negative", l)
		}
		x = h
	}
	for _, o := range []int{c.token, t.clause(c.token)} {
		if o < 0 {
			continue
		}
		for _, k := range t.children(o) {
			if t.is(k, "mark") {
				f.add("mark", t.word(k), yesno(o == c.token))
			}
			if t.is(k, "advmod") {
				f.add("adverb", t.lemma(k))
			}
			if t.is(k, "advcl") {
				for _, g := range t.children(k) {
					if t.is(g, "mark", "advmod") {
						f.add("clause mark", t.word(g))
					}
				}
			}
		}
	}
	if v := t.clause(c.token); v >= 0 && v != c.token {
		f.add("clause", t.lemma(v))
		f.add("clause tense", t.tense(v))
		f.add("clause tense", t.tense(v), bare(t.rel(c.token)))
	}
}

// modified adds the adjectives, determiners and prepositions of a noun.
func (a *article) modified(t *tree, c *candidate, f *features) {
	if p := t.preposition(c.token); p != "" {
		f.add("case", p)
	}
	for _, k := range t.children(c.token) {
		switch {
		case t.is(k, "amod", "det", "nummod", "advmod"):
			f.add("modifier", t.lemma(k))
		case t.is(k, "nmod:poss"):
			f.add("modifier possessive")
		}
	}
	for x := max(t.from, c.token-2); x < c.token; x++ {
		f.add("before", t.lemma(x))
	}
}

// times adds the dates of the sentence and words that look back or ahead.
func (a *article) times(t *tree, c *candidate, f *features) {
	for _, m := range t.mentions {
		mm := &t.d.Mentions[m]
		if mm.Type != pipeline.Date {
			continue
		}
		near := "far"
		if mm.Head >= t.from && mm.Head < t.to && t.clause(mm.Head) == t.clause(c.token) {
			near = "near"
		}
		f.add("date", dateKind(t.d.In(mm.Span)), near)
		if g := mm.When.Granularity; g != "" {
			f.add("date granularity", g, near)
		}
	}
	for i := t.from; i < t.to; i++ {
		switch l := t.word(i); l {
		case "last", "ago", "previous", "previously", "former", "earlier", "since", "next", "tomorrow", "later", "upcoming",
			"planned", "scheduled", "plans", "plan", "possible", "potential", "if", "unless", "until", "could", "might", "may",
			"would", "will", "had", "expected", "before", "after", "once", "already", "again", "also", "new", "latest", "years", "decades", "long", "during", "today":
			f.add("word", l)
			f.add("word", l, string(c.trigger.Kind))
			if i >= c.token-4 && i <= c.token+4 {
				f.add("word near", l)
			}
		}
	}
}

var months = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// dateKind sorts the text of a date: weekday, year, month, last, next, ago, …
func dateKind(s string) string {
	l := strings.ToLower(s)
	for _, w := range []string{"last", "ago", "next", "later this", "earlier", "this", "since", "tomorrow", "yesterday", "today", "later", "past", "coming", "recent", "decade", "century"} {
		if strings.Contains(l, w) {
			return w
		}
	}
	for _, m := range months {
		if strings.Contains(l, m) {
			return "month"
		}
	}
	switch {
	case strings.Contains(l, "day") && len(l) < 12:
		return "weekday"
	case strings.ContainsAny(l, "0123456789") && len(l) == 4:
		return "year"
	case strings.Contains(l, "19") || strings.Contains(l, "20") && len(l) > 6:
		return "dated year"
	case strings.ContainsAny(l, "0123456789"):
		return "numbered"
	case strings.Contains(l, "year"), strings.Contains(l, "month"), strings.Contains(l, "week"):
		return "span"
	}
	return "other"
}
