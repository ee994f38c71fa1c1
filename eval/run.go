package eval

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"parley/eval/label"
	"parley/pipeline"
)

// Extract runs the stages over the text of every labelled article, on the given
// number of workers, and gives what they found as labels, in the same order.
// The stages see the text alone. An article that a stage fails on, or that is
// skipped, has no labels; the skips come back by article name.
func Extract(ctx context.Context, gold []*label.Set, stages []pipeline.Stage, workers int) ([]*label.Set, map[string]pipeline.Skip, error) {
	if err := pipeline.Check(stages); err != nil {
		return nil, nil, err
	}
	documents := make([]*pipeline.Document, len(gold))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(workers, 1))
	for i, g := range gold {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			documents[i] = unread(ctx, g)
			return runStages(documents[i], stages)
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	predicted, skips := make([]*label.Set, len(gold)), map[string]pipeline.Skip{}
	for i, d := range documents {
		predicted[i] = label.FromDocument(d)
		if d.Skip.Reason != pipeline.NotSkipped {
			skips[gold[i].Name] = d.Skip
		}
	}
	return predicted, skips, nil
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
