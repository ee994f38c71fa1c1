package resolve

import (
	"testing"
	"time"

	"parley/pipeline"
)

func TestReadDate(t *testing.T) {
	thursday := time.Date(2015, 1, 29, 0, 0, 0, 0, time.UTC)
	december := time.Date(2023, 12, 7, 0, 0, 0, 0, time.UTC)
	never := time.Time{}
	for _, c := range []struct {
		text        string
		published   time.Time
		tense       Tense
		value, unit string
	}{
		// Days of the week: a report tells of the last one, today included.
		{"Thursday", thursday, Past, "2015-01-29", "day"},
		{"Monday", thursday, Past, "2015-01-26", "day"},
		{"late Monday", thursday, Past, "2015-01-26", "day"},
		{"Wednesday night", thursday, Past, "2015-01-28", "day"},
		{"early Saturday", thursday, Past, "2015-01-24", "day"},
		{"Saturday", thursday, Future, "2015-01-31", "day"},
		{"this Saturday", thursday, Unsaid, "2015-01-31", "day"},
		{"next Thursday", thursday, Future, "2015-02-05", "day"},
		{"last Thursday", thursday, Past, "2015-01-22", "day"},
		{"Tuesday's", thursday, Past, "2015-01-27", "day"},
		{"Friday of last week", thursday, Past, "2015-01-23", "day"},
		// Days around publication.
		{"today", thursday, Past, "2015-01-29", "day"},
		{"yesterday", thursday, Past, "2015-01-28", "day"},
		{"tomorrow morning", thursday, Future, "2015-01-30", "day"},
		{"last night", thursday, Past, "2015-01-28", "day"},
		{"later in the day", thursday, Past, "2015-01-29", "day"},
		{"two days ago", thursday, Past, "2015-01-27", "day"},
		// Weeks, weekends, months, years.
		{"this week", thursday, Past, "2015-W05", "week"},
		{"earlier this week", thursday, Past, "2015-W05", "week"},
		{"last week", thursday, Past, "2015-W04", "week"},
		{"a week ago", thursday, Past, "2015-W04", "week"},
		{"next week", thursday, Future, "2015-W06", "week"},
		{"the weekend", thursday, Past, "2015-01-24/2015-01-25", "interval"},
		{"next weekend", thursday, Future, "2015-01-31/2015-02-01", "interval"},
		{"early this month", december, Past, "2023-12", "month"},
		{"last month", thursday, Past, "2014-12", "month"},
		{"the end of the month", thursday, Future, "2015-01", "month"},
		{"next month or two", december, Future, "2024-01/2024-02", "interval"},
		{"Late last year", december, Past, "2022", "year"},
		{"earlier this year", december, Past, "2023", "year"},
		{"the end of the year", december, Future, "2023", "year"},
		{"17 years ago", thursday, Past, "1998", "year"},
		{"the past two years", thursday, Past, "2013/2015", "interval"},
		{"the last 10 days", thursday, Past, "2015-01-19/2015-01-29", "interval"},
		// Calendar dates.
		{"March 3, 1998", never, Past, "1998-03-03", "day"},
		{"3 March 1998", never, Past, "1998-03-03", "day"},
		{"Tuesday, March 3, 1998", never, Unsaid, "1998-03-03", "day"},
		{"Sept. 5", december, Past, "2023-09-05", "day"},
		{"January 30th", december, Future, "2024-01-30", "day"},
		{"January 5", thursday, Past, "2015-01-05", "day"},
		{"October 5", thursday, Past, "2014-10-05", "day"},
		{"August", december, Past, "2023-08", "month"},
		{"February", december, Future, "2024-02", "month"},
		{"last July", thursday, Past, "2014-07", "month"},
		{"next March", december, Future, "2024-03", "month"},
		{"late March", thursday, Past, "2014-03", "month"},
		{"June of last year", december, Past, "2022-06", "month"},
		{"April 2008", never, Past, "2008-04", "month"},
		{"1995", never, Past, "1995", "year"},
		{"around 2012", never, Past, "2012", "year"},
		{"the 1990s", never, Past, "1990/1999", "decade"},
		{"mid-1980s", never, Past, "1980/1989", "decade"},
		{"last summer", december, Past, "2023-06/2023-08", "season"},
		{"spring 2011", never, Past, "2011-03/2011-05", "season"},
		{"the third quarter", december, Past, "2023-07/2023-09", "quarter"},
		{"Christmas Day", december, Future, "2023-12-25", "day"},
		// Intervals.
		{"May 4 through May 8", thursday, Future, "2015-05-04/2015-05-08", "interval"},
		{"July 8-9", thursday, Past, "2014-07-08/2014-07-09", "interval"},
		{"2004 to 2009", never, Past, "2004/2009", "interval"},
		{"between 1996 and 2001", never, Past, "1996/2001", "interval"},
		{"from June 2 to June 5, 2007", never, Past, "2007-06-02/2007-06-05", "interval"},
		// No point in time, or none that can be known: empty rather than guessed.
		{"Thursday", never, Past, "", ""},
		{"last week", never, Past, "", ""},
		{"August", never, Past, "", ""},
		{"May 14", never, Future, "", ""},
		{"three years", thursday, Past, "", ""},
		{"several weeks ago", thursday, Past, "", ""},
		{"two-day", thursday, Past, "", ""},
		{"daily", thursday, Past, "", ""},
		{"each year", thursday, Past, "", ""},
		{"the following day", thursday, Past, "", ""},
		{"a month earlier", thursday, Past, "", ""},
		{"February 30, 2004", never, Past, "", ""},
		{"the 16th of each month", thursday, Past, "", ""},
		{"37-year-old", thursday, Past, "", ""},
		{"20th anniversary", thursday, Past, "", ""},
		{"", thursday, Past, "", ""},
	} {
		got := ReadDate(c.text, c.published, c.tense)
		if want := (pipeline.When{Value: c.value, Granularity: c.unit}); got != want {
			t.Errorf("%q published %s: got %v, want %v", c.text, c.published.Format("Mon 2006-01-02"), got, want)
		}
	}
}

func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"Thursday", "July 8-9, 2004", "next month or two", "the 1990s", "-", "'s", "of the"} {
		f.Add(s, int64(1422489600), 1)
	}
	f.Fuzz(func(t *testing.T, text string, published int64, tense int) {
		when := ReadDate(text, time.Unix(published%(1<<36), 0).UTC(), Tense(tense))
		if (when.Value == "") != (when.Granularity == "") {
			t.Errorf("%q: half a date: %v", text, when)
		}
	})
}
