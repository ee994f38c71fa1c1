package nominal

import (
	"slices"
	"testing"

	"parley/extract/internal/marked"
	"parley/pipeline"
)

func TestPhrases(t *testing.T) {
	finder, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		want []string // among the nominals, with these spans
		not  []string // and none of these
	}{
		{"The ministry said more than 100 protesters were freed.", []string{"The ministry", "more than 100 protesters"}, []string{"protesters"}},
		{"At least 400 people fled while police watched them.", []string{"At least 400 people", "police", "them"}, nil},
		{"[[Colombia|GPE]]'s main rebel group freed three [[German|NORP]] tourists.", []string{"Colombia's main rebel group", "three German tourists"}, nil},
		{"Officials in [[Seoul|GPE]] say the two sides will meet.", []string{"Officials in Seoul", "the two sides"}, nil},
		{"Soldiers in [[Mali|GPE]] arrested the leader.", []string{"Soldiers", "the leader"}, []string{"Soldiers in Mali"}},
		{"Tens of thousands of demonstrators marched.", []string{"Tens of thousands of demonstrators"}, nil},
		{"Members of a delegation met [[Syria|GPE]]'s ambassador to [[Paris|GPE]].", []string{"Members of a delegation", "Syria's ambassador to Paris"}, nil},
		{"[[French|NORP]] and [[Chinese|NORP]] companies signed it.", []string{"French and Chinese companies"}, nil},
		{"The three agreed; both countries and the opposition leader left.", []string{"The three", "both countries", "the opposition leader"}, nil},
		{"[[Kenyan|NORP]] President [[Mwai Kibaki|PERSON]] resigned, the president's aide said.", []string{"the president's aide"}, []string{"President", "Kenyan President"}},
		{"The 35-nation board of the agency voted.", []string{"the agency"}, []string{"The 35-nation"}},
		{"The weather was bad.", nil, []string{"The weather"}},
	} {
		d, err := marked.Document(c.text)
		if err != nil {
			t.Fatal(err)
		}
		named := len(d.Mentions)
		finder.Run(d)
		var got []string
		for _, m := range d.Mentions[named:] {
			if m.Type == pipeline.Nominal {
				got = append(got, d.In(m.Span))
			}
		}
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%q: no %q among %q", d.Text, w, got)
			}
		}
		for _, w := range c.not {
			if slices.Contains(got, w) {
				t.Errorf("%q: %q found among %q", d.Text, w, got)
			}
		}
	}
}

func TestSingular(t *testing.T) {
	for _, c := range [][2]string{
		{"ministers", "minister"}, {"parties", "party"}, {"countrymen", "countryman"}, {"children", "child"},
		{"witnesses", "witness"}, {"police", "police"}, {"boss", "boss"}, {"churches", "church"}, {"schoolchildren", "schoolchild"},
	} {
		if got := Singular(c[0]); got != c[1] {
			t.Errorf("Singular(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestReadLexiconNamesTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"a\tperson\tGOV\nb\tperson": `nouns.tsv:2: want lemma, kinds and code, got "b\tperson"`,
		"a\tghost\tGOV":             `nouns.tsv:1: unknown kind "ghost"`,
	} {
		if _, err := readLexicon(text); err == nil || err.Error() != want {
			t.Errorf("%q: got error %v, want %s", text, err, want)
		}
	}
}
