package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// abbreviated reports whether w, written before a period, is an abbreviation
// that keeps it.
func abbreviated(w string) bool {
	if dotted(w) {
		return w != "I"
	}
	if len(w) > 12 {
		return false
	}
	return abbreviations[w] || titles[w]
}

// dotted reports whether w is single letters with periods between them, such as
// "U.S", or one capital letter.
func dotted(w string) bool {
	if w == "Ph" || w == "Ph.D" {
		return true
	}
	for i := 0; i < len(w); {
		r, n := utf8.DecodeRuneInString(w[i:])
		if !unicode.IsLetter(r) {
			return false
		}
		if i += n; i == len(w) {
			return i > n || unicode.IsUpper(r)
		}
		if w[i] != '.' {
			return false
		}
		i++
	}
	return false
}

// onlyLetter reports whether w is one letter.
func onlyLetter(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	return n == len(w) && unicode.IsLetter(r)
}

// initials reports whether s goes on with a period, a letter and a period.
func initials(s string) bool {
	r, n := utf8.DecodeRuneInString(s[1:])
	return unicode.IsLetter(r) && len(s) > 1+n && s[1+n] == '.'
}

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// Abbreviations as they are written. Titles stand before a name, so a sentence
// never ends after one.
var (
	titles = set(`Mr Mrs Ms Messrs Mx Dr Prof Gen Lt Col Maj Capt Cmdr Cpl Sgt Pvt Adm Brig Rear
		Sen Rep Gov Pres Amb Atty Supt Det Insp Rev Fr Msgr Hon St Ste Mt Ft Sens Reps Gens Govs Drs Profs
		Mme Mlle Sr Sra Eng Ald`)
	abbreviations = set(`Jr Inc Corp Co Cos Ltd Bros Assn Dept Univ Inst Intl Natl Govt Ave Blvd Rd Pl
		Jan Feb Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri
		Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Mo Mont Neb Nev Okla Ore
		Pa Penn Tenn Tex Va Vt Wash Wis Wyo Alta Ont Que Sask
		vs v etc al ca cf viz approx appt apt dept est ext incl min max misc nos vol vols ed eds fig figs
		pp ft lb lbs oz mph sq hrs mins secs yr yrs jr sr inc corp co ltd gen gov sgt mr mrs ms dr
		Vol Ed Eds Fig Figs Ph`)
	// Abbreviations only where a number follows.
	beforeNumber = set(`No no Nos Art art Sec sec Mar Apr Jun Jul Sat Sun p pp Ch ch Pt Op Rs`)
)

// Prefixes that are written with a hyphen and stay one word with a lower-case
// rest, as in the treebanks.
var boundPrefix = set(`non anti pro pre post co re mid cross multi ex sub counter semi e neo inter intra
	over mini un arch ultra micro socio psycho`)

// Units that are cut off a number written before them.
var numberUnit = set(`am pm k m mm b bn mn tn km kg kgs cm ft lb lbs mph kph gb mb mw kw hrs hr min mins`)

// What follows an apostrophe where letters are left out at the beginning.
var elided = set(`em til tis twas cause bout n`)

// Words that are written together but are two, and where the second begins.
var joined = map[string]int{
	"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3,
}
