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
	chains  [Passes]chain
	table   table
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

// SetWeights gives m the weights of its first passes. It must not be in use.
func (m *Model) SetWeights(passes ...Weights) error {
	var rows [Passes][]Row
	for p, w := range passes {
		m.chains[p], rows[p] = newChain(w.Transitions), w.Rows
	}
	var err error
	m.table, err = newTable(rows)
	return err
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
	for p := range Passes {
		b = appendWeights(b, m.chains[p].transitions, m.table.rows(p))
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	_, err = out.Write(z.EncodeAll(b, nil))
	return err
}

func appendWeights(b []byte, transitions [Labels][Labels]int32, rows []Row) []byte {
	for from := range transitions {
		for _, x := range transitions[from] {
			b = binary.AppendVarint(b, int64(x))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(rows)))
	// Column by column: like bytes stand together and pack better.
	before := Feature(0)
	for _, r := range rows {
		b = binary.AppendUvarint(b, r.Feature-before)
		before = r.Feature
	}
	for _, r := range rows {
		b = binary.AppendUvarint(b, uint64(len(r.Labels)))
	}
	for _, r := range rows {
		for _, l := range r.Labels {
			b = append(b, byte(l))
		}
	}
	for _, r := range rows {
		for _, w := range r.Weights {
			b = append(b, byte(w))
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
	var passes [Passes]Weights
	for p := range passes {
		if passes[p], err = r.weights(); err != nil {
			return nil, fmt.Errorf("names model: %w", err)
		}
	}
	if err := m.SetWeights(passes[:]...); err != nil {
		return nil, fmt.Errorf("names model: %w", err)
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
	var w Weights
	for from := range w.Transitions {
		for to := range w.Transitions[from] {
			w.Transitions[from][to] = r.varint()
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
	w.Rows = rows
	return w, nil
}
