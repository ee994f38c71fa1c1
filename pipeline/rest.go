package pipeline

import (
	"slices"
	"unicode"
)

// dropRest follows each line that announces other stories. After "Related:" the
// headlines go, until the article resumes; after "Latest from" all goes, unless
// the article clearly goes on further down; after "Comments" all goes.
func (p *page) dropRest() {
	names := make(map[string]bool) // of the article so far
	for i := p.first; i < len(p.paras); i++ {
		switch p.found[i] {
		case noFurniture:
			addNames(names, p.paras[i].Text)
		case teaser:
			if p.paras[i].Key == "read more" && i > p.first && !p.paras[i].Gap && p.kinds[i-1] == "" && !p.paras[i-1].Sentence {
				p.kinds[i-1] = Boilerplate // the headline of the other story
			}
			for i+1 < len(p.paras) && p.kinds[i+1] == "" && !p.paras[i+1].Complete() && !isCaption(p.paras[i+1]) {
				i++
				p.kinds[i] = Boilerplate
			}
		case closing:
			for i+1 < len(p.paras) && !p.resumes(i+1, names) {
				i++
				p.kinds[i] = Boilerplate
			}
		case ending:
			for j := i + 1; j < len(p.paras); j++ {
				p.kinds[j] = Boilerplate
			}
		}
	}
	for p.last > p.first && (p.kinds[p.last] != "" || !p.paras[p.last].Prose()) {
		p.last--
	}
}

// resumes reports whether the article goes on at paragraph i, after a list of
// other stories: a whole sentence, not the summary below another headline; and
// what follows, up to the next such list, is nothing but sentences, or mostly so
// and speaks of names that the article knows.
func (p *page) resumes(i int, names map[string]bool) bool {
	isOpen := func(i int) bool { return p.kinds[i] == "" }
	if !isOpen(i) || !p.paras[i].Complete() || isOpen(i-1) && !p.paras[i-1].Sentence {
		return false
	}
	whole, open, upTo, known := 0, 0, 0, false
	for j := i; j < len(p.paras) && open < 12 && p.found[j] < closing; j++ {
		if !isOpen(j) {
			continue
		}
		open++
		if p.paras[j].Complete() {
			whole++
			upTo = open // what comes after the last sentence does not count
			known = known || whole <= 2 && knowsName(names, p.paras[j].Text)
		}
	}
	return whole >= 2 && (whole == upTo || known && whole*5 >= upTo*3)
}

// addNames adds the capitalised words of s but for the first.
func addNames(names map[string]bool, s string) {
	for _, w := range capitalised(s) {
		names[w] = true
	}
}

// knowsName reports whether s has one of the names.
func knowsName(names map[string]bool, s string) bool {
	return slices.ContainsFunc(capitalised(s), func(w string) bool { return names[w] })
}

// capitalised gives the words of s that begin with a capital, without the first,
// which does so in any case.
func capitalised(s string) []string {
	var out []string
	for i, w := range splitWords(s, 200) {
		if w.Len() > 2 && unicode.IsUpper(firstLetter(s[w.Start:])) && (i > 0 || isCapitals(s[w.Start:w.End])) && !weekdays[w.lower] && months[w.lower] == 0 {
			out = append(out, w.lower)
		}
	}
	return out
}
