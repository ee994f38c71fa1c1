//go:build !amd64

package parse

const vector, fused = false, false

func mulPanel(c *int32, a, w *int16, rows, pairs, arow, crow int) { panic("no vector instructions") }

func sum16(dst *int16, table *int8, rows *int32, n, width, shift, limit int) {
	panic("no vector instructions")
}

func narrow16(dst *int16, src *int32, n, shift, leak, limit int) { panic("no vector instructions") }

func recur16(state, y, x *int16, acc *int32, units, gap, wide, narrow int) {
	panic("no vector instructions")
}

func fma4x16(c, a, b *float32, k, arow, crow int) { panic("no vector instructions") }
