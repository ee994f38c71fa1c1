package parse

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/zeebo/xxh3"
)

// A Tree is one parsed sentence to learn from.
type Tree struct {
	Forms []string
	Tags  []string // Penn tags
	POS   []string // Universal parts of speech
	Heads []int    // counts words from 1; 0 for the root
	Rels  []string // relation to the head, with subtype
	Right []string // the Penn tags that the words should have had
}

// Training says how large a network is and how long it learns.
type Training struct {
	Width  int // units of a layer, half of them forward; a multiple of 32
	Layers int
	Arc    int // units of the head and the dependent part; a multiple of 16
	Label  int // units of the relation parts; a multiple of 16
	Epochs int
	Batch  int     // words of an update
	Rate   float64 // of learning, at its highest; it falls to zero by the last update
	Drop   float64 // share of values that are left out while learning (Srivastava et al. 2014)
	Seed   uint64

	Progress func(epoch int, l *Learner, line string) // called after every epoch, where set
}

// DefaultTraining is what the embedded weights were trained with.
var DefaultTraining = Training{Width: 128, Layers: 3, Arc: 64, Label: 64, Epochs: 10, Batch: 400, Rate: 2e-3, Drop: 0.15, Seed: 1}

// A Learner is a network in training, in floating point.
type Learner struct {
	Training
	lexicon   lexicon
	rels      []string
	relNumber map[string]int
	seen      map[uint64]int // how often training has a word, by the hash of its normal form

	embed    *param
	layers   []recurrent
	project  *param
	projectB *param
	bilinear *param
	headBias *param
	bias     *param // rows: tag of the dependent and of the head; columns: distance
	relate   *param
	relateB  *param
	retag    *param // from the first layer to the right tags; only while learning
	retagB   *param

	random  *rand.Rand
	adam    adam
	updates int // in all of the training
	arena   arena
	rows    touched // of embed, that the batch has a gradient for
	biases  touched // values of bias likewise
}

// recurrent is one layer: columns for candidate, forget and reset.
type recurrent struct{ w, b *param }

// sample is a Tree in numbers. Word 0 is the root.
type sample struct {
	rows  []int32
	tags  []uint8
	seen  []int
	heads []int
	rels  []int
	right []uint8
}

// touched lists the few of many that a batch has changed, in order.
type touched struct {
	is   []bool
	list []int
}

func (t *touched) add(i int) {
	if !t.is[i] {
		t.is[i] = true
		t.list = append(t.list, i)
	}
}

func (t *touched) reset() {
	for _, i := range t.list {
		t.is[i] = false
	}
	t.list = t.list[:0]
}

// Train learns from trees and writes the quantized network to w. The same
// trees and options give the same bytes on the same kind of machine.
func Train(w io.Writer, trees []Tree, o Training) error {
	l := NewLearner(trees, o)
	l.Fit(trees)
	n := l.quantize()
	if err := n.check(); err != nil {
		return fmt.Errorf("parse: the trained network: %w", err)
	}
	return n.write(w)
}

// NewLearner makes a network with random weights for the words, tags and
// relations of trees.
func NewLearner(trees []Tree, o Training) *Learner {
	l := &Learner{Training: o, random: rand.New(rand.NewPCG(o.Seed, 7)), seen: map[uint64]int{}}
	tags, rels := map[string]bool{}, map[string]bool{"root": true}
	l.rels = []string{"root"}
	var words []uint64
	for _, t := range trees {
		for i, form := range t.Forms {
			h := normalHash(form)
			if l.seen[h]++; l.seen[h] == 2 {
				words = append(words, h)
			}
			for _, tag := range []string{t.Tags[i], t.Right[i]} {
				if !tags[tag] {
					tags[tag] = true
					l.lexicon.tags = append(l.lexicon.tags, tag)
				}
			}
			if !rels[t.Rels[i]] {
				rels[t.Rels[i]] = true
				l.rels = append(l.rels, t.Rels[i])
			}
		}
	}
	slices.Sort(l.lexicon.tags)
	slices.Sort(l.rels[1:])
	l.lexicon.words = words
	l.lexicon.index()
	l.relNumber = map[string]int{}
	for i, r := range l.rels {
		l.relNumber[r] = i
	}

	even := func(rows, cols int, spread float64) *param {
		p := newParam(rows, cols)
		for i := range p.v[:rows*p.cols] {
			p.v[i] = float32((l.random.Float64()*2 - 1) * spread)
		}
		return p
	}
	l.embed = even(l.lexicon.rows, o.Width, 0.25)
	l.rows = touched{is: make([]bool, l.lexicon.rows)}
	for range o.Layers {
		r := recurrent{even(o.Width, 3*o.Width, math.Sqrt(3/float64(o.Width))), newParam(1, 3*o.Width)}
		for j := range o.Width { // some units remember long from the start
			r.b.v[o.Width+j] = float32(l.random.Float64() * 2)
		}
		l.layers = append(l.layers, r)
	}
	l.project, l.projectB = even(o.Width, 2*o.Arc+2*o.Label, math.Sqrt(3/float64(o.Width))), newParam(1, 2*o.Arc+2*o.Label)
	l.bilinear, l.headBias = even(o.Arc, o.Arc, math.Sqrt(1/float64(o.Arc))), newParam(1, o.Arc)
	numbers := len(l.lexicon.tags) + firstTag
	l.bias = newParam(numbers*numbers, distances)
	l.biases = touched{is: make([]bool, len(l.bias.v))}
	l.relate, l.relateB = even(o.Label, len(l.rels), math.Sqrt(3/float64(o.Label))), newParam(1, len(l.rels))
	l.retag, l.retagB = even(o.Width, numbers, math.Sqrt(3/float64(o.Width))), newParam(1, numbers)
	return l
}

func normalHash(form string) uint64 {
	var buf [48]byte
	return xxh3.Hash(normal(buf[:], form))
}

// sample turns t into numbers; its heads and relations may be nil.
func (l *Learner) sample(t Tree) *sample {
	var s scratch
	out := &sample{seen: []int{1 << 30}, heads: []int{-1}, rels: []int{0}, right: []uint8{rootTag}}
	for i, form := range t.Forms {
		s.words = append(s.words, l.lexicon.word(form, t.Tags[i], t.POS[i]))
		out.seen = append(out.seen, l.seen[normalHash(form)])
		if t.Heads != nil {
			out.heads = append(out.heads, t.Heads[i])
			out.rels = append(out.rels, l.relNumber[t.Rels[i]])
			out.right = append(out.right, l.lexicon.tagNumber[t.Right[i]])
		}
	}
	l.lexicon.features(&s)
	out.rows, out.tags = s.rows, s.tags
	return out
}

// Fit learns from trees, whose words and relations NewLearner has seen.
func (l *Learner) Fit(trees []Tree) {
	samples := make([]*sample, len(trees))
	words := 0
	for i, t := range trees {
		samples[i] = l.sample(t)
		words += len(t.Forms)
	}
	l.updates = l.Epochs * (words/l.Batch + 1)
	for epoch := range l.Epochs {
		start, loss, right := time.Now(), 0.0, 0
		l.random.Shuffle(len(samples), func(i, j int) { samples[i], samples[j] = samples[j], samples[i] })
		for rest := samples; len(rest) > 0; {
			n := 0
			for size := 0; n < len(rest) && size < l.Batch; n++ {
				size += len(rest[n].tags)
			}
			cost, hits := l.learn(rest[:n])
			loss, right, rest = loss+cost, right+hits, rest[n:]
		}
		if l.Progress != nil {
			l.Progress(epoch, l, fmt.Sprintf("epoch %d: loss %.4f a word, %.4f of heads right, %.0f s",
				epoch+1, loss/float64(words), float64(right)/float64(words), time.Since(start).Seconds()))
		}
	}
}

// learn makes one update. It returns the loss and the number of right heads.
func (l *Learner) learn(batch []*sample) (loss float64, right int) {
	l.arena.reset()
	f := l.forward(batch, true)
	loss, right = l.backward(f)

	const warmUp = 200 // updates before the highest rate is reached
	l.adam.step++
	done := float64(l.adam.step) / float64(l.updates)
	l.adam.rate = l.Rate * min(1, float64(l.adam.step)/warmUp) * max(0.001, 1-done)
	for _, p := range []*param{l.project, l.projectB, l.bilinear, l.headBias, l.relate, l.relateB, l.retag, l.retagB} {
		l.adam.update(p, 0, len(p.v))
	}
	for _, r := range l.layers {
		l.adam.update(r.w, 0, len(r.w.v))
		l.adam.update(r.b, 0, len(r.b.v))
	}
	for _, r := range l.rows.list {
		l.adam.update(l.embed, r*l.embed.cols, (r+1)*l.embed.cols)
	}
	for _, k := range l.biases.list {
		l.adam.update(l.bias, k, k+1)
	}
	l.rows.reset()
	l.biases.reset()
	return loss, right
}

// Parser returns a parser that runs the network as it is now, quantized.
func (l *Learner) Parser() *Parser { return &Parser{network: l.quantize()} }
