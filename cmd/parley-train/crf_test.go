package main

import (
	"math"
	"testing"

	"parley/extract/names"
)

// toy is two kinds of words and their labels; feature 0 marks a person's only
// word, 1 its first, 2 its last, 3 anything else.
func toy(weight float64, partial bool) []chain {
	one := func(l names.Label) labelSet { return 1 << l }
	begin, end := names.LabelOf(0, names.Begin), names.LabelOf(0, names.Last)
	x := []chain{
		{features: [][]int32{{0}, {3}}, allowed: []labelSet{one(names.LabelOf(0, names.Only)), one(names.Outside)}, weight: weight},
		{features: [][]int32{{1}, {2}, {3}}, allowed: []labelSet{one(begin), one(end), one(names.Outside)}, weight: weight},
	}
	if partial {
		// A set that does not say which type the two words are.
		x = append(x, chain{features: [][]int32{{1}, {2}}, allowed: []labelSet{
			one(begin) | one(names.LabelOf(1, names.Begin)), one(end) | one(names.LabelOf(1, names.Last))}, weight: weight})
	}
	return x
}

func TestCRFLearnsAndFallsInLoss(t *testing.T) {
	for _, partial := range []bool{false, true} {
		chains := toy(1, partial)
		c := newCRF(4, chains, 0.3, 1e-4)
		first, last := 0.0, 0.0
		for i := range 60 {
			loss := 0.0
			for j := range chains {
				loss += c.learn(&chains[j])
			}
			if i == 0 {
				first = loss
			}
			last = loss
		}
		if !(last < first/5) || math.IsNaN(last) {
			t.Errorf("partial %v: the loss went from %.3f to %.3f", partial, first, last)
		}
	}
}

// The gradient must be the slope of the loss.
func TestCRFGradient(t *testing.T) {
	chains := toy(1, true)
	x := &chains[2]
	loss := func(c *crf) float64 {
		c.potentials(x)
		n := len(x.features)
		return c.sums(n, nil) - c.sums(n, x.allowed)
	}
	c := newCRF(4, chains, 0, 0)
	for i := range c.weights {
		c.weights[i] = float32(i%5) * 0.1
	}
	before := loss(c)
	c.potentials(x)
	c.sums(2, nil)
	c.expect(2, 1)
	c.sums(2, x.allowed)
	c.expect(2, -1)
	for at := c.first[1]; at < c.first[2]; at++ { // the first word's feature
		want := c.expected[0][c.label[at]]
		const step = 1e-2
		c.weights[at] += step
		potentialShift := loss(c) - before
		c.weights[at] -= step
		// potentials are scaled alike for both sums, so their difference is the loss.
		if got := potentialShift / step; math.Abs(got-want) > 2e-2 {
			t.Errorf("label %d: slope %.4f, gradient %.4f", c.label[at], got, want)
		}
		c.potentials(x)
		c.sums(2, nil)
		c.expect(2, 1)
		c.sums(2, x.allowed)
		c.expect(2, -1)
	}
}

func TestClassWords(t *testing.T) {
	var text [][]string
	for range 20 {
		for _, day := range []string{"Monday", "Friday", "Sunday"} {
			for _, city := range []string{"Paris", "Cairo", "Lima"} {
				text = append(text, []string{"They", "met", "in", city, "on", day, "."})
			}
		}
	}
	class := classWords(text, 8, 2, 20)
	if class["Monday"] != class["Friday"] || class["Paris"] != class["Lima"] || class["Monday"] == class["Paris"] {
		t.Errorf("classes: %v", class)
	}
	if again := classWords(text, 8, 2, 20); again["Cairo"] != class["Cairo"] || len(again) != len(class) {
		t.Error("the same text gave other classes")
	}
}
