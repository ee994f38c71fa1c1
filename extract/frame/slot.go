package frame

import (
	"fmt"
	"strings"
)

// Slots that are no prepositions, as LANGUAGE.md tells them. Package relate
// finds what stands in them.
const (
	Subject       Slot = "subj"        // who does it, in active and passive, through control and relative clauses
	Object        Slot = "obj"         // to what it is done
	Indirect      Slot = "iobj"        // "gave Yemen money"
	Infinitive    Slot = "xcomp"       // "agreed to talk"
	Clause        Slot = "ccomp"       // "said that it rained"
	ClauseSubject Slot = "clause-subj" // the subject within either
	ClauseObject  Slot = "clause-obj"  // the object within either
	Purpose       Slot = "purpose"     // "met to discuss trade"
	Aimed         Slot = "aimed"       // "talks aimed at ending the war"
	Owner         Slot = "poss"        // "Iran's visit"
	Compound      Slot = "compound"    // "peace talks"
	Attribute     Slot = "amod"        // "Syrian offer"
	Modified      Slot = "head"        // the noun that an adjective stands before: "angry farmers"
	Outer         Slot = "outer"       // the subject of the clause around a noun: "After talks, Bush left"
	Undergoer     Slot = "undergoer"   // whom a noun befalls: "faces charges", "came under attack"
	Speaker       Slot = "speaker"     // who says the clause in which the trigger stands
	Content       Slot = "content"     // the verb that a modal helps: "should stop"
	Case          Slot = "case"        // the preposition before a noun: "in charge"
	Governor      Slot = "governor"    // the word that the trigger depends on
	Form          Slot = "form"        // passive, intransitive or negated: conditions only
)

var named = map[Slot]bool{Subject: true, Object: true, Indirect: true, Infinitive: true, Clause: true, ClauseSubject: true,
	ClauseObject: true, Purpose: true, Aimed: true, Owner: true, Compound: true, Attribute: true, Modified: true, Outer: true, Undergoer: true,
	Speaker: true, Content: true, Case: true, Governor: true, Form: true}

// prepositions may be slots, and may follow the head of a noun trigger. Words
// of one preposition are joined by hyphens.
var prepositions = set(`about above across after against ahead-of along alongside amid among around as aside as-part-of at because-of before
	behind below beside between beyond by concerning despite down due-to during following for from in in-front-of in-response-to
	inside instead-of into like near of off on onto out-of outside over past per pending regarding since through throughout to toward
	towards under until up upon via with within without`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// Split gives the first step of a slot and the rest: "obj.with" is what stands
// in "with" of what stands in "obj".
func (s Slot) Split() (first, rest Slot) {
	a, b, _ := strings.Cut(string(s), ".")
	return Slot(a), Slot(b)
}

// check reports a slot that the engine does not know.
func (s Slot) check() error {
	first, rest := s.Split()
	if !named[first] && !prepositions[string(first)] {
		return fmt.Errorf("%q is neither a slot nor a preposition", first)
	}
	if rest == "" {
		if strings.HasSuffix(string(s), ".") {
			return fmt.Errorf("%q ends in a dot", s)
		}
		return nil
	}
	if strings.Contains(string(rest), ".") {
		return fmt.Errorf("%q goes more than two steps", s)
	}
	return rest.check()
}
