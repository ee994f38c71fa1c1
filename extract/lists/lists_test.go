package lists

import (
	"strings"
	"testing"
)

func TestCity(t *testing.T) {
	for _, c := range []struct{ name, iso3 string }{
		{"Busan", "KOR"}, {"Kandahar", "AFG"}, {"São Paulo", "BRA"}, {"sao paulo", "BRA"}, {"Karachi", "PAK"}, {"Peking", "CHN"}, {"Nowhereville", ""},
	} {
		got := City(c.name)
		if c.iso3 == "" {
			if got != nil {
				t.Errorf("City(%q) = %v", c.name, got)
			}
			continue
		}
		if len(got) == 0 || got[0].ISO3 != c.iso3 || got[0].GeoNames == 0 || got[0].Population < 15_000 {
			t.Errorf("City(%q) = %+v; want one in %s", c.name, got, c.iso3)
		}
	}
	if got := City("Springfield"); len(got) < 3 {
		t.Errorf("City(Springfield): %d cities", len(got))
	}
}

func TestFindOrganisation(t *testing.T) {
	for _, c := range []struct{ name, want, sector, iso3 string }{
		{"UNHCR", "United Nations High Commissioner for Refugees", "IGO", ""},
		{"the World Health Organisation", "World Health Organization", "IGO", ""},
		{"WHO", "World Health Organization", "IGO", ""},
		{"Hezbollah", "Hezbollah", "REB", "LBN"},
		{"State Duma", "State Duma", "LEG", "RUS"},
		{"who", "", "", ""},
	} {
		got, ok := FindOrganisation(c.name)
		if ok != (c.want != "") || got.Name != c.want || got.Sector != c.sector || got.ISO3 != c.iso3 {
			t.Errorf("FindOrganisation(%q) = %+v", c.name, got)
		}
	}
}

func TestLeader(t *testing.T) {
	terms := Leader("Tony Blair")
	found := false
	for _, x := range terms {
		found = found || x.ISO3 == "GBR" && x.From == "1997-05-02" && x.Until == "2007-06-27"
	}
	if !found {
		t.Errorf("Leader(Tony Blair) = %+v", terms)
	}
	if got := LeadersNamed("Ahmadinejad"); len(got) == 0 {
		t.Error("no leader named Ahmadinejad")
	}
}

func TestAgent(t *testing.T) {
	for _, c := range []struct{ phrase, code string }{{"farmer", "AGR"}, {"Farmers", "AGR"}, {"wombat", ""}} {
		if got, _ := Agent(c.phrase); got != c.code {
			t.Errorf("Agent(%q) = %q; want %q", c.phrase, got, c.code)
		}
	}
}

func TestGazetteer(t *testing.T) {
	g := All()
	hashes := func(phrase string) (out []uint64) {
		for _, w := range strings.Fields(phrase) {
			out = append(out, Word(Fold(w)))
		}
		return out
	}
	if n, k := g.Longest(hashes("South Korea agreed")); n != 2 || k&KindCountry == 0 {
		t.Errorf("South Korea: %d words, kinds %b", n, k)
	}
	if n, k := g.Longest(hashes("International Atomic Energy Agency officials")); n != 4 || k&KindOrganisation == 0 {
		t.Errorf("IAEA: %d words, kinds %b", n, k)
	}
	if n, _ := g.Longest(hashes("purple telephones agreed")); n != 0 {
		t.Errorf("a phrase of %d words that no list has", n)
	}
	if k := g.Single(Word("mohammed")); k&KindFirstName == 0 || k&KindSurname == 0 {
		t.Errorf("mohammed: kinds %b", k)
	}
}

func FuzzFold(f *testing.F) {
	f.Add("The  Élysée’s")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if strings.HasPrefix(once, "the ") {
			return // "the the": only one article is taken off
		}
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, twice)
		}
	})
}
