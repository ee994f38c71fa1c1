// Package frame is the language in which parley is told which English words
// name a political event and which syntactic slots fill its roles. Frames are
// data: one YAML file for each event type of PLOVER 2021 (Open Event Data
// Alliance), each frame with sentences that it must and must not answer to.
// LANGUAGE.md beside this file documents the language on one page; package
// relate runs it.
package frame

import (
	"slices"

	"parley/pipeline"
)

// A Frame says which words name an event of one type, when they do, and where
// in the sentence its participants stand.
type Frame struct {
	Name       string                   // rule id, such as "consult.talks"; begins with the type in lower case
	Type       string                   // PLOVER event type
	About      string                   // one line for a reader
	Triggers   []Trigger                // the words that may name the event
	Need       []Condition              // all must hold
	Deny       []Condition              // none may hold
	Roles      map[Kind]map[Role][]Slot // which slots fill which role, in order of preference
	Reciprocal bool                     // every party is an Actor
	Mode       string                   // PLOVER mode where no cue speaks for another; or empty
	Cues       map[string][]string      // lemma near the trigger → modes that it speaks for
	Contexts   []string                 // PLOVER contexts that such events usually have
	Content    pipeline.Status          // status of events in what is agreed, asked or refused; or empty
	Tell       Telling                  // how a record is told as a sentence
	Odds       Odds                     // how often the words alone mean the event
	Yes        []Example                // sentences that must give the event
	No         []string                 // sentences that must not
	File       string                   // where it was read
	Line       int                      // its first line, from 1

	Shipped bool // it came with parley
}

// Role is an event role that slots may fill.
type Role = pipeline.Role

// Kind is the part of speech of a trigger.
type Kind string

const (
	Verb      Kind = "verb"
	Noun      Kind = "noun"
	Adjective Kind = "adj"
)

// Odds is a frame author's guess of how often its words alone mean the event.
type Odds string

const (
	Strong Odds = "strong" // nearly always: "kidnap"
	Fair   Odds = "fair"   // more often than not: "strike"
	Weak   Odds = "weak"   // seldom: "say"
)

// A Trigger is one word, or several, that may name the event.
type Trigger struct {
	Kind   Kind
	Lemma  string   // of the word that heads it
	Tag    string   // Penn tag that the head must have, or empty
	Before []string // lemmas that must stand directly before the head: "peace" of "peace talks"
	After  []string // lemmas that must depend on the head or follow it: "off" of "call off"
	Odds   Odds     // of this word; those of its frame where it has no mark
	Text   string   // as the frame writes it, without its mark
}

// Words is the number of words of t.
func (t Trigger) Words() int { return 1 + len(t.Before) + len(t.After) }

// A Telling is how a frame's records are told in plain words: a verb phrase in
// the infinitive, the word before recipients and the word before the topic.
type Telling struct {
	Verb, To, About string
}

// A Condition asks what stands in a slot.
type Condition struct {
	Slot   Slot
	Lemmas map[string]bool // any of these words, classes spelled out
	Kinds  []string        // any mention type (GPE), part of speech (PRON) or Penn tag (NN, for all of its kind)
	Any    bool            // anything at all
	None   bool            // nothing stands there
	Text   string          // as the frame writes it, for explanation
}

// A Slot is a syntactic place relative to a trigger: "subj", a preposition, or
// one slot within another, "obj.with". LANGUAGE.md lists them.
type Slot string

// An Example is a sentence in our own words with the record that it must give.
type Example struct {
	Say     string
	Type    string // the frame's own type where the file says nothing
	Trigger string // text of the trigger; not checked where empty
	Roles   map[Role][]string
	Mode    string
	Status  pipeline.Status
	Line    int
}

// Types are the event types of PLOVER 2021.
var Types = []string{"ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE",
	"MOBILIZE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"}

// Modes are the modes of each event type in PLOVER 2021; types that are absent
// have none.
var Modes = map[string][]string{
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

// Contexts are the 37 contexts of PLOVER 2021.
var Contexts = []string{"military", "intelligence", "executive", "legislative", "election", "political_institutions",
	"pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
	"human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
	"health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
	"cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking"}

// A Set is all frames and word classes that were loaded together.
type Set struct {
	Frames  []*Frame
	Classes map[string]map[string]bool // word class → its lemmas
	Hash    uint64                     // of all files, for the version of what the frames find
	index   map[string][]Sighting
	known   map[string]bool
}

// A Sighting pairs a trigger with its frame.
type Sighting struct {
	Frame   *Frame
	Trigger Trigger
}

// Named returns the triggers that a word with this lemma may head. The cost
// does not depend on how many frames there are.
func (s *Set) Named(lemma string) []Sighting { return s.index[lemma] }

// Known reports whether any trigger or word class has this lemma.
func (s *Set) Known(lemma string) bool { return s.known[lemma] }

// In reports whether lemma belongs to a word class.
func (s *Set) In(class, lemma string) bool { return s.Classes[class][lemma] }

// Frame returns the frame with this name, or nil.
func (s *Set) Frame(name string) *Frame {
	i := slices.IndexFunc(s.Frames, func(f *Frame) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return s.Frames[i]
}
