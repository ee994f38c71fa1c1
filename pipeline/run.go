package pipeline

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Progress counts what a run has done so far. Its counters may be read at any
// time from any goroutine.
type Progress struct {
	Total     atomic.Int64 // bytes of all files, once Reader.Measure has looked; 0 where unknown
	Read      atomic.Int64 // bytes read of them
	Documents atomic.Int64 // documents that reached the sink
	Words     atomic.Int64 // words of the kept blocks of documents that were not skipped
}

// Config says how Run spreads its work.
type Config struct {
	Workers  int       // goroutines that run stages; 0 for one a processor
	Queue    int       // documents that may wait or be worked on in each part of the line; 0 for four a worker
	Progress *Progress // counters to keep, or nil
}

// Run takes every document of source through the stages and hands it to sink.
//
// Stages run on Workers goroutines. An Ordered stage sees the documents one at a
// time in input order, and so does sink. A document with a Skip passes by the
// stages that remain. A stage that fails or panics on a document marks it
// SkipFailed; the rest goes on.
//
// Memory is bounded by Queue, whatever the length of source: Run asks source for
// the next document only when there is room. It returns when every document has
// reached sink, or with the first error of sink, or with ctx's error. It leaves
// no goroutine behind. Cancelling ctx drops the documents in flight; to finish
// them and then stop, let source end.
func Run(ctx context.Context, cfg Config, source iter.Seq[*Document], stages []Stage, sink func(*Document) error) error {
	if err := Check(stages); err != nil {
		return err
	}
	if cfg.Workers <= 0 {
		cfg.Workers = runtime.GOMAXPROCS(0)
	}
	if cfg.Queue <= 0 {
		cfg.Queue = 4 * cfg.Workers
	}
	if cfg.Progress == nil {
		cfg.Progress = new(Progress)
	}
	g, ctx := errgroup.WithContext(ctx)
	l := &line{ctx: ctx, g: g, cfg: cfg, tasks: make(chan *task)}

	in := l.feed(source)
	for len(stages) > 0 {
		n := 1
		for !stages[0].Ordered && n < len(stages) && !stages[n].Ordered {
			n++
		}
		if stages[0].Ordered {
			in = l.inOrder(stages[0], in)
		} else {
			in = l.parallel(stages[:n], in)
		}
		stages = stages[n:]
	}
	l.startWorkers()
	g.Go(func() error {
		for d := range in {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := sink(d); err != nil {
				return err
			}
			cfg.Progress.Documents.Add(1)
			if d.Skip.Reason == NotSkipped {
				cfg.Progress.Words.Add(int64(d.Words()))
			}
		}
		return ctx.Err()
	})
	return g.Wait()
}

// A line is one run: a chain of goroutines joined by bounded channels, and one
// pool of workers that all parallel parts of the chain share.
type line struct {
	ctx     context.Context
	g       *errgroup.Group
	cfg     Config
	tasks   chan *task
	feeders sync.WaitGroup // parallel parts that still hand out tasks
}

// A task is one document on its way through a parallel part.
type task struct {
	doc    *Document
	stages []Stage
	done   chan struct{}
}

// send puts v on c unless the run is over, which it reports as false.
func send[T any](ctx context.Context, c chan<- T, v T) bool {
	select {
	case c <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

func (l *line) feed(source iter.Seq[*Document]) <-chan *Document {
	out := make(chan *Document)
	l.g.Go(func() error {
		defer close(out)
		for d := range source {
			if !send(l.ctx, out, d) {
				return l.ctx.Err()
			}
		}
		return nil
	})
	return out
}

func (l *line) inOrder(s Stage, in <-chan *Document) <-chan *Document {
	out := make(chan *Document)
	l.g.Go(func() error {
		defer close(out)
		for d := range in {
			runStages(d, []Stage{s})
			if !send(l.ctx, out, d) {
				return l.ctx.Err()
			}
		}
		return nil
	})
	return out
}

// parallel hands every document to the workers and, at the same time, to a
// queue in input order, from which it leaves once its work is done.
func (l *line) parallel(stages []Stage, in <-chan *Document) <-chan *Document {
	queue := make(chan *task, l.cfg.Queue)
	out := make(chan *Document)
	l.feeders.Add(1)
	l.g.Go(func() error {
		defer close(queue)
		defer l.feeders.Done()
		for d := range in {
			t := &task{doc: d, stages: stages, done: make(chan struct{})}
			if !send(l.ctx, queue, t) || !send(l.ctx, l.tasks, t) {
				return l.ctx.Err()
			}
		}
		return nil
	})
	l.g.Go(func() error {
		defer close(out)
		for t := range queue {
			select {
			case <-t.done:
			case <-l.ctx.Done():
				return l.ctx.Err()
			}
			if !send(l.ctx, out, t.doc) {
				return l.ctx.Err()
			}
		}
		return nil
	})
	return out
}

// startWorkers is called when the whole line stands.
func (l *line) startWorkers() {
	l.g.Go(func() error {
		l.feeders.Wait()
		close(l.tasks)
		return nil
	})
	for range l.cfg.Workers {
		l.g.Go(func() error {
			for {
				select {
				case t, ok := <-l.tasks:
					if !ok {
						return nil
					}
					runStages(t.doc, t.stages)
					close(t.done)
				case <-l.ctx.Done():
					return l.ctx.Err()
				}
			}
		})
	}
}

// runStages runs stages on d until one of them skips it.
func runStages(d *Document, stages []Stage) {
	for _, s := range stages {
		if d.Skip.Reason != NotSkipped {
			return
		}
		if err := runStage(d, s); err != nil {
			d.Skip = Skip{SkipFailed, fmt.Sprintf("%s: stage %s: %v", d.Where(), s.Name, err)}
			// Half-made layers would contradict each other.
			d.Sentences, d.Tokens, d.Mentions, d.Entities, d.Relations = nil, nil, nil, nil, nil
		}
	}
}

// runStage turns a panic of s into an error that says where it happened.
func runStage(d *Document, s Stage) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v at %s", p, panicSite(string(debug.Stack())))
		}
	}()
	return s.Run(d)
}

// panicSite picks from a stack the file and line that panicked.
func panicSite(stack string) string {
	_, after, _ := strings.Cut(stack, "\npanic(")
	lines := strings.Split(after, "\n")
	for i := 2; i < len(lines); i++ {
		file, ok := strings.CutPrefix(lines[i], "\t")
		if !ok || strings.Contains(file, "/runtime/") {
			continue
		}
		file, _, _ = strings.Cut(file, " ")
		if i := strings.LastIndexByte(file, '/'); i >= 0 {
			file = file[i+1:]
		}
		return file
	}
	return "an unknown place"
}
