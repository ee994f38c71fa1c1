package main

import (
	"iter"
	"strings"
	"sync"

	"parley/pipeline"
	"parley/store"
)

// failures are the reasons for which a run ends with exit code 1.
var failures = map[pipeline.SkipReason]bool{
	pipeline.SkipUnreadable: true, pipeline.SkipBroken: true, pipeline.SkipFailed: true,
}

// recordEvery is after how many articles the store learns how far the run is, so
// that parley runs can tell of one that was killed.
const recordEvery = 1000

// running is one run on its way.
type running struct {
	cmd         *runCmd
	store       *store.Store
	log         *logger
	before      []store.Run
	record      store.Run
	fingerprint string
	failed      int
	surest      []surest
	skips       []skipped // for --report

	mu     sync.Mutex // guards what the reading side and the storing side share
	flying map[string]bool
	fault  error
}

// missing yields the documents that the store does not have yet, or has as other
// versions of the stages left them.
func (r *running) missing(documents iter.Seq[*pipeline.Document]) iter.Seq[*pipeline.Document] {
	return func(yield func(*pipeline.Document) bool) {
		todo := 0
		for d := range documents {
			if r.cmd.Limit > 0 && todo == r.cmd.Limit {
				return
			}
			want, err := r.wanted(d)
			if err != nil {
				r.fault = err
				return
			}
			if !want {
				continue
			}
			todo++
			if !yield(d) {
				return
			}
		}
	}
}

// wanted reports whether d has to be done, and counts it.
func (r *running) wanted(d *pipeline.Document) (bool, error) {
	done, err := r.store.Done(d.ID)
	if err != nil {
		return false, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.record.Read++
	switch {
	case r.flying[d.ID], // the same source given twice
		done == r.fingerprint && !failures[d.Skip.Reason], // a file that could not be read is looked at again
		done != "" && r.cmd.OnlyNew:
		r.record.Done++
		return false, nil
	case done != "" && done != r.fingerprint:
		if r.record.Redone++; r.record.Redone == 1 {
			r.log.info("the stages have changed since articles of this dump were stored; doing these again", "changed", r.changed())
		}
	}
	r.flying[d.ID] = true
	return true, nil
}

// changed names the stages whose version is not that of the last run.
func (r *running) changed() string {
	if len(r.before) == 0 {
		return "engine"
	}
	last := r.before[len(r.before)-1]
	old := map[string]string{}
	for _, s := range last.Stages {
		old[s.Stage] = s.Version
	}
	var names []string
	for _, s := range r.record.Stages {
		if old[s.Stage] != s.Version {
			names = append(names, s.Stage)
		}
	}
	if last.Engine != r.record.Engine {
		names = append(names, "engine")
	}
	if len(names) == 0 {
		return "in an earlier run"
	}
	return strings.Join(names, ", ")
}

// keep stores one document that came out of the stages, and counts it.
func (r *running) keep(d *pipeline.Document) error {
	if d.Skip.Reason != passedBy {
		if err := r.store.Put(d, store.Done{Stages: r.fingerprint, Run: r.record.Name}); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.flying, d.ID)
	if d.Skip.Reason != pipeline.NotSkipped {
		r.skip(d)
		return nil
	}
	r.record.Kept++
	r.record.Words += int64(d.Words())
	for i := range d.Entities {
		r.record.Entities[string(d.Entities[i].Type)]++
	}
	for i := range d.Relations {
		r.record.Relations[d.Relations[i].Type]++
		if named(d, &d.Relations[i]) {
			r.offer(surest{d.Relations[i].Confidence, d.Relations[i].Text})
		}
	}
	if r.record.Kept%recordEvery == 0 {
		return r.store.PutRun(&r.record)
	}
	return nil
}

// skip counts a document that was not extracted from and says why.
func (r *running) skip(d *pipeline.Document) {
	r.record.Skipped[string(d.Skip.Reason)]++
	if failures[d.Skip.Reason] {
		r.failed++
	}
	if r.cmd.Report != "" {
		r.skips = append(r.skips, skipped{d.Source, d.Record, string(d.Skip.Reason), d.Skip.Detail})
	}
	const shown = 20
	switch n := r.record.Skipped[string(d.Skip.Reason)]; {
	case d.Skip.Reason == pipeline.SkipDuplicate || d.Skip.Reason == passedBy || n > shown:
	case n == shown:
		r.log.info("more articles are skipped for this reason; --report FILE lists them all", "reason", string(d.Skip.Reason))
	default:
		r.log.info("skipped", "reason", string(d.Skip.Reason), "detail", d.Skip.Detail)
	}
}
