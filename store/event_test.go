package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/pipeline"
)

// meeting is an article of one relation between two states.
type meeting struct {
	id        string
	published string
	date      string // of the act, or empty
	place     string // identifier, or empty
	status    pipeline.Status
	actors    []string // identifiers
}

func (m meeting) document(t *testing.T) *pipeline.Document {
	b := build(t, m.id, "They met there that day: "+strings.Join(m.actors, " and ")+".")
	b.d.Published, _ = time.Parse(day, m.published)
	var args []pipeline.Argument
	for _, a := range m.actors {
		e := b.entity(pipeline.Entity{ID: a, Type: pipeline.GPE, Name: a})
		args = append(args, pipeline.Argument{Role: pipeline.Actor, Mention: b.mention(a, pipeline.GPE, e)})
	}
	if m.place != "" {
		e := b.entity(pipeline.Entity{ID: m.place, Type: pipeline.GPE, Name: m.place})
		args = append(args, pipeline.Argument{Role: pipeline.At, Mention: b.mention("there", pipeline.GPE, e)})
	}
	if m.date != "" {
		at := b.mention("that day", pipeline.Date, -1)
		b.d.Mentions[at].When = pipeline.When{Value: m.date, Granularity: "day"}
		args = append(args, pipeline.Argument{Role: pipeline.On, Mention: at})
	}
	b.relation(pipeline.Relation{ID: m.id, Type: "CONSULT", Status: m.status}, "met", args...)
	return b.d
}

func TestEvents(t *testing.T) {
	both := []string{"Norway", "Chad"}
	for _, test := range []struct {
		name string
		told []meeting
		want []string // relations of each event
	}{
		{"the same day", []meeting{{id: "a", published: "2015-01-29", date: "2015-01-29", actors: both}, {id: "b", published: "2015-02-20", date: "2015-01-29", actors: both}}, []string{"a b"}},
		{"another day", []meeting{{id: "a", date: "2015-01-29", actors: both}, {id: "b", date: "2015-01-30", actors: both}}, []string{"a", "b"}},
		{"a day of that month", []meeting{{id: "a", date: "2015-01-29", actors: both}, {id: "b", date: "2015-01", actors: both}}, []string{"a b"}},
		{"a month, then two days of it", []meeting{{id: "a", date: "2015-01", actors: both}, {id: "b", date: "2015-01-02", actors: both}, {id: "c", date: "2015-01-20", actors: both}}, []string{"a b", "c"}},
		{"reported within days", []meeting{{id: "a", published: "2015-01-29", actors: both}, {id: "b", published: "2015-01-31", actors: both}}, []string{"a b"}},
		{"reported months apart", []meeting{{id: "a", published: "2015-01-29", actors: both}, {id: "b", published: "2015-06-29", actors: both}}, []string{"a", "b"}},
		{"no days at all", []meeting{{id: "a", actors: both}, {id: "b", actors: both}}, []string{"a", "b"}},
		{"another place", []meeting{{id: "a", date: "2015-01-29", place: "Oslo", actors: both}, {id: "b", date: "2015-01-29", place: "Lima", actors: both}}, []string{"a", "b"}},
		{"one without place", []meeting{{id: "a", date: "2015-01-29", place: "Oslo", actors: both}, {id: "b", date: "2015-01-29", actors: both}}, []string{"a b"}},
		{"other parties", []meeting{{id: "a", date: "2015-01-29", actors: both}, {id: "b", date: "2015-01-29", actors: []string{"Norway", "Peru"}}}, []string{"a", "b"}},
		{"parties in another order", []meeting{{id: "a", date: "2015-01-29", actors: both}, {id: "b", date: "2015-01-29", actors: []string{"Chad", "Norway"}}}, []string{"a b"}},
		{"one party says too little", []meeting{{id: "a", date: "2015-01-29", actors: both[:1]}, {id: "b", date: "2015-01-29", actors: both[:1]}}, []string{"a", "b"}},
		{"denied", []meeting{{id: "a", date: "2015-01-29", actors: both}, {id: "b", date: "2015-01-29", actors: both, status: pipeline.Negated}}, []string{"a", "b"}},
		{"planned, then held", []meeting{{id: "a", date: "2015-01-29", actors: both, status: pipeline.Future}, {id: "b", date: "2015-01-29", actors: both}}, []string{"a b"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := openTemp(t)
			for _, m := range test.told {
				if m.published == "" {
					m.published = "undated"
				}
				put(t, s, m.document(t))
			}
			var got []string
			err := s.Events(Query{}, func(e *EventRecord) error {
				got = append(got, strings.Join(slices.Sorted(slices.Values(e.Relations)), " "))
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(got) // they come by day
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Copies of an article are sources of its events.
func TestEventsCountCopiesAsSources(t *testing.T) {
	s := openTemp(t)
	original := meeting{id: "a", published: "2015-01-29", actors: []string{"Norway", "Chad"}}.document(t)
	reprint := build(t, "b", original.Text).d
	reprint.DuplicateOf, reprint.URL = "a", "https://reprint.example/1"
	put(t, s, original, reprint)
	err := s.Events(Query{Who: "Norway"}, func(e *EventRecord) error {
		if diff := cmp.Diff([]string{"dump/a.txt", "https://reprint.example/1"}, e.Sources); diff != "" {
			t.Error(diff)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
