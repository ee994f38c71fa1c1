package relate

// subjects finds who does what the predicate v tells: its own subject, the
// agent of a passive, or the one it is understood to have, through
// coordination, control ("agreed to meet"), participles ("leaders meeting in
// Rome") and relative clauses.
func (t *tree) subjects(v, depth int) []int {
	if depth > maxDepth {
		return nil
	}
	if t.verbal(v) && t.passive(v) {
		return t.agents(v)
	}
	if s := t.ownSubject(v); s >= 0 {
		return []int{t.antecedent(s)}
	}
	h := t.head(v)
	if h < 0 {
		return nil
	}
	switch {
	case t.is(v, "conj"):
		if t.nominal(h) && t.child(h, "nsubj") < 0 {
			return nil
		}
		if t.verbal(h) && t.passive(h) && !t.passive(v) {
			return t.objects(h, depth+1)
		}
		return t.subjects(h, depth+1)
	case t.rel(v) == "acl:relcl":
		if t.child(v, "obj") < 0 && t.child(v, "nsubj:pass") >= 0 {
			return nil
		}
		return []int{h}
	case t.is(v, "acl"):
		if !t.infinitive(v) {
			return []int{h}
		}
		return t.deciders(h, depth+1)
	case t.is(v, "amod"):
		return []int{h}
	case t.is(v, "xcomp", "ccomp", "advcl", "parataxis", "csubj"):
		return t.controllers(v, h, depth+1)
	case t.is(v, "obl", "obj", "nmod"): // a gerund taken for a noun: "accused of spying"
		if c := t.clause(h); c >= 0 && c != v {
			return t.controllers(v, c, depth+1)
		}
	}
	return nil
}

// ownSubject is the subject that depends on v: of several, which only a parser
// in error gives, the last before it that is no date.
func (t *tree) ownSubject(v int) int {
	best := -1
	for _, k := range t.children(v) {
		if t.is(k, "nsubj") && t.rel(k) != "nsubj:pass" && (best < 0 || k < v && !t.dated(k)) {
			best = k
		}
	}
	return best
}

// agents are the "by" phrases of a passive.
func (t *tree) agents(v int) []int {
	var out []int
	for _, k := range t.children(v) {
		if t.is(k, "obl", "nmod") && t.preposition(k) == "by" && !t.is(k, "obl:tmod") {
			out = append(out, k)
		}
	}
	return out
}

// controllers are who is understood as the subject of v, a clause below h: the
// object of h where it has one ("urged Iran to stop"), else its subject. A
// gerund after a preposition behind an object is the object's as well
// ("accused Iran of building"), but a purpose is the subject's.
func (t *tree) controllers(v, h, depth int) []int {
	if !t.verbal(h) {
		if t.nominal(h) && t.child(h, "nsubj") < 0 {
			return t.deciders(h, depth)
		}
		return t.subjects(h, depth)
	}
	purpose := t.is(v, "advcl", "obl", "nmod") && !t.frames.In("objectcontrol", t.lemma(h))
	if !purpose && !t.frames.In("subjectcontrol", t.lemma(h)) && !t.is(v, "parataxis", "csubj") {
		if o := t.objects(h, depth); len(o) > 0 && o[0] != v {
			return o
		}
		if t.is(v, "xcomp") {
			if i := t.child(h, "iobj"); i >= 0 {
				return []int{i}
			}
		}
	}
	if t.passive(h) {
		return t.objects(h, depth)
	}
	return t.subjects(h, depth)
}

// deciders are whose decision, offer or demand a noun is: "China's decision to
// expel the envoy".
func (t *tree) deciders(n, depth int) []int {
	if depth > maxDepth {
		return nil
	}
	if p := t.child(n, "nmod:poss"); p >= 0 {
		return []int{p}
	}
	for _, k := range t.children(n) {
		if t.is(k, "nmod") {
			if p := t.preposition(k); p == "by" || p == "of" || p == "for" || p == "from" {
				return []int{k}
			}
		}
	}
	if h := t.head(n); h >= 0 && t.verbal(h) && t.is(n, "obj", "xcomp", "nsubj:pass") {
		return t.subjects(h, depth+1)
	}
	for _, k := range t.children(n) {
		if t.is(k, "amod", "compound") && len(t.covering[k-t.from]) > 0 {
			return []int{k}
		}
	}
	return nil
}

// objects finds to what the verb v is done: its object, the subject of a
// passive, the noun of a participle or relative clause, what coordinated verbs
// share.
func (t *tree) objects(v, depth int) []int {
	if depth > maxDepth {
		return nil
	}
	h := t.head(v)
	if t.verbal(v) && t.passive(v) {
		if s := t.child(v, "nsubj:pass", "nsubj"); s >= 0 {
			return []int{t.antecedent(s)}
		}
		switch {
		case h < 0:
		case t.is(v, "acl", "amod"):
			return []int{h}
		case t.is(v, "conj"):
			return t.objects(h, depth+1)
		case t.is(v, "xcomp", "advcl", "ccomp"):
			return t.controllers(v, h, depth+1)
		}
		if o := t.child(v, "obj"); o >= 0 {
			return []int{o}
		}
		return nil
	}
	if o := t.child(v, "obj"); o >= 0 {
		return []int{t.antecedent(o)}
	}
	if t.rel(v) == "acl:relcl" && t.child(v, "nsubj") >= 0 && h >= 0 && !t.wh(t.child(v, "nsubj")) && t.child(v, "xcomp", "ccomp") < 0 {
		return []int{h} // "the towns they seized"
	}
	for _, k := range t.children(v) { // "arrested and questioned the student"
		if t.is(k, "conj") && t.verbal(k) && t.child(k, "nsubj", "nsubj:pass") < 0 && t.child(k, "mark") < 0 && k-v <= 4 {
			if o := t.child(k, "obj"); o >= 0 {
				return []int{o}
			}
		}
	}
	return nil
}

// wh reports whether i is a relative pronoun.
func (t *tree) wh(i int) bool {
	if i < 0 {
		return false
	}
	switch t.word(i) {
	case "who", "which", "whom", "whose":
		return true
	case "that":
		return t.tok(i).Tag == "WDT" || t.tok(i).POS == "PRON" && t.is(i, "nsubj", "obj", "nsubj:pass")
	}
	return false
}

// antecedent is what the relative pronoun i stands for, or i itself.
func (t *tree) antecedent(i int) int {
	if !t.wh(i) {
		return i
	}
	for x, n := t.head(i), 0; x >= 0 && n < maxDepth; x, n = t.head(x), n+1 {
		if t.rel(x) == "acl:relcl" && t.head(x) >= 0 {
			return t.head(x)
		}
	}
	return i
}

// speaker is who says the clause that holds i, or -1: the subject of a verb of
// saying above it or beside it, or what follows "according to".
func (t *tree) speaker(i int) int {
	for x, n := i, 0; x >= 0 && n < maxDepth; x, n = t.head(x), n+1 {
		for _, k := range t.children(x) {
			if t.is(k, "obl", "nmod") && t.preposition(k) == "according-to" {
				return k
			}
			if t.is(k, "parataxis") && t.frames.In("say", t.lemma(k)) {
				if s := t.child(k, "nsubj"); s >= 0 {
					return t.antecedent(s)
				}
			}
		}
		h := t.head(x)
		if h < 0 || !t.is(x, "ccomp", "parataxis", "xcomp", "advcl") || !t.frames.In("say", t.lemma(h)) {
			continue
		}
		if s := t.subjects(h, 0); len(s) > 0 {
			return s[0]
		}
	}
	return -1
}
