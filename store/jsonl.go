package store

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"parley/pipeline"
)

// WriteJSONL writes what q asks for: every document, then every entity, then
// every relation, one JSON object a line. Documents and entities come by
// identifier, relations by document and then as they stand in it, so that equal
// stores give equal bytes.
func (s *Store) WriteJSONL(w io.Writer, q Query) error {
	sel, err := s.choose(q)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	err = s.articles(sel, func(d *pipeline.Document) error {
		copies, err := s.Copies(d.ID)
		if err != nil {
			return err
		}
		return enc.Encode(newView(d).document(copies))
	})
	if err != nil {
		return err
	}
	err = s.Entities(func(e *EntityRecord) error {
		if !sel.entity(e.ID) {
			return nil
		}
		return enc.Encode(e)
	})
	if err != nil {
		return err
	}
	return s.relations(sel, func(r *RelationRecord, _ *pipeline.Document) error { return enc.Encode(r) })
}

// errEnough ends a walk over the store early.
var errEnough = errors.New("enough")

// Entity gives one entity as all articles show it.
func (s *Store) Entity(id string) (*EntityRecord, error) {
	var found *EntityRecord
	err := s.entities(prefix(kindEntity, id), func(e *EntityRecord) error {
		found = e
		return nil
	})
	if err == nil && found == nil {
		err = ErrNotFound
	}
	return found, err
}

// Entities calls f for every entity, merged over all articles, in the order of
// their identifiers.
func (s *Store) Entities(f func(*EntityRecord) error) error {
	return s.entities(prefix(kindEntity), f)
}

func (s *Store) entities(p []byte, f func(*EntityRecord) error) error {
	var id string
	var seen []Sighting
	flush := func() error {
		if len(seen) == 0 {
			return nil
		}
		e := merge(id, seen)
		seen = seen[:0]
		return f(e)
	}
	err := s.each(p, true, func(k []byte, item *badger.Item) error {
		_, parts := split(k)
		if parts[0] != id {
			if err := flush(); err != nil {
				return err
			}
			id = parts[0]
		}
		var one Sighting
		if err := item.Value(func(b []byte) error { return json.Unmarshal(b, &one) }); err != nil {
			return err
		}
		seen = append(seen, one)
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// merge joins what articles show of one entity. Where they differ, what most
// mentions say holds, and among equals the first in the alphabet.
func merge(id string, seen []Sighting) *EntityRecord {
	e := &EntityRecord{Kind: "entity", ID: id, Aliases: []string{}, Mentions: []MentionRecord{}}
	types, names, countries, sectors := votes{}, votes{}, votes{}, votes{}
	for _, s := range seen {
		n := len(s.Mentions)
		types.add(s.Type, n)
		names.add(s.Name, n)
		countries.add(s.Country, n)
		sectors.add(s.Sector, n)
		e.Mentions = append(e.Mentions, s.Mentions...)
		e.Offices = append(e.Offices, s.Offices...)
		if p := s.Place; e.Place == nil && p.GeoNames != 0 {
			e.Place = &PlaceRecord{p.GeoNames, p.Latitude, p.Longitude}
		}
		for _, name := range s.names() {
			if !slices.Contains(e.Aliases, name) {
				e.Aliases = append(e.Aliases, name)
			}
		}
	}
	e.Type, e.Name, e.Country, e.Sector = types.best(), names.best(), countries.best(), sectors.best()
	e.Aliases = slices.DeleteFunc(e.Aliases, func(a string) bool { return a == e.Name })
	slices.Sort(e.Aliases)
	slices.SortFunc(e.Mentions, compareMentions)
	e.Offices = span(e.Offices)
	return e
}

// span joins what several articles say of one office to the days from the first
// to the last, and sorts offices by first day and title.
func span(offices []Office) []Office {
	same := func(a, b Office) bool { return Fold(a.Title) == Fold(b.Title) && a.Of == b.Of && a.Former == b.Former }
	var out []Office
	for _, o := range offices {
		i := slices.IndexFunc(out, func(x Office) bool { return same(x, o) })
		if i < 0 {
			out = append(out, o)
			continue
		}
		if x := &out[i]; o.First != "" {
			if x.First == "" || o.First < x.First {
				x.First = o.First
			}
			x.Last = max(x.Last, o.Last)
		}
	}
	slices.SortStableFunc(out, func(a, b Office) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Of, b.Of))
	})
	return out
}

// votes counts how often a value was seen.
type votes map[string]int

func (v votes) add(value string, n int) {
	if value != "" {
		v[value] += n
	}
}

func (v votes) best() string {
	if len(v) == 0 {
		return ""
	}
	return slices.MinFunc(slices.Collect(maps.Keys(v)), func(a, b string) int {
		return cmp.Or(cmp.Compare(v[b], v[a]), cmp.Compare(a, b))
	})
}
