package resolve

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/extract/internal/marked"
	"parley/pipeline"
)

// A labelledDate is one line of testdata/dates.tsv.
type labelledDate struct {
	published string
	start     int // code points
	text      string
	value     string
}

func readLabelledDates(t *testing.T) map[string][]labelledDate {
	t.Helper()
	data, err := os.ReadFile("testdata/dates.tsv")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]labelledDate{}
	for n, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			t.Fatalf("dates.tsv:%d: want five fields: %q", n+1, line)
		}
		start, err := strconv.Atoi(f[2])
		if err != nil {
			t.Fatalf("dates.tsv:%d: %v", n+1, err)
		}
		out[f[0]] = append(out[f[0]], labelledDate{f[1], start, f[3], f[4]})
	}
	return out
}

// At least 19 of 20 dates mean what we read in them.
func TestLabelledDates(t *testing.T) {
	right, all, missing := 0, 0, 0
	for article, dates := range readLabelledDates(t) {
		text := articleText(article)
		if text == "" {
			missing++
			continue
		}
		d, err := marked.With(text, dateMentions(t, article, text, dates))
		if err != nil {
			t.Fatal(err)
		}
		if dates[0].published != "" {
			if d.Published, err = time.Parse(time.DateOnly, dates[0].published); err != nil {
				t.Fatal(err)
			}
		}
		readDates(d)
		for i, want := range dates {
			all++
			if got := d.Mentions[i].When.Value; got == want.value {
				right++
			} else {
				t.Logf("%s at %d: %q is %q, want %q", article, want.start, want.text, got, want.value)
			}
		}
	}
	if missing > 0 {
		t.Logf("%d articles of ../shared/labels/seeds are not here and were skipped", missing)
	}
	t.Logf("%d of %d dates right", right, all)
	if 20*right < 19*all || all == 0 {
		t.Errorf("%d of %d dates right, want 95 of 100", right, all)
	}
}

// articleText is the text of an article of our sample or, where the shared labels
// lie beside the checkout, of a seed article.
func articleText(article string) string {
	for _, dir := range []string{"../../eval/labels", "../../../shared/labels/seeds"} {
		if b, err := os.ReadFile(filepath.Join(dir, article+".txt")); err == nil {
			return string(b)
		}
	}
	return ""
}

func dateMentions(t *testing.T, article, text string, dates []labelledDate) []pipeline.Mention {
	t.Helper()
	points := []int{}
	for i := range text {
		points = append(points, i)
	}
	points = append(points, len(text))
	var out []pipeline.Mention
	for _, d := range dates {
		span := pipeline.Span{Start: points[d.start], End: points[d.start+utf8.RuneCountInString(d.text)]}
		if got := strings.ReplaceAll(text[span.Start:span.End], "\n", " "); got != d.text {
			t.Fatalf("%s: %q is not the text at %d: %q", article, d.text, d.start, got)
		}
		out = append(out, pipeline.Mention{Span: span, Type: pipeline.Date})
	}
	return out
}
