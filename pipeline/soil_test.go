package pipeline

import (
	"strings"
	"testing"
)

func TestSides(t *testing.T) {
	for _, c := range []struct {
		say, kind, actors, recipients, place string
		by, to                               string
	}{
		{"A roadside bomb in Basra killed a British soldier.", "ASSAULT", "", "GBR", "IRQ", "IRQ", "GBR"},
		{"Gunmen attacked a market in Jos.", "ASSAULT", "", "", "NGA", "NGA", "NGA"},
		{"Chadian jets bombed a camp.", "ASSAULT", "TCD", "", "", "TCD", ""},
		{"Kenyan teachers went on strike.", "PROTEST", "KEN", "", "", "KEN", "KEN"},
		{"Kenyan teachers protested in Kampala.", "PROTEST", "KEN", "", "UGA", "KEN", "UGA"},
		{"NATO bombed Pristina.", "ASSAULT", "-", "", "XKX", "", "XKX"},
		{"Norway met Chad in Geneva.", "CONSULT", "NOR TCD", "", "CHE", "NOR TCD", ""},
		{"France sent troops to Mali.", "MOBILIZE", "FRA", "", "MLI", "FRA", ""},
	} {
		side := func(s string) Side { return Side{strings.Fields(strings.Trim(s, "-")), s == "-"} }
		by, to := Sides(c.kind, side(c.actors), side(c.recipients), c.place)
		if strings.Join(by, " ") != c.by || strings.Join(to, " ") != c.to {
			t.Errorf("%s: %v to %v, want %s to %s", c.say, by, to, c.by, c.to)
		}
	}
}
