// Package label reads and writes labels of articles in the notations that
// annotation tools use, and turns them into the layers of a pipeline.Document
// and back. Its own form is that of brat standoff, in which the hand labels of
// the project are kept.
package label

import (
	"fmt"
	"strings"

	"parley/pipeline"
)

// A Set is the labels of one article, as brat standoff knows them
// (https://brat.nlplab.org/standoff.html). All spans count Unicode code points
// of Text, end exclusive, and not bytes as elsewhere in parley.
type Set struct {
	Name       string // base name of the article's file, without ending
	Path       string // the file that the labels came from, or empty
	Text       string // the article, valid UTF-8, lines ended by "\n"
	Spans      []TextBound
	Equivs     [][]string // ids of the TextBounds that are one entity, at least two each
	Groups     []Group
	References []Reference
	Events     []Event
	Attributes []Attribute
	Notes      []Note
	NamesOnly  bool // the labels say nothing but names, of the coarse types of CoNLL-2003
}

// A TextBound is a labelled stretch of text: a mention, a trigger or a topic.
type TextBound struct {
	ID   string // "T1"
	Type string // a pipeline.MentionType, an event type, HOLDS or TOPIC
	pipeline.Span
	Rule string // what found a predicted mention; empty for labels, and not written to files
}

// A Group says that the mention Whole ("the two sides") stands, among others,
// for the entity of the mention Member.
type Group struct {
	ID            string // "R1"
	Whole, Member string // ids of TextBounds
}

// A Reference gives the country that an entity is.
type Reference struct {
	ID      string // "N1"
	Target  string // id of one of the entity's TextBounds
	Country string // ISO 3166-1 alpha-3
	Text    string // name of the country, for a reader
}

// An Event is an act, or an office held, with what fills its roles.
type Event struct {
	ID      string // "E1"
	Type    string // one of PLOVER's event types, or HOLDS
	Trigger string // id of a TextBound
	Roles   []Filler

	Rule       string  // what found a predicted event; empty for labels, and not written to files
	Confidence float64 // of a predicted event, 0 to 1
}

// A Filler is one role of an Event and what fills it.
type Filler struct {
	Role   string // without the number that brat adds to a repeated role
	Target string // id of a TextBound
}

// An Attribute is a Mode, Status or Context of an Event.
type Attribute struct {
	ID, Name, Target, Value string
}

// A Note is a remark of the annotator.
type Note struct {
	ID, Target, Text string
}

// The event types of the PLOVER 2021 codebook with the modes of each.
var Modes = map[string][]string{
	"AGREE": nil, "SUPPORT": nil, "CONCEDE": nil, "COOPERATE": nil, "AID": nil,
	"CONSULT":  {"visit", "third-party", "multilateral", "phone"},
	"SANCTION": {"convict", "expel", "withdraw", "discontinue"},
	"ACCUSE":   {"disapprove", "investigate", "allege"},
	"REQUEST":  {"assist", "change", "yield", "meet"},
	"REJECT":   {"assist", "change", "yield", "meet"},
	"COERCE":   {"seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"},
	"ASSAULT": {"abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
		"suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"},
	"THREATEN": {"restrict", "arrest", "relations", "expel", "territory", "violence"},
	"RETREAT":  {"withdraw", "release", "disarm", "ceasefire", "access", "resign"},
	"MOBILIZE": {"troops", "weapons", "police", "militia"},
	"PROTEST":  {"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"},
}

// Contexts are those of the PLOVER 2021 codebook.
var Contexts = strings.Fields(`military intelligence executive legislative election political_institutions
	pro_democracy pro_autocracy economic legal reparations human_rights rights_freedoms repression human_security
	gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters
	natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs
	trafficking`)

// Holds is the type of an event that says who holds an office.
const Holds = "HOLDS"

// Topic is the type of a span that says what an event is about.
const Topic = "TOPIC"

// roles lists what the events of GUIDELINES.md may have.
var roles = map[string]bool{"Actor": true, "Recipient": true, "Topic": true, "Place": true, "Date": true, "Source": true}

// officeRoles lists what HOLDS may have.
var officeRoles = map[string]bool{"Person": true, "Of": true}

// span finds a TextBound by its id.
func (s *Set) span(id string) (TextBound, bool) {
	for _, t := range s.Spans {
		if t.ID == id {
			return t, true
		}
	}
	return TextBound{}, false
}

// Validate reports every line of s that breaks the guidelines: an unknown type,
// role, mode, status or context, a role filled by the wrong kind of span, a
// span that begins or ends in blanks, a mention that an Equiv gives twice. The
// offsets themselves were checked when s was read.
func (s *Set) Validate() []error {
	var errs []error
	fault := func(id, format string, args ...any) {
		errs = append(errs, fmt.Errorf("%s: %s: %s", s.Name, id, fmt.Sprintf(format, args...)))
	}
	text := []rune(s.Text)
	seen := map[string]string{}
	for _, t := range s.Spans {
		quoted := string(text[t.Start:t.End])
		_, event := Modes[t.Type]
		kind := pipeline.MentionType(t.Type)
		switch {
		case !event && t.Type != Topic && !kind.Named() && !kind.Value() && kind != pipeline.Title && kind != pipeline.Nominal:
			fault(t.ID, "unknown type %s", t.Type)
		case strings.TrimSpace(quoted) != quoted:
			fault(t.ID, "%q begins or ends in blanks", quoted)
		case kind.Named() && (strings.HasSuffix(quoted, "'s") || strings.HasPrefix(strings.ToLower(quoted), "the ")) && kind != pipeline.WorkOfArt:
			fault(t.ID, "%q takes in an article or a possessive", quoted)
		}
		key := fmt.Sprint(t.Type, t.Span)
		if other, twice := seen[key]; twice {
			fault(t.ID, "the same span and type as %s", other)
		}
		seen[key] = t.ID
	}
	member := map[string]bool{}
	for _, e := range s.Equivs {
		for _, id := range e {
			if member[id] {
				fault(id, "stands in two Equiv lines")
			}
			member[id] = true
			if t, _ := s.span(id); !actorLike(t.Type) {
				fault(id, "a %s cannot be one with an entity", t.Type)
			}
		}
	}
	types := map[string]string{}
	for _, e := range s.Events {
		types[e.ID] = e.Type
		trigger, _ := s.span(e.Trigger)
		switch {
		case e.Type == Holds && trigger.Type != string(pipeline.Title):
			fault(e.ID, "the trigger of HOLDS is a %s, not a TITLE", trigger.Type)
		case e.Type != Holds && trigger.Type != e.Type:
			fault(e.ID, "the trigger of %s is a %s", e.Type, trigger.Type)
		}
		allowed := roles
		if e.Type == Holds {
			allowed = officeRoles
		}
		for _, f := range e.Roles {
			t, _ := s.span(f.Target)
			if !allowed[f.Role] {
				fault(e.ID, "%s has no role %s", e.Type, f.Role)
			} else if !fits(f.Role, t.Type) {
				fault(e.ID, "%s is filled by a %s", f.Role, t.Type)
			}
		}
	}
	for _, a := range s.Attributes {
		typ := types[a.Target]
		switch a.Name {
		case "Status":
			if !oneOf(a.Value, string(pipeline.Future), string(pipeline.Historical), string(pipeline.Hypothetical), string(pipeline.Negated)) {
				fault(a.ID, "unknown status %s", a.Value)
			}
		case "Mode":
			if !oneOf(a.Value, Modes[typ]...) {
				fault(a.ID, "%s has no mode %s", typ, a.Value)
			}
		case "Context":
			if !oneOf(a.Value, Contexts...) {
				fault(a.ID, "unknown context %s", a.Value)
			}
		default:
			fault(a.ID, "unknown attribute %s", a.Name)
		}
	}
	return errs
}

// actorLike reports whether a span of type t can stand for an entity.
func actorLike(t string) bool {
	kind := pipeline.MentionType(t)
	return kind.Named() || kind == pipeline.Nominal
}

// fits reports whether a span of type t can fill the role.
func fits(role, t string) bool {
	switch role {
	case "Topic":
		return t == Topic
	case "Date":
		return t == string(pipeline.Date) || t == string(pipeline.TimeOfDay)
	}
	return actorLike(t)
}

func oneOf(s string, list ...string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
