package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/extract/lists"
	"parley/extract/nominal"
	"parley/pipeline"
)

// chains are the mentions of one article on their way to entities: sets of
// mentions that were joined, each with what is known of it.
type chains struct {
	d       *pipeline.Document
	finder  *nominal.Finder
	lex     nominal.Lexicon
	offices []nominal.Office
	parent  []int      // per mention: union-find
	state   []string   // per root: ISO code where the chain is that state itself
	members [][]int    // per root: mentions that a plural one stands for
	why     [][]string // per root
	name    []int      // per token: the widest named mention over it, or -1
	value   []int      // per token: the date, time or money over it, or -1
	order   []int      // mentions that can have an entity, in text order
	place   []int      // per mention: its index in order, -1 where it is not there
	chain   [][]int    // per root: the mentions of the chain
	held    [][]int    // per mention: indexes into offices that it holds
	stateOf map[string]int
}

func newChains(d *pipeline.Document, f *nominal.Finder) *chains {
	n := len(d.Mentions)
	c := &chains{
		d: d, finder: f, lex: f.Lexicon(), offices: f.Offices(d),
		parent: make([]int, n), state: make([]string, n), members: make([][]int, n), why: make([][]string, n),
		place: make([]int, n), chain: make([][]int, n), held: make([][]int, n),
		name: make([]int, len(d.Tokens)), value: make([]int, len(d.Tokens)), stateOf: map[string]int{},
	}
	for i := range d.Mentions {
		c.parent[i] = i
		if t := d.Mentions[i].Type; t.Named() || t == pipeline.Nominal {
			c.order = append(c.order, i)
		}
	}
	slices.SortStableFunc(c.order, func(a, b int) int {
		x, y := d.Mentions[a].Span, d.Mentions[b].Span
		return cmp.Or(x.Start-y.Start, y.End-x.End)
	})
	for i := range c.place {
		c.place[i] = -1
		c.chain[i] = []int{i}
	}
	for k, i := range c.order {
		c.place[i] = k
	}
	for k, o := range c.offices {
		c.held[o.Holder] = append(c.held[o.Holder], k)
	}
	for k := range c.name {
		c.name[k], c.value[k] = -1, -1
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		layer := c.name
		if m.Type.Value() {
			layer = c.value
		} else if !m.Type.Named() {
			continue
		}
		for k := max(m.From, 0); k < m.To && k < len(layer); k++ {
			if old := layer[k]; old < 0 || m.Len() > d.Mentions[old].Len() {
				layer[k] = i
			}
		}
	}
	return c
}

func (c *chains) find(i int) int {
	for c.parent[i] != i {
		c.parent[i] = c.parent[c.parent[i]]
		i = c.parent[i]
	}
	return i
}

// join makes one chain of those of mentions a and b, unless they are two
// different states, and keeps why. It reports whether they are one now.
func (c *chains) join(a, b int, format string, args ...any) bool {
	ra, rb := c.find(a), c.find(b)
	if ra == rb {
		return true
	}
	if c.state[ra] != "" && c.state[rb] != "" && c.state[ra] != c.state[rb] {
		return false
	}
	if rb < ra {
		ra, rb = rb, ra
	}
	c.parent[rb] = ra
	c.chain[ra] = append(c.chain[ra], c.chain[rb]...)
	c.chain[rb] = nil
	if c.state[ra] == "" {
		c.state[ra] = c.state[rb]
	}
	if c.state[ra] != "" {
		c.stateOf[c.state[ra]] = ra
	}
	c.members[ra] = append(c.members[ra], c.members[rb]...)
	c.why[ra] = append(append(c.why[ra], c.why[rb]...), fmt.Sprintf(format, args...))
	return true
}

// text is the mention as it is written, on one line.
func (c *chains) text(i int) string {
	return strings.Join(strings.Fields(c.d.In(c.d.Mentions[i].Span)), " ")
}

func (c *chains) word(k int) string  { return c.d.In(c.d.Tokens[k].Span) }
func (c *chains) lower(k int) string { return strings.ToLower(c.word(k)) }

// at is the lower-case word of token k, or empty outside the sentence of mention m.
func (c *chains) at(m *pipeline.Mention, k int) string {
	if m.Sentence < 0 || k < c.d.Sentences[m.Sentence].From || k >= c.d.Sentences[m.Sentence].To {
		return ""
	}
	return c.lower(k)
}

// fold is the text of a mention as names are compared.
func (c *chains) fold(i int) string { return lists.Fold(c.text(i)) }

// lemma is the lemma of token k, or its lower-case word where it has none.
func (c *chains) lemma(k int) string {
	if l := c.d.Tokens[k].Lemma; l != "" {
		return strings.ToLower(l)
	}
	return c.lower(k)
}

// noun is what the lexicon knows of token k.
func (c *chains) noun(k int) (nominal.Noun, bool) { return c.lex.At(c.d, k) }

// has reports whether the chain of mention i holds a mention of type t.
func (c *chains) has(i int, t pipeline.MentionType) bool {
	return slices.ContainsFunc(c.sample(i), func(j int) bool { return c.d.Mentions[j].Type == t })
}

// reach bounds how far resolution looks for what a mention stands for, in
// mentions, so that its work is linear in the length of any text. News articles
// have far fewer.
const reach = 400

// before are the mentions before i in text order, reach at most.
func (c *chains) before(i int) []int { return c.order[max(0, c.place[i]-reach):c.place[i]] }

// around are the mentions before i and some of those after it.
func (c *chains) around(i int) []int {
	return c.order[max(0, c.place[i]-reach):min(len(c.order), c.place[i]+reach/4)]
}

// inSentences are the mentions before i in the sentences from first to last.
func (c *chains) inSentences(i, first, last int) []int {
	before := c.before(i)
	by := func(j, s int) int { return c.d.Mentions[j].Sentence - s }
	from, _ := slices.BinarySearchFunc(before, first, by)
	to, _ := slices.BinarySearchFunc(before, last+1, by)
	return before[from:to]
}

// sample are the first fifty mentions of the chain of i, which are enough to
// learn what it is.
func (c *chains) sample(i int) []int {
	list := c.chain[c.find(i)]
	return list[:min(len(list), 50)]
}

// set is the set of the words in a text.
func set(words string) map[string]bool {
	s := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}
