package main

import (
	"path/filepath"
	"strings"

	"parley/extract/treebank"
	"parley/pipeline"
)

// readDev reads the development part of a treebank ("ewt", "gum").
func readDev(shared, name string) ([]treebank.Sentence, error) {
	return treebank.Read(filepath.Join(shared, "data", "treebank", name+"-dev.conllu.gz"))
}

// devSets are the parts that tags and heads are measured on.
func devSets(shared string) (names []string, sets [][]treebank.Sentence, err error) {
	ewt, err := readDev(shared, "ewt")
	if err != nil {
		return nil, nil, err
	}
	gum, err := readDev(shared, "gum")
	if err != nil {
		return nil, nil, err
	}
	var news []treebank.Sentence
	for _, s := range gum {
		if strings.HasPrefix(s.Document, "GUM_news") {
			news = append(news, s)
		}
	}
	return []string{"EWT dev", "GUM dev", "GUM dev news"}, [][]treebank.Sentence{ewt, gum, news}, nil
}

// tokenRows measures words and sentences on raw text, documents of the treebanks
// joined with blanks.
func tokenRows(e *engines, shared string) ([]row, error) {
	var rows []row
	for _, name := range []string{"ewt", "gum"} {
		sentences, err := readDev(shared, name)
		if err != nil {
			return nil, err
		}
		var words, ends [2]tally
		for _, g := range joined(sentences) {
			found := e.tokens.Words(nil, g.text)
			words[1].spans(g.words, found)
			ends[1].spans(lasts(g.words, g.ends), lasts(found, e.tokens.Ends(nil, g.text, found)))
			found, last := e.reference.Cut(g.text)
			words[0].spans(g.words, found)
			ends[0].spans(lasts(g.words, g.ends), last)
		}
		title := strings.ToUpper(name) + " dev, raw text: "
		rows = append(rows,
			row{title + "words F1", words[0].f1(), words[1].f1()},
			row{title + "sentence ends F1", ends[0].f1(), ends[1].f1()})
	}
	return rows, nil
}

// A joinedText is one document of a treebank with its gold words and sentence ends.
type joinedText struct {
	text  string
	words []pipeline.Span
	ends  []int
}

func joined(sentences []treebank.Sentence) []joinedText {
	var out []joinedText
	var b strings.Builder
	for i, s := range sentences {
		if i == 0 || s.Document != sentences[i-1].Document {
			out = append(out, joinedText{})
			b.Reset()
		}
		g := &out[len(out)-1]
		for _, w := range s.Words {
			start := b.Len()
			b.WriteString(w.Form)
			g.words = append(g.words, pipeline.Span{Start: start, End: b.Len()})
			if w.SpaceAfter {
				b.WriteByte(' ')
			}
		}
		if n := len(s.Words); n > 0 && !s.Words[n-1].SpaceAfter {
			b.WriteByte(' ')
		}
		g.ends = append(g.ends, len(g.words))
		g.text = b.String()
	}
	return out
}

// lasts are the last bytes of sentences, as spans: a sentence ends where its last
// word does.
func lasts(words []pipeline.Span, ends []int) []pipeline.Span {
	var out []pipeline.Span
	for _, e := range ends {
		out = append(out, pipeline.Span{Start: words[e-1].End - 1, End: words[e-1].End})
	}
	return out
}

// A tally counts what was found and what should have been.
type tally struct{ right, gold, found int }

func (t *tally) spans(gold, found []pipeline.Span) {
	set := map[pipeline.Span]bool{}
	for _, s := range gold {
		set[s] = true
	}
	t.gold += len(gold)
	t.found += len(found)
	for _, s := range found {
		if set[s] {
			t.right++
			delete(set, s)
		}
	}
}

func (t *tally) f1() string { return share(2*t.right, t.gold+t.found) }

// tagRows measures tags and lemmas on gold words.
func tagRows(e *engines, shared string) ([]row, error) {
	names, sets, err := devSets(shared)
	if err != nil {
		return nil, err
	}
	var rows []row
	for i, gold := range sets {
		all, xpos, upos, lemma, theirs := 0, 0, 0, 0, 0
		for k, s := range e.tagger.Retag(gold) {
			var forms []string
			for j, w := range s.Words {
				g := gold[k].Words[j]
				forms = append(forms, w.Form)
				all++
				xpos += one(w.XPOS == g.XPOS)
				upos += one(w.UPOS == g.UPOS)
				lemma += one(strings.EqualFold(w.Lemma, g.Lemma))
			}
			for j, t := range e.reference.Tag(forms) {
				theirs += one(t == gold[k].Words[j].XPOS)
			}
		}
		rows = append(rows,
			row{names[i] + ", gold words: XPOS", share(theirs, all), share(xpos, all)},
			row{names[i] + ", gold words: UPOS", "", share(upos, all)},
			row{names[i] + ", gold words: lemmas", "", share(lemma, all)})
	}
	return rows, nil
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// headRows measures heads and relations on gold words with the engine's own tags,
// punctuation included. prose has no grammar; its tags are given to our parser.
func headRows(e *engines, shared string) ([]row, error) {
	names, sets, err := devSets(shared)
	if err != nil {
		return nil, err
	}
	var rows []row
	for i, gold := range sets {
		var uas, las [2]int
		all := 0
		for k, stages := range [][]pipeline.Stage{e.prose, e.parley} {
			all = 0
			for _, s := range gold {
				d := goldWords(s)
				if err := runAll(d, upTo(stages, pipeline.LayerTags, pipeline.LayerHeads)); err != nil {
					return nil, err
				}
				for j, w := range s.Words {
					all++
					if d.Tokens[j].Head == w.Head-1 {
						uas[k]++
						las[k] += one(d.Tokens[j].Rel == w.Rel)
					}
				}
			}
		}
		rows = append(rows,
			row{names[i] + ", own tags: UAS", share(uas[0], all), share(uas[1], all)},
			row{names[i] + ", own tags: LAS", share(las[0], all), share(las[1], all)})
	}
	return rows, nil
}

// goldWords is a document of one sentence with the words of the treebank.
func goldWords(s treebank.Sentence) *pipeline.Document {
	g := joined([]treebank.Sentence{s})[0]
	d := article(g.text)
	for _, w := range g.words {
		d.Tokens = append(d.Tokens, pipeline.Token{Span: w, Head: -1})
	}
	d.Sentences = []pipeline.Sentence{{Span: pipeline.Span{End: g.words[len(g.words)-1].End}, To: len(g.words)}}
	return d
}
