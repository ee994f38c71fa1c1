package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const day = "2006-01-02"

// days gives the first and the last day of an ISO 8601 date, week, month,
// quarter, year or interval ("2015-01-29", "2015-W05", "2015-01", "2015-Q1",
// "2015", "2015-01-29/2015-02-02"). Both are empty for what it cannot read.
func days(value string) (first, last string) {
	from, to, isInterval := strings.Cut(value, "/")
	if isInterval {
		first, _ = days(from)
		_, last = days(to)
		if first > last {
			return "", ""
		}
		return first, last
	}
	var start, end time.Time
	if t, err := time.Parse(day, value); err == nil {
		start, end = t, t
	} else if t, err := time.Parse("2006-01", value); err == nil {
		start, end = t, t.AddDate(0, 1, -1)
	} else if t, err := time.Parse("2006", value); err == nil {
		start, end = t, t.AddDate(1, 0, -1)
	} else if year, rest, ok := strings.Cut(value, "-"); ok && len(year) == 4 && len(rest) > 1 {
		y, errYear := strconv.Atoi(year)
		n, errRest := strconv.Atoi(rest[1:])
		switch {
		case errYear != nil || errRest != nil:
			return "", ""
		case rest[0] == 'W' && n >= 1 && n <= 53:
			start = monday(y, n)
			end = start.AddDate(0, 0, 6)
		case rest[0] == 'Q' && n >= 1 && n <= 4:
			start = time.Date(y, time.Month(3*n-2), 1, 0, 0, 0, 0, time.UTC)
			end = start.AddDate(0, 3, -1)
		default:
			return "", ""
		}
	} else {
		return "", ""
	}
	return start.Format(day), end.Format(day)
}

// monday is the first day of an ISO week: week 1 holds January 4.
func monday(year, week int) time.Time {
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
	back := (int(fourth.Weekday()) + 6) % 7
	return fourth.AddDate(0, 0, 7*(week-1)-back)
}

// ParseDay reads a day, month or year that a user gave, and returns its first
// and last day.
func ParseDay(s string) (first, last string, err error) {
	if first, last = days(s); first == "" {
		return "", "", fmt.Errorf("%q is no date: want 2015-01-29, 2015-01 or 2015", s)
	}
	return first, last, nil
}
