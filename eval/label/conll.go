package label

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
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

// conllNames are the names of conllTypes.
var conllNames = map[string]string{string(pipeline.Person): "PER", string(pipeline.Org): "ORG", string(pipeline.Loc): "LOC", string(pipeline.NORP): "MISC"}

// WriteCoNLL writes the names of s in the columns of CoNLL-2003: a token and its
// tag (IOB2), a blank line behind each line of the text. Tokens are cut at white
// space and where a name begins or ends; of names that overlap the first is
// written. Labels of other kinds have no place in these columns.
func (s *Set) WriteCoNLL(w io.Writer) error {
	names := slices.DeleteFunc(slices.Clone(s.Coarse().Spans), func(t TextBound) bool { return conllNames[t.Type] == "" })
	slices.SortStableFunc(names, func(a, b TextBound) int { return compare(a.Span, b.Span) })
	b := bufio.NewWriter(w)
	fmt.Fprint(b, "-DOCSTART- O\n\n")
	var token strings.Builder
	tag := "O"
	flush := func() {
		if token.Len() > 0 {
			fmt.Fprintf(b, "%s %s\n", token.String(), tag)
			token.Reset()
			if rest, ok := strings.CutPrefix(tag, "B-"); ok {
				tag = "I-" + rest
			}
		}
	}
	next, end := 0, -1
	for at, r := range []rune(s.Text) {
		if at == end {
			flush()
			tag = "O"
		}
		for next < len(names) && names[next].Start < at {
			next++
		}
		if next < len(names) && names[next].Start == at && at >= end {
			flush()
			tag, end = "B-"+conllNames[names[next].Type], names[next].End
		}
		switch {
		case r == '\n':
			flush()
			fmt.Fprintln(b)
		case unicode.IsSpace(r):
			flush()
		default:
			token.WriteRune(r)
		}
	}
	flush()
	return b.Flush()
}
