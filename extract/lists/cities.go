package lists

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/cities.tsv.zst
var citiesPacked []byte

// A Place is a city of GeoNames.
type Place struct {
	GeoNames   int     // GeoNames id
	Name       string  // as GeoNames writes it, with diacritics
	ISO3       string  // country, ISO 3166-1 alpha-3
	Population int     // 15,000 and more
	Latitude   float64 // degrees north
	Longitude  float64 // degrees east
}

type cities struct {
	lines []string // by falling population
	names *lookup
}

// cityLines are the rows of the table, by falling population.
var cityLines = sync.OnceValue(func() []string {
	return strings.Split(strings.TrimSuffix(unpack(citiesPacked), "\n"), "\n")
})

var loadCities = sync.OnceValue(func() *cities {
	c := &cities{lines: cityLines(), names: newLookup(90_000)}
	var f [7]string
	for i, line := range c.lines {
		fields(line, f[:])
		c.names.add(Fold(f[5]), i)
	}
	// Further spellings come after all main names, so that a large city's odd
	// spelling does not hide a small city.
	for i, line := range c.lines {
		fields(line, f[:])
		for _, n := range split(f[6]) {
			c.names.add(Fold(n), i)
		}
	}
	return c
})

// City finds the cities that a name may mean: those of that name by falling
// population, then those of which it is another spelling. Source: GeoNames,
// cities of over 15,000 people.
func City(name string) []Place {
	c := loadCities()
	var out []Place
	c.names.rows(Fold(name), func(row int) bool {
		out = append(out, c.place(row))
		return true
	})
	return out
}

func (c *cities) place(row int) Place {
	var f [7]string
	fields(c.lines[row], f[:])
	p := Place{Name: f[5]}
	// The builder of the table wrote these numbers.
	p.GeoNames, _ = strconv.Atoi(f[0])
	p.Population, _ = strconv.Atoi(f[2])
	p.Latitude, _ = strconv.ParseFloat(f[3], 64)
	p.Longitude, _ = strconv.ParseFloat(f[4], 64)
	if s, ok := ByCode(f[1]); ok {
		p.ISO3 = s.ISO3
	}
	return p
}
