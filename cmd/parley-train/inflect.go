package main

import (
	_ "embed"
	"strings"

	"parley/extract/tag"
)

// Sources of inflected forms: verbs are the single words of WordNet 3.1's verb
// index; irregular verbs and plurals are common knowledge.
var (
	//go:embed source/verbs.txt
	verbList string
	//go:embed source/irregular.tsv
	irregularVerbs string
	//go:embed source/plurals.tsv
	irregularPlurals string
)

// inflections are the forms of all listed verbs, and irregular plurals, with
// their lemmas: the treebanks do not have enough of them to learn that "endorsed"
// comes of "endorse" and "interfered" of "interfere".
func inflections() []tag.Inflection {
	type parts struct{ past, participle string }
	irregular := map[string]parts{}
	for _, f := range table(irregularVerbs) {
		irregular[f[0]] = parts{f[1], f[2]}
	}
	var out []tag.Inflection
	add := func(lemma, xpos string, forms ...string) {
		for _, f := range forms {
			out = append(out, tag.Inflection{Form: f, Tag: xpos, Lemma: lemma})
		}
	}
	for _, verb := range strings.Fields(verbList) {
		if verb == "be" {
			continue
		}
		add(verb, "VBZ", third(verb))
		add(verb, "VBG", progressive(verb)...)
		prefix, base := irregularBase(verb, func(s string) bool { _, ok := irregular[s]; return ok })
		if base == "" {
			add(verb, "VBD", past(verb)...)
			add(verb, "VBN", past(verb)...)
			continue
		}
		for _, f := range strings.Split(irregular[base].past, "/") {
			add(verb, "VBD", prefix+f)
		}
		for _, f := range strings.Split(irregular[base].participle, "/") {
			add(verb, "VBN", prefix+f)
		}
	}
	for _, f := range table(irregularPlurals) {
		add(f[0], "NNS", f[1])
	}
	return out
}

// prefixes make another verb of an irregular one.
var prefixes = []string{"", "a", "be", "cross", "for", "fore", "in", "inter", "mis", "off", "on", "out", "over", "pre", "re", "un", "under", "up", "with"}

// irregularBase is the irregular verb that verb ends in after a prefix, or empty.
func irregularBase(verb string, irregular func(string) bool) (prefix, base string) {
	if regular[verb] {
		return "", ""
	}
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(verb, p); ok && irregular(rest) && (p == "" || !shortBase[rest]) {
			return p, rest
		}
	}
	return "", ""
}

// Verbs that only look like a prefix and an irregular verb.
var regular = words("abide abet await beware behave belay delay forebear allay inlay relay replay resale outwit rewind unbend bewilder alight beget")

// Irregular verbs that other verbs end in by chance ("unlit").
var shortBase = words("be do lie light let")

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// table is the lines of a tab-separated list without its comments.
func table(list string) [][]string {
	var out [][]string
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

const vowels = "aeiou"

func isVowel(c byte) bool { return strings.IndexByte(vowels, c) >= 0 }

// third is the third person singular of the present.
func third(verb string) string {
	n := len(verb)
	switch {
	case verb == "have":
		return "has"
	case strings.HasSuffix(verb, "y") && n > 1 && !isVowel(verb[n-2]):
		return verb[:n-1] + "ies"
	case hasSuffix(verb, "s", "x", "z", "ch", "sh", "o"):
		return verb + "es"
	}
	return verb + "s"
}

// progressive is the form in -ing, with variants.
func progressive(verb string) []string {
	n := len(verb)
	switch {
	case strings.HasSuffix(verb, "ie"):
		return []string{verb[:n-2] + "ying"}
	case strings.HasSuffix(verb, "e") && n > 2 && !hasSuffix(verb, "ee", "oe", "ye"):
		return []string{verb[:n-1] + "ing"}
	}
	return ending(verb, "ing")
}

// past is the regular past, with variants.
func past(verb string) []string {
	n := len(verb)
	switch {
	case strings.HasSuffix(verb, "e"):
		return []string{verb + "d"}
	case strings.HasSuffix(verb, "y") && n > 1 && !isVowel(verb[n-2]):
		return []string{verb[:n-1] + "ied"}
	}
	return ending(verb, "ed")
}

// ending puts a suffix that begins with a vowel behind verb: with its last
// consonant doubled after one short vowel, and without where that depends on the
// stress.
func ending(verb, suffix string) []string {
	n := len(verb)
	if hasSuffix(verb, "c") && n > 2 && isVowel(verb[n-2]) {
		return []string{verb + "k" + suffix} // "panicked"
	}
	if n < 3 || isVowel(verb[n-1]) || strings.IndexByte("wxy", verb[n-1]) >= 0 || !isVowel(verb[n-2]) ||
		isVowel(verb[n-3]) && !strings.HasPrefix(verb[n-3:], "ui") {
		return []string{verb + suffix}
	}
	doubled := verb + verb[n-1:] + suffix
	for i := range n - 2 {
		if isVowel(verb[i]) {
			return []string{verb + suffix, doubled} // two syllables or more
		}
	}
	return []string{doubled}
}

func hasSuffix(s string, suffixes ...string) bool {
	for _, x := range suffixes {
		if strings.HasSuffix(s, x) {
			return true
		}
	}
	return false
}
