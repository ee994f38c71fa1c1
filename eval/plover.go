package eval

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"parley/eval/label"
	"parley/pipeline"
)

// A PloverRecord is one sentence of a PLOVER gold standard: one event with the
// countries on either side of it. Types are those of the 2021 codebook.
type PloverRecord struct {
	ID         string
	Type       string
	Actors     []string // ISO 3166-1 alpha-3, sorted; none for organisations and unknown sides
	Recipients []string
	Text       string
}

// renamed maps the event types of the 2016 draft to those of 2021.
var renamed = map[string]string{"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}

// misprints are codes that the gold standard of 2016 has for others.
var misprints = map[string]string{"JAP": "JPN", "ITL": "ITA"}

// noCountry are the codes of actors above or outside countries: international
// organisations of states, of others, militant groups, companies.
var noCountry = map[string]bool{"IGO": true, "NGO": true, "IMG": true, "MNC": true}

// ploverJSON has the fields of a record under the names of 2016 and of 2021.
type ploverJSON struct {
	ID        string          `json:"id"`
	Event     json.RawMessage `json:"event"` // a type, or a list of them
	Source    ploverActors    `json:"source"`
	Target    ploverActors    `json:"target"`
	Actor     ploverActors    `json:"actor"`
	Recipient ploverActors    `json:"recipient"`
	Text      string          `json:"text"`
}

// ploverActors are the countries of one side, which an empty string, null or a
// list of actors gives.
type ploverActors []string

func (a *ploverActors) UnmarshalJSON(b []byte) error {
	var list []struct {
		Code string `json:"code"`
	}
	if b[0] == '[' {
		if err := json.Unmarshal(b, &list); err != nil {
			return err
		}
	}
	for _, x := range list {
		code := x.Code
		if good, ok := misprints[code]; ok {
			code = good
		}
		if len(code) >= 3 && !noCountry[code[:3]] && strings.ToUpper(code[:3]) == code[:3] && code[0] != '*' {
			*a = append(*a, code[:3])
		}
	}
	return nil
}

// ReadPlover reads the gold records of a file: a JSON array or JSON lines, plain
// or gzip. Records of the type DOCUMENT, which describe the file, are passed
// over; one without text or with an unknown type is an error.
func ReadPlover(path string) ([]PloverRecord, error) {
	b, err := readMaybeGzip(path)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	array := bytes.HasPrefix(bytes.TrimSpace(b), []byte("["))
	if array {
		if _, err := d.Token(); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	var out []PloverRecord
	for n := 1; d.More(); n++ {
		var j ploverJSON
		if err := d.Decode(&j); err != nil {
			return nil, fmt.Errorf("%s: record %d: %w", path, n, err)
		}
		r, err := j.record()
		if err != nil {
			return nil, fmt.Errorf("%s: record %d: %w", path, n, err)
		}
		if r.Type != "DOCUMENT" {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no records", path)
	}
	return out, nil
}

func (j *ploverJSON) record() (PloverRecord, error) {
	var types []string
	if bytes.HasPrefix(j.Event, []byte("[")) {
		if err := json.Unmarshal(j.Event, &types); err != nil {
			return PloverRecord{}, err
		}
	} else {
		types = []string{strings.Trim(string(j.Event), `"`)}
	}
	r := PloverRecord{ID: j.ID, Text: strings.TrimSpace(j.Text), Actors: sortedSet(j.Source, j.Actor), Recipients: sortedSet(j.Target, j.Recipient)}
	if len(types) > 0 {
		r.Type = types[0]
	}
	if t, ok := renamed[r.Type]; ok {
		r.Type = t
	}
	if _, known := label.Modes[r.Type]; !known && r.Type != "DOCUMENT" {
		return r, fmt.Errorf("%s: unknown event type %q", j.ID, r.Type)
	}
	if r.Text == "" && r.Type != "DOCUMENT" {
		return r, fmt.Errorf("%s has no text", j.ID)
	}
	return r, nil
}

func sortedSet(lists ...[]string) []string {
	set := map[string]bool{}
	for _, l := range lists {
		for _, x := range l {
			set[x] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func readMaybeGzip(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	if magic, _ := in.Peek(2); string(magic) != "\x1f\x8b" {
		return io.ReadAll(in)
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return io.ReadAll(z)
}

// A PloverResult is what became of one record.
type PloverResult struct {
	PloverRecord
	Found     []string // the events extracted: type, actor and recipient countries
	Type      bool     // its type is among the types extracted
	Countries bool     // and one event of that type has its countries on both sides
}

// ScorePlover runs the stages over the text of every record. In reciprocal acts
// the two sides are one. Countries are those of Document.Sides; they are right when
// they are the same set, so that a record without any wants none.
func ScorePlover(ctx context.Context, records []PloverRecord, stages []pipeline.Stage) ([]PloverResult, error) {
	stages = append([]pipeline.Stage{wholeText}, stages...)
	if err := pipeline.Check(stages); err != nil {
		return nil, err
	}
	var out []PloverResult
	for i, r := range records {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		d := &pipeline.Document{ID: fmt.Sprint("plover-", i), Source: r.ID, Language: "en", Text: r.Text}
		if err := runStages(d, stages); err != nil {
			return nil, err
		}
		out = append(out, r.judge(d))
	}
	return out, nil
}

// wholeText makes one body block of a text that is a sentence and no page.
var wholeText = pipeline.Stage{Name: "whole text", Needs: []pipeline.Layer{pipeline.LayerText}, Adds: pipeline.LayerBlocks,
	Run: func(d *pipeline.Document) error {
		if d.Text == "" {
			return errors.New("no text")
		}
		d.Blocks = []pipeline.Block{{Span: pipeline.Span{Start: 0, End: len(d.Text)}, Kind: pipeline.Body}}
		return nil
	}}

func (r PloverRecord) judge(d *pipeline.Document) PloverResult {
	result := PloverResult{PloverRecord: r}
	for i := range d.Relations {
		rel := &d.Relations[i]
		if rel.Type == label.Holds {
			continue
		}
		by, to := d.Sides(rel)
		actors, recipients := sortedSet(by), sortedSet(to)
		result.Found = append(result.Found, fmt.Sprintf("%s %q %v %v", rel.Type, d.In(rel.Trigger), actors, recipients))
		if rel.Type != r.Type {
			continue
		}
		result.Type = true
		if reciprocal[r.Type] {
			result.Countries = result.Countries || slices.Equal(sortedSet(actors, recipients), sortedSet(r.Actors, r.Recipients))
		} else {
			result.Countries = result.Countries || slices.Equal(actors, r.Actors) && slices.Equal(recipients, r.Recipients)
		}
	}
	return result
}

// WritePlover writes the share of records whose type, and whose countries too,
// were found, in all and by type, and how many events a sentence gave. With
// misses it lists the records that fall short first.
func WritePlover(w io.Writer, results []PloverResult, misses bool) {
	type row struct{ all, typ, both int }
	rows, events := map[string]*row{"all": {}}, 0
	for _, r := range results {
		if rows[r.PloverRecord.Type] == nil {
			rows[r.PloverRecord.Type] = &row{}
		}
		events += len(r.Found)
		for _, x := range []*row{rows["all"], rows[r.PloverRecord.Type]} {
			x.all++
			if r.Type {
				x.typ++
			}
			if r.Countries {
				x.both++
			}
		}
		if misses && !r.Countries {
			what := "type"
			if r.Type {
				what = "countries"
			}
			fmt.Fprintf(w, "%s: %s: want %s %v %v, found %s\n    %s\n", r.ID, what, r.PloverRecord.Type, r.Actors, r.Recipients, strings.Join(r.Found, "; "), r.Text)
		}
	}
	fmt.Fprintf(w, "%d sentences, %.2f events each\n%-12s%10s%18s%8s\n", len(results), float64(events)/float64(len(results)), "", "type", "and countries", "of")
	for _, t := range slices.Sorted(maps.Keys(rows)) {
		x := rows[t]
		fmt.Fprintf(w, "%-12s%10.3f%18.3f%8d\n", t, share(x.typ, x.all), share(x.both, x.all), x.all)
	}
}
