package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"

	"parley/extract/relate"
	"parley/pipeline"
)

// Settings of what a larger model learns from and labels; see teacher/README.md.
const (
	crossParts   = 5 // the chances of a labelled sentence come from a model that has not seen its part
	passageLines = 6 // of unlabelled news that are read together
	passageStep  = 2 // every so many passages is labelled: more would be slower to learn from than worth it
)

// An instance is a sentence with where it is from.
type instance struct {
	Passage string `json:"passage"` // as label files name it
	Part    int    `json:"part"`    // of the labels, from 0, for cross-validation
	Kind    string `json:"kind"`    // reference, ours, or silver where there are no labels
	relate.Instance
	Lines  []string   `json:"lines,omitempty"`  // that the candidates lie in; of silver alone, as all below
	Quotes []string   `json:"quotes,omitempty"` // their triggers as label files quote them
	Parts  [][]string `json:"parts,omitempty"`  // and their fillers; "" for what cannot be quoted
}

// writeInstances writes the sentences of all labels, and of the unlabelled news
// that is not near an article of a labelled folder, for teacher/teach.py.
func writeInstances(data, out string) error {
	h, err := readHandLabels(data)
	if err != nil {
		return err
	}
	lessons := slices.Concat(h.lessons, h.ours)
	without := func(part int) *relate.Relater {
		var rest []relate.Lesson
		for i, l := range lessons {
			if i%crossParts != part {
				rest = append(rest, l)
			}
		}
		return relate.With(h.frames, relate.LearnDecisions(h.frames, rest, h.exercises), nil)
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	defer file.Close()
	z := gzip.NewWriter(file)
	enc := json.NewEncoder(z)
	for part := range crossParts {
		r := without(part)
		for i := part; i < len(lessons); i += crossParts {
			kind := "reference"
			if lessons[i].Ours {
				kind = "ours"
			}
			for _, x := range r.Instances(lessons[i]) {
				if err := enc.Encode(instance{Passage: lessons[i].Read.ID, Part: part, Kind: kind, Instance: x}); err != nil {
					return err
				}
			}
		}
	}
	if err := newsInstances(data, h.ours, without(-1), func(x instance) error { return enc.Encode(x) }); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return file.Close()
}

// newsInstances gives the sentences of passages of unlabelled news, away from the
// labelled ones.
func newsInstances(data string, labelled []relate.Lesson, r *relate.Relater, each func(instance) error) error {
	text := newLabelledText(data)
	set, err := text.set("0")
	if err != nil {
		return err
	}
	near, err := labelledLines(filepath.Join(data, "..", "labels"))
	if err != nil {
		return err
	}
	for _, l := range labelled {
		for _, line := range strings.Split(l.Read.Text, "\n") {
			near[lineKey(line)] = true
		}
	}
	stages, err := belowRelations()
	if err != nil {
		return err
	}
	for from := 0; from+passageLines <= len(set.lines); from += passageStep * passageLines {
		lines := set.lines[from : from+passageLines]
		around := set.lines[max(0, from-passageLines):min(len(set.lines), from+2*passageLines)]
		if anyLine(around, func(s string) bool { return near[lineKey(s)] || !utf8.ValidString(s) }) {
			continue
		}
		var b strings.Builder
		var begins []int
		for _, l := range lines {
			begins = append(begins, b.Len())
			b.WriteString(l.text + "\n")
		}
		d := &pipeline.Document{ID: lines[0].id + " " + lines[passageLines-1].id, Single: true, Text: b.String()}
		if err := runAll(d, append([]pipeline.Stage{pipeline.Clean()}, stages...)); err != nil {
			return fmt.Errorf("line %s: %w", lines[0].id, err)
		}
		if d.Text != b.String() {
			continue // cleaning changed it, so that places are not those of the data set
		}
		for _, x := range r.Instances(relate.Lesson{Read: d}) {
			y := instance{Passage: d.ID, Kind: "silver", Instance: x}
			for _, c := range x.Candidates {
				n := len(begins) - 1
				for begins[n] > x.Start+c.Span[0] {
					n--
				}
				quote := func(span [2]int) string {
					from, to := x.Start-begins[n]+span[0], x.Start-begins[n]+span[1]
					if from < 0 || to > len(lines[n].text) || strings.ContainsAny(lines[n].text[from:to], "|#") {
						return ""
					}
					return quoted(lines[n].text, from, to)
				}
				var parts []string
				for _, m := range c.Fillers {
					parts = append(parts, quote(m.Span))
				}
				y.Lines = append(y.Lines, lines[n].id)
				y.Quotes, y.Parts = append(y.Quotes, quote(c.Span)), append(y.Parts, parts)
			}
			if err := each(y); err != nil {
				return err
			}
		}
	}
	return nil
}

func anyLine(lines []textLine, is func(string) bool) bool {
	for _, l := range lines {
		if is(l.text) {
			return true
		}
	}
	return false
}

// labelledLines are the lines of all labelled articles.
func labelledLines(labels string) (map[string]bool, error) {
	paths, err := filepath.Glob(filepath.Join(labels, "*", "*.txt"))
	if err != nil {
		return nil, err
	}
	near := map[string]bool{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		for _, line := range strings.Split(string(text), "\n") {
			if k := lineKey(line); len(k) > 30 {
				near[k] = true
			}
		}
	}
	return near, nil
}

// lineKey is the beginning of a line by its letters and digits alone, because
// sets differ in blanks and quotes.
func lineKey(line string) string {
	letters := strings.Map(func(r rune) rune {
		if r < '0' || '9' < r && r < 'A' || 'Z' < r && r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, line)
	return strings.ToLower(letters[:min(len(letters), 80)])
}

// quoted is text[start:end] as label files quote it, with the number of its place
// behind it where it is not the first.
func quoted(text string, start, end int) string {
	words := text[start:end]
	n := 1
	for at := 0; ; n++ {
		i := strings.Index(text[at:], words)
		if i < 0 || at+i >= start {
			break
		}
		at += i + len(words)
	}
	if n == 1 {
		return words
	}
	return words + "#" + strconv.Itoa(n)
}
