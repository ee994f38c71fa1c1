package store

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"parley/pipeline"
)

// A DocumentRecord is one article as files that leave the program show it.
// Offsets of all records count Unicode code points of the article's text, end
// exclusive.
type DocumentRecord struct {
	Kind        string        `json:"kind"` // "document"
	ID          string        `json:"id"`
	Source      string        `json:"source"`
	Record      int           `json:"record"`
	URL         string        `json:"url"`
	Title       string        `json:"title"`
	Published   string        `json:"published"` // a day, or empty
	Language    string        `json:"language"`
	Words       int           `json:"words"` // of the kept blocks
	Skip        string        `json:"skip"`
	DuplicateOf string        `json:"duplicate_of"`
	Similarity  float64       `json:"similarity,omitempty"` // to duplicate_of, where that is given
	Copies      []string      `json:"copies"`
	Blocks      []BlockRecord `json:"blocks"`
}

// A BlockRecord is one stretch of an article's text.
type BlockRecord struct {
	Start int                `json:"start"`
	End   int                `json:"end"`
	Kind  pipeline.BlockKind `json:"kind"`
}

// An EntityRecord is one entity with all its mentions in all articles.
type EntityRecord struct {
	Kind     string          `json:"kind"` // "entity"
	ID       string          `json:"id"`
	Type     string          `json:"type"`
	Name     string          `json:"name"`
	Country  string          `json:"country"`
	Sector   string          `json:"sector"`
	Aliases  []string        `json:"aliases"`
	Place    *PlaceRecord    `json:"place,omitempty"`   // of a city or place that GeoNames has
	Offices  []Office        `json:"offices,omitempty"` // that the entity was seen to hold, by first day
	Mentions []MentionRecord `json:"mentions"`
}

// A PlaceRecord is where an entity lies.
type PlaceRecord struct {
	GeoNames  int     `json:"geonames"`  // GeoNames id
	Latitude  float64 `json:"latitude"`  // degrees north
	Longitude float64 `json:"longitude"` // degrees east
}

// An Office is what a person was seen to be, and when: the days of the first and
// the last article that say so, ISO 8601, empty where no article has a date.
type Office struct {
	Title  string `json:"title"`
	Of     string `json:"of,omitempty"` // name of the state or organisation
	Former bool   `json:"former,omitempty"`
	First  string `json:"first,omitempty"`
	Last   string `json:"last,omitempty"`
}

// A MentionRecord is one mention of an entity.
type MentionRecord struct {
	Document string `json:"document"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Text     string `json:"text"`
	Type     string `json:"type"`
}

// A RelationRecord is one event, or one office held, as one sentence tells it.
// Person, Of and Title are there for HOLDS, the others for events.
type RelationRecord struct {
	Kind       string      `json:"kind"` // "relation"
	ID         string      `json:"id"`
	Document   string      `json:"document"`
	Type       string      `json:"type"`
	Mode       []string    `json:"mode"`
	Status     string      `json:"status"`
	Context    []string    `json:"context"`
	Trigger    Trigger     `json:"trigger"`
	Actor      []Filler    `json:"actor"`
	Recipient  []Filler    `json:"recipient"`
	Person     *Filler     `json:"person,omitempty"`
	Of         *Filler     `json:"of,omitempty"`
	Title      *Phrase     `json:"title,omitempty"`
	Topic      *Phrase     `json:"topic"`
	Place      *Named      `json:"place"`
	Date       *DateRecord `json:"date"`
	Source     *Named      `json:"source"`
	Sentence   Phrase      `json:"sentence"`
	Text       string      `json:"text"`
	Rule       string      `json:"rule"`
	Confidence float64     `json:"confidence"`
}

// A Phrase is a stretch of an article's text.
type Phrase struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// A Trigger is the words that name an act.
type Trigger struct {
	Phrase
	Lemma string `json:"lemma"`
}

// A Filler is who takes part. A mention that stands for a group ("the two
// sides") gives one Filler for each member, all with the mention's own text.
type Filler struct {
	Entity  string `json:"entity"`
	Name    string `json:"name"`
	Country string `json:"country"`
	Sector  string `json:"sector"`
	Phrase
}

// A Named is a place or a source.
type Named struct {
	Entity string `json:"entity"`
	Name   string `json:"name"`
	Phrase
}

// A DateRecord says when: the words and what they mean in the calendar.
type DateRecord struct {
	Phrase
	Value       string `json:"value"`
	Granularity string `json:"granularity"`
}

// A view makes the records of one article.
type view struct {
	d      *pipeline.Document
	points *pipeline.CodePoints
}

func newView(d *pipeline.Document) *view {
	return &view{d, pipeline.NewCodePoints(d.Text)}
}

func (v *view) phrase(s pipeline.Span) Phrase {
	p := v.points.Span(s)
	return Phrase{p.Start, p.End, v.d.In(s)}
}

// document makes the article's own record; copies are those of it.
func (v *view) document(copies []string) DocumentRecord {
	d := v.d
	r := DocumentRecord{
		Kind: "document", ID: d.ID, Source: d.Source, Record: d.Record, URL: d.URL, Title: d.Title,
		Language: d.Language, Words: d.Words(), Skip: string(d.Skip.Reason),
		DuplicateOf: d.DuplicateOf, Similarity: thousandths(d.Similarity), Copies: copies, Blocks: []BlockRecord{},
	}
	if !d.Published.IsZero() {
		r.Published = d.Published.UTC().Format(day)
	}
	for _, b := range d.Blocks {
		p := v.points.Span(b.Span)
		r.Blocks = append(r.Blocks, BlockRecord{p.Start, p.End, b.Kind})
	}
	return r
}

// Records makes the records of all relations of d, in its order.
func Records(d *pipeline.Document) []RelationRecord { return newView(d).relations() }

// relations makes the records of all relations, in the order of the article.
func (v *view) relations() []RelationRecord {
	records := make([]RelationRecord, 0, len(v.d.Relations))
	for i := range v.d.Relations {
		records = append(records, v.relation(&v.d.Relations[i]))
	}
	return records
}

func (v *view) relation(r *pipeline.Relation) RelationRecord {
	out := RelationRecord{
		Kind: "relation", ID: r.ID, Document: v.d.ID, Type: r.Type,
		Mode: orEmpty(r.Mode), Status: string(r.Status), Context: orEmpty(r.Context),
		Trigger: Trigger{v.phrase(r.Trigger), r.Lemma},
		Actor:   v.fillers(r, pipeline.Actor), Recipient: v.fillers(r, pipeline.Recipient),
		Sentence: v.sentence(r),
		Text:     r.Text, Rule: r.Rule, Confidence: thousandths(r.Confidence),
	}
	if out.Status == "" {
		out.Status = string(pipeline.Happened)
	}
	if r.Type == Holds {
		title := v.phrase(r.Trigger)
		out.Title = &title
		out.Person, out.Of = first(v.fillers(r, pipeline.Holder)), first(v.fillers(r, pipeline.Of))
	}
	if topic := r.Fillers(pipeline.Topic); len(topic) > 0 {
		p := v.phrase(topic[0].Span)
		out.Topic = &p
	}
	if f := first(v.fillers(r, pipeline.At)); f != nil {
		out.Place = &Named{f.Entity, f.Name, f.Phrase}
	}
	if f := first(v.fillers(r, pipeline.Source)); f != nil {
		out.Source = &Named{f.Entity, f.Name, f.Phrase}
	}
	if on := r.Fillers(pipeline.On); len(on) > 0 {
		out.Date = &DateRecord{Phrase: v.phrase(on[0].Span)}
		if m := on[0].Mention; m >= 0 {
			out.Date.Value, out.Date.Granularity = v.d.Mentions[m].When.Value, v.d.Mentions[m].When.Granularity
		}
	}
	return out
}

// sentence is the one that tells r, or only its trigger where the article has no
// sentences.
func (v *view) sentence(r *pipeline.Relation) Phrase {
	if r.Sentence < 0 || r.Sentence >= len(v.d.Sentences) {
		return v.phrase(r.Trigger)
	}
	return v.phrase(v.d.Sentences[r.Sentence].Span)
}

// Holds is the type of a relation that says who holds an office.
const Holds = "HOLDS"

// fillers gives who fills one role, groups as their members, nobody twice.
func (v *view) fillers(r *pipeline.Relation, role pipeline.Role) []Filler {
	out := []Filler{}
	seen := map[int]bool{}
	for _, a := range r.Fillers(role) {
		p := v.phrase(a.Span)
		e := v.entityOf(a.Mention)
		if e < 0 {
			out = append(out, Filler{Name: p.Text, Phrase: p})
			continue
		}
		for _, member := range members(v.d, e) {
			if !seen[member] {
				seen[member] = true
				e := &v.d.Entities[member]
				out = append(out, Filler{e.ID, e.Name, e.Country, e.Sector, p})
			}
		}
	}
	return out
}

// entityOf is the entity of a mention, -1 where it has none.
func (v *view) entityOf(mention int) int {
	if mention < 0 || mention >= len(v.d.Mentions) {
		return -1
	}
	if e := v.d.Mentions[mention].Entity; e >= 0 && e < len(v.d.Entities) {
		return e
	}
	return -1
}

// members gives the entities that entity e of d stands for: itself, or those
// that its members stand for where it is a group.
func members(d *pipeline.Document, e int) []int {
	var out []int
	seen := map[int]bool{}
	var visit func(int)
	visit = func(e int) {
		if e < 0 || e >= len(d.Entities) || seen[e] {
			return
		}
		seen[e] = true
		if len(d.Entities[e].Members) == 0 {
			out = append(out, e)
		}
		for _, m := range d.Entities[e].Members {
			visit(m)
		}
	}
	visit(e)
	return out
}

// names gives the names that the article calls the entity by, the best first.
func (e *Sighting) names() []string {
	names := []string{e.Name}
	for _, m := range e.Mentions {
		if pipeline.MentionType(m.Type).Named() && !slices.Contains(names, m.Text) {
			names = append(names, m.Text)
		}
	}
	return names
}

// sightings gives the entities of the article that have a name or take part in
// a relation, sorted by identifier. Groups are left to their members.
func (v *view) sightings() []Sighting {
	part := map[int]bool{}
	for i := range v.d.Relations {
		for _, a := range v.d.Relations[i].Args {
			if e := v.entityOf(a.Mention); e >= 0 {
				for _, m := range members(v.d, e) {
					part[m] = true
				}
			}
		}
	}
	byID := map[string]*Sighting{}
	for i := range v.d.Entities {
		e := &v.d.Entities[i]
		if len(e.Members) > 0 || !part[i] && !v.named(e) {
			continue
		}
		s := byID[e.ID]
		if s == nil {
			s = &Sighting{ID: e.ID, Type: string(e.Type), Name: e.Name, Country: e.Country, Sector: e.Sector, Place: e.Place}
			byID[e.ID] = s
		}
		s.Why = append(s.Why, e.Why...)
		s.Offices = append(s.Offices, v.offices(i)...)
		for _, m := range e.Mentions {
			p := v.phrase(v.d.Mentions[m].Span)
			s.Mentions = append(s.Mentions, MentionRecord{v.d.ID, p.Start, p.End, p.Text, string(v.d.Mentions[m].Type)})
		}
	}
	out := make([]Sighting, 0, len(byID))
	for _, s := range byID {
		slices.SortFunc(s.Mentions, compareMentions)
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Sighting) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// offices are those that the article says entity e holds or held.
func (v *view) offices(e int) []Office {
	var out []Office
	published := ""
	if !v.d.Published.IsZero() {
		published = v.d.Published.UTC().Format(day)
	}
	for i := range v.d.Relations {
		r := &v.d.Relations[i]
		if r.Type != Holds || !slices.ContainsFunc(r.Fillers(pipeline.Holder), func(a pipeline.Argument) bool { return v.entityOf(a.Mention) == e }) {
			continue
		}
		o := Office{Title: strings.Join(strings.Fields(v.d.In(r.Trigger)), " "), Former: r.Status == pipeline.Historical, First: published, Last: published}
		if of := v.fillers(r, pipeline.Of); len(of) > 0 {
			o.Of = of[0].Name
		}
		out = append(out, o)
	}
	return out
}

func (v *view) named(e *pipeline.Entity) bool {
	return slices.ContainsFunc(e.Mentions, func(m int) bool { return v.d.Mentions[m].Type.Named() })
}

func compareMentions(a, b MentionRecord) int {
	return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Type, b.Type))
}

// A party is an entity, or a country by its code, in one role.
type party struct {
	who  string
	role pipeline.Role
}

// parties gives everyone who has a part in the relation.
func (r *RelationRecord) parties() []party {
	var out []party
	add := func(role pipeline.Role, fillers ...Filler) {
		for _, f := range fillers {
			for _, who := range []string{f.Entity, f.Country} {
				if who != "" {
					out = append(out, party{who, role})
				}
			}
		}
	}
	add(pipeline.Actor, r.Actor...)
	add(pipeline.Recipient, r.Recipient...)
	if r.Person != nil {
		add(pipeline.Holder, *r.Person)
	}
	if r.Of != nil {
		add(pipeline.Of, *r.Of)
	}
	if r.Place != nil {
		add(pipeline.At, Filler{Entity: r.Place.Entity})
	}
	if r.Source != nil {
		add(pipeline.Source, Filler{Entity: r.Source.Entity})
	}
	return out
}

// days gives the first and the last day on which the relation may lie: by its
// own date, or else the day on which article d reported it.
func (r *RelationRecord) days(d *pipeline.Document) (firstDay, lastDay string) {
	if r.Date != nil {
		if firstDay, lastDay = days(r.Date.Value); firstDay != "" {
			return firstDay, lastDay
		}
	}
	if d.Published.IsZero() {
		return "", ""
	}
	reported := d.Published.UTC().Format(day)
	return reported, reported
}

func first(f []Filler) *Filler {
	if len(f) == 0 {
		return nil
	}
	return &f[0]
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// thousandths rounds a share to three decimals.
func thousandths(x float64) float64 { return math.Round(x*1000) / 1000 }
