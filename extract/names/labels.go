package names

import "parley/pipeline"

// Types are the mention types that the model tells apart, in the order of its
// labels.
var Types = [...]pipeline.MentionType{
	pipeline.Person, pipeline.Org, pipeline.GPE, pipeline.Loc, pipeline.NORP, pipeline.Fac, pipeline.Event,
	pipeline.Product, pipeline.WorkOfArt, pipeline.Law, pipeline.Date, pipeline.TimeOfDay, pipeline.Money,
}

// A Label says what one token is: outside of every mention, or the beginning,
// inside, last or only token of a mention of one type (BILOU; Ratinov and Roth,
// "Design Challenges and Misconceptions in Named Entity Recognition", CoNLL 2009).
type Label uint8

// Labels is how many labels there are: Outside, and four for each type.
const Labels = 1 + 4*len(Types)

// Outside is the label of a token in no mention.
const Outside Label = 0

// The part that a token plays in its mention.
const (
	Begin = iota
	Inside
	Last
	Only
)

// LabelOf is the label of a part of a mention of Types[t].
func LabelOf(t, part int) Label { return Label(1 + 4*t + part) }

// Type is the index into Types of a label that is not Outside.
func (l Label) Type() int { return int(l-1) / 4 }

// Part is Begin, Inside, Last or Only, of a label that is not Outside.
func (l Label) Part() int { return int(l-1) % 4 }

// Open reports whether the mention goes on after a token labelled l.
func (l Label) Open() bool { return l != Outside && l.Part() <= Inside }

// Starts reports whether a token labelled l begins afresh: it is outside or the
// first of its mention.
func (l Label) Starts() bool {
	return l == Outside || l.Part() == Begin || l.Part() == Only
}

// Follows reports whether label next may come after label l: a mention that is
// open goes on in its own type, one that is not does not.
func (l Label) Follows(next Label) bool {
	if l.Open() {
		return !next.Starts() && next.Type() == l.Type()
	}
	return next.Starts()
}

// closed and starting list the labels after which a mention may begin, and those
// that may begin one; every transition between them is allowed.
var closed, starting = func() (c, s []Label) {
	for l := range Label(Labels) {
		if !l.Open() {
			c = append(c, l)
		}
		if l.Starts() {
			s = append(s, l)
		}
	}
	return c, s
}()
