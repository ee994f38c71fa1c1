package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"parley/pipeline"
	"parley/store"
)

// surest is one of the relations that the summary shows.
type surest struct {
	confidence float64
	text       string
}

// skipped is one line of --report.
type skipped struct {
	Source string `json:"source"`
	Record int    `json:"record"`
	Reason string `json:"reason"`
	Detail string `json:"detail"`
}

// finish stores the record of the run, prints the summary and says how to go on
// where the run did not come to its end.
func (r *running) finish(x *console, err error) error {
	r.record.Ended = time.Now().UTC()
	interrupted := x.Context.Err() != nil
	switch {
	case err != nil:
		r.record.State = "failed"
	case interrupted:
		r.record.State = "stopped"
	default:
		r.record.State = "done"
	}
	if syncErr := r.store.Sync(); err == nil {
		err = syncErr
	}
	if putErr := r.store.PutRun(&r.record); err == nil {
		err = putErr
	}
	if reportErr := r.report(); err == nil {
		err = reportErr
	}
	r.summary(x.Out)
	again := "run the same command again to go on; what is stored is not done twice"
	switch {
	case err != nil:
		return fmt.Errorf("%w\n%s", err, again)
	case interrupted:
		return fmt.Errorf("stopped before the end: %s", again)
	case r.failed > 0:
		return fmt.Errorf("%s could not be read or worked on; the messages above and --report FILE name them", count(r.failed, "article"))
	}
	return nil
}

// report writes --report.
func (r *running) report() error {
	if r.cmd.Report == "" {
		return nil
	}
	f, err := os.Create(r.cmd.Report)
	if err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	enc := json.NewEncoder(f)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	err = enc.Encode(struct {
		Run   store.Run `json:"run"`
		Skips []skipped `json:"skips"`
	}{r.record, append([]skipped{}, r.skips...)})
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// summary prints what became of the articles and what was found in them.
func (r *running) summary(w io.Writer) {
	n := &r.record
	fresh := n.Read - n.Done
	if fresh == 0 && n.Read > 0 {
		fmt.Fprintf(w, "Nothing new: %s read, and %s in %s already.\n", count(n.Read, "article"), isAre(n.Read), r.store.Dir)
		return
	}
	fmt.Fprintf(w, "%s read", count(n.Read, "article"))
	if n.Done > 0 {
		fmt.Fprintf(w, ", of which %d %s done before", n.Done, wasWere(n.Done))
	}
	fmt.Fprintf(w, ": %d kept", n.Kept)
	if len(n.Skipped) > 0 {
		fmt.Fprintf(w, ", %d skipped (%s)", total(n.Skipped), tally(n.Skipped))
	}
	seconds := n.Ended.Sub(n.Started).Seconds()
	fmt.Fprintf(w, ".\n%s in %.1f s, %s a second.\n", count(int(n.Words), "word"), seconds, thousands(int(float64(n.Words)/max(seconds, 0.001))))
	fmt.Fprintf(w, "%d entities: %s.\n", total(n.Entities), tally(n.Entities))
	fmt.Fprintf(w, "%d relations: %s.\n", total(n.Relations), tally(n.Relations))
	if len(r.surest) > 0 {
		fmt.Fprintln(w, "\nThe surest:")
		for _, s := range r.surest {
			fmt.Fprintf(w, "  %.2f  %s.\n", s.confidence, strings.TrimSuffix(s.text, "."))
		}
	}
	fmt.Fprintf(w, "\nStored in %s. Ask it with parley find, or take all with parley export.\n", r.store.Dir)
}

// offer keeps the ten surest of these relations, the first of equals, none twice.
func (r *running) offer(s surest) {
	const shown = 10
	if s.text == "" || slices.ContainsFunc(r.surest, func(o surest) bool { return o.text == s.text }) {
		return
	}
	at, _ := slices.BinarySearchFunc(r.surest, s, func(o, s surest) int {
		if o.confidence >= s.confidence {
			return -1
		}
		return 1
	})
	r.surest = slices.Insert(r.surest, at, s)
	r.surest = r.surest[:min(len(r.surest), shown)]
}

// named reports whether a relation says by name who takes part in it, and so can
// be understood by itself.
func named(d *pipeline.Document, r *pipeline.Relation) bool {
	parties := 0
	for _, a := range r.Args {
		switch a.Role {
		case pipeline.Actor, pipeline.Recipient, pipeline.Holder, pipeline.Of:
			if a.Mention < 0 || d.Mentions[a.Mention].Entity < 0 || !d.Entities[d.Mentions[a.Mention].Entity].Type.Named() {
				return false
			}
			parties++
		}
	}
	return parties > 1
}
