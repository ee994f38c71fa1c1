package pipeline

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sharedDir is a folder of the data that lies beside the checkout. A test that
// needs it is skipped where it is absent.
func sharedDir(t testing.TB, parts ...string) string {
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

// A testPage is a page with its line labels, as testdata/pages holds them: remarks
// that begin with "#", the title and the date that clean should find, then lines
// of "K|", "D|", "B|" or "E|" and the line.
type testPage struct {
	name             string
	title, published string
	labels, text     string
}

func readPages(t testing.TB) []testPage {
	t.Helper()
	files, err := filepath.Glob("testdata/pages/*.page")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages in testdata/pages: ", err)
	}
	var out []testPage
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p := testPage{name: filepath.Base(f)}
		var lines []string
		for _, l := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
			switch label, line, _ := strings.Cut(l, "|"); {
			case strings.HasPrefix(l, "#"):
			case strings.HasPrefix(l, "title:"):
				p.title = strings.TrimSpace(strings.TrimPrefix(l, "title:"))
			case strings.HasPrefix(l, "published:"):
				p.published = strings.TrimSpace(strings.TrimPrefix(l, "published:"))
			case len(label) == 1:
				p.labels += label
				lines = append(lines, line)
			default:
				t.Fatalf("%s: what is this line? %s", f, l)
			}
		}
		p.text = strings.Join(lines, "\n")
		out = append(out, p)
	}
	return out
}

func TestCleanPages(t *testing.T) {
	right, all := 0, 0
	for _, p := range readPages(t) {
		d := &Document{Source: p.name, Single: true, Text: p.text}
		if err := clean(d); err != nil {
			t.Fatal(err)
		}
		got := lineLabels(d)
		for i, line := range strings.Split(p.text, "\n") {
			all++
			if got[i] == p.labels[i] {
				right++
			} else {
				t.Logf("%s:%d: got %c, want %c: %s", p.name, i+1, got[i], p.labels[i], line)
			}
		}
		if d.Title != p.title {
			t.Errorf("%s: title %q, want %q", p.name, d.Title, p.title)
		}
		published := ""
		if !d.Published.IsZero() {
			published = d.Published.Format("2006-01-02")
		}
		if published != p.published {
			t.Errorf("%s: published %q, want %q", p.name, published, p.published)
		}
	}
	share := float64(right) / float64(all)
	t.Logf("%d of %d lines as labelled: %.3f", right, all, share)
	if share < 0.97 {
		t.Errorf("line share %.3f, want 0.97 or more", share)
	}
}

// TestFurnitureSparesNews reads sentences of news, every fourth of them, each as a
// paragraph of its own: next to none may be taken for a site's furniture.
func TestFurnitureSparesNews(t *testing.T) {
	f, err := os.Open(filepath.Join(sharedDir(t, "data", "text"), "voa.txt.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	all, lost, read := 0, 0, 0
	for lines := bufio.NewScanner(z); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if read++; read%4 != 0 || countWords(line) < 3 {
			continue
		}
		all++
		if p := newParagraph(line, []Span{{0, len(line)}}, true); classify(p) != noFurniture {
			lost++
			t.Logf("taken for furniture: %s", line)
		}
	}
	if lost*2000 > all {
		t.Errorf("%d of %d sentences are taken for furniture, want fewer than 1 in 2,000", lost, all)
	}
}

func TestCleanBlocks(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a sentence broken across a line end", "Poland asked its allies on Monday to speed up the delivery of the U.S.\nair-defence batteries that it ordered two years ago, the ministry said.\nPrime Minister Jan Kowal said the delay was costly.", []string{
			"body: Poland asked its allies on Monday to speed up the delivery of the U.S.\nair-defence batteries that it ordered two years ago, the ministry said.",
			"body: Prime Minister Jan Kowal said the delay was costly.",
		}},
		{"headline, date line and body", "Poland presses allies on air defence\r\nMonday, March 4, 2024\r\n\r\nPoland asked its allies on Monday to speed up deliveries.\r\n", []string{
			"headline: Poland presses allies on air defence",
			"dateline: Monday, March 4, 2024",
			"body: Poland asked its allies on Monday to speed up deliveries.",
		}},
		{"a date line that lost its line break", "Poland presses allies on air defence\nMonday, March 4, 2024 Poland asked its allies to speed up deliveries, and they said no.", []string{
			"headline: Poland presses allies on air defence",
			"dateline: Monday, March 4, 2024",
			"body: Poland asked its allies to speed up deliveries, and they said no.",
		}},
		{"a repeated paragraph, shortened", "Poland asked its allies on Monday to speed up deliveries of air defence, the ministry said, as reported by Gazette.\n\nGermany said it had none to spare at present, in a letter seen by reporters.\n\nPoland asked its allies on Monday to speed up deliveries of air defence, the ministry said.", []string{
			"body: Poland asked its allies on Monday to speed up deliveries of air defence, the ministry said, as reported by Gazette.",
			"body: Germany said it had none to spare at present, in a letter seen by reporters.",
			"repeat: Poland asked its allies on Monday to speed up deliveries of air defence, the ministry said.",
		}},
		{"nothing but furniture", "Home\nWorld\nSign in\n© 2024 The Gazette", []string{
			"boilerplate: Home", "boilerplate: World", "boilerplate: Sign in", "boilerplate: © 2024 The Gazette",
			"no-article: page: nothing in it reads like an article",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &Document{Source: "page", Single: true, Text: c.text}
			if err := clean(d); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, b := range d.Blocks {
				got = append(got, fmt.Sprintf("%s: %s", b.Kind, d.In(b.Span)))
			}
			if d.Skip.Reason != NotSkipped {
				got = append(got, fmt.Sprintf("%s: %s", d.Skip.Reason, d.Skip.Detail))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzClean holds Clean to its promise: any text is covered by ordered blocks that
// do not overlap, and all that stands between them is white space.
func FuzzClean(f *testing.F) {
	for _, p := range readPages(f) {
		f.Add(p.text)
	}
	f.Add("a\n\u200b\nb.\r\n\u00a0c")
	f.Fuzz(func(t *testing.T, text string) {
		d := &Document{Source: "fuzz", Text: cleanText(text)}
		if err := clean(d); err != nil {
			t.Fatal(err)
		}
		if d.Skip.Reason == SkipTooLong {
			return
		}
		end := 0
		for _, b := range d.Blocks {
			if b.Start < end || b.End <= b.Start || b.End > len(d.Text) || b.Kind == "" {
				t.Fatalf("block %+v after byte %d of %d", b, end, len(d.Text))
			}
			if gap := d.Text[end:b.Start]; strings.TrimFunc(gap, isBlank) != "" {
				t.Fatalf("%q lies in no block", gap)
			}
			end = b.End
		}
	})
}

// What an agency puts before a story is a block of its own.
func TestWireLine(t *testing.T) {
	for text, want := range map[string]string{
		"OSLO, Jan. 29, 2015 - Norway and Chad held talks about fishing rights.":    "OSLO, Jan. 29, 2015 -",
		"VIENNA, July 14 (Meridian) - Iran and six powers agreed on an accord.":     "VIENNA, July 14 (Meridian) -",
		"NEW YORK (AP) — The council met on Monday to discuss the crisis.":          "NEW YORK (AP) —",
		"LIMA, Peru -- Peru sent forty doctors to Bolivia on Monday after a flood.": "LIMA, Peru --",
		"U.S. officials said on Monday that the talks - the third - would go on.":   "",
		"Norway and Chad held talks about fishing rights in Oslo on Thursday.":      "",
	} {
		d := &Document{Text: text}
		if err := Clean().Run(d); err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(d.Blocks) > 1 && d.Blocks[0].Kind == Dateline {
			got = d.In(d.Blocks[0].Span)
		}
		if got != want {
			t.Errorf("%q: date line %q, want %q", text, got, want)
		}
	}
}
