package token

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/neurosnap/sentences.v1"
	"gopkg.in/neurosnap/sentences.v1/data"

	"parley/pipeline"
)

// Words that have a capital only where they begin a sentence, in world news;
// made by parley-train starters.
//
//go:embed starters.txt
var newsStarters string

// A punkt decides where sentences end, by Punkt's data on sentence starters and
// our own.
type punkt struct {
	starters map[string]int  // Punkt's, in lower case
	news     map[string]bool // as written
}

// loadPunkt decodes the English data that comes with the sentences library,
// which prose uses too.
func loadPunkt() (*punkt, error) {
	b, err := data.Asset("data/english.json")
	if err != nil {
		return nil, fmt.Errorf("token: Punkt data: %w", err)
	}
	s, err := sentences.LoadTraining(b)
	if err != nil {
		return nil, fmt.Errorf("token: Punkt data: %w", err)
	}
	return &punkt{starters: s.SentStarters, news: set(newsStarters)}, nil
}

// appendEnds appends the ends of the sentences of text: for each the number of
// words up to and with its last.
func (p *punkt) appendEnds(dst []int, text string, words []pipeline.Span) []int {
	from := 0
	for i := 0; i < len(words); i++ {
		last := i // where the sentence would end
		stop := isStop(text, words[i])
		if stop {
			last = closers(text, words, i)
		}
		switch {
		case last+1 == len(words):
		case blankLine(text[words[last].End:words[last+1].Start]):
		case stop && p.ends(text, words, i, last):
		case last+1-from >= maxSentence:
		default:
			i = last
			continue
		}
		dst = append(dst, last+1)
		from = last + 1
		i = last
	}
	return dst
}

// isStop reports whether a sentence may end at w.
func isStop(text string, w pipeline.Span) bool {
	switch text[w.End-1] {
	case '.', '!', '?':
		return true
	}
	return strings.HasSuffix(text[w.Start:w.End], "…")
}

// maxClosers is how many quotes and brackets may close after one stop.
const maxClosers = 8

// closers is the last of the quotes and brackets that close directly after the
// stop at word i, or i.
func closers(text string, words []pipeline.Span, i int) int {
	for end := i + maxClosers; i < end && i+1 < len(words) && words[i+1].Start == words[i].End; {
		switch text[words[i+1].Start:words[i+1].End] {
		case `"`, "”", "''", "'", "’", ")", "]", "»", "!", "?", ".":
			i++
		default:
			return i
		}
	}
	return i
}

// ends decides whether a sentence ends after the stop at word i, the closers
// after which end with word last. A word follows.
func (p *punkt) ends(text string, words []pipeline.Span, i, last int) bool {
	stop := text[words[i].Start:words[i].End]
	opener := last + 1 // the first word of what would be the next sentence
	for opener+1 < len(words) && isOpener(text[words[opener].Start:words[opener].End]) {
		opener++
	}
	word := text[words[opener].Start:words[opener].End]
	first, _ := utf8.DecodeRuneInString(word)
	quoted := last > i

	if words[last+1].Start == words[last].End {
		// No space: a new sentence only where it was left out ("ended.The").
		return opener == last+1 && unicode.IsUpper(first) && !strings.Contains(stop, "…") && !abbreviated(strings.TrimSuffix(stop, "."))
	}
	switch {
	case stop == ".":
		if quoted && unicode.IsLower(first) {
			return p.starters[word] != 0
		}
		return true
	case strings.HasPrefix(stop, "!") || strings.HasPrefix(stop, "?"):
		if quoted {
			return !unicode.IsLower(first) && !p.attributed(text, words, opener)
		}
		return i == 0 || text[words[i-1].Start:words[i-1].End] != "Yahoo"
	case strings.HasPrefix(stop, "..") || strings.HasSuffix(stop, "…"):
		return unicode.IsUpper(first)
	}
	// An abbreviation: its period may or may not end the sentence as well.
	abbreviation := strings.TrimSuffix(stop, ".")
	if !unicode.IsUpper(first) && !isOpener(text[words[last+1].Start:words[last+1].End]) {
		return false
	}
	if titles[abbreviation] || len(abbreviation) == 1 {
		return false
	}
	return p.starts(word)
}

// attributed reports whether the words from i on say who spoke: "he asked",
// "Mr. Smith said".
func (p *punkt) attributed(text string, words []pipeline.Span, i int) bool {
	for k := i; k < min(i+6, len(words)); k++ {
		w := text[words[k].Start:words[k].End]
		if speech[w] {
			return true
		}
		if isStop(text, words[k]) && !abbreviated(strings.TrimSuffix(w, ".")) || w == "," {
			return false
		}
	}
	return false
}

// starts reports whether a capitalised word is one that begins sentences rather
// than a name.
func (p *punkt) starts(word string) bool {
	return p.news[word] || p.starters[strings.ToLower(word)] != 0
}

func isOpener(w string) bool {
	switch w {
	case `"`, "“", "``", "'", "‘", "(", "[", "«", "-", "--", "—", "–", "*", "•":
		return true
	}
	return false
}

// blankLine reports whether the gap between two words holds a blank line, which
// ends a sentence whatever stands before it.
func blankLine(gap string) bool {
	at := strings.IndexByte(gap, '\n')
	return at >= 0 && strings.IndexByte(gap[at+1:], '\n') >= 0
}

// Verbs of speech that follow a quotation.
var speech = set(`said says asked asks added wrote tweeted told replied shouted exclaimed cried`)
