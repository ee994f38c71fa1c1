// Package extract lists the language stages of parley, in the order in which
// they run.
package extract

import (
	"fmt"

	"parley/extract/names"
	"parley/extract/nominal"
	"parley/extract/parse"
	"parley/extract/proseref"
	"parley/extract/relate"
	"parley/extract/resolve"
	"parley/extract/tag"
	"parley/extract/token"
	"parley/pipeline"
)

// Engine chooses who tags words and finds names; everything above is ours.
type Engine string

const (
	Parley Engine = "parley" // our own models
	Prose  Engine = "prose"  // github.com/jdkato/prose/v2, the reference for comparison
)

// Options choose among stages.
type Options struct {
	Engine Engine   // empty means Parley
	Frames []string // folders of frames to add to the shipped ones
}

// New loads the models and lists once and returns the stages that read a clean
// document, in order. They are safe for concurrent use.
func New(o Options) ([]pipeline.Stage, error) {
	switch o.Engine {
	case "", Parley, Prose:
	default:
		return nil, fmt.Errorf("unknown engine %q: want %s or %s", o.Engine, Parley, Prose)
	}
	tokens, err := token.New()
	if err != nil {
		return nil, err
	}
	tags, err := tag.New()
	if err != nil {
		return nil, err
	}
	heads, err := parse.New()
	if err != nil {
		return nil, err
	}
	found, err := names.New()
	if err != nil {
		return nil, err
	}
	nominals, err := nominal.New()
	if err != nil {
		return nil, err
	}
	entities, err := resolve.New()
	if err != nil {
		return nil, err
	}
	relations, err := relate.New(entities.Offices, o.Frames...)
	if err != nil {
		return nil, err
	}
	tagging, naming := tags.Stage(), found.Stage()
	if o.Engine == Prose {
		reference, err := proseref.New()
		if err != nil {
			return nil, err
		}
		tagging, naming = reference.Tags(tags), reference.Names()
	}
	return []pipeline.Stage{
		tokens.Stage(), tagging, heads.Stage(), naming, nominals.Stage(), entities.Stage(), relations.Stage(),
	}, nil
}
