package parse

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

const (
	actionBits = 19 // hashed features of the choice of transition
	labelBits  = 16 // hashed features of the choice of relation
)

// A model is two linear classifiers over hashed features: one chooses the
// transition, the other the relation of the arc that a transition adds.
type model struct {
	rels    []string
	actions []int8 // transitions weights a feature
	labels  []int8 // len(rels) weights a feature; right arcs hash apart from left ones
}

// parse runs the best transition, one after the other, until s is a tree.
func (m *model) parse(s *state) {
	for !s.done() {
		s.extract()
		var score [transitions]int32
		for _, f := range s.features[:s.count] {
			i := f >> (64 - actionBits) * transitions
			w := m.actions[i : i+transitions]
			score[0] += int32(w[0])
			score[1] += int32(w[1])
			score[2] += int32(w[2])
		}
		best := -1
		for t := range transitions {
			if s.allowed(t) && (best < 0 || score[t] > score[best]) {
				best = t
			}
		}
		var rel uint8
		if best != shift {
			rel = m.label(s, best)
		}
		s.apply(best, rel)
	}
}

// label chooses the relation of the arc that transition t adds. Only the root
// word is related to the root, and only by "root", which is relation 0.
func (m *model) label(s *state, t int) uint8 {
	if h, _ := s.arc(t); h == 0 {
		return 0
	}
	var score [256]int32
	n := uint64(len(m.rels))
	for _, f := range s.features[:s.count] {
		i := labelIndex(f, t) * n
		for r, w := range m.labels[i : i+n] {
			score[r] += int32(w)
		}
	}
	best := 1
	for r := 2; r < len(m.rels); r++ {
		if score[r] > score[best] {
			best = r
		}
	}
	return uint8(best)
}

func labelIndex(f uint64, t int) uint64 {
	return (f * 0x9E3779B97F4A7C15 * uint64(t)) >> (64 - labelBits)
}

// readModel reads what write wrote.
func readModel(r io.Reader) (*model, error) {
	z, err := zstd.NewReader(r)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	var n [1]byte
	if _, err := io.ReadFull(z, n[:]); err != nil {
		return nil, err
	}
	m := &model{}
	for range int(n[0]) {
		var l [1]byte
		if _, err := io.ReadFull(z, l[:]); err != nil {
			return nil, err
		}
		b := make([]byte, l[0])
		if _, err := io.ReadFull(z, b); err != nil {
			return nil, err
		}
		m.rels = append(m.rels, string(b))
	}
	if len(m.rels) < 2 {
		return nil, fmt.Errorf("only %d relations", len(m.rels))
	}
	m.actions = make([]int8, transitions<<actionBits)
	m.labels = make([]int8, len(m.rels)<<labelBits)
	if err := binary.Read(z, binary.LittleEndian, m.actions); err != nil {
		return nil, err
	}
	return m, binary.Read(z, binary.LittleEndian, m.labels)
}

// write stores m, compressed.
func (m *model) write(w io.Writer) error {
	z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	head := []byte{byte(len(m.rels))}
	for _, r := range m.rels {
		head = append(append(head, byte(len(r))), r...)
	}
	if _, err := z.Write(head); err != nil {
		return err
	}
	if err := binary.Write(z, binary.LittleEndian, m.actions); err != nil {
		return err
	}
	if err := binary.Write(z, binary.LittleEndian, m.labels); err != nil {
		return err
	}
	return z.Close()
}
