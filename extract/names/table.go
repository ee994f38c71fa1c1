package names

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// Passes is how often a sentence is labelled.
const Passes = 2

// Weights are what one pass of a Model learnt: scores of labels by the label
// before, and by feature.
type Weights struct {
	Transitions [Labels][Labels]int32
	Rows        []Row // in any order
}

// Row is the weights of one feature for some labels.
type Row struct {
	Feature Feature // its lower half alone tells it from others
	Labels  []Label
	Weights []int8
}

// A chain is what one pass makes of a label by the one before.
type chain struct {
	transitions [Labels][Labels]int32
	spread      int32 // the most that transitions into one label differ by
}

func newChain(transitions [Labels][Labels]int32) chain {
	c := chain{transitions: transitions}
	for l := range Label(Labels) {
		low, high := int32(math.MaxInt32), int32(math.MinInt32)
		for _, k := range closed {
			low, high = min(low, transitions[k][l]), max(high, transitions[k][l])
		}
		c.spread = max(c.spread, high-low)
	}
	return c
}

// A table holds the weights of features for all passes. The passes share most of
// their features, so that each is looked for once.
type table struct {
	present []uint64 // one bit for each feature, by a part of its hash: most features of a text are not here
	slots   []slot
	cells   []cell
}

// slot finds the cells of one feature by the lower half of its hash: those of
// the first pass, then those of the second. A free slot has no cells.
type slot struct {
	check, at uint32
	size      [Passes]uint8
}

// cell is the weight of one feature for one label.
type cell struct {
	label  Label
	weight int8
}

// newTable joins the rows of all passes. A feature whose hash meets that of
// another in its lower half is refused.
func newTable(rows [Passes][]Row) (table, error) {
	type half struct {
		check uint32
		rows  [Passes]*Row
	}
	found := map[uint32]int{}
	var all []half
	cells := 0
	for p := range rows {
		for i := range rows[p] {
			r := &rows[p][i]
			check := uint32(r.Feature)
			at, ok := found[check]
			if !ok {
				at = len(all)
				found[check] = at
				all = append(all, half{check: check})
			}
			if all[at].rows[p] != nil {
				return table{}, fmt.Errorf("two features share the hash %x", check)
			}
			all[at].rows[p] = r
			cells += len(r.Labels)
		}
	}
	size := 1 << bits.Len(uint(len(all)+len(all)/2))
	t := table{slots: make([]slot, size), present: make([]uint64, max(1, size*8/64)), cells: make([]cell, 0, cells)}
	for _, h := range all {
		s := t.slot(h.check)
		*s = slot{check: h.check, at: uint32(len(t.cells))}
		for p, r := range h.rows {
			if r == nil {
				continue
			}
			s.size[p] = uint8(len(r.Labels))
			for i, l := range r.Labels {
				t.cells = append(t.cells, cell{l, r.Weights[i]})
			}
		}
		t.present[t.bit(h.check)/64] |= 1 << (t.bit(h.check) % 64)
	}
	return t, nil
}

// rows gives back what newTable got for one pass, by hash.
func (t *table) rows(pass int) []Row {
	var rows []Row
	for _, s := range t.slots {
		from := s.at
		for p := range pass {
			from += uint32(s.size[p])
		}
		if s.size[pass] == 0 {
			continue
		}
		r := Row{Feature: Feature(s.check)}
		for _, c := range t.cells[from : from+uint32(s.size[pass])] {
			r.Labels, r.Weights = append(r.Labels, c.label), append(r.Weights, c.weight)
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(x, y Row) int { return cmp.Compare(x.Feature, y.Feature) })
	return rows
}

func (t *table) slot(check uint32) *slot {
	mask := uint32(len(t.slots) - 1)
	for i := (check * 0x9e3779b1) >> 7 & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.check == check || s.size == [Passes]uint8{} {
			return s
		}
	}
}

func (t *table) bit(check uint32) uint32 { return check & uint32(len(t.present)*64-1) }

// score adds the weights of the features to the scores of each pass. It leaves
// in features what it likes.
func (t *table) score(first, second *[Labels]int32, features []Feature) {
	// Those that are not in the table are dropped without a branch, which the
	// processor could not foresee.
	n, mask := 0, uint32(len(t.present)*64-1)
	for _, f := range features {
		b := uint32(f) & mask
		features[n] = f
		n += int(t.present[b/64] >> (b % 64) & 1)
	}
	for _, f := range features[:n] {
		s := t.slot(uint32(f))
		middle := s.at + uint32(s.size[0])
		for _, c := range t.cells[s.at:middle] {
			first[c.label] += int32(c.weight)
		}
		for _, c := range t.cells[middle : middle+uint32(s.size[1])] {
			second[c.label] += int32(c.weight)
		}
	}
}
