package resolve

import (
	"parley/extract/lists"
	"parley/pipeline"
)

// locate finds the country of a place and, for a city, its entry in GeoNames. Of
// the cities of one name it takes one in a state that the text puts beside it
// ("Hyderabad, Pakistan"), else in a state that the article names, the largest
// first; else a capital, else the largest of all.
func (c *chains) locate(ent *pipeline.Entity) {
	if r, ok := lists.FindRegion(ent.Name); ok {
		ent.Country = r.ISO3
	}
	if ent.Type != pipeline.GPE {
		return
	}
	cities := lists.City(ent.Name)
	if len(cities) == 0 {
		if code, ok := lists.Capital(ent.Name); ok {
			ent.Country = code
		}
		return
	}
	beside := c.besideState(ent)
	capital, _ := lists.Capital(ent.Name)
	best, rank := -1, -1
	for k, city := range cities {
		r := 0
		switch _, named := c.stateOf[city.ISO3]; {
		case city.ISO3 == beside:
			r = 4
		case city.ISO3 == capital && capital != "" && city.Population > 50_000:
			r = 3
		case named && city.ISO3 != "USA":
			r = 2
		case named:
			r = 1
		}
		// A region of that name in the list counts as much as a small city.
		if r > rank && !(ent.Country != "" && city.ISO3 != ent.Country) {
			best, rank = k, r
		}
	}
	if best < 0 {
		return
	}
	city := cities[best]
	ent.Country = city.ISO3
	ent.Place = pipeline.Place{GeoNames: city.GeoNames, Latitude: city.Latitude, Longitude: city.Longitude}
}

// besideState is the state named right behind a mention of the place, over a
// comma ("Gaya, India"), or whose adjective stands before it ("the Bolivian town
// of Tarija"), or empty.
func (c *chains) besideState(ent *pipeline.Entity) string {
	for _, i := range ent.Mentions {
		m := &c.d.Mentions[i]
		if c.at(m, m.To) == "," && c.at(m, m.To+1) != "" {
			if n := c.name[m.To+1]; n >= 0 && c.state[c.find(n)] != "" {
				return c.state[c.find(n)]
			}
		}
		for k := m.From - 1; k >= m.From-4 && c.at(m, k) != ""; k-- {
			if n := c.name[k]; n >= 0 {
				if code := c.state[c.find(n)]; code != "" && c.d.Mentions[n].Type == pipeline.NORP {
					return code
				}
				break
			}
		}
	}
	return ""
}
