package frame

import "testing"

func TestBuiltin(t *testing.T) {
	set, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]int{}
	for _, f := range set.Frames {
		types[f.Type]++
		if len(f.Yes) == 0 {
			t.Errorf("%s:%d: %s: has no yes sentence", f.File, f.Line, f.Name)
		}
	}
	for _, y := range Types {
		if types[y] == 0 {
			t.Errorf("no frame for %s", y)
		}
	}
}
