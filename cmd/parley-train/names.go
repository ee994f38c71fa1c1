package main

import (
	"fmt"
	"math"
	"os"
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

// An example is an article with the labels of its tokens.
type example struct {
	doc     *pipeline.Document
	allowed []labelSet // of every token
	weight  float64
	fold    int // for cross-validation: 0 to folds-1, or -1 for what is always trained on
}

// folds is how many parts the labels are cut into for the second pass, which must
// be trained on what the first pass makes of articles that it has not seen.
const folds = 4

var typeNumber = func() map[pipeline.MentionType]int {
	m := map[pipeline.MentionType]int{}
	for i, t := range names.Types {
		m[t] = i
	}
	return m
}()

// trainNames trains the names model: word classes from unlabelled news, then the
// two passes.
func trainNames(data, out string) error {
	s, err := readNameSets(data)
	if err != nil {
		return err
	}
	model, err := s.train(s.examples, logLine)
	if err != nil {
		return err
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := model.Write(f); err != nil {
		return err
	}
	return f.Close()
}

// crossValidateNames writes a report of span F1 on the folds of the labelled
// news, each found by a model that was trained on the others.
func crossValidateNames(data, out string) error {
	s, err := readNameSets(data)
	if err != nil {
		return err
	}
	report := &nameReport{}
	for fold := range 1 {
		var train, test []example
		for _, e := range s.examples {
			if e.fold == fold {
				test = append(test, e)
			} else {
				train = append(train, e)
			}
		}
		model, err := s.train(train, func(string) {})
		if err != nil {
			return err
		}
		report.add(model, test)
		logLine(fmt.Sprintf("fold %d: %s", fold+1, report.line()))
	}
	return os.WriteFile(out, []byte(report.String()), 0o644)
}

func logLine(line string) { fmt.Fprintln(os.Stderr, line) }

// nameSets is everything that the model learns from.
type nameSets struct {
	tokens   pipeline.Stage
	examples []example
	classes  map[string][2]uint16
}

func readNameSets(data string) (*nameSets, error) {
	tokenizer, err := token.New()
	if err != nil {
		return nil, err
	}
	s := &nameSets{tokens: tokenizer.Stage()}
	if err := s.readGold(filepath.Join(data, "ner", "voa-gold.txt.gz")); err != nil {
		return nil, err
	}
	for _, folder := range []string{"voa-train", "wikinews-train"} {
		if err := s.readLabels(filepath.Join(data, "..", "labels", folder)); err != nil {
			return nil, err
		}
	}
	news, err := s.readNews(filepath.Join(data, "text", "voa.txt.gz"))
	if err != nil {
		return nil, err
	}
	logLine(fmt.Sprintf("%d articles with labels, %d sentences without", len(s.examples), len(news)))
	coarse, fine := classWords(news, 80, 3, 12), classWords(news, 500, 3, 12)
	s.classes = map[string][2]uint16{}
	for w := range coarse {
		s.classes[w] = [2]uint16{coarse[w], fine[w]}
	}
	return s, nil
}

var inline = regexp.MustCompile(`\[\[(.*?)\|([A-Z_]+)\]\]`)

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
		s.add(d, 1, count*folds/620%folds)
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

// readNews reads unlabelled sentences, as the forms under which classes of words
// are learnt.
func (s *nameSets) readNews(path string) ([][]string, error) {
	lines, err := readLines(path)
	if err != nil {
		return nil, err
	}
	var out [][]string
	for _, line := range lines {
		d := s.document(line)
		for _, x := range d.Sentences {
			var words []string
			for _, t := range d.Tokens[x.From:x.To] {
				words = append(words, names.ClassKey(d.In(t.Span)))
			}
			out = append(out, words)
		}
	}
	return out, nil
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
				part := names.Inside
				switch {
				case to-from == 1:
					part = names.Only
				case i == from:
					part = names.Begin
				case i == to-1:
					part = names.Last
				}
				e.allowed[i] = 1 << names.LabelOf(t, part)
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

// inner lists the lower-case words within the names, dates and amounts of the
// examples.
func inner(examples []example) []string {
	found := map[string]bool{}
	for _, e := range examples {
		for i, a := range e.allowed {
			form := e.doc.In(e.doc.Tokens[i].Span)
			if a != everyLabel && !a.has(names.Outside) && strings.ToLower(form) == form {
				found[lists.Fold(form)] = true
			}
		}
	}
	var out []string
	for w := range found {
		out = append(out, w)
	}
	slices.Sort(out)
	return out
}

// train trains both passes on the examples.
func (s *nameSets) train(examples []example, log func(string)) (*names.Model, error) {
	inside := inner(examples)
	log(fmt.Sprintf("%d words inside of names", len(inside)))
	fresh := func() *names.Model { return names.NewModel(s.classes, inside) }

	// What the first pass makes of each example, by a model that has not seen it.
	firstLabels := make([][]names.Label, len(examples))
	for fold := range folds {
		m := fresh()
		var train []example
		for i, e := range examples {
			if i%folds != fold {
				train = append(train, e)
			}
		}
		if err := fit(m, 0, train, nil, log); err != nil {
			return nil, err
		}
		a := m.NewArticle()
		for i, e := range examples {
			if i%folds == fold {
				a.Fill(e.doc)
				firstLabels[i] = m.Label(a, 1)
			}
		}
	}
	m := fresh()
	if err := fit(m, 0, examples, nil, log); err != nil {
		return nil, err
	}
	if err := fit(m, 1, examples, firstLabels, log); err != nil {
		return nil, err
	}
	return m, nil
}

// fit trains one pass of m. For the second pass, first holds what the first one
// made of the examples.
func fit(m *names.Model, pass int, examples []example, first [][]names.Label, log func(string)) error {
	v := vocabulary{number: map[names.Feature]int32{}}
	var chains []chain
	a := m.NewArticle()
	lost := 0
	for i, e := range examples {
		a.Fill(e.doc)
		if first != nil {
			a.Remember(first[i])
		}
		covered := make([]bool, len(e.allowed))
		for _, r := range a.Runs() {
			c := chain{weight: e.weight}
			for j := range r.To - r.From {
				c.features = append(c.features, v.numbers(a.Features(nil, r, j)))
				c.allowed = append(c.allowed, e.allowed[a.Token(r, j)])
				covered[a.Token(r, j)] = true
			}
			chains = append(chains, c)
		}
		for t, in := range covered {
			if !in && !e.allowed[t].has(names.Outside) {
				lost++
			}
		}
	}
	kept := v.prune(chains, 2)
	log(fmt.Sprintf("pass %d: %d runs, %d features of %d, %d labelled words outside of runs", pass+1, len(chains), kept, len(v.number), lost))
	c := newCRF(kept, chains, 0.15, 2e-5)
	c.train(chains, 12, log)
	w, err := c.compile(v.features)
	if err != nil {
		return err
	}
	m.Passes[pass] = w
	return nil
}

// vocabulary numbers features and counts them.
type vocabulary struct {
	number   map[names.Feature]int32
	features []names.Feature
	count    []int32
}

func (v *vocabulary) numbers(features []names.Feature) []int32 {
	out := make([]int32, len(features))
	for i, f := range features {
		n, ok := v.number[f]
		if !ok {
			n = int32(len(v.features))
			v.number[f] = n
			v.features = append(v.features, f)
			v.count = append(v.count, 0)
		}
		v.count[n]++
		out[i] = n
	}
	return out
}

// prune leaves out features that occur fewer than least times, and returns how
// many are left.
func (v *vocabulary) prune(chains []chain, least int32) int {
	renumber := make([]int32, len(v.features))
	var kept []names.Feature
	for i, f := range v.features {
		renumber[i] = -1
		if v.count[i] >= least {
			renumber[i] = int32(len(kept))
			kept = append(kept, f)
		}
	}
	v.features = kept
	for _, c := range chains {
		for i, features := range c.features {
			out := features[:0]
			for _, f := range features {
				if renumber[f] >= 0 {
					out = append(out, renumber[f])
				}
			}
			c.features[i] = out
		}
	}
	return len(kept)
}

// compile rounds the weights to eighths of a bit or so, and leaves out those
// that vanish.
func (c *crf) compile(features []names.Feature) (names.Weights, error) {
	const scale = 24
	var transitions [labels][labels]int32
	for k := range transitions {
		for l := range transitions[k] {
			transitions[k][l] = int32(math.Round(c.transitions[k][l] * scale))
		}
	}
	var rows []names.Row
	taken := map[uint32]bool{}
	for f, feature := range features {
		r := names.Row{Feature: feature}
		for at := c.first[f]; at < c.first[f+1]; at++ {
			x := math.Round(float64(c.weights[at]) * scale)
			if x != 0 {
				r.Labels = append(r.Labels, c.label[at])
				r.Weights = append(r.Weights, int8(min(max(x, -127), 127)))
			}
		}
		if len(r.Labels) > 0 && !taken[uint32(feature)] {
			taken[uint32(feature)] = true
			rows = append(rows, r)
		}
	}
	return names.NewWeights(transitions, rows)
}

// nameReport counts spans found, by type.
type nameReport struct {
	hit, found, gold [len(names.Types)]int
	errors           []string
}

func (r *nameReport) add(m *names.Model, test []example) {
	stage := names.NewWith(m).Stage()
	for _, e := range test {
		d := e.doc
		d.Mentions = nil
		_ = stage.Run(d)
		got := map[pipeline.Mention]bool{}
		for _, x := range d.Mentions {
			got[pipeline.Mention{Span: x.Span, Type: x.Type}] = true
		}
		want := map[pipeline.Mention]bool{}
		for _, x := range goldMentions(e) {
			want[x] = true
			r.gold[typeNumber[x.Type]]++
			if got[x] {
				r.hit[typeNumber[x.Type]]++
			} else {
				r.errors = append(r.errors, fmt.Sprintf("missed %s %q in: %s", x.Type, d.In(x.Span), around(d, x.Span)))
			}
		}
		for _, x := range d.Mentions {
			r.found[typeNumber[x.Type]]++
			if k := (pipeline.Mention{Span: x.Span, Type: x.Type}); !want[k] {
				r.errors = append(r.errors, fmt.Sprintf("wrong %s %q in: %s", x.Type, d.In(x.Span), around(d, x.Span)))
			}
		}
		d.Mentions = nil
	}
}

// around is the line that a span stands in.
func around(d *pipeline.Document, s pipeline.Span) string {
	from := strings.LastIndexByte(d.Text[:s.Start], '\n') + 1
	to := strings.IndexByte(d.Text[s.End:], '\n')
	if to < 0 {
		return d.Text[from:]
	}
	return d.Text[from : s.End+to]
}

func goldMentions(e example) (out []pipeline.Mention) {
	for i := 0; i < len(e.allowed); i++ {
		for t, kind := range names.Types {
			from := i
			switch e.allowed[i] {
			case 1 << names.LabelOf(t, names.Only):
			case 1 << names.LabelOf(t, names.Begin):
				for e.allowed[i] != 1<<names.LabelOf(t, names.Last) {
					i++
				}
			default:
				continue
			}
			out = append(out, pipeline.Mention{Span: pipeline.Span{Start: e.doc.Tokens[from].Start, End: e.doc.Tokens[i].End}, Type: kind})
			break
		}
	}
	return out
}

func f1(hit, found, gold int) float64 {
	if found+gold == 0 {
		return 0
	}
	return 2 * float64(hit) / float64(found+gold)
}

func (r *nameReport) sum(types func(pipeline.MentionType) bool) (hit, found, gold int) {
	for i, t := range names.Types {
		if types(t) {
			hit, found, gold = hit+r.hit[i], found+r.found[i], gold+r.gold[i]
		}
	}
	return
}

func (r *nameReport) line() string {
	return fmt.Sprintf("names %.4f, values %.4f", f1(r.sum(pipeline.MentionType.Named)), f1(r.sum(pipeline.MentionType.Value)))
}

func (r *nameReport) String() string {
	var b strings.Builder
	fmt.Fprintln(&b, r.line())
	for i, t := range names.Types {
		fmt.Fprintf(&b, "%-12s F1 %.4f  hit %d found %d gold %d\n", t, f1(r.hit[i], r.found[i], r.gold[i]), r.hit[i], r.found[i], r.gold[i])
	}
	for _, e := range r.errors {
		fmt.Fprintln(&b, e)
	}
	return b.String()
}
