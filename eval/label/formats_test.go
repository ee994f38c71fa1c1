package label

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// canonical says what labels mean, whatever their ids and order.
func canonical(s *Set) []string {
	show := func(id string) string {
		t, _ := s.span(id)
		return fmt.Sprintf("%s[%d %d]", t.Type, t.Start, t.End)
	}
	var out []string
	for _, t := range s.Spans {
		out = append(out, show(t.ID))
	}
	for _, e := range s.Equivs {
		var ids []string
		for _, id := range e {
			ids = append(ids, show(id))
		}
		slices.Sort(ids)
		out = append(out, "equiv "+strings.Join(ids, " "))
	}
	for _, g := range s.Groups {
		out = append(out, "group "+show(g.Whole)+show(g.Member))
	}
	for _, r := range s.References {
		out = append(out, "country "+show(r.Target)+r.Country)
	}
	for _, e := range s.Events {
		line := e.Type + show(e.Trigger)
		for _, f := range e.Roles {
			line += " " + f.Role + show(f.Target)
		}
		var attributes []string
		for _, a := range s.Attributes {
			if a.Target == e.ID {
				attributes = append(attributes, a.Name+"="+a.Value)
			}
		}
		slices.Sort(attributes)
		out = append(out, line+" "+strings.Join(attributes, " "))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// notations are the formats that labels can be written to and read from.
var notations = []struct {
	name  string
	write func(*bytes.Buffer, *Set) error
	read  func(*bytes.Buffer) ([]*Set, error)
}{
	{"doccano", func(b *bytes.Buffer, s *Set) error { return s.WriteDoccano(b) },
		func(b *bytes.Buffer) ([]*Set, error) { return ReadLines("x.jsonl", b) }},
	{"prodigy", func(b *bytes.Buffer, s *Set) error { return s.WriteProdigy(b) },
		func(b *bytes.Buffer) ([]*Set, error) { return ReadLines("x.jsonl", b) }},
	{"labelstudio", func(b *bytes.Buffer, s *Set) error { return WriteLabelStudio(b, []*Set{s}) },
		func(b *bytes.Buffer) ([]*Set, error) { return ReadLabelStudio("x.json", b) }},
}

func TestRoundTrips(t *testing.T) {
	first, err := ParseBrat("a.ann", sampleText, sampleAnn())
	if err != nil {
		t.Fatal(err)
	}
	sets := []*Set{first}
	own, err := filepath.Glob("../labels/*.ann")
	if err != nil || len(own) == 0 {
		t.Fatal("no labels of our own", err)
	}
	for _, path := range own {
		s, err := ReadBrat(path)
		if err != nil {
			t.Fatal(err)
		}
		sets = append(sets, s)
	}
	for _, n := range notations {
		t.Run(n.name, func(t *testing.T) {
			for _, s := range sets {
				var b bytes.Buffer
				if err := n.write(&b, s); err != nil {
					t.Fatal(err)
				}
				again, err := n.read(&b)
				if err != nil {
					t.Fatal(err)
				}
				if len(again) != 1 || again[0].Text != s.Text || again[0].Name != s.Name {
					t.Fatalf("%s comes back as %d articles", s.Name, len(again))
				}
				if diff := cmp.Diff(canonical(s), canonical(again[0])); diff != "" {
					t.Errorf("%s: %s", s.Name, diff)
				}
			}
		})
	}
}

func TestOffsetUnits(t *testing.T) {
	// 🗳️ is two code points and three UTF-16 units, so Togo is at 4 or 5.
	const text = "🗳️, Togo votes"
	for _, c := range []struct{ name, file, want string }{
		{"doccano, code points", `{"text":"` + text + `","label":[[4,8,"GPE"]]}`, "[GPE[4 8]]"},
		{"doccano, UTF-16", `{"text":"` + text + `","label":[[5,9,"GPE"]]}`, "[GPE[4 8]]"},
		{"spaCy, UTF-16", `{"text":"` + text + `","spans":[{"start":5,"end":9,"label":"GPE"}]}`, "[GPE[4 8]]"},
		{"quoted text decides", `{"text":"` + text + `","spans":[{"start":5,"end":8,"label":"GPE","text":"ogo"}]}`, "[GPE[5 8]]"},
		{"neither", `{"text":"` + text + `","spans":[{"start":7,"end":10,"label":"GPE","text":"Togo"}]}`, `x.jsonl:1: GPE: "Togo" is not the text at 7 to 10, which is "o v"`},
		{"outside", `{"text":"` + text + `","labels":[[5,90,"GPE"]]}`, "which is outside the text or empty"},
		{"rejected", `{"text":"` + text + `","spans":[],"answer":"reject"}`, "no article"},
		{"another tool", `{"text":"` + text + `"}`, "x.jsonl:1: neither spans"},
		{"no JSON", `{"text"`, "x.jsonl:1: "},
		{"arrow to nothing", `{"text":"Togo","entities":[{"id":1,"start_offset":0,"end_offset":4,"label":"GPE"}],"relations":[{"from_id":1,"to_id":7,"type":"Equiv"}]}`, "an arrow Equiv from 1 to 7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sets, err := ReadLines("x.jsonl", strings.NewReader(c.file))
			got := "no article"
			if err != nil {
				got = err.Error()
			} else if len(sets) > 0 {
				got = fmt.Sprint(canonical(sets[0]))
			}
			if !strings.Contains(got, c.want) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestReadLabelStudioFaults(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{`{}`, "not a list of Label Studio tasks"},
		{`[{"data":{"text":"Togo"},"annotations":[{"result":[{"id":"a","type":"labels","value":{"start":0,"end":4,"text":"Mali","labels":["GPE"]}}]}]}]`, `task 1: GPE: "Mali" is not the text at 0 to 4, which is "Togo"`},
		{`[{"data":{"text":"Togo"},"annotations":[{"result":[{"id":"a","type":"labels"}]}]}]`, "task 1: result 1 has no value"},
	} {
		if _, err := ReadLabelStudio("x.json", strings.NewReader(c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

// TestCoNLLRoundTrip: the names of an article come back with their words and
// types. Offsets do not, since the columns keep no white space.
func TestCoNLLRoundTrip(t *testing.T) {
	first, err := ParseBrat("a.ann", sampleText, sampleAnn())
	if err != nil {
		t.Fatal(err)
	}
	sets := []*Set{first}
	own, err := filepath.Glob("../labels/*.ann")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range own {
		s, err := ReadBrat(path)
		if err != nil {
			t.Fatal(err)
		}
		sets = append(sets, s)
	}
	words := func(s *Set) []string {
		var out []string
		text := []rune(s.Text)
		for _, x := range s.Coarse().Spans {
			if conllNames[x.Type] != "" {
				out = append(out, conllNames[x.Type]+" "+strings.Join(strings.Fields(string(text[x.Start:x.End])), " "))
			}
		}
		slices.Sort(out)
		return out
	}
	for _, s := range sets {
		var b bytes.Buffer
		if err := s.WriteCoNLL(&b); err != nil {
			t.Fatal(err)
		}
		written := b.String()
		again, err := ReadCoNLL("x.conll", &b)
		if err != nil || len(again) != 1 {
			t.Fatalf("%s: %d articles, %v", s.Name, len(again), err)
		}
		if diff := cmp.Diff(words(s), words(again[0])); diff != "" {
			t.Errorf("%s: %s", s.Name, diff)
		}
		var twice bytes.Buffer
		if err := again[0].WriteCoNLL(&twice); err != nil || twice.String() != written {
			t.Errorf("%s: written again it differs (%v)", s.Name, err)
		}
	}
}

func TestReadCoNLL(t *testing.T) {
	const file = "-DOCSTART- -X- O O\n\nTogo NNP I-NP I-LOC\nmet VBD I-VP O\nJane NNP I-NP B-PER\nDoe NNP I-NP I-PER\nRoe NNP I-NP B-PER\n\nÉire NNP I-NP I-LOC\n-DOCSTART- -X- O O\n\nUN NNP I-NP I-ORG\n"
	sets, err := ReadCoNLL("x.conll", strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if len(sets) != 2 || sets[0].Text != "Togo met Jane Doe Roe\nÉire\n" || sets[1].Name != "x-000001" {
		t.Fatalf("read %+v", sets)
	}
	want := []string{"LOC[0 4]", "LOC[22 26]", "PERSON[18 21]", "PERSON[9 17]"}
	if diff := cmp.Diff(want, canonical(sets[0])); diff != "" {
		t.Error(diff)
	}
	if _, err := ReadCoNLL("x.conll", strings.NewReader("Togo I-XYZ\n")); err == nil || !strings.Contains(err.Error(), `x.conll:1: the tag "I-XYZ"`) {
		t.Errorf("an unknown tag gives %v", err)
	}
}

func FuzzReadLines(f *testing.F) {
	f.Add(`{"text":"Togo","spans":[{"start":0,"end":4,"label":"GPE"}]}`)
	f.Add(`{"text":"é","entities":[{"id":1,"start_offset":0,"end_offset":1,"label":"AID"}],"relations":[{"from_id":1,"to_id":1,"type":"Actor"}]}`)
	f.Fuzz(func(t *testing.T, line string) {
		sets, err := ReadLines("x.jsonl", strings.NewReader(line))
		if err != nil {
			return
		}
		for _, s := range sets {
			s.Validate()
			s.Document()
		}
	})
}

func FuzzReadLabelStudio(f *testing.F) {
	f.Add(`[{"data":{"text":"Togo"},"annotations":[{"result":[{"id":"a","type":"labels","value":{"start":0,"end":4,"text":"Togo","labels":["GPE"]}}]}]}]`)
	f.Fuzz(func(t *testing.T, file string) {
		sets, err := ReadLabelStudio("x.json", strings.NewReader(file))
		if err != nil {
			return
		}
		for _, s := range sets {
			s.Document()
		}
	})
}

func FuzzReadCoNLL(f *testing.F) {
	f.Add("Togo I-LOC\n\nUN B-ORG\n")
	f.Fuzz(func(t *testing.T, file string) {
		sets, err := ReadCoNLL("x.conll", strings.NewReader(file))
		if err != nil {
			return
		}
		for _, s := range sets {
			s.Document()
		}
	})
}
