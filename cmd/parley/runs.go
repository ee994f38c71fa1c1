package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"parley/store"
)

// runsCmd lists what was run into a store.
type runsCmd struct {
	database
	JSON bool `name:"json" help:"Everything that is recorded, as JSON, one run a line."`
}

// Run prints one line a run, the earliest first.
func (c *runsCmd) Run(x *console) error {
	s, err := store.OpenReadOnly(c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	runs, err := s.Runs()
	if err != nil {
		return err
	}
	if c.JSON {
		enc := json.NewEncoder(x.Out)
		enc.SetEscapeHTML(false)
		for _, r := range runs {
			if err := enc.Encode(r); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(x.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "run\tstarted (UTC)\ttook\tstate\tread\tdone before\tkept\tskipped\trelations\tsources")
	for _, r := range runs {
		took, state := "", r.State
		if !r.Ended.IsZero() {
			took = r.Ended.Sub(r.Started).Round(time.Second / 10).String()
		} else {
			state = "killed" // nothing writes while we read
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.Name, r.Started.Format(time.DateTime), took, state,
			thousands(r.Read), thousands(r.Done), thousands(r.Kept), thousands(total(r.Skipped)), thousands(total(r.Relations)), strings.Join(r.Sources, " "))
	}
	return w.Flush()
}
