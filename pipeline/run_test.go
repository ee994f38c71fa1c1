package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// numbered yields n documents, whose Record is their place.
func numbered(n int) iter.Seq[*Document] {
	return func(yield func(*Document) bool) {
		for i := range n {
			if !yield(&Document{Source: "dump.jsonl", Record: i}) {
				return
			}
		}
	}
}

func TestRunKeepsOrder(t *testing.T) {
	var inStage, maxInStage atomic.Int32
	var ordered []int
	stages := []Stage{
		{Name: "slow", Adds: LayerBlocks, Run: func(d *Document) error {
			n := inStage.Add(1)
			maxInStage.Store(max(maxInStage.Load(), n))
			time.Sleep(time.Duration(d.Record%7) * time.Millisecond / 4)
			inStage.Add(-1)
			return nil
		}},
		{Name: "ordered", Adds: LayerCopies, Ordered: true, Run: func(d *Document) error {
			ordered = append(ordered, d.Record)
			if d.Record%10 == 3 {
				d.Skip = Skip{SkipDuplicate, "a copy"}
			}
			return nil
		}},
		{Name: "language", Adds: LayerTokens, Run: func(d *Document) error {
			time.Sleep(time.Duration(d.Record%3) * time.Millisecond / 4)
			d.Tokens = append(d.Tokens, Token{})
			return nil
		}},
	}
	var progress Progress
	var got []int
	const n = 300
	err := Run(context.Background(), Config{Workers: 4, Progress: &progress}, numbered(n), stages, func(d *Document) error {
		if skipped := d.Record%10 == 3; skipped != (len(d.Tokens) == 0) {
			t.Errorf("record %d: skipped %v, tokens %d", d.Record, skipped, len(d.Tokens))
		}
		got = append(got, d.Record)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, order := range map[string][]int{"the ordered stage": ordered, "the sink": got} {
		if len(order) != n {
			t.Fatalf("%s saw %d documents, want %d", name, len(order), n)
		}
		for i, r := range order {
			if r != i {
				t.Fatalf("%s saw record %d at place %d", name, r, i)
			}
		}
	}
	if maxInStage.Load() < 2 {
		t.Error("the workers never worked at the same time")
	}
	if progress.Documents.Load() != n {
		t.Errorf("progress counts %d documents, want %d", progress.Documents.Load(), n)
	}
}

func TestRunMarksFailures(t *testing.T) {
	stage := Stage{Name: "frail", Adds: LayerBlocks, Run: func(d *Document) error {
		d.Tokens = append(d.Tokens, Token{})
		switch d.Record {
		case 1:
			return errors.New("no such word")
		case 2:
			var none []int
			_ = none[d.Record]
		}
		return nil
	}}
	var skips []Skip
	err := Run(context.Background(), Config{Workers: 2}, numbered(4), []Stage{stage}, func(d *Document) error {
		skips = append(skips, d.Skip)
		if d.Skip.Reason != NotSkipped && d.Tokens != nil {
			t.Errorf("record %d failed and still has tokens", d.Record)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "dump.jsonl record 1: stage frail: no such word", "dump.jsonl record 2: stage frail: panic: runtime error: index out of range [2] with length 0 at run_test.go:", ""} {
		if !strings.HasPrefix(skips[i].Detail, want) || (want == "") != (skips[i].Reason == NotSkipped) {
			t.Errorf("record %d: %+v, want %q", i, skips[i], want)
		}
	}
}

func TestRunStops(t *testing.T) {
	pass := Stage{Name: "pass", Adds: LayerBlocks, Run: func(*Document) error { return nil }}
	count := Stage{Name: "count", Adds: LayerCopies, Ordered: true, Run: func(*Document) error { return nil }}
	full := errors.New("disk full")
	for _, stages := range [][]Stage{nil, {pass}, {count}, {pass, count}} {
		t.Run(fmt.Sprint(len(stages), " stages"), func(t *testing.T) {
			var fed atomic.Int64
			source := func(yield func(*Document) bool) {
				for d := range numbered(1 << 30) {
					fed.Add(1)
					if !yield(d) {
						return
					}
				}
			}
			err := Run(context.Background(), Config{Workers: 2, Queue: 3}, source, stages, func(d *Document) error {
				if d.Record == 50 {
					return full
				}
				return nil
			})
			if !errors.Is(err, full) {
				t.Errorf("got error %v, want the sink's", err)
			}
			if ahead := fed.Load() - 50; ahead > 20 {
				t.Errorf("%d documents were read ahead of the sink", ahead)
			}

			ctx, cancel := context.WithCancel(context.Background())
			err = Run(ctx, Config{Workers: 2}, source, stages, func(d *Document) error {
				if d.Record == 10 {
					cancel()
				}
				return nil
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got error %v, want context.Canceled", err)
			}
		})
	}
}

func TestRunChecksStages(t *testing.T) {
	err := Run(context.Background(), Config{}, numbered(1), []Stage{{Name: "tag", Needs: []Layer{LayerTokens}, Adds: LayerTags}}, nil)
	if err == nil || !strings.Contains(err.Error(), "stage tag needs the layer tokens") {
		t.Errorf("got error %v", err)
	}
}
