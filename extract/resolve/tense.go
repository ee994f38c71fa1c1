package resolve

import (
	"strings"

	"parley/pipeline"
)

// ahead are verbs and adjectives whose content lies in the future.
var ahead = set(`schedule expect plan due slate set aim intend propose hope invite prepare await ready project bind
	want seek urge ask demand call upcoming forthcoming postpone delay until`)

var modal = set("will 'll ’ll shall wo would may could should might can must")

// tense is the time that the words governing a date speak of. Reports tell the
// past, so that is the answer where nothing points ahead.
func tense(d *pipeline.Document, m *pipeline.Mention) Tense {
	if m.Sentence < 0 || m.To <= m.From || m.Head < 0 {
		return Unsaid
	}
	s := d.Sentences[m.Sentence]
	// "said Wednesday", "told reporters on Friday": the verb right before decides.
	for k := m.From - 1; k >= s.From && k > m.From-4; k-- {
		t := &d.Tokens[k]
		if t.Tag == "VBD" {
			return Past
		}
		if w := strings.ToLower(d.In(t.Span)); w != "on" && w != "reporters" && w != "late" && w != "early" && w != "parliament" {
			break
		}
	}
	// Climb from the date to its clause; the first verb decides unless it only
	// completes another ("expected to arrive Sunday").
	k, verbs := d.Tokens[m.Head].Head, 0
	for steps := 0; k >= s.From && k < s.To && steps < 6; steps++ {
		t := &d.Tokens[k]
		lemma := strings.ToLower(t.Lemma)
		if strings.HasPrefix(t.Tag, "V") || strings.HasPrefix(t.Tag, "J") {
			verbs++
			if helped(d, s, k) {
				return Future
			}
			switch {
			case t.Tag == "VBD":
				return Past
			case t.Rel == "conj" && (t.Tag == "VB" || t.Tag == "VBN"):
				// "could weaken and be classified": the first verb has the modal.
			case t.Tag == "VBN" && !ahead[lemma]:
				return Past
			case ahead[lemma]:
				return Future
			case t.Tag == "VBZ" || t.Tag == "VBP":
				if strings.HasPrefix(t.Rel, "advcl") && opened(d, s, k) {
					return Future // "when it reaches Congress in September"
				}
				if verbs == 1 && timetable[lemma] {
					return Future // "arrives Sunday"
				}
				return Past
			case t.Tag == "VBG" && progressive(d, s, k):
				return Future // "is traveling to the summit Monday"
			}
		} else if ahead[lemma] {
			return Future
		}
		k = t.Head
	}
	if verbs == 0 {
		return flatTense(d, s, m)
	}
	return Past
}

// timetable verbs tell the future in the present tense.
var timetable = set(`arrive begin start open meet leave travel visit go hold end close vote head expire resume return host
	take come play fly depart convene continue`)

// opened reports whether "when", "once" and the like open the clause of verb k,
// whose present tense then speaks of what is to come.
func opened(d *pipeline.Document, s pipeline.Sentence, k int) bool {
	for j := max(s.From, k-6); j < k; j++ {
		switch strings.ToLower(d.In(d.Tokens[j].Span)) {
		case "when", "once", "until", "before", "after", "if":
			return true
		}
	}
	return false
}

// progressive reports whether the participle k has "is" or "are" as its auxiliary.
func progressive(d *pipeline.Document, s pipeline.Sentence, k int) bool {
	for j := max(s.From, k-4); j < k; j++ {
		if w := strings.ToLower(d.In(d.Tokens[j].Span)); w == "is" || w == "are" || w == "'s" && d.Tokens[j].Tag == "VBZ" {
			return true
		}
	}
	return false
}

// helped reports whether verb k has a modal of the future, or is the infinitive
// after "is to".
func helped(d *pipeline.Document, s pipeline.Sentence, k int) bool {
	infinitive, copula := false, false
	for j := max(s.From, k-6); j < k; j++ {
		if d.Tokens[j].Head != k {
			continue
		}
		w := strings.ToLower(d.In(d.Tokens[j].Span))
		if modal[w] {
			return true
		}
		infinitive = infinitive || w == "to"
		copula = copula || w == "is" || w == "are"
	}
	if infinitive && k-2 >= s.From {
		w := strings.ToLower(d.In(d.Tokens[k-2].Span))
		copula = copula || w == "is" || w == "are"
	}
	return infinitive && copula
}

// flatTense looks for a modal in the words before the date where the syntax tree
// says nothing.
func flatTense(d *pipeline.Document, s pipeline.Sentence, m *pipeline.Mention) Tense {
	for k := m.From - 1; k >= s.From && k > m.From-10; k-- {
		w := strings.ToLower(d.In(d.Tokens[k].Span))
		switch {
		case modal[w], ahead[strings.ToLower(d.Tokens[k].Lemma)]:
			return Future
		case d.Tokens[k].Tag == "VBD":
			return Past
		}
	}
	return Unsaid
}
