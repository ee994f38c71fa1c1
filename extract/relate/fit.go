package relate

import "math"

// An example is one case of a decision with its right class.
type example struct {
	features []uint64
	class    int
	weight   float64 // how many cases it counts for
}

// A slate is one choice among rivals, of which at most one is taken: the
// evidence of each and whether it would be right. Where none is, taking none is.
type slate struct {
	rivals [][]uint64
	right  []bool
	weight float64 // how many cases it counts for
}

func (s *slate) add(evidence []uint64, right bool) {
	s.rivals, s.right = append(s.rivals, evidence), append(s.right, right)
}

// fit finds the weights of a multinomial logistic regression with an L2
// penalty. Features seen fewer than atLeast times are left out.
func fit(examples []example, names map[uint64]string, classes []string, penalty float64, atLeast int) *decision {
	all := make([][]uint64, len(examples))
	for i, e := range examples {
		all[i] = e.features
	}
	in := indexed(all, atLeast)
	k := len(classes) - 1
	w := minimize(len(in.order)*k, func(w, gradient []float64) float64 {
		loss := ridge(w, gradient, penalty)
		scores := make([]float64, k+1)
		for i, row := range in.rows {
			clear(scores)
			for _, f := range row {
				for c := 0; c < k; c++ {
					scores[c+1] += w[f*k+c]
				}
			}
			softmax(scores)
			weight := examples[i].weight
			loss -= weight * math.Log(math.Max(scores[examples[i].class], 1e-12))
			for c := 0; c < k; c++ {
				g := scores[c+1]
				if examples[i].class == c+1 {
					g--
				}
				for _, f := range row {
					gradient[f*k+c] += weight * g
				}
			}
		}
		return loss
	})
	return in.decision(classes, names, w)
}

// fitSlates finds the weights of a conditional logistic regression (McFadden
// 1974) with an L2 penalty: rivals are weighed against one another and against
// taking none. Where several would be right, their chances add up.
func fitSlates(slates []slate, names map[uint64]string, penalty float64, atLeast int) *decision {
	var all [][]uint64
	for _, s := range slates {
		all = append(all, s.rivals...)
	}
	in := indexed(all, atLeast)
	w := minimize(len(in.order), func(w, gradient []float64) float64 {
		loss := ridge(w, gradient, penalty)
		first := 0
		for _, s := range slates {
			rows := in.rows[first : first+len(s.rivals)]
			first += len(s.rivals)
			scores := make([]float64, len(rows)+1)
			for i, row := range rows {
				for _, f := range row {
					scores[i+1] += w[f]
				}
			}
			softmax(scores)
			right := 0.0
			for i, ok := range s.right {
				if ok {
					right += scores[i+1]
				}
			}
			none := right == 0
			if none {
				right = scores[0]
			}
			right = math.Max(right, 1e-12)
			loss -= s.weight * math.Log(right)
			for i, row := range rows {
				g := scores[i+1]
				if !none && s.right[i] {
					g -= scores[i+1] / right
				}
				for _, f := range row {
					gradient[f] += s.weight * g
				}
			}
		}
		return loss
	})
	return in.decision([]string{"no", "yes"}, names, w)
}

// ridge is the L2 penalty on w; it sets the gradient to that of the penalty.
func ridge(w, gradient []float64, penalty float64) float64 {
	loss := 0.0
	for i, x := range w {
		loss += penalty / 2 * x * x
		gradient[i] = penalty * x
	}
	return loss
}

// An index numbers the features of examples in the order they are first seen.
type index struct {
	order []uint64 // hash of each
	rows  [][]int  // of each example
}

// indexed leaves out features seen fewer than atLeast times.
func indexed(examples [][]uint64, atLeast int) index {
	count := map[uint64]int{}
	for _, e := range examples {
		for _, h := range e {
			count[h]++
		}
	}
	in := index{rows: make([][]int, len(examples))}
	place := map[uint64]int{}
	for i, e := range examples {
		for _, h := range e {
			if count[h] < atLeast {
				continue
			}
			if _, ok := place[h]; !ok {
				place[h] = len(in.order)
				in.order = append(in.order, h)
			}
			in.rows[i] = append(in.rows[i], place[h])
		}
	}
	return in
}

// decision makes a decision of the weights w, len(classes)-1 for each feature.
// Features without a name serve fitting alone.
func (in *index) decision(classes []string, names map[uint64]string, w []float64) *decision {
	d, k := newDecision(classes), len(classes)-1
	for f, h := range in.order {
		if names[h] == "" {
			continue
		}
		ws := make([]float32, k)
		for c := range ws {
			ws[c] = float32(w[f*k+c])
		}
		d.weights.set(h, ws)
		d.names[h] = names[h]
	}
	return d
}

// minimize is L-BFGS (Liu and Nocedal 1989), which needs no random numbers, so
// that the same examples give the same weights, with a memory of eight steps and a backtracking line
// search. It stops when a step gains less than one part in a hundred thousand.
func minimize(n int, f func(w, gradient []float64) float64) []float64 {
	const memory, steps = 8, 120
	w, g := make([]float64, n), make([]float64, n)
	loss := f(w, g)
	var ss, ys [][]float64
	for step := 0; step < steps; step++ {
		dir := direction(g, ss, ys)
		slope := dot(dir, g)
		if slope >= 0 {
			break
		}
		rate := 1.0
		if step == 0 {
			rate = 1 / math.Max(1, math.Sqrt(dot(g, g)))
		}
		next, ng := make([]float64, n), make([]float64, n)
		var nextLoss float64
		for try := 0; ; try++ {
			for i := range next {
				next[i] = w[i] + rate*dir[i]
			}
			nextLoss = f(next, ng)
			if nextLoss <= loss+1e-4*rate*slope || try == 30 {
				break
			}
			rate /= 2
		}
		s, y := make([]float64, n), make([]float64, n)
		for i := range s {
			s[i], y[i] = next[i]-w[i], ng[i]-g[i]
		}
		if dot(s, y) > 1e-10 {
			ss, ys = append(ss, s), append(ys, y)
			if len(ss) > memory {
				ss, ys = ss[1:], ys[1:]
			}
		}
		gain := loss - nextLoss
		w, g, loss = next, ng, nextLoss
		if gain < 1e-5*math.Abs(loss) {
			break
		}
	}
	return w
}

// direction is the two-loop recursion of L-BFGS.
func direction(g []float64, ss, ys [][]float64) []float64 {
	q := make([]float64, len(g))
	for i := range g {
		q[i] = -g[i]
	}
	alpha := make([]float64, len(ss))
	for i := len(ss) - 1; i >= 0; i-- {
		alpha[i] = dot(ss[i], q) / dot(ss[i], ys[i])
		for j := range q {
			q[j] -= alpha[i] * ys[i][j]
		}
	}
	if n := len(ss); n > 0 {
		scale := dot(ss[n-1], ys[n-1]) / dot(ys[n-1], ys[n-1])
		for j := range q {
			q[j] *= scale
		}
	}
	for i := range ss {
		beta := dot(ys[i], q) / dot(ss[i], ys[i])
		for j := range q {
			q[j] += (alpha[i] - beta) * ss[i][j]
		}
	}
	return q
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}
