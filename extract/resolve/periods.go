package resolve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/pipeline"
)

var seasonOf = map[string]time.Month{"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

// season is the three months that begin with m of year y.
func season(y int, m time.Month, granularity string) pipeline.When {
	a := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	w := interval(month(a), month(a.AddDate(0, 2, 0)))
	w.Granularity = granularity
	return w
}

// readPeriod reads decades, seasons, quarters and centuries.
func readPeriod(w []string, published time.Time, tense Tense) (pipeline.When, bool) {
	last := w[len(w)-1]
	if n := len(w[0]); len(w) == 1 && w[0][n-1] == 's' && (n == 5 || n == 3) {
		if y, err := strconv.Atoi(w[0][:n-1]); err == nil && y%10 == 0 {
			if y < 100 {
				y += 1900
			}
			d := interval(year(y), year(y+9))
			d.Granularity = "decade"
			return d, true
		}
	}
	y, given := yearNumber(last)
	if given {
		w = w[:len(w)-1]
	} else if !published.IsZero() {
		y = published.Year()
	}
	if len(w) == 0 {
		return pipeline.When{}, false
	}
	if m, ok := seasonOf[w[len(w)-1]]; ok {
		shift := 0
		switch w[0] {
		case "last", "previous":
			if !given && !published.IsZero() && published.Month() <= m+2 {
				shift = -1
			}
		case "next":
			if !given && !published.IsZero() && published.Month() >= m {
				shift = 1
			}
		case "this", w[len(w)-1]:
			if !given && tense == Past && !published.IsZero() && m > published.Month() {
				shift = -1
			}
		default:
			return pipeline.When{}, false
		}
		if !given && published.IsZero() {
			return pipeline.When{}, true
		}
		return season(y+shift, m, "season"), true
	}
	if len(w) >= 2 && strings.HasPrefix(w[1], "quarter") {
		if n := numberOf[w[0]]; n >= 1 && n <= 4 && (given || !published.IsZero()) {
			if !given && tense != Future && time.Month(3*n-2) > published.Month() {
				y--
			}
			return season(y, time.Month(3*n-2), "quarter"), true
		}
	}
	if last == "century" {
		if n, err := strconv.Atoi(strings.TrimRight(w[0], "stndrh")); err == nil && n > 0 && n < 30 {
			return interval(year(100*n-99), year(100*n)), true
		}
	}
	return pipeline.When{}, false
}

// readSpan reads two dates with "to", "through" or "and" between: an interval of
// what both are. The first takes month and year from the second where it lacks them.
func readSpan(w []string, published time.Time, tense Tense) (pipeline.When, bool) {
	for k := 1; k+1 < len(w); k++ {
		switch w[k] {
		case "to", "through", "thru", "-", "and", "until":
		default:
			continue
		}
		a, b := trim(w[:k]), trim(w[k+1:])
		if len(a) == 0 || len(b) == 0 {
			continue
		}
		second, ok := readPoint(b, published, tense)
		if !ok {
			// "July 8-9": the second has the month of the first.
			n, isDay := ordinal(b[0])
			first, okFirst := readPoint(a, published, tense)
			if !isDay || !okFirst || first.Granularity != "day" || len(b) > 2 {
				continue
			}
			v := first.Value[:8] + fmt.Sprintf("%02d", n)
			if len(b) == 2 {
				y, isYear := yearNumber(b[1])
				if !isYear {
					continue
				}
				first.Value = fmt.Sprintf("%04d", y) + first.Value[4:]
				v = fmt.Sprintf("%04d", y) + v[4:]
			}
			return interval(first, pipeline.When{Value: v}), true
		}
		first, ok := readPoint(a, published, tense)
		if n, isDay := ordinal(a[len(a)-1]); !ok && isDay && len(a) == 1 && second.Granularity == "day" {
			first, ok = pipeline.When{Value: second.Value[:8] + fmt.Sprintf("%02d", n)}, true
		}
		if m, isMonth := monthOf[a[0]]; isMonth && len(second.Value) >= 7 && second.Granularity != "week" && !hasYear(a) && hasYear(b) {
			// "April 4 through May 2, 2008"
			v := second.Value[:5] + fmt.Sprintf("%02d", m)
			if len(a) == 2 {
				n, _ := ordinal(a[1])
				v += fmt.Sprintf("-%02d", n)
			}
			first, ok = pipeline.When{Value: v}, true
		}
		if ok && first.Value != "" && second.Value != "" && first.Value != second.Value {
			return interval(first, second), true
		}
	}
	return pipeline.When{}, false
}

func hasYear(w []string) bool {
	return slices.ContainsFunc(w, func(s string) bool { _, ok := yearNumber(s); return ok })
}

func readPoint(w []string, published time.Time, tense Tense) (pipeline.When, bool) {
	if when, ok := readAbsolute(w, published, tense); ok {
		return when, when.Value != ""
	}
	when, ok := readRelative(w, published, tense)
	return when, ok && when.Value != ""
}
