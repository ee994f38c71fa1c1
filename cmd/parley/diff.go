package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"parley/store"
)

// diffCmd compares what two runs found in the same dump.
type diffCmd struct {
	Before string `arg:"" help:"A store."`
	After  string `arg:"" help:"Another store, over the same dump."`
	JSON   bool   `name:"json" help:"Differences as JSON, one a line, with both records."`
}

// Run prints the relations that appeared (+), vanished (-) and changed (~).
func (c *diffCmd) Run(x *console) error {
	before, err := store.OpenReadOnly(c.Before)
	if err != nil {
		return err
	}
	defer before.Close()
	after, err := store.OpenReadOnly(c.After)
	if err != nil {
		return err
	}
	defer after.Close()
	w := bufio.NewWriter(x.Out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	counts := map[string]int{}
	err = store.Diff(before, after, func(d *store.Difference) error {
		counts[d.Kind]++
		if c.JSON {
			return enc.Encode(d)
		}
		return printDifference(w, d)
	})
	if flushErr := w.Flush(); err == nil {
		err = flushErr
	}
	if err == nil {
		fmt.Fprintf(x.Err, "parley: %s\n", tally(counts))
	}
	return err
}

func printDifference(w io.Writer, d *store.Difference) (err error) {
	switch d.Kind {
	case "appeared":
		_, err = fmt.Fprintf(w, "+ %-9s %s\n", d.After.Type, d.After.Text)
	case "vanished":
		_, err = fmt.Fprintf(w, "- %-9s %s\n", d.Before.Type, d.Before.Text)
	case "changed":
		_, err = fmt.Fprintf(w, "~ %-9s %s\n", d.After.Type, d.After.Text)
		for _, f := range d.Fields {
			if f != "text" {
				fmt.Fprintf(w, "    %s: %q, was %q\n", f, d.After.Field(f), d.Before.Field(f))
			}
		}
	default:
		_, err = fmt.Fprintf(w, "! %s\n", d.Kind)
	}
	if err == nil {
		_, err = fmt.Fprintf(w, "    %s\n", d.Where)
	}
	if r := d.After; err == nil && r != nil {
		_, err = fmt.Fprintf(w, "    %s\n", strings.Join(strings.Fields(r.Sentence.Text), " "))
	} else if r := d.Before; err == nil && r != nil {
		_, err = fmt.Fprintf(w, "    %s\n", strings.Join(strings.Fields(r.Sentence.Text), " "))
	}
	return err
}
