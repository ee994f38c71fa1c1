package parse

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestKernels holds the vector instructions to what plain Go computes.
func TestKernels(t *testing.T) {
	if !vector {
		t.Skip("this processor has no AVX2")
	}
	r := rand.New(rand.NewPCG(1, 1))
	number := func(most int) int16 { return int16(r.IntN(2*most+1) - most) }
	for range 50 {
		rows, inputs, columns := 4*(1+r.IntN(5)), 4*(1+r.IntN(20)), 16*(1+r.IntN(5))
		a, w := make([]int16, rows*inputs), make([]int16, inputs*columns)
		for i := range a {
			a[i] = number(maxValue)
		}
		for i := range w {
			w[i] = number(1 << 10)
		}
		fast, plain := make([]int32, rows*columns), make([]int32, rows*columns)
		for i := range fast {
			fast[i] = int32(i)
			plain[i] = int32(i)
		}
		mulAdd(fast, a, w, rows, inputs, columns)
		mulAddPlain(plain, a, w, rows, inputs, columns)
		if !slices.Equal(fast, plain) {
			t.Fatalf("mulAdd differs at %d×%d×%d", rows, inputs, columns)
		}

		width := 32 * (1 + r.IntN(4))
		table, chosen := make([]int8, width*100), make([]int32, 1+r.IntN(20))
		for i := range table {
			table[i] = int8(r.IntN(256) - 128)
		}
		for i := range chosen {
			chosen[i] = int32(r.IntN(100))
		}
		sum, plainSum := make([]int16, width), make([]int16, width)
		shift, leak, limit := uint8(r.IntN(4)), uint8(0), int16(r.IntN(1<<15))
		sumRows(sum, table, chosen, shift, limit)
		sumRowsPlain(plainSum, table, chosen, shift, limit)
		if !slices.Equal(sum, plainSum) {
			t.Fatalf("sumRows differs at width %d", width)
		}

		wide := make([]int32, width)
		for i := range wide {
			wide[i] = int32(r.Uint32()) >> r.IntN(20)
		}
		shift, leak = uint8(r.IntN(16)), uint8(r.IntN(4))
		narrow(sum, wide, shift, leak, limit)
		narrowPlain(plainSum, wide, shift, leak, limit)
		if !slices.Equal(sum, plainSum) {
			t.Fatalf("narrow differs with shift %d, leak %d, limit %d", shift, leak, limit)
		}

		x, y, state := make([]int16, width), make([]int16, width), make([]int16, width)
		for i := range x {
			x[i], state[i] = number(1<<15-1), number(1<<15-1)
		}
		gates := make([]int32, 3*width)
		for i := range gates {
			gates[i] = int32(r.Uint32()) >> r.IntN(20)
		}
		y2, state2 := slices.Clone(y), slices.Clone(state)
		recur(state, y, x, gates, width, shift, shift+3)
		recurPlain(state2, y2, x, gates, width, shift, shift+3)
		if !slices.Equal(y, y2) || !slices.Equal(state, state2) {
			t.Fatalf("recur differs at width %d, shift %d", width, shift)
		}
	}
}

// TestProduct holds the fused instructions of training to plain Go, on numbers
// that are exact in both.
func TestProduct(t *testing.T) {
	if !fused {
		t.Skip("this processor has no FMA")
	}
	r := rand.New(rand.NewPCG(2, 2))
	var mem arena
	for range 20 {
		a, b := mem.take(1+r.IntN(9), 16*(1+r.IntN(3))), matrix{}
		b = mem.take(a.cols, 1+r.IntN(50))
		for _, m := range []matrix{a, b} {
			for i := range m.v[:m.rows*m.cols] {
				m.v[i] = float32(r.IntN(17) - 8)
			}
		}
		c := mem.take(a.rows, b.cols)
		mem.product(c, a, b)
		for i := range c.rows {
			for j := range c.cols {
				var want float32
				for k := range b.rows {
					want += a.row(i)[k] * b.row(k)[j]
				}
				if c.row(i)[j] != want {
					t.Fatalf("product: row %d column %d is %v, want %v", i, j, c.row(i)[j], want)
				}
			}
		}
	}
}
