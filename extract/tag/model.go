package tag

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// A class is a pair of Penn and Universal part of speech.
type class struct{ xpos, upos string }

// A model is everything that tagging reads.
type model struct {
	classes []class
	dict    map[string][]uint8 // classes that frequent forms may have
	open    []uint8            // classes that any other form may have
	lemmas  lemmas
	bits    int    // the table has 1<<bits rows, which overlap
	weights []int8 // row r gives class c weights[r+c]
}

// maxClasses bounds a row.
const maxClasses = 128

// best is the class of cand with the highest score over features.
func (m *model) best(features []uint64, cand []uint8) int {
	var scores [maxClasses]int32
	mask := uint64(1)<<m.bits - 1
	for _, f := range features {
		row := m.weights[f&mask:][:maxClasses]
		for _, c := range cand {
			scores[c%maxClasses] += int32(row[c%maxClasses])
		}
	}
	best := cand[0]
	for _, c := range cand[1:] {
		if scores[c%maxClasses] > scores[best%maxClasses] {
			best = c
		}
	}
	return int(best)
}

// magic begins a model file and names its format.
const magic = "parley tag 1\n"

// write stores m; the same model gives the same bytes.
func (m *model) write(w io.Writer) error {
	z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	e := encoder{w: z}
	e.raw([]byte(magic))
	e.number(len(m.classes))
	for _, c := range m.classes {
		e.text(c.xpos)
		e.text(c.upos)
	}
	e.list(m.open)
	e.number(len(m.dict))
	for _, k := range sortedKeys(m.dict) {
		e.text(k)
		e.list(m.dict[k])
	}
	e.number(len(m.lemmas))
	for _, k := range sortedKeys(m.lemmas) {
		e.text(k)
		e.number(m.lemmas[k].cut)
		e.text(m.lemmas[k].add)
	}
	e.number(m.bits)
	b := make([]byte, len(m.weights))
	for i, v := range m.weights {
		b[i] = byte(v)
	}
	e.raw(b)
	if e.err != nil {
		return e.err
	}
	return z.Close()
}

// readModel reads what write wrote.
func readModel(r io.Reader) (*model, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	d := decoder{r: bufio.NewReaderSize(z, 1<<16)}
	if got := string(d.raw(len(magic))); d.err == nil && got != magic {
		return nil, fmt.Errorf("not a model of this version: begins with %q", got)
	}
	m := &model{dict: map[string][]uint8{}, lemmas: lemmas{}}
	for range d.number(maxClasses) {
		m.classes = append(m.classes, class{d.text(), d.text()})
	}
	m.open = d.list()
	for range d.number(1 << 24) {
		k := d.text()
		m.dict[k] = d.list()
	}
	for range d.number(1 << 24) {
		k := d.text()
		m.lemmas[k] = edit{d.number(1 << 8), d.text()}
	}
	m.bits = d.number(30)
	b := d.raw(1<<m.bits + maxClasses)
	m.weights = make([]int8, len(b))
	for i, v := range b {
		m.weights[i] = int8(v)
	}
	return m, d.err
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// An encoder writes numbers and texts and keeps the first error.
type encoder struct {
	w   io.Writer
	err error
}

func (e *encoder) raw(b []byte) {
	if e.err == nil {
		_, e.err = e.w.Write(b)
	}
}

func (e *encoder) number(n int)   { e.raw(binary.AppendUvarint(nil, uint64(n))) }
func (e *encoder) text(s string)  { e.number(len(s)); e.raw([]byte(s)) }
func (e *encoder) list(l []uint8) { e.number(len(l)); e.raw(l) }

// A decoder reads what an encoder wrote and keeps the first error.
type decoder struct {
	r   *bufio.Reader
	err error
}

func (d *decoder) raw(n int) []byte {
	b := make([]byte, n)
	if d.err == nil {
		_, d.err = io.ReadFull(d.r, b)
	}
	return b
}

// number reads a number of at most limit.
func (d *decoder) number(limit int) int {
	if d.err != nil {
		return 0
	}
	n, err := binary.ReadUvarint(d.r)
	if err == nil && n > uint64(limit) {
		err = fmt.Errorf("%d is more than %d", n, limit)
	}
	if d.err = err; err != nil {
		return 0
	}
	return int(n)
}

func (d *decoder) text() string { return strings.Clone(string(d.raw(d.number(1 << 12)))) }
func (d *decoder) list() []uint8 {
	return slices.Clip(d.raw(d.number(maxClasses)))
}
