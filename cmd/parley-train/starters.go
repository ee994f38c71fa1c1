package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/extract/token"
)

// Starters must begin so many sentences, and so many of the places where they
// have a capital must be beginnings, in percent.
const (
	starterTimes = 3
	starterShare = 85
)

// buildStarters lists the words that have a capital only because they begin a
// sentence: after "the U.S." they begin a new one ("Officials"), others do not
// ("Department").
func buildStarters(data, out string) error {
	lines, err := readLines(filepath.Join(data, "text", "voa.txt.gz"))
	if err != nil {
		return err
	}
	tokens, err := token.New()
	if err != nil {
		return err
	}
	first, capitals := map[string]int{}, map[string]int{}
	for _, line := range lines {
		for i, w := range tokens.Words(nil, line) {
			form := line[w.Start:w.End]
			if r, n := utf8.DecodeRuneInString(form); !unicode.IsUpper(r) || n == len(form) && form != "A" || strings.Contains(form, ".") {
				continue
			}
			capitals[form]++
			if i == 0 {
				first[form]++
			}
		}
	}
	var words []string
	for w, n := range first {
		if n >= starterTimes && n*100 >= capitals[w]*starterShare {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return os.WriteFile(out, []byte(strings.Join(words, "\n")+"\n"), 0o644)
}
