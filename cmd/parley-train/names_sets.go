package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"parley/eval"
	"parley/extract/lists"
	"parley/extract/names"
	"parley/extract/token"
	"parley/pipeline"
)

// An example is an article with the labels that its tokens may have.
type example struct {
	doc     *pipeline.Document
	allowed []labelSet // of every token
	weight  float64
	fold    int // for cross-validation: 0 to folds-1, or -1 for what is never tested on
}

// nameSets is everything that the model learns from.
type nameSets struct {
	tokens   pipeline.Stage
	examples []example
	news     []*pipeline.Document // unlabelled, with tokens
}

// readNameSets reads the labelled news of our own, which weighs most, Wikipedia
// texts that mark fewer types, and unlabelled news.
func readNameSets(data string) (*nameSets, error) {
	tokenizer, err := token.New()
	if err != nil {
		return nil, err
	}
	s := &nameSets{tokens: tokenizer.Stage()}
	ner := filepath.Join(data, "ner")
	if err := s.readGold(filepath.Join(ner, "voa-gold.txt.gz")); err != nil {
		return nil, err
	}
	for _, folder := range []string{"voa-train", "wikinews-train"} {
		if err := s.readLabels(filepath.Join(data, "..", "labels", folder)); err != nil {
			return nil, err
		}
	}
	labelled := s.examples
	s.perturb(labelled)
	if err := s.readColumns(filepath.Join(ner, "wikigold.conll.gz"), wikigoldTypes); err != nil {
		return nil, err
	}
	for _, part := range []string{"train", "dev"} {
		if err := s.readColumns(filepath.Join(ner, "crossner-politics-"+part+".conll.gz"), crossnerTypes); err != nil {
			return nil, err
		}
	}
	if err := s.readRelationSet(filepath.Join(ner, "redocred-dev_revised.json.gz")); err != nil {
		return nil, err
	}
	return s, s.readNews(filepath.Join(data, "text", "voa.txt.gz"), labelled)
}

var inline = regexp.MustCompile(`\[\[(.*?)\|([A-Z_]+)\]\]`)

// foldRun is how many articles in a row fall into one fold: neighbours tell the
// same stories.
const foldRun = 100

// readGold reads news with labels inline, a numbered sentence a line, and cuts it
// into articles where the names change.
func (s *nameSets) readGold(path string) error {
	lines, err := readLines(path)
	if err != nil {
		return err
	}
	type sentence struct {
		text     string
		mentions []pipeline.Mention
	}
	var article []sentence
	count := 0
	flush := func() {
		if len(article) == 0 {
			return
		}
		d := &pipeline.Document{}
		for _, x := range article {
			at := len(d.Text)
			d.Text += x.text + "\n"
			for _, m := range x.mentions {
				m.Start += at
				m.End += at
				d.Mentions = append(d.Mentions, m)
			}
		}
		followGuidelines(d)
		s.add(d, 1, count/foldRun%folds)
		count++
		article = article[:0]
	}
	var recent []map[string]bool
	for _, line := range lines {
		_, marked, ok := strings.Cut(line, "\t")
		if !ok {
			flush()
			recent = nil
			continue
		}
		var x sentence
		last := 0
		words := map[string]bool{}
		for _, m := range inline.FindAllStringSubmatchIndex(marked, -1) {
			x.text += marked[last:m[0]]
			name, kind := marked[m[2]:m[3]], pipeline.MentionType(marked[m[4]:m[5]])
			if _, known := typeNumber[kind]; known {
				x.mentions = append(x.mentions, pipeline.Mention{Span: pipeline.Span{Start: len(x.text), End: len(x.text) + len(name)}, Type: kind})
			}
			if kind.Named() {
				for _, w := range strings.Fields(name) {
					words[lists.Fold(w)] = true
				}
				if iso, ok := lists.Demonym(name); ok {
					words[iso] = true
				} else if iso, ok := lists.Country(name); ok {
					words[iso] = true
				}
			}
			x.text += name
			last = m[1]
		}
		x.text += marked[last:]
		shared := len(words) == 0 && len(article) > 0
		for _, before := range recent[max(0, len(recent)-4):] {
			for w := range words {
				shared = shared || before[w]
			}
		}
		if !shared && len(article) >= 3 || len(article) >= 15 {
			flush()
			recent = nil
		}
		article = append(article, x)
		recent = append(recent, words)
	}
	flush()
	return nil
}

// What the guidelines label and the news labelled earlier does not: ages and
// anniversaries, and political currents in small letters.
var unlabelled = []struct {
	kind    pipeline.MentionType
	pattern *regexp.Regexp
}{
	{pipeline.Date, regexp.MustCompile(`\b[\w]+-(?:year|month|week|day)-olds?\b|\b\w*\d(?:st|nd|rd|th) anniversary\b|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) anniversary\b`)},
	{pipeline.NORP, regexp.MustCompile(`\b(?:communist|leftist|rightist|socialist|fascist|islamist|centrist)s?\b`)},
}

// followGuidelines adds those mentions to d.
func followGuidelines(d *pipeline.Document) {
	for _, u := range unlabelled {
		for _, m := range u.pattern.FindAllStringIndex(d.Text, -1) {
			span := pipeline.Span{Start: m[0], End: m[1]}
			if !slices.ContainsFunc(d.Mentions, func(x pipeline.Mention) bool { return x.Overlaps(span) }) {
				d.Mentions = append(d.Mentions, pipeline.Mention{Span: span, Type: u.kind})
			}
		}
	}
}

func (s *nameSets) readLabels(folder string) error {
	sets, err := eval.ReadGold(folder)
	if err != nil {
		return err
	}
	for i, set := range sets {
		d := set.Document()
		s.add(d, 1.5, i%folds)
	}
	return nil
}

// newsLines is how many sentences an article of unlabelled news is taken to have.
const newsLines = 6

// readNews reads unlabelled news, without the sentences of labelled articles.
func (s *nameSets) readNews(path string, labelled []example) error {
	lines, err := readLines(path)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, e := range labelled {
		for line := range strings.Lines(e.doc.Text) {
			known[strings.TrimSpace(line)] = true
		}
	}
	var article []string
	for _, line := range lines {
		if known[strings.TrimSpace(line)] {
			continue
		}
		if article = append(article, line); len(article) == newsLines {
			s.news = append(s.news, s.document(strings.Join(article, "\n")))
			article = article[:0]
		}
	}
	return nil
}

// perturb adds copies of some articles as other papers would print them: without
// periods in "U.S.", with headlines in capitals, with persons of other countries.
func (s *nameSets) perturb(examples []example) {
	for i, e := range examples {
		d := &pipeline.Document{Text: e.doc.Text, Mentions: goldMentions(e)}
		switch i % 5 {
		case 0:
			s.add(replaced(d, "U.S.", "US", "U.N.", "UN", "Mr. ", "", "Ms. ", ""), 0.5*e.weight, -1)
		case 1:
			s.add(renamed(d, i), 0.5*e.weight, -1)
		case 2, 3:
			cut := strings.IndexByte(d.Text, '\n')
			if cut < 0 {
				continue
			}
			d.Mentions = slices.DeleteFunc(d.Mentions, func(m pipeline.Mention) bool { return m.End > cut })
			d.Text = strings.TrimSuffix(d.Text[:cut], ".")
			if i%10 < 5 {
				d.Text = headline(d.Text)
			} else {
				d.Text = capitals(d.Text)
			}
			s.add(d, 0.3*e.weight, -1)
		}
	}
}

// capitals writes the small letters of ASCII large; all else stays, and so do
// offsets.
func capitals(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

var (
	families = strings.Fields("Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Ryu Hong Yun Ri Pak Moon Chung")
	given    = strings.Fields("Min Ji Hyun Sung Young Jae Kyung Sang Tae Byung Dong Jong Yong Seung Eun Myung Chang Joon Je Geun Hak Ki Nam Woo")
	endings  = strings.Fields("ho su un hee jin seok woo se min hwan koo hye chol il kyu sik won rae bok gyu hong sook mi ah moon seung")
)

// renamed is d with its persons of two words given Korean names, "Yun Tae-su",
// and their last names alone, where they stand so.
func renamed(d *pipeline.Document, seed int) *pipeline.Document {
	full, family := map[string]string{}, map[string]string{}
	n := seed
	for _, m := range d.Mentions {
		words := strings.Fields(d.In(m.Span))
		if m.Type == pipeline.Person && len(words) == 2 && full[d.In(m.Span)] == "" {
			name := families[n*7%len(families)]
			full[d.In(m.Span)] = name + " " + given[n*11%len(given)] + "-" + endings[n*5%len(endings)]
			family[words[1]] = name
			n += seed%13 + 1
		}
	}
	out := &pipeline.Document{}
	last := 0
	mentions := slices.SortedFunc(slices.Values(d.Mentions), func(a, b pipeline.Mention) int { return a.Start - b.Start })
	for _, m := range mentions {
		out.Text += d.Text[last:m.Start]
		name := d.In(m.Span)
		if m.Type == pipeline.Person {
			if with := full[name]; with != "" {
				name = with
			} else if with := family[name]; with != "" {
				name = with
			}
		}
		out.Mentions = append(out.Mentions, pipeline.Mention{Span: pipeline.Span{Start: len(out.Text), End: len(out.Text) + len(name)}, Type: m.Type})
		out.Text += name
		last = m.End
	}
	out.Text += d.Text[last:]
	return out
}

// replaced is d with some strings replaced by others, its mentions with them.
func replaced(d *pipeline.Document, pairs ...string) *pipeline.Document {
	out := &pipeline.Document{}
	at := make([]int, len(d.Text)+1) // where each byte has gone
	for i := 0; i < len(d.Text); {
		n, with := 1, d.Text[i:i+1]
		for p := 0; p < len(pairs); p += 2 {
			if strings.HasPrefix(d.Text[i:], pairs[p]) {
				n, with = len(pairs[p]), pairs[p+1]
				break
			}
		}
		for j := range n {
			at[i+j] = len(out.Text)
		}
		out.Text += with
		i += n
	}
	at[len(d.Text)] = len(out.Text)
	for _, m := range d.Mentions {
		m.Start, m.End = at[m.Start], at[m.End]
		out.Mentions = append(out.Mentions, m)
	}
	return out
}

// headline writes every word but small ones with a capital.
func headline(text string) string {
	b := []byte(text)
	for i, c := range b {
		if (i == 0 || b[i-1] == ' ') && 'a' <= c && c <= 'z' {
			word, _, _ := strings.Cut(text[i:], " ")
			switch word {
			case "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with", "as":
			default:
				b[i] -= 'a' - 'A'
			}
		}
	}
	return string(b)
}

// document is text with tokens.
func (s *nameSets) document(text string) *pipeline.Document {
	d := &pipeline.Document{Text: text, Blocks: []pipeline.Block{{Span: pipeline.Span{End: len(text)}, Kind: pipeline.Body}}}
	// The stage fails on no document.
	_ = s.tokens.Run(d)
	return d
}

// add makes an example of an article with all its mentions marked. A mention
// whose ends are not those of tokens is left open: its words may be anything.
func (s *nameSets) add(labelled *pipeline.Document, weight float64, fold int) {
	d := s.document(labelled.Text)
	e := example{doc: d, allowed: make([]labelSet, len(d.Tokens)), weight: weight, fold: fold}
	for i := range e.allowed {
		e.allowed[i] = 1 << names.Outside
	}
	for _, m := range labelled.Mentions {
		t, known := typeNumber[m.Type]
		if !known {
			continue
		}
		from, to := tokensOf(d, m.Span)
		if from < to && d.Tokens[from].Start == m.Start && d.Tokens[to-1].End == m.End && oneSentence(d, from, to) {
			for i := from; i < to; i++ {
				e.allowed[i] = 1 << names.LabelOf(t, partOf(i, from, to))
			}
			continue
		}
		if from < to {
			logLine(fmt.Sprintf("no whole tokens: %s %q in %q", m.Type, labelled.In(m.Span), d.In(pipeline.Span{Start: d.Tokens[from].Start, End: d.Tokens[to-1].End})))
		}
		for i := from; i < to; i++ {
			e.allowed[i] = everyLabel
		}
	}
	s.examples = append(s.examples, e)
}

// partOf is the part that token i plays in a mention [from, to).
func partOf(i, from, to int) int {
	switch {
	case to-from == 1:
		return names.Only
	case i == from:
		return names.Begin
	case i == to-1:
		return names.Last
	}
	return names.Inside
}

// tokensOf is the tokens [from, to) that overlap a span.
func tokensOf(d *pipeline.Document, s pipeline.Span) (from, to int) {
	from, _ = slices.BinarySearchFunc(d.Tokens, s.Start, func(t pipeline.Token, start int) int {
		if t.End <= start {
			return -1
		}
		return 1
	})
	to = from
	for to < len(d.Tokens) && d.Tokens[to].Start < s.End {
		to++
	}
	return from, to
}

func oneSentence(d *pipeline.Document, from, to int) bool {
	for _, s := range d.Sentences {
		if s.From <= from && from < s.To {
			return to <= s.To
		}
	}
	return false
}
