package eval

import (
	"context"
	"errors"
	"strings"
	"testing"

	"parley/eval/label"
	"parley/pipeline"
	"parley/store"
)

// wordStages cut the article into words and lines, and find no name at all.
func wordStages() []pipeline.Stage {
	return []pipeline.Stage{
		{Name: "tokens", Needs: []pipeline.Layer{pipeline.LayerText}, Adds: pipeline.LayerTokens, Run: func(d *pipeline.Document) error {
			at := 0
			for line := range strings.Lines(d.Text) {
				d.Sentences = append(d.Sentences, pipeline.Sentence{Span: pipeline.Span{Start: at, End: at + len(line)}})
				for _, word := range strings.Fields(line) {
					start := at + strings.Index(line, word)
					d.Tokens = append(d.Tokens, pipeline.Token{Span: pipeline.Span{Start: start, End: start + len(word)}})
				}
				at += len(line)
			}
			return nil
		}},
		{Name: "names", Needs: []pipeline.Layer{pipeline.LayerTokens}, Adds: pipeline.LayerNames, Run: func(*pipeline.Document) error { return nil }},
		{Name: "nominals", Needs: []pipeline.Layer{pipeline.LayerNames}, Adds: pipeline.LayerNominals, Run: func(*pipeline.Document) error { return nil }},
		{Name: "entities", Needs: []pipeline.Layer{pipeline.LayerNominals}, Adds: pipeline.LayerEntities, Run: func(*pipeline.Document) error { return nil }},
	}
}

func extractor(stages []pipeline.Stage) *Extractor {
	return &Extractor{Stages: stages, Annotate: store.Annotate, Workers: 2}
}

func TestGivenLayers(t *testing.T) {
	gold := []*label.Set{parse(t, articleLabels)}
	for _, c := range []struct {
		given []pipeline.Layer
		right []string // figures at 1
		zero  []string
	}{
		{nil, nil, []string{"names", "values", "event"}},
		{[]pipeline.Layer{pipeline.LayerNames}, []string{"names", "values"}, []string{"event"}},
		{[]pipeline.Layer{pipeline.LayerNames, pipeline.LayerNominals, pipeline.LayerEntities}, []string{"names", "values"}, []string{"event"}},
	} {
		stages, err := Given(wordStages(), gold, c.given...)
		if err != nil {
			t.Fatal(err)
		}
		predicted, _, err := extractor(stages).Extract(t.Context(), gold)
		if err != nil {
			t.Fatal(err)
		}
		scores := Compare(gold, predicted).Scores
		for _, f := range c.right {
			if scores[f].F1() != 1 {
				t.Errorf("with %v given, %s is %v", c.given, f, scores[f])
			}
		}
		for _, f := range c.zero {
			if scores[f].F1() != 0 {
				t.Errorf("with %v given, %s is %v", c.given, f, scores[f])
			}
		}
	}
	if _, err := Given(nil, gold, pipeline.LayerTokens); err == nil {
		t.Error("tokens are not labelled and can be given all the same")
	}
}

func TestExtractFaults(t *testing.T) {
	gold := []*label.Set{parse(t, articleLabels)}
	broken := []pipeline.Stage{{Name: "broken", Adds: "x", Run: func(*pipeline.Document) error { return errors.New("no luck") }}}
	if _, _, err := extractor(broken).Extract(t.Context(), gold); err == nil || !strings.Contains(err.Error(), "kenya.txt: stage broken: no luck") {
		t.Errorf("the error is %v", err)
	}
	skipping := []pipeline.Stage{{Name: "skip", Adds: "x", Run: func(d *pipeline.Document) error {
		d.Skip.Reason = pipeline.SkipLanguage
		return nil
	}}}
	_, skips, err := extractor(skipping).Extract(t.Context(), gold)
	if err != nil || skips["kenya"].Reason != pipeline.SkipLanguage {
		t.Errorf("skips are %v, %v", skips, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := extractor(wordStages()).Extract(ended, gold); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of the context the error is %v", err)
	}
}
