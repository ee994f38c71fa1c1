package lists

import (
	_ "embed"
	"math/bits"
	"strings"
	"sync"

	"github.com/zeebo/xxh3"
)

//go:embed source/peoples.tsv
var peoplesTSV string

//go:embed source/regions.tsv
var regionsTSV string

//go:embed data/people.tsv.zst
var peoplePacked []byte

// Kind says in which lists a phrase is. A phrase may be in several.
type Kind uint16

const (
	KindCountry      Kind = 1 << iota // a name of a state
	KindDemonym                       // adjective or people of a state
	KindPeople                        // other peoples, religions and political currents
	KindCapital                       // a seat of government
	KindLargeCity                     // a city of 300,000 people or more
	KindCity                          // a smaller city, or another spelling of one
	KindRegionGPE                     // part of a state that has a government
	KindRegionLOC                     // other places
	KindOrganisation                  // source/organisations.tsv
	KindActor                         // organisations of the CAMEO dictionaries
	KindLeader                        // full name of an office holder
	KindFirstName
	KindSurname
	KindPersonWord // a word that names persons, first or last
)

// A Gazetteer finds the longest phrase of any list in a run of words, at one
// table probe a word. It is made once by [All] and is safe for concurrent use.
//
// Phrases are chains of hashes: the hash of n words comes from that of the
// first n-1 and the n-th word, and every beginning of a phrase is in the table.
type Gazetteer struct {
	slots []phrase
	used  int
}

type phrase struct {
	check uint32 // upper half of the hash; 0 where the slot is free
	kinds Kind
	more  bool // longer phrases begin so
}

// Word is the hash of one folded word, for [Gazetteer.Longest].
func Word(folded string) uint64 { return hash(folded) }

func hash(s string) uint64 { return xxh3.HashString(s) | 1<<32 }

// chain is the hash of a phrase that is longer by one word.
func chain(phrase, word uint64) uint64 {
	return (bits.RotateLeft64(phrase, 23)^word)*0x9e3779b97f4a7c15 | 1<<32
}

// Single is the lists that hold a word by itself.
func (g *Gazetteer) Single(word uint64) Kind { return g.find(word).kinds }

// Longest finds the longest phrase of two words or more that begins words, and
// its length in words; 0 where there is none.
func (g *Gazetteer) Longest(words []uint64) (n int, kinds Kind) {
	if len(words) < 2 {
		return 0, 0
	}
	h := words[0]
	at := g.find(h)
	for i := 1; i < len(words) && at.more; i++ {
		h = chain(h, words[i])
		at = g.find(h)
		if at.kinds != 0 {
			n, kinds = i+1, at.kinds
		}
	}
	return n, kinds
}

func (g *Gazetteer) find(h uint64) phrase {
	mask := uint64(len(g.slots) - 1)
	check := uint32(h >> 32)
	for i := h & mask; ; i = (i + 1) & mask {
		if s := g.slots[i]; s.check == 0 || s.check == check {
			return s
		}
	}
}

func (g *Gazetteer) slot(h uint64) *phrase {
	if 4*g.used >= 3*len(g.slots) {
		panic("lists: gazetteer table is too small")
	}
	mask := uint64(len(g.slots) - 1)
	check := uint32(h >> 32)
	for i := h & mask; ; i = (i + 1) & mask {
		s := &g.slots[i]
		if s.check == 0 {
			s.check = check
			g.used++
			return s
		}
		if s.check == check {
			return s
		}
	}
}

// add puts a folded phrase into the table. Words are cut as tokens are: at spaces,
// and on both sides of a hyphen or a comma.
func (g *Gazetteer) add(folded string, kind Kind) {
	h := uint64(0)
	var at *phrase
	for rest := folded; rest != ""; {
		n := strings.IndexAny(rest, " -,")
		switch {
		case n < 0:
			n = len(rest)
		case n == 0 && rest[0] == ' ':
			rest = rest[1:]
			continue
		case n == 0:
			n = 1
		}
		word := hash(rest[:n])
		rest = rest[n:]
		if at == nil {
			h = word
		} else {
			at.more = true
			h = chain(h, word)
		}
		at = g.slot(h)
	}
	if at != nil {
		at.kinds |= kind
	}
}

// All is the gazetteer of every list of this package.
var All = sync.OnceValue(func() *Gazetteer {
	g := &Gazetteer{slots: make([]phrase, 1<<19)}
	for line := range strings.Lines(unpack(peoplePacked)) {
		name, kind, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		k := KindPersonWord
		if strings.Contains(kind, "f") {
			k |= KindFirstName
		}
		if strings.Contains(kind, "s") {
			k |= KindSurname
		}
		g.add(name, k)
	}
	for _, s := range States() {
		for _, n := range append([]string{s.Name}, s.Names...) {
			g.add(Fold(n), KindCountry)
		}
		for _, n := range append(s.Adjectives[:len(s.Adjectives):len(s.Adjectives)], s.People...) {
			g.add(Fold(n), KindDemonym)
		}
		for _, n := range s.Capitals {
			g.add(Fold(n), KindCapital)
		}
	}
	for f := range rows(peoplesTSV, 3) {
		for _, n := range split(f[0]) {
			g.add(Fold(n), KindPeople)
		}
	}
	for f := range rows(regionsTSV, 3) {
		kind := KindRegionLOC
		if f[1] == "GPE" {
			kind = KindRegionGPE
		}
		for _, n := range split(f[0]) {
			g.add(Fold(n), kind)
		}
	}
	var f [7]string
	for _, line := range cityLines() {
		fields(line, f[:])
		kind := KindCity
		if len(f[2]) > 6 || len(f[2]) == 6 && f[2] >= "300000" {
			kind = KindLargeCity
		}
		g.add(Fold(f[5]), kind)
		for _, n := range split(f[6]) {
			g.add(Fold(n), KindCity)
		}
	}
	curated := strings.Count(organisationsTSV, "\n")
	for i, o := range loadOrganisations().all {
		kind := KindActor
		if i < curated {
			kind = KindOrganisation
		}
		for _, n := range append([]string{o.Name}, o.Names...) {
			g.add(Fold(n), kind)
		}
	}
	for _, line := range leaderLines() {
		name, _, _ := strings.Cut(line, "\t")
		g.add(Fold(name), KindLeader)
	}
	return g
})

// A Region is a part of the world that is neither a state nor a city.
type Region struct {
	Names []string
	Type  string // GPE where it has a government, else LOC
	ISO3  string // the state it lies in, or empty
}

var loadRegions = sync.OnceValue(func() map[string]Region {
	m := map[string]Region{}
	for f := range rows(regionsTSV, 3) {
		for _, n := range split(f[0]) {
			m[Fold(n)] = Region{Names: []string{n}, Type: f[1], ISO3: f[2]}
		}
	}
	return m
})

// FindRegion finds a province, breakaway region, continent, sea or other place
// by name.
func FindRegion(name string) (Region, bool) {
	r, ok := loadRegions()[Fold(name)]
	return r, ok
}

// People finds a people, religion or political current that is no state's
// ("Kurds", "Shi'ite"): its kind is people, religion, politics or region, and
// iso3 is the state where it mostly lives, or empty.
func People(word string) (kind, iso3 string, ok bool) {
	v, ok := loadPeoples().find(word)
	kind, iso3, _ = strings.Cut(v, "\t")
	return kind, iso3, ok
}

var loadPeoples = sync.OnceValue(func() words {
	w := words{}
	for f := range rows(peoplesTSV, 3) {
		for _, n := range split(f[0]) {
			w.add(n, f[1]+"\t"+f[2])
		}
	}
	return w
})
