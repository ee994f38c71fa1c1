package relate

import (
	"testing"

	"parley/pipeline"
)

func TestAnswer(t *testing.T) {
	met := map[*pipeline.Relation]int{}
	talks := &pipeline.Relation{Type: "CONSULT", Status: pipeline.Future}
	for _, c := range []struct {
		token  int
		event  *pipeline.Relation
		answer string
		status int
	}{
		{1, nil, "wrong", -1},
		{2, talks, "right", 1},
		{5, talks, "second", -1},
		{7, &pipeline.Relation{Type: "AID"}, "right", 0},
	} {
		got := Candidate{Token: c.token, Status: -1}
		got.answer(c.event, met)
		if got.Answer != c.answer || got.Status != c.status {
			t.Errorf("word %d is %s with status %d, want %s with %d", c.token, got.Answer, got.Status, c.answer, c.status)
		}
	}
}
