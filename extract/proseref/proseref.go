// Package proseref is the reference engine: the tagger and the entity extractor
// of prose v2 (github.com/jdkato/prose, MIT), behind the same stages as our own,
// so that the gain is visible in one table.
//
// prose reads raw text and gives no offsets. It is handed one sentence at a time,
// our words with blanks between them, and what it finds is laid back over them.
// One sentence at a time is also what keeps a fault of it small: a word that
// occurs twice in its input has one tag for both places.
package proseref

import (
	"fmt"
	"strings"

	"github.com/jdkato/prose/v2"

	"parley/extract/tag"
	"parley/pipeline"
)

const version = "1"

// maxMark is how many bytes of a word without letters prose is shown: it is
// quadratic on runs of marks.
const maxMark = 16

// A Reference is prose with its model loaded once. It is safe for concurrent use.
type Reference struct {
	model *prose.Model
}

// New loads prose's model, which takes a third of a second.
func New() (*Reference, error) {
	d, err := prose.NewDocument("")
	if err != nil {
		return nil, fmt.Errorf("proseref: %w", err)
	}
	return &Reference{model: d.Model}, nil
}

// Tags fills Tag, POS and Lemma of every token; the lemmas, which prose does not
// have, are own's for the tags that prose gives.
func (r *Reference) Tags(own *tag.Tagger) pipeline.Stage {
	return pipeline.Stage{
		Name:    "tags.prose",
		Version: version,
		Needs:   []pipeline.Layer{pipeline.LayerTokens},
		Adds:    pipeline.LayerTags,
		Run: func(d *pipeline.Document) error {
			for _, s := range d.Sentences {
				tokens := d.Tokens[s.From:s.To]
				forms := formsOf(d, tokens)
				for i, t := range r.Tag(forms) {
					tokens[i].Tag, tokens[i].POS = t, universal(t, forms[i])
					tokens[i].Lemma = own.Lemma(forms[i], t)
				}
			}
			return nil
		},
	}
}

// Names adds Mentions of the entities that prose finds: persons and, under GPE,
// places and organisations.
func (r *Reference) Names() pipeline.Stage {
	return pipeline.Stage{
		Name:    "names.prose",
		Version: version,
		Needs:   []pipeline.Layer{pipeline.LayerTokens},
		Adds:    pipeline.LayerNames,
		Run: func(d *pipeline.Document) error {
			for i, s := range d.Sentences {
				r.names(d, i, s)
			}
			return nil
		},
	}
}

func (r *Reference) names(d *pipeline.Document, index int, s pipeline.Sentence) {
	line, words := join(formsOf(d, d.Tokens[s.From:s.To]))
	found := r.read(line, prose.WithExtraction(true))
	if found == nil {
		return
	}
	at := 0
	for _, e := range found.Entities() {
		k := strings.Index(line[at:], e.Text)
		kind, known := types[e.Label]
		if k < 0 || e.Text == "" || !known {
			continue
		}
		span := pipeline.Span{Start: at + k, End: at + k + len(e.Text)}
		at = span.End
		from, to := -1, -1
		for w, word := range words {
			if word.Overlaps(span) {
				if from < 0 {
					from = w
				}
				to = w + 1
			}
		}
		if from < 0 {
			continue
		}
		d.Mentions = append(d.Mentions, pipeline.Mention{
			Span:     pipeline.Span{Start: d.Tokens[s.From+from].Start, End: d.Tokens[s.From+to-1].End},
			Type:     kind,
			Sentence: index,
			From:     s.From + from,
			To:       s.From + to,
			Head:     s.From + to - 1,
			Entity:   -1,
			Rule:     "names.prose",
		})
	}
}

// types are prose's labels in our terms.
var types = map[string]pipeline.MentionType{
	"PERSON": pipeline.Person, "GPE": pipeline.GPE, "ORGANIZATION": pipeline.Org,
}

// Tag gives every word of a sentence a Penn tag: the first tag that prose gives
// to a part of it, or NN.
func (r *Reference) Tag(forms []string) []string {
	tags := make([]string, len(forms))
	for i := range tags {
		tags[i] = "NN"
	}
	line, words := join(forms)
	d := r.read(line, prose.WithExtraction(false))
	if d == nil {
		return tags
	}
	at, w := 0, 0
	for _, t := range d.Tokens() {
		k := strings.Index(line[at:], t.Text)
		if k < 0 {
			continue
		}
		for w < len(words) && words[w].End <= at+k {
			w++
		}
		if w < len(words) && words[w].Start >= at && words[w].Start <= at+k {
			tags[w] = t.Tag
		}
		at += k + len(t.Text)
	}
	return tags
}

// read runs prose over line, or returns nil where it panics, as it does on some
// bytes.
func (r *Reference) read(line string, with ...prose.DocOpt) (d *prose.Document) {
	defer func() {
		if recover() != nil {
			d = nil
		}
	}()
	d, err := prose.NewDocument(line, append(with, prose.WithSegmentation(false), prose.UsingModel(r.model))...)
	if err != nil {
		return nil
	}
	return d
}

func formsOf(d *pipeline.Document, tokens []pipeline.Token) []string {
	forms := make([]string, len(tokens))
	for i, t := range tokens {
		forms[i] = d.In(t.Span)
	}
	return forms
}

// join writes forms with blanks between them and straight quotes, and says where
// each lies.
func join(forms []string) (string, []pipeline.Span) {
	var b strings.Builder
	words := make([]pipeline.Span, len(forms))
	for i, f := range forms {
		f = straight.Replace(f)
		if len(f) > maxMark && strings.Trim(f, `.!?("')-`) == "" {
			f = f[:maxMark]
		}
		words[i] = pipeline.Span{Start: b.Len(), End: b.Len() + len(f)}
		b.WriteString(f)
		b.WriteByte(' ')
	}
	return b.String(), words
}

var straight = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "&rsquo;", "'")

// universal is the Universal part of speech of most words with a Penn tag.
func universal(tag, form string) string {
	switch form := strings.ToLower(form); tag {
	case "VB", "VBD", "VBG", "VBN", "VBP", "VBZ":
		if auxiliaries[form] {
			return "AUX"
		}
		return "VERB"
	case "IN":
		if subordinators[form] {
			return "SCONJ"
		}
		return "ADP"
	}
	if p, ok := universals[tag]; ok {
		return p
	}
	return "X"
}

var universals = map[string]string{
	"CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON", "FW": "X", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "LS": "NUM", "MD": "AUX",
	"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PDT": "DET", "POS": "PART", "PRP": "PRON", "PRP$": "PRON",
	"RB": "ADV", "RBR": "ADV", "RBS": "ADV", "RP": "ADP", "SYM": "SYM", "TO": "PART", "UH": "INTJ", "WDT": "PRON", "WP": "PRON", "WP$": "PRON", "WRB": "ADV",
	"$": "SYM", "#": "SYM", ".": "PUNCT", ",": "PUNCT", ":": "PUNCT", "(": "PUNCT", ")": "PUNCT", "``": "PUNCT", "''": "PUNCT",
}

var (
	auxiliaries   = map[string]bool{"be": true, "am": true, "is": true, "are": true, "was": true, "were": true, "been": true, "being": true, "'s": true, "'re": true, "'m": true, "have": true, "has": true, "had": true, "'ve": true, "do": true, "does": true, "did": true}
	subordinators = map[string]bool{"that": true, "if": true, "because": true, "while": true, "although": true, "whether": true, "since": true, "though": true, "unless": true}
)

// Cut gives the words of text and the last byte of each sentence as prose finds
// them. Words whose text it changed are left out, as it gives no offsets. It
// loads the segmenter anew, which takes 20 ms.
func (r *Reference) Cut(text string) (words, ends []pipeline.Span) {
	d, err := prose.NewDocument(text, prose.WithTagging(false), prose.WithExtraction(false), prose.UsingModel(r.model))
	if err != nil {
		return nil, nil
	}
	at := 0
	for _, t := range d.Tokens() {
		if k := strings.Index(text[at:min(len(text), at+400)], t.Text); k >= 0 && t.Text != "" {
			words = append(words, pipeline.Span{Start: at + k, End: at + k + len(t.Text)})
			at += k + len(t.Text)
		}
	}
	at = 0
	for _, s := range d.Sentences() {
		if k := strings.Index(text[at:], s.Text); k >= 0 && s.Text != "" {
			at += k + len(s.Text)
			ends = append(ends, pipeline.Span{Start: at - 1, End: at})
		}
	}
	return words, ends
}
