package label

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/pipeline"
)

// The article begins with an emoji and a combining accent, so that bytes, code
// points and UTF-16 units all differ before the first label.
const sampleText = "🗳️ Lomé́: Togo's foreign minister, Robert Dussey, met Ghanaian officials on Monday.\nThe two sides discussed fishing.\n"

// annotate writes a T line for the nth occurrence of quoted in sampleText.
func annotate(id, typ, quoted string, nth int) string {
	at := 0
	for range nth {
		at += strings.Index(sampleText[at:], quoted) + len(quoted)
	}
	at -= len(quoted)
	start := len([]rune(sampleText[:at]))
	return id + "\t" + typ + " " + strconv.Itoa(start) + " " + strconv.Itoa(start+len([]rune(quoted))) + "\t" + quoted + "\n"
}

func sampleAnn() string {
	return annotate("T1", "GPE", "Togo", 1) + annotate("T2", "PERSON", "Robert Dussey", 1) +
		annotate("T3", "TITLE", "foreign minister", 1) + annotate("T4", "NORP", "Ghanaian", 1) +
		annotate("T5", "NOM", "Ghanaian officials", 1) + annotate("T6", "DATE", "Monday", 1) +
		annotate("T7", "NOM", "The two sides", 1) + annotate("T8", "CONSULT", "met", 1) +
		annotate("T9", "CONSULT", "discussed", 1) + annotate("T10", "TOPIC", "fishing", 1) +
		"*\tEquiv T4 T5\nN1\tReference T1 ISO3166:TGO\tTogo\n" +
		"R1\tGroup Arg1:T7 Arg2:T2\nR2\tGroup Arg1:T7 Arg2:T5\n" +
		"E1\tCONSULT:T8 Actor:T2 Actor2:T5 Date:T6\nE2\tCONSULT:T9 Actor:T7 Topic:T10\nE3\tHOLDS:T3 Person:T2 Of:T1\n" +
		"A1\tContext E1 diplomatic\nA2\tStatus E2 Future\n#1\tAnnotatorNotes E2\tno day is given\n"
}

func TestParseBratFaults(t *testing.T) {
	for _, c := range []struct{ name, ann, want string }{
		{"slipped", "T1\tGPE 0 4\tTogo\n", `a.ann:1: T1: "Togo" is not the text at 0 to 4, which is "🗳️ L"`},
		{"beyond", "T1\tGPE 900 904\tTogo\n", "a.ann:1: T1 covers 900 to 904 of a text of 117 code points"},
		{"backwards", "T1\tGPE 9 4\tTogo\n", "a.ann:1: T1 covers 9 to 4"},
		{"no number", "T1\tGPE 9 x\tTogo\n", "a.ann:1: want a type and two offsets"},
		{"in pieces", "T1\tGPE 0 1;2 3\tTogo\n", "a.ann:1: T1 is in several pieces"},
		{"twice", annotate("T1", "GPE", "Togo", 1) + annotate("T1", "GPE", "Togo", 1), "a.ann:2: T1 is given already in line 1"},
		{"unknown id", annotate("T1", "GPE", "Togo", 1) + "\nE1\tAID:T1 Actor:T4\n", "a.ann:3: no line gives T4"},
		{"wrong kind", annotate("T1", "GPE", "Togo", 1) + "E1\tAID:T1 Actor:E1\n", "a.ann:2: E1 is not of the kind"},
		{"no notation", "Togo is a country\n", "a.ann:1: not a line of brat standoff"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseBrat("a.ann", sampleText, c.ann)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestBratRoundTrip(t *testing.T) {
	s, err := ParseBrat("a.ann", sampleText, sampleAnn())
	if err != nil {
		t.Fatal(err)
	}
	if faults := s.Validate(); len(faults) > 0 {
		t.Error(faults)
	}
	var b bytes.Buffer
	if err := s.WriteBrat(&b); err != nil {
		t.Fatal(err)
	}
	again, err := ParseBrat("a.ann", sampleText, b.String())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, again); diff != "" {
		t.Error(diff)
	}
}

func TestDocument(t *testing.T) {
	s, err := ParseBrat("a.ann", sampleText, sampleAnn())
	if err != nil {
		t.Fatal(err)
	}
	d := s.Document()
	var mentions []string
	for _, m := range d.Mentions {
		mentions = append(mentions, string(m.Type)+" "+d.In(m.Span))
	}
	want := []string{"GPE Togo", "PERSON Robert Dussey", "NORP Ghanaian", "DATE Monday", "TITLE foreign minister", "NOM Ghanaian officials", "NOM The two sides"}
	if diff := cmp.Diff(want, mentions); diff != "" {
		t.Error(diff)
	}
	if e := d.Entities[0]; e.Name != "Togo" || e.Country != "TGO" {
		t.Errorf("first entity is %+v", e)
	}
	if both := d.Entities[len(d.Entities)-1]; len(both.Members) != 2 {
		t.Errorf("the two sides have the members %v", both.Members)
	}
	if r := d.Relations[1]; r.Type != "CONSULT" || d.In(r.Trigger) != "met" || len(r.Fillers(pipeline.Actor)) != 2 || r.Context[0] != "diplomatic" {
		t.Errorf("second relation is %+v", r)
	}
	if r := d.Relations[2]; r.Status != pipeline.Future || d.In(r.Fillers("Topic")[0].Span) != "fishing" {
		t.Errorf("third relation is %+v", r)
	}
}

func TestAlign(t *testing.T) {
	s, err := ParseBrat("a.ann", sampleText, sampleAnn())
	if err != nil {
		t.Fatal(err)
	}
	d := s.Document()
	from := 0
	for _, word := range strings.Fields(sampleText) {
		start := from + strings.Index(sampleText[from:], word)
		from = start + len(word)
		d.Tokens = append(d.Tokens, pipeline.Token{Span: pipeline.Span{Start: start, End: from}})
	}
	line := strings.IndexByte(sampleText, '\n')
	d.Sentences = []pipeline.Sentence{{Span: pipeline.Span{Start: 0, End: line}}, {Span: pipeline.Span{Start: line + 1, End: len(sampleText) - 1}}}
	Align(d)
	for _, m := range d.Mentions {
		var words []string
		for _, tok := range d.Tokens[m.From:m.To] {
			words = append(words, d.In(tok.Span))
		}
		if got := strings.Join(words, " "); !strings.Contains(got, d.In(m.Span)) || len(words) != len(strings.Fields(d.In(m.Span))) {
			t.Errorf("%q is aligned to the tokens %q", d.In(m.Span), got)
		}
		want := 0
		if d.In(m.Span) == "The two sides" {
			want = 1
		}
		if m.Sentence != want {
			t.Errorf("%q is in sentence %d", d.In(m.Span), m.Sentence)
		}
	}
}

func FuzzParseBrat(f *testing.F) {
	f.Add(sampleAnn())
	f.Add("T1\tGPE 0 1;2 3\tx\nE1\tAID:T1 :T1\n*\tEquiv T1 E1")
	f.Fuzz(func(t *testing.T, ann string) {
		s, err := ParseBrat("a.ann", sampleText, ann)
		if err != nil {
			return
		}
		s.Validate()
		s.Document()
	})
}
