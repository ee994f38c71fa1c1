package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dgraph-io/badger/v4"

	"parley/pipeline"
)

// A Query says which relations are wanted. Its empty fields ask for nothing.
type Query struct {
	Who    string // fills Actor, or Person of HOLDS: a name, an entity's identifier or an ISO 3166 code
	Whom   string // fills Recipient, or Of of HOLDS, or is the other Actor of an act between equals
	Type   string // a PLOVER event type, or HOLDS
	About  string // words of the topic
	Since  string // first day, ISO 8601; a relation may lie on it by its own date, or else by its article's
	Until  string // last day
	Status string

	Confidence float64 // the least; from 0 to 1
}

// reciprocal are the acts between equals, which have every party as Actor.
var reciprocal = map[string]bool{"AGREE": true, "CONSULT": true, "COOPERATE": true}

// roles that Who and Whom may fill.
var (
	whoRoles  = []pipeline.Role{pipeline.Actor, pipeline.Holder}
	whomRoles = []pipeline.Role{pipeline.Recipient, pipeline.Of, pipeline.Actor}
)

// Find calls f for every relation that q asks for, by date, then by document
// and as they stand in it.
func (s *Store) Find(q Query, f func(*RelationRecord, *pipeline.Document) error) error {
	who, err := s.parties(q.Who)
	if err != nil {
		return err
	}
	whom, err := s.parties(q.Whom)
	if err != nil {
		return err
	}
	var hits []edge
	switch {
	case q.Who != "":
		hits, err = s.partyEdges(q, who, whoRoles)
	case q.Whom != "":
		hits, err = s.partyEdges(q, whom, whomRoles)
	case q.Type != "":
		hits, err = s.edges(q, prefix(kindType, q.Type), 1)
	default:
		hits, err = s.edges(q, prefix(kindWhen), 0)
	}
	if err != nil {
		return err
	}
	slices.SortFunc(hits, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last), cmp.Compare(a.document, b.document), cmp.Compare(a.nth, b.nth))
	})
	hits = slices.Compact(hits)
	var v *view
	for _, h := range hits {
		if v == nil || v.d.ID != h.document {
			d, err := s.Article(h.document)
			if err != nil {
				return err
			}
			v = newView(d)
		}
		if h.nth >= len(v.d.Relations) {
			return fmt.Errorf("article %s has no relation %d, which an index names", h.document, h.nth)
		}
		r := v.relation(&v.d.Relations[h.nth])
		if q.matches(&r, who, whom) {
			if err := f(&r, v.d); err != nil {
				return err
			}
		}
	}
	return nil
}

// matches checks everything that the index did not.
func (q *Query) matches(r *RelationRecord, who, whom map[string]bool) bool {
	if q.Type != "" && r.Type != q.Type || q.Status != "" && r.Status != q.Status || r.Confidence < q.Confidence {
		return false
	}
	if q.About != "" && (r.Topic == nil || !hasWords(r.Topic.Text, q.About)) {
		return false
	}
	actors, recipients := r.Actor, r.Recipient
	if r.Person != nil {
		actors = []Filler{*r.Person}
	}
	if r.Of != nil {
		recipients = []Filler{*r.Of}
	}
	if q.Whom == "" {
		return q.Who == "" || slices.ContainsFunc(actors, func(f Filler) bool { return f.in(who) })
	}
	if slices.ContainsFunc(recipients, func(f Filler) bool { return f.in(whom) }) &&
		(q.Who == "" || slices.ContainsFunc(actors, func(f Filler) bool { return f.in(who) })) {
		return true
	}
	if !reciprocal[r.Type] {
		return false
	}
	for i, a := range actors {
		for j, b := range actors {
			if i != j && b.in(whom) && (q.Who == "" || a.in(who)) {
				return true
			}
		}
	}
	return false
}

func (f Filler) in(set map[string]bool) bool {
	return set[f.Entity] || f.Country != "" && set[f.Country]
}

// hasWords reports whether text has every word of the question, in any order.
func hasWords(text, question string) bool {
	have := strings.Fields(Fold(text))
	for _, w := range strings.Fields(Fold(question)) {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.Trim(h, `.,;:"'()`) == w }) {
			return false
		}
	}
	return true
}

// parties finds whom a user means: an entity by its identifier, a country by
// its code, entities that are called so, or else all whose name has the words.
func (s *Store) parties(name string) (map[string]bool, error) {
	found := map[string]bool{}
	if name == "" {
		return found, nil
	}
	if len(name) == 3 && strings.ToUpper(name) == name {
		found[name] = true
	}
	folded := Fold(name)
	collect := func(k []byte, _ *badger.Item) error {
		_, parts := split(k)
		if parts[0] == folded || hasWords(parts[0], folded) {
			found[parts[1]] = true
		}
		return nil
	}
	if _, err := s.Entity(name); err == nil {
		found[name] = true
	} else if !errors.Is(err, ErrNotFound) {
		return nil, err
	}
	if err := s.each(prefix(kindName, folded), false, collect); err != nil {
		return nil, err
	}
	if len(found) == 0 {
		if err := s.each(prefix(kindName), false, collect); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Named gives the identifiers of the entities that a user means by a name or an
// identifier, sorted.
func (s *Store) Named(name string) ([]string, error) {
	found, err := s.parties(name)
	if err != nil {
		return nil, err
	}
	var ids []string
	for id := range found {
		if _, err := s.Entity(id); err == nil { // a country's code is no entity
			ids = append(ids, id)
		} else if !errors.Is(err, ErrNotFound) {
			return nil, err
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// An edge leads from an index to a relation.
type edge struct {
	first, last string // days
	document    string
	nth         int
}

// edges reads the part of an index below p whose days q asks for. Its keys have
// skip parts before the days.
func (s *Store) edges(q Query, p []byte, skip int) ([]edge, error) {
	var out []edge
	err := s.each(p, false, func(k []byte, _ *badger.Item) error {
		_, parts := split(k)
		parts = parts[skip:]
		e := edge{parts[0], parts[1], parts[2], place(parts[3])}
		if q.Until != "" && e.first > q.Until && skip == 0 {
			return errEnough // the index is sorted by day
		}
		if (q.Since == "" && q.Until == "" || e.first != "") &&
			(q.Since == "" || e.last >= q.Since) && (q.Until == "" || e.first <= q.Until) {
			out = append(out, e)
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}

func (s *Store) partyEdges(q Query, parties map[string]bool, roles []pipeline.Role) ([]edge, error) {
	var out []edge
	for p := range parties {
		for _, role := range roles {
			hits, err := s.edges(q, prefix(kindParty, p, string(role)), 2)
			if err != nil {
				return nil, err
			}
			out = append(out, hits...)
		}
	}
	return out, nil
}

// Relation gives one relation by its identifier, with its article.
func (s *Store) Relation(id string) (*RelationRecord, *pipeline.Document, error) {
	var document string
	var n int
	err := s.get(key(kindRelation, id), func(b []byte) error {
		doc, at, _ := strings.Cut(string(b), "\x00")
		document, n = doc, place(at)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("relation %s: %w", id, err)
	}
	d, err := s.Article(document)
	if err != nil {
		return nil, nil, err
	}
	r := newView(d).relation(&d.Relations[n])
	return &r, d, nil
}
