package nominal

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/extract/internal/marked"
	"parley/pipeline"
)

// said is an office as a test writes it.
type said struct {
	Title, Holder, Of string
	Former            bool
}

func TestOffices(t *testing.T) {
	finder, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		want       []said
	}{
		{"before the name", "[[Norwegian|NORP]] Foreign Minister [[Jonas Store|PERSON]] flew home.", []said{{"Foreign Minister", "Jonas Store", "Norwegian", false}}},
		{"owner with an apostrophe", "[[Ghana|GPE]]'s President [[John Mahama|PERSON]] spoke.", []said{{"President", "John Mahama", "Ghana", false}}},
		{"apposition before", "[[Japan|GPE]]'s foreign minister, [[Taro Kono|PERSON]], arrives Sunday.", []said{{"foreign minister", "Taro Kono", "Japan", false}}},
		{"apposition behind", "[[John Kerry|PERSON]], the secretary of state, called for talks.", []said{{"secretary of state", "John Kerry", "", false}}},
		{"behind, with its body", "[[Ana Ruiz|PERSON]], a spokeswoman for the [[World Bank|ORG]], denied it.", []said{{"spokeswoman", "Ana Ruiz", "World Bank", false}}},
		{"body before the title", "[[Pentagon|ORG]] spokesman [[John Kirby|PERSON]] said so.", []said{{"spokesman", "John Kirby", "Pentagon", false}}},
		{"complement before the name", "[[U.S.|GPE]] Ambassador to [[Chile|GPE]] [[Carol Perez|PERSON]] apologized.", []said{{"Ambassador to Chile", "Carol Perez", "U.S.", false}}},
		{"head of an organisation", "The secretary general of [[OPEC|ORG]], [[Abdalla El-Badri|PERSON]], disagreed.", []said{{"secretary general", "Abdalla El-Badri", "OPEC", false}}},
		{"former", "Former [[Thai|NORP]] prime minister [[Thaksin Shinawatra|PERSON]] returned.", []said{{"prime minister", "Thaksin Shinawatra", "Thai", true}}},
		{"honorific between", "[[Iran|GPE]]'s supreme leader, Ayatollah [[Ali Khamenei|PERSON]], agreed.", []said{{"supreme leader", "Ali Khamenei", "Iran", false}}},
		{"rank alone", "General [[David Petraeus|PERSON]] testified.", []said{{"General", "David Petraeus", "", false}}},
		{"general that is no rank", "[[U.N.|ORG]] Secretary-General [[Kofi Annan|PERSON]] left. Attorney General [[Eric Holder|PERSON]] stayed.", []said{
			{"Secretary-General", "Kofi Annan", "U.N.", false}, {"Attorney General", "Eric Holder", "", false}}},
		{"rank of two words", "[[Pentagon|ORG]] press secretary Rear Adm. [[John Kirby|PERSON]] said so.", []said{{"press secretary", "John Kirby", "Pentagon", false}}},
		{"shared owner", "[[Turkish|NORP]] President [[Abdullah Gul|PERSON]] and Prime Minister [[Recep Erdogan|PERSON]] met.", []said{
			{"President", "Abdullah Gul", "Turkish", false}, {"Prime Minister", "Recep Erdogan", "Turkish", false}}},
		{"plural title", "Presidents [[Vicente Fox|PERSON]] and [[George Bush|PERSON]] met.", []said{
			{"Presidents", "Vicente Fox", "", false}, {"Presidents", "George Bush", "", false}}},
		{"appointed", "[[Julia Gillard|PERSON]] was elected prime minister on Thursday.", []said{{"prime minister", "Julia Gillard", "", false}}},
		{"two modifiers", "[[France|GPE]]'s interior and overseas minister [[Marie Petit|PERSON]] resigned.", []said{{"interior and overseas minister", "Marie Petit", "France", false}}},
		{"no office", "[[Mary Robinson|PERSON]] and [[Kenya|GPE]] agreed on the road.", nil},
		{"mister is no office", "Mr. [[Putin|PERSON]] left.", nil},
		{"office of another clause", "Speaking to the foreign minister, [[Angela Merkel|PERSON]] said no.", nil},
		{"politics own no office", "Pro-[[Beijing|GPE]] councillor [[Ann Chiang|PERSON]] won.", []said{{"councillor", "Ann Chiang", "", false}}},
	} {
		d, err := marked.Document(c.text)
		if err != nil {
			t.Fatal(err)
		}
		var got []said
		for _, o := range finder.Offices(d) {
			s := said{Title: d.In(pipeline.Span{Start: d.Tokens[o.From].Start, End: d.Tokens[o.To-1].End}), Holder: d.In(d.Mentions[o.Holder].Span), Former: o.Former}
			if o.Of >= 0 {
				s.Of = d.In(d.Mentions[o.Of].Span)
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %q\n%s", c.name, d.Text, diff)
		}
	}
}
