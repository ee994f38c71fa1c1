package store

import (
	"encoding/json"
	"io"
	"slices"

	"parley/pipeline"
)

// quads are PLOVER's quad codes: 1 verbal cooperation, 2 material cooperation, 3
// verbal conflict, 4 material conflict.
var quads = map[string]int{
	"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1,
	"COOPERATE": 2, "AID": 2, "RETREAT": 2,
	"REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
	"PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}

// auxiliary are PLOVER's auxiliary modes, which say how far an event is a fact.
var auxiliary = map[string]string{
	string(pipeline.Future): "future", string(pipeline.Historical): "historical",
	string(pipeline.Hypothetical): "hypothetical", string(pipeline.Negated): "negation",
}

// ploverRecord has the fields of the PLOVER codebook, in its names.
type ploverRecord struct {
	ID        string        `json:"id"`
	Date      string        `json:"date"` // of the event, or else of the article that reports it, or empty
	EndDate   string        `json:"enddate,omitempty"`
	Actor     []ploverActor `json:"actor"`
	Recipient []ploverActor `json:"recipient"`
	Event     []string      `json:"event"`
	EventLoc  *ploverPlace  `json:"event_loc,omitempty"`
	EventText string        `json:"event_text"` // the words that name the act, and what it is about
	QuadCode  int           `json:"quad_code"`
	Mode      []string      `json:"mode"`
	Context   []string      `json:"context"`
	Link      string        `json:"link,omitempty"`
	Text      string        `json:"text"` // the sentence
	TextInfo  ploverText    `json:"text_info"`
	CiteInfo  string        `json:"cite_info,omitempty"` // to whom the report is attributed
	Coder     string        `json:"coder"`
	Comment   string        `json:"comment"`
}

// A ploverActor has no name where a side is only known by the country where the
// act happens.
type ploverActor struct {
	Name      string `json:"name"`
	ActorText string `json:"actorText"`
	Code      string `json:"code"`
	Sector    string `json:"sector"`
}

type ploverPlace struct {
	Name      string  `json:"name"`
	Country   string  `json:"country,omitempty"`
	GeoNames  int     `json:"geonameid,omitempty"`
	Latitude  float64 `json:"lat,omitempty"`
	Longitude float64 `json:"lon,omitempty"`
}

type ploverText struct {
	Document  string `json:"document"`
	File      string `json:"file"`
	Record    int    `json:"record"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"`
	Start     int    `json:"start"` // of the sentence, in code points
	End       int    `json:"end"`
}

// WritePLOVER writes every event that q asks for as one JSON object a line, in
// the fields of the PLOVER codebook. Offices are no events.
func (s *Store) WritePLOVER(w io.Writer, q Query) error {
	sel, err := s.choose(q)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return s.relations(sel, func(r *RelationRecord, d *pipeline.Document) error {
		if r.Type == Holds {
			return nil
		}
		return enc.Encode(plover(r, d))
	})
}

func plover(r *RelationRecord, d *pipeline.Document) ploverRecord {
	p := ploverRecord{
		ID: r.ID, Actor: ploverActors(r.Actor), Recipient: ploverActors(r.Recipient), Event: []string{r.Type},
		EventText: r.Trigger.Text, QuadCode: quads[r.Type], Mode: append([]string{}, r.Mode...), Context: r.Context,
		Link: d.URL, Text: r.Sentence.Text, Coder: "parley " + r.Rule, Comment: r.Text,
		TextInfo: ploverText{Document: d.ID, File: d.Source, Record: d.Record, Title: d.Title, Start: r.Sentence.Start, End: r.Sentence.End},
	}
	p.Date, p.EndDate = r.days(d)
	if p.EndDate == p.Date {
		p.EndDate = ""
	}
	if !d.Published.IsZero() {
		p.TextInfo.Published = d.Published.UTC().Format(day)
	}
	if a := auxiliary[r.Status]; a != "" {
		p.Mode = append(p.Mode, a)
	}
	if r.Topic != nil {
		p.EventText += ": " + r.Topic.Text
	}
	if r.Source != nil {
		p.CiteInfo = r.Source.Name
	}
	if r.Place != nil {
		p.EventLoc = &ploverPlace{Name: r.Place.Name}
		for i := range d.Entities {
			if e := &d.Entities[i]; e.ID == r.Place.Entity {
				p.EventLoc.Country, p.EventLoc.GeoNames = e.Country, e.Place.GeoNames
				p.EventLoc.Latitude, p.EventLoc.Longitude = e.Place.Latitude, e.Place.Longitude
			}
		}
	}
	if i := slices.IndexFunc(d.Relations, func(x pipeline.Relation) bool { return x.ID == r.ID }); i >= 0 {
		by, to := d.Sides(&d.Relations[i])
		p.Actor, p.Recipient = coded(p.Actor, by), coded(p.Recipient, to)
	}
	return p
}

// coded is a side with its countries: where nobody on it had one, they get the only
// one, and countries that nobody is named of stand alone.
func coded(side []ploverActor, countries []string) []ploverActor {
	if slices.ContainsFunc(side, func(a ploverActor) bool { return a.Code != "" }) {
		return side
	}
	if len(side) > 0 && len(countries) == 1 {
		for i := range side {
			side[i].Code = countries[0]
		}
		return side
	}
	for _, c := range countries {
		side = append(side, ploverActor{Code: c})
	}
	return side
}

func ploverActors(fillers []Filler) []ploverActor {
	out := []ploverActor{}
	for _, f := range fillers {
		out = append(out, ploverActor{f.Name, f.Text, f.Country, f.Sector})
	}
	return out
}
