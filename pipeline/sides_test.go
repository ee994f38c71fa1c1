package pipeline

import (
	"strings"
	"testing"
)

func TestSides(t *testing.T) {
	for _, c := range []struct {
		say, kind, actors, recipients, place string // countries; - is an organisation without one
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
		d := &Document{}
		r := &Relation{Type: c.kind}
		for role, codes := range map[Role]string{Actor: c.actors, Recipient: c.recipients, At: c.place} {
			for _, code := range strings.Fields(codes) {
				e := Entity{Type: GPE, Country: code}
				if code == "-" {
					e = Entity{Type: Org}
				}
				r.Args = append(r.Args, Argument{Role: role, Mention: len(d.Mentions)})
				d.Mentions = append(d.Mentions, Mention{Type: e.Type, Entity: len(d.Entities)})
				d.Entities = append(d.Entities, e)
			}
		}
		by, to := d.Sides(r)
		if strings.Join(by, " ") != c.by || strings.Join(to, " ") != c.to {
			t.Errorf("%s: %v to %v, want %s to %s", c.say, by, to, c.by, c.to)
		}
	}
}
