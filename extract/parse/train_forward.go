package parse

import "math"

// pass is what forward computed for a batch and backward needs.
type pass struct {
	batch []*sample
	start []int    // first row of every sentence, and the number of rows
	keep  []bool   // by word and slot: whether its embedding row took part
	x     []matrix // input of every layer, and at last the output
	layer []layerPass
	q     matrix // projections; the head and dependent parts are bent and dropped
	slope matrix // by which q follows its argument: 0 where dropped
}

type layerPass struct {
	drop  matrix // by sentence and unit: 0 or the weight of what is kept
	in    matrix // x after dropping
	gates matrix // candidate, forget, reset, before bending
	state matrix
}

// squash is bend in floating point, and its slope: it runs smoothly from -1 to 1
// as u does.
func squash(u float32) (value, slope float32) {
	u = max(-1, min(1, u))
	rest := 1 - math.Float32frombits(math.Float32bits(u)&^(1<<31))
	return u + u*rest, 2 * rest
}

// gate is what recur makes of a gate, and its slope.
func gate(g float32) (value, slope float32) {
	v, s := squash(g / 4)
	return 0.5 + 0.5*v, s / 8
}

// leak is the slope of q below zero.
const leak = 1.0 / (1 << leakBits)

// dropped is 0, or what a kept value counts.
func (l *Learner) dropped() float32 {
	if l.random.Float64() < l.Drop {
		return 0
	}
	return float32(1 / (1 - l.Drop))
}

// forgets decides whether a feature is left out: words that training saw seldom
// more often, so that words it never saw are no surprise.
func (l *Learner) forgets(s *sample, word, slot int) bool {
	if l.Drop == 0 {
		return false
	}
	switch slot {
	case slotWordBefore:
		word--
	case slotWordAfter:
		word++
	case slotWord:
	default:
		return l.random.Float64() < 0.08
	}
	if word <= 0 || word >= len(s.seen) {
		return false
	}
	return l.random.Float64() < 0.05+1/(4+float64(s.seen[word]))
}

// forward computes the network over batch; train says whether values are dropped.
func (l *Learner) forward(batch []*sample, train bool) *pass {
	f := &pass{batch: batch, start: []int{0}}
	total := 0
	for _, s := range batch {
		total += len(s.tags)
		f.start = append(f.start, total)
	}
	f.keep = make([]bool, total*slots)
	x := l.arena.take(total, l.Width)
	for i, s := range batch {
		for w := range s.tags {
			t := f.start[i] + w
			out := x.row(t)
			for slot := range slots {
				if train && l.forgets(s, w, slot) {
					continue
				}
				f.keep[t*slots+slot] = true
				for j, v := range l.embed.row(int(s.rows[w*slots+slot])) {
					out[j] += v
				}
			}
		}
	}
	f.x = append(f.x, x)
	for _, r := range l.layers {
		x = l.layerForward(f, r, x, train)
		f.x = append(f.x, x)
	}

	f.q, f.slope = l.arena.take(total, l.project.cols), l.arena.take(total, l.project.cols)
	for t := range total {
		copy(f.q.row(t), l.projectB.v)
	}
	l.arena.product(f.q, x, l.project.matrix)
	for t := range total {
		q, slope := f.q.row(t), f.slope.row(t)
		for j := range q {
			slope[j] = 1 // relation parts are bent when head and dependent are added
			if j < 2*l.Arc {
				if train {
					slope[j] = l.dropped()
				}
				if q[j] < 0 {
					slope[j] *= leak
				}
				q[j] *= slope[j]
			}
		}
	}
	return f
}

func (l *Learner) layerForward(f *pass, r recurrent, x matrix, train bool) matrix {
	p := layerPass{in: x, gates: l.arena.take(x.rows, 3*l.Width), state: l.arena.take(x.rows, l.Width)}
	if train {
		p.drop, p.in = l.arena.take(len(f.batch), l.Width), l.arena.take(x.rows, l.Width)
		for i := range f.batch {
			drop := p.drop.row(i)
			for j := range drop {
				drop[j] = l.dropped()
			}
			for t := f.start[i]; t < f.start[i+1]; t++ {
				in := p.in.row(t)
				for j, v := range x.row(t) {
					in[j] = v * drop[j]
				}
			}
		}
	}
	for t := range x.rows {
		copy(p.gates.row(t), r.b.v)
	}
	l.arena.product(p.gates, p.in, r.w.matrix)
	out := l.arena.take(x.rows, l.Width)
	f.sweep(func(t, before, from, to int) {
		gates, state, in, y := p.gates.row(t), p.state.row(t), x.row(t), out.row(t)
		var last []float32
		if before >= 0 {
			last = p.state.row(before)
		}
		for j := from; j < to; j++ {
			forget, _ := gate(gates[l.Width+j])
			reset, _ := gate(gates[2*l.Width+j])
			c := (1 - forget) * gates[j]
			if last != nil {
				c += forget * last[j]
			}
			bent, _ := squash(c / 2)
			state[j] = c
			y[j] = reset*bent + (1-reset)*in[j]
		}
	}, l.Width)
	f.layer = append(f.layer, p)
	return out
}

// sweep calls step for every word in the order in which a layer reads: forward
// for the first half of its units, backward for the second. before is the row
// whose state comes before, or -1.
func (f *pass) sweep(step func(t, before, from, to int), width int) {
	for i := range f.batch {
		first, end := f.start[i], f.start[i+1]
		for t := first; t < end; t++ {
			before := t - 1
			if t == first {
				before = -1
			}
			step(t, before, 0, width/2)
		}
		for t := end - 1; t >= first; t-- {
			before := t + 1
			if t == end-1 {
				before = -1
			}
			step(t, before, width/2, width)
		}
	}
}

// arcs is the scoring of the arcs of one sentence.
type arcs struct {
	head, dep, mapped matrix // mapped is dep · bilinear + headBias
	score             matrix // of every dependent: its heads
}

func (l *Learner) arcs(f *pass, i int) arcs {
	s, first := f.batch[i], f.start[i]
	n := len(s.tags)
	a := arcs{head: l.arena.take(n, l.Arc), dep: l.arena.take(n, l.Arc), mapped: l.arena.take(n, l.Arc)}
	for w := range n {
		q := f.q.row(first + w)
		copy(a.head.row(w), q[:l.Arc])
		copy(a.dep.row(w), q[l.Arc:2*l.Arc])
		copy(a.mapped.row(w), l.headBias.v)
	}
	l.arena.product(a.mapped, a.dep, l.bilinear.matrix)
	t := l.arena.transpose(a.head)
	a.score = l.arena.take(n, n)
	l.arena.product(a.score, a.mapped, t)
	for d := 1; d < n; d++ {
		for h := range n {
			if h != d {
				a.score.row(d)[h] += l.bias.v[l.biasIndex(s, h, d)]
			}
		}
	}
	return a
}

// biasIndex is where bias holds what the tags of two words and their distance say.
func (l *Learner) biasIndex(s *sample, h, d int) int {
	class := 0
	switch {
	case h == 0:
	case h < d:
		class = int(farness[min(longest, d-h)])
	default:
		class = afterwards + int(farness[min(longest, h-d)])
	}
	return (int(s.tags[d])*(len(l.lexicon.tags)+firstTag)+int(s.tags[h]))*l.bias.cols + class
}
