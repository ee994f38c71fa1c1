package names

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"parley/extract/token"
	"parley/pipeline"
)

// stages are what a document goes through before and with names.
func stages(t testing.TB) []pipeline.Stage {
	t.Helper()
	tokens, err := token.New()
	if err != nil {
		t.Fatal(err)
	}
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	list := []pipeline.Stage{tokens.Stage(), x.Stage()}
	return list
}

func run(t testing.TB, list []pipeline.Stage, text string) *pipeline.Document {
	t.Helper()
	d := &pipeline.Document{Text: text, Blocks: []pipeline.Block{{Span: pipeline.Span{End: len(text)}, Kind: pipeline.Body}}}
	for _, s := range list {
		if err := s.Run(d); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// The text is ours; what is expected is the guidelines' reading of it.
func TestFind(t *testing.T) {
	list := stages(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"The foreign ministers of Japan and South Korea met in Geneva on Thursday.",
			[]string{"GPE Japan", "GPE South Korea", "GPE Geneva", "DATE Thursday"}},
		{"Iranian President Mahmoud Ahmadinejad said last week that the International Atomic Energy Agency was wrong.\nMr. Ahmadinejad spoke in Tehran.",
			[]string{"NORP Iranian", "PERSON Mahmoud Ahmadinejad", "DATE last week", "ORG International Atomic Energy Agency", "PERSON Ahmadinejad", "GPE Tehran"}},
		{"The company paid $25 million to the European Union in March 2006.",
			[]string{"MONEY $25 million", "ORG European Union", "DATE March 2006"}},
		{"U.S.-led forces fought Taliban rebels in Afghanistan late Monday.",
			[]string{"GPE U.S.", "ORG Taliban", "GPE Afghanistan", "DATE late Monday"}},
		{"They waited for rain.", nil},
		{"", nil},
	} {
		d := run(t, list, c.text)
		var got []string
		for _, m := range d.Mentions {
			got = append(got, string(m.Type)+" "+d.In(m.Span))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestMentionsPointIntoTheDocument(t *testing.T) {
	d := run(t, stages(t), "Britain and France warned Serbia on Friday.\nThe United Nations agreed.")
	if len(d.Mentions) < 4 {
		t.Fatalf("only %d mentions", len(d.Mentions))
	}
	check(t, d)
}

// check fails where a mention does not fit its tokens and sentence.
func check(t testing.TB, d *pipeline.Document) {
	t.Helper()
	end := 0
	for _, m := range d.Mentions {
		s := d.Sentences[m.Sentence]
		switch {
		case m.Start < end || m.End <= m.Start || m.End > len(d.Text):
			t.Fatalf("mention %+v overlaps the one before, which ends at %d, or leaves the text", m, end)
		case m.From < s.From || m.To > s.To || m.From >= m.To:
			t.Fatalf("mention %+v is not in its sentence %+v", m, s)
		case d.Tokens[m.From].Start != m.Start || d.Tokens[m.To-1].End != m.End:
			t.Fatalf("mention %+v does not begin and end with its tokens", m)
		case m.Head < m.From || m.Head >= m.To || m.Entity != -1 || m.Rule == "":
			t.Fatalf("mention %+v has no head, an entity, or no rule", m)
		}
		end = m.End
	}
}

// Labels of one document do not depend on the documents before it.
func TestNothingIsRemembered(t *testing.T) {
	list := stages(t)
	text := "Jordan met the envoy in Amman."
	want := run(t, list, text).Mentions
	run(t, list, "Michael Jordan and Vernon Jordan spoke. Jordan smiled. Mr. Jordan left.")
	if got := run(t, list, text).Mentions; !slices.Equal(got, want) {
		t.Errorf("got %v, before %v", got, want)
	}
}

func TestModelRoundTrip(t *testing.T) {
	m, err := ReadModel(embedded)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), embedded) {
		t.Errorf("written again, the model has %d bytes and not the same %d", b.Len(), len(embedded))
	}
	for _, broken := range [][]byte{nil, embedded[:100], embedded[:len(embedded)-9]} {
		if _, err := ReadModel(broken); err == nil {
			t.Errorf("%d bytes of a model were read as a whole one", len(broken))
		}
	}
}

func TestFollows(t *testing.T) {
	person, org := 0, 1
	for _, c := range []struct {
		a, b Label
		want bool
	}{
		{Outside, Outside, true},
		{Outside, LabelOf(person, Begin), true},
		{Outside, LabelOf(person, Inside), false},
		{LabelOf(person, Begin), LabelOf(person, Last), true},
		{LabelOf(person, Begin), LabelOf(org, Last), false},
		{LabelOf(person, Begin), Outside, false},
		{LabelOf(person, Only), LabelOf(org, Only), true},
		{LabelOf(person, Last), LabelOf(person, Inside), false},
	} {
		if got := c.a.Follows(c.b); got != c.want {
			t.Errorf("label %d follows %d: %v", c.b, c.a, got)
		}
	}
}

func TestShape(t *testing.T) {
	for _, c := range [][2]string{{"Min", "Xxx"}, {"McDonald", "XxXxx"}, {"1990s", "00x"}, {"U.S.", "X.X."}, {"–", "."}} {
		if got := shape(c[0]); got != c[1] {
			t.Errorf("shape(%q) = %q; want %q", c[0], got, c[1])
		}
	}
}

func FuzzFind(f *testing.F) {
	list := stages(f)
	f.Add("President Park met Mr. Abe in Seoul on Jan. 29, 2015.")
	f.Add("\xff\x00ȺȺȺ's ’’ U.S.-led $5")
	f.Fuzz(func(t *testing.T, text string) {
		check(t, run(t, list, strings.ToValidUTF8(text, "�")))
	})
}
