// Package parse finds the grammar of sentences: for every token its syntactic
// head and its Universal Dependencies relation to it. The trees follow UD 2 as
// English EWT and GUM apply it.
//
// A small recurrent network reads a sentence once and scores every arc; the
// best tree over the scores is the parse. It runs in whole numbers, so that an
// article has the same trees on every machine.
package parse

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"

	"github.com/zeebo/xxh3"

	"parley/pipeline"
)

// weightFile is written by `parley-train parse`.
//
//go:embed weights.bin
var weightFile []byte

// version changes when the code gives other trees from the same weights.
const version = "2"

// longest is the number of tokens that are parsed together. The scores of arcs
// grow with its square, so a longer sentence is parsed in pieces.
const longest = 160

// A Parser holds the embedded model. It is safe for concurrent use.
type Parser struct {
	network *network
	pool    sync.Pool // of *scratch
}

// New loads the embedded weights.
func New() (*Parser, error) {
	n, err := readNetwork(bytes.NewReader(weightFile))
	if err != nil {
		return nil, fmt.Errorf("parse: embedded weights: %w", err)
	}
	return &Parser{network: n}, nil
}

// Stage adds LayerHeads: Head and Rel of every token. Every sentence becomes
// one tree with one root, in time linear in its length.
func (p *Parser) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:    "parse",
		Version: fmt.Sprintf("%s-%08x", version, uint32(xxh3.Hash(weightFile))),
		Needs:   []pipeline.Layer{pipeline.LayerTokens, pipeline.LayerTags},
		Adds:    pipeline.LayerHeads,
		Run: func(d *pipeline.Document) error {
			s, _ := p.pool.Get().(*scratch)
			if s == nil {
				s = new(scratch)
			}
			defer p.pool.Put(s)
			for _, sentence := range d.Sentences {
				p.sentence(d, sentence.From, sentence.To, s)
			}
			return nil
		},
	}
}

// sentence parses the tokens [from, to) of d, piece by piece. The root of every
// piece but the first hangs from the root of the first, beside it.
func (p *Parser) sentence(d *pipeline.Document, from, to int, s *scratch) {
	root := -1
	for from < to {
		end := pieceEnd(d, from, to)
		r := p.piece(d, from, end, s)
		if root < 0 {
			root = r
		} else {
			d.Tokens[r].Head, d.Tokens[r].Rel = root, "parataxis"
		}
		from = end
	}
}

// pieceEnd returns where a piece that begins at from ends: at to where that is
// near enough, otherwise after the last punctuation mark within reach.
func pieceEnd(d *pipeline.Document, from, to int) int {
	if to-from <= longest {
		return to
	}
	for end := from + longest; end > from+longest/2; end-- {
		switch d.Tokens[end-1].Tag {
		case ",", ".", ":", "-RRB-":
			return end
		}
	}
	return from + longest
}

// piece parses the tokens [from, to) of d as one tree and returns its root.
func (p *Parser) piece(d *pipeline.Document, from, to int, s *scratch) (root int) {
	s.words = s.words[:0]
	for _, t := range d.Tokens[from:to] {
		s.words = append(s.words, p.network.lexicon.word(d.In(t.Span), t.Tag, t.POS))
	}
	p.network.lexicon.features(s)
	p.network.parse(s)
	for i := from; i < to; i++ {
		n := i - from + 1
		d.Tokens[i].Head, d.Tokens[i].Rel = from+s.tree.heads[n]-1, p.network.rels[s.tree.rels[n]]
		if s.tree.heads[n] == 0 {
			d.Tokens[i].Head, root = -1, i
		}
	}
	return root
}
