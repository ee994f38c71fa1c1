package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"

	"parley/pipeline"
	"parley/store"
)

// findCmd asks a store who did what to whom.
type findCmd struct {
	database
	filters
	Events  bool `help:"Relations that tell one act, linked as one event with all its sources."`
	Unknown bool `help:"Instead: the actors most often seen that no list of countries, organisations and leaders knows."`
	JSON    bool `name:"json" help:"Records as JSON, one a line, as parley export writes them."`
}

// filters choose among relations.
type filters struct {
	Who    string `placeholder:"NAME" help:"Who acts or holds the office: a name, an ISO 3166 code such as KOR, or an entity's identifier."`
	Whom   string `placeholder:"NAME" help:"To whom it is done; for acts between equals, the other party; of whom it is an office."`
	Type   string `placeholder:"TYPE" help:"One of PLOVER's types, such as CONSULT, or HOLDS."`
	About  string `placeholder:"WORDS" help:"Words of the topic."`
	Since  string `placeholder:"DAY" help:"On this day or later: 2015-01-29, 2015-01 or 2015."`
	Until  string `placeholder:"DAY" help:"On this day or earlier."`
	Status string `placeholder:"STATUS" help:"Happened, Future, Historical, Hypothetical or Negated."`

	Confidence float64 `placeholder:"P" help:"Only what is at least as likely to be right in type and parties, from 0 to 1."`
}

// plover are the types of relations.
var plover = strings.Fields(`AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT
	THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT HOLDS`)

// query turns the filters into a question to the store.
func (f *filters) query() (store.Query, error) {
	q := store.Query{Who: f.Who, Whom: f.Whom, About: f.About, Confidence: f.Confidence}
	var err error
	if !(0 <= f.Confidence && f.Confidence <= 1) {
		return q, usagef("--confidence %v: want a number from 0 to 1", f.Confidence)
	}
	if q.Type, err = oneOf("--type", f.Type, plover...); err != nil {
		return q, err
	}
	q.Status, err = oneOf("--status", f.Status, string(pipeline.Happened), string(pipeline.Future),
		string(pipeline.Historical), string(pipeline.Hypothetical), string(pipeline.Negated))
	if err != nil {
		return q, err
	}
	if f.Since != "" {
		if q.Since, _, err = store.ParseDay(f.Since); err != nil {
			return q, usagef("--since: %w", err)
		}
	}
	if f.Until != "" {
		if _, q.Until, err = store.ParseDay(f.Until); err != nil {
			return q, usagef("--until: %w", err)
		}
	}
	return q, nil
}

// oneOf is the word of words that equals value but for case.
func oneOf(flag, value string, words ...string) (string, error) {
	for _, w := range words {
		if strings.EqualFold(w, value) {
			return w, nil
		}
	}
	if value != "" {
		return "", usagef("%s %q: want one of %s", flag, value, strings.Join(words, ", "))
	}
	return "", nil
}

// Run prints one line a relation: its date, what it says, and where it stands.
func (c *findCmd) Run(x *console) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	s, err := store.OpenReadOnly(c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	w := bufio.NewWriter(x.Out)
	defer w.Flush()
	switch {
	case c.Unknown:
		return c.unknown(s, q, w)
	case c.Events && c.JSON:
		return s.WriteEvents(w, q)
	case c.Events:
		return s.Events(q, func(e *store.EventRecord) error {
			_, err := fmt.Fprintln(w, eventLine(e))
			return err
		})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	found := 0
	err = s.Find(q, func(r *store.RelationRecord, d *pipeline.Document) error {
		found++
		if c.JSON {
			return enc.Encode(r)
		}
		_, err := fmt.Fprintln(w, relationLine(r, d))
		return err
	})
	if flushErr := w.Flush(); err == nil {
		err = flushErr
	}
	if err == nil {
		fmt.Fprintf(x.Err, "parley: %s\n", count(found, "relation"))
	}
	return err
}

// unknown reports actors that a list should have.
func (c *findCmd) unknown(s *store.Store, q store.Query, w *bufio.Writer) error {
	list, err := s.Unknowns(q)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, u := range list {
		if c.JSON {
			err = enc.Encode(u)
		} else {
			_, err = fmt.Fprintf(w, "%6d  %-11s %s\n        %s  %s\n", u.Relations, u.Type, u.Name, u.Entity, u.Example)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// relationLine shows one relation to a person.
func relationLine(r *store.RelationRecord, d *pipeline.Document) string {
	when := ""
	if r.Date != nil {
		when = r.Date.Value
	}
	status := ""
	if r.Status != string(pipeline.Happened) {
		status = " (" + strings.ToLower(r.Status) + ")"
	}
	return fmt.Sprintf("%-10s  %-9s %s%s\n            %s  %s, confidence %.2f", when, r.Type, r.Text, status, r.ID, d.Where(), r.Confidence)
}

// eventLine shows one event to a person, with where it is told.
func eventLine(e *store.EventRecord) string {
	when := e.First
	if e.Last != e.First {
		when += "/" + e.Last
	}
	status := ""
	if e.Status != string(pipeline.Happened) {
		status = " (" + strings.ToLower(e.Status) + ")"
	}
	return fmt.Sprintf("%-10s  %-9s %s%s\n            %s in %s: %s", when, e.Type, e.Text, status,
		count(len(e.Relations), "relation"), count(len(e.Sources), "source"), strings.Join(e.Sources, ", "))
}
