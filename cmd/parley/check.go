package main

import (
	"fmt"
	"slices"

	"parley/extract"
	"parley/extract/frame"
	"parley/extract/relate"
	"parley/pipeline"
)

// checkCmd runs the yes and no sentences of frame files.
type checkCmd struct {
	Frames []string `arg:"" optional:"" help:"Frame files, or folders of them. Without any, the frames that parley ships are checked."`
}

// Run loads the frames, which reports every fault of a file as "file:line:
// frame: reason", and then runs their sentences through all stages.
func (c *checkCmd) Run(x *console) error {
	set, err := frame.Load(c.Frames...)
	if err != nil {
		return err
	}
	relater, err := relate.New(nil, c.Frames...)
	if err != nil {
		return err
	}
	read, err := sentenceReader(c.Frames)
	if err != nil {
		return err
	}
	frames := set.Frames
	if len(c.Frames) > 0 {
		frames = slices.DeleteFunc(slices.Clone(frames), func(f *frame.Frame) bool { return f.Shipped })
	}
	ran, failures, err := relater.Check(frames, read)
	if err != nil {
		return err
	}
	for _, f := range failures {
		fmt.Fprintln(x.Out, f)
	}
	fmt.Fprintf(x.Out, "%d frames, %d sentences, %d failed\n", len(frames), ran, len(failures))
	if len(failures) > 0 {
		return fmt.Errorf("%d of %d sentences do not give what their frames say", len(failures), ran)
	}
	return nil
}

// sentenceReader puts one sentence through the stages below relations.
func sentenceReader(folders []string) (func(string) (*pipeline.Document, error), error) {
	language, err := extract.New(extract.Options{Frames: folders})
	if err != nil {
		return nil, err
	}
	return func(say string) (*pipeline.Document, error) {
		d := &pipeline.Document{ID: "check", Source: "check", Single: true, Text: say,
			Blocks: []pipeline.Block{{Span: pipeline.Span{Start: 0, End: len(say)}, Kind: pipeline.Body}}}
		for _, s := range language {
			if s.Adds == pipeline.LayerRelations {
				continue
			}
			if err := s.Run(d); err != nil {
				return nil, fmt.Errorf("stage %s: %w", s.Name, err)
			}
		}
		return d, nil
	}, nil
}
