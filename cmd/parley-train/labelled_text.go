package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A textLine is one line of a data set that labels can name.
type textLine struct{ id, text string }

// A lineSource gives the lines of a data set by their names.
type lineSource interface {
	// between is the lines from first to last, both included.
	between(first, last string) ([]textLine, error)
}

// labelledText finds lines in the data sets below a folder, each of which is
// read when it is first asked for:
//
//	4023                          line of text/voa.txt.gz, from 0
//	GUM_news_flag-3               sentence of the treebank GUM
//	weblog-…-0001                 sentence of the treebank EWT
//	centcom/4/0                   document of ner/re3d, from 0, and line of its text
type labelledText struct {
	data string
	sets map[string]*lineSet
}

// A lineSet is a data set in order.
type lineSet struct {
	lines []textLine
	index map[string]int
}

func newLabelledText(data string) *labelledText {
	return &labelledText{data: data, sets: map[string]*lineSet{}}
}

func (t *labelledText) between(first, last string) ([]textLine, error) {
	set, err := t.set(first)
	if err != nil {
		return nil, err
	}
	i, ok := set.index[first]
	if !ok {
		return nil, fmt.Errorf("there is no line %s", first)
	}
	j, ok := set.index[last]
	if !ok || j < i {
		return nil, fmt.Errorf("there is no line %s behind line %s", last, first)
	}
	return set.lines[i : j+1], nil
}

// set is the data set that a line's name belongs to.
func (t *labelledText) set(id string) (*lineSet, error) {
	name, read := "text/voa", t.news
	if release, _, ok := strings.Cut(id, "/"); ok {
		name, read = "ner/re3d/"+release, t.releases
	} else if strings.HasPrefix(id, "GUM_") {
		name, read = "treebank/gum-train", t.treebank
	} else if strings.HasPrefix(id, "weblog-") {
		name, read = "treebank/ewt-train", t.treebank
	}
	if s := t.sets[name]; s != nil {
		return s, nil
	}
	s := &lineSet{index: map[string]int{}}
	if err := read(name, func(id, text string) {
		if text = strings.TrimSpace(text); text != "" {
			s.index[id] = len(s.lines)
			s.lines = append(s.lines, textLine{id, text})
		}
	}); err != nil {
		return nil, err
	}
	t.sets[name] = s
	return s, nil
}

func (t *labelledText) news(name string, add func(id, text string)) error {
	return t.each(name+".txt.gz", func(n int, line string) error {
		add(strconv.Itoa(n), line)
		return nil
	})
}

func (t *labelledText) treebank(name string, add func(id, text string)) error {
	id := ""
	return t.each(name+".conllu.gz", func(_ int, line string) error {
		if s, ok := strings.CutPrefix(line, "# sent_id = "); ok {
			id = s
		} else if s, ok := strings.CutPrefix(line, "# text = "); ok {
			add(id, s)
		}
		return nil
	})
}

func (t *labelledText) releases(name string, add func(id, text string)) error {
	release := filepath.Base(name)
	return t.each(name+".documents.json.gz", func(n int, line string) error {
		var d struct{ Text string }
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			return err
		}
		for i, l := range strings.Split(d.Text, "\n") {
			add(fmt.Sprintf("%s/%d/%d", release, n, i), l)
		}
		return nil
	})
}

// each calls f with every line of a gzipped file, without its line break.
func (t *labelledText) each(name string, f func(n int, line string) error) error {
	file, err := os.Open(filepath.Join(t.data, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for n, line := range strings.Split(strings.TrimSuffix(string(all), "\n"), "\n") {
		if err := f(n, line); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
	}
	return nil
}
