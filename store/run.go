package store

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/dgraph-io/badger/v4"
)

// A Run is one call of parley run.
type Run struct {
	Name      string         // given by the user, or made from the start
	Sources   []string       // as they were given
	Engine    string         // who tagged words and found names
	Stages    []StageVersion // in order
	Started   time.Time      // UTC
	Ended     time.Time      // UTC; zero while it runs, and for one that was killed
	State     string         // running, done, stopped (by the user) or failed
	Read      int            // articles that arrived, done before or not
	Done      int            // of these, done before and passed by
	Redone    int            // of these, done before by other versions of the stages, and done again
	Kept      int            // articles extracted from
	Skipped   map[string]int // articles that were not, by reason
	Words     int64          // of the articles kept
	Entities  map[string]int // in the articles kept, by type, counted in each article
	Relations map[string]int // in the articles kept, by type
}

// StageVersion names a stage and what it was made of.
type StageVersion struct {
	Stage   string
	Version string
}

// PutRun stores what is known of a run, in place of what was.
func (s *Store) PutRun(r *Run) error {
	value, err := json.Marshal(r)
	if err != nil {
		return err
	}
	k := key(kindRun, r.Started.UTC().Format("2006-01-02T15:04:05.000000000Z"), r.Name)
	if err := s.db.Update(func(txn *badger.Txn) error { return txn.Set(k, value) }); err != nil {
		return fmt.Errorf("store run %s: %w", r.Name, err)
	}
	return nil
}

// Runs gives all runs, the earliest first.
func (s *Store) Runs() ([]Run, error) {
	var runs []Run
	err := s.each(prefix(kindRun), true, func(_ []byte, item *badger.Item) error {
		var r Run
		if err := item.Value(func(b []byte) error { return json.Unmarshal(b, &r) }); err != nil {
			return err
		}
		runs = append(runs, r)
		return nil
	})
	return runs, err
}
