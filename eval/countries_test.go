package eval

import (
	"testing"

	"parley/eval/label"
)

// TestCountries: a country is right by its code, a missed one lowers recall, a
// city taken for one precision.
func TestCountries(t *testing.T) {
	const text = "Seoul and Tokyo met in Seoul.\n"
	labels := func(references string) *label.Set {
		s, err := label.ParseBrat("x.ann", text, "T1\tGPE 0 5\tSeoul\nT2\tGPE 10 15\tTokyo\nT3\tGPE 23 28\tSeoul\n"+references)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	gold := labels("N1\tReference T1 ISO3166:KOR\tSouth Korea\nN2\tReference T2 ISO3166:JPN\tJapan\n")
	for _, c := range []struct {
		found string
		want  Count
	}{
		{"N1\tReference T1 ISO3166:KOR\tSouth Korea\nN2\tReference T2 ISO3166:JPN\tJapan\n", Count{2, 2, 2}},
		{"N1\tReference T1 ISO3166:PRK\tNorth Korea\n", Count{0, 1, 2}},
		{"N1\tReference T1 ISO3166:KOR\tSouth Korea\nN2\tReference T3 ISO3166:KOR\tSouth Korea\n", Count{1, 2, 2}},
		{"", Count{0, 0, 2}},
	} {
		s, _ := ScoreArticle(gold, labels(c.found))
		if s["country"] != c.want {
			t.Errorf("with %q countries count %v, want %v", c.found, s["country"], c.want)
		}
	}
}

// TestCompareCoreference: only names that both sides mark count.
func TestCompareCoreference(t *testing.T) {
	const text = "Kim met Lee. Kim left. Lee stayed.\n"
	read := func(ann string) []*label.Set {
		s, err := label.ParseBrat("x.ann", text, ann)
		if err != nil {
			t.Fatal(err)
		}
		return []*label.Set{s}
	}
	gold := read("T1\tPERSON 0 3\tKim\nT2\tPERSON 8 11\tLee\nT3\tPERSON 13 16\tKim\nT4\tPERSON 23 26\tLee\n*\tEquiv T1 T3\n*\tEquiv T2 T4\n")
	found := read("T1\tPERSON 0 3\tKim\nT2\tPERSON 8 11\tLee\nT3\tPERSON 13 16\tKim\n*\tEquiv T1 T3\n*\tEquiv T1 T2\n")
	c := CompareCoreference(gold, found)
	if want := (Count{3, 3, 4}); c.Names != want {
		t.Errorf("names count %v, want %v", c.Names, want)
	}
	if want := (Count{1, 3, 1}); c.Links != want {
		t.Errorf("links count %v, want %v", c.Links, want)
	}
}
