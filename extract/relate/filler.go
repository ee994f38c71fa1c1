package relate

import (
	"slices"
	"strings"

	"parley/pipeline"
)

// A filler is a mention that fills a role, with the words that led to it.
type filler struct {
	mention int
	token   int    // the token that stands in the slot
	how     string // head, apposition, owner, nominal: how the mention stands to the token
}

// fillers resolves what stands in a slot to mentions: of every coordinated
// phrase the most specific named one, else the noun phrase itself. Labels of
// events point at names where the same phrase has one: "the defense chiefs of
// South Korea and the United States" are the two states.
func (t *tree) fillers(token int) []filler {
	var out []filler
	for _, x := range t.conjuncts(token) {
		if t.verbal(x) && !t.nominal(x) && x != token {
			continue
		}
		for _, f := range t.phrase(x) {
			if !has(out, f.mention) {
				out = append(out, f)
			}
		}
	}
	return out
}

func has(fs []filler, mention int) bool {
	for _, f := range fs {
		if f.mention == mention {
			return true
		}
	}
	return false
}

// phrase resolves one noun phrase, without what is coordinated with it.
func (t *tree) phrase(x int) []filler {
	if m := t.named(x); m >= 0 {
		return []filler{{m, x, "head"}}
	}
	for _, k := range t.children(x) { // "the foreign minister, Sergei Lavrov"; "Minister Lavrov"
		if t.is(k, "appos", "flat", "compound") {
			if m := t.named(k); m >= 0 && (t.is(k, "appos") || t.d.Mentions[m].Type == pipeline.Person) {
				if ty := t.d.Mentions[m].Type; ty == pipeline.Person || ty == pipeline.Org || ty == pipeline.GPE {
					return []filler{{m, x, "apposition"}}
				}
			}
		}
	}
	if t.nominal(x) && t.tok(x).POS != "PRON" && (t.frames.In("owned", t.lemma(x)) || t.tok(x).POS == "PROPN") {
		if own := t.owners(x, 0); len(own) > 0 {
			return own
		}
	}
	if m := t.nominalMention(x); m >= 0 {
		return []filler{{m, x, "nominal"}}
	}
	if t.frames.In("transparent", t.lemma(x)) {
		for _, k := range t.children(x) {
			if t.is(k, "nmod") && t.preposition(k) == "of" {
				return t.fillers(k)
			}
		}
	}
	return nil
}

// named is the innermost named mention over token x, but titles, or -1.
func (t *tree) named(x int) int {
	best := -1
	for _, m := range t.covering[x-t.from] {
		if mm := &t.d.Mentions[m]; mm.Type.Named() && (best < 0 || mm.To-mm.From > t.d.Mentions[best].To-t.d.Mentions[best].From) {
			best = m
		}
	}
	return best
}

// nominalMention is the noun phrase or pronoun that x heads, the widest one, or
// -1.
func (t *tree) nominalMention(x int) int {
	best := -1
	for _, m := range t.covering[x-t.from] {
		mm := &t.d.Mentions[m]
		if mm.Type != pipeline.Nominal || mm.Head != x && (mm.Head >= 0 && t.rel(mm.Head) != "conj" || mm.To-mm.From > 12) {
			continue
		}
		if best < 0 || mm.Head == x && t.d.Mentions[best].Head != x || mm.To-mm.From > t.d.Mentions[best].To-t.d.Mentions[best].From {
			best = m
		}
	}
	return best
}

// owners are the names that a phrase for officials, forces or bodies belongs
// to: before it ("French officials", "Iran's president"), or after "of",
// "from", "in" ("police in Nepal").
func (t *tree) owners(x, depth int) []filler {
	if depth > 3 {
		return nil
	}
	for _, want := range []string{"nmod:poss", "amod", "compound", "nmod", "flat"} {
		for _, k := range t.children(x) {
			if t.rel(k) != want && !(want == "compound" && t.is(k, "compound")) {
				continue
			}
			if want == "nmod" {
				switch t.preposition(k) {
				case "of", "from", "in", "for", "to":
				default:
					continue
				}
			}
			var out []filler
			for _, c := range t.conjuncts(k) {
				if m := t.named(c); m >= 0 && owning(t.d.Mentions[m].Type) {
					out = append(out, filler{m, x, "owner"})
				} else if t.frames.In("owned", t.lemma(c)) {
					out = append(out, t.owners(c, depth+1)...)
				}
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	return nil
}

// owning reports whether a name of this type can stand for officials or forces.
func owning(m pipeline.MentionType) bool {
	switch m {
	case pipeline.GPE, pipeline.NORP, pipeline.Org, pipeline.Person:
		return true
	}
	return false
}

// places resolves what stands in a slot to named places, the most specific of
// each phrase: "the southern Bolivian town of Tarija" is Tarija.
func (t *tree) places(token int) []filler {
	var out []filler
	for _, x := range t.conjuncts(token) {
		if m := t.place(x, 0); m >= 0 && !has(out, m) {
			out = append(out, filler{m, x, "head"})
		}
	}
	return out
}

func (t *tree) place(x, depth int) int {
	if m := t.named(x); m >= 0 && located(t.d.Mentions[m].Type) {
		return m
	}
	if depth > 2 || t.verbal(x) {
		return -1
	}
	for _, want := range []string{"appos", "nmod", "flat", "compound", "nmod:poss"} {
		for _, k := range t.children(x) {
			if t.rel(k) != want {
				continue
			}
			if want == "nmod" {
				switch t.preposition(k) {
				case "of", "in", "near", "at", "on", "around", "outside", "along":
				default:
					continue
				}
			}
			if m := t.place(k, depth+1); m >= 0 {
				return m
			}
		}
	}
	return -1
}

func located(m pipeline.MentionType) bool {
	return m == pipeline.GPE || m == pipeline.Loc || m == pipeline.Fac
}

// determining reports whether the determiner k says something: not an article.
func (t *tree) determining(k int) bool {
	switch t.word(k) {
	case "the", "a", "an":
		return false
	}
	return true
}

// dated reports whether token k heads a DATE or TIME.
func (t *tree) dated(k int) bool {
	for _, m := range t.covering[k-t.from] {
		if ty := t.d.Mentions[m].Type; ty == pipeline.Date || ty == pipeline.TimeOfDay {
			return true
		}
	}
	return false
}

// longestPath bounds the limit of path.
const longestPath = 4

// path tells how one token hangs on another, upwards and downwards, by
// relations without subtypes: "^obj nsubj". Longer ways than limit are "far".
func (t *tree) path(from, to, limit int) string {
	var up, down [longestPath + 2]int
	up[0] = from
	ups := 1
	for x := t.head(from); x >= 0 && ups <= limit; x = t.head(x) {
		up[ups] = x
		ups++
	}
	for y, n := to, 0; y >= 0 && n <= limit; n++ {
		if i := slices.Index(up[:ups], y); i >= 0 {
			if i+n > limit {
				break
			}
			return t.spell(up[:i], down[:n])
		}
		down[n] = y
		y = t.head(y)
	}
	return "far"
}

// spell writes the relations of a path: up from its beginning, then down, which
// is listed from its end.
func (t *tree) spell(up, down []int) string {
	var room [64]byte
	b := room[:0]
	for _, x := range up {
		b = append(append(append(b, '^'), t.bares[x-t.from]...), ' ')
	}
	for _, x := range slices.Backward(down) {
		b = append(append(b, t.bares[x-t.from]...), ' ')
	}
	return string(b[:max(0, len(b)-1)])
}

func bare(rel string) string {
	b, _, _ := strings.Cut(rel, ":")
	return b
}
