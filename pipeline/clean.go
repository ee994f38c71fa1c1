package pipeline

import (
	"fmt"
	"strings"
	"time"
)

// Clean tells the article from the page that it was scraped with. It marks every
// paragraph with its kind, finds the headline, the article's own date and its
// language, and skips a document that has no article or is not in English. It edits
// nothing.
func Clean() Stage {
	return Stage{Name: "clean", Version: "4", Needs: []Layer{LayerText}, Adds: LayerBlocks, Run: clean}
}

// A page is a document on the way through clean.
type page struct {
	doc   *Document
	paras []*paragraph
	found []furniture          // of each paragraph, by its own words
	kinds []BlockKind          // of each paragraph; empty while it is open
	first int                  // the first paragraph of running text, -1 where there is none
	last  int                  // the last one
	dates map[string]time.Time // that the page gives the article, by what stood with them: "published", "updated", …
	lead  map[int]Span         // what stands before the story in a paragraph, a block of its own
}

// note remembers the first date with a label.
func (p *page) note(label string, date time.Time) {
	if _, there := p.dates[label]; !there && !date.IsZero() {
		p.dates[label] = date
	}
}

func clean(d *Document) error {
	p := &page{doc: d, paras: paragraphs(d.Text), dates: make(map[string]time.Time), lead: make(map[int]Span)}
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
			p.note(label, date)
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
			p.note(label, date)
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
		if lead, ok := p.lead[i]; ok {
			d.Blocks = append(d.Blocks, Block{lead, Dateline})
			rest := d.Text[lead.End:span.End]
			span.Start = span.End - len(strings.TrimLeftFunc(rest, isBlank))
		}
		d.Blocks = append(d.Blocks, Block{span, kind})
	}
	if d.Published.IsZero() {
		for _, label := range []string{"published", "posted", "", "lead", "updated", "modified", "dropped"} {
			if t := p.dates[label]; !t.IsZero() {
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
