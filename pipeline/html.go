package pipeline

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// htmlFile reads a file that is one page.
func (rd *reading) htmlFile(name string, r io.Reader) bool {
	page, err := io.ReadAll(io.LimitReader(r, MaxPage+1))
	if err != nil {
		return rd.skipFile(name, fault(err), reason(err))
	}
	return rd.page(&Document{Source: name, Single: true}, page, "")
}

// page yields the article of a page of HTML. contentType is what the server said,
// or empty.
func (rd *reading) page(d *Document, page []byte, contentType string) bool {
	if len(page) > MaxPage {
		setText(d, "")
		d.Skip = Skip{SkipTooLong, fmt.Sprintf("%s: a page over the limit of %s", d.Where(), size(MaxPage))}
		return rd.yield(d)
	}
	return rd.yieldLater(d, func(d *Document) { readPage(d, page, contentType) })
}

// readPage finds the article in a page and sets the text of d and what the page
// says of itself. The libraries that do so have panicked on odd pages.
func readPage(d *Document, page []byte, contentType string) {
	defer func() {
		if p := recover(); p != nil {
			setText(d, "")
			d.Skip = Skip{SkipBroken, fmt.Sprintf("%s: HTML: panic: %v", d.Where(), p)}
		}
	}()
	decoded, err := charset.NewReader(bytes.NewReader(page), contentType)
	if err != nil {
		decoded = bytes.NewReader(page)
	}
	root, err := html.Parse(decoded)
	if err != nil {
		setText(d, "")
		d.Skip = Skip{SkipBroken, d.Where() + ": HTML: " + err.Error()}
		return
	}
	if elements := countElements(root); elements > MaxElements {
		setText(d, "")
		d.Skip = Skip{SkipTooLong, fmt.Sprintf("%s: a page of %d elements, the limit is %d", d.Where(), elements, MaxElements)}
		return
	}
	address, _ := url.Parse(d.URL)
	text := ""
	found, err := trafilatura.ExtractDocument(root, trafilatura.Options{OriginalURL: address, ExcludeComments: true, HtmlDateMode: trafilatura.Fast})
	if err == nil {
		text = nodeText(found.ContentNode)
		m := found.Metadata
		setEmpty(&d.Title, m.Title)
		setEmpty(&d.Author, m.Author)
		setEmpty(&d.URL, m.URL)
		setEmpty(&d.Site, m.Hostname)
		setEmpty(&d.Site, m.Sitename)
		if d.Published.IsZero() && !m.Date.IsZero() {
			d.Published = day(m.Date)
		}
	}
	if len(text) < shortArticle {
		if other, err := readability.FromDocument(root, address); err == nil && other.Node != nil {
			if t := nodeText(other.Node); len(t) > len(text) {
				text = t
				setEmpty(&d.Title, other.Title())
				setEmpty(&d.Author, other.Byline())
				setEmpty(&d.Site, other.SiteName())
			}
			if when, err := other.PublishedTime(); err == nil && d.Published.IsZero() {
				d.Published = day(when)
			}
		}
	}
	setText(d, text)
	if d.Skip.Reason == SkipEmpty {
		d.Skip = Skip{SkipNoArticle, d.Where() + ": no article in this page"}
	}
}

func countElements(root *html.Node) int {
	n := 0
	for e := range root.Descendants() {
		if e.Type == html.ElementNode {
			n++
		}
	}
	return n
}

// shortArticle is how many bytes of text make a second opinion worth its time.
const shortArticle = 200

func setEmpty(field *string, value string) {
	if *field == "" {
		*field = cleanText(strings.TrimSpace(value))
	}
}

// nodeText writes the text of a tree with every paragraph on a line of its own.
func nodeText(root *html.Node) string {
	var lines []string
	var line strings.Builder
	flush := func() {
		if s := strings.Join(strings.Fields(line.String()), " "); s != "" {
			lines = append(lines, s)
		}
		line.Reset()
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n == nil, n.DataAtom == atom.Script, n.DataAtom == atom.Style:
		case n.Type == html.TextNode:
			line.WriteString(n.Data)
		default:
			apart := !inlineTags[n.DataAtom]
			if apart {
				flush()
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
			if apart {
				flush()
			}
		}
	}
	walk(root)
	flush()
	return strings.Join(lines, "\n\n")
}

// withoutMarkup gives the text of a field of a record that crawlers fill with a
// piece of HTML, or with text in which characters are written as "&#8217;". Other
// text it leaves as it is.
func withoutMarkup(s string) string {
	if len(s) > MaxPage || !strings.Contains(s, "&") && !strings.Contains(s, "</") {
		return s
	}
	if strings.Contains(s, "</p>") || strings.Contains(s, "</div>") || strings.Contains(s, "<br>") || strings.Contains(s, "<br/>") || strings.Contains(s, "<br />") {
		if root, err := html.Parse(strings.NewReader(s)); err == nil {
			return nodeText(root)
		}
	}
	return html.UnescapeString(s)
}

// inlineTags do not end a paragraph.
var inlineTags = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Cite: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true,
	atom.Mark: true, atom.Q: true, atom.S: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.U: true, atom.Wbr: true, atom.Ins: true, atom.Del: true,
}
