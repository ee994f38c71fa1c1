package parse

import "math"

// The loops that take most of the time, over small whole numbers. Whole numbers
// add up to the same sum in any order, so that the vector instructions and plain
// Go give the same bits on every machine.

// panel is how many columns of weights lie together. Within a panel, for every
// two inputs and for every column, the two weights are neighbours.
const panel = 16

// at is where the weight of an input and a column lies.
func at(input, column, inputs int) int {
	return (column/panel*inputs+input&^1)*panel + column%panel*2 + input&1
}

// mulAdd adds to c, rows by columns, the product of a, rows by inputs, and the
// panels of w. Rows and inputs are multiples of 4, columns of 16.
func mulAdd(c []int32, a, w []int16, rows, inputs, columns int) {
	c, a, w = c[:rows*columns], a[:rows*inputs], w[:inputs*columns]
	if !vector {
		mulAddPlain(c, a, w, rows, inputs, columns)
		return
	}
	for j := 0; j < columns; j += panel {
		mulPanel(&c[j], &a[0], &w[j*inputs], rows, inputs/2, 2*inputs, 4*columns)
	}
}

func mulAddPlain(c []int32, a, w []int16, rows, inputs, columns int) {
	for i := range rows {
		for j := 0; j < columns; j += panel {
			out := c[i*columns+j:][:panel]
			for k := 0; k < inputs; k += 2 {
				x, y := int32(a[i*inputs+k]), int32(a[i*inputs+k+1])
				pairs := w[j*inputs+k*panel:][:2*panel]
				for l := range out {
					out[l] += x*int32(pairs[2*l]) + y*int32(pairs[2*l+1])
				}
			}
		}
	}
}

// sumRows sets dst to the sum of the given rows of table times 2^shift, within
// ±limit.
func sumRows(dst []int16, table []int8, rows []int32, shift uint8, limit int16) {
	if vector {
		sum16(&dst[0], &table[0], &rows[0], len(rows), len(dst), int(shift), int(limit))
		return
	}
	sumRowsPlain(dst, table, rows, shift, limit)
}

func sumRowsPlain(dst []int16, table []int8, rows []int32, shift uint8, limit int16) {
	width := len(dst)
	clear(dst)
	for _, r := range rows {
		for j, v := range table[int(r)*width : (int(r)+1)*width] {
			dst[j] += int16(v)
		}
	}
	for j, v := range dst {
		dst[j] = max(-limit, min(limit, v<<(shift&15)))
	}
}

// narrow sets dst to src shifted right, below zero by leak bits more, within
// ±limit. Its length is a multiple of 16.
func narrow(dst []int16, src []int32, shift, leak uint8, limit int16) {
	src = src[:len(dst)]
	if vector {
		narrow16(&dst[0], &src[0], len(dst), int(shift), int(leak), int(limit))
		return
	}
	narrowPlain(dst, src, shift, leak, limit)
}

func narrowPlain(dst []int16, src []int32, shift, leak uint8, limit int16) {
	for i, v := range src[:len(dst)] {
		x := saturate(v >> (shift & 31))
		dst[i] = max(-limit, min(limit, max(x, x>>(leak&15))))
	}
}

// recur makes one step of a recurrent layer over the units of state, whose
// number is a multiple of 16:
//
//	state = forget·state + (1-forget)·candidate
//	y     = reset·bend(state/2) + (1-reset)·x
//
// with gates of 0.5 + 0.5·bend(g/4), where bend(u) = u + u·(1-|u|) runs smoothly
// from -1 to 1. Candidates, forget and reset gates lie gap apart in acc; wide
// and narrow shift candidates to valueBits and gates to 13 bits, so that a
// quarter has 15.
func recur(state, y, x []int16, acc []int32, gap int, wide, narrow uint8) {
	units := len(state)
	y, x, acc = y[:units], x[:units], acc[:2*gap+units]
	if vector {
		recur16(&state[0], &y[0], &x[0], &acc[0], units, 4*gap, int(wide), int(narrow))
		return
	}
	recurPlain(state, y, x, acc, gap, wide, narrow)
}

func recurPlain(state, y, x []int16, acc []int32, gap int, wide, narrow uint8) {
	for j, c := range state {
		candidate := saturate(acc[j] >> (wide & 31))
		forget := bend(saturate(acc[gap+j]>>(narrow&31)))>>1 + 1<<14
		reset := bend(saturate(acc[2*gap+j]>>(narrow&31)))>>1 + 1<<14
		c = plus(candidate, times(forget, minus(c, candidate)))
		state[j] = c
		h := bend(saturate(int32(c)<<(14-valueBits))) >> (15 - valueBits)
		y[j] = plus(x[j], times(reset, minus(h, x[j])))
	}
}

// bend is u + u·(1-|u|) in 15 bits.
func bend(u int16) int16 {
	u = max(-math.MaxInt16, u)
	return plus(u, times(u, math.MaxInt16-max(u, -u)))
}

// saturate keeps v within int16; plus and minus do so too.
func saturate(v int32) int16 { return int16(max(math.MinInt16, min(math.MaxInt16, v))) }

func plus(a, b int16) int16  { return saturate(int32(a) + int32(b)) }
func minus(a, b int16) int16 { return saturate(int32(a) - int32(b)) }

// times is a·b in 15 bits, rounded.
func times(a, b int16) int16 { return int16((int32(a)*int32(b) + 1<<14) >> 15) }
