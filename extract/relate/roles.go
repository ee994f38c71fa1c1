package relate

import (
	"parley/pipeline"
)

// roleEvidence is what speaks for mention m filling some role of c.
func (a *article) roleEvidence(t *tree, c *candidate, m int, f *features) {
	mm := &t.d.Mentions[m]
	mt, y, kind := a.sorts[m], c.frame.Type, string(c.trigger.Kind)
	f.add("bias")
	f.add("mention", mt)
	f.add("mention", mt, y)
	place := [2]string{"free", "free"} // of Actor and Recipient: free, mine, other's
	for _, p := range c.args {
		i := 0
		switch p.role {
		case pipeline.Recipient:
			i = 1
		case pipeline.Actor:
		default:
			i = -1
		}
		same := p.mention == m
		if i >= 0 && (place[i] == "free" || same) {
			place[i] = "other"
			if same {
				place[i] = "mine"
			}
		}
		switch {
		case same:
			f.add("slot", string(p.role), string(p.slot))
			f.add("slot", string(p.role), string(p.slot), kind, y)
			f.add("slot", string(p.role), string(p.slot), c.frame.Name)
			f.add("proposed", string(p.role), mt, p.how)
			f.add("proposed", string(p.role), mt, y)
			f.add("proposed", string(p.role), bucket(p.rank, 0, 1, 3))
			f.add("proposed", string(p.role), t.lemma(p.token), p.how)
		case mm.Entity >= 0 && t.d.Mentions[p.mention].Entity == mm.Entity:
			f.add("kin", string(p.role))
			f.add("kin", string(p.role), mt)
		}
	}
	state := place[0] + " " + place[1]
	f.add("state", state)
	f.add("state", state, mt)
	f.add("state", state, kind, y)
	f.add("state", state, c.frame.Name)
	for _, s := range c.stands[m] {
		f.add("stands", s, kind)
		f.add("stands", s, kind, y)
		f.add("stands", s, c.frame.Name)
		f.add("stands", s, state)
	}
	if len(c.stands[m]) == 0 {
		f.add("stands nowhere", mt, state)
		f.add("stands nowhere", mt, y)
	}
	a.elsewhere(t, c, m, f)
	a.nesting(t, m, f)
	a.position(t, c, m, state, f)
}

// sortOf is the type of a mention; of a GPE whether it is a state or a place in
// one, of a nominal whether it is a pronoun, private people, or what belongs to
// whoever is named with it.
func (a *article) sortOf(m *pipeline.Mention) string {
	switch m.Type {
	case pipeline.GPE:
		if m.Entity >= 0 && m.Entity < len(a.d.Entities) {
			if e := &a.d.Entities[m.Entity]; e.Place.GeoNames != 0 {
				return "city"
			} else if e.Country != "" {
				return "state"
			}
		}
	case pipeline.Nominal:
		if m.Sentence < 0 || m.Sentence >= len(a.trees) {
			break
		}
		if t := a.trees[m.Sentence]; t.from <= m.Head && m.Head < t.to {
			switch {
			case a.d.Tokens[m.Head].POS == "PRON":
				return "pronoun"
			case t.frames.In("private", t.lemma(m.Head)):
				return "private"
			case t.frames.In("owned", t.lemma(m.Head)):
				return "owned"
			}
		}
	}
	return string(m.Type)
}

// elsewhere adds the parts that m seems to play in other events of the
// sentence: who rejects an offer is whom it was made to.
func (a *article) elsewhere(t *tree, c *candidate, m int, f *features) {
	y := c.frame.Type
	for _, o := range a.candidates[t.sentence] {
		if o.token == c.token || o.refused != "" {
			continue
		}
		for _, p := range o.args {
			if p.mention != m || p.role != pipeline.Actor && p.role != pipeline.Recipient {
				continue
			}
			where := "beside"
			switch {
			case t.head(c.token) == o.token:
				where = "over"
			case t.head(o.token) == c.token:
				where = "under"
			}
			f.add("elsewhere", string(p.role), where)
			f.add("elsewhere", string(p.role), where, y)
			if where != "beside" {
				f.add("elsewhere", string(p.role), where, o.frame.Type, y)
			}
		}
	}
}

// nesting adds what other mentions m lies in, holds, or stands before: a name
// within a longer phrase speaks for it only where that is of its officials or
// forces.
func (a *article) nesting(t *tree, m int, f *features) {
	mm := &t.d.Mentions[m]
	mt := a.sorts[m]
	for i := max(mm.From, t.from); i < min(mm.To, t.to); i++ {
		for _, x := range t.covering[i-t.from] {
			o := &t.d.Mentions[x]
			switch {
			case x == m || i > mm.From && o.From < i && x != m && o.From >= mm.From && i > o.From:
			case o.From <= mm.From && o.To >= mm.To && o.To-o.From > mm.To-mm.From:
				f.add("inside", a.sorts[x], mt)
			case o.From >= mm.From && o.To <= mm.To && o.To-o.From < mm.To-mm.From && i == o.From:
				f.add("holds", a.sorts[x], mt)
			}
		}
	}
	if mm.To < t.to {
		for _, x := range t.covering[mm.To-t.from] {
			if o := &t.d.Mentions[x]; o.From == mm.To {
				f.add("next", string(o.Type), mt)
			}
		}
		f.add("next word", t.word(mm.To), mt)
	}
	if mm.From > t.from {
		f.add("last word", t.word(mm.From-1), mt)
	}
}

// position adds where the mention stands to the trigger.
func (a *article) position(t *tree, c *candidate, m int, state string, f *features) {
	mm := &t.d.Mentions[m]
	mt, y := a.sorts[m], c.frame.Type
	side, gap := "after", mm.From-c.token
	if mm.From <= c.token {
		side, gap = "before", c.token-mm.To+1
	}
	near := bucket(gap, 1, 3, 6, 12)
	f.add("side", side, mt)
	f.add("side", side, y)
	f.add("gap", near, mt)
	f.add("gap", near, side, state)
	f.add("order", t.order(c, m), mt)
	f.add("order", t.order(c, m), state)
	if says := t.saying(m, c.token); says != "" {
		f.add("says", says, mt)
		f.add("says", says, state)
		f.add("says", says, y)
	}
	if mm.Head < t.from || mm.Head >= t.to {
		return
	}
	path := t.path(c.token, mm.Head, 4)
	f.add("path", path)
	f.add("path", path, mt)
	f.add("path", path, string(c.trigger.Kind), y)
	rel := bare(t.rel(mm.Head))
	f.add("hangs", rel, mt, state)
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
	if has(c.speaker, m) {
		f.add("speaks", mt)
		f.add("speaks", mt, y)
		f.add("speaks", state)
		f.add("speaks", mt, state)
	}
	same := t.clause(c.token) >= 0 && t.clause(c.token) == t.clause(mm.Head)
	f.add("clause", yesno(same), mt, side)
	f.add("clause", yesno(same), state, mt)
}

// order counts how many actor-like mentions, not nested in others, stand between
// the trigger and m: "before 0" is the nearest on the left.
func (t *tree) order(c *candidate, m int) string {
	mm := &t.d.Mentions[m]
	n, end := 0, -1
	for _, x := range t.mentions {
		o := &t.d.Mentions[x]
		if x == m || !owning(o.Type) && o.Type != pipeline.Nominal || o.To <= end {
			continue
		}
		if mm.From < c.token && o.From >= mm.To && o.To <= c.token || mm.From > c.token && o.From > c.token && o.To <= mm.From {
			n++
			end = o.To
		}
	}
	side := "after"
	if mm.From < c.token {
		side = "before"
	}
	return side + " " + bucket(n, 0, 1, 2)
}

// saying tells whether m stands directly before a verb of saying that comes
// before the trigger, or around one that ends the sentence after it. It goes by
// the order of words, where the tree may be wrong.
func (t *tree) saying(m, trigger int) string {
	mm := &t.d.Mentions[m]
	for x := mm.To; x < min(mm.To+4, t.to); x++ {
		if !t.verbal(x) || t.is(x, "aux") {
			continue
		}
		if !t.frames.In("say", t.lemma(x)) {
			return ""
		}
		if x < trigger {
			return "before"
		}
		return "after"
	}
	if mm.From-1 > trigger && t.verbal(mm.From-1) && t.frames.In("say", t.lemma(mm.From-1)) {
		return "after"
	}
	return ""
}
