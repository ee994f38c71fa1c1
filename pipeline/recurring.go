package pipeline

import (
	"net/url"
	"path"
	"strings"

	"github.com/zeebo/xxh3"
)

// A siteMemory counts in how many articles of a site each short line has stood. A
// line that keeps coming back is the site's, not the article's, whatever it says.
type siteMemory struct {
	counts map[uint64]uint8
	limit  int // lines that are remembered
}

const (
	recurs       = 8       // articles of a site that must have had a line before it counts as the site's
	memoryLines  = 1 << 20 // lines that a reader remembers, about 40 MB
	recurringLen = 160     // bytes of the longest line that is counted
)

func newSiteMemory(limit int) *siteMemory {
	return &siteMemory{counts: make(map[uint64]uint8), limit: limit}
}

// note sets d.Recurring to the lines that came back often, and counts the lines of
// d. Sentences and dates are left out: news has its formulas, and many articles
// have one date.
func (m *siteMemory) note(d *Document) {
	site := siteOf(d)
	seen := make(map[uint64]bool)
	for _, l := range lineSpans(d.Text) {
		line := d.In(l)
		if l.Len() == 0 || l.Len() > recurringLen || endsSentence(line) {
			continue
		}
		key := xxh3.HashString(site + "\n" + strings.ToLower(line))
		n := m.counts[key]
		if n < recurs && seen[key] {
			continue
		}
		if _, _, date := findDate(line); date {
			continue
		}
		if n >= recurs {
			d.Recurring = append(d.Recurring, l)
			continue
		}
		seen[key] = true
		m.counts[key] = n + 1
	}
	if len(m.counts) > m.limit {
		m.forget()
	}
}

// forget drops the lines that stood in the fewest articles.
func (m *siteMemory) forget() {
	for least := uint8(1); len(m.counts) > m.limit/2; least++ {
		for key, n := range m.counts {
			if n <= least {
				delete(m.counts, key)
			}
		}
	}
}

// siteOf is the host of an article, or the folder or file that it came in.
func siteOf(d *Document) string {
	if u, err := url.Parse(d.URL); err == nil && u.Hostname() != "" {
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	switch {
	case d.Site != "":
		return d.Site
	case d.Single:
		return path.Dir(d.Source)
	}
	return d.Source
}
