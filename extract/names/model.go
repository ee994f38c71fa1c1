package names

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"parley/extract/lists"
)

// A Model finds names in two passes of one kind: a linear-chain conditional
// random field (Lafferty, McCallum and Pereira, ICML 2001) over hashed features.
// The second pass also sees what the first one made of the whole article. A
// Model is not changed once it is read, so that many workers share it.
type Model struct {
	lists   *lists.Gazetteer
	classes map[string][2]uint16 // induced classes of words, coarse and fine
	inner   map[string]bool      // lower-case words that occur in names
	usual   map[string]uint8     // folded words: what they mostly were in unlabelled news
	Passes  [2]Weights
}

// NewModel is a model without weights, for training: with the lower-case words
// that occur in names, and what words mostly were in unlabelled news, as numbers
// that mean no more than that words with one number are alike.
func NewModel(inner []string, usual map[string]uint8) *Model {
	m := &Model{lists: lists.All(), classes: loadClasses(), inner: map[string]bool{}, usual: usual}
	for _, w := range inner {
		m.inner[w] = true
	}
	return m
}

//go:embed classes.tsv.zst
var classesPacked []byte

// loadClasses reads the classes of words: a line is a word, its coarse and its
// fine class.
var loadClasses = sync.OnceValue(func() map[string][2]uint16 {
	z, err := zstd.NewReader(bytes.NewReader(classesPacked), zstd.WithDecoderConcurrency(1))
	if err != nil {
		panic(err)
	}
	defer z.Close()
	classes := map[string][2]uint16{}
	for s := bufio.NewScanner(z); s.Scan(); {
		word, rest, _ := strings.Cut(s.Text(), "\t")
		coarse, fine, _ := strings.Cut(rest, "\t")
		// The builder of the table wrote these numbers.
		c, _ := strconv.Atoi(coarse)
		f, _ := strconv.Atoi(fine)
		classes[word] = [2]uint16{uint16(c), uint16(f)}
	}
	return classes
})

// Weights score labels by features and by the label before.
type Weights struct {
	transitions [Labels][Labels]int32
	spread      int32    // the most that transitions into one label differ by
	present     []uint64 // one bit for each feature, by another part of its hash: most features of a text are not here
	slots       []slot
	cells       []cell
}

// slot finds the cells of one feature by the lower half of its hash.
type slot struct {
	check    uint32
	at, size uint32
}

// cell is the weight of one feature for one label.
type cell struct {
	label  Label
	weight int8
}

// Row is the weights of one feature for some labels.
type Row struct {
	Feature Feature
	Labels  []Label
	Weights []int8
}

// NewWeights builds the table of weights. Rows are given in any order; a feature
// whose hash meets that of another in its lower half is refused.
func NewWeights(transitions [Labels][Labels]int32, rows []Row) (Weights, error) {
	w := Weights{transitions: transitions}
	for l := range Label(Labels) {
		low, high := int32(math.MaxInt32), int32(math.MinInt32)
		for _, k := range closed {
			low, high = min(low, transitions[k][l]), max(high, transitions[k][l])
		}
		w.spread = max(w.spread, high-low)
	}
	size := 1 << bits.Len(uint(len(rows)+len(rows)/2))
	w.slots = make([]slot, size)
	w.present = make([]uint64, max(1, size*8/64))
	for _, r := range rows {
		s := w.slot(uint32(r.Feature))
		if s.size > 0 {
			return Weights{}, fmt.Errorf("two features share the hash %x", uint32(r.Feature))
		}
		w.present[w.bit(uint32(r.Feature))/64] |= 1 << (w.bit(uint32(r.Feature)) % 64)
		*s = slot{uint32(r.Feature), uint32(len(w.cells)), uint32(len(r.Labels))}
		for i, l := range r.Labels {
			w.cells = append(w.cells, cell{l, r.Weights[i]})
		}
	}
	return w, nil
}

func (w *Weights) slot(check uint32) *slot {
	mask := uint32(len(w.slots) - 1)
	for i := (check * 0x9e3779b1) >> 7 & mask; ; i = (i + 1) & mask {
		if s := &w.slots[i]; s.size == 0 || s.check == check {
			return s
		}
	}
}

func (w *Weights) bit(check uint32) uint32 { return check & uint32(len(w.present)*64-1) }

// score adds the weights of the features to scores.
func (w *Weights) score(scores *[Labels]int32, features []Feature) {
	for _, f := range features {
		check := uint32(f)
		if b := w.bit(check); w.present[b/64]>>(b%64)&1 == 0 {
			continue
		}
		s := w.slot(check)
		for _, c := range w.cells[s.at : s.at+s.size] {
			scores[c.label] += int32(c.weight)
		}
	}
}

const magic = "parley names 2\n"

// Write writes m. The same model gives the same bytes.
func (m *Model) Write(out io.Writer) error {
	b := []byte(magic)
	b = binary.AppendUvarint(b, uint64(len(m.inner)))
	for _, w := range slices.Sorted(maps.Keys(m.inner)) {
		b = appendString(b, w)
	}
	b = binary.AppendUvarint(b, uint64(len(m.usual)))
	for _, w := range slices.Sorted(maps.Keys(m.usual)) {
		b = binary.AppendUvarint(appendString(b, w), uint64(m.usual[w]))
	}
	for p := range m.Passes {
		b = m.Passes[p].append(b)
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	_, err = out.Write(z.EncodeAll(b, nil))
	return err
}

func (w *Weights) append(b []byte) []byte {
	for from := range w.transitions {
		for _, x := range w.transitions[from] {
			b = binary.AppendVarint(b, int64(x))
		}
	}
	used := slices.DeleteFunc(slices.Clone(w.slots), func(s slot) bool { return s.size == 0 })
	slices.SortFunc(used, func(x, y slot) int { return int(int64(x.check) - int64(y.check)) })
	b = binary.AppendUvarint(b, uint64(len(used)))
	// Column by column: like bytes stand together and pack better.
	before := uint32(0)
	for _, s := range used {
		b = binary.AppendUvarint(b, uint64(s.check-before))
		before = s.check
	}
	for _, s := range used {
		b = binary.AppendUvarint(b, uint64(s.size))
	}
	for _, s := range used {
		for _, c := range w.cells[s.at : s.at+s.size] {
			b = append(b, byte(c.label))
		}
	}
	for _, s := range used {
		for _, c := range w.cells[s.at : s.at+s.size] {
			b = append(b, byte(c.weight))
		}
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// ReadModel reads what Write wrote.
func ReadModel(packed []byte) (*Model, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	b, err := z.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("names model: %w", err)
	}
	r := reader{rest: b}
	if string(r.bytes(len(magic))) != magic {
		return nil, errors.New("names model: not a model of this version")
	}
	m := NewModel(nil, map[string]uint8{})
	for range r.uvarint() {
		m.inner[r.string()] = true
	}
	for range r.uvarint() {
		w := r.string()
		m.usual[w] = uint8(r.uvarint())
	}
	for p := range m.Passes {
		m.Passes[p], err = r.weights()
		if err != nil {
			return nil, fmt.Errorf("names model: %w", err)
		}
	}
	if r.broken {
		return nil, errors.New("names model: it ends too early")
	}
	return m, nil
}

// reader reads from rest; once it has run out, broken is set and zeros come.
type reader struct {
	rest   []byte
	broken bool
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.broken, r.rest = true, nil
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) uvarint() int {
	x, n := binary.Uvarint(r.rest)
	r.bytes(max(n, 0))
	if n <= 0 || x > uint64(1<<32) {
		r.broken, r.rest = true, nil
		return 0
	}
	return int(x)
}

func (r *reader) varint() int32 {
	x, n := binary.Varint(r.rest)
	if n <= 0 {
		r.broken, r.rest = true, nil
		return 0
	}
	r.bytes(n)
	return int32(x)
}

func (r *reader) string() string { return string(r.bytes(r.uvarint())) }

func (r *reader) weights() (Weights, error) {
	var transitions [Labels][Labels]int32
	for from := range transitions {
		for to := range transitions[from] {
			transitions[from][to] = r.varint()
		}
	}
	n := r.uvarint()
	if n > len(r.rest) {
		return Weights{}, errors.New("it ends too early")
	}
	rows := make([]Row, n)
	check := uint32(0)
	for i := range rows {
		check += uint32(r.uvarint())
		rows[i].Feature = Feature(check)
	}
	sizes := make([]int, n)
	cells := 0
	for i := range sizes {
		sizes[i] = r.uvarint()
		cells += sizes[i]
	}
	if cells < 0 || 2*cells > len(r.rest) {
		return Weights{}, errors.New("it ends too early")
	}
	labels, weights := r.bytes(cells), r.bytes(cells)
	allLabels, allWeights := make([]Label, cells), make([]int8, cells)
	for i := range cells {
		if labels[i] >= byte(Labels) {
			return Weights{}, fmt.Errorf("label %d of %d", labels[i], Labels)
		}
		allLabels[i], allWeights[i] = Label(labels[i]), int8(weights[i])
	}
	at := 0
	for i, size := range sizes {
		rows[i].Labels, rows[i].Weights = allLabels[at:at+size], allWeights[at:at+size]
		at += size
	}
	return NewWeights(transitions, rows)
}
