package lists

import (
	"strings"

	"github.com/klauspost/compress/zstd"
)

// unpack is the text of an embedded table. The tables are part of the program,
// so that one that does not unpack is a fault of the build.
func unpack(packed []byte) string {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		panic(err)
	}
	defer r.Close()
	text, err := r.DecodeAll(packed, nil)
	if err != nil {
		panic("lists: embedded table: " + err.Error())
	}
	return string(text)
}

// fields cuts a line at its tabs into out, which it fills with empty strings
// where the line has fewer.
func fields(line string, out []string) {
	for i := range out {
		out[i], line, _ = strings.Cut(line, "\t")
	}
}

// lookup finds rows by folded names with few allocations: names are kept as
// hashes of 64 bits in one open-addressed table, and rows of one name form a
// chain in the order of adding.
type lookup struct {
	slots []slot
	used  int
	next  []int32 // by entry: the next entry of the same name, or -1
	row   []int32 // by entry
}

type slot struct {
	hash uint64
	head int32 // entry, or -1 where the slot is free
	last int32
}

func newLookup(names int) *lookup {
	size := 1
	for size < names*2 {
		size *= 2
	}
	l := &lookup{slots: make([]slot, size), next: make([]int32, 0, names), row: make([]int32, 0, names)}
	for i := range l.slots {
		l.slots[i].head = -1
	}
	return l
}

func (l *lookup) add(name string, row int) {
	if 2*l.used >= len(l.slots) {
		l.grow()
	}
	h := hash(name)
	entry := int32(len(l.row))
	l.row = append(l.row, int32(row))
	l.next = append(l.next, -1)
	s := l.slot(h)
	if s.head < 0 {
		*s = slot{h, entry, entry}
		l.used++
		return
	}
	l.next[s.last] = entry
	s.last = entry
}

func (l *lookup) grow() {
	old := l.slots
	l.slots = make([]slot, 2*len(old))
	for i := range l.slots {
		l.slots[i].head = -1
	}
	for _, s := range old {
		if s.head >= 0 {
			*l.slot(s.hash) = s
		}
	}
}

// slot is where the name with hash h is or would be.
func (l *lookup) slot(h uint64) *slot {
	mask := uint64(len(l.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if s := &l.slots[i]; s.head < 0 || s.hash == h {
			return s
		}
	}
}

// rows calls yield with every row of a folded name, in the order of adding,
// until it returns false.
func (l *lookup) rows(name string, yield func(row int) bool) {
	for e := l.slot(hash(name)).head; e >= 0; e = l.next[e] {
		if !yield(int(l.row[e])) {
			return
		}
	}
}
