package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/pipeline"
)

func TestFind(t *testing.T) {
	s := openTemp(t)
	put(t, s, talks(t, "d1"))
	b := build(t, "d2", "Chad condemned Peru over fishing rights.")
	chad := b.entity(pipeline.Entity{ID: "e-tcd", Type: pipeline.GPE, Name: "Chad", Country: "TCD", Sector: "GOV"})
	peru := b.entity(pipeline.Entity{ID: "e-per", Type: pipeline.GPE, Name: "Perú", Country: "PER", Sector: "GOV"})
	b.relation(pipeline.Relation{ID: "d2-r1", Type: "ACCUSE", Mode: []string{"disapprove"}, Status: pipeline.Historical, Confidence: 0.995}, "condemned",
		pipeline.Argument{Role: pipeline.Actor, Mention: b.mention("Chad", pipeline.GPE, chad)},
		pipeline.Argument{Role: pipeline.Recipient, Mention: b.mention("Peru", pipeline.GPE, peru)},
		pipeline.Argument{Role: pipeline.Topic, Mention: -1, Span: b.span("fishing rights")})
	put(t, s, b.d)
	undated := build(t, "d3", "Peru agreed.")
	undated.d.Published = undated.d.Published.AddDate(-3000, 0, 0)
	undated.d.Published = pipeline.Document{}.Published
	e := undated.entity(pipeline.Entity{ID: "e-per", Type: pipeline.GPE, Name: "Peru", Country: "PER"})
	undated.relation(pipeline.Relation{ID: "d3-r1", Type: "AGREE"}, "agreed",
		pipeline.Argument{Role: pipeline.Actor, Mention: undated.mention("Peru", pipeline.GPE, e)})
	put(t, s, undated.d)

	for _, test := range []struct {
		name string
		q    Query
		want []string
	}{
		{"everything, undated first", Query{}, []string{"d3-r1", "d1-r1", "d1-r2", "d2-r1"}},
		{"a member of a group", Query{Who: "Norway"}, []string{"d1-r1"}},
		{"a country's code", Query{Who: "NOR"}, []string{"d1-r1", "d1-r2"}},
		{"an identifier", Query{Who: "e-tcd"}, []string{"d1-r1", "d2-r1"}},
		{"a part of a name", Query{Who: "berg"}, []string{"d1-r2"}},
		{"case and accents", Query{Whom: "peru"}, []string{"d2-r1"}},
		{"between equals", Query{Who: "Norway", Whom: "Chad"}, []string{"d1-r1"}},
		{"not with oneself", Query{Who: "Norway", Whom: "Norway"}, nil},
		{"who and whom are told apart", Query{Who: "Peru", Whom: "Chad"}, nil},
		{"type", Query{Type: "ACCUSE"}, []string{"d2-r1"}},
		{"about", Query{About: "rights"}, []string{"d2-r1"}},
		{"status", Query{Status: "Historical"}, []string{"d2-r1"}},
		{"as sure", Query{Confidence: 0.99}, []string{"d2-r1"}},
		{"its own date, not its article's", Query{Until: "2015-01-29"}, []string{"d1-r1"}},
		{"its article's date", Query{Since: "2015-01-30"}, []string{"d1-r2", "d2-r1"}},
		{"both", Query{Type: "ACCUSE", Since: "2015-01-01", Until: "2015-12-31", About: "fishing", Who: "Chad", Whom: "PER"}, []string{"d2-r1"}},
		{"nobody", Query{Who: "Atlantis"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			err := s.Find(test.q, func(r *RelationRecord, _ *pipeline.Document) error {
				got = append(got, r.ID)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDays(t *testing.T) {
	for value, want := range map[string][2]string{
		"2015-01-29":            {"2015-01-29", "2015-01-29"},
		"2016-02":               {"2016-02-01", "2016-02-29"},
		"2015":                  {"2015-01-01", "2015-12-31"},
		"2015-W05":              {"2015-01-26", "2015-02-01"},
		"2020-W53":              {"2020-12-28", "2021-01-03"},
		"2015-Q4":               {"2015-10-01", "2015-12-31"},
		"2015-01-29/2015-02-02": {"2015-01-29", "2015-02-02"},
		"2015-02/2015-01":       {"", ""},
		"":                      {"", ""},
		"2015-13":               {"", ""},
		"2015-W60":              {"", ""},
		"Thursday":              {"", ""},
	} {
		if first, last := days(value); first != want[0] || last != want[1] {
			t.Errorf("days(%q) = %q, %q, want %q", value, first, last, want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"  Recep Tayyip\nErdoğan ": "recep tayyip erdogan",
		"Seoul’s":                  "seoul",
		"PERÚ":                     "peru",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// Keys keep their parts, whatever the number of a relation.
func TestNth(t *testing.T) {
	before := ""
	for i := range 3000 {
		n := nth(i)
		if place(n) != i || n <= before || n[0] == 0 || n[1] == 0 {
			t.Fatalf("nth(%d) = %q, place %d, after %q", i, n, place(n), before)
		}
		before = n
	}
}
