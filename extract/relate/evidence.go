package relate

import (
	"slices"
	"strconv"

	"parley/extract/frame"
	"parley/pipeline"
)

// An article is what decisions see beyond one sentence.
type article struct {
	d          *pipeline.Document
	trees      []*tree
	candidates [][]*candidate // by sentence
	words      []int          // of each of frame.Contexts: how many of its words the article has
	ranks      []int          // of each of frame.Contexts: how many others it has more words of
	mishaps    int            // words of accidents and weather
	sports     int            // words of sport and show
	sorts      []string       // of every mention
	desk       features       // room for the evidence of one decision after another
	cues       cues           // of the candidate whose modes were looked at last
}

// clear gives the desk without the evidence of the last decision.
func (a *article) clear() *features {
	a.desk.reset()
	return &a.desk
}

// survey counts the words of the article that belong to the classes decisions
// ask for, marks the context words of every sentence and sorts the mentions.
func (a *article) survey(contexts map[string][]int, set *frame.Set) {
	a.words, a.ranks = make([]int, len(frame.Contexts)), make([]int, len(frame.Contexts))
	for _, t := range a.trees {
		t.contexts = make([][]int, t.to-t.from)
		for i := t.from; i < t.to; i++ {
			l, w := t.lemma(i), t.word(i)
			themes := contexts[l]
			for _, x := range themes {
				a.words[x]++
			}
			if w != l {
				for _, x := range contexts[w] {
					if !slices.Contains(themes, x) {
						themes = append(slices.Clip(themes), x)
					}
				}
			}
			t.contexts[i-t.from] = themes
			if set.In("mishaps", l) {
				a.mishaps++
			}
			if set.In("sports", l) {
				a.sports++
			}
		}
	}
	a.sorts = make([]string, len(a.d.Mentions))
	for i := range a.d.Mentions {
		a.sorts[i] = a.sortOf(&a.d.Mentions[i])
	}
	for x, n := range a.words {
		for _, o := range a.words {
			if o > n {
				a.ranks[x]++
			}
		}
	}
}

// bucket writes a count as one of few words.
func bucket(n int, bounds ...int) string {
	for _, b := range bounds {
		if n <= b {
			return strconv.Itoa(b)
		}
	}
	return "more"
}

func yesno(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// eventEvidence is what speaks for and against candidate c being an event.
func (a *article) eventEvidence(t *tree, c *candidate, f *features) {
	fr, y := c.frame, c.frame.Type
	i := c.token
	kind := string(c.trigger.Kind)
	f.add("bias")
	odds := string(c.trigger.Odds)
	f.add("odds", odds)
	f.add("odds", odds, kind)
	f.add("odds", odds, y)
	f.add("odds", odds, fr.Name)
	for _, m := range c.met {
		f.add("met", m, odds)
		f.add("met", m, fr.Name)
	}
	f.add("type", y)
	f.add("kind", kind, y)
	f.add("frame", fr.Name)
	f.add("frame", fr.Name, kind)
	f.add("trigger", c.trigger.Text, y)
	f.add("trigger", c.trigger.Text, fr.Name)
	f.add("words", bucket(c.trigger.Words(), 1), y)
	f.add("tag", t.tok(i).Tag)
	f.add("tag", t.tok(i).Tag, fr.Name)
	rel := bare(t.rel(i))
	f.add("rel", rel, kind)
	f.add("rel", rel, y)
	f.add("rel", rel, fr.Name)
	if h := t.head(i); h >= 0 {
		f.add("governor", t.lemma(h))
		f.add("governor", t.lemma(h), y)
		f.add("governor tag", t.tok(h).POS, rel, kind)
	}
	for _, off := range []int{-2, -1, 1, 2} {
		if x := i + off; x >= t.from && x < t.to {
			f.add("near", strconv.Itoa(off), t.lemma(x))
			if off == -1 || off == 1 {
				f.add("near", strconv.Itoa(off), t.lemma(x), y)
			}
			f.add("near tag", strconv.Itoa(off), t.tok(x).Tag)
		}
	}
	a.shape(t, c, f)
	a.company(t, c, f)
	f.add("sentence", bucket(t.sentence, 0, 1, 3, 6, 12))
	f.add("mishaps", bucket(a.mishaps, 0, 1, 3), y)
	f.add("sports", bucket(a.sports, 0, 2, 5), y)
	if p := t.preposition(i); p != "" {
		f.add("case", p)
		f.add("case", p, y)
	}
	f.add("passive", yesno(t.verbal(i) && t.passive(i)), fr.Name)
	if t.verbal(i) && t.infinitive(i) {
		f.add("infinitive", y)
	}
	f.add("speaker", yesno(len(t.standing(c, frame.Speaker)) > 0), y)
}

// shape adds who and what the frame's slots found.
func (a *article) shape(t *tree, c *candidate, f *features) {
	y, odds := c.frame.Type, string(c.trigger.Odds)
	roles := map[frame.Role]string{}
	for _, p := range c.args {
		m := &t.d.Mentions[p.mention]
		what := string(m.Type)
		roles[p.role] = what
		f.add("fills", string(p.role), what, y)
		f.add("fills", string(p.role), string(p.slot), y)
		f.add("fills", string(p.role), p.how)
	}
	who := yesno(roles[pipeline.Actor] != "") + yesno(roles[pipeline.Recipient] != "")
	f.add("who-whom", who)
	f.add("who-whom", who, y)
	f.add("who-whom", who, c.frame.Name)
	f.add("who-whom", who, odds)
	f.add("topic", yesno(len(c.topics) > 0), c.frame.Name)
	f.add("placed", yesno(roles[pipeline.At] != ""), y)
	for _, s := range c.slots {
		switch s.slot {
		case frame.Object, frame.Compound, "of", frame.Attribute, "for", "on", "with", "to":
			f.add("slot", string(s.slot), t.lemma(s.token))
			f.add("slot", string(s.slot), t.lemma(s.token), y)
			f.add("slot", string(s.slot), t.lemma(s.token), c.frame.Name)
		case frame.Subject:
			f.add("slot subj", t.lemma(s.token), y)
			f.add("slot subj", t.tok(s.token).POS, y)
		case frame.Infinitive, frame.Clause:
			f.add("slot", string(s.slot), c.frame.Name)
			f.add("slot", string(s.slot), t.lemma(s.token), y)
		}
	}
	for _, m := range t.covering[i0(c, t)] {
		f.add("within", string(t.d.Mentions[m].Type))
	}
}

func i0(c *candidate, t *tree) int { return c.token - t.from }

// company adds what other candidates the sentence has, and how they stand to c:
// one act told by two words is one event.
func (a *article) company(t *tree, c *candidate, f *features) {
	y := c.frame.Type
	names := 0
	for _, m := range t.mentions {
		if owning(t.d.Mentions[m].Type) {
			names++
		}
	}
	f.add("names", bucket(names, 0, 1, 2, 4))
	f.add("names", bucket(names, 0, 1, 2, 4), y)
	before, after, same := false, false, 0
	for _, o := range a.candidates[t.sentence] {
		if o == c || o.refused != "" {
			continue
		}
		switch {
		case o.token == c.token:
			if o.frame.Type != y {
				f.add("also", o.frame.Type, y)
			}
			continue
		case o.frame.Type == y && o.token < c.token:
			before = true
			f.add("before", t.path(c.token, o.token, 3), y)
			f.add("before", string(o.trigger.Odds), string(c.trigger.Odds), string(o.trigger.Kind)+string(c.trigger.Kind))
			f.add("before", o.frame.Name, c.frame.Name)
		case o.frame.Type == y:
			after = true
			f.add("after", t.path(c.token, o.token, 3), y)
			f.add("after", string(o.trigger.Odds), string(c.trigger.Odds), string(o.trigger.Kind)+string(c.trigger.Kind))
		default:
			if t.head(c.token) == o.token {
				f.add("under", o.frame.Type, y)
				f.add("under", o.frame.Name, c.frame.Name)
			}
			if t.head(o.token) == c.token {
				f.add("over", o.frame.Type, y)
			}
		}
		same++
	}
	f.add("alone", yesno(before), yesno(after))
	f.add("alone", yesno(before), yesno(after), y)
	f.add("crowd", bucket(same, 0, 2, 5))
}
