package pipeline

import (
	"slices"
	"strings"
	"unicode"
)

// What a paragraph is to the page that it stands on, by its own words alone.
type furniture int

const (
	noFurniture furniture = iota
	aside                 // drop this paragraph
	teaser                // drop it and the headlines that follow: "Read more:", "Related"
	closing               // other stories follow, most often to the end of the page: "Latest from"
	ending                // the article is over: "Comments", "About the author"
)

// classify tells furniture by the words of a paragraph.
func classify(p *paragraph) furniture {
	key := p.Key
	if key == "" {
		return aside // rules, bullets, arrows
	}
	if _, _, date := readDateLine(p.Text); date {
		if strings.HasPrefix(key, "published in ") {
			return aside // where it was printed
		}
		return noFurniture // it is for clean to say whose date it is
	}
	bare := withoutNumbers(key)
	heading := p.Words <= 6 && !p.Sentence
	switch {
	case heading && endingLines[bare], p.Words <= 20 && !p.Sentence && endingStarts.begin(key):
		return ending
	case heading && (closingLines[bare] || closingStarts.begin(key)):
		return closing
	case bare == "" || asideLines[bare] || asideLines[key]:
		return aside
	case p.Words <= 25 && teaserStarts.begin(key) && announces(p):
		return teaser
	case p.Words <= 15 && !p.Sentence && (sectionStarts.begin(key) || labelStarts.begin(key) && labelled(p.Text)):
		return aside
	case p.Words <= 60 && asideStarts.begin(key) && !quoted(p.Text):
		return aside
	case p.Words <= 80 && !quoted(p.Text) && asideParts.in(key):
		return aside
	case p.Words <= 12 && !p.Sentence && allWords(key, agencies):
		return aside
	case byline(p), menu(p), weather(p), address(p), addressesReader(p), introducesAuthor(p):
		return aside
	}
	return noFurniture
}

// withoutNumbers drops the words of key that are numbers.
func withoutNumbers(key string) string {
	if strings.IndexFunc(key, unicode.IsDigit) < 0 {
		return key
	}
	var out []string
	for _, w := range strings.Fields(key) {
		if number(w) < 0 {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// announces reports whether a line that begins like a teaser is one: the phrase
// stands alone or a colon, a bar or an arrow ends it, or it is all in capitals.
// "Related talks were held in Geneva." and "Watch groups protested" are not.
func announces(p *paragraph) bool {
	if p.Words <= 3 && !p.Sentence {
		return true
	}
	head := p.Text[:min(len(p.Text), 40)]
	if i := strings.IndexAny(head, ":|>»›→"); i > 0 && len(strings.Fields(head[:i])) <= 4 {
		return true
	}
	words := strings.Fields(p.Text)
	return len(words) > 1 && isCapitals(words[0]) && isCapitals(words[1])
}

// labelled reports whether a line has its label set off, by a colon or a bar, or
// begins with the sign of a copyright.
func labelled(s string) bool {
	i := strings.IndexAny(s, ":|/©")
	return i >= 0 && i < 40
}

// isCapitals reports whether w has two letters or more and no small one.
func isCapitals(w string) bool {
	n := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}

// quoted reports whether a paragraph opens with someone's words.
func quoted(s string) bool { return strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "“") }

func allWords(key string, set map[string]bool) bool {
	for _, w := range strings.Fields(key) {
		if !set[w] {
			return false
		}
	}
	return true
}

// byline reports lines like "By Jane Doe, Staff Writer", "BY JANE DOE
// [doe@paper.com]" and "Jane Doe in Geneva | Reuters".
func byline(p *paragraph) bool {
	if p.Words > 14 || p.Sentence {
		return false
	}
	text := p.Text
	words := strings.Fields(text)
	if p.Words <= 10 && slices.ContainsFunc(words, isEmail) {
		return true
	}
	if len(words) < 2 || !strings.EqualFold(strings.TrimSuffix(words[0], ":"), "by") {
		return false
	}
	for _, w := range words[1:] {
		r := firstLetter(strings.TrimLeft(w, `("'[|-–—,`))
		if unicode.IsLower(r) && !bylineWords[strings.Trim(w, ",.|")] {
			return false
		}
	}
	return unicode.IsUpper(firstLetter(words[1]))
}

// isEmail reports an address such as "[jane.doe@paper.com]".
func isEmail(w string) bool {
	name, host, ok := strings.Cut(strings.Trim(w, "[]()<>,;"), "@")
	return ok && name != "" && strings.Contains(strings.Trim(host, "."), ".")
}

var bylineWords = wordSet(`and with for in of the at staff writer reporter correspondent editor de la van von der den bin al el di da`)

// menu reports lines of links: "Home | World | Politics", "Home > World > Asia".
func menu(p *paragraph) bool {
	if p.Sentence {
		return false
	}
	parts := 1 + strings.Count(p.Text, " | ") + strings.Count(p.Text, " > ") + strings.Count(p.Text, " » ") + strings.Count(p.Text, " › ") + strings.Count(p.Text, " • ") + strings.Count(p.Text, " / ") + strings.Count(p.Text, " · ")
	return parts >= 3 && p.Words <= 5*parts
}

// weather reports lines like "74.9 F" and "Seoul 12°C".
func weather(p *paragraph) bool {
	if p.Words > 6 {
		return false
	}
	for _, w := range strings.Fields(p.Text) {
		if strings.Contains(w, "°") {
			return true
		}
	}
	rest := withoutNumbers(strings.TrimSpace(p.Key))
	return (rest == "f" || rest == "c") && strings.IndexFunc(p.Text, unicode.IsDigit) >= 0
}

// readerWords are what a site uses when it speaks to its reader about itself.
var readerWords = wordSet(`subscribe subscriber subscribers subscription newsletter newsletters inbox browser
	device cookie cookies app apps click clicking tap sign login log download account email e mail unlock article articles
	stories story headlines updates tips tip newsroom advertisement ads member membership journalism content page website site
	register free trial offer cancel anytime join follow support share notifications partners personal data preferences
	website contact please accept consent agree exclusive unlimited access benefits reader readers stay tuned delivered podcast download channel`)

// addressesReader reports a paragraph in which the site speaks of itself: "You
// have two free articles left", "Get our newsletter". Speech in the news talks to
// "you" too, but it is quoted or reported.
func addressesReader(p *paragraph) bool {
	if p.Words < 4 || p.Words > 60 || strings.ContainsAny(p.Text, "“”\"") && p.Words > 30 {
		return false
	}
	hits := make(map[string]bool)
	address := false
	for _, w := range strings.Fields(p.Key) {
		switch w {
		case "said", "says", "told", "saying", "he", "she", "they":
			return false
		case "you", "your", "our", "here":
			address = true
			hits["you"] = true
		case "please", "subscribe", "newsletter", "newsletters", "sign", "login", "click", "download", "member":
			address = true
		}
		if readerWords[w] {
			hits[w] = true
		}
	}
	return address && (len(hits) >= 4 || len(hits) >= 3 && p.Words <= 25 || len(hits) >= 2 && p.Words <= 8)
}

// introducesAuthor reports lines like "Jane Doe has covered the Balkans from
// Vienna since 2014" and "Jane is a reporter based in Vienna".
func introducesAuthor(p *paragraph) bool {
	if p.Words > 45 || p.Words < 6 || quoted(p.Text) {
		return false
	}
	key := " " + p.Key + " "
	if !slices.ContainsFunc(authorVerbs, func(s string) bool { i := strings.Index(key, s); return i > 0 && i < 40 }) {
		return false
	}
	return slices.ContainsFunc(authorWords, func(s string) bool { return strings.Contains(key, s) })
}

var (
	authorVerbs = []string{" is a ", " is an ", " is the ", " is our ", " has covered "}
	authorWords = []string{" has covered ", " covers ", " covering ", " writes about ", " writes on ", " reporter based ", " reporter at ", " reporter for ", " correspondent based ", " journalist based ",
		" freelance journalist ", " staff writer ", " columnist for ", " all posts by ", " contributing writer ", " contributing editor "}
)

// address reports lines that are an address in the web or little more.
func address(p *paragraph) bool {
	return p.Words <= 8 && !p.Sentence && (strings.HasPrefix(p.Text, "http://") || strings.HasPrefix(p.Text, "https://") || strings.HasPrefix(p.Text, "www.") || strings.HasPrefix(p.Text, "@") || strings.HasPrefix(p.Text, "#"))
}
