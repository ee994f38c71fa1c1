package label

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"parley/pipeline"
)

// Document turns the labels of s into the layers that the stages of names,
// nominals, entities and relations add, so that a stage can be tried on input
// without faults. Blocks, sentences and tokens are not labelled and stay empty;
// the token fields of mentions are -1 until Align sets them.
func (s *Set) Document() *pipeline.Document {
	sum := sha256.Sum256([]byte(s.Name + "\x00" + s.Text))
	d := &pipeline.Document{ID: hex.EncodeToString(sum[:16]), Source: s.Name + ".txt", Single: true, Language: "en", Text: s.Text}
	g := goldLayers{set: s, doc: d, bytes: byteOffsets(s.Text), mention: map[string]int{}}
	g.mentions()
	g.entities()
	g.relations()
	return d
}

// Align sets the fields of mentions and relations that point at sentences and
// tokens, after a stage has added those. The head of a mention is its token
// whose syntactic head lies outside it, or its last token without LayerHeads.
func Align(d *pipeline.Document) {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		m.Sentence, m.From, m.To, m.Head = sentenceAt(d, m.Start), 0, 0, -1
		m.From, _ = slices.BinarySearchFunc(d.Tokens, m.Start, func(t pipeline.Token, at int) int { return cmp.Compare(t.End, at+1) })
		m.To, _ = slices.BinarySearchFunc(d.Tokens, m.End, func(t pipeline.Token, at int) int { return cmp.Compare(t.Start, at) })
		m.To = max(m.From, m.To)
		for t := m.From; t < m.To; t++ {
			if h := d.Tokens[t].Head; d.Tokens[t].Rel != "" && (h < m.From || h >= m.To) {
				m.Head = t
				break
			}
		}
		if m.Head < 0 && m.To > m.From {
			m.Head = m.To - 1
		}
	}
	for i := range d.Relations {
		d.Relations[i].Sentence = sentenceAt(d, d.Relations[i].Trigger.Start)
	}
}

// sentenceAt is the index of the sentence that holds byte offset at, or -1.
func sentenceAt(d *pipeline.Document, at int) int {
	i, found := slices.BinarySearchFunc(d.Sentences, at, func(s pipeline.Sentence, at int) int {
		switch {
		case s.End <= at:
			return -1
		case s.Start > at:
			return 1
		}
		return 0
	})
	if !found {
		return -1
	}
	return i
}

// byteOffsets gives the byte offset of every code point of text, and of its end.
func byteOffsets(text string) []int {
	offsets := make([]int, 0, len(text)+1)
	for i := range text {
		offsets = append(offsets, i)
	}
	return append(offsets, len(text))
}

// goldLayers builds a Document from a Set.
type goldLayers struct {
	set     *Set
	doc     *pipeline.Document
	bytes   []int
	mention map[string]int // id of a TextBound to its index in doc.Mentions
}

func (g *goldLayers) inBytes(s pipeline.Span) pipeline.Span {
	return pipeline.Span{Start: g.bytes[s.Start], End: g.bytes[s.End]}
}

// mentions adds names and values in text order and then, as the stages do,
// titles and nominals in text order.
func (g *goldLayers) mentions() {
	var spans []TextBound
	for _, t := range g.set.Spans {
		kind := pipeline.MentionType(t.Type)
		if kind.Named() || kind.Value() || kind == pipeline.Title || kind == pipeline.Nominal {
			spans = append(spans, t)
		}
	}
	slices.SortStableFunc(spans, func(a, b TextBound) int {
		return cmp.Or(cmp.Compare(late(a), late(b)), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	for i, t := range spans {
		g.mention[t.ID] = i
		g.doc.Mentions = append(g.doc.Mentions, pipeline.Mention{Span: g.inBytes(t.Span), Type: pipeline.MentionType(t.Type),
			Sentence: -1, From: -1, To: -1, Head: -1, Entity: -1, Rule: "gold"})
	}
}

// late is 1 for what LayerNominals adds after LayerNames.
func late(t TextBound) int {
	if kind := pipeline.MentionType(t.Type); kind == pipeline.Title || kind == pipeline.Nominal {
		return 1
	}
	return 0
}

// entities makes one Entity of the mentions of each Equiv, and one of every
// name and nominal that stands alone.
func (g *goldLayers) entities() {
	d := g.doc
	sets := newClusters(len(d.Mentions))
	for _, ids := range g.set.Equivs {
		for _, id := range ids[1:] {
			if a, ok := g.mention[ids[0]]; ok {
				if b, ok := g.mention[id]; ok {
					sets.join(a, b)
				}
			}
		}
	}
	entity := map[int]int{}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if !actorLike(string(m.Type)) {
			continue
		}
		root := sets.find(i)
		e, ok := entity[root]
		if !ok {
			e = len(d.Entities)
			entity[root] = e
			d.Entities = append(d.Entities, pipeline.Entity{ID: d.ID + "-" + strconv.Itoa(e), Type: m.Type, Name: d.In(m.Span)})
		}
		m.Entity = e
		d.Entities[e].Mentions = append(d.Entities[e].Mentions, i)
		if name := d.In(m.Span); better(m.Type, name, d.Entities[e]) {
			d.Entities[e].Type, d.Entities[e].Name = m.Type, name
		}
	}
	for _, r := range g.set.References {
		if m, ok := g.mention[r.Target]; ok && d.Mentions[m].Entity >= 0 {
			d.Entities[d.Mentions[m].Entity].Country = r.Country
		}
	}
	for _, r := range g.set.Groups {
		whole, ok1 := g.mention[r.Whole]
		member, ok2 := g.mention[r.Member]
		if !ok1 || !ok2 || d.Mentions[whole].Entity < 0 || d.Mentions[member].Entity < 0 {
			continue
		}
		e := &d.Entities[d.Mentions[whole].Entity]
		if !slices.Contains(e.Members, d.Mentions[member].Entity) {
			e.Members = append(e.Members, d.Mentions[member].Entity)
		}
	}
}

// better reports whether a mention names its entity better than the best so
// far: a proper name above an adjective above a nominal, then the longer.
func better(t pipeline.MentionType, name string, e pipeline.Entity) bool {
	if a, b := nameRank(t), nameRank(e.Type); a != b {
		return a > b
	}
	return len(name) > len(e.Name)
}

func nameRank(t pipeline.MentionType) int {
	switch {
	case t == pipeline.NORP:
		return 1
	case t.Named():
		return 2
	}
	return 0
}

// relations makes a Relation of every event and office.
func (g *goldLayers) relations() {
	d := g.doc
	for _, e := range g.set.Events {
		trigger, _ := g.set.span(e.Trigger)
		r := pipeline.Relation{ID: d.ID + "-" + e.ID, Type: e.Type, Status: pipeline.Happened, Sentence: -1,
			Trigger: g.inBytes(trigger.Span), Rule: "gold", Confidence: 1}
		r.Lemma = strings.ToLower(d.In(r.Trigger))
		for _, f := range e.Roles {
			t, _ := g.set.span(f.Target)
			m, ok := g.mention[f.Target]
			if !ok {
				m = -1
			}
			r.Args = append(r.Args, pipeline.Argument{Role: pipeline.Role(f.Role), Mention: m, Span: g.inBytes(t.Span)})
		}
		for _, a := range g.set.Attributes {
			if a.Target != e.ID {
				continue
			}
			switch a.Name {
			case "Mode":
				r.Mode = append(r.Mode, a.Value)
			case "Context":
				r.Context = append(r.Context, a.Value)
			case "Status":
				r.Status = pipeline.Status(a.Value)
			}
		}
		d.Relations = append(d.Relations, r)
	}
	slices.SortStableFunc(d.Relations, func(a, b pipeline.Relation) int { return cmp.Compare(a.Trigger.Start, b.Trigger.Start) })
}

// clusters is a union-find over the integers below its length.
type clusters []int

func newClusters(n int) clusters {
	c := make(clusters, n)
	for i := range c {
		c[i] = i
	}
	return c
}

func (c clusters) find(i int) int {
	for c[i] != i {
		c[i] = c[c[i]]
		i = c[i]
	}
	return i
}

func (c clusters) join(a, b int) { c[c.find(b)] = c.find(a) }
