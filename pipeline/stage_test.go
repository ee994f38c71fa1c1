package pipeline

import "testing"

func TestCheck(t *testing.T) {
	clean := Stage{Name: "clean", Needs: []Layer{LayerText}, Adds: LayerBlocks}
	tokenize := Stage{Name: "tokenize", Needs: []Layer{LayerBlocks}, Adds: LayerTokens}
	for _, c := range []struct {
		name   string
		stages []Stage
		want   string
	}{
		{"in order", []Stage{clean, tokenize}, ""},
		{"a need is missing", []Stage{tokenize}, "stage tokenize needs the layer blocks, which no stage before it adds"},
		{"wrong order", []Stage{tokenize, clean}, "stage tokenize needs the layer blocks, which no stage before it adds"},
		{"a layer twice", []Stage{clean, clean}, "stage clean adds the layer blocks, which is there already"},
	} {
		got := ""
		if err := Check(c.stages); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
