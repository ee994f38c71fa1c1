// Package names finds the names of persons, organisations, places, peoples,
// buildings, events, products, works and laws, and dates, times and amounts of
// money, with the types and spans of OntoNotes 5.
//
// A sentence is labelled twice by a conditional random field over hashed
// features: first by itself, then knowing what the first pass made of the same
// words in the rest of the article, so that a family name follows the full name
// and an acronym what it stands for. See models.md for data and figures.
package names

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/zeebo/xxh3"

	"parley/pipeline"
)

//go:embed names.model
var embedded []byte

// version changes whenever code would find other names with the same model.
const version = "1"

// Names finds names. It is safe for concurrent use.
type Names struct {
	model *Model
	pool  sync.Pool // of *worker
}

// worker is what one document at a time is read with.
type worker struct {
	article *Article
	decoder decoder
	labels  []Label
}

// New loads the embedded model. It fails only if the embedded data is broken.
func New() (*Names, error) {
	m, err := ReadModel(embedded)
	if err != nil {
		return nil, err
	}
	return NewWith(m), nil
}

// NewWith finds names with a model of one's own.
func NewWith(m *Model) *Names {
	x := &Names{model: m}
	x.pool.New = func() any { return &worker{article: m.NewArticle()} }
	return x
}

// Stage adds Mentions of names, dates, times and money. Head is the last token
// of the phrase.
func (x *Names) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:    "names",
		Version: fmt.Sprintf("%s-%08x", version, uint32(xxh3.Hash(embedded))),
		Needs:   []pipeline.Layer{pipeline.LayerTokens},
		Adds:    pipeline.LayerNames,
		Run: func(d *pipeline.Document) error {
			x.find(d)
			return nil
		},
	}
}

func (x *Names) find(d *pipeline.Document) {
	w := x.pool.Get().(*worker)
	defer x.pool.Put(w)
	w.article.Fill(d)
	w.labels = zeroed(w.labels, len(d.Tokens))
	w.decoder.first(w.article, w.labels)
	w.article.Remember(w.labels)
	w.decoder.again(w.article, w.labels)
	appendMentions(d, w.labels)
}

// FirstLabels labels the tokens of a filled article with the first pass alone,
// for training the one after it.
func (m *Model) FirstLabels(a *Article) []Label {
	labels := make([]Label, len(a.words))
	new(decoder).first(a, labels)
	return labels
}

// appendMentions turns the labels of d's tokens into mentions.
func appendMentions(d *pipeline.Document, labels []Label) {
	for s, sentence := range d.Sentences {
		in := labels[sentence.From:sentence.To]
		for i := 0; i < len(in); {
			if in[i] == Outside {
				i++
				continue
			}
			to := mentionEnd(in, i)
			d.Mentions = append(d.Mentions, pipeline.Mention{
				Span:     pipeline.Span{Start: d.Tokens[sentence.From+i].Start, End: d.Tokens[sentence.From+to-1].End},
				Type:     Types[in[i].Type()],
				Sentence: s,
				From:     sentence.From + i,
				To:       sentence.From + to,
				Head:     sentence.From + to - 1,
				Entity:   -1,
				Rule:     "names.model",
			})
			i = to
		}
	}
}
