package pipeline

import "math/bits"

// An index finds signatures that may be similar to a given one, by locality
// sensitive hashing (Indyk and Motwani 1998): a signature is cut into bands of two
// values, and two signatures are candidates when they agree in one band. Of pairs
// with similarity 0.47, which is what 20 % of changed words leave, it misses one in
// 2,800; with 0.35, one in 65.
//
// A million signatures take about 460 MB.
type index struct {
	signatures [][]byte // one after the other, in pieces that never move
	count      int
	bands      [minHashes / 2]band
}

// A band is a hash table with linear probing. A slot holds the number of a
// signature; its key is in the signature itself, and eight bits of it are in the
// slot's tag, so that most slots are passed without a look there.
type band struct {
	tags  []uint8 // 0 for an empty slot
	slots []uint32
	used  int
}

func tagOf(key uint32) uint8 { return max(1, uint8(key)) }

// bandDepth bounds how many signatures with one band value are kept. More of them
// share a formula, not a text, and would make the search quadratic.
const bandDepth = 48

// pieceLength is how many signatures one piece of memory holds: a slice that grew
// with the index would for a moment take more than twice its room.
const pieceLength = 1 << 14

func (x *index) signature(n uint32) []byte {
	return x.signatures[n/pieceLength][n%pieceLength*signatureSize:][:signatureSize]
}

// key is the value of band b, mixed.
func key(signature []byte, b int) uint32 {
	i := 12 + 4*b
	v := uint64(signature[i]) | uint64(signature[i+1])<<8 | uint64(signature[i+2])<<16 | uint64(signature[i+3])<<24
	return uint32(mix(v + 1))
}

// add appends a signature and returns its number.
func (x *index) add(signature []byte) uint32 {
	n := uint32(x.count)
	if x.count%pieceLength == 0 {
		x.signatures = append(x.signatures, make([]byte, 0, pieceLength*signatureSize))
	}
	last := &x.signatures[len(x.signatures)-1]
	*last = append(*last, signature...)
	x.count++
	for b := range x.bands {
		x.insert(b, n, key(signature, b))
	}
	return n
}

func (x *index) insert(b int, n uint32, k uint32) {
	t := &x.bands[b]
	if t.used*5 >= len(t.slots)*4 {
		x.grow(b)
	}
	depth := 0
	i := t.home(k)
	for ; t.tags[i] != 0; i = t.next(i) {
		if t.tags[i] == tagOf(k) && key(x.signature(t.slots[i]), b) == k {
			if depth++; depth == bandDepth {
				return
			}
		}
	}
	t.put(i, n, k)
}

func (t *band) put(i int, n uint32, k uint32) {
	t.tags[i], t.slots[i] = tagOf(k), n
	t.used++
}

func (x *index) grow(b int) {
	old := x.bands[b]
	size := max(64, len(old.slots)+len(old.slots)/2)
	t := &x.bands[b]
	*t = band{tags: make([]uint8, size), slots: make([]uint32, size)}
	for j, n := range old.slots {
		if old.tags[j] == 0 {
			continue
		}
		k := key(x.signature(n), b)
		i := t.home(k)
		for t.tags[i] != 0 {
			i = t.next(i)
		}
		t.put(i, n, k)
	}
}

func (t *band) home(k uint32) int {
	hi, _ := bits.Mul32(k, uint32(len(t.slots)))
	return int(hi)
}

func (t *band) next(i int) int {
	if i++; i == len(t.slots) {
		return 0
	}
	return i
}

// nearest gives the signature most similar to the given one, the earliest of
// equals, or similarity 0 where none is a candidate.
func (x *index) nearest(signature []byte) (number uint32, best float64) {
	seen := make(map[uint32]struct{})
	for b := range x.bands {
		t := &x.bands[b]
		if len(t.slots) == 0 {
			return 0, 0
		}
		k := key(signature, b)
		for i := t.home(k); t.tags[i] != 0; i = t.next(i) {
			if t.tags[i] != tagOf(k) {
				continue
			}
			n := t.slots[i]
			if _, there := seen[n]; there {
				continue
			}
			s := x.signature(n)
			if key(s, b) != k {
				continue
			}
			seen[n] = struct{}{}
			if sim := similarity(signature, s); sim > best || sim == best && sim > 0 && n < number {
				number, best = n, sim
			}
		}
	}
	return number, best
}
