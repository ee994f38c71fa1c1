package relate

import (
	"slices"

	"parley/extract/frame"
	"parley/pipeline"
)

// modeEvidence is what speaks for one mode of c: that it is the frame's own,
// and cue words in what c governs, beside it, and in the sentence.
func (a *article) modeEvidence(t *tree, c *candidate, mode string, f *features) {
	y := c.frame.Type
	own := c.frame.Mode == mode
	f.add("bias")
	f.add("own", yesno(own), yesno(c.frame.Mode != ""))
	f.add("own", yesno(own), y)
	f.add("mode", mode, y)
	f.add("mode", mode, c.frame.Name)
	f.add("mode", mode, c.trigger.Text, y)
	f.add("mode", mode, string(c.trigger.Kind), y)
	cues := a.cuesOf(t, c)
	inside, beside, about := slices.Contains(cues.inside, mode), slices.Contains(cues.beside, mode), slices.Contains(cues.about, mode)
	parties := 0
	for i := t.from; i < t.to; i++ {
		if i >= cues.from && i < cues.to || i >= c.token-3 && i <= c.token+3 {
			f.add("with", mode, t.lemma(i))
		}
	}
	f.add("cue", yesno(inside), yesno(beside), yesno(about))
	f.add("cue", yesno(inside), yesno(beside), yesno(own))
	f.add("cue", yesno(inside), yesno(beside), mode, y)
	if !inside && !beside {
		f.add("cue about", yesno(about), mode, y)
	}
	for _, p := range c.args {
		if p.role == pipeline.Actor {
			parties++
		}
	}
	f.add("parties", bucket(parties, 0, 1, 2), mode)
	for _, o := range a.candidates[t.sentence] {
		if o.token != c.token && o.refused == "" && t.head(o.token) == c.token {
			f.add("over", o.frame.Name, mode)
			f.add("over", o.frame.Type, mode, y)
		}
	}
}

// cues are the modes that words of a sentence point to, for one candidate: words
// of the trigger or close before it, others of its phrase or clause [from, to),
// and those about them.
type cues struct {
	of                    *candidate
	from, to              int
	inside, beside, about []string
}

// cuesOf finds them once for all modes of c.
func (a *article) cuesOf(t *tree, c *candidate) *cues {
	q := &a.cues
	if q.of == c {
		return q
	}
	*q = cues{of: c, inside: q.inside[:0], beside: q.beside[:0], about: q.about[:0]}
	q.from, q.to = t.extent(c.token, func(int) bool { return true })
	for i := t.from; i < t.to; i++ {
		list := &q.about
		switch {
		case i == c.token || i >= c.token-3 && i < c.token:
			list = &q.inside
		case i >= q.from && i < q.to:
			list = &q.beside
		}
		*list = append(append(*list, c.frame.Cues[t.lemma(i)]...), c.frame.Cues[t.word(i)]...)
	}
	return q
}

// themes count the words of each of frame.Contexts around one event.
type themes struct {
	own      []int // in the event's own phrase or clause
	sentence []int
}

// themesOf counts the words of all contexts in one pass over the sentence.
func (t *tree) themesOf(c *candidate) themes {
	from, to := t.extent(c.token, func(int) bool { return true })
	from, to = min(from, c.token-3), max(to, c.token+6)
	n := themes{make([]int, len(frame.Contexts)), make([]int, len(frame.Contexts))}
	for i := t.from; i < t.to; i++ {
		for _, x := range t.contexts[i-t.from] {
			n.sentence[x]++
			if i >= from && i < to {
				n.own[x]++
			}
		}
	}
	return n
}

// themed reports whether context x may be one of c's at all: something in the
// article has a word of it, or such events usually have it. Few articles have
// words of more than a dozen contexts.
func (a *article) themed(c *candidate, x int) bool {
	return a.words[x] > 0 || slices.Contains(c.frame.Contexts, frame.Contexts[x])
}

// contextEvidence is what speaks for context x, an index into frame.Contexts,
// of c: its words, those of the sentence, those of the article, and what events
// of this kind usually are about.
func (a *article) contextEvidence(t *tree, c *candidate, n themes, x int, f *features) {
	y, context := c.frame.Type, frame.Contexts[x]
	own, sentence := bucket(n.own[x], 0, 1, 2), bucket(n.sentence[x], 0, 1, 2, 4)
	f.add("bias")
	f.add("own words", own)
	f.add("own words", own, context)
	f.add("sentence", sentence)
	f.add("sentence", sentence, context)
	total, rank := bucket(a.words[x], 0, 1, 3, 6, 12), bucket(a.ranks[x], 0, 1, 2, 4, 8)
	f.add("article", total)
	f.add("article", total, context)
	f.add("rank", rank, context)
	f.add("rank", rank)
	usual := yesno(slices.Contains(c.frame.Contexts, context))
	f.add("usual", usual)
	f.add("usual", usual, context)
	f.add("context", context)
	f.add("context", context, y)
	f.add("context", context, c.frame.Name)
	f.add("context", context, c.trigger.Text)
	for _, p := range c.args {
		f.add("context", context, string(p.role), string(t.d.Mentions[p.mention].Type))
	}
	for _, s := range c.slots {
		switch s.slot {
		case frame.Object, frame.Compound, frame.Infinitive, "of", "on":
			f.add("context", context, "slot", t.lemma(s.token))
		}
	}
}
