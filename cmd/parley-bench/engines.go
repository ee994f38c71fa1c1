package main

import (
	"slices"

	"parley/extract"
	"parley/extract/proseref"
	"parley/extract/tag"
	"parley/extract/token"
	"parley/pipeline"
)

// engines are our stages and prose's, loaded once.
type engines struct {
	parley, prose []pipeline.Stage
	tokens        *token.Tokenizer
	tagger        *tag.Tagger
	reference     *proseref.Reference
}

func loadEngines() (*engines, error) {
	var e engines
	var err error
	if e.parley, err = extract.New(extract.Options{Engine: extract.Parley}); err != nil {
		return nil, err
	}
	if e.prose, err = extract.New(extract.Options{Engine: extract.Prose}); err != nil {
		return nil, err
	}
	if e.tokens, err = token.New(); err != nil {
		return nil, err
	}
	if e.tagger, err = tag.New(); err != nil {
		return nil, err
	}
	e.reference, err = proseref.New()
	return &e, err
}

// upTo are the stages of list that add the given layers.
func upTo(list []pipeline.Stage, layers ...pipeline.Layer) []pipeline.Stage {
	var out []pipeline.Stage
	for _, s := range list {
		if slices.Contains(layers, s.Adds) {
			out = append(out, s)
		}
	}
	return out
}

// article is a document of one block.
func article(text string) *pipeline.Document {
	return &pipeline.Document{Text: text, Blocks: []pipeline.Block{{Span: pipeline.Span{End: len(text)}, Kind: pipeline.Body}}}
}

// runAll runs the stages on d.
func runAll(d *pipeline.Document, stages []pipeline.Stage) error {
	for _, s := range stages {
		if err := s.Run(d); err != nil {
			return err
		}
	}
	return nil
}
