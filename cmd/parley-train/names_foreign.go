package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"parley/extract/names"
	"parley/pipeline"
)

// foreignWeight is how much an article of another genre and schema counts.
const foreignWeight = 0.15

// A foreign set marks fewer types than ours, or wider ones, and what it leaves
// unmarked may still be of a type that it does not know: a date in Wikigold is
// outside of every name. Such a word has several labels, and training counts the
// sum of their likelihoods.

var valueTypes = []pipeline.MentionType{pipeline.Date, pipeline.TimeOfDay, pipeline.Money}

// Types that are left out of a table may be anything. Those of places are: which
// of their places have a government, the sets do not say.

var wikigoldTypes = map[string]pipeline.MentionType{"PER": pipeline.Person, "ORG": pipeline.Org}

var crossnerTypes = map[string]pipeline.MentionType{
	"politician": pipeline.Person, "person": pipeline.Person, "organisation": pipeline.Org, "politicalparty": pipeline.Org, "country": pipeline.GPE,
}

var redocredTypes = map[string]pipeline.MentionType{"PER": pipeline.Person, "ORG": pipeline.Org}

// unmarked is the labels of a word that a foreign set does not mark.
var unmarked = func() labelSet {
	s := labelSet(1) << names.Outside
	for _, t := range valueTypes {
		for _, part := range []int{names.Begin, names.Inside, names.Last, names.Only} {
			s |= 1 << names.LabelOf(typeNumber[t], part)
		}
	}
	return s
}()

// foreign is a tokenized text with names of another schema.
type foreign struct {
	words []string
	kinds []string // of every word: empty, or a type of the set
	first []bool   // the word begins a name
	ends  []int    // of sentences
}

// addForeign makes an example of the text, its words joined by spaces.
func (s *nameSets) addForeign(x foreign, types map[string]pipeline.MentionType) {
	var b strings.Builder
	at := make([]int, len(x.words)+1)
	lines := map[int]bool{}
	for _, e := range x.ends {
		lines[e] = true
	}
	for i, w := range x.words {
		if i > 0 {
			b.WriteByte(map[bool]byte{true: '\n', false: ' '}[lines[i]])
		}
		at[i] = b.Len()
		b.WriteString(w)
	}
	d := s.document(strings.ToValidUTF8(b.String(), "?"))
	e := example{doc: d, allowed: make([]labelSet, len(d.Tokens)), weight: foreignWeight, fold: -1}
	for i := range e.allowed {
		e.allowed[i] = unmarked
	}
	for i := 0; i < len(x.words); i++ {
		if x.kinds[i] == "" {
			continue
		}
		to := i + 1
		for to < len(x.words) && x.kinds[to] == x.kinds[i] && !x.first[to] {
			to++
		}
		from, end := tokensOf(d, pipeline.Span{Start: at[i], End: at[to-1] + len(x.words[to-1])})
		// Sets differ about the article before a name; ours leaves it out.
		if from+1 < end && strings.EqualFold(d.In(d.Tokens[from].Span), "the") {
			from++
		}
		for j := from; j < end; j++ {
			e.allowed[j] = everyLabel
			if kind, known := types[x.kinds[i]]; known {
				e.allowed[j] = 1 << names.LabelOf(typeNumber[kind], partOf(j, from, end))
			}
		}
		i = to - 1
	}
	s.examples = append(s.examples, e)
}

// readColumns reads a text of a word and its BIO label a line, with empty lines
// between sentences.
func (s *nameSets) readColumns(path string, types map[string]pipeline.MentionType) error {
	lines, err := readLines(path)
	if err != nil {
		return err
	}
	var x foreign
	for _, line := range lines {
		f := strings.Fields(line)
		if len(f) < 2 {
			x.ends = append(x.ends, len(x.words))
			if len(x.ends) >= newsLines {
				s.addForeign(x, types)
				x = foreign{}
			}
			continue
		}
		mark, kind, _ := strings.Cut(f[len(f)-1], "-")
		x.words = append(x.words, f[0])
		x.kinds = append(x.kinds, kind)
		x.first = append(x.first, mark == "B")
	}
	s.addForeign(x, types)
	return nil
}

// relationArticles is how many articles of Re-DocRED are read: more would outweigh
// the news.
const relationArticles = 150

// readRelationSet reads articles of Re-DocRED.
func (s *nameSets) readRelationSet(path string) error {
	lines, err := readLines(path)
	if err != nil {
		return err
	}
	var articles []struct {
		Sentences [][]string `json:"sents"`
		Entities  [][]struct {
			Type     string `json:"type"`
			Sentence int    `json:"sent_id"`
			Pos      [2]int `json:"pos"`
		} `json:"vertexSet"`
	}
	if err := json.Unmarshal([]byte(strings.Join(lines, "")), &articles); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, a := range articles[:min(len(articles), relationArticles)] {
		var x foreign
		var from []int
		for _, words := range a.Sentences {
			from = append(from, len(x.words))
			x.words = append(x.words, words...)
			x.ends = append(x.ends, len(x.words))
		}
		x.kinds, x.first = make([]string, len(x.words)), make([]bool, len(x.words))
		for _, entity := range a.Entities {
			for _, m := range entity {
				for i := m.Pos[0]; i < m.Pos[1]; i++ {
					x.kinds[from[m.Sentence]+i] = m.Type
					x.first[from[m.Sentence]+i] = i == m.Pos[0]
				}
			}
		}
		s.addForeign(x, redocredTypes)
	}
	return nil
}
