package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"parley/pipeline"
)

// An EventRecord is one act as all relations tell it that are about the same
// act: the same type, the same parties, on days and at places that agree.
type EventRecord struct {
	Kind       string   `json:"kind"` // "event"
	ID         string   `json:"id"`
	Type       string   `json:"type"`
	Mode       []string `json:"mode"`
	Status     string   `json:"status"` // what most relations say
	Context    []string `json:"context"`
	Actor      []Party  `json:"actor"`
	Recipient  []Party  `json:"recipient"`
	Topic      []string `json:"topic"` // as the relations put it
	Place      string   `json:"place"`
	First      string   `json:"first"` // day, or empty
	Last       string   `json:"last"`
	Text       string   `json:"text"`       // of the surest relation
	Confidence float64  `json:"confidence"` // that of the surest
	Relations  []string `json:"relations"`
	Documents  []string `json:"documents"` // that tell of it, and their copies
	Sources    []string `json:"sources"`   // where these come from: an address, or a file and record
}

// A Party is who takes part in an event.
type Party struct {
	Entity  string `json:"entity"`
	Name    string `json:"name"`
	Country string `json:"country"`
	Sector  string `json:"sector"`
}

// reportWindow is how far apart two articles may lie that report an act without
// saying when it was: news is told again for some days.
const reportWindow = 3 * 24 * time.Hour

// WriteEvents writes the events that q asks for, one JSON object a line.
func (s *Store) WriteEvents(w io.Writer, q Query) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return s.Events(q, func(e *EventRecord) error { return enc.Encode(e) })
}

// Events links the relations that q asks for into events and calls f for each,
// by type and then by day. It is a pure computation over what is stored, so the
// same store always gives the same events.
//
// Two relations are of one act only if they have two parties in common or, where
// there is one party, the same words of topic; an act of somebody who is known
// in one article alone is linked within that article.
func (s *Store) Events(q Query, f func(*EventRecord) error) error {
	types := plainTypes
	if q.Type != "" {
		types = []string{q.Type}
	}
	for _, t := range types {
		ofType := q
		ofType.Type = t
		linked := map[string][]*act{} // by who did it to whom
		err := s.Find(ofType, func(r *RelationRecord, d *pipeline.Document) error {
			told := telling{relation: *r, document: d.ID, source: d.Where(), published: d.Published}
			if d.URL != "" {
				told.source = d.URL
			}
			told.first, told.last = r.days(d)
			told.dated = r.Date != nil && r.Date.Value != ""
			k := told.parties()
			for _, a := range linked[k] {
				if a.admits(&told) {
					a.add(told)
					return nil
				}
			}
			a := new(act)
			a.add(told)
			linked[k] = append(linked[k], a)
			return nil
		})
		if err != nil {
			return err
		}
		var events []*EventRecord
		for _, acts := range linked {
			for _, a := range acts {
				e, err := s.event(a)
				if err != nil {
					return err
				}
				events = append(events, e)
			}
		}
		slices.SortFunc(events, func(a, b *EventRecord) int {
			return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.ID, b.ID))
		})
		for _, e := range events {
			if err := f(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// plainTypes are the types of PLOVER, in the order of their quad codes.
var plainTypes = []string{"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
	"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}

// A telling is one relation with what linking asks about it.
type telling struct {
	relation    RelationRecord
	document    string
	source      string
	published   time.Time
	first, last string // days on which the act may lie
	dated       bool   // by its own date, not by its article's
}

// parties names who did it to whom, so that equal names are equal parties. It
// names the article too where nobody is known beyond it.
func (t *telling) parties() string {
	ids := func(fillers []Filler) []string {
		var out []string
		for _, f := range fillers {
			out = append(out, f.Entity)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	actors, recipients := ids(t.relation.Actor), ids(t.relation.Recipient)
	if reciprocal[t.relation.Type] && len(actors)+len(recipients) > 1 { // a visit and a meeting may be one
		actors, recipients = slices.Compact(slices.Sorted(slices.Values(slices.Concat(actors, recipients)))), nil
	}
	k := strings.Join(actors, ",") + ">" + strings.Join(recipients, ",")
	switch n := len(actors) + len(recipients); {
	case n == 0 || slices.Contains(actors, "") || slices.Contains(recipients, ""):
		k += "|" + t.relation.ID // nobody, or somebody without identity, is like no other
	case n == 1:
		if t.relation.Topic == nil {
			return k + "|" + t.document + "|" + t.relation.Trigger.Lemma
		}
		k += "|" + Fold(t.relation.Topic.Text)
	}
	return k
}

// An act is relations that are about one act, and what they agree on.
type act struct {
	told        []telling
	first, last string // days that all of them allow
	dated       bool
	place       string // entity, or empty
	mode        string
	negated     bool
	from, to    time.Time // of the articles
}

// admits reports whether t may be about the same act.
func (a *act) admits(t *telling) bool {
	switch {
	case a.negated != (t.relation.Status == string(pipeline.Negated)):
		return false
	case a.place != "" && t.relation.Place != nil && t.relation.Place.Entity != a.place:
		return false
	case a.mode != "" && len(t.relation.Mode) > 0 && t.relation.Mode[0] != a.mode:
		return false
	case a.dated && t.dated:
		return a.first <= t.last && t.first <= a.last
	case a.to.IsZero() || t.published.IsZero():
		return a.told[0].document == t.document // no days at all: only within one article
	}
	return t.published.Sub(a.to) <= reportWindow && a.from.Sub(t.published) <= reportWindow
}

func (a *act) add(t telling) {
	if len(a.told) == 0 {
		a.negated = t.relation.Status == string(pipeline.Negated)
		a.first, a.last, a.dated = t.first, t.last, t.dated
		a.from, a.to = t.published, t.published
	}
	switch {
	case t.dated && !a.dated:
		a.first, a.last, a.dated = t.first, t.last, true
	case t.dated:
		a.first, a.last = max(a.first, t.first), min(a.last, t.last)
	}
	if t.relation.Place != nil && a.place == "" {
		a.place = t.relation.Place.Entity
	}
	if len(t.relation.Mode) > 0 && a.mode == "" {
		a.mode = t.relation.Mode[0]
	}
	if t.published.Before(a.from) {
		a.from = t.published
	}
	if t.published.After(a.to) {
		a.to = t.published
	}
	a.told = append(a.told, t)
}

// event is the record of an act.
func (s *Store) event(a *act) (*EventRecord, error) {
	surest := slices.MaxFunc(a.told, func(x, y telling) int {
		return cmp.Or(cmp.Compare(x.relation.Confidence, y.relation.Confidence), cmp.Compare(y.relation.ID, x.relation.ID))
	})
	e := &EventRecord{
		Kind: "event", Type: surest.relation.Type, First: a.first, Last: a.last,
		Actor: partiesOf(surest.relation.Actor), Recipient: partiesOf(surest.relation.Recipient),
		Text: surest.relation.Text, Confidence: surest.relation.Confidence,
		Mode: []string{}, Context: []string{}, Topic: []string{}, Relations: []string{}, Documents: []string{}, Sources: []string{},
	}
	statuses := votes{}
	for _, t := range a.told {
		r := &t.relation
		statuses.add(r.Status, 1)
		e.Mode = addNew(e.Mode, r.Mode...)
		e.Context = addNew(e.Context, r.Context...)
		if r.Topic != nil {
			e.Topic = addNew(e.Topic, r.Topic.Text)
		}
		if r.Place != nil && e.Place == "" {
			e.Place = r.Place.Name
		}
		e.Relations = addNew(e.Relations, r.ID)
		e.Documents, e.Sources = addNew(e.Documents, t.document), addNew(e.Sources, t.source)
		copies, err := s.Copies(t.document)
		if err != nil {
			return nil, err
		}
		for _, id := range copies {
			d, err := s.Article(id)
			if err != nil {
				return nil, err
			}
			source := d.URL
			if source == "" {
				source = d.Where()
			}
			e.Documents, e.Sources = addNew(e.Documents, id), addNew(e.Sources, source)
		}
	}
	e.Status = statuses.best()
	sum := sha256.Sum256([]byte(e.Type + "\n" + a.told[0].parties() + "\n" + slices.Min(e.Relations)))
	e.ID = hex.EncodeToString(sum[:16])
	return e, nil
}

func partiesOf(fillers []Filler) []Party {
	out := []Party{}
	for _, f := range fillers {
		out = append(out, Party{f.Entity, f.Name, f.Country, f.Sector})
	}
	return out
}

// addNew appends what is not there yet.
func addNew(to []string, more ...string) []string {
	for _, m := range more {
		if !slices.Contains(to, m) {
			to = append(to, m)
		}
	}
	return to
}
