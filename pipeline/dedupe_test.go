package pipeline

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// newsArticles gives the first n articles of the unlabelled news: six sentences
// each.
func newsArticles(t testing.TB, n int) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedDir(t, "data", "text"), "voa.txt.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for lines := bufio.NewScanner(z); len(out) < n; {
		var article []string
		for len(article) < 6 && lines.Scan() {
			if s := strings.TrimSpace(lines.Text()); s != "" {
				article = append(article, s)
			}
		}
		if len(article) < 6 {
			break
		}
		out = append(out, article)
	}
	return out
}

// edited is a copy of an article with share of its words changed for words of
// other articles.
func edited(r *rand.Rand, article []string, share float64, vocabulary []string) []string {
	var out []string
	for _, s := range article {
		words := strings.Fields(s)
		for i := range words {
			if r.Float64() < share {
				words[i] = vocabulary[r.IntN(len(vocabulary))]
			}
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

// TestNearDuplicates makes edited copies of 2,000 articles and counts which are
// found. Everything else that is found is shown: agencies tell one story twice.
func TestNearDuplicates(t *testing.T) {
	articles := newsArticles(t, 2000)
	r := rand.New(rand.NewPCG(1, 2))
	var vocabulary []string
	for _, a := range articles {
		vocabulary = append(vocabulary, strings.Fields(strings.Join(a, " "))...)
	}
	signed := func(lines []string) []byte { return signatureOf(strings.Fields(compareKey(strings.Join(lines, "\n")))) }

	x := NewDedupe(nil)
	asked := func(id string, lines []string) *Document {
		d := &Document{ID: id, Signature: signed(lines)}
		x.run(d)
		return d
	}
	told := make(map[string]bool) // articles that tell an earlier one's story themselves
	for i, a := range articles {
		if d := asked(fmt.Sprint(i), a); d.DuplicateOf != "" {
			told[d.ID] = true
			t.Logf("similar %.2f: %.120s || %.120s", d.Similarity, articles[i][0], articles[atoi(d.DuplicateOf)][0])
		}
	}
	t.Logf("%d of %d articles are near an earlier one", len(told), len(articles))

	for _, c := range []struct {
		name   string
		share  float64
		drop   int // sentences
		recall float64
	}{
		{"10 % of words", 0.10, 0, 0.99},
		{"20 % of words", 0.20, 0, 0.98},
		{"20 % of words, one sentence of six dropped", 0.20, 1, 0.95},
		{"30 % of words", 0.30, 0, 0.84},
		{"two sentences of six dropped", 0, 2, 0.99},
		{"another headline", 0, -1, 0.99},
	} {
		found, right, all := 0, 0, 0
		for i, a := range articles {
			if told[fmt.Sprint(i)] || i%4 != 0 && c.share != 0.20 {
				continue
			}
			all++
			lines := a
			if c.drop > 0 {
				lines = append(append([]string{}, a[:2]...), a[2+c.drop:]...)
			}
			if c.drop < 0 {
				lines = append([]string{articles[(i+1000)%len(articles)][0]}, a...) // counts as body here
			}
			d := &Document{ID: "copy", Signature: signed(edited(r, lines, c.share, vocabulary))}
			if n, s := x.index.nearest(d.Signature); s >= copyFrom {
				found++
				if x.ids[n] == fmt.Sprint(i) {
					right++
				}
			}
		}
		recall, precision := float64(right)/float64(all), float64(right)/float64(found)
		t.Logf("%s: recall %.4f, precision %.4f", c.name, recall, precision)
		if recall < c.recall || precision < 0.99 {
			t.Errorf("%s: recall %.4f (want %.2f), precision %.4f (want 0.99)", c.name, recall, c.recall, precision)
		}
	}
}

func atoi(s string) int { return number(s) }

func TestDedupe(t *testing.T) {
	story := "The ministers of Ghana and Togo signed a treaty on fishing in Lome on Friday. It lets boats of both countries cross the border by day. Fishermen in Aflao had asked for it since the storm of 2019, which sank forty canoes."
	update := story + " A spokesman for the ministry said that the treaty would be laid before parliament in June."
	other := "Ghana's parliament voted on Friday for a budget that cuts spending on roads by a tenth. The opposition left the chamber in protest. The finance minister called the cut painful."
	doc := func(id, text string) *Document {
		d := &Document{ID: id, Source: id, Single: true, Text: text}
		runStages(d, []Stage{Clean(), Sign()})
		return d
	}
	x := NewDedupe(nil)
	check := func(d *Document, want string) {
		t.Helper()
		x.run(d)
		if d.DuplicateOf != want || (want == "") != (d.Skip.Reason == NotSkipped) || want != "" && d.Similarity < copyFrom {
			t.Errorf("%s: duplicate of %q (%.2f), want %q", d.ID, d.DuplicateOf, d.Similarity, want)
		}
	}
	check(doc("a", story), "")
	check(doc("b", other), "")
	check(doc("c", "Treaty on fishing signed\n\n"+strings.ReplaceAll(story, "'", "’")), "a")
	check(doc("d", update), "a")
	check(doc("e", "Talks failed again in the capital."), "")
	check(doc("f", "Talks failed again in the capital."), "e")
	check(doc("g", "Talks failed again in the city."), "")

	// The next run knows what this one stored.
	stored := x
	x = NewDedupe(func(yield func(string, []byte) bool) {
		_ = yield("old", []byte("of another version")) && yield("a", doc("a", story).Signature) && yield("b", stored.index.signature(1))
	})
	check(doc("a", story), "")
	check(doc("h", update), "a")
}

func TestSignatureIsStable(t *testing.T) {
	got := fmt.Sprintf("%x", signatureOf(strings.Fields("the ministers of ghana and togo signed a treaty")))
	if want := "3c586b1d97f2f15908000000c5d2122937e25d8f7b3f1050"; !strings.HasPrefix(got, want) {
		t.Errorf("this signature has become %s: stores would no longer know their articles", got[:48])
	}
}

// BenchmarkDedupe searches and adds random texts, none of which is a copy, and says
// how much memory a document takes.
func BenchmarkDedupe(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	x := NewDedupe(nil)
	signature := make([]byte, signatureSize)
	b.ResetTimer()
	for i := range b.N {
		for j := range signature {
			signature[j] = byte(r.Uint32())
		}
		x.run(&Document{ID: fmt.Sprintf("%032x", i), Signature: signature})
	}
	b.StopTimer()
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(b.N), "heap-B/doc")
	runtime.KeepAlive(x)
}

// BenchmarkSign signs one article of six sentences.
func BenchmarkSign(b *testing.B) {
	words := strings.Fields(compareKey(strings.Join(newsArticles(b, 1)[0], "\n")))
	for b.Loop() {
		signatureOf(words)
	}
}
