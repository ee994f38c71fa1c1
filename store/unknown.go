package store

import (
	"cmp"
	"maps"
	"slices"

	"parley/pipeline"
)

// An Unknown is a named actor that no list knows: it has neither a country nor a
// sector.
type Unknown struct {
	Entity    string `json:"entity"`
	Name      string `json:"name"`
	Type      string `json:"type"`
	Relations int    `json:"relations"` // of those asked for in which it takes part
	Example   string `json:"example"`   // one of them as a sentence
}

// Unknowns gives the actors and recipients of what q asks for that no list
// knows, those with the most relations first. They are what to add to the lists.
func (s *Store) Unknowns(q Query) ([]Unknown, error) {
	found := map[string]*Unknown{}
	err := s.Find(q, func(r *RelationRecord, d *pipeline.Document) error {
		parties := slices.Concat(r.Actor, r.Recipient)
		if r.Person != nil {
			parties = append(parties, *r.Person)
		}
		for _, f := range parties {
			if f.Country != "" || f.Sector != "" || f.Entity == "" {
				continue
			}
			u := found[f.Entity]
			if u == nil {
				kind := typeOf(d, f.Entity)
				if !kind.Named() {
					continue
				}
				u = &Unknown{Entity: f.Entity, Name: f.Name, Type: string(kind), Example: r.Text}
				found[f.Entity] = u
			}
			u.Relations++
		}
		return nil
	})
	list := make([]Unknown, 0, len(found))
	for u := range maps.Values(found) {
		list = append(list, *u)
	}
	slices.SortFunc(list, func(a, b Unknown) int {
		return cmp.Or(cmp.Compare(b.Relations, a.Relations), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Entity, b.Entity))
	})
	return list, err
}

// typeOf is the type of an entity of d.
func typeOf(d *pipeline.Document, entity string) pipeline.MentionType {
	for i := range d.Entities {
		if d.Entities[i].ID == entity {
			return d.Entities[i].Type
		}
	}
	return pipeline.Nominal
}
