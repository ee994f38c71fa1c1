package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"parley/extract/lists"
)

// leadersTable lists office holders: name, actor code (country and sector, "KORGOVMIL"),
// office where the source tells it, first and last day (YYYY-MM-DD, either may be empty).
func leadersTable(dir string) ([]string, error) {
	var lines []string
	for _, read := range []func(string) ([]string, error){countryInfoLeaders, executives, factbookLeaders} {
		more, err := read(dir)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	slices.Sort(lines)
	return slices.Compact(lines), nil
}

var (
	codeTag    = regexp.MustCompile(`<CountryCode>(\w+)</CountryCode>`)
	openTag    = regexp.MustCompile(`^\s*<([^/>]+)>`)
	leaderTerm = regexp.MustCompile(`\[([<>]?)\s*(\d{8})?(?:\s*-\s*(\d{8}))?\s*>?\]`)
	ministry   = regexp.MustCompile(`\[([A-Z]{6,})\s*([<>]?)\s*(\d{8})(?:\s*-\s*(\d{8}))?\s*\]`)
)

// countryInfoLeaders reads heads of state and ministers of CountryInfo: terms
// of about 1960 to 2011, with the office as the source names it.
func countryInfoLeaders(dir string) ([]string, error) {
	in, err := readLines(filepath.Join(dir, "actors", "CountryInfo.120116.txt.gz"))
	if err != nil {
		return nil, err
	}
	var out []string
	country, section, office := "", "", ""
	for _, line := range in {
		if m := codeTag.FindStringSubmatch(line); m != nil {
			country = m[1]
			continue
		}
		if m := openTag.FindStringSubmatch(line); m != nil {
			switch m[1] {
			case "Leaders", "Government":
				section = m[1]
			default:
				if section == "Leaders" {
					office = strings.ReplaceAll(m[1], "_", " ")
				}
			}
			continue
		}
		if strings.Contains(line, "</Leaders>") || strings.Contains(line, "</Government>") {
			section = ""
			continue
		}
		if section == "" || country == "" {
			continue
		}
		name := dictionaryName(strings.TrimSpace(line))
		if !strings.Contains(name, " ") {
			continue
		}
		if section == "Leaders" {
			for _, m := range leaderTerm.FindAllStringSubmatch(line, -1) {
				from, until := isoDay(m[2]), isoDay(m[3])
				if m[1] == "<" {
					from, until = "", isoDay(m[2])
				}
				out = append(out, strings.Join([]string{name, country + "GOV", office, from, until}, "\t"))
			}
			continue
		}
		_, title, _ := strings.Cut(line, "#")
		for _, m := range ministry.FindAllStringSubmatch(line, -1) {
			from, until := isoDay(m[3]), isoDay(m[4])
			if m[2] == "<" {
				from, until = "", isoDay(m[3])
			}
			out = append(out, strings.Join([]string{name, m[1], strings.TrimSpace(title), from, until}, "\t"))
		}
	}
	return out, nil
}

// dictionaryName turns the name of a TABARI entry, "TONY_BLAIR_ [..." or
// "{TONY_BLAIR_}", into words: "Tony Blair". Letter case is lost in the source.
func dictionaryName(entry string) string {
	entry = strings.TrimLeft(entry, "+{ ")
	if i := strings.IndexAny(entry, "[\t;#{}()"); i >= 0 {
		entry = entry[:i]
	}
	words := strings.FieldsFunc(entry, func(r rune) bool { return r == '_' || unicode.IsSpace(r) })
	for i, w := range words {
		b := []byte(strings.ToLower(w))
		for j := range b {
			if (j == 0 || b[j-1] == '-' || b[j-1] == '\'' || b[j-1] == '.') && 'a' <= b[j] && b[j] <= 'z' {
				b[j] -= 'a' - 'A'
			}
		}
		words[i] = string(b)
	}
	return strings.Join(words, " ")
}

func isoDay(digits string) string {
	if len(digits) != 8 {
		return ""
	}
	// The source ends every month with a 31st.
	for _, day := range []string{digits[6:], "30", "29", "28"} {
		if d, err := time.Parse("20060102", digits[:6]+day); err == nil {
			return d.Format(time.DateOnly)
		}
	}
	return digits[:4]
}

// executives reads presidents and vice presidents of the United States.
func executives(dir string) ([]string, error) {
	in, err := readLines(filepath.Join(dir, "people", "us-executive.yaml.gz"))
	if err != nil {
		return nil, err
	}
	var out []string
	var first, last, office, from string
	value := func(line string) string { return strings.Trim(line[strings.Index(line, ":")+1:], " '\"") }
	for _, line := range in {
		switch field := strings.TrimLeft(line, " -"); {
		case strings.HasPrefix(field, "first:"):
			first = value(field)
		case strings.HasPrefix(field, "last:"):
			last = value(field)
		case strings.HasPrefix(field, "type:"):
			office = map[string]string{"prez": "President", "viceprez": "Vice President"}[value(field)]
		case strings.HasPrefix(field, "start:"):
			from = value(field)
		case strings.HasPrefix(field, "end:"):
			out = append(out, strings.Join([]string{first + " " + last, "USAGOV", office, from, value(field)}, "\t"))
		}
	}
	return out, nil
}

var holder = regexp.MustCompile(`(?i:(president|prime minister|king|queen|chancellor|sultan|amir|emir|premier|supreme leader|prince|chief executive))\s+((?:[\p{Lu}][\p{L}'’.-]* ?){2,6}?)\s*\(since (?:(\d{1,2}) )?(\w+)? ?(\d{4})\)`)

// factbookLeaders reads chiefs of state and heads of government from The World
// Factbook of 2025: "President Gabriel BORIC Font (since 11 March 2022)".
func factbookLeaders(dir string) ([]string, error) {
	in, err := readLines(filepath.Join(dir, "people", "factbook-governments.json.gz"))
	if err != nil {
		return nil, err
	}
	type text struct{ Text string }
	var countries map[string]struct {
		Name struct {
			Short text `json:"conventional short form"`
			Long  text `json:"conventional long form"`
		} `json:"name"`
		Executive map[string]json.RawMessage `json:"executive"`
	}
	if err := json.Unmarshal([]byte(strings.Join(in, "\n")), &countries); err != nil {
		return nil, err
	}
	var out []string
	for _, key := range slices.Sorted(maps.Keys(countries)) {
		c := countries[key]
		iso, ok := lists.Country(c.Name.Short.Text)
		if !ok {
			if iso, ok = lists.Country(c.Name.Long.Text); !ok {
				continue
			}
		}
		for _, branch := range []string{"chief of state", "head of government"} {
			for _, m := range holder.FindAllSubmatch(c.Executive[branch], -1) {
				month := map[string]string{"january": "01", "february": "02", "march": "03", "april": "04", "may": "05", "june": "06", "july": "07",
					"august": "08", "september": "09", "october": "10", "november": "11", "december": "12"}[strings.ToLower(string(m[4]))]
				from := string(m[5])
				if month != "" {
					from += "-" + month
					if len(m[3]) > 0 {
						from += "-" + fmt.Sprintf("%02s", m[3])
					}
				}
				words := strings.Fields(string(m[2]))
				for i, w := range words {
					if len(w) > 1 && strings.ToUpper(w) == w {
						words[i] = dictionaryName(w)
					}
				}
				out = append(out, strings.Join([]string{strings.Join(words, " "), iso + "GOV", string(m[1]), from, ""}, "\t"))
			}
		}
	}
	return out, nil
}
