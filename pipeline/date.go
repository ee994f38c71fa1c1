package pipeline

import (
	"strings"
	"time"
	"unicode"
)

var months = map[string]time.Month{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
	"may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8,
	"september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11,
	"december": 12, "dec": 12,
}

var weekdays = map[string]bool{
	"monday": true, "mon": true, "tuesday": true, "tue": true, "tues": true, "wednesday": true, "wed": true,
	"thursday": true, "thu": true, "thur": true, "thurs": true, "friday": true, "fri": true,
	"saturday": true, "sat": true, "sunday": true, "sun": true,
}

// findDate finds the first full date (day, month and year) near the beginning of
// s: "Jul 28, 2015", "28 July 2015", "2015-07-28", "2015/07/28", "28.7.2015", with
// the weekday before it, if there is one, in the span. Of "7/8/2015" nobody can
// tell what is the month, so it is none; "7/28/2015" and "28/7/2015" are dates.
func findDate(s string) (time.Time, Span, bool) {
	if !hasYear(s) {
		return time.Time{}, Span{}, false
	}
	words := splitWords(s, 60)
	for i := 0; i+2 < len(words); i++ {
		t, ok := dateOf(s, words[i:i+3])
		if !ok {
			continue
		}
		span := Span{words[i].Start, words[i+2].End}
		if i > 0 && weekdays[words[i-1].lower] {
			span.Start = words[i-1].Start
		}
		return t, span, true
	}
	return time.Time{}, Span{}, false
}

// hasYear reports whether s has four digits in a row.
func hasYear(s string) bool {
	run := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			run = 0
		} else if run++; run == 4 {
			return true
		}
	}
	return false
}

// dateOf reads three words that follow each other as a date.
func dateOf(s string, w []word) (time.Time, bool) {
	gap1, gap2 := strings.TrimSpace(s[w[0].End:w[1].Start]), strings.TrimSpace(s[w[1].End:w[2].Start])
	if month, ok := months[w[0].lower]; ok && (gap1 == "" || gap1 == ".") && (gap2 == "" || gap2 == ",") {
		return calendar(yearOf(w[2].lower), month, dayOf(w[1].lower))
	}
	if month, ok := months[w[1].lower]; ok && len(gap1) <= 1 && len(gap2) <= 1 {
		return calendar(yearOf(w[2].lower), month, dayOf(w[0].lower))
	}
	if gap1 != gap2 || gap1 != "-" && gap1 != "/" && gap1 != "." {
		return time.Time{}, false
	}
	if y := yearOf(w[0].lower); y > 0 {
		d := w[2].lower // in a time stamp, "29T10" or "29t10"
		if at := strings.IndexByte(d, 't'); at > 0 {
			d = d[:at]
		}
		return calendar(y, time.Month(dayOf(w[1].lower)), dayOf(d))
	}
	d, m := dayOf(w[0].lower), dayOf(w[1].lower)
	switch {
	case d > 12 || gap1 == "." || d == m:
	case m > 12:
		d, m = m, d
	default:
		return time.Time{}, false
	}
	return calendar(yearOf(w[2].lower), time.Month(m), d)
}

// calendar is the day, unless the calendar has no such day.
func calendar(y int, m time.Month, d int) (time.Time, bool) {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return t, y > 0 && m > 0 && d > 0 && t.Month() == m && t.Day() == d
}

// yearOf reads a year with four digits, 0 where s is none that news has.
func yearOf(s string) int {
	if n := number(s); len(s) == 4 && n >= 1800 && n < 2200 {
		return n
	}
	return 0
}

// dayOf reads "7", "07" or "7th", 0 where s is none of these.
func dayOf(s string) int {
	if len(s) > 2 {
		switch s[len(s)-2:] {
		case "st", "nd", "rd", "th":
			s = s[:len(s)-2]
		}
	}
	if len(s) > 2 {
		return 0
	}
	return number(s)
}

// number reads decimal digits, -1 where there is anything else.
func number(s string) int {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// dateLineWords may stand in a date line beside the date.
var dateLineWords = wordSet(`published updated posted last modified first created edited release released date dated time on at
	in of and by a am pm p m gmt utc est edt cst cdt pst pdt bst cet cest ist kst jst et pt hrs hours local
	min mins minute minutes read reading hour ago day days comments comment`)

// readDateLine tells whether line, a short line, says when the article appeared
// and nothing else: a date with a weekday, a clock time, a label ("Updated"), a
// place or a by-line. It gives the date and the label.
func readDateLine(line string) (date time.Time, label string, ok bool) {
	if len(line) > 160 {
		return date, "", false
	}
	date, span, ok := findDate(line)
	if !ok {
		return date, "", false
	}
	other, byline := 0, false
	for _, w := range splitWords(line, 60) {
		switch {
		case span.Overlaps(w.Span), number(w.lower) >= 0, weekdays[w.lower], months[w.lower] > 0:
		case w.lower == "updated" || w.lower == "modified" || w.lower == "published" || w.lower == "posted":
			if label == "" {
				label = w.lower
			}
		case w.lower == "by" && other == 0:
			byline = true
		case dateLineWords[w.lower], isClock(w.lower):
		case unicode.IsLower(firstLetter(line[w.Start:w.End])):
			return date, "", false // a sentence or a headline
		default:
			other++
		}
	}
	limit := 3 // a place: "New York City"
	switch after := strings.TrimLeft(line[span.End:], " \u00a0"); {
	case byline:
		limit = 8
	case span.Start == 0 && after != "" && strings.ContainsAny(after[:1], "-|") || strings.HasPrefix(after, "–") || strings.HasPrefix(after, "—"):
		limit = 6 // a place and an office
	}
	return date, label, other <= limit && !strings.HasSuffix(line, "?")
}

// isClock reports words like "10pm", "0930z", "9h30".
func isClock(w string) bool {
	rest := strings.TrimLeft(w, "0123456789")
	return rest != w && (rest == "am" || rest == "pm" || rest == "z" || rest == "h" || rest == "hrs")
}
