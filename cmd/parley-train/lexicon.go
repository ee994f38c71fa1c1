package main

import (
	"cmp"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"parley/extract/proseref"
	"parley/extract/tag"
	"parley/extract/token"
	"parley/extract/treebank"
)

// Sizes of the tagger's lexicon.
const (
	coarseClasses = 64  // induced classes of words, few and
	fineClasses   = 512 // many
	leastTimes    = 3   // a word has a class when it is seen as often; and its silver tags are sure
	classRounds   = 15
	silverShare   = 10 // percent: a silver tag that a word has less often is left out
	silverTags    = 3  // and of the others so many are kept
)

// newsLexicon learns about words from text without labels: classes of words that
// occur beside the same words, in news and in the text of the treebanks, and the
// tags that prose gives words in news. prose learnt from other news than ours, so
// it knows words that the treebanks do not have.
func newsLexicon(data string, sentences []treebank.Sentence) (tag.Lexicon, error) {
	lines, err := readLines(filepath.Join(data, "text", "voa.txt.gz"))
	if err != nil {
		return nil, err
	}
	tokens, err := token.New()
	if err != nil {
		return nil, err
	}
	reference, err := proseref.New()
	if err != nil {
		return nil, err
	}
	var text [][]string // in normal form
	silver := map[string]map[string]int{}
	for _, line := range lines {
		var forms, normal []string
		for _, w := range tokens.Words(nil, line) {
			forms = append(forms, line[w.Start:w.End])
			normal = append(normal, tag.Normal(line[w.Start:w.End]))
		}
		text = append(text, normal)
		for i, t := range reference.Tag(forms) {
			form := forms[i]
			if i == 0 {
				form = strings.ToLower(form) // its capital tells nothing
			}
			if silver[form] == nil {
				silver[form] = map[string]int{}
			}
			silver[form][t]++
		}
	}
	for _, s := range sentences {
		var normal []string
		for _, w := range s.Words {
			normal = append(normal, tag.Normal(w.Form))
		}
		text = append(text, normal)
	}
	logLine("lexicon: tags of unlabelled news")
	lexicon := tag.Lexicon{}
	addSilver(lexicon, silver)
	for w, c := range classWords(text, coarseClasses, leastTimes, classRounds) {
		x := lexicon[w]
		x.Coarse = c + 1
		lexicon[w] = x
	}
	for w, c := range classWords(text, fineClasses, leastTimes, classRounds) {
		x := lexicon[w]
		x.Fine = c + 1
		lexicon[w] = x
	}
	logLine("lexicon: classes of words")
	return lexicon, nil
}

// addSilver numbers the sets of tags that forms have.
func addSilver(lexicon tag.Lexicon, silver map[string]map[string]int) {
	numbers := map[string]uint16{}
	for _, form := range slices.Sorted(maps.Keys(silver)) {
		counts := silver[form]
		all := 0
		for _, n := range counts {
			all += n
		}
		tags := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
			return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
		})
		kept := tags[:1]
		for _, t := range tags[1:min(silverTags, len(tags))] {
			if counts[t]*100 >= all*silverShare {
				kept = append(kept, t)
			}
		}
		name := strings.Join(kept, " ")
		if all < leastTimes {
			name += "?"
		}
		if numbers[name] == 0 {
			numbers[name] = uint16(len(numbers) + 1)
		}
		x := lexicon[form]
		x.Silver = numbers[name]
		lexicon[form] = x
	}
}
