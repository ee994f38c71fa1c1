package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// appendCuts cuts a run of text without white space into words and appends the
// end of each, in bytes. The words cover the run. No word looks further than
// maxWord bytes, so that no run of marks costs more than linear time.
func appendCuts(dst []int, run string) []int {
	for at := 0; at < len(run); {
		end := min(at+maxWord, len(run))
		for end < len(run) && end > at+maxWord-utf8.UTFMax && !utf8.RuneStart(run[end]) {
			end--
		}
		at += next(run[at:end])
		dst = append(dst, at)
	}
	return dst
}

// next is the length of the first word of s.
func next(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case isWord(r):
		return word(s)
	case r == '.':
		if len(s) > 1 && isDigit(s[1]) {
			return 1 + word(s[1:])
		}
		return same(s, r, n)
	case isApostrophe(r):
		return leadingApostrophe(s, n)
	case r == '!' || r == '?':
		return len(s) - len(strings.TrimLeft(s, "!?"))
	case r == '#' || r == '@':
		// A handle or a hashtag is one word; "#1" is two.
		if f, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsLetter(f) {
			return n + len(s[n:]) - len(strings.TrimLeftFunc(s[n:], isWord))
		}
		return same(s, r, n)
	case r == ':' || r == ';':
		if e := emoticon(s); e > 0 {
			return e
		}
		return n
	case strings.ContainsRune(`,"“”„«»()[]{}$€£¥%`, r):
		return n
	case r == '…', r == '—', r == '–':
		return same(s, r, n)
	default:
		return same(s, r, n)
	}
}

// same is the length of the run of r, n bytes long, that s begins with.
func same(s string, r rune, n int) int {
	if r == utf8.RuneError {
		return n
	}
	end := n
	for strings.HasPrefix(s[end:], s[:n]) {
		end += n
	}
	return end
}

// word is the length of the word that s begins with; s begins with a letter,
// digit or mark.
func word(s string) int {
	if n := address(s); n > 0 {
		return n
	}
	end := letters(s)
	if n := numberEnd(s[:end]); n > 0 {
		return n
	}
	if n := contraction(s[:end]); n > 0 {
		return n
	}
	return end
}

// letters is how far the word goes before contractions are taken off: over
// letters, digits and marks, and over the joiners that belong inside a word.
func letters(s string) int {
	prev := rune(0)
	for at := 0; at < len(s); {
		r, n := utf8.DecodeRuneInString(s[at:])
		if isWord(r) {
			prev = r
			at += n
			continue
		}
		after, _ := utf8.DecodeRuneInString(s[at+n:])
		in := false // r belongs inside the word
		switch {
		case r == '.':
			switch {
			case dotted(s[:at]) && unicode.IsLetter(after), initials(s[at:]) && onlyLetter(s[:at]):
				in = true // "U.S.", "p.m."
			case abbreviated(s[:at]):
				return at + 1
			default:
				in = isNumber(prev) && isNumber(after) || unicode.IsLower(after) && at > 1
			}
		case r == ',' || r == ':' || r == '/':
			in = isNumber(prev) && isNumber(after)
		case isApostrophe(r):
			in = unicode.IsLetter(after)
		case r == '&':
			in = unicode.IsUpper(prev) && unicode.IsUpper(after)
		case r == '-':
			in = hyphenInside(s[:at], s[at+1:], after)
		case r == '$':
			if at <= 3 && isNumber(after) && strings.ToUpper(s[:at]) == s[:at] {
				return at + 1 // US$5
			}
		case r == '\u00ad':
			in = true // soft hyphen
		}
		if !in {
			return at
		}
		prev = 0
		at += n
	}
	return len(s)
}

// hyphenInside reports whether the hyphen between before and after belongs to
// the word. after begins with r.
func hyphenInside(before, after string, r rune) bool {
	if unicode.IsLetter(r) {
		p := strings.ToLower(before)
		switch {
		case p == "mid", p == "e" && len(after) > 2:
			return true
		case unicode.IsLower(r):
			return boundPrefix[p]
		}
		return false
	}
	// Telephone numbers and ISO dates: three groups of digits, or a long one.
	if !isNumber(r) || strings.TrimLeft(before, "0123456789-") != "" {
		return false
	}
	rest := after[:len(after)-len(strings.TrimLeft(after, "0123456789-"))]
	return strings.Contains(before, "-") || strings.Count(rest, "-") > 0 && !strings.HasSuffix(rest, "-") ||
		len(before) == 3 && len(rest) == 4
}

// numberEnd is where the unit begins that is written together with a number
// ("5pm", "10km", "3M"), or 0.
func numberEnd(w string) int {
	n := len(w) - len(strings.TrimLeft(w, "0123456789.,:"))
	if n > 0 && n < len(w) && numberUnit[strings.ToLower(w[n:])] {
		return n
	}
	return 0
}

// contraction is where the first contraction of w begins, or 0.
func contraction(w string) int {
	if n, ok := joined[strings.ToLower(w)]; ok {
		return n
	}
	cut := 0
	if at := strings.LastIndexAny(w, "'’‘"); at > 0 {
		_, n := utf8.DecodeRuneInString(w[at:])
		if isContraction(w[at+n:]) {
			cut = at
		}
	}
	// "couldn't've" is "could", "n't", "'ve".
	head := w
	if cut > 0 {
		head = w[:cut]
	}
	if at := strings.LastIndexAny(head, "'’‘"); at > 1 && len(head) > at+1 {
		_, n := utf8.DecodeRuneInString(head[at:])
		if (head[at-1] == 'n' || head[at-1] == 'N') && (head[at+n:] == "t" || head[at+n:] == "T") {
			return at - 1
		}
	}
	return cut
}

// isContraction reports whether w follows an apostrophe in a contraction or
// possessive.
func isContraction(w string) bool {
	switch w {
	case "s", "S", "m", "M", "d", "D", "re", "RE", "ve", "VE", "ll", "LL", "Re", "Ve", "Ll":
		return true
	}
	return false
}

// leadingApostrophe is the length of the word that begins with an apostrophe n
// bytes long: a contraction that stands alone, an elision ("'em", "'90s"), or
// the mark itself.
func leadingApostrophe(s string, n int) int {
	if strings.HasPrefix(s, "''") {
		return 2
	}
	end := n + len(s[n:]) - len(strings.TrimLeftFunc(s[n:], isWord))
	w := s[n:end]
	switch {
	case isContraction(w), elided[strings.ToLower(w)]:
		return end
	case (len(w) == 2 || len(w) == 3 && w[2] == 's') && isDigit(w[0]) && isDigit(w[1]):
		return end
	}
	return n
}

// address is the length of a web or mail address that s begins with, without
// punctuation behind it, or 0.
func address(s string) int {
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "www.") {
		name := s[:len(s)-len(strings.TrimLeftFunc(s, isAddress))]
		if name == "" || !strings.HasPrefix(s[len(name):], "@") || len(name) == len(s)-1 {
			return 0
		}
		host := s[len(name)+1:]
		host = host[:len(host)-len(strings.TrimLeftFunc(host, isAddress))]
		host = strings.TrimRight(host, ".-+")
		if !strings.Contains(host, ".") {
			return 0
		}
		return len(name) + 1 + len(host)
	}
	end := strings.IndexAny(s, `"<>“”`)
	if end < 0 {
		end = len(s)
	}
	return len(strings.TrimRight(s[:end], ".,;:!?)]}'’"))
}

func isAddress(r rune) bool { return isWord(r) || r == '.' || r == '-' || r == '+' }

// emoticon is the length of a smiley that makes up s, or 0.
func emoticon(s string) int {
	rest := strings.TrimPrefix(s[1:], "-")
	if len(rest) > 0 && rest == strings.Repeat(rest[:1], len(rest)) && strings.Contains(")(DPp/|", rest[:1]) {
		return len(s)
	}
	return 0
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '`' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isNumber(r rune) bool { return '0' <= r && r <= '9' }
