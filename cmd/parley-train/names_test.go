package main

import (
	"testing"

	"parley/extract/token"
	"parley/pipeline"
)

func TestReplacedMovesMentions(t *testing.T) {
	d := &pipeline.Document{Text: "The U.S. envoy met Mr. Sato.", Mentions: []pipeline.Mention{
		{Span: pipeline.Span{Start: 4, End: 8}}, {Span: pipeline.Span{Start: 23, End: 27}}}}
	got := replaced(d, "U.S.", "US", "Mr. ", "")
	if got.Text != "The US envoy met Sato." || got.In(got.Mentions[0].Span) != "US" || got.In(got.Mentions[1].Span) != "Sato" {
		t.Errorf("%q, mentions %q and %q", got.Text, got.In(got.Mentions[0].Span), got.In(got.Mentions[1].Span))
	}
}

func TestHeadline(t *testing.T) {
	if got, want := headline("Envoys of the union meet in Oslo"), "Envoys of the Union Meet in Oslo"; got != want {
		t.Errorf("%q; want %q", got, want)
	}
}

func TestExamplesKeepTheirMentions(t *testing.T) {
	tokenizer, err := token.New()
	if err != nil {
		t.Fatal(err)
	}
	s := &nameSets{tokens: tokenizer.Stage()}
	d := &pipeline.Document{Text: "Prime Minister Jane Doe flew to Lima.", Mentions: []pipeline.Mention{
		{Span: pipeline.Span{Start: 15, End: 23}, Type: pipeline.Person}, {Span: pipeline.Span{Start: 32, End: 36}, Type: pipeline.GPE}}}
	s.add(d, 1, 0)
	got := goldMentions(s.examples[0])
	if len(got) != 2 || got[0].Span != d.Mentions[0].Span || got[1].Type != pipeline.GPE {
		t.Errorf("mentions %+v", got)
	}
	s.addForeign(foreign{words: []string{"the", "Red", "Cross", "met", "in", "1950"}, kinds: []string{"ORG", "ORG", "ORG", "", "", ""},
		first: []bool{true, false, false, false, false, false}, ends: []int{6}}, wikigoldTypes)
	if a := s.examples[1].allowed; a[0] != unmarked || a[1]&(a[1]-1) != 0 || a[5] != unmarked {
		t.Errorf("labels of a foreign text: %b", a)
	}
}
