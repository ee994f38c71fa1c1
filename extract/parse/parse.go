// Package parse finds the grammar of sentences: for every token its syntactic
// head and its Universal Dependencies relation to it. The trees follow UD 2 as
// English EWT and GUM apply it.
package parse

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"

	"github.com/zeebo/xxh3"

	"parley/pipeline"
)

// weights is written by `parley-train parse`.
//
//go:embed weights.bin
var weights []byte

// version changes when the code gives other trees from the same weights.
const version = "1"

// A Parser holds the embedded model. It is safe for concurrent use.
type Parser struct {
	model *model
	pool  sync.Pool // of *state
}

// New loads the embedded weights.
func New() (*Parser, error) {
	m, err := readModel(bytes.NewReader(weights))
	if err != nil {
		return nil, fmt.Errorf("parse: embedded weights: %w", err)
	}
	return &Parser{model: m}, nil
}

// Stage adds LayerHeads: Head and Rel of every token. Every sentence becomes
// one tree with one root, in time linear in its length.
func (p *Parser) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:    "parse",
		Version: fmt.Sprintf("%s-%08x", version, uint32(xxh3.Hash(weights))),
		Needs:   []pipeline.Layer{pipeline.LayerTokens, pipeline.LayerTags},
		Adds:    pipeline.LayerHeads,
		Run: func(d *pipeline.Document) error {
			for _, s := range d.Sentences {
				p.sentence(d, s.From, s.To)
			}
			return nil
		},
	}
}

// sentence parses the tokens [from, to) of d.
func (p *Parser) sentence(d *pipeline.Document, from, to int) {
	st, _ := p.pool.Get().(*state)
	if st == nil {
		st = new(state)
	}
	st.reset(to - from)
	for i, t := range d.Tokens[from:to] {
		st.setWord(i+1, d.In(t.Span), t.Tag)
	}
	p.model.parse(st)
	for i := from; i < to; i++ {
		n := i - from + 1
		d.Tokens[i].Head, d.Tokens[i].Rel = from+int(st.head[n])-1, p.model.rels[st.rel[n]]
		if st.head[n] == 0 {
			d.Tokens[i].Head = -1
		}
	}
	p.pool.Put(st)
}
