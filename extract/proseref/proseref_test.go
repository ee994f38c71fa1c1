package proseref

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/extract/tag"
	"parley/extract/token"
	"parley/pipeline"
)

// loaded is prose, which takes long to load, once for all tests.
var loaded = sync.OnceValues(New)

func TestReference(t *testing.T) {
	tokens, err := token.New()
	if err != nil {
		t.Fatal(err)
	}
	own, err := tag.New()
	if err != nil {
		t.Fatal(err)
	}
	r, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	text := "The minister’s house met John Smith in London. They said “no” to him. " + strings.Repeat(".", 1000) + " ȺȺȺ's"
	d := &pipeline.Document{Text: text, Blocks: []pipeline.Block{{Span: pipeline.Span{End: len(text)}, Kind: pipeline.Body}}}
	for _, s := range []pipeline.Stage{tokens.Stage(), r.Tags(own), r.Names()} {
		if err := s.Run(d); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, w := range d.Tokens[:9] {
		got = append(got, d.In(w.Span)+"/"+w.Tag+"/"+w.POS+"/"+w.Lemma)
	}
	want := "The/DT/DET/the minister/NN/NOUN/minister ’s/POS/PART/'s house/NN/NOUN/house met/VBD/VERB/meet John/NNP/PROPN/John Smith/NNP/PROPN/Smith in/IN/ADP/in London/NNP/PROPN/London"
	if g := strings.Join(got, " "); g != want {
		t.Errorf("got  %s\nwant %s", g, want)
	}
	for _, w := range d.Tokens {
		if w.Tag == "" || w.POS == "" || w.Lemma == "" {
			t.Errorf("%q has no tag or lemma", d.In(w.Span))
		}
	}
	found := map[string]pipeline.MentionType{}
	for _, m := range d.Mentions {
		found[d.In(m.Span)] = m.Type
	}
	if found["John Smith"] != pipeline.Person || found["London"] != pipeline.GPE {
		t.Errorf("names: %v", found)
	}
}

// On plain text our words and sentences are prose's: the rules are the same.
func TestPlainTextIsCutAsProseDoes(t *testing.T) {
	tokens, err := token.New()
	if err != nil {
		t.Fatal(err)
	}
	r, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"The foreign ministers met in Geneva. They didn't sign anything, officials said.",
		"Mr. Hill (the envoy) said he'll return. \"We agreed,\" he added.",
		"The U.S. Department of State won't comment; neither will the army's spokesman.",
		"Will they meet again? It's likely! The talks cost $100 a day.",
	} {
		words := tokens.Words(nil, text)
		ends := tokens.Ends(nil, text, words)
		theirs, theirEnds := r.Cut(text)
		if diff := cmp.Diff(theirs, words); diff != "" {
			t.Errorf("%s: words (-prose +ours):\n%s", text, diff)
		}
		if len(ends) != len(theirEnds) {
			t.Errorf("%s: %d sentences, prose has %d", text, len(ends), len(theirEnds))
			continue
		}
		for i, e := range ends {
			if words[e-1].End != theirEnds[i].End {
				t.Errorf("%s: sentence %d ends at %d, prose ends it at %d", text, i, words[e-1].End, theirEnds[i].End)
			}
		}
	}
}
