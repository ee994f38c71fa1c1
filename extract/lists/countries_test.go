package lists

import "testing"

func TestCountry(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"South Korea", "KOR"}, {"SOUTH KOREA", "KOR"}, {"the Republic of Korea", "KOR"}, {"North  Korea", "PRK"},
		{"Côte d’Ivoire", "CIV"}, {"Cote d'Ivoire", "CIV"}, {"US", "USA"}, {"us", ""}, {"U.S.", "USA"}, {"u.s.", ""},
		{"the US", "USA"}, {"UK", "GBR"}, {"Britain", "GBR"}, {"Congo", "COD"}, {"Republic of the Congo", "COG"}, {"car", ""}, {"CAR", "CAF"},
		{"Georgia", "GEO"}, {"Kosovo", "XKX"}, {"Burma", "MMR"}, {"Türkiye", "TUR"}, {"Atlantis", ""}, {"", ""}, {"the ", ""},
	} {
		if got, ok := Country(c.name); got != c.want || ok != (c.want != "") {
			t.Errorf("Country(%q) = %q, %v; want %q", c.name, got, ok, c.want)
		}
	}
}

func TestDemonym(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"South Korean", "KOR"}, {"Britons", "GBR"}, {"Dutch", "NLD"}, {"Filipinos", "PHL"}, {"Congolese", "COD"}, {"Swiss", "CHE"}, {"Korea", ""},
	} {
		if got, _ := Demonym(c.word); got != c.want {
			t.Errorf("Demonym(%q) = %q; want %q", c.word, got, c.want)
		}
	}
	if got := Demonyms("Congolese"); len(got) != 2 || got[0] != "COD" || got[1] != "COG" {
		t.Errorf("Demonyms(Congolese) = %v", got)
	}
}

func TestCapital(t *testing.T) {
	for _, c := range []struct{ city, want string }{
		{"Seoul", "KOR"}, {"Washington", "USA"}, {"Washington, D.C.", "USA"}, {"Bogotá", "COL"}, {"Kyiv", "UKR"}, {"Kiev", "UKR"}, {"Busan", ""},
	} {
		if got, _ := Capital(c.city); got != c.want {
			t.Errorf("Capital(%q) = %q; want %q", c.city, got, c.want)
		}
	}
}

// Every state has its codes, and each code and English name belongs to one state only.
func TestStatesAreWhole(t *testing.T) {
	seen := map[string]string{}
	for _, s := range States() {
		if len(s.ISO3) != 3 || len(s.ISO2) != 2 || s.Name == "" {
			t.Errorf("incomplete row: %+v", s)
		}
		for _, k := range []string{s.ISO3, s.ISO2, s.Name} {
			if o, dup := seen[k]; dup {
				t.Errorf("%s belongs to %s and %s", k, o, s.ISO3)
			}
			seen[k] = s.ISO3
		}
		if got, _ := Country(s.Name); got != s.ISO3 {
			t.Errorf("Country(%q) = %q; want %q", s.Name, got, s.ISO3)
		}
		if got, ok := ByCode(s.ISO2); !ok || got.Name != s.Name {
			t.Errorf("ByCode(%q) = %v", s.ISO2, got)
		}
	}
}
