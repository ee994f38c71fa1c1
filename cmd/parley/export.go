package main

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"parley/store"
)

// exportCmd writes what a store holds in a form that other programs read.
type exportCmd struct {
	database
	Format string `enum:"jsonl,brat" default:"jsonl" help:"jsonl: documents, entities and relations, one JSON object a line; brat: NAME.txt and NAME.ann for every document."`
	Out    string `placeholder:"PATH" help:"File to write instead of standard output; for brat, the folder, which is needed."`
}

// Run writes the export.
func (c *exportCmd) Run(x *console) error {
	if c.Format == "brat" && c.Out == "" {
		return usagef("--format brat writes two files a document: say where with --out DIR")
	}
	s, err := store.OpenReadOnly(c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	if c.Format == "brat" {
		n, err := s.WriteBrat(c.Out)
		if err == nil {
			fmt.Fprintf(x.Err, "parley: %s written to %s\n", count(n, "document"), c.Out)
		}
		return err
	}
	return writeTo(c.Out, x.Out, s.WriteJSONL)
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
