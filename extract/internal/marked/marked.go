// Package marked makes Documents for tests from sentences with their names
// marked inline: "[[Iran|GPE]] rejected the offer [[Thursday|DATE]]." So a test of
// a later layer does not depend on what the earlier models find.
package marked

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"parley/extract/parse"
	"parley/extract/tag"
	"parley/extract/token"
	"parley/pipeline"
)

var mark = regexp.MustCompile(`\[\[([^|\]]+)\|([A-Z_]+)\]\]`)

// stages are those below names, loaded once.
var stages = sync.OnceValues(func() ([]pipeline.Stage, error) {
	words, err := token.New()
	if err != nil {
		return nil, err
	}
	tags, err := tag.New()
	if err != nil {
		return nil, err
	}
	heads, err := parse.New()
	if err != nil {
		return nil, err
	}
	return []pipeline.Stage{words.Stage(), tags.Stage(), heads.Stage()}, nil
})

// Document is an article of one block for each line of source, with tokens,
// tags, heads and the marked names.
func Document(source string) (*pipeline.Document, error) {
	var text strings.Builder
	var names []pipeline.Mention
	at := 0
	for _, m := range mark.FindAllStringSubmatchIndex(source, -1) {
		text.WriteString(source[at:m[0]])
		start := text.Len()
		text.WriteString(source[m[2]:m[3]])
		names = append(names, pipeline.Mention{
			Span: pipeline.Span{Start: start, End: text.Len()}, Type: pipeline.MentionType(source[m[4]:m[5]]),
		})
		at = m[1]
	}
	text.WriteString(source[at:])
	return With(text.String(), names)
}

// With is an article of one block for each line of text, with tokens, tags, heads
// and these names, of which Span and Type are set.
func With(text string, names []pipeline.Mention) (*pipeline.Document, error) {
	run, err := stages()
	if err != nil {
		return nil, err
	}
	d := &pipeline.Document{ID: "test", Language: "en", Text: text, Mentions: names}
	start := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		if body := strings.TrimRight(line, "\n"); body != "" {
			d.Blocks = append(d.Blocks, pipeline.Block{Span: pipeline.Span{Start: start, End: start + len(body)}, Kind: pipeline.Body})
		}
		start += len(line)
	}
	for _, s := range run {
		if err := s.Run(d); err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	for i := range d.Mentions {
		d.Mentions[i].Entity, d.Mentions[i].Rule = -1, "marked"
		place(d, &d.Mentions[i])
	}
	return d, nil
}

// place sets the fields of m that point at sentences and tokens.
func place(d *pipeline.Document, m *pipeline.Mention) {
	m.From = len(d.Tokens)
	for k := range d.Tokens {
		if d.Tokens[k].Overlaps(m.Span) {
			m.From, m.To = min(m.From, k), k+1
		}
	}
	for i, s := range d.Sentences {
		if s.From <= m.From && m.From < s.To {
			m.Sentence = i
		}
	}
	m.Head = m.To - 1
	for k := m.From; k < m.To; k++ {
		if h := d.Tokens[k].Head; h < m.From || h >= m.To {
			m.Head = k
			break
		}
	}
}
