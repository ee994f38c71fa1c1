package eval

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"golang.org/x/sync/errgroup"

	"parley/eval/label"
	"parley/pipeline"
)

// An Extractor runs stages over labelled articles.
type Extractor struct {
	Stages   []pipeline.Stage
	Annotate Annotator
	Workers  int // articles worked on at once
}

// An Annotator writes the layers of a document as brat standoff, as an export
// does: events numbered from E1 in the order of the relations.
type Annotator func(io.Writer, *pipeline.Document) error

// Extract runs the stages over the text of every labelled article and gives what
// they found as labels, in the same order: what an export would write, so that
// the figures are those of the exported files. The stages see the text alone. An
// article that is skipped has no labels; the skips come back by article name.
func (x *Extractor) Extract(ctx context.Context, gold []*label.Set) ([]*label.Set, map[string]pipeline.Skip, error) {
	if err := pipeline.Check(x.Stages); err != nil {
		return nil, nil, err
	}
	documents := make([]*pipeline.Document, len(gold))
	group, ctx := errgroup.WithContext(ctx)
	predicted := make([]*label.Set, len(gold))
	group.SetLimit(max(x.Workers, 1))
	for i, g := range gold {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			documents[i] = unread(ctx, g)
			if err := runStages(documents[i], x.Stages); err != nil {
				return err
			}
			var err error
			predicted[i], err = Labels(documents[i], x.Annotate)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	skips := map[string]pipeline.Skip{}
	for i, d := range documents {
		if d.Skip.Reason != pipeline.NotSkipped {
			skips[gold[i].Name] = d.Skip
		}
	}
	return predicted, skips, nil
}

// Labels are the layers of d as annotate writes them, with the rules and models
// that found them.
func Labels(d *pipeline.Document, annotate Annotator) (*label.Set, error) {
	var ann bytes.Buffer
	if err := annotate(&ann, d); err != nil {
		return nil, err
	}
	s, err := label.ParseBrat(d.Source, d.Text, ann.String())
	if err != nil {
		return nil, err
	}
	points, rules := pipeline.NewCodePoints(d.Text), map[label.TextBound]string{}
	for _, m := range d.Mentions {
		rules[label.TextBound{Type: string(m.Type), Span: points.Span(m.Span)}] = m.Rule
	}
	for i, t := range s.Spans {
		s.Spans[i].Rule = rules[label.TextBound{Type: t.Type, Span: t.Span}]
	}
	for i := range s.Events { // in the order of the relations
		s.Events[i].Rule, s.Events[i].Confidence = d.Relations[i].Rule, d.Relations[i].Confidence
	}
	return s, nil
}

// unread is the article of g as a run reads it from its file. Labels that came
// without a file beside them are read from their own text.
func unread(ctx context.Context, g *label.Set) *pipeline.Document {
	if path := strings.TrimSuffix(g.Path, ".ann") + ".txt"; strings.HasSuffix(g.Path, ".ann") {
		reader := pipeline.Reader{Sources: []string{path}}
		for d := range reader.Documents(ctx) {
			if d.Text == g.Text {
				return d
			}
		}
	}
	d := g.Document()
	return &pipeline.Document{ID: d.ID, Source: d.Source, Single: true, Text: d.Text}
}

// runStages runs the stages on d until one says that it is to be skipped.
func runStages(d *pipeline.Document, stages []pipeline.Stage) error {
	for _, s := range stages {
		if d.Skip.Reason != pipeline.NotSkipped {
			return nil
		}
		if err := s.Run(d); err != nil {
			return fmt.Errorf("%s: stage %s: %w", d.Source, s.Name, err)
		}
	}
	return nil
}

// Given replaces the stages that add the given layers by ones that add the
// labelled layers of gold, so that the stages above are measured on input
// without faults. Only names, nominals and entities are labelled as layers of
// their own. Labelled nominals are those alone that take part in an event.
func Given(stages []pipeline.Stage, gold []*label.Set, layers ...pipeline.Layer) ([]pipeline.Stage, error) {
	labelled := map[string]*pipeline.Document{} // by text
	for _, g := range gold {
		labelled[g.Text] = g.Document()
	}
	out := append([]pipeline.Stage(nil), stages...)
	for _, layer := range layers {
		fill, ok := fillers[layer]
		if !ok {
			return nil, fmt.Errorf("the layer %s is not labelled", layer)
		}
		for i, s := range out {
			if s.Adds != layer {
				continue
			}
			out[i].Name += " (labelled)"
			out[i].Run = func(d *pipeline.Document) error {
				fill(d, labelled[d.Text])
				label.Align(d)
				return nil
			}
		}
	}
	return out, nil
}

// fillers copy one labelled layer to a Document.
var fillers = map[pipeline.Layer]func(d, gold *pipeline.Document){
	pipeline.LayerNames: func(d, gold *pipeline.Document) {
		for _, m := range gold.Mentions {
			if m.Type.Named() || m.Type.Value() {
				m.Entity = -1
				d.Mentions = append(d.Mentions, m)
			}
		}
	},
	pipeline.LayerNominals: func(d, gold *pipeline.Document) {
		for _, m := range gold.Mentions {
			if !m.Type.Named() && !m.Type.Value() {
				m.Entity = -1
				d.Mentions = append(d.Mentions, m)
			}
		}
	},
	pipeline.LayerEntities: func(d, gold *pipeline.Document) {
		d.Mentions, d.Entities = gold.Mentions, gold.Entities
	},
}
