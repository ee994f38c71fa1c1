package parse

import "golang.org/x/sys/cpu"

// vector is whether the processor has the instructions of kernel_amd64.s, and
// fused whether it has those of fma_amd64.s.
var (
	vector = cpu.X86.HasAVX2
	fused  = cpu.X86.HasAVX2 && cpu.X86.HasFMA
)

// mulPanel adds to rows rows and 16 columns of c the product of as many rows of
// a and a panel of w, for an even number of pairs of inputs; arow and crow are
// the bytes from one row to the next. Rows is a multiple of 4.
//
//go:noescape
func mulPanel(c *int32, a, w *int16, rows, pairs, arow, crow int)

// sum16 sets dst to the sum of the n given rows of table, times 2^shift, and
// within ±limit; width, a multiple of 32, is the length of a row.
//
//go:noescape
func sum16(dst *int16, table *int8, rows *int32, n, width, shift, limit int)

// narrow16 is narrow for n numbers, a multiple of 16.
//
//go:noescape
func narrow16(dst *int16, src *int32, n, shift, leak, limit int)

// recur16 is recur for a multiple of 16 units. Gap is the bytes from candidates
// to forget gates, and from these to reset gates; wide and narrow are how far
// candidates and gates are shifted right.
//
//go:noescape
func recur16(state, y, x *int16, acc *int32, units, gap, wide, narrow int)

// fma4x16 adds to a block of 4 rows and 16 columns of c the product of 4 rows
// of a, k long, and k rows of 16 numbers of b; arow and crow are the bytes from
// one row to the next.
//
//go:noescape
func fma4x16(c, a, b *float32, k, arow, crow int)
