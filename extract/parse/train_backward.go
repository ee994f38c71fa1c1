package parse

import "math"

// backward computes the gradients of the loss of a pass: for every word the
// negative logarithm of the probability of its head, and of its relation to it.
// It returns the loss and the number of words whose head scores best.
func (l *Learner) backward(f *pass) (loss float64, right int) {
	dq := l.arena.take(f.q.rows, f.q.cols)
	share := float32(1 / float64(f.q.rows-len(f.batch))) // the loss is a mean over words
	for i := range f.batch {
		cost, hits := l.arcsBackward(f, i, dq, share)
		loss, right = loss+cost, right+hits
	}
	loss += l.relationsBackward(f, dq, share)

	for i, v := range f.slope.v {
		dq.v[i] *= v
	}
	addRows(l.projectB.gradient, dq)
	top := f.x[len(f.x)-1]
	l.arena.product(l.project.gradient, l.arena.transpose(top), dq)
	dx := l.arena.take(top.rows, top.cols)
	l.arena.product(dx, dq, l.arena.transpose(l.project.matrix))
	for i := len(l.layers) - 1; i >= 0; i-- {
		if i == 0 {
			loss += l.retagBackward(f, dx, share)
		}
		dx = l.layerBackward(f, i, dx)
	}

	for i, s := range f.batch {
		for w := range s.tags {
			t := f.start[i] + w
			for slot := range slots {
				if !f.keep[t*slots+slot] {
					continue
				}
				r := int(s.rows[w*slots+slot])
				l.rows.add(r)
				out := l.embed.gradient.row(r)
				for j, v := range dx.row(t) {
					out[j] += v
				}
			}
		}
	}
	return loss, right
}

// addRows adds every row of m to the only row of sum.
func addRows(sum, m matrix) {
	for i := range m.rows {
		for j, v := range m.row(i) {
			sum.v[j] += v
		}
	}
}

// softmax turns scores into the gradient of the loss, times share, and returns
// the loss: -log of the probability of the gold one.
func softmax(score []float32, gold int, share float32) float64 {
	most := score[0]
	for _, v := range score {
		most = max(most, v)
	}
	loss, sum := float64(most-score[gold]), 0.0
	for i, v := range score {
		e := math.Exp(float64(v - most))
		score[i] = float32(e)
		sum += e
	}
	for i := range score {
		score[i] *= share / float32(sum)
	}
	score[gold] -= share
	return loss + math.Log(sum)
}

func (l *Learner) arcsBackward(f *pass, i int, dq matrix, share float32) (loss float64, right int) {
	s, first := f.batch[i], f.start[i]
	n := len(s.tags)
	a := l.arcs(f, i)
	clear(a.score.row(0))
	for d := 1; d < n; d++ {
		row := a.score.row(d)
		row[d] = -1e9 // no word heads itself
		best := 0
		for h, v := range row[:n] {
			if v > row[best] {
				best = h
			}
		}
		if best == s.heads[d] {
			right++
		}
		loss += softmax(row[:n], s.heads[d], share)
		for h, v := range row[:n] {
			if v != 0 {
				k := l.biasIndex(s, h, d)
				l.biases.add(k)
				l.bias.gradient.v[k] += v
			}
		}
	}
	dmapped, ddep, dhead := l.arena.take(n, l.Arc), l.arena.take(n, l.Arc), l.arena.take(n, l.Arc)
	l.arena.product(dmapped, a.score, a.head)
	l.arena.product(dhead, l.arena.transpose(a.score), a.mapped)
	addRows(l.headBias.gradient, dmapped)
	l.arena.product(l.bilinear.gradient, l.arena.transpose(a.dep), dmapped)
	l.arena.product(ddep, dmapped, l.arena.transpose(l.bilinear.matrix))
	for w := range n {
		copy(dq.row(first + w)[:l.Arc], dhead.row(w))
		copy(dq.row(first + w)[l.Arc:2*l.Arc], ddep.row(w))
	}
	return loss, right
}

func (l *Learner) relationsBackward(f *pass, dq matrix, share float32) (loss float64) {
	hidden, slope := l.arena.take(f.q.rows, l.Label), l.arena.take(f.q.rows, l.Label)
	score := l.arena.take(f.q.rows, len(l.rels))
	each := func(do func(t int, head, dep []float32, rel int), q matrix) {
		for i, s := range f.batch {
			first := f.start[i]
			for d := 1; d < len(s.tags); d++ {
				do(first+d, q.row(first + s.heads[d])[2*l.Arc:][:l.Label], q.row(first + d)[2*l.Arc+l.Label:], s.rels[d])
			}
		}
	}
	each(func(t int, head, dep []float32, _ int) {
		h, k := hidden.row(t), slope.row(t)
		for j := range h {
			h[j], k[j] = head[j]+dep[j], l.dropped()
			if h[j] < 0 {
				k[j] *= leak
			}
			h[j] *= k[j]
		}
		copy(score.row(t), l.relateB.v)
	}, f.q)
	l.arena.product(score, hidden, l.relate.matrix)
	for i := range f.batch {
		clear(score.row(f.start[i]))
	}
	each(func(t int, _, _ []float32, rel int) {
		row := score.row(t)
		loss += softmax(row[:len(l.rels)], rel, share)
		clear(row[len(l.rels):])
	}, f.q)
	addRows(l.relateB.gradient, score)
	l.arena.product(l.relate.gradient, l.arena.transpose(hidden), score)
	dhidden := l.arena.take(f.q.rows, l.Label)
	l.arena.product(dhidden, score, l.arena.transpose(l.relate.matrix))
	each(func(t int, head, dep []float32, _ int) {
		d, k := dhidden.row(t), slope.row(t)
		for j := range d {
			head[j] += d[j] * k[j]
			dep[j] += d[j] * k[j]
		}
	}, dq)
	return loss
}

// retagWeight is what a wrong tag counts against a wrong head.
const retagWeight = 0.3

// retagBackward makes the first layer guess the right tags, so that it learns to
// see through the mistakes of the tagger (Hashimoto et al. 2017). It adds to the
// gradient of the layer's output.
func (l *Learner) retagBackward(f *pass, dx matrix, share float32) (loss float64) {
	x := f.x[1]
	score := l.arena.take(x.rows, l.retag.cols)
	for t := range x.rows {
		copy(score.row(t), l.retagB.v)
	}
	l.arena.product(score, x, l.retag.matrix)
	numbers := len(l.lexicon.tags) + firstTag
	for i, s := range f.batch {
		for w, right := range s.right {
			row := score.row(f.start[i] + w)
			loss += retagWeight * softmax(row[:numbers], int(right), retagWeight*share)
			clear(row[numbers:])
		}
	}
	addRows(l.retagB.gradient, score)
	l.arena.product(l.retag.gradient, l.arena.transpose(x), score)
	l.arena.product(dx, score, l.arena.transpose(l.retag.matrix))
	return loss
}

// layerBackward takes the gradient of the output of layer i and returns that of
// its input.
func (l *Learner) layerBackward(f *pass, i int, dy matrix) matrix {
	r, p, x := l.layers[i], f.layer[i], f.x[i]
	w := l.Width
	dx, dgates := l.arena.take(x.rows, w), l.arena.take(x.rows, 3*w)
	dstate := l.arena.take(x.rows, w) // what the next word's state passes back
	f.unsweep(func(t, before, from, to int) {
		gates, state, in, g := p.gates.row(t), p.state.row(t), x.row(t), dgates.row(t)
		out, d, ds := dx.row(t), dy.row(t), dstate.row(t)
		var last, dlast []float32
		if before >= 0 {
			last, dlast = p.state.row(before), dstate.row(before)
		}
		for j := from; j < to; j++ {
			forget, forgetSlope := gate(gates[w+j])
			reset, resetSlope := gate(gates[2*w+j])
			bent, bentSlope := squash(state[j] / 2)
			g[2*w+j] = d[j] * (bent - in[j]) * resetSlope
			out[j] = d[j] * (1 - reset)
			c := ds[j] + d[j]*reset*bentSlope/2
			g[j] = c * (1 - forget)
			var old float32
			if last != nil {
				old = last[j]
				dlast[j] = c * forget
			}
			g[w+j] = c * (old - gates[j]) * forgetSlope
		}
	}, w)
	addRows(r.b.gradient, dgates)
	l.arena.product(r.w.gradient, l.arena.transpose(p.in), dgates)
	din := l.arena.take(x.rows, w)
	l.arena.product(din, dgates, l.arena.transpose(r.w.matrix))
	for i := range f.batch {
		drop := p.drop.row(i)
		for t := f.start[i]; t < f.start[i+1]; t++ {
			out := dx.row(t)
			for j, v := range din.row(t) {
				out[j] += v * drop[j]
			}
		}
	}
	return dx
}

// unsweep calls step in the reverse order of sweep.
func (f *pass) unsweep(step func(t, before, from, to int), width int) {
	for i := range f.batch {
		first, end := f.start[i], f.start[i+1]
		for t := end - 1; t > first; t-- {
			step(t, t-1, 0, width/2)
		}
		step(first, -1, 0, width/2)
		for t := first; t < end-1; t++ {
			step(t, t+1, width/2, width)
		}
		step(end-1, -1, width/2, width)
	}
}
