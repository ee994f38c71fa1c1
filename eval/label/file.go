package label

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// ReadFile reads the labels of one file, in the notation that its ending names:
// .ann brat standoff, .jsonl doccano, Prodigy or spaCy, .json Label Studio,
// .conll, .iob or .iob2 CoNLL-2003. All but brat may be gzip (.gz). A label
// whose text is not at its offsets is an error with file, line and both strings.
func ReadFile(path string) ([]*Set, error) {
	plain := strings.TrimSuffix(path, ".gz")
	switch filepath.Ext(plain) {
	case ".ann":
		s, err := ReadBrat(path)
		if err != nil {
			return nil, err
		}
		return []*Set{s}, nil
	case ".jsonl":
		return readFile(path, ReadLines)
	case ".json":
		return readFile(path, ReadLabelStudio)
	case ".conll", ".iob", ".iob2":
		return readFile(path, ReadCoNLL)
	}
	return nil, fmt.Errorf("%s: labels are read from .ann, .jsonl, .json, .conll, .iob and .iob2 files", path)
}

// readFile opens path, through gzip where it is that, and reads it.
func readFile(path string, read func(path string, in io.Reader) ([]*Set, error)) ([]*Set, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	magic, _ := in.Peek(2)
	if string(magic) != "\x1f\x8b" {
		return read(path, in)
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return read(path, z)
}
