package relate

// A table maps the hashes of features to rows of weights. It is a hash table
// with open addressing in three flat slices: a decision looks up dozens of
// features for every mention, most of which it does not have.
type table struct {
	width int       // weights in a row
	keys  []uint64  // of every slot; meaningful where full
	full  []bool    // whether a slot is taken
	rows  []float32 // width weights a slot
	taken int
	may   [mayWords]uint64 // a bit for each hash that may be there, to turn most others away
}

// mayWords is the size of the first look in 64-bit words: 32 KiB, which stay in
// the fastest memory while the slots do not.
const mayWords = 1 << 12

func newTable(width int) *table { return &table{width: width} }

// slot is where h is, or the free slot where it would go. The table is never
// more than half full, so the search is short.
func (t *table) slot(h uint64) int {
	mask := uint64(len(t.keys) - 1)
	i := (h ^ h>>29) & mask
	for t.full[i] && t.keys[i] != h {
		i = (i + 1) & mask
	}
	return int(i)
}

// row is the weights of h, or nil. The caller must not change them.
func (t *table) row(h uint64) []float32 {
	if t.may[h>>52]&(1<<(h>>46&63)) == 0 {
		return nil
	}
	i := t.slot(h)
	if !t.full[i] {
		return nil
	}
	return t.rows[i*t.width : (i+1)*t.width]
}

// set gives h a copy of row.
func (t *table) set(h uint64, row []float32) {
	if 2*(t.taken+1) > len(t.keys) {
		t.grow()
	}
	i := t.slot(h)
	if !t.full[i] {
		t.full[i], t.keys[i] = true, h
		t.taken++
		t.may[h>>52] |= 1 << (h >> 46 & 63)
	}
	copy(t.rows[i*t.width:(i+1)*t.width], row)
}

func (t *table) grow() {
	old := *t
	n := max(1024, 2*len(old.keys))
	*t = table{width: old.width, keys: make([]uint64, n), full: make([]bool, n), rows: make([]float32, n*old.width), may: old.may}
	for h, row := range old.each {
		t.set(h, row)
	}
}

// each yields every hash with its row, in no order that means anything.
func (t *table) each(yield func(uint64, []float32) bool) {
	for i, full := range t.full {
		if full && !yield(t.keys[i], t.rows[i*t.width:(i+1)*t.width]) {
			return
		}
	}
}
