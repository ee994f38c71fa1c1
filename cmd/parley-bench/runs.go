package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"parley/pipeline"
)

// Sizes of the dumps that runs are measured on, in articles.
const (
	frontArticles = 6000
	runArticles   = 2000
	rounds        = 2 // of each measure, of which the best counts
)

// crowds are the numbers of articles that memory is measured with.
var crowds = []int{50_000, 100_000, 200_000}

// benchRuns measures reading, cleaning and the search for copies from every
// format, their memory, and whole runs of the given program.
func benchRuns(shared, program string) error {
	news, err := readNews(filepath.Join(shared, "data", "text", "voa.txt.gz"))
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "parley-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	articles := news[:min(frontArticles, len(news))]
	sources, err := writeFormats(filepath.Join(dir, "front"), articles)
	if err != nil {
		return err
	}
	header(articles)
	for _, s := range sources {
		if err := formatRow("front, "+s.name, articles, func(workers int) *exec.Cmd {
			return exec.Command(os.Args[0], "front", s.path, strconv.Itoa(workers))
		}); err != nil {
			return err
		}
	}
	fmt.Printf("\n%-34s %10s %10s\n", "front, JSON lines, two workers", "seconds", "peak MB")
	for _, n := range crowds {
		path := filepath.Join(dir, "crowd.jsonl")
		if err := writeCrowd(path, news, n); err != nil {
			return err
		}
		took, peak, err := timed(exec.Command(os.Args[0], "front", path, "2"))
		if err != nil {
			return err
		}
		fmt.Printf("%-34s %10.1f %10.0f\n", fmt.Sprintf("%d articles", n), took.Seconds(), peak)
	}
	// What lies behind the front is the same for all formats: three stand for them.
	articles = news[:min(runArticles, len(news))]
	if sources, err = writeFormats(filepath.Join(dir, "run"), articles); err != nil {
		return err
	}
	fmt.Println()
	header(articles)
	for _, s := range sources {
		if s.name != "text" && s.name != "JSON lines" && s.name != "WARC" {
			continue
		}
		db := filepath.Join(dir, "db")
		if err := formatRow("run, "+s.name, articles, func(workers int) *exec.Cmd {
			os.RemoveAll(db)
			return exec.Command(program, "run", "--db", db, "--workers", strconv.Itoa(workers), s.path)
		}); err != nil {
			return err
		}
	}
	return nil
}

// header begins a table over the articles.
func header(articles []string) {
	words, size := extent(articles)
	fmt.Printf("%d articles, %d words, %.1f MB of text; best of %d, one and two workers\n\n", len(articles), words, float64(size)/1e6, rounds)
	fmt.Printf("%-34s %8s %10s %8s %10s %7s %8s\n", "", "1: MB/s", "words/s", "2: MB/s", "words/s", "2 by 1", "peak MB")
}

// extent counts the words and bytes of articles.
func extent(articles []string) (words, size int) {
	for _, a := range articles {
		words += len(strings.Fields(a))
		size += len(a)
	}
	return words, size
}

// formatRow times a command with one and two workers.
func formatRow(what string, articles []string, command func(workers int) *exec.Cmd) error {
	words, size := extent(articles)
	var took [2]time.Duration
	peak := 0.0
	for i := range took {
		for range rounds {
			t, mb, err := timed(command(i + 1))
			if err != nil {
				return fmt.Errorf("%s: %w", what, err)
			}
			if took[i] == 0 || t < took[i] {
				took[i] = t
			}
			peak = max(peak, mb)
		}
	}
	one, two := took[0].Seconds(), took[1].Seconds()
	fmt.Printf("%-34s %8.1f %10.0f %8.1f %10.0f %7.2f %8.0f\n", what, float64(size)/1e6/one, float64(words)/one, float64(size)/1e6/two, float64(words)/two, one/two, peak)
	return nil
}

// timed runs a command: how long it took, and its largest resident set in MB.
func timed(c *exec.Cmd) (time.Duration, float64, error) {
	start := time.Now()
	out, err := c.CombinedOutput()
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %s", err, out)
	}
	took := time.Since(start)
	if t, ok := strings.CutPrefix(strings.TrimSpace(string(out)), "took "); ok { // the command's own measure, without its start
		if d, err := time.ParseDuration(t); err == nil {
			took = d
		}
	}
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return took, 0, nil
	}
	return took, float64(usage.Maxrss) / 1e3, nil
}

// front is what a child process does: read, clean and look for copies.
func front(path string, workers int) error {
	runtime.GOMAXPROCS(workers)
	debug.SetGCPercent(40) // as a run does
	start := time.Now()
	r := &pipeline.Reader{Sources: []string{path}, Workers: workers}
	stages := []pipeline.Stage{pipeline.Clean(), pipeline.Sign(), pipeline.NewDedupe(nil).Stage()}
	err := pipeline.Run(context.Background(), pipeline.Config{Workers: workers}, r.Documents(context.Background()), stages, func(*pipeline.Document) error { return nil })
	fmt.Printf("took %s\n", time.Since(start))
	return err
}

// A formatted dump is one that a run can read.
type formatted struct{ name, path string }

// writeFormats writes the articles in every format.
func writeFormats(dir string, articles []string) ([]formatted, error) {
	var jsonl, array, warc, packed strings.Builder
	texts, pages := filepath.Join(dir, "text"), filepath.Join(dir, "html")
	for _, d := range []string{texts, pages} {
		if err := os.MkdirAll(d, 0o777); err != nil {
			return nil, err
		}
	}
	array.WriteString("[")
	for i, a := range articles {
		url := fmt.Sprintf("https://news.example/%d", i)
		record, err := json.Marshal(map[string]string{"text": a, "title": "Article", "url": url})
		if err != nil {
			return nil, err
		}
		jsonl.Write(append(record, '\n'))
		if i > 0 {
			array.WriteString(",")
		}
		array.Write(record)
		page := "<html><head><title>News of the day</title></head><body><nav><a href=/>Home</a><a href=/w>World</a></nav><article><p>" +
			strings.ReplaceAll(html.EscapeString(a), "\n", "</p><p>") + "</p></article><footer>Copyright</footer></body></html>"
		answer := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
		member := fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", url, len(answer), answer)
		warc.WriteString(member)
		packed.WriteString(gzipped(member))
		if err := os.WriteFile(filepath.Join(texts, fmt.Sprintf("%05d.txt", i)), []byte(a), 0o666); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(pages, fmt.Sprintf("%05d.html", i)), []byte(page), 0o666); err != nil {
			return nil, err
		}
	}
	array.WriteString("]")
	out := []formatted{{"text", texts}, {"HTML", pages}}
	for _, f := range []struct{ name, file, body string }{
		{"JSON lines", "news.jsonl", jsonl.String()}, {"JSON array", "news.json", array.String()},
		{"JSON lines, gzip", "news.jsonl.gz", gzipped(jsonl.String())}, {"JSON lines, zstd", "news.jsonl.zst", zstded(jsonl.String())},
		{"WARC", "news.warc", warc.String()}, {"WARC, gzip members", "news.warc.gz", packed.String()},
	} {
		path := filepath.Join(dir, f.file)
		if err := os.WriteFile(path, []byte(f.body), 0o666); err != nil {
			return nil, err
		}
		out = append(out, formatted{f.name, path})
	}
	return out, nil
}

func gzipped(s string) string {
	var b strings.Builder
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s)) // a Builder takes everything
	_ = z.Close()
	return b.String()
}

func zstded(s string) string {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err) // without options none is returned
	}
	return string(z.EncodeAll([]byte(s), nil))
}

// writeCrowd writes n articles of six sentences each, drawn from all the news
// with a fixed seed, so that none is a copy of another.
func writeCrowd(path string, news []string, n int) error {
	var sentences []string
	for _, a := range news {
		sentences = append(sentences, strings.Split(a, "\n")...)
	}
	sentences = slices.DeleteFunc(sentences, func(s string) bool { return len(s) < 40 })
	rng := rand.New(rand.NewPCG(1, 2))
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	for range n {
		var lines []string
		for range 6 {
			lines = append(lines, sentences[rng.IntN(len(sentences))])
		}
		if err := enc.Encode(map[string]string{"text": strings.Join(lines, "\n")}); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
