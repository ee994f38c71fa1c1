package eval

import (
	"fmt"
	"slices"
	"strings"

	"parley/eval/label"
	"parley/pipeline"
)

// ReadGUM reads a file of GUM's coreference, plain or gzip.
func ReadGUM(path string) ([]*label.Set, error) {
	b, err := readMaybeGzip(path)
	if err != nil {
		return nil, err
	}
	return label.ParseWebAnno(path, string(b))
}

// Uncleaned replaces the stage that sorts out the blocks of an article by one
// that keeps every line: a corpus has no furniture, and genres that are no news.
func Uncleaned(stages []pipeline.Stage) []pipeline.Stage {
	out := slices.Clone(stages)
	for i := range out {
		if out[i].Adds == pipeline.LayerBlocks {
			out[i].Name += " (all)"
			out[i].Run = keepLines
		}
	}
	return out
}

func keepLines(d *pipeline.Document) error {
	at := 0
	for line := range strings.Lines(d.Text) {
		if text := strings.TrimSuffix(line, "\n"); strings.TrimSpace(text) != "" {
			d.Blocks = append(d.Blocks, pipeline.Block{Span: pipeline.Span{Start: at, End: at + len(text)}, Kind: pipeline.Body})
		}
		at += len(line)
	}
	return nil
}

// A Coreference says how far the entities of other labels were found.
type Coreference struct {
	Articles int
	Names    Count // names that both sides have, of all found and all labelled
	Links    Count // pairs of names that are one entity, among those that both sides have
}

// CompareCoreference counts, over names that both sides mark, the pairs that each
// side joins. Which names there are is not what is asked, and is labelled there by
// other guidelines.
func CompareCoreference(gold, predicted []*label.Set) Coreference {
	c := Coreference{Articles: len(gold)}
	for i := range gold {
		g, p := read(gold[i]), read(predicted[i])
		a, b := nameSpans(g), nameSpans(p)
		n := common(a, b)
		c.Names = Count{c.Names.Right + n, c.Names.Predicted + len(b), c.Names.Gold + len(a)}
		shared := func(r *reading) map[[2]pipeline.Span]bool {
			out := map[[2]pipeline.Span]bool{}
			for pair := range r.pairs() {
				if a[pair[0]] && b[pair[0]] && a[pair[1]] && b[pair[1]] {
					out[pair] = true
				}
			}
			return out
		}
		x, y := shared(g), shared(p)
		c.Links = Count{c.Links.Right + common(x, y), c.Links.Predicted + len(y), c.Links.Gold + len(x)}
	}
	return c
}

func nameSpans(r *reading) map[pipeline.Span]bool {
	out := map[pipeline.Span]bool{}
	for _, t := range r.set.Spans {
		if slices.Contains(nameTypes, pipeline.MentionType(t.Type)) {
			out[t.Span] = true
		}
	}
	return out
}

func (c Coreference) String() string {
	return fmt.Sprintf("%d articles; %d names marked by both sides, of %d found and %d labelled\ncoreference of those: precision %.3f, recall %.3f, F1 %.3f (%d pairs right, %d found, %d labelled)\n",
		c.Articles, c.Names.Right, c.Names.Predicted, c.Names.Gold, c.Links.Precision(), c.Links.Recall(), c.Links.F1(), c.Links.Right, c.Links.Predicted, c.Links.Gold)
}
