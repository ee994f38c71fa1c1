package store

import (
	"encoding/json"

	"github.com/dgraph-io/badger/v4"

	"parley/pipeline"
)

// A Sighting is an entity as one article shows it.
type Sighting struct {
	ID       string          `json:"-"`
	Type     string          `json:"type"`
	Name     string          `json:"name"`
	Country  string          `json:"country,omitempty"`
	Sector   string          `json:"sector,omitempty"`
	Place    pipeline.Place  `json:"place"`
	Offices  []Office        `json:"offices,omitempty"`
	Mentions []MentionRecord `json:"mentions"`
	Why      []string        `json:"why,omitempty"` // what made two mentions one, a line for each merge
}

// Sightings calls f for every article that shows an entity, by the article's
// identifier.
func (s *Store) Sightings(entity string, f func(document string, seen *Sighting) error) error {
	return s.each(prefix(kindEntity, entity), true, func(k []byte, item *badger.Item) error {
		_, parts := split(k)
		seen := &Sighting{ID: entity}
		if err := item.Value(func(b []byte) error { return json.Unmarshal(b, seen) }); err != nil {
			return err
		}
		return f(parts[1], seen)
	})
}
