package resolve

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"parley/pipeline"
)

// Tense is the time that the words around a date speak of.
type Tense int

const (
	Unsaid Tense = iota // neither: the date nearest to publication is meant
	Past                // what a report tells
	Future              // will, is to, is scheduled
)

// readDates sets When of every DATE mention.
func readDates(d *pipeline.Document) {
	for i := range d.Mentions {
		if m := &d.Mentions[i]; m.Type == pipeline.Date {
			m.When = ReadDate(d.In(m.Span), d.Published, tense(d, m))
		}
	}
}

// ReadDate reads a date as the news writes it. Relative dates ("Thursday", "last
// week") count from published; without it (the zero time) they stay empty, as do
// spans that name no point in time ("three years", "daily"). The value is ISO
// 8601: a day, a week "2015-W05", a month, a year, or an interval of two of
// those. Quarters and seasons, which ISO 8601 does not have, are given as the
// interval of their months, decades as that of their years.
func ReadDate(text string, published time.Time, tense Tense) pipeline.When {
	w := words(text)
	if len(w) == 0 {
		return pipeline.When{}
	}
	for _, read := range []func([]string, time.Time, Tense) (pipeline.When, bool){
		readSpan, readAbsolute, readRelative,
	} {
		if when, ok := read(w, published, tense); ok {
			return when
		}
	}
	return pipeline.When{}
}

var wordPattern = regexp.MustCompile(`[\p{L}]+(?:['’.][\p{L}]+)*|\d+(?:st|nd|rd|th|s)?|[-–—/,']`)

// words splits a date into lower-case words, numbers and marks; possessives and
// dots after abbreviations fall away.
func words(text string) []string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	text = strings.TrimSuffix(strings.TrimSuffix(text, "'s"), "’s")
	var out []string
	for _, w := range wordPattern.FindAllString(text, -1) {
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
		switch w {
		case "–", "—":
			w = "-"
		case "the", "of", "on", ",", "'", "":
			continue
		}
		out = append(out, w)
	}
	return out
}

var monthOf = map[string]time.Month{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6,
	"july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10,
	"november": 11, "nov": 11, "december": 12, "dec": 12,
}

var weekdayOf = map[string]time.Weekday{
	"sunday": 0, "sun": 0, "monday": 1, "mon": 1, "tuesday": 2, "tue": 2, "tues": 2, "wednesday": 3, "wed": 3,
	"thursday": 4, "thu": 4, "thurs": 4, "friday": 5, "fri": 5, "saturday": 6, "sat": 6,
}

var numberOf = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"first": 1, "second": 2, "third": 3, "fourth": 4, "couple": 2,
}

// fixed are days that have a name and one date in every year.
var fixed = map[string][2]int{
	"christmas": {12, 25}, "christmas day": {12, 25}, "christmas eve": {12, 24}, "new year day": {1, 1}, "new year eve": {12, 31},
	"halloween": {10, 31}, "may day": {5, 1}, "valentine day": {2, 14},
}

// parts of a day and of a period say nothing of the calendar day itself.
var (
	dayParts = set("morning afternoon evening night noon midnight overnight midday dawn dusk")
	edges    = set(`early late later earlier mid middle around about nearly almost roughly approximately in by since until before
		after from beginning start end first half just only as long during for over than more less at least some up to through
		towards toward between sometime any time yet back when part both hours`)
)

// trim drops words before and after the date itself: "early", "late", "morning".
func trim(w []string) []string {
	for len(w) > 1 && (edges[w[0]] || w[0] == "-") {
		if w[0] == "first" && (strings.HasPrefix(w[1], "quarter") || numberOf[w[1]] > 0) {
			break
		}
		w = w[1:]
	}
	for len(w) > 1 && w[0] != "last" && (dayParts[w[len(w)-1]] || w[len(w)-1] == "-" || w[len(w)-1] == "early" || w[len(w)-1] == "late") {
		w = w[:len(w)-1]
	}
	return w
}

func day(t time.Time) pipeline.When {
	return pipeline.When{Value: t.Format("2006-01-02"), Granularity: "day"}
}

func month(t time.Time) pipeline.When {
	return pipeline.When{Value: t.Format("2006-01"), Granularity: "month"}
}

func year(y int) pipeline.When {
	return pipeline.When{Value: fmt.Sprintf("%04d", y), Granularity: "year"}
}

func week(t time.Time) pipeline.When {
	y, w := t.ISOWeek()
	return pipeline.When{Value: fmt.Sprintf("%04d-W%02d", y, w), Granularity: "week"}
}

func interval(a, b pipeline.When) pipeline.When {
	return pipeline.When{Value: a.Value + "/" + b.Value, Granularity: "interval"}
}

// ordinal reads "14", "14th"; ok only for a day of the month.
func ordinal(w string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimRight(w, "stndrh"))
	return n, err == nil && n >= 1 && n <= 31 && len(w) <= 4
}

func yearNumber(w string) (int, bool) {
	n, err := strconv.Atoi(w)
	return n, err == nil && len(w) == 4 && n >= 1000 && n <= 2999
}

// readAbsolute reads dates by month name, day and year, years, decades, seasons
// and quarters. A date without a year is the one nearest to publication that
// the tense allows.
func readAbsolute(w []string, published time.Time, tense Tense) (pipeline.When, bool) {
	w = trim(w)
	if len(w) > 1 {
		if _, ok := weekdayOf[w[0]]; ok && (monthOf[w[1]] != 0 || len(w) > 2 && monthOf[w[2]] != 0) {
			w = w[1:]
		}
	}
	if len(w) == 0 {
		return pipeline.When{}, false
	}
	if md, ok := fixed[strings.Join(w, " ")]; ok {
		return nearest(time.Month(md[0]), md[1], published, tense), true
	}
	if m, ok := monthOf[w[0]]; ok {
		return readMonth(m, w[1:], published, tense)
	}
	if len(w) == 2 && monthOf[w[1]] != 0 {
		if when, ok := turnMonth(w[0], monthOf[w[1]], published); ok {
			return when, true
		}
	}
	if n, ok := ordinal(w[0]); ok && len(w) > 1 && monthOf[w[1]] != 0 {
		return readMonth(monthOf[w[1]], append([]string{strconv.Itoa(n)}, w[2:]...), published, tense)
	}
	if len(w) >= 3 && w[1] == "-" { // 2015-01-29
		if t, err := time.Parse("2006-01-02", strings.Join(w, "")); err == nil {
			return day(t), true
		}
	}
	if y, ok := yearNumber(w[0]); ok && len(w) == 1 {
		return year(y), true
	}
	return readPeriod(w, published, tense)
}

// readMonth reads what follows the name of a month: a day, a year, both.
func readMonth(m time.Month, rest []string, published time.Time, tense Tense) (pipeline.When, bool) {
	switch len(rest) {
	case 0:
		return nearestMonth(m, published, tense), true
	case 1:
		if y, ok := yearNumber(rest[0]); ok {
			return month(time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)), true
		}
		if n, ok := ordinal(rest[0]); ok {
			return nearest(m, n, published, tense), true
		}
		switch rest[0] {
		case "this", "year":
			return nearestMonth(m, published, tense), true
		}
	case 2:
		n, okDay := ordinal(rest[0])
		y, okYear := yearNumber(rest[1])
		if okDay && okYear {
			return exact(y, m, n), true
		}
		if published.IsZero() {
			return pipeline.When{}, rest[1] == "year"
		}
		switch rest[0] + " " + rest[1] {
		case "last year":
			return month(time.Date(published.Year()-1, m, 1, 0, 0, 0, 0, time.UTC)), true
		case "this year":
			return month(time.Date(published.Year(), m, 1, 0, 0, 0, 0, time.UTC)), true
		case "next year":
			return month(time.Date(published.Year()+1, m, 1, 0, 0, 0, 0, time.UTC)), true
		}
	}
	return pipeline.When{}, false
}

// turnMonth reads "last July", the one before this month, "this July" and "next July".
func turnMonth(which string, m time.Month, published time.Time) (pipeline.When, bool) {
	y := published.Year()
	switch which {
	case "last", "past", "previous":
		if m >= published.Month() {
			y--
		}
	case "next", "coming":
		if m <= published.Month() {
			y++
		}
	case "this":
	default:
		return pipeline.When{}, false
	}
	if published.IsZero() {
		return pipeline.When{}, true
	}
	return month(time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)), true
}

// exact is a day of the calendar, or empty where there is no such day.
func exact(y int, m time.Month, d int) pipeline.When {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if t.Month() != m {
		return pipeline.When{}
	}
	return day(t)
}

// nearest is the day of a month in the year that the tense asks for.
func nearest(m time.Month, d int, published time.Time, tense Tense) pipeline.When {
	if published.IsZero() {
		return pipeline.When{}
	}
	y := published.Year()
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	const half = 183 * 24 * time.Hour
	switch {
	case tense == Past && t.After(published.AddDate(0, 0, 1)):
		y--
	case tense == Future && t.Before(published.AddDate(0, 0, -1)):
		y++
	case tense == Unsaid && t.Sub(published) > half:
		y--
	case tense == Unsaid && published.Sub(t) > half:
		y++
	}
	return exact(y, m, d)
}

func nearestMonth(m time.Month, published time.Time, tense Tense) pipeline.When {
	if published.IsZero() {
		return pipeline.When{}
	}
	y, p := published.Year(), published.Month()
	switch {
	case tense == Past && m > p, tense == Unsaid && m > p+6:
		y--
	case tense == Future && m < p, tense == Unsaid && m+6 < p && m+12-p < 4:
		y++
	}
	return month(time.Date(y, m, 1, 0, 0, 0, 0, time.UTC))
}
