package relate

import (
	"testing"

	"pgregory.net/rapid"
)

func TestTableIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 5).Draw(t, "width")
		want := map[uint64]float32{}
		got := newTable(width)
		for _, h := range rapid.SliceOfN(rapid.Uint64Range(0, 3000), 0, 3000).Draw(t, "hashes") {
			row := make([]float32, width)
			row[width-1] = float32(len(want))
			want[h] = row[width-1]
			got.set(h, row)
		}
		n := 0
		for h, row := range got.each {
			n++
			if want[h] != row[width-1] {
				t.Fatalf("each yields %v for %d, want %v", row, h, want[h])
			}
		}
		if n != len(want) {
			t.Fatalf("each yields %d rows, want %d", n, len(want))
		}
		for h := range uint64(3001) {
			x, there := want[h]
			row := got.row(h)
			if there != (row != nil) || there && row[width-1] != x {
				t.Fatalf("row(%d) = %v, want %v (%v)", h, row, x, there)
			}
		}
	})
}
