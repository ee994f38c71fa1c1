package pipeline

import (
	"regexp"
	"strings"
	"unicode"
)

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
			// "Source: Agency | 2019-05-06" goes, its date is better than none.
			if date, _, ok := findDate(q.Text); ok && headline >= 0 && below && q.Words <= 12 {
				p.note("dropped", date)
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
	if (headline < 0 || i < headline) && label == "" && hasWeekday(q.Text) {
		for j := i - 1; j <= i+1; j += 2 {
			if j < 0 || j >= len(p.paras) || j == headline || p.paras[max(i, j)].Gap {
				continue
			}
			if p.paras[j].Words <= 4 {
				return false
			}
		}
	}
	p.note(label, date)
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
			p.lead[i] = Span{q.Start, q.Start + len(strings.TrimRightFunc(wire, isBlank))}
			if ok && span.End <= len(wire) {
				p.note("lead", date)
			}
			return
		}
		if !ok || span.Start > 40 {
			continue
		}
		rest := strings.TrimLeftFunc(q.Text[span.End:], isBlank)
		switch {
		case span.Start == 0 && hasWeekday(head[:span.End]) && unicode.IsUpper(firstLetter(rest)) && rest != q.Text[span.End:]:
			p.lead[i] = Span{q.Start, q.Start + span.End}
			p.note("lead", date)
			return
		case span.Start > 0 && isCapitals(strings.Trim(strings.Fields(head)[0], ",")) && strings.ContainsAny(rest[:min(len(rest), 5)], "(-–—"):
			p.note("lead", date)
			return
		}
	}
}
