package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/pipeline"
)

// Bounds of the memory of one scratch: how many runs of text it remembers, and
// how long they are at most.
const (
	memoRuns  = 1 << 15
	memoBytes = 32
)

// A scratch is what one worker reuses from block to block: buffers, and how it
// cut each run of text (without white space) that it met before.
type scratch struct {
	memo  map[string]cuts
	words []pipeline.Span
	ends  []int
	cut   []int
}

// cuts are the ends of the words of one run, as bytes from its start.
type cuts struct {
	n    uint8
	ends [7]uint8
}

func newScratch() *scratch {
	return &scratch{memo: make(map[string]cuts)}
}

// appendWords appends the words of text to dst.
func (s *scratch) appendWords(dst []pipeline.Span, text string) []pipeline.Span {
	first := len(dst)
	for at := 0; at < len(text); {
		if n := gap(text[at:]); n > 0 {
			at += n
			continue
		}
		end := at + run(text[at:])
		dst = s.appendRun(dst, text[at:end], at)
		at = end
	}
	return joinNumbered(dst, first, text)
}

// gap is the length of the white space or control character that text begins
// with, or 0.
func gap(text string) int {
	if c := text[0]; c < utf8.RuneSelf {
		if c <= ' ' || c == 0x7f {
			return 1
		}
		return 0
	}
	r, n := utf8.DecodeRuneInString(text)
	if unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060' {
		return n
	}
	return 0
}

// run is the length of the text before the next gap.
func run(text string) int {
	at := 0
	for at < len(text) {
		if c := text[at]; c < utf8.RuneSelf {
			if c <= ' ' || c == 0x7f {
				break
			}
			at++
			continue
		}
		if gap(text[at:]) > 0 {
			break
		}
		_, n := utf8.DecodeRuneInString(text[at:])
		at += n
	}
	return at
}

// appendRun appends the words of one run of text, which begins at byte at.
func (s *scratch) appendRun(dst []pipeline.Span, run string, at int) []pipeline.Span {
	if c, ok := s.memo[run]; ok {
		from := at
		for _, e := range c.ends[:c.n] {
			dst = append(dst, pipeline.Span{Start: from, End: at + int(e)})
			from = at + int(e)
		}
		return dst
	}
	s.cut = appendCuts(s.cut[:0], run)
	from := at
	for _, e := range s.cut {
		dst = append(dst, pipeline.Span{Start: from, End: at + e})
		from = at + e
	}
	var c cuts
	if len(run) <= memoBytes && len(s.cut) <= len(c.ends) {
		if len(s.memo) >= memoRuns {
			clear(s.memo)
		}
		c.n = uint8(len(s.cut))
		for i, e := range s.cut {
			c.ends[i] = uint8(e)
		}
		s.memo[strings.Clone(run)] = c
	}
	return dst
}

// joinNumbered puts back the period of abbreviations that are common words too,
// where a number follows: "No. 5", "Mar. 7". It looks at words[first:].
func joinNumbered(words []pipeline.Span, first int, text string) []pipeline.Span {
	out := first
	for i := first; i < len(words); i++ {
		w := words[i]
		if i+2 < len(words) && isPeriod(text, words[i+1]) && words[i+1].Start == w.End &&
			words[i+2].Start > words[i+1].End && isDigit(text[words[i+2].Start]) && beforeNumber[text[w.Start:w.End]] {
			w.End++
			i++
		}
		words[out] = w
		out++
	}
	return words[:out]
}

// isPeriod reports whether w is a single period.
func isPeriod(text string, w pipeline.Span) bool { return w.Len() == 1 && text[w.Start] == '.' }
