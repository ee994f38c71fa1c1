package relate

import "math"

// An example is one case of a decision with its right class.
type example struct {
	features []uint64
	class    int
}

// fit finds the weights of a multinomial logistic regression with an L2
// penalty by L-BFGS (Liu and Nocedal 1989), which needs no random numbers, so
// that the same examples give the same weights. Features seen fewer than
// atLeast times are left out.
func fit(examples []example, names map[uint64]string, classes []string, penalty float64, atLeast int) *decision {
	count := map[uint64]int{}
	for _, e := range examples {
		for _, h := range e.features {
			count[h]++
		}
	}
	index := map[uint64]int{}
	var order []uint64
	rows := make([][]int, len(examples))
	for i, e := range examples {
		for _, h := range e.features {
			if count[h] < atLeast {
				continue
			}
			if _, ok := index[h]; !ok {
				index[h] = len(order)
				order = append(order, h)
			}
			rows[i] = append(rows[i], index[h])
		}
	}
	k := len(classes) - 1
	w := minimize(len(order)*k, func(w, gradient []float64) float64 {
		loss := 0.0
		for i, x := range w {
			loss += penalty / 2 * x * x
			gradient[i] = penalty * x
		}
		scores := make([]float64, k+1)
		for i, row := range rows {
			for c := range scores {
				scores[c] = 0
			}
			for _, f := range row {
				for c := 0; c < k; c++ {
					scores[c+1] += w[f*k+c]
				}
			}
			softmax(scores)
			loss -= math.Log(math.Max(scores[examples[i].class], 1e-12))
			for c := 0; c < k; c++ {
				g := scores[c+1]
				if examples[i].class == c+1 {
					g--
				}
				for _, f := range row {
					gradient[f*k+c] += g
				}
			}
		}
		return loss
	})
	d := newDecision(classes)
	for f, h := range order {
		ws := make([]float32, k)
		for c := range ws {
			ws[c] = float32(w[f*k+c])
		}
		d.weights.set(h, ws)
		d.names[h] = names[h]
	}
	return d
}

// minimize is L-BFGS with a memory of eight steps and a backtracking line
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
