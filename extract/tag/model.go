package tag

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
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
	lexicon Lexicon
	lemmas  lemmas
	bits    int                 // the table has 1<<bits rows, which overlap
	weights [directions][]uint8 // row r gives class c the level of weights[r+c]
}

// A Lexicon is what unlabelled text tells of words, by form.
type Lexicon map[string]Lexeme

// A Lexeme is what unlabelled text tells of one form.
type Lexeme struct {
	Coarse, Fine uint16 // induced classes, from 1, few and many; 0 for none
	Silver       uint16 // number of the set of tags that another tagger gave it, from 1; 0 for none
}

// maxClasses bounds a row.
const maxClasses = 128

// A row is what some features give every class.
type row []int16

// row is the sum of the rows of features.
func (m *model) row(features []uint64, d direction) row {
	var sum [maxClasses]int32
	mask := uint64(1)<<m.bits - 1
	for _, f := range features {
		for c, w := range m.weights[d][f&mask:][:len(m.classes)] {
			sum[c] += levels[w]
		}
	}
	r := make(row, len(m.classes))
	for c, v := range sum[:len(r)] {
		r[c] = int16(max(math.MinInt16, min(math.MaxInt16, v)))
	}
	return r
}

// score adds the weights of features to the sums of the classes in cand. It goes
// through the features of one class after the other: the processor then fetches
// the rows of all features at once, and those of the next class are there.
func (m *model) score(sum *[maxClasses]int32, cand []uint8, features []uint64, d direction) {
	mask := uint64(1)<<m.bits - 1
	for _, c := range cand {
		weights := m.weights[d][c:][:mask+1]
		x := int32(0)
		for _, f := range features {
			x += levels[weights[f&mask]]
		}
		sum[c%maxClasses] += x
	}
}

// Weights are stored in one byte: 0 to 127 and their negatives stand for sizes
// that grow as powers of growth, so that small weights keep their proportions.
const growth = 1.035

// levels are the weights that codes stand for; a code is an int8 in one byte.
var levels = func() (l [256]int32) {
	for k := range l {
		size := math.Round((math.Pow(growth, math.Abs(float64(int8(k)))) - 1) / (growth - 1))
		l[k] = int32(math.Copysign(size, float64(int8(k))))
	}
	return l
}()

// code is the code whose level is nearest to size, or the last.
func code(size float64) uint8 {
	k := math.Round(math.Log1p(math.Abs(size)*(growth-1)) / math.Log(growth))
	return uint8(int8(math.Copysign(min(k, 127), size)))
}

// magic begins a model file and names its format.
const magic = "parley tag 3\n"

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
	e.number(len(m.lexicon))
	for _, k := range sortedKeys(m.lexicon) {
		e.text(k)
		e.number(int(m.lexicon[k].Coarse))
		e.number(int(m.lexicon[k].Fine))
		e.number(int(m.lexicon[k].Silver))
	}
	e.number(m.bits)
	for _, weights := range m.weights {
		e.raw(weights)
	}
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
	m := &model{dict: map[string][]uint8{}, lexicon: Lexicon{}, lemmas: lemmas{}}
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
	for range d.number(1 << 24) {
		k := d.text()
		m.lexicon[k] = Lexeme{uint16(d.number(1 << 15)), uint16(d.number(1 << 15)), uint16(d.number(1 << 15))}
	}
	m.bits = d.number(30)
	for dir := range m.weights {
		m.weights[dir] = d.raw(1<<m.bits + maxClasses)
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
