// Package resolve says who is who: it joins the mentions of one article to
// entities, gives entities a country, a sector and a place, and reads dates as
// days of the calendar.
//
// Mentions are joined by sieves, the surest first: states and what stands for
// them, exact names, acronyms and short forms, family names, offices and other
// noun phrases, pronouns, plural mentions. Every join leaves a line in
// Entity.Why. Later sieves see what earlier ones joined. (The order follows Lee
// et al. 2013, "Deterministic Coreference Resolution Based on Entity-Centric,
// Precision-Ranked Rules"; the rules are our own.)
package resolve

import (
	"parley/extract/nominal"
	"parley/pipeline"
)

// A Resolver joins mentions to entities. It is safe for concurrent use.
type Resolver struct {
	finder *nominal.Finder // reads which person holds which title
}

// New loads the lexicon that the Resolver reads nouns with.
func New() (*Resolver, error) {
	f, err := nominal.New()
	if err != nil {
		return nil, err
	}
	return &Resolver{finder: f}, nil
}

// version changes whenever the rules would give another result.
const version = "4"

// Stage is the Resolver as a stage. It sets Entities, and Entity and When of
// every mention.
func (r *Resolver) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:    "resolve",
		Version: version,
		Needs:   []pipeline.Layer{pipeline.LayerTokens, pipeline.LayerTags, pipeline.LayerHeads, pipeline.LayerNames, pipeline.LayerNominals},
		Adds:    pipeline.LayerEntities,
		Run: func(d *pipeline.Document) error {
			r.Run(d)
			return nil
		},
	}
}

// Run resolves one document.
func (r *Resolver) Run(d *pipeline.Document) {
	c := newChains(d, r.finder)
	c.states()
	c.sameNames()
	c.shortNames()
	c.people()
	c.phrases()
	c.counted()
	c.pronouns()
	c.together()
	c.entities()
	readDates(d)
}
