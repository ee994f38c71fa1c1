package eval

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedPath is the folder of labels that lies beside the checkout. A test that
// needs it is skipped where it is not there.
func sharedPath(t testing.TB, parts ...string) string {
	t.Helper()
	for _, up := range []string{"../../shared", "../../../shared"} {
		path := filepath.Join(append([]string{up}, parts...)...)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	t.Skipf("no %s beside the checkout", filepath.Join(append([]string{"shared"}, parts...)...))
	return ""
}

func TestReadGoldOfSharedLabels(t *testing.T) {
	sets, err := ReadGold(sharedPath(t, "labels"))
	if err != nil {
		t.Fatal(err)
	}
	if len(sets) < 100 {
		t.Errorf("read %d articles, want all of the folders", len(sets))
	}
	for _, s := range sets {
		for _, fault := range s.Validate() {
			t.Error(fault)
		}
	}
}
