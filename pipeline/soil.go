package pipeline

import "slices"

// onSoil are the acts of PLOVER's material conflict that are done on the spot:
// somewhere, to whoever is there.
var onSoil = []string{"ASSAULT", "COERCE", "PROTEST"}

// A Side is who acts, or to whom it is done, as coders of political events take it.
type Side struct {
	Countries []string // ISO 3166-1 alpha-3, of those who are named
	Apart     bool     // an organisation is among them that belongs to no country: the U.N., NATO
}

// Sides gives the countries on both sides of an act of some type. Of acts that are
// done on the spot a side of which no country is named gets that of the place
// ("students marched in Kirkuk"), and a protest that is against nobody named is
// against the protesters' own state. place is empty where it is unknown.
func Sides(kind string, actor, recipient Side, place string) (by, to []string) {
	by, to = actor.Countries, recipient.Countries
	if !slices.Contains(onSoil, kind) {
		return by, to
	}
	if place != "" {
		if len(by) == 0 && !actor.Apart {
			by = []string{place}
		}
		if len(to) == 0 && !recipient.Apart {
			to = []string{place}
		}
	}
	if kind == "PROTEST" && len(to) == 0 && !recipient.Apart {
		to = by
	}
	return by, to
}
