package relate

import (
	"parley/extract/frame"
)

// A filled slot is one token that stands in a slot of a trigger.
type filled struct {
	slot  frame.Slot
	token int
}

// slotsOf lists what stands in every slot of the word at i. This is all the
// engine knows of English syntax; frames only name slots.
func (t *tree) slotsOf(i int, kind frame.Kind) []filled {
	var out []filled
	add := func(s frame.Slot, tokens ...int) {
		for _, x := range tokens {
			if x >= 0 {
				out = append(out, filled{s, x})
			}
		}
	}
	switch kind {
	case frame.Verb:
		base := i
		if t.is(i, "aux") && t.head(i) >= 0 { // a modal: its verb has the arguments
			base = t.head(i)
			add(frame.Content, base)
		}
		if t.is(i, "cop") && t.head(i) >= 0 { // "is in Turkey": the place is the head
			base = t.head(i)
			if p := t.preposition(base); p != "" {
				add(frame.Slot(p), base)
			}
		}
		t.verbSlots(base, add)
		add(frame.Governor, t.head(base))
	case frame.Noun:
		t.nounSlots(i, add, 0)
		add(frame.Governor, t.head(i))
	case frame.Adjective:
		t.adjectiveSlots(i, add)
		add(frame.Governor, t.head(i))
	}
	add(frame.Speaker, t.speaker(i))
	return out
}

// verbSlots lists the arguments of a verb or of a predicate with a copula.
func (t *tree) verbSlots(v int, add func(frame.Slot, ...int)) {
	add(frame.Subject, t.subjects(v, 0)...)
	add(frame.Object, t.objects(v, 0)...)
	t.dependents(v, add)
	for _, k := range t.children(v) {
		if t.is(k, "iobj") {
			add(frame.Indirect, k)
		}
	}
	// Arguments that a coordinated verb shares: "arrested and questioned in Cairo".
	if h := t.head(v); h >= 0 && t.is(v, "conj") && t.verbal(h) {
		for _, k := range t.children(h) {
			if k > v && t.is(k, "obl") {
				t.oblique(k, add)
			}
		}
	}
}

// dependents lists obliques and clauses below a predicate.
func (t *tree) dependents(v int, add func(frame.Slot, ...int)) {
	for _, k := range t.children(v) {
		switch {
		case t.is(k, "obl", "nmod"):
			t.oblique(k, add)
		case t.is(k, "xcomp"):
			add(frame.Infinitive, k)
			t.inner(k, add)
		case t.is(k, "ccomp"):
			if t.infinitive(k) {
				add(frame.Infinitive, k)
			} else {
				add(frame.Clause, k)
			}
			t.inner(k, add)
		case t.is(k, "advcl", "acl") && !t.is(k, "acl:relcl"):
			switch p := t.preposition(k); {
			case p == "to" || t.infinitive(k):
				add(frame.Purpose, k)
			case p != "" && p != "that":
				add(frame.Slot(p), k)
			}
		}
	}
}

// inner adds the arguments of a complement clause.
func (t *tree) inner(k int, add func(frame.Slot, ...int)) {
	if s := t.child(k, "nsubj", "nsubj:pass"); s >= 0 {
		add(frame.ClauseSubject, s)
	}
	if o := t.child(k, "obj"); o >= 0 {
		add(frame.ClauseObject, o)
	}
}

// oblique adds a nominal under its preposition. "in front of X" and the like
// are prepositions too, though their noun heads the phrase.
func (t *tree) oblique(k int, add func(frame.Slot, ...int)) {
	p := t.preposition(k)
	if p == "" {
		return
	}
	if l := t.lemma(k); (l == "front" || l == "response") && t.child(k, "nmod", "obl") >= 0 {
		x := t.child(k, "nmod", "obl")
		add(frame.Slot(p+"-"+l+"-"+t.preposition(x)), x)
		return
	}
	add(frame.Slot(p), k)
}

// nounSlots lists the arguments of a noun that names an act: its own
// dependents, those of the verb that lends it a subject, and those of a noun
// that only counts or frames it ("a series of talks between A and B").
func (t *tree) nounSlots(n int, add func(frame.Slot, ...int), depth int) {
	for _, k := range t.children(n) {
		switch {
		case t.is(k, "nmod:poss"):
			add(frame.Owner, k)
		case t.is(k, "compound"):
			add(frame.Compound, k)
		case t.is(k, "amod", "nummod"):
			add(frame.Attribute, k)
		case t.is(k, "nsubj") && t.preposition(n) == "under": // "is under arrest"
			add(frame.Undergoer, t.antecedent(k))
		case t.is(k, "nsubj"): // a noun with a copula: "is on a visit"
			add(frame.Subject, t.antecedent(k))
		case t.rel(k) == "acl" && !t.infinitive(k) && t.frames.In("aiming", t.lemma(k)):
			t.aim(k, add)
		case t.is(k, "case"):
			add(frame.Case, k)
		}
	}
	t.dependents(n, add)
	for _, k := range t.children(n) {
		if t.rel(k) == "acl" && t.infinitive(k) {
			add(frame.Infinitive, k)
		}
	}
	if depth < 3 {
		t.governed(n, add, depth)
	}
}

// aim adds what a participle after a noun says of its purpose or theme: "talks
// aimed at ending the war".
func (t *tree) aim(k int, add func(frame.Slot, ...int)) {
	for _, x := range t.children(k) {
		if t.is(x, "obl", "xcomp", "obj", "advcl", "ccomp") {
			add(frame.Aimed, x)
			return
		}
	}
}

// governed adds what the words around a noun lend it.
func (t *tree) governed(n int, add func(frame.Slot, ...int), depth int) {
	h := t.head(n)
	if h < 0 {
		return
	}
	switch {
	case t.is(n, "conj"):
		t.lent(h, n, add, depth)
	case t.is(n, "nmod", "compound") && !t.is(n, "nmod:poss") && t.frames.In("transparent", t.lemma(h)):
		t.nounSlots(h, func(s frame.Slot, tokens ...int) {
			if s != frame.Case && s != frame.Compound && s != frame.Slot("of") {
				add(s, tokens...)
			}
		}, depth+1)
		return
	case t.verbal(h) && t.is(n, "obj") && t.frames.In("undergoing", t.lemma(h)):
		add(frame.Undergoer, t.subjects(h, 0)...)
		t.after(h, n, true, add)
	case t.verbal(h) && t.is(n, "obl") && t.preposition(n) == "under":
		if whom := t.objects(h, 0); len(whom) > 0 {
			add(frame.Undergoer, whom...)
			add(frame.Subject, t.subjects(h, 0)...)
		} else {
			add(frame.Undergoer, t.subjects(h, 0)...)
		}
		t.after(h, n, true, add)
	case t.preposition(n) == "of" && t.frames.In("target", t.lemma(h)): // "was the target of an attack", "victims of the bombing"
		if s := t.child(h, "nsubj"); s >= 0 {
			add(frame.Undergoer, t.antecedent(s))
		} else {
			add(frame.Undergoer, h)
		}
	case t.verbal(h) && t.is(n, "obj", "nsubj:pass"):
		lends := t.frames.In("support", t.lemma(h)) || t.rel(h) == "acl:relcl"
		slot := frame.Outer
		if lends {
			slot = frame.Subject
		}
		add(slot, t.subjects(h, 0)...)
		if x := t.child(h, "iobj"); x >= 0 && lends {
			add(frame.Indirect, x)
		}
		if !t.passive(h) {
			t.agent(h, n, add)
		}
		t.after(h, n, lends, add)
	case t.verbal(h) && t.is(n, "nsubj"):
		t.after(h, n, t.child(h, "obj") < 0, add)
	case t.verbal(h) && t.is(n, "obl"):
		add(frame.Outer, t.subjects(h, 0)...)
		t.after(h, n, t.child(h, "obj") < 0, add)
	default:
		if c := t.clause(h); c >= 0 {
			add(frame.Outer, t.subjects(c, 0)...)
		}
	}
}

// lent adds what the first of two coordinated nouns shares with the second.
func (t *tree) lent(first, n int, add func(frame.Slot, ...int), depth int) {
	t.nounSlots(first, func(s frame.Slot, tokens ...int) {
		for _, x := range tokens {
			switch s {
			case frame.Owner, frame.Subject, frame.Outer:
				add(s, x)
			case frame.Compound, frame.Attribute, frame.Case, frame.Infinitive:
			default:
				if x > n {
					add(s, x)
				}
			}
		}
	}, depth+1)
}

// agent adds who acts by a "by" that the parser gave to an active verb, which
// has no agent, in place of its object n: "canceled a trip by the minister".
func (t *tree) agent(v, n int, add func(frame.Slot, ...int)) {
	for _, k := range t.children(v) {
		if k > n && t.is(k, "obl") && t.preposition(k) == "by" {
			add(frame.Slot("by"), k)
		}
	}
}

// after adds the obliques of verb v that stand after n, which the parser may
// have given to either. Those of a verb that lends its subject count wherever
// they stand: "in Geneva held talks".
func (t *tree) after(v, n int, lends bool, add func(frame.Slot, ...int)) {
	if !lends {
		return
	}
	for _, k := range t.children(v) {
		if k == n {
			continue
		}
		switch {
		case t.is(k, "obl"):
			if p := t.preposition(k); p != "by" {
				t.oblique(k, add)
			}
		case t.is(k, "advcl") && k > n:
			switch p := t.preposition(k); {
			case p == "to" || t.infinitive(k):
				add(frame.Purpose, k)
			case p != "" && p != "that":
				add(frame.Slot(p), k)
			}
		case t.is(k, "xcomp") && k > n:
			add(frame.Infinitive, k)
		}
	}
}

// adjectiveSlots lists the arguments of an adjective: as a predicate, the
// subject of its copula; before a noun, that noun.
func (t *tree) adjectiveSlots(a int, add func(frame.Slot, ...int)) {
	if t.is(a, "amod") {
		add(frame.Modified, t.head(a))
	} else {
		add(frame.Subject, t.subjects(a, 0)...)
	}
	t.dependents(a, add)
}
