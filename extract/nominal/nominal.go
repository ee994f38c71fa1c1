// Package nominal finds the mentions that carry no name: titles (the office of a
// person), pronouns, and noun phrases for people, states and organisations.
package nominal

import (
	"fmt"
	"sort"
	"sync"

	"github.com/zeebo/xxh3"

	"parley/pipeline"
)

// A Finder finds titles, pronouns and noun phrases. It is safe for concurrent use.
type Finder struct {
	lex Lexicon
}

// loadLexicon reads the embedded table once, for every Finder.
var loadLexicon = sync.OnceValues(func() (Lexicon, error) { return readLexicon(nounsTSV) })

// New loads the lexicon of nouns. It fails only if the embedded table is broken.
func New() (*Finder, error) {
	lex, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	return &Finder{lex: lex}, nil
}

// Lexicon is what the Finder knows of nouns.
func (f *Finder) Lexicon() Lexicon { return f.lex }

// Stage is the Finder as a stage. It appends to Document.Mentions and leaves
// what is there as it is.
func (f *Finder) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:    "nominal",
		Version: fmt.Sprintf("1-%08x", uint32(xxh3.HashString(nounsTSV))),
		Needs:   []pipeline.Layer{pipeline.LayerTokens, pipeline.LayerTags, pipeline.LayerNames},
		Adds:    pipeline.LayerNominals,
		Run: func(d *pipeline.Document) error {
			f.Run(d)
			return nil
		},
	}
}

// Run appends titles, then pronouns and noun phrases in text order. Phrases are
// generous: a relation takes those that it needs.
func (f *Finder) Run(d *pipeline.Document) {
	s := f.view(d)
	var titles []pipeline.Mention
	taken := map[pipeline.Span]bool{}
	offices := s.offices()
	for _, o := range offices {
		m := s.mention(pipeline.Title, o.From, o.To, o.Head, o.Rule)
		if !taken[m.Span] {
			taken[m.Span] = true
			titles = append(titles, m)
		}
	}
	phrases := append(s.pronouns(), s.phrases(offices)...)
	sort.SliceStable(phrases, func(i, j int) bool {
		a, b := phrases[i].Span, phrases[j].Span
		return a.Start < b.Start || a.Start == b.Start && a.End > b.End
	})
	d.Mentions = append(append(d.Mentions, titles...), phrases...)
}

// A view is one document with the named mention that covers each token.
type view struct {
	d        *pipeline.Document
	lex      Lexicon
	name     []int  // per token: index of the widest named mention over it, or -1
	values   []bool // per token: part of a date, a time or an amount
	sentence []int  // per token: index of its sentence
}

func (f *Finder) view(d *pipeline.Document) *view {
	v := &view{d: d, lex: f.lex, name: make([]int, len(d.Tokens)), values: make([]bool, len(d.Tokens)), sentence: make([]int, len(d.Tokens))}
	for i := range v.name {
		v.name[i] = -1
	}
	for i, s := range d.Sentences {
		for k := s.From; k < s.To; k++ {
			v.sentence[k] = i
		}
	}
	for i, m := range d.Mentions {
		if m.Type.Value() {
			for k := max(m.From, 0); k < m.To && k < len(v.values); k++ {
				v.values[k] = true
			}
		}
		if !m.Type.Named() || v.title(&m) {
			continue
		}
		for k := m.From; k < m.To && k < len(v.name); k++ {
			if old := v.name[k]; old < 0 || m.End-m.Start > d.Mentions[old].End-d.Mentions[old].Start {
				v.name[k] = i
			}
		}
	}
	return v
}

// title reports whether a name is only a title that was taken for a body:
// "Deputy Special Representative".
func (v *view) title(m *pipeline.Mention) bool {
	if m.Type != pipeline.Org || m.To-m.From < 2 || m.To > len(v.d.Tokens) {
		return false
	}
	if n, ok := v.lex.At(v.d, m.To-1); !ok || n.Kind&Role == 0 {
		return false
	}
	for k := m.From; k < m.To-1; k++ {
		if !lowOffice[v.lower(k)] {
			return false
		}
	}
	return true
}

// mention makes a mention of the tokens [from, to).
func (v *view) mention(t pipeline.MentionType, from, to, head int, rule string) pipeline.Mention {
	return pipeline.Mention{
		Span: pipeline.Span{Start: v.d.Tokens[from].Start, End: v.d.Tokens[to-1].End},
		Type: t, Sentence: v.sentence[from], From: from, To: to, Head: head, Entity: -1, Rule: rule,
	}
}

func (v *view) text(k int) string { return v.d.In(v.d.Tokens[k].Span) }

func (v *view) tag(k int) string { return v.d.Tokens[k].Tag }
