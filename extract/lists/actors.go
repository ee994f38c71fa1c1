package lists

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed source/organisations.tsv
var organisationsTSV string

//go:embed data/actors.tsv.zst
var actorsPacked []byte

//go:embed data/leaders.tsv.zst
var leadersPacked []byte

//go:embed data/agents.tsv.zst
var agentsPacked []byte

// An Organisation is a body that acts: its best name, what else it is called,
// and what it is.
type Organisation struct {
	Name   string
	Names  []string // other names and acronyms
	Sector string   // PLOVER agent code: IGO, NGO, GOV, MIL, PTY, REB, MED, BUS, …
	ISO3   string   // country it belongs to, ISO 3166-1 alpha-3, or empty
}

type organisations struct {
	all   []Organisation
	exact *lookup
}

var loadOrganisations = sync.OnceValue(func() *organisations {
	o := &organisations{}
	for f := range rows(organisationsTSV, 4) {
		o.all = append(o.all, Organisation{Name: f[0], Names: split(f[1]), Sector: f[2], ISO3: f[3]})
	}
	for f := range rows(unpack(actorsPacked), 2) {
		names := split(f[0])
		iso, sector := cameo(f[1])
		o.all = append(o.all, Organisation{Name: names[0], Names: names[1:], Sector: sector, ISO3: iso})
	}
	o.exact = newLookup(len(o.all) * 2)
	for i, x := range o.all {
		o.exact.add(Fold(x.Name), i)
		for _, n := range x.Names {
			o.exact.add(Fold(n), i)
		}
	}
	return o
})

// cameo splits a CAMEO actor code into country and the sector that PLOVER
// keeps of it: "MNCUSA" is a company (BUS) of USA, "IGOUNO" an IGO.
func cameo(code string) (iso3, sector string) {
	sectors := map[string]string{"IGO": "IGO", "NGO": "NGO", "NGM": "NGO", "MNC": "BUS", "IMG": "REB"}
	for i := 0; i+3 <= len(code); i += 3 {
		part := code[i : i+3]
		if s, ok := sectors[part]; ok && sector == "" {
			sector = s
		} else if _, ok := ByCode(part); ok && iso3 == "" {
			iso3 = part
		} else if part == "REB" || part == "SEP" {
			sector = "REB"
		}
	}
	return iso3, sector
}

// FindOrganisation finds an organisation by any of its names. A name written all
// in capitals in the list ("WHO") is found only as written. Sources:
// source/organisations.tsv, then the CAMEO dictionaries.
func FindOrganisation(name string) (Organisation, bool) {
	o := loadOrganisations()
	found := -1
	o.exact.rows(Fold(name), func(row int) bool {
		x := o.all[row]
		for _, n := range append([]string{x.Name}, x.Names...) {
			if Fold(n) == Fold(name) && (!acronym(n) || n == strings.TrimPrefix(strings.TrimPrefix(name, "the "), "The ")) {
				found = row
				return false
			}
		}
		return true
	})
	if found < 0 {
		return Organisation{}, false
	}
	return o.all[found], true
}

// A Term is an office that a person held, as a list tells it.
type Term struct {
	Person string
	ISO3   string // country of the office
	Sector string // PLOVER agent code
	Office string // in the source's words; empty where it does not say
	From   string // first day, ISO 8601, or empty
	Until  string // last day, ISO 8601, or empty where it is open or unknown
}

type leaders struct {
	lines []string
	full  *lookup // by the whole name
	last  *lookup // by the last word
}

// leaderLines are the rows of the table: a person, a term.
var leaderLines = sync.OnceValue(func() []string {
	return strings.Split(strings.TrimSuffix(unpack(leadersPacked), "\n"), "\n")
})

var loadLeaders = sync.OnceValue(func() *leaders {
	l := &leaders{lines: leaderLines()}
	l.full, l.last = newLookup(len(l.lines)), newLookup(len(l.lines))
	for i, line := range l.lines {
		name, _, _ := strings.Cut(line, "\t")
		name = Fold(name)
		l.full.add(name, i)
		l.last.add(name[strings.LastIndexByte(name, ' ')+1:], i)
	}
	return l
})

// Leader is every term of the leaders with this full name. Sources: CountryInfo (about 1960 to
// 2011), U.S. executives (1789 to now), The World Factbook (2025).
func Leader(name string) []Term { l := loadLeaders(); return l.terms(l.full, name) }

// LeadersNamed is every term of leaders whose name ends in this word. A family
// name alone identifies nobody; country and date must agree too.
func LeadersNamed(family string) []Term { l := loadLeaders(); return l.terms(l.last, family) }

func (l *leaders) terms(index *lookup, name string) []Term {
	var out []Term
	index.rows(Fold(name), func(row int) bool {
		var f [5]string
		fields(l.lines[row], f[:])
		t := Term{Person: f[0], ISO3: f[1][:3], Sector: "GOV", Office: f[2], From: f[3], Until: f[4]}
		if rest := f[1][3:]; len(rest) >= 6 {
			t.Sector = rest[3:6]
		}
		out = append(out, t)
		return true
	})
	return out
}

var loadAgents = sync.OnceValue(func() words {
	w := words{}
	for f := range rows(unpack(agentsPacked), 2) {
		w.add(f[0], f[1])
	}
	return w
})

// Agent is the CAMEO code of a common noun for a kind of actor, one or many:
// "police officers" is COP, "defense minister" GOVMIL. Source: Phoenix agents.
func Agent(phrase string) (code string, ok bool) {
	w := loadAgents()
	key := Fold(phrase)
	if code, ok = w.find(key); ok {
		return code, true
	}
	for _, ending := range [][2]string{{"s", ""}, {"es", ""}, {"ies", "y"}} {
		if stem, cut := strings.CutSuffix(key, ending[0]); cut {
			if code, ok = w.find(stem + ending[1]); ok {
				return code, true
			}
		}
	}
	return "", false
}
