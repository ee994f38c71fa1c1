package pipeline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A paragraph is one or more lines that read on from each other, with what clean
// wants to know about them.
type paragraph struct {
	Span         // without white space at the ends
	Text  string // what the span covers
	Lines int    // number of lines
	Gap   bool   // an empty line, or the beginning of the text, stands before it

	Words    int     // words that begin with a letter or digit
	Lower    float64 // share of the words that begin with a small letter
	Sentence bool    // ends as a sentence ends
	Key      string  // small letters and digits of the text with single spaces between words, to compare by
}

// Prose reports whether the paragraph reads like running text rather than like a
// label, a list entry or a headline.
func (p *paragraph) Prose() bool {
	switch {
	case p.Lower < 0.3:
		return false
	case p.Sentence:
		return p.Words >= 5
	}
	return p.Words >= 25
}

// Complete reports whether it is running text that ends where a sentence does,
// and not where a teaser was cut.
func (p *paragraph) Complete() bool {
	return p.Sentence && p.Prose() && p.Words >= 6 && !strings.HasSuffix(p.Text, "...") && !strings.HasSuffix(p.Text, "…")
}

// paragraphs splits a text. Lines are joined where the break between them is none
// of the article's: see readsOn.
func paragraphs(text string) []*paragraph {
	var out []*paragraph
	var lines []Span // of the paragraph that is being gathered
	gap := true
	flush := func() {
		if len(lines) > 0 {
			out = append(out, newParagraph(text, lines, gap))
			lines = lines[:0]
			gap = false
		}
	}
	all := lineSpans(text)
	widths := wrapWidths(text, all)
	for i, l := range all {
		if l.Len() == 0 {
			flush()
			gap = true
			continue
		}
		if len(lines) > 0 && !readsOn(text[all[i-1].Start:all[i-1].End], text[l.Start:l.End], widths[i]) {
			flush()
		}
		lines = append(lines, l)
	}
	flush()
	return out
}

// lineSpans gives every line without the white space around it.
func lineSpans(text string) []Span {
	var out []Span
	for start := 0; start <= len(text); {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		line := text[start:end]
		trimmed := strings.TrimLeftFunc(line, isBlank)
		from := start + len(line) - len(trimmed)
		out = append(out, Span{from, from + len(strings.TrimRightFunc(trimmed, isBlank))})
		start = end + 1
	}
	return out
}

// isBlank holds for white space and for the invisible characters that pages are
// full of.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f' || r == '\u00ad'
}

// wrapWidths gives, for each line, the width in bytes at which the run of lines
// that it stands in was wrapped, or 0 where the run was not wrapped. Most lines of
// a wrapped run are full, and at least one breaks before a small letter.
func wrapWidths(text string, lines []Span) []int {
	widths := make([]int, len(lines))
	for i := 0; i < len(lines); {
		if lines[i].Len() == 0 {
			i++
			continue
		}
		j, width := i, 0
		for j < len(lines) && lines[j].Len() > 0 {
			width = max(width, lines[j].Len())
			j++
		}
		if width >= 40 && width <= 110 {
			full, inside := 0, false
			for k := i; k+1 < j; k++ {
				if wrapped(text[lines[k].Start:lines[k].End], text[lines[k+1].Start:lines[k+1].End], width) {
					full++
					inside = inside || unicode.IsLower(firstLetter(text[lines[k+1].Start:]))
				}
			}
			if inside && full*2 >= j-i-1 {
				for k := i; k < j; k++ {
					widths[k] = width
				}
			}
		}
		i = j
	}
	return widths
}

// wrapped reports whether line was broken because the first word of next found
// no room in width bytes.
func wrapped(line, next string, width int) bool {
	word, _, _ := strings.Cut(next, " ")
	return len(line)+1+len(word) > width && len(line)*2 > width
}

// readsOn reports whether next, the line after line, goes on with its sentence.
// So it does where a wrapped text was broken for want of room, and where a long
// line that stops short is followed by a small letter.
func readsOn(line, next string, width int) bool {
	if !hasWord(line) || !hasWord(next) {
		return false // a rule of dashes
	}
	if rest, ok := strings.CutPrefix(next, "by "); ok && unicode.IsUpper(firstLetter(rest)) && !endsSentence(next) && len(strings.Fields(next)) <= 10 {
		return false // a by-line
	}
	if width > 0 {
		return wrapped(line, next, width) && !listEntry(next) && (!endsSentence(line) || endsInAbbreviation(line))
	}
	if utf8.RuneCountInString(line) < 40 || listEntry(next) {
		return false
	}
	if unicode.IsLower(firstLetter(next)) {
		return !endsSentence(line) || endsInAbbreviation(line)
	}
	return !endsSentence(line) && endsOpen(line)
}

func hasWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// listEntry reports whether a line begins with a bullet.
func listEntry(line string) bool {
	return strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "•") || strings.HasPrefix(line, "·")
}

// endsSentence reports whether the last mark of s, closing quotes and brackets
// and a trailing credit in brackets aside, is one that ends a sentence.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \u00a0")
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		switch r {
		case '.', '!', '?', '…', '。':
			return true
		case '"', '\'', '”', '’', '»', '*':
			s = s[:len(s)-n]
		case ')', ']':
			open := strings.LastIndexAny(s, "([")
			if open <= 0 || len(s)-open > 80 {
				return false
			}
			if inner := s[open+1 : len(s)-1]; strings.HasSuffix(inner, ".") || strings.HasSuffix(inner, "?") {
				return true
			}
			s = strings.TrimRight(s[:open], " \u00a0")
		default:
			return false
		}
	}
	return false
}

// endsInAbbreviation reports whether s ends in something like "U.S." or "Gen.",
// whose full stop need not end a sentence.
func endsInAbbreviation(s string) bool {
	word := s[strings.LastIndexByte(s, ' ')+1:]
	word = strings.TrimLeft(word, `"'(“‘`)
	return strings.HasSuffix(word, ".") && (strings.Count(word, ".") > 1 || len(word) <= 5 && unicode.IsUpper(firstLetter(word)))
}

// endsOpen reports whether a line ends in a comma or in a word that no sentence
// ends with.
func endsOpen(line string) bool {
	word := strings.ToLower(line[strings.LastIndexByte(line, ' ')+1:])
	return strings.HasSuffix(word, ",") || openWords[word]
}

var openWords = wordSet(`a an the of in on at to for from with by and or but that which who whom whose as than into over under
	between among about after before its his her their our my your is are was were be been has have had will would
	can could may might must shall should not no this these those u.s. mr. mrs. ms. dr. gen. sen. rep. lt. col. sgt. st.`)

func newParagraph(text string, lines []Span, gap bool) *paragraph {
	p := &paragraph{Span: Span{lines[0].Start, lines[len(lines)-1].End}, Lines: len(lines), Gap: gap}
	p.Text = text[p.Start:p.End]
	p.Sentence = endsSentence(p.Text)
	var key strings.Builder
	key.Grow(len(p.Text))
	small, space := 0, true // space: a word may begin here
	for i, r := range p.Text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			// "Kim's" and "third-party" are one word to count, two to compare.
			space = space || unicode.IsSpace(r)
			if s := key.String(); s != "" && s[len(s)-1] != ' ' {
				key.WriteByte(' ')
			}
			continue
		}
		if space || i == 0 {
			p.Words++
			if unicode.IsLower(r) {
				small++
			}
			space = false
		}
		key.WriteRune(unicode.ToLower(r))
	}
	p.Key = strings.TrimSuffix(key.String(), " ")
	if p.Words > 0 {
		p.Lower = float64(small) / float64(p.Words)
	}
	return p
}
