// Package treebank reads Universal Dependencies treebanks, to train models on
// and to measure them with.
package treebank

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// A Sentence is one sentence of a CoNLL-U file: its syntactic words, without
// multiword tokens and empty nodes.
type Sentence struct {
	Document string // "newdoc id" of the document that it stands in
	Text     string // as it was written
	Words    []Word
}

// A Word is one line of a CoNLL-U file.
type Word struct {
	Form, Lemma string
	UPOS        string // Universal part of speech
	XPOS        string // Penn Treebank part of speech
	Head        int    // counts words from 1; 0 for the root
	Rel         string // relation to Head, with subtype
	SpaceAfter  bool   // a blank follows in the text; false inside a multiword token
}

// Read reads a gzip CoNLL-U file (universaldependencies.org/format).
func Read(path string) ([]Sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var all []Sentence
	var document, text string
	var words []Word
	var until int       // last word of the multiword token that was read last
	var gluedUntil bool // no blank follows it
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<24)
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		switch {
		case line == "":
			if len(words) > 0 {
				all = append(all, Sentence{document, text, words})
			}
			words, until = nil, 0
		case strings.HasPrefix(line, "# newdoc id = "):
			document = line[len("# newdoc id = "):]
		case strings.HasPrefix(line, "# text = "):
			text = line[len("# text = "):]
		case line[0] == '#':
		default:
			c := strings.Split(line, "\t")
			if len(c) != 10 {
				return nil, fmt.Errorf("%s:%d: %d columns, not 10", path, n, len(c))
			}
			glued := strings.Contains(c[9], "SpaceAfter=No")
			if first, last, ok := strings.Cut(c[0], "-"); ok {
				// A multiword token: "don't" over "do" and "n't".
				if until, err = strconv.Atoi(last); err != nil {
					return nil, fmt.Errorf("%s:%d: range %s-%s: %w", path, n, first, last, err)
				}
				gluedUntil = glued
				continue
			}
			if strings.Contains(c[0], ".") {
				continue // an empty node
			}
			switch at := len(words) + 1; {
			case at < until:
				glued = true
			case at == until:
				glued = gluedUntil
			}
			head, err := strconv.Atoi(c[6])
			if err != nil {
				return nil, fmt.Errorf("%s:%d: head: %w", path, n, err)
			}
			words = append(words, Word{c[1], c[2], c[3], c[4], head, c[7], !glued})
		}
	}
	return all, in.Err()
}
