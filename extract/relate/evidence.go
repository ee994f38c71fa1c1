package relate

import (
	"strconv"
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// An article is what decisions see beyond one sentence.
type article struct {
	d          *pipeline.Document
	trees      []*tree
	candidates [][]*candidate // by sentence
	classes    map[string]int // how often words of a context class occur
	mishaps    int            // words of accidents and weather
	sports     int            // words of sport and show
}

// survey counts the words of the article that belong to the classes decisions
// ask for.
func (a *article) survey(contexts map[string][]string, set *frame.Set) {
	a.classes = map[string]int{}
	for _, t := range a.trees {
		for i := t.from; i < t.to; i++ {
			l := t.lemma(i)
			for _, c := range contexts[l] {
				a.classes[c]++
			}
			if set.In("mishaps", l) {
				a.mishaps++
			}
			if set.In("sports", l) {
				a.sports++
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
	f.add("speaker", yesno(t.speaker(i) >= 0), y)
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

// roleEvidence is what speaks for mention m filling some role of c.
func (a *article) roleEvidence(t *tree, c *candidate, m int, f *features) {
	mm := &t.d.Mentions[m]
	mt, y, kind := string(mm.Type), c.frame.Type, string(c.trigger.Kind)
	f.add("bias")
	f.add("mention", mt)
	f.add("mention", mt, y)
	proposed, kin := false, false
	var filled [2]bool
	for _, p := range c.args {
		switch {
		case p.mention == m:
			proposed = true
			f.add("slot", string(p.role), string(p.slot))
			f.add("slot", string(p.role), string(p.slot), kind, y)
			f.add("slot", string(p.role), string(p.slot), c.frame.Name)
			f.add("proposed", string(p.role), mt, p.how)
			f.add("proposed", string(p.role), mt, y)
			f.add("proposed", string(p.role), bucket(p.rank, 0, 1, 3))
			f.add("proposed", string(p.role), t.lemma(p.token), p.how)
		case mm.Entity >= 0 && t.d.Mentions[p.mention].Entity == mm.Entity:
			kin = true
			f.add("kin", string(p.role))
		}
		switch p.role {
		case pipeline.Actor:
			filled[0] = true
		case pipeline.Recipient:
			filled[1] = true
		}
	}
	if !proposed {
		full := yesno(filled[0]) + yesno(filled[1])
		f.add("unproposed", mt)
		f.add("unproposed", full, mt)
		f.add("unproposed", full, mt, y)
		f.add("unproposed", full, mt, kind)
		if kin {
			f.add("unproposed kin")
		}
	}
	a.position(t, c, m, proposed, f)
}

// position adds where the mention stands to the trigger.
func (a *article) position(t *tree, c *candidate, m int, proposed bool, f *features) {
	mm := &t.d.Mentions[m]
	mt, y := string(mm.Type), c.frame.Type
	side, gap := "after", mm.From-c.token
	if mm.From <= c.token {
		side, gap = "before", c.token-mm.To+1
	}
	near := bucket(gap, 1, 3, 6, 12)
	f.add("side", side, mt)
	f.add("side", side, y)
	f.add("gap", near, mt)
	f.add("gap", near, side, yesno(proposed))
	if mm.Head < t.from || mm.Head >= t.to {
		return
	}
	path := t.path(c.token, mm.Head, 4)
	f.add("path", path)
	f.add("path", path, mt)
	f.add("path", path, string(c.trigger.Kind), y)
	rel := bare(t.rel(mm.Head))
	f.add("hangs", rel, mt, yesno(proposed))
	if p := t.preposition(mm.Head); p != "" {
		f.add("case", p, mt)
		f.add("case", p, mt, y)
		f.add("case", p, path)
	}
	if h := t.head(mm.Head); h >= 0 {
		f.add("on", t.lemma(h), rel)
		switch {
		case t.frames.In("say", t.lemma(h)):
			f.add("on say", rel, mt)
			f.add("on say", rel, mt, y)
		case t.frames.In("private", t.lemma(h)):
			f.add("on private", rel, mt)
		case t.frames.In("owned", t.lemma(h)):
			f.add("on owned", rel, mt)
		}
		if t.named(h) >= 0 && t.named(h) != m {
			f.add("on name", rel, mt)
		}
	}
	if s := t.speaker(c.token); s >= 0 {
		for _, x := range t.sources(s) {
			if x.mention == m {
				f.add("speaks", mt)
				f.add("speaks", mt, y)
				f.add("speaks", yesno(proposed))
			}
		}
	}
	for _, x := range t.covering[mm.Head-t.from] {
		if o := &t.d.Mentions[x]; x != m && o.To-o.From > mm.To-mm.From {
			f.add("inside", string(o.Type), mt)
		}
	}
	same := t.clause(c.token) >= 0 && t.clause(c.token) == t.clause(mm.Head)
	f.add("clause", yesno(same), mt, side)
}

// topicEvidence is what speaks for a phrase being the topic of c.
func (a *article) topicEvidence(t *tree, c *candidate, p topic, f *features) {
	y := c.frame.Type
	f.add("bias")
	f.add("slot", string(p.slot))
	f.add("slot", string(p.slot), y)
	f.add("slot", string(p.slot), c.frame.Name)
	f.add("slot", string(p.slot), t.tok(p.token).POS, string(c.trigger.Kind))
	f.add("rank", bucket(p.rank, 0, 1, 3))
	f.add("first", yesno(len(c.topics) > 0 && c.topics[0].Span == p.Span))
	f.add("trigger", c.trigger.Text)
	f.add("trigger", c.trigger.Text, string(p.slot))
	f.add("head", t.lemma(p.token))
	words := len(strings.Fields(t.d.In(p.Span)))
	f.add("words", bucket(words, 1, 2, 4, 8, 14))
	f.add("words", bucket(words, 1, 2, 4, 8, 14), y)
	if m := t.named(p.token); m >= 0 {
		f.add("named", string(t.d.Mentions[m].Type))
		f.add("named", string(t.d.Mentions[m].Type), string(p.slot))
	}
	for _, g := range c.args {
		if g.token == p.token {
			f.add("fills", string(g.role), y)
		}
	}
	f.add("side", yesno(p.token > c.token), string(p.slot))
}
