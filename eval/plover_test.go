package eval

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/pipeline"
)

func TestReadPlover(t *testing.T) {
	records, err := ReadPlover(sharedPath(t, "data", "events", "plover-gsr-dev.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != 161 {
		t.Errorf("read %d records, want 161", len(records))
	}
}

func TestReadPloverForms(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"array of 2016", `[{"id":"x","event":"DOCUMENT"},{"id":"a","event":"FIGHT","source":[{"code":"JAP"},{"code":"IGO"}],"target":"","text":"Guns."}]`, "ASSAULT [JPN] []"},
		{"lines of 2021", `{"id":"a","event":["AID"],"actor":[{"code":"KEN","sector":"GOV"}],"recipient":[{"code":"UGAREB"},{"code":"***"}],"text":"Food."}`, "AID [KEN] [UGA]"},
		{"unknown type", `{"id":"a","event":"DANCE","text":"x"}`, `record 1: a: unknown event type "DANCE"`},
		{"no text", `{"id":"a","event":"AID"}`, "a has no text"},
		{"no JSON", `{"id"`, "record 1: "},
		{"nothing", ``, "no records"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "gold.json")
			if err := os.WriteFile(path, []byte(c.file), 0o644); err != nil {
				t.Fatal(err)
			}
			got := ""
			records, err := ReadPlover(path)
			if err != nil {
				got = err.Error()
			} else {
				got = strings.Join([]string{records[0].Type, "[" + strings.Join(records[0].Actors, " ") + "]", "[" + strings.Join(records[0].Recipients, " ") + "]"}, " ")
			}
			if !strings.Contains(got, c.want) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestScorePlover(t *testing.T) {
	// A stage that finds one meeting of Kenya and the two neighbours, a group.
	meeting := pipeline.Stage{Name: "meeting", Needs: []pipeline.Layer{pipeline.LayerBlocks}, Adds: pipeline.LayerRelations, Run: func(d *pipeline.Document) error {
		d.Mentions = []pipeline.Mention{{Entity: 0}, {Entity: 3}}
		d.Entities = []pipeline.Entity{{Country: "KEN"}, {Country: "UGA"}, {Country: "TZA"}, {Members: []int{1, 2}}}
		d.Relations = []pipeline.Relation{{Type: "CONSULT", Trigger: pipeline.Span{Start: 0, End: 1},
			Args: []pipeline.Argument{{Role: pipeline.Actor, Mention: 0}, {Role: pipeline.Recipient, Mention: 1}}}}
		return nil
	}}
	for _, c := range []struct {
		record          PloverRecord
		typ, bothRights bool
	}{
		{PloverRecord{Type: "CONSULT", Actors: []string{"KEN", "UGA"}, Recipients: []string{"TZA"}, Text: "x"}, true, true}, // one side in a meeting
		{PloverRecord{Type: "CONSULT", Actors: []string{"KEN"}, Text: "x"}, true, false},
		{PloverRecord{Type: "AID", Actors: []string{"KEN"}, Text: "x"}, false, false},
	} {
		results, err := ScorePlover(t.Context(), []PloverRecord{c.record}, []pipeline.Stage{meeting})
		if err != nil {
			t.Fatal(err)
		}
		if r := results[0]; r.Type != c.typ || r.Countries != c.bothRights || !slices.Equal(r.Found, []string{`CONSULT "x" [KEN] [TZA UGA]`}) {
			t.Errorf("%+v gives %+v", c.record, r)
		}
	}
}

func FuzzPloverRecord(f *testing.F) {
	f.Add(`{"id":"a","event":["AID"],"actor":[{"code":"KEN"}],"recipient":"","text":"Food."}`)
	f.Fuzz(func(t *testing.T, record string) {
		var j ploverJSON
		if json.Unmarshal([]byte(record), &j) == nil {
			_, _ = j.record()
		}
	})
}
