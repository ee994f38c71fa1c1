package parse

import "math"

// A matrix is rows of cols numbers, cols a multiple of 16. Rows beyond rows, up
// to a multiple of 4, exist and are zero.
type matrix struct {
	rows, cols int
	v          []float32
}

func (m matrix) row(i int) []float32 { return m.v[i*m.cols : (i+1)*m.cols] }

// An arena hands out matrices that live until its next reset.
type arena struct {
	v    []float32
	used int
}

func (a *arena) reset() { a.used = 0 }

// take returns a matrix of zeros; cols is rounded up to a multiple of 16.
func (a *arena) take(rows, cols int) matrix {
	cols = (cols + 15) &^ 15
	n := (rows + 3) &^ 3 * cols
	if a.used+n > len(a.v) {
		a.v, a.used = make([]float32, 2*len(a.v)+n), 0 // what was taken keeps the old one
	}
	v := a.v[a.used : a.used+n]
	a.used += n
	clear(v)
	return matrix{rows, cols, v}
}

// product adds a·b to c. It lays 16 columns of b side by side, which is kinder to
// the processor's cache.
func (m *arena) product(c, a, b matrix) {
	k, rows := b.rows, (c.rows+3)&^3
	if a.cols < k || len(a.v) < rows*a.cols || b.cols != c.cols {
		panic("parse: product of matrices that do not fit")
	}
	if k == 0 {
		return
	}
	if !fused {
		for i := range c.rows {
			out := c.row(i)
			for j, x := range a.row(i)[:k] {
				for l, y := range b.row(j) {
					out[l] += x * y
				}
			}
		}
		return
	}
	side := m.take(k, 16)
	for j := 0; j < c.cols; j += 16 {
		for l := range k {
			copy(side.v[l*16:(l+1)*16], b.v[l*b.cols+j:])
		}
		for i := 0; i < rows; i += 4 {
			fma4x16(&c.v[i*c.cols+j], &a.v[i*a.cols], &side.v[0], k, 4*a.cols, 4*c.cols)
		}
	}
	m.used -= len(side.v)
}

// transpose returns m with rows and columns exchanged.
func (a *arena) transpose(m matrix) matrix {
	t := a.take(m.cols, m.rows)
	for i := range m.rows {
		for j, v := range m.row(i) {
			t.v[j*t.cols+i] = v
		}
	}
	return t
}

// A param is a matrix that is learnt, with its gradient and the moments that
// Adam keeps (Kingma and Ba 2015).
type param struct {
	matrix
	gradient      matrix
	first, second []float32
}

func newParam(rows, cols int) *param {
	var a arena
	p := &param{matrix: a.take(rows, cols), gradient: a.take(rows, cols)}
	p.first, p.second = make([]float32, len(p.v)), make([]float32, len(p.v))
	return p
}

// adam is the state that all parameters share.
type adam struct {
	step int
	rate float64
}

const beta1, beta2 = 0.9, 0.98

// update moves the values [from, to) of p against their gradient, which it
// sets to zero.
func (o *adam) update(p *param, from, to int) {
	step := float32(o.rate / (1 - math.Pow(beta1, float64(o.step))))
	scale := float32(1 / (1 - math.Pow(beta2, float64(o.step))))
	w, g, first, second := p.v[from:to], p.gradient.v[from:to], p.first[from:to], p.second[from:to]
	for i, d := range g {
		first[i] = beta1*first[i] + (1-beta1)*d
		second[i] = beta2*second[i] + (1-beta2)*d*d
		w[i] -= step * first[i] / (float32(math.Sqrt(float64(second[i]*scale))) + 1e-8)
	}
	clear(g)
}
