package names

import "strings"

// A class is the part that a word plays in dates, times and amounts.
type class uint8

const (
	noClass class = iota
	number        // 12, twelve, dozen
	ordinal       // 12th, second
	year          // 1995, 2030
	decade        // 1990s, '90s
	clock         // 10:30
	month
	mayMonth // May, March: months that are words too
	weekday
	dayUnit   // day, week, month, year, decade, century and their plurals
	clockUnit // second, minute, hour
	dayPart   // morning, night, noon
	season
	holiday
	relativeDay // today, yesterday
	relative    // last, next, past, this, ago, earlier
	extent      // early, late, mid, end, middle, beginning
	approximate // about, nearly, more, than, least
	currency    // dollars, euros, cents, $
	magnitude   // million, billion
	zone        // UTC, GMT, a.m.
	period      // daily, weekly, annual, overnight
)

// strong reports whether a word of class c is reason enough to look for a date,
// a time or an amount.
func (c class) strong() bool {
	switch c {
	case year, decade, clock, month, mayMonth, weekday, dayUnit, clockUnit, dayPart, season, relativeDay, currency, period, holiday:
		return true
	}
	return false
}

var classes = func() map[string]class {
	m := map[string]class{}
	for c, words := range map[class]string{
		number: "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen " +
			"twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands dozen dozens half quarter several few many tens couple scores",
		magnitude: "million millions billion billions trillion trillions",
		ordinal: "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth " +
			"seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth hundredth straight consecutive",
		month: "january february april june july august september october november december jan feb apr jun jul aug sep sept oct nov dec " +
			"jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mid-january mid-february mid-march mid-april mid-may mid-june mid-july mid-august mid-september mid-october mid-november mid-december",
		mayMonth: "march may",
		weekday:  "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mon. tue. tues. wed. thu. thur. thurs. fri. sat. sun.",
		dayUnit: "day days week weeks month months year years decade decades century centuries weekend weekends fortnight millennium generation generations " +
			"year-old anniversary semester term",
		clockUnit:   "seconds minute minutes hour hours",
		dayPart:     "morning mornings afternoon afternoons evening evenings night nights noon midday midnight dawn dusk daybreak nightfall sunrise sunset",
		season:      "spring summer autumn winter summers winters",
		holiday:     "christmas easter ramadan eid thanksgiving ashura hanukkah passover diwali nowruz halloween",
		relativeDay: "today yesterday tomorrow tonight",
		relative:    "last next past this previous following coming recent ago earlier later before after since until ensuing preceding upcoming each every other another same current prior",
		extent:      "early late mid end middle beginning start rest whole entire eve",
		approximate: "about nearly almost around roughly approximately over more less fewer than least most up some under just only within between as much",
		currency: "dollar dollars euro euros pound pounds yen yuan won ruble rubles rouble roubles rupee rupees cent cents peso pesos franc francs dinar dinars " +
			"riyal riyals rial rials baht lira real reais shekel shekels krona kroner rand naira $ € £ ¥ us$ c$ a$ nz$ hk$",
		zone:   "utc gmt est edt pst pdt a.m. p.m. am pm a.m p.m o'clock local",
		period: "daily weekly monthly yearly annual annually overnight quarterly hourly nightly",
	} {
		for _, w := range strings.Fields(words) {
			m[w] = c
		}
	}
	return m
}()

// classOf is the class of a folded word.
func classOf(folded string) class {
	if c, ok := classes[folded]; ok {
		return c
	}
	if folded == "" {
		return noClass
	}
	n := 0
	for n < len(folded) && ('0' <= folded[n] && folded[n] <= '9' || n > 0 && (folded[n] == ',' || folded[n] == '.')) {
		n++
	}
	switch rest := folded[n:]; {
	case n == 0 && len(folded) == 4 && folded[0] == '\'' && folded[3] == 's':
		return decade
	case n == 0:
		return noClass
	case n == 4 && rest == "" && (folded[0] == '1' && folded[1] >= '5' || folded[0] == '2' && folded[1] <= '1') && strings.Trim(folded, "0123456789") == "":
		return year
	case rest == "":
		return number
	case rest == "s" && n >= 2:
		return decade
	case rest == "st" || rest == "nd" || rest == "rd" || rest == "th":
		return ordinal
	case rest[0] == ':' && n <= 2:
		return clock
	}
	return noClass
}
