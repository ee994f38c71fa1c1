package label

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/pipeline"
)

// conllTypes says how the four types of CoNLL-2003 are held here.
var conllTypes = map[string]pipeline.MentionType{"PER": pipeline.Person, "ORG": pipeline.Org, "LOC": pipeline.Loc, "MISC": pipeline.NORP}

// Coarse brings the types of names down to those of CoNLL-2003 (Tjong Kim Sang
// and De Meulder 2003), so that predictions can be held against such labels:
// GPE and FAC are places, and NORP stands for MISC, which takes the rest.
func (s *Set) Coarse() *Set {
	c := *s
	c.Spans = append([]TextBound(nil), s.Spans...)
	for i := range c.Spans {
		switch t := pipeline.MentionType(c.Spans[i].Type); t {
		case pipeline.GPE, pipeline.Fac:
			c.Spans[i].Type = string(pipeline.Loc)
		case pipeline.Event, pipeline.Product, pipeline.WorkOfArt, pipeline.Law:
			c.Spans[i].Type = string(pipeline.NORP)
		}
	}
	return &c
}

// ReadCoNLL reads names in the columns of CoNLL-2003: a token first, its tag
// last (IOB1 or IOB2), blank lines between sentences, -DOCSTART- between
// articles. The text of an article is its tokens with single blanks, a sentence
// a line. Only names are labelled.
func ReadCoNLL(path string, in io.Reader) ([]*Set, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	var sets []*Set
	c := conllReader{path: path}
	for n := 1; lines.Scan(); n++ {
		f := strings.Fields(lines.Text())
		var err error
		switch {
		case len(f) == 0:
			c.endSentence()
		case f[0] == "-DOCSTART-":
			sets = c.endArticle(sets)
		case len(f) < 2:
			err = fmt.Errorf("want a token and its tag: %q", lines.Text())
		default:
			err = c.token(f[0], f[len(f)-1])
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c.endArticle(sets), nil
}

// A conllReader builds the article that is being read.
type conllReader struct {
	path     string
	text     strings.Builder
	points   int // code points in text
	spans    []TextBound
	open     bool // the last token belongs to the last span
	articles int
}

func (c *conllReader) token(word, tag string) error {
	if c.text.Len() > 0 && !strings.HasSuffix(c.text.String(), "\n") {
		c.text.WriteByte(' ')
		c.points++
	}
	start := c.points
	c.text.WriteString(word)
	c.points += utf8.RuneCountInString(word)
	if tag == "O" {
		c.open = false
		return nil
	}
	prefix, name, ok := strings.Cut(tag, "-")
	typ, known := conllTypes[name]
	if !ok || !known || prefix != "B" && prefix != "I" {
		return fmt.Errorf("the tag %q is not of CoNLL-2003", tag)
	}
	if last := len(c.spans) - 1; prefix == "I" && c.open && c.spans[last].Type == string(typ) {
		c.spans[last].End = c.points
		return nil
	}
	c.spans = append(c.spans, TextBound{ID: "T" + strconv.Itoa(len(c.spans)+1), Type: string(typ), Span: pipeline.Span{Start: start, End: c.points}})
	c.open = true
	return nil
}

func (c *conllReader) endSentence() {
	if c.text.Len() > 0 && !strings.HasSuffix(c.text.String(), "\n") {
		c.text.WriteByte('\n')
		c.points++
	}
	c.open = false
}

func (c *conllReader) endArticle(sets []*Set) []*Set {
	c.endSentence()
	if c.text.Len() == 0 {
		return sets
	}
	s := &Set{Name: articleName(c.path, c.articles), Path: c.path, Text: c.text.String(), Spans: c.spans, NamesOnly: true}
	*c = conllReader{path: c.path, articles: c.articles + 1}
	return append(sets, s)
}
