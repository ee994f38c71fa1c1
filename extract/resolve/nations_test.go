package resolve

import (
	"testing"
	"time"

	"parley/extract/internal/marked"
	"parley/extract/nominal"
)

func TestPeopleOf(t *testing.T) {
	for _, c := range []struct{ name, before, want string }{
		{"Jordanian", "", "JOR"}, {"Bosnian Serb", "", "BIH"}, {"Serbs", "BIH", "BIH"}, {"Kurds", "IRQ", "IRQ"}, {"Israeli Arabs", "", "ISR"},
		{"Turkish-Cypriots", "", "CYP"}, {"Cypriots", "TUR", "CYP"}, {"Cuban-Americans", "", "USA"},
		{"Kurds", "", ""}, {"Shi'ite Muslims", "", ""},
	} {
		if got := peopleOf(c.name, c.before); got != c.want {
			t.Errorf("peopleOf(%q, %q) = %q, want %q", c.name, c.before, got, c.want)
		}
	}
}

func TestRuledBy(t *testing.T) {
	for _, c := range []struct{ text, name, published, want string }{
		{"[[Chirac|PERSON]], the president, spoke first.", "Chirac", "", "FRA"},
		{"President [[Bush|PERSON]] greeted the team.", "Bush", "2006-03-01", "USA"},
		{"President [[Bush|PERSON]] greeted the team.", "Bush", "1975-03-01", ""}, // none was president by then
		{"Coach [[Bush|PERSON]] greeted the team.", "Bush", "2006-03-01", ""},
		{"The president of [[Kenya|GPE]], [[Bush|PERSON]], greeted the team.", "Bush", "2006-03-01", "KEN"},
		{"President [[Taylor|PERSON]] left the town.", "Taylor", "2003-05-01", "LBR"},
		{"President [[Barre|PERSON]] left the town.", "Barre", "", ""}, // of several states
	} {
		d, err := marked.Document(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if c.published != "" {
			if d.Published, err = time.Parse(time.DateOnly, c.published); err != nil {
				t.Fatal(err)
			}
		}
		finder, err := nominal.New()
		if err != nil {
			t.Fatal(err)
		}
		r, err := New()
		if err != nil {
			t.Fatal(err)
		}
		finder.Run(d)
		r.Run(d)
		if e := mention(d, c.name); e == nil || e.Country != c.want {
			t.Errorf("%s (%s): %v, want %q", c.text, c.published, e, c.want)
		}
	}
}
