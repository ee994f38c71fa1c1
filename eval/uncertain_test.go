package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/pipeline"
)

func TestUncertain(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"sure.txt": "sure\n", "unsure.txt": "unsure\n", "long.txt": "unsure" + strings.Repeat(" word", 400) + "\n", "other.txt": "skip\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	find := pipeline.Stage{Name: "find", Needs: []pipeline.Layer{pipeline.LayerText}, Adds: pipeline.LayerRelations, Run: func(d *pipeline.Document) error {
		confidence := 0.95
		if strings.HasPrefix(d.Text, "unsure") {
			confidence = 0.55
		}
		if strings.HasPrefix(d.Text, "skip") {
			d.Skip.Reason = pipeline.SkipLanguage
		}
		for range 2 {
			d.Relations = append(d.Relations, pipeline.Relation{Type: "AID", Trigger: pipeline.Span{Start: 0, End: 4}, Confidence: confidence, Rule: "aid.test"})
		}
		d.Relations = append(d.Relations, pipeline.Relation{Type: "HOLDS", Confidence: 0.5})
		return nil
	}}
	doubts, err := Uncertain(t.Context(), &pipeline.Reader{Sources: []string{dir}}, []pipeline.Stage{find}, 2)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, d := range doubts {
		order = append(order, filepath.Base(d.Article))
	}
	if got := strings.Join(order, " "); got != "unsure.txt long.txt sure.txt" {
		t.Errorf("the order is %s", got)
	}
	if d := doubts[0]; d.Events != 2 || d.Expected < 0.89 || d.Expected > 0.91 || !strings.Contains(d.Least, `AID "unsu" at 0.55 by aid.test`) {
		t.Errorf("the first is %+v", d)
	}
}
