// Package relate finds political events and offices: who did what to whom,
// about what, where, when, and who says so. Frames (package frame) name the
// words and the slots; this package knows syntax, and a small fitted model
// decides which candidates are events and which proposals are participants.
//
// A document goes through: trees (tree.go), candidates (spot.go) with the
// participants that slots propose (slots.go, subject.go, filler.go,
// propose.go, topic.go), evidence (evidence.go, roles.go, status.go,
// attributes.go), decisions (decide.go, parties.go), how sure they are (sure.go)
// and sentences for people (tell.go). learn.go and fit.go make the model.
package relate

import (
	"bytes"
	_ "embed"
	"fmt"
	"sort"

	"github.com/zeebo/xxh3"

	"parley/extract/frame"
	"parley/pipeline"
)

// weights is written by `parley-train events`.
//
//go:embed weights.tsv.gz
var weights []byte

// version changes when the code gives other relations from the same weights.
const version = "1"

// An Offices function gives the HOLDS relations of a document.
type Offices func(*pipeline.Document) []pipeline.Relation

// A Relater finds the relations of documents. It is safe for concurrent use.
type Relater struct {
	frames   *frame.Set
	model    *Model
	offices  Offices
	contexts map[string][]int // lemma → the contexts, as indexes into frame.Contexts, that it is a word of
}

// New loads the shipped frames and those in the given folders, and the
// embedded weights. offices may be nil.
func New(offices Offices, folders ...string) (*Relater, error) {
	set, err := frame.Load(folders...)
	if err != nil {
		return nil, err
	}
	m, err := readModel(bytes.NewReader(weights))
	if err != nil {
		return nil, fmt.Errorf("relate: embedded weights: %w", err)
	}
	return With(set, m, offices), nil
}

// With is a Relater of these frames and this model.
func With(set *frame.Set, m *Model, offices Offices) *Relater {
	r := &Relater{frames: set, model: m, offices: offices, contexts: map[string][]int{}}
	for x, context := range frame.Contexts {
		for l := range set.Classes["context."+context] {
			r.contexts[l] = append(r.contexts[l], x)
		}
	}
	return r
}

// Frames are the frames that r runs.
func (r *Relater) Frames() *frame.Set { return r.frames }

// Stage adds LayerRelations.
func (r *Relater) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:    "relate",
		Version: fmt.Sprintf("%s-%08x-%08x", version, uint32(xxh3.Hash(weights)), uint32(r.frames.Hash)),
		Needs:   []pipeline.Layer{pipeline.LayerTokens, pipeline.LayerTags, pipeline.LayerHeads, pipeline.LayerNames, pipeline.LayerNominals, pipeline.LayerEntities},
		Adds:    pipeline.LayerRelations,
		Run: func(d *pipeline.Document) error {
			d.Relations = r.Relations(d)
			return nil
		},
	}
}

// Relations are the events of d in text order, then its offices.
func (r *Relater) Relations(d *pipeline.Document) []pipeline.Relation {
	a := r.read(d)
	var out []pipeline.Relation
	for s := range a.trees {
		out = append(out, r.decide(a, s)...)
	}
	if r.offices != nil {
		out = append(out, r.offices(d)...)
	}
	for i := range out {
		out[i].ID = identify(d, &out[i])
	}
	return out
}

// read builds the trees of d and finds its candidates.
func (r *Relater) read(d *pipeline.Document) *article {
	a := &article{d: d}
	of := make([][]int, len(d.Sentences))
	for i := range d.Mentions {
		if s := d.Mentions[i].Sentence; s >= 0 && s < len(of) {
			of[s] = append(of[s], i)
		}
	}
	for s := range d.Sentences {
		sort.SliceStable(of[s], func(i, j int) bool {
			x, y := &d.Mentions[of[s][i]], &d.Mentions[of[s][j]]
			return x.Start < y.Start || x.Start == y.Start && x.End > y.End
		})
		t := newTree(d, r.frames, s, of[s])
		cs := t.spot()
		for _, c := range cs {
			t.propose(c)
		}
		a.trees = append(a.trees, t)
		a.candidates = append(a.candidates, cs)
	}
	a.survey(r.contexts, r.frames)
	return a
}

// identify gives a relation an id that depends on its document, type and place
// in the text alone. One title may be held by several people, so an office has
// its holder's place too.
func identify(d *pipeline.Document, r *pipeline.Relation) string {
	key := fmt.Sprintf("%s %s %d", d.ID, r.Type, r.Trigger.Start)
	for _, a := range r.Args {
		if a.Role == pipeline.Holder {
			key += fmt.Sprintf(" %d", a.Start)
		}
	}
	return fmt.Sprintf("%016x", xxh3.HashString(key))
}
