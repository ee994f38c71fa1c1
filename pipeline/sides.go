package pipeline

import "slices"

// onSoil are the acts of PLOVER's material conflict that are done on the spot:
// somewhere, to whoever is there.
var onSoil = []string{"ASSAULT", "COERCE", "PROTEST"}

// Sides gives the countries (ISO 3166-1 alpha-3, without doubles, in the order of
// the text) on both sides of r, as coders of political events take them: those of
// its actors and of its recipients, groups as their members. Of acts that are done
// on the spot a side of which no country is named gets that of the place ("students
// marched in Kirkuk"), and a protest that is against nobody named is against the
// protesters' own state; but an organisation that belongs to no country, such as
// NATO, keeps none.
func (d *Document) Sides(r *Relation) (by, to []string) {
	by, to = d.countries(r.Fillers(Actor)), d.countries(r.Fillers(Recipient))
	if !slices.Contains(onSoil, r.Type) {
		return by, to
	}
	open := len(to) == 0 && !d.apart(r.Fillers(Recipient))
	if place := d.countries(r.Fillers(At)); len(place) == 1 {
		if len(by) == 0 && !d.apart(r.Fillers(Actor)) {
			by = place
		}
		if open {
			to = place
		}
	}
	if r.Type == "PROTEST" && open && len(to) == 0 {
		to = by
	}
	return by, to
}

// countries are those of the entities that fill a role, or of their members.
func (d *Document) countries(fillers []Argument) []string {
	var codes []string
	var visit func(entity, depth int)
	visit = func(entity, depth int) {
		e := &d.Entities[entity]
		if e.Country != "" {
			if !slices.Contains(codes, e.Country) {
				codes = append(codes, e.Country)
			}
			return
		}
		for _, m := range e.Members {
			if depth < 3 { // a group of groups of groups says nothing more
				visit(m, depth+1)
			}
		}
	}
	for _, f := range fillers {
		if f.Mention >= 0 && d.Mentions[f.Mention].Entity >= 0 {
			visit(d.Mentions[f.Mention].Entity, 0)
		}
	}
	return codes
}

// apart reports whether an organisation is among fillers.
func (d *Document) apart(fillers []Argument) bool {
	return slices.ContainsFunc(fillers, func(f Argument) bool {
		return f.Mention >= 0 && d.Mentions[f.Mention].Entity >= 0 && d.Entities[d.Mentions[f.Mention].Entity].Type == Org
	})
}
