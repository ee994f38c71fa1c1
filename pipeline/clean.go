package pipeline

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Clean tells the article from the page that it was scraped with. It marks every
// paragraph with its kind, finds the headline, the article's own date and its
// language, and skips a document that has no article or is not in English. It edits
// nothing.
func Clean() Stage {
	return Stage{Name: "clean", Version: "3", Needs: []Layer{LayerText}, Adds: LayerBlocks, Run: clean}
}

// A page is a document on the way through clean.
type page struct {
	doc   *Document
	paras []*paragraph
	found []furniture // of each paragraph, by its own words
	kinds []BlockKind // of each paragraph; empty while it is open
	first int         // the first paragraph of running text, -1 where there is none
	last  int         // the last one
	stamp map[string]time.Time
	lead  Span // the date that the paragraph first opens with, if it is one of its own
}

func clean(d *Document) error {
	p := &page{doc: d, paras: paragraphs(d.Text), stamp: make(map[string]time.Time)}
	for _, q := range p.paras {
		if q.Lines == 1 && q.Len() > MaxLine {
			d.Skip = Skip{SkipTooLong, fmt.Sprintf("%s: a line of %s, the limit is %s", d.Where(), size(q.Len()), size(MaxLine))}
			return nil
		}
	}
	p.kinds = make([]BlockKind, len(p.paras))
	p.found = make([]furniture, len(p.paras))
	for i, q := range p.paras {
		p.found[i] = classify(q)
	}
	p.markAsides()
	p.findBody()
	if p.first >= 0 {
		p.dropRest()
		p.readHead()
		p.readTail()
		p.keepInside()
		p.markRepeats()
		p.readLead()
	}
	p.finish()
	return nil
}

// markAsides closes what is furniture by its own words, and what the site shows
// with every article.
func (p *page) markAsides() {
	recurring := make(map[Span]bool)
	for _, l := range p.doc.Recurring {
		recurring[l] = true
	}
	for i, q := range p.paras {
		if p.found[i] == noFurniture && recurring[q.Span] {
			p.found[i] = aside
		}
		if p.found[i] != noFurniture {
			p.kinds[i] = Boilerplate
		}
	}
}

// findBody finds where running text begins and ends.
func (p *page) findBody() {
	p.first, p.last = -1, -1
	for i, q := range p.paras {
		if p.kinds[i] == "" && q.Prose() {
			if p.first < 0 {
				p.first = i
			}
			p.last = i
		}
	}
}

// dropRest follows each line that announces other stories. After "Related:" the
// headlines go, until the article resumes; after "Latest from" all goes, unless
// the article clearly goes on further down; after "Comments" all goes.
func (p *page) dropRest() {
	names := make(map[string]bool) // of the article so far
	for i := p.first; i < len(p.paras); i++ {
		switch p.found[i] {
		case noFurniture:
			addNames(names, p.paras[i].Text)
		case teaser:
			if p.paras[i].Key == "read more" && i > p.first && !p.paras[i].Gap && p.kinds[i-1] == "" && !p.paras[i-1].Sentence {
				p.kinds[i-1] = Boilerplate // the headline of the other story
			}
			for i+1 < len(p.paras) && p.kinds[i+1] == "" && !p.paras[i+1].Complete() && !isCaption(p.paras[i+1]) {
				i++
				p.kinds[i] = Boilerplate
			}
		case closing:
			for i+1 < len(p.paras) && !p.resumes(i+1, names) {
				i++
				p.kinds[i] = Boilerplate
			}
		case ending:
			for j := i + 1; j < len(p.paras); j++ {
				p.kinds[j] = Boilerplate
			}
		}
	}
	for p.last > p.first && (p.kinds[p.last] != "" || !p.paras[p.last].Prose()) {
		p.last--
	}
}

// resumes reports whether the article goes on at paragraph i, after a list of
// other stories: a whole sentence, not the summary below another headline; and
// what follows, up to the next such list, is nothing but sentences, or mostly so
// and speaks of names that the article knows.
func (p *page) resumes(i int, names map[string]bool) bool {
	isOpen := func(i int) bool { return p.kinds[i] == "" }
	if !isOpen(i) || !p.paras[i].Complete() || isOpen(i-1) && !p.paras[i-1].Sentence {
		return false
	}
	whole, open, upTo, known := 0, 0, 0, false
	for j := i; j < len(p.paras) && open < 12 && p.found[j] < closing; j++ {
		if !isOpen(j) {
			continue
		}
		open++
		if p.paras[j].Complete() {
			whole++
			upTo = open // what comes after the last sentence does not count
			known = known || whole <= 2 && knowsName(names, p.paras[j].Text)
		}
	}
	return whole >= 2 && (whole == upTo || known && whole*5 >= upTo*3)
}

// addNames adds the capitalised words of s but for the first.
func addNames(names map[string]bool, s string) {
	for _, w := range capitalised(s) {
		names[w] = true
	}
}

// knowsName reports whether s has one of the names.
func knowsName(names map[string]bool, s string) bool {
	return slices.ContainsFunc(capitalised(s), func(w string) bool { return names[w] })
}

// capitalised gives the words of s that begin with a capital, without the first,
// which does so in any case.
func capitalised(s string) []string {
	var out []string
	for i, w := range splitWords(s, 200) {
		if w.Len() > 2 && unicode.IsUpper(firstLetter(s[w.Start:])) && (i > 0 || isCapitals(s[w.Start:w.End])) && !weekdays[w.lower] && months[w.lower] == 0 {
			out = append(out, w.lower)
		}
	}
	return out
}

// addContentWords adds the words of key that carry meaning, cut to the length at
// which most inflections of one word are the same.
func addContentWords(known map[string]bool, key string) {
	for _, w := range strings.Fields(key) {
		if len(w) > 3 && !stopWords[w] {
			known[stem(w)] = true
		}
	}
}

// familiar counts the content words of key that are known, and gives their share.
func familiar(key string, known map[string]bool) (hits int, share float64) {
	all := 0
	for _, w := range strings.Fields(key) {
		if len(w) > 3 && !stopWords[w] {
			all++
			if known[stem(w)] {
				hits++
			}
		}
	}
	if all == 0 {
		return 0, 0
	}
	return hits, float64(hits) / float64(all)
}

// stem cuts the endings and the tail that inflections of one word differ in.
func stem(w string) string {
	for _, ending := range []string{"ing", "ed", "es", "s", "e"} {
		if short, ok := strings.CutSuffix(w, ending); ok && len(short) > 3 {
			w = short
			break
		}
	}
	return w[:min(len(w), 6)]
}

var stopWords = wordSet(`about above after again against also another because been before being between both could does during each
	from further have having here into just like made make many more most much must never only other over said says same should
	since some still such than that their them then there these they this those through under until very were what when where
	which while whom will with within without would your year years week month today first last news people time`)

// readHead decides what stands before the running text: the headline, the date
// line, a standfirst and captions stay, the rest is the site's.
func (p *page) readHead() {
	body := make(map[string]bool)
	for i := p.first; i <= p.last; i++ {
		if p.kinds[i] == "" {
			addContentWords(body, p.paras[i].Key)
		}
	}
	headline := p.findHeadline(body)
	dated := false // a date line stands below the headline
	for i := max(headline, 0); i < p.first; i++ {
		_, _, date := readDateLine(p.paras[i].Text)
		dated = dated || date && p.kinds[i] == ""
	}
	for i := range p.first {
		q := p.paras[i]
		below := i > headline
		_, share := familiar(q.Key, body)
		switch {
		case p.kinds[i] != "":
			if below {
				p.noteDate(q)
			}
		case i == headline:
			p.kinds[i] = Headline
		case (below || !dated) && p.isDateLine(q, i, headline):
			p.kinds[i] = Dateline
		case below && isCaption(q) && (headline >= 0 || share >= 0.25):
			p.kinds[i] = Caption
		case below && q.Words >= 5 && share >= 0.3, below && headline >= 0 && q.Words >= 8 && q.Lower >= 0.5:
			p.kinds[i] = Body // a standfirst
		default:
			p.kinds[i] = Boilerplate
		}
	}
}

// noteDate remembers the date of a line that is dropped, such as "Source: Agency |
// 2019-05-06", for an article that has no better one.
func (p *page) noteDate(q *paragraph) {
	if date, _, ok := findDate(q.Text); ok && q.Words <= 12 && p.stamp["dropped"].IsZero() {
		p.stamp["dropped"] = date
	}
}

// findHeadline gives the paragraph before the running text that reads like a
// headline of this text, or -1: no sentence and no list entry, and sharing words
// with the body, which what the site says above every article does not.
func (p *page) findHeadline(body map[string]bool) int {
	title := compareKey(p.doc.Title)
	scores := make([]float64, p.first)
	best := 0.0
	for i := range p.first {
		q := p.paras[i]
		if title != "" && q.Key == title {
			return i
		}
		if !p.couldBeHeadline(i) {
			continue
		}
		if hits, share := familiar(q.Key, body); share >= 0.25 {
			scores[i] = share * float64(min(hits, 4)) / 4
			best = max(best, scores[i])
		}
	}
	for i, score := range scores {
		// A standfirst shares as many words, but stands below the headline.
		if score > 0 && score >= 0.7*best {
			for j := i + 1; j < p.first; j++ {
				// "Home News Ministers meet" is where we are, "Ministers meet" what we read.
				if scores[j] > 0 && strings.HasSuffix(p.paras[i].Key, " "+p.paras[j].Key) {
					return j
				}
			}
			return i
		}
	}
	only := -1
	for i := range p.first {
		switch {
		case !p.couldBeHeadline(i):
		case only >= 0:
			return -1
		default:
			only = i
		}
	}
	return only
}

func (p *page) couldBeHeadline(i int) bool {
	q := p.paras[i]
	if p.kinds[i] != "" || q.Words < 3 || q.Words > 25 || strings.HasSuffix(q.Text, ".") || isCaption(q) {
		return false
	}
	_, _, date := readDateLine(q.Text)
	return !date
}

// compareKey is the key of a paragraph that holds s.
func compareKey(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return newParagraph(s, []Span{{0, len(s)}}, true).Key
}

// isDateLine reports whether paragraph i, before the running text, is the
// article's date line, and remembers its date. The clock of a site's header is
// none: a date with its weekday above the headline, in one group of lines with a
// place, the weather or a menu.
func (p *page) isDateLine(q *paragraph, i, headline int) bool {
	date, label, ok := readDateLine(q.Text)
	if !ok {
		return false
	}
	if i < headline && label == "" && hasWeekday(q.Text) {
		for j := i - 1; j <= i+1; j += 2 {
			if j < 0 || j >= len(p.paras) || j == headline || p.paras[max(i, j)].Gap {
				continue
			}
			if p.paras[j].Words <= 4 {
				return false
			}
		}
	}
	if _, there := p.stamp[label]; !there {
		p.stamp[label] = date
	}
	return true
}

func hasWeekday(s string) bool {
	for _, w := range splitWords(s, 20) {
		if weekdays[w.lower] {
			return true
		}
	}
	return false
}

// readTail decides what stands after the running text: only a labelled date and
// captions can still be the article's.
func (p *page) readTail() {
	for i := p.last + 1; i < len(p.paras); i++ {
		if p.kinds[i] != "" {
			continue
		}
		q := p.paras[i]
		date, label, ok := readDateLine(q.Text)
		switch {
		case ok && label != "":
			p.kinds[i] = Dateline
			if _, there := p.stamp[label]; !there {
				p.stamp[label] = date
			}
		case isCaption(q):
			p.kinds[i] = Caption
		default:
			p.kinds[i] = Boilerplate
		}
	}
}

// keepInside keeps what is still open between the first and the last running
// text: subheadings, captions and short lines are the article's unless their words
// said otherwise.
func (p *page) keepInside() {
	for i := p.first; i <= p.last; i++ {
		q := p.paras[i]
		if p.kinds[i] != "" {
			continue
		}
		date, label, ok := readDateLine(q.Text)
		switch {
		case ok && !q.Sentence:
			p.kinds[i] = Dateline
			if _, there := p.stamp[label]; !there {
				p.stamp[label] = date
			}
		case isCaption(q):
			p.kinds[i] = Caption
		default:
			p.kinds[i] = Body
		}
	}
}

// markRepeats marks what is kept a second time.
func (p *page) markRepeats() {
	seen := newRepeats()
	for i, q := range p.paras {
		if p.kinds[i].Kept() && p.kinds[i] != Dateline && q.Words > 2 && seen.seen(q) {
			p.kinds[i] = Repeat
		}
	}
}

// wireLine is how agencies open a story: where it was written, when, and by whom,
// up to a dash. The place is in capitals.
var wireLine = regexp.MustCompile(`^\p{Lu}[\p{Lu}.'’ -]+(?:, [\p{L}. ]{2,30})?(?:,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?(?: ?\([^()\n]{2,30}\))? (?:--|[-–—]) `)

// readLead looks for what stands before the story in the first lines of the
// running text. "Thursday, May 7, 2015 On Tuesday, the government …" is a date line
// that lost its line break, and "GENEVA, May 7, 2015 (AP) - The …" how an agency
// opens: both become blocks of their own, for they are no part of the sentence.
func (p *page) readLead() {
	for i := p.first; i <= min(p.first+1, p.last); i++ {
		q := p.paras[i]
		if p.kinds[i] != Body {
			continue
		}
		head := q.Text[:min(len(q.Text), 100)]
		date, span, ok := findDate(head)
		if wire := wireLine.FindString(head); wire != "" && len(wire) < len(q.Text) {
			p.lead = Span{q.Start, q.Start + len(strings.TrimRightFunc(wire, isBlank))}
			p.first = i
			if ok && span.End <= len(wire) {
				p.stamp["lead"] = date
			}
			return
		}
		if !ok || span.Start > 40 {
			continue
		}
		rest := strings.TrimLeftFunc(q.Text[span.End:], isBlank)
		switch {
		case span.Start == 0 && hasWeekday(head[:span.End]) && unicode.IsUpper(firstLetter(rest)) && rest != q.Text[span.End:]:
			p.lead = Span{q.Start, q.Start + span.End}
			p.first = i
			p.stamp["lead"] = date
			return
		case span.Start > 0 && isCapitals(strings.Trim(strings.Fields(head)[0], ",")) && strings.ContainsAny(rest[:min(len(rest), 5)], "(-–—"):
			p.stamp["lead"] = date
			return
		}
	}
}

// finish writes the blocks, and title, date and Skip where they are due.
func (p *page) finish() {
	d := p.doc
	kept := 0
	for i, q := range p.paras {
		kind := p.kinds[i]
		if kind == "" {
			kind = Boilerplate
		}
		if kind == Body || kind == Caption {
			kept++
		}
		if kind == Headline && d.Title == "" {
			d.Title = strings.Join(strings.Fields(q.Text), " ")
		}
		span := q.Span
		if p.lead.Len() > 0 && i == p.first {
			d.Blocks = append(d.Blocks, Block{p.lead, Dateline})
			rest := d.Text[p.lead.End:span.End]
			span.Start = span.End - len(strings.TrimLeftFunc(rest, isBlank))
		}
		d.Blocks = append(d.Blocks, Block{span, kind})
	}
	if d.Published.IsZero() {
		for _, label := range []string{"published", "posted", "", "lead", "updated", "modified", "dropped"} {
			if t := p.stamp[label]; !t.IsZero() {
				d.Published = t
				break
			}
		}
	}
	switch {
	case len(p.paras) == 0:
		d.Skip = Skip{SkipEmpty, d.Where() + ": no text"}
	case kept == 0:
		d.Skip = Skip{SkipNoArticle, d.Where() + ": nothing in it reads like an article"}
	}
	if len(p.paras) > 0 {
		identify(d)
	}
}

// isCaption reports whether a paragraph reads like the caption of a picture: it
// says where people stand in it, or ends in a credit.
func isCaption(p *paragraph) bool {
	if p.Words < 5 || p.Words > 120 {
		return false
	}
	key := " " + p.Key + " "
	if hasPrefixWord(captionStarts, p.Key) || slices.ContainsFunc(captionParts, func(s string) bool { return strings.Contains(key, s) }) {
		return true
	}
	if strings.Contains(p.Text, "Credit...") || strings.Contains(p.Text, "Credit:") || strings.Contains(p.Text, "Image:") || strings.Contains(p.Text, "Photo:") {
		return true
	}
	open := strings.LastIndexAny(p.Text, "[(")
	if open <= 0 || len(p.Text)-open > 80 || !strings.HasSuffix(p.Text, "]") && !strings.HasSuffix(p.Text, ")") {
		return false
	}
	credit := p.Text[open:]
	if credit[0] == '[' && credit == strings.ToUpper(credit) {
		return true
	}
	credit = strings.ToLower(credit)
	for _, s := range []string{"photo", "image", "getty", "courtesy", "handout", "file)", "via "} {
		if strings.Contains(credit, s) {
			return true
		}
	}
	return false
}

var (
	captionParts  = []string{" file photo ", " from left ", " from right ", " left to right ", " l to r ", " photo by ", " photo courtesy ", " pictured ", " screengrab ", " getty images ", " afp via ", " handout photo ", " handout via "}
	captionStarts = []string{"from left", "from right", "file photo", "file image", "a file photo", "in this photo", "in this image", "in this picture", "in this file", "this photo", "this image", "this picture", "this handout", "pictured", "photo shows", "the photo shows", "image caption", "photo caption", "caption"}
)
