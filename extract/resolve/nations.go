package resolve

import (
	"slices"
	"strings"

	"parley/extract/lists"
	"parley/pipeline"
)

// rulers are heads of titles, and beginnings of offices in the list of leaders, of
// those who stand for a state before all others: a family name and such an office
// name one person in most news.
var (
	rulerHeads   = set("president premier minister king queen emir sultan chancellor dictator ruler leader")
	rulerOffices = []string{"President", "Prime minister", "Prime Minister", "King", "Queen", "Emir", "Sultan", "Chancellor"}
)

// firstTerm is the earliest term that news without a date of its own is taken to
// speak of.
const firstTerm = "1945"

// ruledBy is the one state that the list of leaders has a president, head of
// government or monarch of the person's family name for, where the article calls
// the person so and not whose office it is: "President Sadat". An article with a
// date speaks of who was in office by then.
func (c *chains) ruledBy(ent *pipeline.Entity) string {
	titled := slices.ContainsFunc(ent.Mentions, func(i int) bool {
		return slices.ContainsFunc(c.held[i], func(k int) bool {
			o := c.offices[k]
			head := c.headWord(o.Head)
			return o.Of < 0 && o.Owner < 0 && rulerHeads[head] && (head != "minister" || o.Head > o.From && c.lower(o.Head-1) == "prime")
		})
	})
	if !titled {
		return ""
	}
	until := "9999"
	if !c.d.Published.IsZero() {
		until = c.d.Published.Format("2006-01-02")
	}
	found := ""
	for _, t := range lists.LeadersNamed(ent.Name) {
		ruler := slices.ContainsFunc(rulerOffices, func(o string) bool { return strings.HasPrefix(t.Office, o) }) && !strings.Contains(t.Office, "Bank")
		if !ruler || t.From < firstTerm || t.From > until || t.ISO3 == found {
			continue
		}
		if found != "" {
			return ""
		}
		found = t.ISO3
	}
	return found
}

// ownPeoples are the last words of peoples that are named by where they came from
// and then by where they live; others are named the other way around.
var ownPeoples = set("american americans canadian canadians australian australians cypriot cypriots")

// peopleOf is the state in which a people lives, or empty: by the state before the
// name ("Iraqi Kurds", "Kosovo's Serbs"), and by the name ("Bosnian Serbs").
func peopleOf(name, before string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' })
	if n := len(words); n > 0 && ownPeoples[lists.Fold(words[n-1])] {
		name, before = words[n-1], ""
	}
	if before != "" {
		return before
	}
	code, ok := lists.Demonym(name)
	if !ok && len(words) == 2 {
		code, _ = lists.Demonym(words[0])
	}
	return code
}
