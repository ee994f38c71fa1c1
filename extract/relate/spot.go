package relate

import (
	"cmp"
	"slices"
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// A candidate is a place where a frame may apply.
type candidate struct {
	frame   *frame.Frame
	trigger frame.Trigger
	token   int // head of the trigger
	span    pipeline.Span
	slots   []filled
	args    []proposal // participants that the frame's slots propose
	topics  []topic
	stands  map[int][]string // mention → slots that it stands in, whether or not the frame uses them
	refused string           // the condition that failed, or empty
	speaker []filler         // who says the clause
	met     []string         // slots whose words a condition asked for and found
}

// spot finds every candidate of a sentence, in text order: for each word the
// frames that name it, at most one trigger a frame, and says of those whose
// conditions fail which one did. The work for a word does not depend on the
// number of frames, only on how many name it.
func (t *tree) spot() []*candidate {
	var out []*candidate
	for i := t.from; i < t.to; i++ {
		kinds := t.kindsOf(i)
		if len(kinds) == 0 {
			continue
		}
		slots := map[frame.Kind][]filled{}
		best := map[*frame.Frame]*candidate{}
		var order []*frame.Frame
		for _, k := range kinds {
			for _, s := range t.frames.Named(k.lemma) {
				if s.Trigger.Kind != k.kind {
					continue
				}
				span, ok := t.match(i, s.Trigger)
				if !ok {
					continue
				}
				if old := best[s.Frame]; old != nil && old.trigger.Words() >= s.Trigger.Words() {
					continue
				} else if old == nil {
					order = append(order, s.Frame)
				}
				if slots[k.kind] == nil {
					slots[k.kind] = t.slotsOf(i, k.kind)
				}
				best[s.Frame] = &candidate{frame: s.Frame, trigger: s.Trigger, token: i, span: span, slots: slots[k.kind]}
			}
		}
		for _, f := range order {
			c := best[f]
			c.refused = t.refusal(c)
			out = append(out, c)
		}
	}
	return out
}

// A reading is a part of speech and lemma under which a token may be a trigger.
type reading struct {
	kind  frame.Kind
	lemma string
}

// kindsOf is how token i may be read. Words within names are none, but within
// names of events ("Six-Day War"); participles are read as verbs and as nouns.
func (t *tree) kindsOf(i int) []reading {
	tok := t.tok(i)
	for _, m := range t.covering[i-t.from] {
		switch t.d.Mentions[m].Type {
		case pipeline.Event, pipeline.Nominal, pipeline.Title:
		default:
			return nil
		}
	}
	lemma, word := t.lemma(i), t.word(i)
	switch {
	case tok.POS == "VERB", tok.POS == "AUX":
		out := []reading{{frame.Verb, lemma}}
		if tok.Tag == "VBG" {
			out = append(out, reading{frame.Noun, word})
		}
		return out
	case tok.POS == "NOUN", tok.POS == "PROPN":
		out := []reading{{frame.Noun, lemma}}
		if v, past := pastForms[word]; past || t.is(i, "root") && t.child(i, "nsubj", "obj") >= 0 { // a verb that was taken for a noun
			out = append(out, reading{frame.Verb, cmp.Or(v, lemma)})
		}
		return out
	case tok.POS == "ADJ":
		out := []reading{{frame.Adjective, lemma}}
		for _, v := range verbOf(word) {
			out = append(out, reading{frame.Verb, v})
		}
		return out
	}
	return nil
}

// verbOf guesses the verb of a participle that the tagger took for an
// adjective: "convicted" may be convict or convicte.
func verbOf(word string) []string {
	for _, ending := range []string{"ed", "ing"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) > 2 {
			out := []string{stem, stem + "e"}
			if n := len(stem); stem[n-1] == stem[n-2] {
				out = append(out, stem[:n-1])
			}
			if strings.HasSuffix(stem, "i") {
				out = append(out, stem[:len(stem)-1]+"y")
			}
			return out
		}
	}
	return nil
}

// match reports whether the words of a trigger stand around token i, and gives
// the text of those that touch.
func (t *tree) match(i int, tr frame.Trigger) (pipeline.Span, bool) {
	if tr.Tag != "" && !t.tagged(i, tr.Tag) {
		return pipeline.Span{}, false
	}
	from, to := i, i
	for n := len(tr.Before) - 1; n >= 0; n-- {
		from--
		if from < t.from || t.lemma(from) != tr.Before[n] && t.word(from) != tr.Before[n] {
			return pipeline.Span{}, false
		}
	}
	for _, w := range tr.After {
		at := t.below(i, to, w)
		if at < 0 {
			return pipeline.Span{}, false
		}
		if at <= to+2 {
			to = at
		}
	}
	return pipeline.Span{Start: t.d.Tokens[from].Start, End: t.d.Tokens[to].End}, true
}

// tagged reports whether i has a tag that a trigger asks for. Taggers mix up
// plurals, proper nouns and headings; the ending of the word settles it.
func (t *tree) tagged(i int, tag string) bool {
	plural := strings.HasSuffix(t.word(i), "s") && t.word(i) != t.lemma(i)
	switch tag {
	case "NNS", "NNPS":
		return plural
	case "NN", "NNP":
		return !plural
	}
	return t.tok(i).Tag == tag
}

// below finds word w behind token after: next to it, or among the dependents
// of i and theirs.
func (t *tree) below(i, after int, w string) int {
	for x := after + 1; x < min(after+3, t.to); x++ {
		if (t.word(x) == w || t.lemma(x) == w) && (x == after+1 || t.tok(after+1).POS == "DET" || t.tok(after+1).POS == "PRON") {
			return x
		}
	}
	for _, k := range t.children(i) {
		if k > i && (t.word(k) == w || t.lemma(k) == w) {
			return k
		}
		for _, g := range t.children(k) {
			if g > i && (t.word(g) == w || t.lemma(g) == w) {
				return g
			}
		}
	}
	return -1
}

// verbOnly and nounOnly are slots that only triggers of that kind have: a
// condition on them says nothing of other triggers of the same frame.
var (
	verbOnly = []frame.Slot{frame.Object, frame.Subject, frame.Indirect, frame.Infinitive, frame.Clause}
	nounOnly = []frame.Slot{frame.Compound, frame.Attribute, frame.Owner, frame.Case, "of"}
)

// refusal is the first condition of c's frame that does not hold, or empty.
func (t *tree) refusal(c *candidate) string {
	for _, cond := range c.frame.Need {
		if !t.concerns(c, cond.Slot) {
			continue
		}
		how := t.holds(c, cond)
		if how == "" {
			return cond.Text
		}
		if how == "word" {
			c.met = append(c.met, string(cond.Slot))
		}
	}
	for _, cond := range c.frame.Deny {
		if t.concerns(c, cond.Slot) && t.holds(c, cond) != "" {
			return cond.Text
		}
	}
	return ""
}

func (t *tree) concerns(c *candidate, s frame.Slot) bool {
	switch c.trigger.Kind {
	case frame.Noun:
		return !slices.Contains(verbOnly, s)
	case frame.Verb:
		return !slices.Contains(nounOnly, s)
	}
	return true
}

// holds tells how a condition is met: by a "word" in the slot that it names, by
// "any" word or by "none" standing there; empty where it is not.
func (t *tree) holds(c *candidate, cond frame.Condition) string {
	if cond.Slot == frame.Form {
		for form := range cond.Lemmas {
			if t.form(c.token, form) {
				return "word"
			}
		}
		return ""
	}
	tokens := t.standing(c, cond.Slot)
	for _, x := range tokens {
		if t.answers(x, cond) {
			return "word"
		}
	}
	switch {
	case len(tokens) == 0 && cond.None:
		return "none"
	case len(tokens) > 0 && cond.Any:
		return "any"
	}
	return ""
}

// form reports whether a verb has the named form.
func (t *tree) form(v int, form string) bool {
	switch form {
	case "passive":
		return t.verbal(v) && t.passive(v)
	case "intransitive":
		return t.verbal(v) && len(t.objects(v, 0)) == 0
	case "negated":
		return t.negated(v)
	}
	return false
}

// standing lists the tokens in a slot, which may lie within another.
func (t *tree) standing(c *candidate, s frame.Slot) []int {
	first, rest := s.Split()
	var out []int
	for _, f := range c.slots {
		if f.slot != first {
			continue
		}
		if rest == "" {
			out = append(out, f.token)
			continue
		}
		kind := frame.Noun
		if t.verbal(f.token) {
			kind = frame.Verb
		}
		for _, g := range t.slotsOf(f.token, kind) {
			if g.slot == rest && g.token != c.token {
				out = append(out, g.token)
			}
		}
	}
	return out
}

// answers reports whether the phrase at x has one of the words or kinds of a
// condition: its head, what is coordinated with it, its modifiers, and the
// noun after "of".
func (t *tree) answers(x int, cond frame.Condition) bool {
	for _, y := range t.conjuncts(x) {
		if t.word1(y, cond) {
			return true
		}
		for _, k := range t.children(y) {
			if t.is(k, "compound", "amod") || t.is(k, "nmod") && t.preposition(k) == "of" {
				if cond.Lemmas[t.lemma(k)] {
					return true
				}
			}
		}
	}
	return false
}

// word1 reports whether token y itself meets the condition.
func (t *tree) word1(y int, cond frame.Condition) bool {
	if cond.Lemmas[t.lemma(y)] || cond.Lemmas[t.word(y)] {
		return true
	}
	tok := t.tok(y)
	for _, k := range cond.Kinds {
		switch k {
		case "PRON":
			if tok.POS == "PRON" {
				return true
			}
		case "NN":
			if tok.POS == "NOUN" {
				return true
			}
		case "JJ":
			if tok.POS == "ADJ" {
				return true
			}
		}
		for _, m := range t.covering[y-t.from] {
			if string(t.d.Mentions[m].Type) == k {
				return true
			}
		}
	}
	return false
}
