// Package pipeline holds the one type that flows through parley, the Document,
// reads dumps of articles into Documents, cleans and deduplicates them, and runs
// stages over them concurrently.
package pipeline

import (
	"fmt"
	"time"
)

// A Document is one article with everything that the stages found in it. Text
// is set once, by reading, and never changes; every layer is spans over it.
type Document struct {
	ID        string    // hex; the same article of the same source has the same ID on every machine
	Source    string    // slash path of the file, beginning with the base name of the source that was asked for
	Record    int       // number of the article within its file, from 0
	Offset    int64     // byte offset of the record in its file, where the format has one; otherwise 0
	Single    bool      // the file holds this one article only
	URL       string    // where the article was published, or empty
	Title     string    // from a field of the record, or the headline that clean found
	Site      string    // publisher or host, or empty
	Author    string    // from a field of the record, or empty
	Published time.Time // the article's own date, midnight UTC; zero where it has none
	Language  string    // ISO 639-1, or empty where it was not identified
	Text      string    // decoded article, valid UTF-8

	Recurring []Span // lines of Text that many articles of the same site have

	Skip        Skip    // why the document is not extracted from; the zero Skip for one that is
	Signature   []byte  // of the kept text, to find copies by; opaque, the same in every run; empty where there is no text (LayerSignature)
	DuplicateOf string  // ID of the document that this one is a copy of, or empty (LayerCopies)
	Similarity  float64 // to DuplicateOf, 0 to 1 (LayerCopies)

	Blocks    []Block    // LayerBlocks
	Sentences []Sentence // LayerTokens
	Tokens    []Token    // LayerTokens; LayerTags and LayerHeads fill their own fields
	Mentions  []Mention  // LayerNames, then LayerNominals
	Entities  []Entity   // LayerEntities
	Relations []Relation // LayerRelations
}

// Words counts the words of the kept blocks: what stands between white space.
func (d *Document) Words() int {
	n := 0
	for _, b := range d.Blocks {
		if b.Kind.Kept() {
			n += countWords(d.In(b.Span))
		}
	}
	return n
}

// Where names the document for a person: its file, and its record where the
// file holds several.
func (d *Document) Where() string {
	if d.Single || d.Source == "" {
		return d.Source
	}
	return fmt.Sprintf("%s record %d", d.Source, d.Record)
}

// In is the text that s covers.
func (d *Document) In(s Span) string { return d.Text[s.Start:s.End] }

// A Skip says why a document is kept in the store but not extracted from.
type Skip struct {
	Reason SkipReason
	Detail string // for a person: file, record and what was wrong
}

// SkipReason is a short constant word, counted in summaries.
type SkipReason string

const (
	NotSkipped     SkipReason = ""
	SkipEmpty      SkipReason = "empty"       // no article text after cleaning
	SkipDuplicate  SkipReason = "duplicate"   // a copy of DuplicateOf
	SkipLanguage   SkipReason = "language"    // not English
	SkipTooLong    SkipReason = "too-long"    // over a stated limit
	SkipBroken     SkipReason = "broken"      // the record could not be decoded
	SkipUnreadable SkipReason = "unreadable"  // the file could not be read
	SkipNoArticle  SkipReason = "no-article"  // nothing in it reads like prose
	SkipFailed     SkipReason = "stage-error" // a stage failed on it; Detail says which
)

// BlockKind says what part a stretch of an article's text plays.
type BlockKind string

const (
	Headline    BlockKind = "headline"
	Dateline    BlockKind = "dateline"
	Body        BlockKind = "body"
	Caption     BlockKind = "caption"
	Repeat      BlockKind = "repeat"      // repeats an earlier block of this article
	Boilerplate BlockKind = "boilerplate" // site furniture: navigation, teasers, adverts, credits
)

// Kept reports whether the language stages read blocks of this kind.
func (k BlockKind) Kept() bool { return k == Headline || k == Body || k == Caption || k == Dateline }

// A Block is a paragraph: one or more lines of one kind, without the line
// break that ends it. A date that a paragraph opens with is a block of its own.
// Blocks are in text order and do not overlap.
type Block struct {
	Span
	Kind BlockKind
}

// A Sentence is a run of tokens in one kept block.
type Sentence struct {
	Span
	Block    int // index into Blocks
	From, To int // tokens [From, To)
}

// A Token is a word or a punctuation mark. Tokens and the gaps between them
// rebuild the text exactly.
type Token struct {
	Span
	Tag   string // Penn Treebank part of speech (LayerTags)
	POS   string // Universal part of speech (LayerTags)
	Lemma string // dictionary form, lower case but for proper nouns (LayerTags)
	Head  int    // index into Document.Tokens of the syntactic head, -1 for a root (LayerHeads)
	Rel   string // Universal Dependencies relation to Head, with subtype: "nsubj:pass" (LayerHeads)
}

// MentionType is an OntoNotes 5 entity type, or TITLE or NOM.
type MentionType string

const (
	Person    MentionType = "PERSON"
	Org       MentionType = "ORG"
	GPE       MentionType = "GPE"
	Loc       MentionType = "LOC"
	NORP      MentionType = "NORP"
	Fac       MentionType = "FAC"
	Event     MentionType = "EVENT"
	Product   MentionType = "PRODUCT"
	WorkOfArt MentionType = "WORK_OF_ART"
	Law       MentionType = "LAW"
	Date      MentionType = "DATE"
	TimeOfDay MentionType = "TIME"
	Money     MentionType = "MONEY"
	Title     MentionType = "TITLE" // an office or role that a person holds
	Nominal   MentionType = "NOM"   // a common noun phrase or pronoun that may stand for an actor
)

// Named reports whether mentions of type t carry a proper name (PERSON … LAW).
func (t MentionType) Named() bool {
	switch t {
	case Person, Org, GPE, Loc, NORP, Fac, Event, Product, WorkOfArt, Law:
		return true
	}
	return false
}

// Value reports whether t is DATE, TIME or MONEY.
func (t MentionType) Value() bool { return t == Date || t == TimeOfDay || t == Money }

// A Mention is a phrase that names or stands for something in the world.
type Mention struct {
	Span
	Type     MentionType
	Sentence int    // index into Sentences
	From, To int    // tokens [From, To) that the span covers, wholly or in part
	Head     int    // index into Tokens of the phrase's syntactic head
	Entity   int    // index into Entities, -1 where it was resolved to none (LayerEntities)
	Rule     string // what found it, such as "names.model" or "list.countries"
	When     When   // for DATE: what it means in the calendar (LayerEntities)
}

// When is a date in the calendar, as far as the text tells it.
type When struct {
	Value       string // ISO 8601: "2015-01-29", "2015-W05", "2015-01", "2015", an interval "2015-01-29/2015-01-30"; empty where unknown
	Granularity string // day, week, month, quarter, season, year, decade, interval; empty where unknown
}

// An Entity is one person, state, organisation, place or group of them, with
// all its mentions in one article.
type Entity struct {
	ID       string      // hex; the same in every article where parley is sure that it is the same
	Type     MentionType // the type of its best name
	Name     string      // best name
	Country  string      // ISO 3166-1 alpha-3, or empty
	Sector   string      // a PLOVER agent code: GOV, MIL, LEG, …, or empty
	Place    Place       // for a city or place that was found in GeoNames
	Mentions []int       // indexes into Document.Mentions, ascending
	Members  []int       // indexes into Document.Entities, for a group ("the two sides")
	Why      []string    // one line for each merge: what made two mentions one
}

// A Place is where an entity lies. The zero Place is unknown.
type Place struct {
	GeoNames  int     // GeoNames id
	Latitude  float64 // degrees north
	Longitude float64 // degrees east
}

// Status says how far an event is a fact.
type Status string

const (
	Happened     Status = "Happened"
	Future       Status = "Future"       // planned, scheduled, offered
	Historical   Status = "Historical"   // background from an earlier story; for HOLDS: former
	Hypothetical Status = "Hypothetical" // possible, conditional, proposed, wanted
	Negated      Status = "Negated"      // did not, will not, denied
)

// Role is the part that an argument plays in a relation.
type Role string

const (
	Actor     Role = "Actor"
	Recipient Role = "Recipient"
	Topic     Role = "Topic"
	At        Role = "Place" // the named place where it happens
	On        Role = "Date"  // when it happens, not when it was said
	Source    Role = "Source"
	Holder    Role = "Person" // of HOLDS: who holds the office
	Of        Role = "Of"     // of HOLDS: the country or organisation whose office it is
)

// A Relation is one event, or one office held, told in one sentence.
type Relation struct {
	ID         string // hex, stable
	Type       string // one of PLOVER's 16 event types, or HOLDS
	Mode       []string
	Status     Status
	Context    []string // PLOVER contexts, at most three
	Sentence   int      // index into Sentences
	Trigger    Span     // the shortest words that name the act
	Lemma      string   // of the trigger
	Args       []Argument
	Rule       string  // the frame that found it, such as "consult.talks"
	Confidence float64 // 0 to 1: the share of such relations that are right
	Text       string  // the record as one plain sentence
}

// An Argument fills one role of a relation.
type Argument struct {
	Role    Role
	Mention int    // index into Mentions, or -1 where the filler is only a phrase (Topic)
	Span           // of the mention or the phrase
	Path    string // the syntactic path from the trigger, for explanation
}

// Fillers yields the arguments of r in one role, in text order of the sentence.
func (r *Relation) Fillers(role Role) []Argument {
	var out []Argument
	for _, a := range r.Args {
		if a.Role == role {
			out = append(out, a)
		}
	}
	return out
}
