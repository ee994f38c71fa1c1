package resolve

import (
	"strings"
	"time"

	"parley/pipeline"
)

// readRelative reads dates that count from the day of publication. It answers
// for every date that it knows to be relative, with an empty When where there is
// no day to count from or where the words name no point in time.
func readRelative(w []string, published time.Time, tense Tense) (pipeline.When, bool) {
	if published.IsZero() {
		return pipeline.When{}, true
	}
	whole := w
	w = trim(w)
	if len(w) == 1 && len(whole) > 1 && inside[whole[0]] && unit(w[0]) == w[0] {
		return back(published, 0, w[0]), true // "later in the day", "the end of the year"
	}
	if when, ok := readDay(w, published, tense); ok {
		return when, true
	}
	if when, ok := readAgo(w, published); ok {
		return when, true
	}
	if when, ok := readUnit(w, published, tense); ok {
		return when, true
	}
	return readStretch(w, published)
}

// inside are words that put a moment inside the current day, week, month or year.
var inside = set("later earlier end beginning start middle early late")

// readDay reads weekdays and the words for the days around publication.
func readDay(w []string, published time.Time, tense Tense) (pipeline.When, bool) {
	switch strings.Join(w, " ") {
	case "today", "tonight", "this day", "in day", "later in day", "earlier in day", "now", "this", "overnight":
		return day(published), true
	case "yesterday", "last night":
		return day(published.AddDate(0, 0, -1)), true
	case "tomorrow":
		return day(published.AddDate(0, 0, 1)), true
	case "day before yesterday":
		return day(published.AddDate(0, 0, -2)), true
	case "day after tomorrow":
		return day(published.AddDate(0, 0, 2)), true
	case "weekend", "this weekend", "last weekend", "past weekend", "next weekend", "this past weekend", "coming weekend", "this coming weekend":
		return weekend(w[0], published, tense), true
	}
	shift := ""
	switch {
	case len(w) == 2:
		shift = w[0]
	case len(w) == 3 && w[0] == "this":
		shift = w[1]
	case len(w) != 1:
		// "Thursday of last week"
		if wd, ok := weekdayOf[w[0]]; ok && len(w) == 3 && w[2] == "week" {
			monday := published.AddDate(0, 0, -int(published.Weekday()+6)%7)
			switch w[1] {
			case "last":
				monday = monday.AddDate(0, 0, -7)
			case "next":
				monday = monday.AddDate(0, 0, 7)
			}
			return day(monday.AddDate(0, 0, int(wd+6)%7)), true
		}
		return pipeline.When{}, false
	}
	wd, ok := weekdayOf[w[len(w)-1]]
	if !ok {
		return pipeline.When{}, false
	}
	back := (int(published.Weekday()) - int(wd) + 7) % 7 // days since the last such day, 0 for today
	switch shift {
	case "last", "past", "previous":
		if back == 0 {
			back = 7
		}
		return day(published.AddDate(0, 0, -back)), true
	case "next", "coming", "following":
		return day(published.AddDate(0, 0, 7-back)), true
	case "", "this":
		if back > 0 && (tense == Future || shift == "this" && tense == Unsaid) {
			back -= 7
		}
		return day(published.AddDate(0, 0, -back)), true
	}
	return pipeline.When{}, true
}

// weekend is the Saturday and Sunday that a word before "weekend" means.
func weekend(which string, published time.Time, tense Tense) pipeline.When {
	saturday := published.AddDate(0, 0, -((int(published.Weekday()) + 1) % 7)) // today or before
	onNow := published.Weekday() == time.Saturday || published.Weekday() == time.Sunday
	switch {
	case which == "next" || which == "coming" || tense == Future && !onNow:
		saturday = saturday.AddDate(0, 0, 7)
	case which == "last" && onNow:
		saturday = saturday.AddDate(0, 0, -7)
	}
	return interval(day(saturday), day(saturday.AddDate(0, 0, 1)))
}

// count reads a number in words or digits: "17", "seventeen", "a couple". Words
// of quantity that are no number ("several") do not count.
func count(w []string) (n, used int) {
	if len(w) == 0 {
		return 0, 0
	}
	if len(w) > 1 && w[0] == "a" && (w[1] == "couple" || w[1] == "few") {
		if w[1] == "few" {
			return 0, 0
		}
		return 2, 2
	}
	if v, ok := numberOf[w[0]]; ok {
		return v, 1
	}
	v := 0
	for _, r := range w[0] {
		if r < '0' || r > '9' || v > 1000 {
			return 0, 0
		}
		v = v*10 + int(r-'0')
	}
	return v, 1
}

// unit is a period of the calendar by its name, or empty.
func unit(w string) string {
	switch strings.TrimSuffix(w, "s") {
	case "day", "week", "month", "year", "decade":
		return strings.TrimSuffix(w, "s")
	}
	return ""
}

// back is the point n units from t, as precise as the unit.
func back(t time.Time, n int, u string) pipeline.When {
	switch u {
	case "day":
		return day(t.AddDate(0, 0, -n))
	case "week":
		return week(t.AddDate(0, 0, -7*n))
	case "month":
		first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
		return month(first.AddDate(0, -n, 0))
	case "year":
		return year(t.Year() - n)
	}
	d := t.Year()/10*10 - 10*n
	w := interval(year(d), year(d+9))
	w.Granularity = "decade"
	return w
}

// readAgo reads "two weeks ago" and "in three days". A vague number ("several
// weeks ago") names no point.
func readAgo(w []string, published time.Time) (pipeline.When, bool) {
	if w[len(w)-1] != "ago" {
		return pipeline.When{}, false
	}
	n, used := count(w)
	if used == 0 || len(w) != used+2 {
		return pipeline.When{}, true
	}
	u := unit(w[used])
	if u == "" || u == "decade" {
		return pipeline.When{}, true
	}
	return back(published, n, u), true
}

// readUnit reads "this week", "last month", "next year", "month or two".
func readUnit(w []string, published time.Time, tense Tense) (pipeline.When, bool) {
	if len(w) == 0 {
		return pipeline.When{}, false
	}
	shift, known := map[string]int{"this": 0, "current": 0, "last": 1, "previous": 1, "past": 1, "next": -1, "coming": -1}[w[0]]
	switch {
	case known && len(w) == 2 && unit(w[1]) == w[1]:
		if w[0] == "past" || w[0] == "coming" {
			return stretch(published, shift, 1, w[1]), true
		}
		if w[1] == "day" {
			return pipeline.When{}, true
		}
		return back(published, shift, w[1]), true
	case known && len(w) == 4 && w[2] == "or" && unit(w[1]) == w[1]:
		// "next month or two"
		n, used := count(w[3:])
		if used == 0 || shift == 0 {
			return pipeline.When{}, true
		}
		a, b := back(published, shift, w[1]), back(published, shift*n, w[1])
		if shift > 0 {
			a, b = b, a
		}
		return interval(a, b), true
	case len(w) == 2 && w[0] == "year" && w[1] == "end", len(w) == 1 && w[0] == "year-end":
		return year(published.Year()), true
	case len(w) == 1 && w[0] == "month" && tense == Future, len(w) == 1 && w[0] == "year" && tense == Future:
		return pipeline.When{}, true
	}
	return pipeline.When{}, false
}

// readStretch reads a stretch of time that ends or begins with publication: "the
// last 10 days", "the next five years".
func readStretch(w []string, published time.Time) (pipeline.When, bool) {
	if len(w) < 3 {
		return pipeline.When{}, false
	}
	shift := map[string]int{"last": 1, "past": 1, "previous": 1, "next": -1, "coming": -1, "following": -1}[w[0]]
	if shift == 0 {
		return pipeline.When{}, false
	}
	n, used := count(w[1:])
	if used == 0 || len(w) != used+2 {
		return pipeline.When{}, true
	}
	u := unit(w[used+1])
	if u == "" {
		return pipeline.When{}, true
	}
	return stretch(published, shift, n, u), true
}

// stretch is the n units before (shift 1) or after (shift -1) publication.
func stretch(published time.Time, shift, n int, u string) pipeline.When {
	other := published
	switch u {
	case "day":
		other = other.AddDate(0, 0, -shift*n)
	case "week":
		other = other.AddDate(0, 0, -7*shift*n)
	case "month":
		other = other.AddDate(0, -shift*n, 0)
	case "year":
		other = other.AddDate(-shift*n, 0, 0)
	default:
		other = other.AddDate(-10*shift*n, 0, 0)
	}
	a, b := day(other), day(published)
	if u == "month" {
		a, b = month(other), month(published)
	} else if u == "year" || u == "decade" {
		a, b = year(other.Year()), year(published.Year())
	}
	if shift < 0 {
		a, b = b, a
	}
	return interval(a, b)
}
