package relate

import (
	"strings"

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
	a.governing(t, c, f)
	a.modified(t, c, f)
	a.times(t, c, f)
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

// dateKind sorts the text of a date: weekday, year, month, last, next, ago, …
func dateKind(s string) string {
	l := strings.ToLower(s)
	for _, w := range []string{"last", "ago", "next", "later this", "earlier", "this", "since", "tomorrow", "yesterday", "today", "later", "past", "coming", "recent", "decade", "century"} {
		if strings.Contains(l, w) {
			return w
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
