package relate

import (
	"testing"

	"parley/pipeline"
)

// Two people may hold one title: "Presidents Ada Berg and Idris Saleh".
func TestOneTitleTwoHolders(t *testing.T) {
	d := &pipeline.Document{ID: "d"}
	office := func(holder int) string {
		return identify(d, &pipeline.Relation{Type: "HOLDS", Trigger: pipeline.Span{Start: 0, End: 10},
			Args: []pipeline.Argument{{Role: pipeline.Holder, Span: pipeline.Span{Start: holder, End: holder + 8}}}})
	}
	if office(11) == office(24) {
		t.Error("two offices have one id")
	}
}
