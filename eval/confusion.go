package eval

import (
	"maps"
	"slices"

	"parley/eval/label"
	"parley/pipeline"
)

// A Confusion counts which type was found where which type is labelled. The
// empty type is none: a row of it is what was found and not labelled, a column
// of it what was labelled and not found.
type Confusion struct {
	Types []string // in order, the empty type last
	Cells map[[2]string]int
}

// Count is how often found was found where gold is labelled.
func (c *Confusion) Count(gold, found string) int { return c.Cells[[2]string{gold, found}] }

func (c *Confusion) add(gold, found string) { c.Cells[[2]string{gold, found}]++ }

// close orders the types.
func (c *Confusion) close() *Confusion {
	types := map[string]bool{}
	for cell := range c.Cells {
		types[cell[0]], types[cell[1]] = true, true
	}
	delete(types, "")
	c.Types = append(slices.Sorted(maps.Keys(types)), "")
	return c
}

// EventConfusion pairs events whose triggers overlap, whatever their types.
func (r *Report) EventConfusion() *Confusion {
	c := &Confusion{Cells: map[[2]string]int{}}
	event := func(t string) bool { return t != label.Holds }
	for _, a := range r.Articles {
		gold, found := read(a.Gold).frames(event), read(a.Predicted).frames(event)
		c.pairs(len(gold), len(found),
			func(i int) (string, pipeline.Span) { return gold[i].event.Type, gold[i].trigger },
			func(i int) (string, pipeline.Span) { return found[i].event.Type, found[i].trigger })
	}
	return c.close()
}

// NameConfusion pairs names whose spans overlap, whatever their types.
func (r *Report) NameConfusion() *Confusion {
	c := &Confusion{Cells: map[[2]string]int{}}
	names := func(s *label.Set) []label.TextBound {
		var out []label.TextBound
		for _, t := range s.Spans {
			if kind := pipeline.MentionType(t.Type); kind.Named() || kind.Value() {
				out = append(out, t)
			}
		}
		return out
	}
	for _, a := range r.Articles {
		gold, found := names(a.Gold), names(a.Predicted)
		c.pairs(len(gold), len(found),
			func(i int) (string, pipeline.Span) { return gold[i].Type, gold[i].Span },
			func(i int) (string, pipeline.Span) { return found[i].Type, found[i].Span })
	}
	return c.close()
}

// pairs counts n labelled against m found items: those of one span and type
// first, then by overlap.
func (c *Confusion) pairs(n, m int, gold, found func(int) (string, pipeline.Span)) {
	goldTaken, foundTaken := map[int]bool{}, map[int]bool{}
	for _, p := range pairUp(n, m, func(i, j int) int {
		t, s := gold(i)
		u, v := found(j)
		score := 2 * overlap(s, v)
		if score > 0 && t == u {
			score++
		}
		return score
	}) {
		goldTaken[p[0]], foundTaken[p[1]] = true, true
		t, _ := gold(p[0])
		u, _ := found(p[1])
		c.add(t, u)
	}
	for i := range n {
		if !goldTaken[i] {
			t, _ := gold(i)
			c.add(t, "")
		}
	}
	for j := range m {
		if !foundTaken[j] {
			u, _ := found(j)
			c.add("", u)
		}
	}
}
