package eval

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"parley/eval/label"
	"parley/pipeline"
)

// A Doubt is an article that is not labelled yet, and how much a labeller would
// decide in it that the stages are unsure of.
type Doubt struct {
	Article  string  // source and, of a file of several, record
	Expected float64 // how many of its events are expected to be judged the other way: the sum of min(confidence, 1-confidence)
	Events   int
	Words    int
	Least    string // the event whose confidence is nearest to a half
}

// PerWord is what labelling the article teaches for the reading it costs. A
// hundred words are added for the cost of opening an article at all, so that no
// two-line note comes first.
func (d Doubt) PerWord() float64 { return d.Expected / float64(d.Words+100) }

// Uncertain reads articles and sorts them by what labelling them would teach,
// the most first (uncertainty sampling: Lewis and Gale 1994). Skipped articles
// are left out.
func Uncertain(ctx context.Context, reader *pipeline.Reader, stages []pipeline.Stage, workers int) ([]Doubt, error) {
	if err := pipeline.Check(stages); err != nil {
		return nil, err
	}
	var documents []*pipeline.Document
	group, ended := errgroup.WithContext(ctx)
	group.SetLimit(max(workers, 1))
	for d := range reader.Documents(ended) {
		documents = append(documents, d)
		group.Go(func() error { return runStages(d, stages) })
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var out []Doubt
	for _, d := range documents {
		if d.Skip.Reason == pipeline.NotSkipped {
			out = append(out, doubt(d))
		}
	}
	slices.SortStableFunc(out, func(a, b Doubt) int { return cmp.Compare(b.PerWord(), a.PerWord()) })
	return out, ctx.Err()
}

func doubt(d *pipeline.Document) Doubt {
	x := Doubt{Article: d.Where(), Words: len(strings.Fields(d.Text))}
	worst := -1.0
	for _, r := range d.Relations {
		if r.Type == label.Holds {
			continue
		}
		x.Events++
		unsure := min(r.Confidence, 1-r.Confidence)
		x.Expected += unsure
		if unsure > worst {
			worst = unsure
			x.Least = fmt.Sprintf("%s %q at %.2f by %s", r.Type, d.In(r.Trigger), r.Confidence, r.Rule)
		}
	}
	return x
}

// WriteDoubts writes the first n articles, one a line.
func WriteDoubts(w io.Writer, doubts []Doubt, n int) {
	fmt.Fprintf(w, "%8s%8s%8s  article and its least sure event\n", "expected", "events", "words")
	for _, d := range doubts[:min(n, len(doubts))] {
		fmt.Fprintf(w, "%8.2f%8d%8d  %s: %s\n", d.Expected, d.Events, d.Words, d.Article, d.Least)
	}
}
