package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/klauspost/compress/gzip"

	"parley/eval/label"
	"parley/pipeline"
)

// nameRows measures names, and dates, times and money, on labelled news that
// nothing was trained on: spans with their types.
func nameRows(e *engines, shared string) ([]row, error) {
	paths, err := filepath.Glob(filepath.Join(shared, "labels", "voa-dev", "*.ann"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("no labels in %s", filepath.Join(shared, "labels", "voa-dev"))
	}
	var named, values [2]tally
	for _, path := range paths {
		set, err := label.ReadBrat(path)
		if err != nil {
			return nil, err
		}
		gold := set.Document()
		for k, stages := range [][]pipeline.Stage{e.prose, e.parley} {
			d := article(gold.Text)
			layers := []pipeline.Layer{pipeline.LayerTokens, pipeline.LayerTags, pipeline.LayerHeads, pipeline.LayerNames}
			if err := runAll(d, upTo(stages, layers...)); err != nil {
				return nil, err
			}
			named[k].mentions(gold.Mentions, d.Mentions, pipeline.MentionType.Named)
			values[k].mentions(gold.Mentions, d.Mentions, pipeline.MentionType.Value)
		}
	}
	return []row{
		{"voa-dev: names F1", named[0].f1(), named[1].f1()},
		{"voa-dev: dates, times, money F1", values[0].f1(), values[1].f1()},
	}, nil
}

// mentions counts the mentions of the wanted types.
func (t *tally) mentions(gold, found []pipeline.Mention, wanted func(pipeline.MentionType) bool) {
	type key struct {
		span pipeline.Span
		kind pipeline.MentionType
	}
	set := map[key]bool{}
	for _, m := range gold {
		if wanted(m.Type) {
			set[key{m.Span, m.Type}] = true
			t.gold++
		}
	}
	for _, m := range found {
		if wanted(m.Type) {
			t.found++
			t.right += one(set[key{m.Span, m.Type}])
			delete(set, key{m.Span, m.Type})
		}
	}
}

// Articles that speed is measured on: lines of the news text, so many each. prose
// sees only some of them, because it is slow.
const (
	articleLines  = 6
	newsArticles  = 2000
	proseArticles = 200
)

// speedRows measures words (runs without blanks) a second of CPU time, best of
// three, after one run that fills the memories of the stages.
func speedRows(e *engines, shared string) ([]row, error) {
	articles, err := readNews(filepath.Join(shared, "data", "text", "voa.txt.gz"))
	if err != nil {
		return nil, err
	}
	var rows []row
	layers := []pipeline.Layer{pipeline.LayerTokens}
	for _, more := range []struct {
		what  string
		layer pipeline.Layer
	}{
		{"tokens and sentences", pipeline.LayerTokens}, {"… and tags", pipeline.LayerTags}, {"… and heads", pipeline.LayerHeads}, {"… and names", pipeline.LayerNames},
	} {
		layers = append(layers, more.layer)
		theirs := ""
		if more.layer != pipeline.LayerTokens {
			if theirs, err = speed(articles[:min(proseArticles, len(articles))], upTo(e.prose, layers...)); err != nil {
				return nil, err
			}
		}
		ours, err := speed(articles[:min(newsArticles, len(articles))], upTo(e.parley, layers...))
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{"words/s, one core: " + more.what, theirs, ours})
	}
	for _, alone := range []struct {
		what  string
		layer pipeline.Layer
	}{{"heads alone", pipeline.LayerHeads}, {"relations alone", pipeline.LayerRelations}} {
		ours, err := speedAlone(articles[:min(newsArticles, len(articles))], e.parley, alone.layer)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{"words/s, one core: " + alone.what, "", ours})
	}
	return rows, nil
}

// speedAlone measures the one stage that adds a layer, over articles that have
// all layers below it.
func speedAlone(articles []string, stages []pipeline.Stage, layer pipeline.Layer) (string, error) {
	at := slices.IndexFunc(stages, func(s pipeline.Stage) bool { return s.Adds == layer })
	if at < 0 {
		return "", fmt.Errorf("no stage adds %s", layer)
	}
	var docs []*pipeline.Document
	words := 0
	for _, a := range articles {
		d := article(a)
		if err := runAll(d, stages[:at]); err != nil {
			return "", err
		}
		docs = append(docs, d)
		words += len(strings.Fields(a))
	}
	best := time.Duration(0)
	for range 3 {
		start := cpuTime()
		for _, d := range docs {
			if err := stages[at].Run(d); err != nil {
				return "", err
			}
		}
		if took := cpuTime() - start; best == 0 || took < best {
			best = took
		}
	}
	return fmt.Sprintf("%.0f", float64(words)/best.Seconds()), nil
}

func speed(articles []string, stages []pipeline.Stage) (string, error) {
	words := 0
	for _, a := range articles {
		words += len(strings.Fields(a))
	}
	best := time.Duration(0)
	for round := range 4 {
		start := cpuTime()
		for _, a := range articles {
			if err := runAll(article(a), stages); err != nil {
				return "", err
			}
		}
		if took := cpuTime() - start; round > 0 && (best == 0 || took < best) {
			best = took
		}
	}
	return fmt.Sprintf("%.0f", float64(words)/best.Seconds()), nil
}

// cpuTime is what this process has used so far, so that others on the machine do
// not count.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// readNews reads the news text as articles of a few lines each.
func readNews(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var articles, lines []string
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		if lines = append(lines, in.Text()); len(lines) == articleLines {
			articles = append(articles, strings.Join(lines, "\n"))
			lines = nil
		}
	}
	if len(lines) > 0 {
		articles = append(articles, strings.Join(lines, "\n"))
	}
	return articles, in.Err()
}
