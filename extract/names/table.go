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

// newTable joins the rows of all passes, which it sorts by hash. A feature whose
// hash meets that of another in its lower half is refused.
func newTable(rows [Passes][]Row) (table, error) {
	cells := 0
	for _, list := range rows {
		slices.SortFunc(list, func(x, y Row) int { return cmp.Compare(uint32(x.Feature), uint32(y.Feature)) })
		for i, r := range list {
			if i > 0 && uint32(list[i-1].Feature) == uint32(r.Feature) {
				return table{}, fmt.Errorf("two features share the hash %x", uint32(r.Feature))
			}
			cells += len(r.Labels)
		}
	}
	distinct := 0
	eachFeature(rows, func(uint32, [Passes]Row) { distinct++ })
	size := 1 << bits.Len(uint(distinct+distinct/2))
	t := table{slots: make([]slot, size), present: make([]uint64, max(1, size*4/64)), cells: make([]cell, 0, cells)}
	eachFeature(rows, func(check uint32, passes [Passes]Row) {
		s := t.slot(check)
		*s = slot{check: check, at: uint32(len(t.cells))}
		for p, r := range passes {
			s.size[p] = uint8(len(r.Labels))
			for i, l := range r.Labels {
				t.cells = append(t.cells, cell{l, r.Weights[i]})
			}
		}
		t.present[t.bit(check)/64] |= 1 << (t.bit(check) % 64)
	})
	return t, nil
}

// eachFeature goes through sorted rows: once for each feature, with its row of
// every pass, which is empty where the pass has none.
func eachFeature(rows [Passes][]Row, do func(check uint32, passes [Passes]Row)) {
	for {
		check, more := uint32(math.MaxUint32), false
		for _, list := range rows {
			if len(list) > 0 {
				check, more = min(check, uint32(list[0].Feature)), true
			}
		}
		if !more {
			return
		}
		var passes [Passes]Row
		for p, list := range rows {
			if len(list) > 0 && uint32(list[0].Feature) == check {
				passes[p], rows[p] = list[0], list[1:]
			}
		}
		do(check, passes)
	}
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

// together is how many features are looked for at once.
const together = 64

// score adds the weights of the features to the scores of each pass. It leaves
// in features what it likes.
//
// The table is larger than the processor's caches, so that the time goes by
// waiting for memory. Each of three loops asks for all that the next one needs,
// and none of them branches on what it waits for.
func (t *table) score(first, second *[Labels]int32, features []Feature) {
	var found [together]slot
	for len(features) > 0 {
		part := features[:min(together, len(features))]
		features = features[len(part):]
		n, mask := 0, uint32(len(t.present)*64-1)
		for _, f := range part {
			b := uint32(f) & mask
			part[n] = f
			n += int(t.present[b/64] >> (b % 64) & 1)
		}
		for i, f := range part[:n] {
			found[i] = *t.slot(uint32(f))
			found[i].check = uint32(t.cells[found[i].at].label) // for asking alone
		}
		for i := range found[:n] {
			s := &found[i]
			middle := s.at + uint32(s.size[0])
			for _, c := range t.cells[s.at:middle] {
				first[c.label] += int32(c.weight)
			}
			for _, c := range t.cells[middle : middle+uint32(s.size[1])] {
				second[c.label] += int32(c.weight)
			}
		}
	}
}
