package main

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"parley/eval"
	"parley/eval/label"
	"parley/pipeline"
	"parley/store"
)

// exportCmd writes what a store holds in a form that other programs read.
type exportCmd struct {
	database
	Format string `enum:"jsonl,plover,brat,doccano,prodigy,labelstudio,conll,csv,graphml,parquet" default:"jsonl" help:"jsonl: documents, entities and relations, one JSON object a line. plover: events in the fields of the PLOVER codebook. brat: NAME.txt and NAME.ann for every document, to annotate or score. doccano, prodigy, labelstudio: labels for annotators to correct. conll: names alone, in the columns of CoNLL-2003. csv, parquet: one row a relation. graphml: entities as nodes, who did what to whom as edges."`
	Out    string `placeholder:"PATH" help:"File to write instead of standard output; for brat, the folder, which is needed."`
	Events bool   `help:"With jsonl: relations that tell one act, linked as one event with all its sources."`
	filters
}

// Run writes the export.
func (c *exportCmd) Run(x *console) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	if c.Format == "brat" && c.Out == "" {
		return usagef("--format brat writes two files a document: say where with --out DIR")
	}
	if c.Events && c.Format != "jsonl" {
		return usagef("--events goes with --format jsonl")
	}
	s, err := store.OpenReadOnly(c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	write := s.WriteJSONL
	switch {
	case c.Events:
		write = s.WriteEvents
	case c.Format == "brat":
		n, err := s.WriteBrat(c.Out, q)
		if err == nil {
			fmt.Fprintf(x.Err, "parley: %s written to %s\n", count(n, "document"), c.Out)
		}
		return err
	case c.Format == "plover":
		write = s.WritePLOVER
	case c.Format == "doccano" || c.Format == "prodigy" || c.Format == "labelstudio" || c.Format == "conll":
		write = func(w io.Writer, q store.Query) error { return prelabel(s, q, c.Format, w) }
	case c.Format == "csv":
		write = s.WriteCSV
	case c.Format == "parquet":
		write = s.WriteParquet
	case c.Format == "graphml":
		write = func(w io.Writer, q store.Query) error {
			single, err := s.WriteGraphML(w, q)
			if err == nil && single > 0 {
				fmt.Fprintf(x.Err, "parley: %s with one party or none: no edge\n", count(single, "relation"))
			}
			return err
		}
	}
	return writeTo(c.Out, x.Out, func(w io.Writer) error { return write(w, q) })
}

// prelabel writes the documents, with what was found in them as labels, for an
// annotation tool. Documents that were skipped are left out.
func prelabel(s *store.Store, q store.Query, format string, w io.Writer) error {
	var sets []*label.Set // a Label Studio file is one list
	err := s.Documents(q, func(name string, d *pipeline.Document) error {
		if d.Skip.Reason != pipeline.NotSkipped {
			return nil
		}
		set, err := eval.Labels(d, store.Annotate)
		if err != nil {
			return err
		}
		set.Name = name
		switch format {
		case "doccano":
			return set.WriteDoccano(w)
		case "prodigy":
			return set.WriteProdigy(w)
		case "conll":
			return set.WriteCoNLL(w)
		}
		sets = append(sets, set)
		return nil
	})
	if err != nil || format != "labelstudio" {
		return err
	}
	return label.WriteLabelStudio(w, sets)
}

// writeTo has write fill the file at path, or out where path is empty.
func writeTo(path string, out io.Writer, write func(io.Writer) error) error {
	var file *os.File
	if path != "" {
		var err error
		if file, err = os.Create(path); err != nil {
			return err
		}
		out = file
	}
	b := bufio.NewWriterSize(out, 64<<10)
	err := write(b)
	if flushErr := b.Flush(); err == nil {
		err = flushErr
	}
	if file != nil {
		if closeErr := file.Close(); err == nil {
			err = closeErr
		}
	}
	return err
}
