package relate

import (
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// A tree is one parsed sentence, seen from above: the dependents of every
// token and the mentions that cover it. Tokens are indexes into the document.
type tree struct {
	d        *pipeline.Document
	frames   *frame.Set
	sentence int
	from, to int
	heads    []int   // of token from+i, mended; -1 for a root
	kids     [][]int // dependents of token from+i, in text order
	mentions []int   // indexes of the sentence's mentions, in text order
	covering [][]int // mentions that cover token from+i
	lemmas   []string
	words    []string // as written, in lower case
	bares    []string // relations without subtype
	contexts [][]int  // the contexts, as indexes into frame.Contexts, that token from+i is a word of
}

// newTree builds the tree of a sentence in time linear in its length. The
// mentions of the sentence are given, in text order.
func newTree(d *pipeline.Document, frames *frame.Set, sentence int, mentions []int) *tree {
	s := d.Sentences[sentence]
	t := &tree{d: d, frames: frames, sentence: sentence, from: s.From, to: s.To, mentions: mentions}
	n := s.To - s.From
	t.words, t.bares = make([]string, n), make([]string, n)
	for i := s.From; i < s.To; i++ {
		t.words[i-s.From] = strings.ToLower(d.In(d.Tokens[i].Span))
		t.bares[i-s.From] = bare(d.Tokens[i].Rel)
	}
	t.heads, t.kids, t.covering = make([]int, n), make([][]int, n), make([][]int, n)
	for i := s.From; i < s.To; i++ {
		h := d.Tokens[i].Head
		// Helping verbs and prepositions have no dependents of these kinds: what
		// a parser hangs on one belongs to its verb or noun.
		for up := 0; up < 3 && h >= s.From && h < s.To && h != i && t.is(h, "aux", "cop") && !t.is(i, "advmod", "punct"); up++ {
			h = d.Tokens[h].Head
		}
		if h < s.From || h >= s.To || h == i {
			h = -1
		}
		t.heads[i-s.From] = h
	}
	t.cutCycles()
	for i, h := range t.heads {
		if h >= 0 {
			t.kids[h-s.From] = append(t.kids[h-s.From], s.From+i)
		}
	}
	t.lemmas = make([]string, n)
	for i := s.From; i < s.To; i++ {
		t.lemmas[i-s.From] = t.dictionary(i)
	}
	for _, m := range mentions {
		for i := max(d.Mentions[m].From, s.From); i < min(d.Mentions[m].To, s.To); i++ {
			t.covering[i-s.From] = append(t.covering[i-s.From], m)
		}
	}
	return t
}

// cutCycles makes a root of one token of every circle of heads, so that every
// walk over the tree ends, whatever the parser gave.
func (t *tree) cutCycles() {
	seen := make([]int, len(t.heads)) // the walk that first came by, from 1
	for i := range t.heads {
		for x := i; seen[x] == 0; {
			seen[x] = i + 1
			h := t.heads[x]
			if h < 0 {
				break
			}
			if seen[h-t.from] == i+1 {
				t.heads[x] = -1
				break
			}
			x = h - t.from
		}
	}
}

func (t *tree) tok(i int) *pipeline.Token { return &t.d.Tokens[i] }
func (t *tree) children(i int) []int      { return t.kids[i-t.from] }
func (t *tree) rel(i int) string          { return t.d.Tokens[i].Rel }

// head is the token that i depends on, or -1.
func (t *tree) head(i int) int { return t.heads[i-t.from] }

// lemma is the dictionary form of i in lower case.
func (t *tree) lemma(i int) string { return t.lemmas[i-t.from] }

// dictionary finds the dictionary form of i. A lemma that no frame and no class
// of words has may be a mistake of the lemmatiser or tagger ("bom" for
// "bombed", "talks" as a singular): then a form that they do have is taken.
func (t *tree) dictionary(i int) string {
	word := t.word(i)
	l := strings.ToLower(t.d.Tokens[i].Lemma)
	if l == "" {
		l = word
	}
	if t.frames.Known(l) || t.d.Tokens[i].POS == "PROPN" {
		return l
	}
	if past, ok := pastForms[word]; ok {
		return past
	}
	for _, v := range append(verbOf(word), pluralOf(word)...) {
		if t.frames.Known(v) {
			return v
		}
	}
	return l
}

// pastForms are irregular verbs that lemmatisers trained on other kinds of text
// seldom saw.
var pastForms = map[string]string{"overthrew": "overthrow", "overthrown": "overthrow", "withdrew": "withdraw", "withdrawn": "withdraw", "forbade": "forbid",
	"fled": "flee", "slew": "slay", "slain": "slay", "overran": "overrun", "sought": "seek", "foresaw": "foresee", "froze": "freeze", "frozen": "freeze",
	"struck": "strike", "besought": "beseech", "swore": "swear", "sworn": "swear", "arose": "arise", "upheld": "uphold", "retook": "retake", "withheld": "withhold", "overtook": "overtake", "fought": "fight", "drove": "drive", "shot": "shoot", "hung": "hang", "stole": "steal", "broke": "break", "broken": "break", "threw": "throw", "tore": "tear", "blew": "blow", "blown": "blow", "laid": "lay", "undertook": "undertake"}

// pluralOf guesses the singular of a plural.
func pluralOf(word string) []string {
	var out []string
	if s, ok := strings.CutSuffix(word, "ies"); ok {
		out = append(out, s+"y")
	}
	if s, ok := strings.CutSuffix(word, "es"); ok {
		out = append(out, s)
	}
	if s, ok := strings.CutSuffix(word, "s"); ok {
		out = append(out, s)
	}
	return out
}

// word is the token as written, in lower case.
func (t *tree) word(i int) string { return t.words[i-t.from] }

// is reports whether the relation of i is one of the given, without subtype
// unless one is given with it.
func (t *tree) is(i int, rels ...string) bool {
	rel, bare := t.d.Tokens[i].Rel, t.bares[i-t.from]
	for _, r := range rels {
		if r == bare || r == rel {
			return true
		}
	}
	return false
}

// child is the first dependent of i in one of the relations, or -1.
func (t *tree) child(i int, rels ...string) int {
	for _, k := range t.children(i) {
		if t.is(k, rels...) {
			return k
		}
	}
	return -1
}

func (t *tree) verbal(i int) bool {
	p := t.d.Tokens[i].POS
	return p == "VERB" || p == "AUX" || strings.HasPrefix(t.d.Tokens[i].Tag, "VB")
}

func (t *tree) nominal(i int) bool {
	switch t.d.Tokens[i].POS {
	case "NOUN", "PROPN", "PRON", "NUM", "DET":
		return true
	}
	return false
}

// preposition is the case marker of a nominal, or the mark of a clause, as one
// word: "in", "because-of"; empty where it has none.
func (t *tree) preposition(i int) string {
	for _, k := range t.children(i) {
		if k > i || !t.is(k, "case", "mark") {
			continue
		}
		words := []string{t.word(k)}
		for _, f := range t.children(k) {
			if t.is(f, "fixed") {
				words = append(words, t.word(f))
			}
		}
		return strings.Join(words, "-")
	}
	return ""
}

// passive reports whether verb v stands in the passive, or is a past participle
// that stands as one: "the men arrested on Friday".
func (t *tree) passive(v int) bool {
	if t.child(v, "nsubj:pass", "aux:pass", "csubj:pass") >= 0 {
		return true
	}
	if t.tok(v).Tag != "VBN" && t.tok(v).Tag != "VBD" || t.child(v, "aux", "nsubj", "cop") >= 0 {
		return false
	}
	switch {
	case t.rel(v) == "acl", t.is(v, "amod"):
		return true
	case t.tok(v).Tag == "VBN" && t.is(v, "advcl") && t.child(v, "obj") < 0:
		return true
	case t.is(v, "conj") && t.head(v) >= 0 && t.tok(v).Tag == "VBN":
		return t.child(v, "obj") < 0 && t.verbal(t.head(v)) && t.passive(t.head(v))
	}
	return false
}

// negated reports whether the word itself carries a negation.
func (t *tree) negated(i int) bool {
	for _, k := range t.children(i) {
		switch t.word(k) {
		case "not", "n't", "n’t", "never", "no", "neither", "nor":
			if t.is(k, "advmod", "det", "cc", "aux", "neg") || k == i-1 {
				return true
			}
		}
	}
	return false
}

// infinitive reports whether v is marked by "to".
func (t *tree) infinitive(v int) bool {
	for _, k := range t.children(v) {
		if k < v && t.is(k, "mark") && t.word(k) == "to" {
			return true
		}
	}
	return false
}

// conjuncts are i and what is coordinated with it, in text order.
func (t *tree) conjuncts(i int) []int {
	out := []int{i}
	for n := 0; n < len(out) && len(out) < maxConjuncts; n++ {
		for _, k := range t.children(out[n]) {
			if t.is(k, "conj") {
				out = append(out, k)
			}
		}
	}
	return out
}

// maxConjuncts bounds the work on one list; news lists rarely name more.
const maxConjuncts = 24

// extent is the range of tokens that depend on i, directly or not, as far as
// keep allows: a dependent that keep refuses is left out with all below it.
func (t *tree) extent(i int, keep func(int) bool) (from, to int) {
	from, to = i, i+1
	stack := []int{i}
	for len(stack) > 0 {
		x := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		from, to = min(from, x), max(to, x+1)
		for _, k := range t.children(x) {
			if keep(k) {
				stack = append(stack, k)
			}
		}
	}
	return from, to
}

// clause is the nearest verb at or above i, or -1.
func (t *tree) clause(i int) int {
	for n := 0; i >= 0 && n < maxDepth; n++ {
		if t.verbal(i) && !t.is(i, "amod", "aux", "cop", "compound") {
			return i
		}
		i = t.head(i)
	}
	return -1
}

// maxDepth bounds climbs and recursions in a tree.
const maxDepth = 12
