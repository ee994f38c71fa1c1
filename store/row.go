package store

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"parley/pipeline"
)

// A Row is one relation laid flat, for tables: what a spreadsheet, a data frame
// or a query engine wants. Lists run in step: the third name and the third code
// are of one party.
type Row struct {
	ID               string   `parquet:"id"`
	Document         string   `parquet:"document"`
	File             string   `parquet:"file"`
	Record           int      `parquet:"record"`
	URL              string   `parquet:"url"`
	Published        string   `parquet:"published"`
	Type             string   `parquet:"type"`
	Mode             []string `parquet:"mode,list"`
	Status           string   `parquet:"status"`
	Context          []string `parquet:"context,list"`
	ActorName        []string `parquet:"actor_name,list"`
	ActorCountry     []string `parquet:"actor_country,list"`
	ActorSector      []string `parquet:"actor_sector,list"`
	ActorEntity      []string `parquet:"actor_entity,list"`
	RecipientName    []string `parquet:"recipient_name,list"`
	RecipientCountry []string `parquet:"recipient_country,list"`
	RecipientSector  []string `parquet:"recipient_sector,list"`
	RecipientEntity  []string `parquet:"recipient_entity,list"`
	Person           string   `parquet:"person"`
	PersonEntity     string   `parquet:"person_entity"`
	Of               string   `parquet:"of"`
	OfEntity         string   `parquet:"of_entity"`
	Title            string   `parquet:"title"`
	Topic            string   `parquet:"topic"`
	Place            string   `parquet:"place"`
	PlaceEntity      string   `parquet:"place_entity"`
	Date             string   `parquet:"date"`
	DateGranularity  string   `parquet:"date_granularity"`
	DateText         string   `parquet:"date_text"`
	Source           string   `parquet:"source"`
	SourceEntity     string   `parquet:"source_entity"`
	Trigger          string   `parquet:"trigger"`
	Start            int      `parquet:"start"` // of the sentence, in code points of the article
	End              int      `parquet:"end"`
	Sentence         string   `parquet:"sentence"`
	Text             string   `parquet:"text"`
	Rule             string   `parquet:"rule"`
	Confidence       float64  `parquet:"confidence"`
}

// rowOf lays a relation flat.
func rowOf(r *RelationRecord, d *pipeline.Document) Row {
	row := Row{
		ID: r.ID, Document: d.ID, File: d.Source, Record: d.Record, URL: d.URL,
		Type: r.Type, Mode: r.Mode, Status: r.Status, Context: r.Context,
		Trigger: r.Trigger.Text, Start: r.Sentence.Start, End: r.Sentence.End, Sentence: r.Sentence.Text,
		Text: r.Text, Rule: r.Rule, Confidence: r.Confidence,
	}
	if !d.Published.IsZero() {
		row.Published = d.Published.UTC().Format(day)
	}
	row.ActorName, row.ActorCountry, row.ActorSector, row.ActorEntity = columns(r.Actor)
	row.RecipientName, row.RecipientCountry, row.RecipientSector, row.RecipientEntity = columns(r.Recipient)
	if r.Person != nil {
		row.Person, row.PersonEntity = r.Person.Name, r.Person.Entity
	}
	if r.Of != nil {
		row.Of, row.OfEntity = r.Of.Name, r.Of.Entity
	}
	if r.Title != nil {
		row.Title = r.Title.Text
	}
	if r.Topic != nil {
		row.Topic = r.Topic.Text
	}
	if r.Place != nil {
		row.Place, row.PlaceEntity = r.Place.Name, r.Place.Entity
	}
	if r.Date != nil {
		row.Date, row.DateGranularity, row.DateText = r.Date.Value, r.Date.Granularity, r.Date.Text
	}
	if r.Source != nil {
		row.Source, row.SourceEntity = r.Source.Name, r.Source.Entity
	}
	return row
}

func columns(fillers []Filler) (names, countries, sectors, entities []string) {
	for _, f := range fillers {
		names, countries = append(names, f.Name), append(countries, f.Country)
		sectors, entities = append(sectors, f.Sector), append(entities, f.Entity)
	}
	return names, countries, sectors, entities
}

// header names the columns as Parquet does.
var header = func() []string {
	var names []string
	for _, c := range parquet.SchemaOf(Row{}).Columns() {
		names = append(names, c[0])
	}
	return names
}()

// WriteParquet writes one Row for every relation that q asks for.
func (s *Store) WriteParquet(w io.Writer, q Query) error {
	const group = 50_000 // rows that are held in memory until they are packed
	p := parquet.NewGenericWriter[Row](w, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(group))
	err := s.rows(q, func(r Row) error {
		_, err := p.Write([]Row{r})
		return err
	})
	if closeErr := p.Close(); err == nil {
		err = closeErr
	}
	return err
}

// WriteCSV writes one line for every relation that q asks for, after a line
// that names the columns. Lists are joined by "; ".
func (s *Store) WriteCSV(w io.Writer, q Query) error {
	c := csv.NewWriter(w)
	if err := c.Write(header); err != nil {
		return err
	}
	err := s.rows(q, func(r Row) error { return c.Write(r.fields()) })
	c.Flush()
	if err == nil {
		err = c.Error()
	}
	return err
}

// fields are the cells of the row, in the order of header.
func (r *Row) fields() []string {
	list := func(s []string) string { return strings.Join(s, "; ") }
	cells := map[string]string{
		"id": r.ID, "document": r.Document, "file": r.File, "record": strconv.Itoa(r.Record), "url": r.URL, "published": r.Published,
		"type": r.Type, "mode": list(r.Mode), "status": r.Status, "context": list(r.Context),
		"actor_name": list(r.ActorName), "actor_country": list(r.ActorCountry), "actor_sector": list(r.ActorSector), "actor_entity": list(r.ActorEntity),
		"recipient_name": list(r.RecipientName), "recipient_country": list(r.RecipientCountry), "recipient_sector": list(r.RecipientSector), "recipient_entity": list(r.RecipientEntity),
		"person": r.Person, "person_entity": r.PersonEntity, "of": r.Of, "of_entity": r.OfEntity, "title": r.Title, "topic": r.Topic,
		"place": r.Place, "place_entity": r.PlaceEntity, "date": r.Date, "date_granularity": r.DateGranularity, "date_text": r.DateText,
		"source": r.Source, "source_entity": r.SourceEntity, "trigger": r.Trigger, "start": strconv.Itoa(r.Start), "end": strconv.Itoa(r.End),
		"sentence": r.Sentence, "text": r.Text, "rule": r.Rule, "confidence": strconv.FormatFloat(r.Confidence, 'f', -1, 64),
	}
	line := make([]string, len(header))
	for i, name := range header {
		line[i] = cells[name]
	}
	return line
}

func (s *Store) rows(q Query, f func(Row) error) error {
	sel, err := s.choose(q)
	if err != nil {
		return err
	}
	return s.relations(sel, func(r *RelationRecord, d *pipeline.Document) error { return f(rowOf(r, d)) })
}
