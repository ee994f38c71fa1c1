package parse

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// A weight file is a zstd frame with the numbers of a network one after the
// other, little-endian, slices after their length. write and readNetwork walk
// the same list of fields.

// fields lists what a weight file holds, in order.
func (n *network) fields() []any {
	all := []any{&n.lexicon.tags, &n.lexicon.words, &n.rels, &n.width, &n.arc, &n.label, &n.shift, &n.embed, &n.bias}
	for i := range n.layers {
		all = append(all, n.layers[i].fields()...)
	}
	all = append(all, n.project.fields()...)
	all = append(all, n.bilinear.fields()...)
	return append(all, n.relate.fields()...)
}

func (w *weights) fields() []any {
	return []any{&w.inputs, &w.outputs, &w.bits, &w.w, &w.bias}
}

// write stores n.
func (n *network) write(out io.Writer) error {
	z, err := zstd.NewWriter(out, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	b := bufio.NewWriter(z)
	e := encoder{b}
	layers := len(n.layers)
	e.field(&layers)
	for _, f := range n.fields() {
		e.field(f)
	}
	return errors.Join(b.Flush(), z.Close())
}

type encoder struct{ w *bufio.Writer }

func (e encoder) field(f any) {
	switch f := f.(type) {
	case *int:
		e.number(*f)
	case *uint8:
		e.number(int(*f))
	case *[]string:
		text := strings.Join(*f, "\n")
		e.number(len(text))
		e.w.WriteString(text)
	case *[]uint64:
		writeAll(e, *f)
	case *[]int32:
		writeAll(e, *f)
	case *[]int16:
		writeAll(e, *f)
	case *[]int8:
		writeAll(e, *f)
	default:
		panic(fmt.Sprintf("parse: no encoding for %T", f))
	}
}

func (e encoder) number(n int) {
	var b [4]byte
	binary.LittleEndian.PutUint32(b[:], uint32(n))
	e.w.Write(b[:])
}

func writeAll[T any](e encoder, s []T) {
	e.number(len(s))
	binary.Write(e.w, binary.LittleEndian, s)
}

// readNetwork reads what write stored.
func readNetwork(in io.Reader) (*network, error) {
	z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	d := decoder{r: bufio.NewReader(z)}
	n := new(network)
	var layers int
	d.field(&layers)
	if layers > 16 {
		return nil, fmt.Errorf("%d layers", layers)
	}
	n.layers = make([]weights, layers)
	for _, f := range n.fields() {
		d.field(f)
	}
	if d.err != nil {
		return nil, d.err
	}
	n.lexicon.index()
	return n, n.check()
}

type decoder struct {
	r   *bufio.Reader
	err error
}

func (d *decoder) field(f any) {
	switch f := f.(type) {
	case *int:
		*f = d.number()
	case *uint8:
		*f = uint8(d.number())
	case *[]string:
		*f = strings.Split(string(readAll[byte](d)), "\n")
	case *[]uint64:
		*f = readAll[uint64](d)
	case *[]int32:
		*f = readAll[int32](d)
	case *[]int16:
		*f = readAll[int16](d)
	case *[]int8:
		*f = readAll[int8](d)
	default:
		panic(fmt.Sprintf("parse: no decoding for %T", f))
	}
}

// maxLength bounds every slice of a weight file, against damaged ones.
const maxLength = 1 << 26

func (d *decoder) number() int {
	var b [4]byte
	if d.err == nil {
		_, d.err = io.ReadFull(d.r, b[:])
	}
	n := int(binary.LittleEndian.Uint32(b[:]))
	if d.err == nil && n > maxLength {
		d.err = fmt.Errorf("a number of %d", n)
	}
	if d.err != nil {
		return 0
	}
	return n
}

func readAll[T any](d *decoder) []T {
	s := make([]T, d.number())
	if d.err == nil {
		d.err = binary.Read(d.r, binary.LittleEndian, s)
	}
	return s
}

// check reports sizes that do not fit together, so that a damaged file is an
// error here and no panic later.
func (n *network) check() error {
	tags := len(n.lexicon.tags) + firstTag
	switch {
	case n.width%32 != 0 || n.arc%16 != 0 || n.arc > 112 || n.label%16 != 0 || n.shift > 4: // more could leave 32 bits
		return fmt.Errorf("width %d, arc %d, label %d", n.width, n.arc, n.label)
	case tags > rowsOf[slotTag] || len(n.rels) < 2 || len(n.rels) > 255:
		return fmt.Errorf("%d tags, %d relations", tags, len(n.rels))
	case len(n.embed) != n.lexicon.rows*n.width || len(n.bias) != tags*tags*distances:
		return fmt.Errorf("%d embedding rows, %d biases", n.lexicon.rows, len(n.bias))
	}
	for i := range n.layers {
		if err := n.layers[i].check(n.width, 3*n.width); err != nil {
			return fmt.Errorf("layer %d: %w", i, err)
		}
	}
	if err := n.project.check(n.width, 2*n.arc+2*n.label); err != nil {
		return fmt.Errorf("projections: %w", err)
	}
	if err := n.bilinear.check(n.arc, n.arc); err != nil {
		return fmt.Errorf("bilinear: %w", err)
	}
	if err := n.relate.check(n.label, (len(n.rels)+15)&^15); err != nil {
		return fmt.Errorf("relations: %w", err)
	}
	return nil
}

func (w *weights) check(inputs, outputs int) error {
	if w.inputs != inputs || w.outputs != outputs || len(w.w) != inputs*outputs || len(w.bias) != outputs || w.bits < 3 || w.bits > 14 {
		return fmt.Errorf("%d×%d, not %d×%d", w.inputs, w.outputs, inputs, outputs)
	}
	return nil
}
