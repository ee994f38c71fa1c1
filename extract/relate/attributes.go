package relate

import (
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
	from, to := t.extent(c.token, func(int) bool { return true })
	inside, beside, about := false, false, false
	parties := 0
	for i := t.from; i < t.to; i++ {
		for _, l := range []string{t.lemma(i), t.word(i)} {
			for _, m := range c.frame.Cues[l] {
				if m != mode {
					continue
				}
				switch {
				case i == c.token || i >= c.token-3 && i < c.token:
					inside = true
				case i >= from && i < to:
					beside = true
				default:
					about = true
				}
			}
		}
		if i >= from && i < to || i >= c.token-3 && i <= c.token+3 {
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

// contextEvidence is what speaks for one PLOVER context of c: its words, those
// of the sentence, those of the article, and what events of this kind usually
// are about.
func (a *article) contextEvidence(t *tree, c *candidate, context string, r *Relater, f *features) {
	y := c.frame.Type
	class := "context." + context
	own := 0
	from, to := t.extent(c.token, func(int) bool { return true })
	from, to = min(from, c.token-3), max(to, c.token+6)
	sentence := 0
	for i := t.from; i < t.to; i++ {
		if t.frames.In(class, t.lemma(i)) || t.frames.In(class, t.word(i)) {
			sentence++
			if i >= from && i < to {
				own++
			}
		}
	}
	total := a.classes[class]
	f.add("bias")
	f.add("own words", bucket(own, 0, 1, 2))
	f.add("own words", bucket(own, 0, 1, 2), context)
	f.add("sentence", bucket(sentence, 0, 1, 2, 4))
	f.add("sentence", bucket(sentence, 0, 1, 2, 4), context)
	f.add("article", bucket(total, 0, 1, 3, 6, 12))
	f.add("article", bucket(total, 0, 1, 3, 6, 12), context)
	f.add("rank", bucket(a.rank(class), 0, 1, 2, 4, 8), context)
	f.add("rank", bucket(a.rank(class), 0, 1, 2, 4, 8))
	usual := "no"
	for _, x := range c.frame.Contexts {
		if x == context {
			usual = "yes"
		}
	}
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

// rank is how many contexts the article has more words for than for class.
func (a *article) rank(class string) int {
	n := 0
	for _, v := range a.classes {
		if v > a.classes[class] {
			n++
		}
	}
	return n
}
