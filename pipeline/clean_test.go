package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedDir is a folder of the data that lies beside the checkout. A test that
// needs it is skipped where it is absent.
func sharedDir(t *testing.T, parts ...string) string {
	t.Helper()
	for _, up := range []string{"../..", "../../.."} {
		dir := filepath.Join(append([]string{up, "shared"}, parts...)...)
		if _, err := os.Stat(dir); err == nil {
			return dir
		}
	}
	t.Skipf("skipped: ../shared/%s is not there", strings.Join(parts, "/"))
	return ""
}

// lineLabels gives K, D, B or E for every line of a cleaned document.
func lineLabels(d *Document) []byte {
	var out []byte
	for _, l := range lineSpans(d.Text) {
		label := byte('E')
		if l.Len() > 0 {
			label = 'B'
		}
		for _, b := range d.Blocks {
			if l.Len() > 0 && b.Overlaps(l) {
				switch {
				case b.Kind.Kept():
					label = 'K'
				case b.Kind == Repeat:
					label = 'D'
				}
			}
		}
		out = append(out, label)
	}
	return out
}

// cleanFile runs Clean on a text file and compares its lines with the labels.
func cleanFile(t *testing.T, path string, labels string) (right, all int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d := &Document{Source: path, Single: true, Text: cleanText(string(text))}
	if err := clean(d); err != nil {
		t.Fatal(err)
	}
	got := lineLabels(d)
	lines := strings.Split(d.Text, "\n")
	for i, line := range lines {
		want := byte('K')
		switch {
		case labels != "" && i < len(labels):
			want = labels[i]
		case strings.TrimSpace(line) == "":
			want = 'E'
		}
		all++
		if got[i] == want {
			right++
		} else {
			t.Logf("%s:%d: got %c, want %c: %.100s", path, i+1, got[i], want, line)
		}
	}
	return right, all
}

func TestCleanSeeds(t *testing.T) {
	dir := sharedDir(t, "labels", "seeds")
	files, _ := filepath.Glob(filepath.Join(dir, "*.txt"))
	right, all := 0, 0
	for _, f := range files {
		labels, err := os.ReadFile(strings.TrimSuffix(f, ".txt") + ".clean")
		if err != nil {
			t.Fatal(err)
		}
		r, n := cleanFile(t, f, strings.ReplaceAll(string(labels), "\n", ""))
		right, all = right+r, all+n
	}
	share := float64(right) / float64(all)
	t.Logf("%d of %d lines as labelled: %.3f", right, all, share)
	if share < 0.95 {
		t.Errorf("line share %.3f, want 0.95 or more", share)
	}
}

func TestCleanKeepsArticles(t *testing.T) {
	for _, set := range []string{"voa-train", "wikinews-train", "voa-dev"} {
		files, _ := filepath.Glob(filepath.Join(sharedDir(t, "labels", set), "*.txt"))
		right, all := 0, 0
		for _, f := range files {
			r, n := cleanFile(t, f, "")
			right, all = right+r, all+n
		}
		t.Logf("%s: %d of %d lines kept", set, right, all)
		if right < all {
			t.Errorf("%s: %d lines of articles were lost", set, all-right)
		}
	}
}
