package lists

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed source/countries.tsv
var countriesTSV string

// A State is a country or territory and what the news calls it.
type State struct {
	ISO3       string   // ISO 3166-1 alpha-3; XKX for Kosovo
	ISO2       string   // ISO 3166-1 alpha-2; XK for Kosovo
	Name       string   // the common English name: "South Korea"
	Names      []string // further names, official ones and short forms: "Republic of Korea", "ROK"
	Adjectives []string // "South Korean"
	People     []string // one and many: "Briton", "Britons"
	Capitals   []string // seats of government; the first one stands for the state
	Bynames    []string // "Hermit Kingdom"
}

// countries holds every state once and finds it by each thing it is called.
type countries struct {
	states                          []State
	code                            map[string]*State
	name, demonym, capital, bynames words
	shared                          map[string][]string // folded demonym to every state that has it
}

var loadCountries = sync.OnceValue(func() *countries {
	c := &countries{code: map[string]*State{}, name: words{}, demonym: words{}, capital: words{}, bynames: words{}, shared: map[string][]string{}}
	for f := range rows(countriesTSV, 8) {
		c.states = append(c.states, State{
			ISO3: f[0], ISO2: f[1], Name: f[2], Names: split(f[3]), Adjectives: split(f[4]),
			People: split(f[5]), Capitals: split(f[6]), Bynames: split(f[7]),
		})
	}
	for i := range c.states {
		s := &c.states[i]
		c.code[s.ISO3] = s
		c.code[s.ISO2] = s
		c.name.add(s.Name, s.ISO3)
	}
	for _, s := range c.states {
		for _, n := range s.Names {
			c.name.add(n, s.ISO3)
		}
		for _, n := range append(s.Adjectives[:len(s.Adjectives):len(s.Adjectives)], s.People...) {
			c.demonym.add(n, s.ISO3)
			if key := Fold(n); !slices.Contains(c.shared[key], s.ISO3) {
				c.shared[key] = append(c.shared[key], s.ISO3)
			}
		}
		for _, n := range s.Capitals {
			c.capital.add(n, s.ISO3)
		}
		for _, n := range s.Bynames {
			c.bynames.add(n, s.ISO3)
		}
	}
	return c
})

// States lists every country and territory; of two that share a name or a
// demonym, the one that the news means more often comes first. The caller must not change it.
func States() []State { return loadCountries().states }

// ByCode is the state with an ISO 3166-1 alpha-3 or alpha-2 code.
func ByCode(iso string) (State, bool) {
	s, ok := loadCountries().code[iso]
	if !ok {
		return State{}, false
	}
	return *s, true
}

// Country finds a state by any of its names, "Britain", "the United Kingdom"
// or "UK", and returns its ISO 3166-1 alpha-3 code. Bynames, demonyms and
// capitals are not names; where two states share a name ("Congo") the one that
// the news means more often is returned.
func Country(name string) (iso3 string, ok bool) { return loadCountries().name.find(name) }

// Demonym finds a state by the adjective or the noun for its people: "South
// Korean", "Britons". Where states share one ("Congolese", "Dominican"), see
// [Demonyms].
func Demonym(word string) (iso3 string, ok bool) { return loadCountries().demonym.find(word) }

// Demonyms is every state that the adjective or noun may mean, the likeliest
// first. The caller must not change the list.
func Demonyms(word string) []string {
	c := loadCountries()
	if _, ok := c.demonym.find(word); !ok {
		return nil
	}
	return c.shared[Fold(word)]
}

// Capital finds the state whose seat of government a city is: "Seoul". It says
// nothing of whether the city stands for the government in a sentence.
func Capital(city string) (iso3 string, ok bool) { return loadCountries().capital.find(city) }

// Byname finds a state by a nickname: "the Hermit Kingdom".
func Byname(name string) (iso3 string, ok bool) { return loadCountries().bynames.find(name) }

// words finds a value by a folded word or phrase. The first entry of a key
// wins.
type words map[string]word

type word struct {
	value   string
	acronym string // the exact form that must be met, where the entry is written in capitals
}

func (w words) add(name, value string) {
	key := Fold(name)
	if _, taken := w[key]; taken || key == "" {
		return
	}
	e := word{value: value}
	if acronym(name) {
		e.acronym = name
	}
	w[key] = e
}

func (w words) find(name string) (string, bool) {
	e, ok := w[Fold(name)]
	if !ok || e.acronym != "" && e.acronym != strings.TrimPrefix(strings.TrimPrefix(name, "the "), "The ") {
		return "", false
	}
	return e.value, true
}

// acronym reports whether a name has no lower-case letter, such as "US": it is
// then found only as written, because "us" and "car" are words.
func acronym(name string) bool { return strings.ToUpper(name) == name && len(name) <= 6 }
