package main

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"parley/pipeline"
)

// twoLines is a data set of two lines, "1" and "2".
type twoLines struct{}

var someLines = []textLine{
	{"1", "Norway and Chad held talks in Oslo, and Norway paid."},
	{"2", "Chad thanked Norway."},
}

func (twoLines) between(first, last string) ([]textLine, error) {
	from := slices.IndexFunc(someLines, func(l textLine) bool { return l.id == first })
	to := slices.IndexFunc(someLines, func(l textLine) bool { return l.id == last })
	if from < 0 || to < from {
		return nil, errors.New("no such lines")
	}
	return someLines[from : to+1], nil
}

func TestParseLabels(t *testing.T) {
	ps, err := parseLabels("x.events", `
@ 1 2
1 CONSULT talks | Actor=Norway#1 | Actor=Chad | Place=Oslo | Status=Future | Context=diplomatic
1 AID paid | Actor=Norway#2
2 SUPPORT thanked | Actor=Chad | Recipient=Norway
`, twoLines{})
	if err != nil {
		t.Fatal(err)
	}
	p := ps[0]
	if len(ps) != 1 || len(p.events) != 3 {
		t.Fatalf("%d passages, %d events", len(ps), len(p.events))
	}
	quote := func(s pipeline.Span) string { return p.text[s.Start:s.End] }
	if e := p.events[1]; quote(e.fillers[0].span) != "Norway" || e.fillers[0].span.Start != strings.LastIndex(someLines[0].text, "Norway") {
		t.Errorf("the second Norway is %v", e.fillers[0].span)
	}
	if e := p.events[2]; quote(e.relation.Trigger) != "thanked" || quote(e.fillers[0].span) != "Chad" || e.fillers[0].span.Start < len(someLines[0].text) {
		t.Errorf("the event of line 2 is %q of %q", quote(e.relation.Trigger), quote(e.fillers[0].span))
	}
	if e := p.events[0]; e.relation.Status != pipeline.Future || len(e.fillers) != 3 || e.fillers[2].role != pipeline.At {
		t.Errorf("the talks are %+v", e)
	}
}

func TestLabelFaults(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"@ 2 1", "no such lines"},
		{"2 CONSULT talks", "lies in no article"},
		{"1 MEET talks", "no event type"},
		{"1 CONSULT chat", "not in the line 1 times"},
		{"1 CONSULT talks#2", "not in the line 2 times"},
		{"1 CONSULT talks | Actor=", "nothing is quoted"},
		{"1 CONSULT talks | Mode=troops", "no mode of CONSULT"},
		{"1 CONSULT talks | Context=sport", "no context"},
		{"1 CONSULT talks | Status=Maybe", "no status"},
		{"1 CONSULT talks | Who=Chad", "unknown field"},
	} {
		_, err := parseLabels("x.events", "@ 1 1\n"+c.line+"\n", twoLines{})
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "x.events:2: ") {
			t.Errorf("%s: %v, want x.events:2: … %s", c.line, err, c.want)
		}
	}
}

func FuzzParseLabels(f *testing.F) {
	f.Add("@ 1 2\n1 CONSULT talks | Actor=Norway#2 | Mode=phone\n2 SUPPORT thanked | Topic=Chad#9")
	f.Fuzz(func(t *testing.T, body string) {
		ps, err := parseLabels("x.events", body, twoLines{})
		if err != nil {
			return
		}
		for _, p := range ps {
			for _, e := range p.events {
				for _, s := range append([]labelledFiller{{span: e.relation.Trigger}}, e.fillers...) {
					if s.span.Start < 0 || s.span.Start >= s.span.End || s.span.End > len(p.text) {
						t.Fatalf("span %v", s.span)
					}
				}
			}
		}
	})
}

// TestMeant: a quote stands for what the stages below found there.
func TestMeant(t *testing.T) {
	d := &pipeline.Document{Text: "gunmen on motorcycles met Mullah Omar"}
	d.Mentions = []pipeline.Mention{
		{Span: pipeline.Span{Start: 0, End: 6}, Type: pipeline.Nominal},
		{Span: pipeline.Span{Start: 33, End: 37}, Type: pipeline.Person},
	}
	for quote, want := range map[string]int{"gunmen": 0, "gunmen on motorcycles": 0, "Omar": 1, "Mullah Omar": 1, "motorcycles": -1} {
		at := strings.Index(d.Text, quote)
		if got := meant(d, pipeline.Span{Start: at, End: at + len(quote)}); got != want {
			t.Errorf("%q is mention %d, want %d", quote, got, want)
		}
	}
}
