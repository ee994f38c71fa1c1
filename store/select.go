package store

import (
	"maps"
	"slices"

	"parley/pipeline"
)

// A selection is the part of a store that a query asks for: its relations, the
// documents that tell them, and the entities that take part in them. A nil
// selection is the whole store.
type selection struct {
	relations, documents, entities map[string]bool
}

// choose finds what q asks for.
func (s *Store) choose(q Query) (*selection, error) {
	if q == (Query{}) {
		return nil, nil
	}
	sel := &selection{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	err := s.Find(q, func(r *RelationRecord, d *pipeline.Document) error {
		sel.relations[r.ID] = true
		sel.documents[d.ID] = true
		for _, p := range r.parties() {
			sel.entities[p.who] = true
		}
		return nil
	})
	return sel, err
}

func (sel *selection) relation(id string) bool { return sel == nil || sel.relations[id] }
func (sel *selection) entity(id string) bool   { return sel == nil || sel.entities[id] }

// articles calls f for the documents of the selection, by identifier.
func (s *Store) articles(sel *selection, f func(*pipeline.Document) error) error {
	if sel == nil {
		return s.Articles(f)
	}
	for _, id := range slices.Sorted(maps.Keys(sel.documents)) {
		d, err := s.Article(id)
		if err != nil {
			return err
		}
		if err := f(d); err != nil {
			return err
		}
	}
	return nil
}

// relations calls f for the relations of the selection, by document and then as
// they stand in it.
func (s *Store) relations(sel *selection, f func(*RelationRecord, *pipeline.Document) error) error {
	return s.articles(sel, func(d *pipeline.Document) error {
		if len(d.Relations) == 0 {
			return nil
		}
		for _, r := range newView(d).relations() {
			if sel.relation(r.ID) {
				if err := f(&r, d); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
