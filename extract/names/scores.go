package names

// packed is one score for each label, four to a machine word: lanes of 16 bits
// that are added all at once. Every lane holds its score plus bias, so that no
// lane ever borrows from the next.
type packed [(Labels + 3) / 4]uint64

// bias and limit keep the sum of places lanes below 1<<16.
const (
	bias  = 1 << 12
	limit = bias - 1
)

func pack(scores *[Labels]int32) (p packed) {
	for l, x := range scores {
		x = min(max(x, -limit), limit) + bias
		p[l/4] |= uint64(x) << (16 * (l % 4))
	}
	return p
}

func (p *packed) add(q *packed) {
	for i := range p {
		p[i] += q[i]
	}
}

// unpack is the sum of n packed scores.
func (p *packed) unpack(scores *[Labels]int32, n int32) {
	for l := range scores {
		scores[l] = int32(uint16(p[l/4]>>(16*(l%4)))) - n*bias
	}
}
