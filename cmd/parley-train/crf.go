package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"parley/extract/names"
)

const labels = names.Labels

// A chain is one run of words to learn from: the features of each word, as
// indexes into a vocabulary, and the labels that it may have. A word of a set
// that does not mark all types has several; its likelihood is their sum.
type chain struct {
	features [][]int32
	allowed  []labelSet
	weight   float64 // how much the run counts
}

// labelSet is a set of labels, one bit each.
type labelSet uint64

const everyLabel labelSet = 1<<labels - 1

func (s labelSet) has(l names.Label) bool { return s>>l&1 != 0 }

// crf is a linear-chain conditional random field in training (Lafferty, McCallum and
// Pereira, ICML 2001), fitted by AdaGrad (Duchi, Hazan and Singer, JMLR 2011) with
// an L2 penalty; the weights of the last epochs are averaged.
type crf struct {
	// A feature has weights for the labels that were seen with it, and for no others.
	first       []int32       // by feature: its first cell
	label       []names.Label // by cell
	weights     []float32     // by cell
	squares     []float32
	sum         []float32
	transitions [labels][labels]float64
	tsquares    [labels][labels]float64
	tsum        [labels][labels]float64
	rate, l2    float64
	summed      int

	// Of one chain: potentials, forward and backward sums, each row scaled.
	potential, alpha, beta [][labels]float64
	scale                  []float64
	live                   [][]names.Label // labels that have a share of the forward sum
	expected               [][labels]float64
	flow                   [labels][labels]float64
	flowed                 []step
	edge                   [labels][labels]float64 // exp of transitions
}

func newCRF(features int, chains []chain, rate, l2 float64) *crf {
	seen := make([]labelSet, features)
	for _, x := range chains {
		for i, fs := range x.features {
			if a := x.allowed[i]; a&(a-1) == 0 {
				for _, f := range fs {
					seen[f] |= a
				}
			}
		}
	}
	c := &crf{rate: rate, l2: l2}
	for k := range c.edge {
		for l := range c.edge[k] {
			c.edge[k][l] = 1
		}
	}
	for _, set := range seen {
		c.first = append(c.first, int32(len(c.label)))
		for l := range names.Label(labels) {
			if set.has(l) {
				c.label = append(c.label, l)
			}
		}
	}
	c.first = append(c.first, int32(len(c.label)))
	c.weights, c.squares = make([]float32, len(c.label)), make([]float32, len(c.label))
	return c
}

// after lists the labels that may follow each label.
var after = func() (p [labels][]names.Label) {
	for k := range names.Label(labels) {
		for l := range names.Label(labels) {
			if k.Follows(l) {
				p[k] = append(p[k], l)
			}
		}
	}
	return p
}()

// step is a transition between labels.
type step struct{ from, to names.Label }

// train fits the field to the chains, in a shuffled order that depends on the
// epoch alone, and averages the weights of the last third of the epochs.
func (c *crf) train(chains []chain, epochs int, log func(string)) {
	order := make([]int, len(chains))
	for i := range order {
		order[i] = i
	}
	average := epochs - max(1, epochs/3)
	for epoch := range epochs {
		r := rand.New(rand.NewPCG(1, uint64(epoch)))
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += c.learn(&chains[i])
		}
		if epoch >= average {
			c.average()
		}
		log(fmt.Sprintf("epoch %d: loss %.0f", epoch+1, loss))
	}
	for i := range c.weights {
		c.weights[i] = c.sum[i] / float32(c.summed)
	}
	for k := range c.transitions {
		for l := range c.transitions[k] {
			c.transitions[k][l] = c.tsum[k][l] / float64(c.summed)
		}
	}
}

func (c *crf) average() {
	if c.sum == nil {
		c.sum = make([]float32, len(c.weights))
	}
	for i, w := range c.weights {
		c.sum[i] += w
	}
	for k := range c.transitions {
		for l, w := range c.transitions[k] {
			c.tsum[k][l] += w
		}
	}
	c.summed++
}

// learn takes one step along the gradient of a chain's log likelihood, which it
// returns, negated.
func (c *crf) learn(x *chain) float64 {
	n := len(x.features)
	c.potentials(x)
	all := c.sums(n, nil)
	c.expect(n, 1)
	gold := c.sums(n, x.allowed)
	if math.IsInf(gold, -1) {
		return 0 // a mention goes beyond the run
	}
	c.expect(n, -1)

	for i, features := range x.features {
		e := &c.expected[i]
		for _, f := range features {
			for at := c.first[f]; at < c.first[f+1]; at++ {
				w := c.weights[at]
				g := float32(x.weight*e[c.label[at]] + c.l2*float64(w))
				if g < 1e-5 && g > -1e-5 {
					continue
				}
				c.squares[at] += g * g
				c.weights[at] = w - float32(c.rate)*g/float32(math.Sqrt(float64(c.squares[at])+1e-6))
			}
		}
	}
	for _, e := range c.flowed {
		k, l := e.from, e.to
		g := x.weight*c.flow[k][l] + c.l2*c.transitions[k][l]
		c.flow[k][l] = 0
		c.tsquares[k][l] += g * g
		c.transitions[k][l] -= c.rate * g / math.Sqrt(c.tsquares[k][l]+1e-6)
		c.edge[k][l] = math.Exp(c.transitions[k][l])
	}
	c.flowed = c.flowed[:0]
	return x.weight * (all - gold)
}

// expect adds sign times the probabilities of labels and transitions, from the
// sums of a chain of n words, to c.expected and c.flow.
func (c *crf) expect(n int, sign float64) {
	for i := range n {
		total := 0.0
		for _, l := range c.live[i] {
			total += c.alpha[i][l] * c.beta[i][l]
		}
		if total == 0 {
			continue
		}
		for _, l := range c.live[i] {
			p := c.alpha[i][l] * c.beta[i][l] / total
			c.expected[i][l] += sign * p
			if p < negligible {
				continue
			}
			if i == n-1 {
				c.pass(l, names.Outside, sign*p)
			}
			if i == 0 {
				c.pass(names.Outside, l, sign*p)
				continue
			}
			out := c.potential[i][l] * c.beta[i][l] / c.scale[i] / total
			for _, k := range c.live[i-1] {
				if k.Follows(l) {
					c.pass(k, l, sign*c.alpha[i-1][k]*c.edge[k][l]*out)
				}
			}
		}
	}
}

// pass adds to the expected number of one transition.
func (c *crf) pass(k, l names.Label, p float64) {
	if c.flow[k][l] == 0 {
		c.flowed = append(c.flowed, step{k, l})
	}
	c.flow[k][l] += p
}

// potentials fills c.potential with exp of the scores of every word, each row
// divided by its largest.
func (c *crf) potentials(x *chain) {
	n := len(x.features)
	for len(c.potential) < n {
		c.potential = append(c.potential, [labels]float64{})
		c.alpha = append(c.alpha, [labels]float64{})
		c.beta = append(c.beta, [labels]float64{})
		c.expected = append(c.expected, [labels]float64{})
		c.scale = append(c.scale, 0)
		c.live = append(c.live, make([]names.Label, 0, labels))
	}
	for i, features := range x.features {
		var scores [labels]float32
		for _, f := range features {
			for at := c.first[f]; at < c.first[f+1]; at++ {
				scores[c.label[at]] += c.weights[at]
			}
		}
		top := slices.Max(scores[:])
		for l := range labels {
			c.potential[i][l] = math.Exp(float64(scores[l] - top))
		}
		c.expected[i] = [labels]float64{}
	}
}

// sums runs forward and backward over a chain of n words, over the allowed labels
// alone where they are given, and returns the logarithm of the sum but for the
// scaling of potentials, which is the same in every call for one chain. Labels
// with a negligible share of the forward sum are left out.
func (c *crf) sums(n int, allowed []labelSet) float64 {
	log := 0.0
	for i := range n {
		a := &c.alpha[i]
		sum := 0.0
		live := c.live[i][:0]
		enter := func(l names.Label, in float64) {
			if in == 0 || allowed != nil && !allowed[i].has(l) || i == n-1 && l.Open() {
				return
			}
			a[l] = in * c.potential[i][l]
			sum += a[l]
			live = append(live, l)
		}
		if i == 0 {
			for _, l := range after[names.Outside] {
				enter(l, c.edge[names.Outside][l])
			}
		} else {
			var in [labels]float64
			for _, k := range c.live[i-1] {
				p := c.alpha[i-1][k]
				for _, l := range after[k] {
					in[l] += p * c.edge[k][l]
				}
			}
			for l := range names.Label(labels) {
				enter(l, in[l])
			}
		}
		if sum == 0 {
			return math.Inf(-1)
		}
		kept := live[:0]
		for _, l := range live {
			if a[l] /= sum; a[l] >= negligible {
				kept = append(kept, l)
			}
		}
		c.live[i] = kept
		c.scale[i] = sum
		log += math.Log(sum)
	}
	end := 0.0
	for _, l := range c.live[n-1] {
		c.beta[n-1][l] = c.edge[l][names.Outside]
		end += c.alpha[n-1][l] * c.edge[l][names.Outside]
	}
	if end == 0 {
		return math.Inf(-1)
	}
	log += math.Log(end)
	for i := n - 2; i >= 0; i-- {
		b := &c.beta[i]
		for _, k := range c.live[i] {
			b[k] = 0
			for _, l := range c.live[i+1] {
				if k.Follows(l) {
					b[k] += c.edge[k][l] * c.potential[i+1][l] * c.beta[i+1][l] / c.scale[i+1]
				}
			}
		}
	}
	return log
}

// negligible is the share of probability below which a label is not followed.
const negligible = 1e-6
