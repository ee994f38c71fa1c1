package main

import (
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parley/extract/lists"
	"parley/extract/names"
	"parley/extract/token"
	"parley/pipeline"
)

// folds is how many parts the labels are cut into for the second pass, which must
// be trained on what the first pass makes of articles that it has not seen.
const folds = 3

// How often training goes over the examples: for models that ship, and for those
// that only prepare them.
const epochs, roughEpochs = 9, 5

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

// trainClasses sorts the words of unlabelled news into classes, coarse and fine.
func trainClasses(data, out string) error {
	tokenizer, err := token.New()
	if err != nil {
		return err
	}
	s := &nameSets{tokens: tokenizer.Stage()}
	lines, err := readLines(filepath.Join(data, "text", "voa.txt.gz"))
	if err != nil {
		return err
	}
	var sentences [][]string
	for _, line := range lines {
		d := s.document(line)
		for _, x := range d.Sentences {
			var words []string
			for _, t := range d.Tokens[x.From:x.To] {
				words = append(words, names.ClassKey(d.In(t.Span)))
			}
			sentences = append(sentences, words)
		}
	}
	coarse, fine := classWords(sentences, 80, 3, 12), classWords(sentences, 500, 3, 12)
	var table []string
	for _, w := range slices.Sorted(maps.Keys(coarse)) {
		table = append(table, fmt.Sprintf("%s\t%d\t%d", w, coarse[w], fine[w]))
	}
	return writeTable(out, table)
}

// crossValidateNames writes a report of span F1 on the folds of the labelled
// news, each found by a model that was trained on the others.
func crossValidateNames(data, out string) error {
	s, err := readNameSets(data)
	if err != nil {
		return err
	}
	report := &nameReport{}
	for fold := range folds {
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

	// A first model reads the unlabelled news, for what each word mostly is there.
	teacher := names.NewModel(inside, nil)
	if err := teacher.SetWeights(fit(teacher, 0, examples, nil, roughEpochs, log)); err != nil {
		return nil, err
	}
	usual := s.usual(teacher)
	log(fmt.Sprintf("%d words of the news with what they mostly are", len(usual)))

	// What the first pass makes of each example, by a model that has not seen it.
	firstLabels := make([][]names.Label, len(examples))
	for fold := range folds {
		m := names.NewModel(inside, usual)
		var train []example
		for i, e := range examples {
			if i%folds != fold {
				train = append(train, e)
			}
		}
		if err := m.SetWeights(fit(m, 0, train, nil, roughEpochs, log)); err != nil {
			return nil, err
		}
		a := m.NewArticle()
		for i, e := range examples {
			if i%folds == fold {
				a.Fill(e.doc)
				firstLabels[i] = m.FirstLabels(a)
			}
		}
	}
	m := names.NewModel(inside, usual)
	first := fit(m, 0, examples, nil, epochs, log)
	second := fit(m, 1, examples, firstLabels, epochs, log)
	return m, m.SetWeights(first, second)
}

// usual is what a model mostly takes each word of the unlabelled news for: for
// words that are written with a capital at least once, one number for each type
// and for how sure and how frequent it is.
func (s *nameSets) usual(m *names.Model) map[string]uint8 {
	type count struct {
		capital, total int
		types          [len(names.Types)]int
	}
	counts := map[string]*count{}
	a := m.NewArticle()
	for _, d := range s.news {
		a.Fill(d)
		labels := m.FirstLabels(a)
		for _, x := range d.Sentences {
			for i := x.From; i < x.To; i++ {
				form := d.In(d.Tokens[i].Span)
				folded := lists.Fold(form)
				c := counts[folded]
				if c == nil {
					c = new(count)
					counts[folded] = c
				}
				c.total++
				if strings.ToLower(form) != form && i > x.From {
					c.capital++
				}
				if labels[i] != names.Outside {
					c.types[labels[i].Type()]++
				}
			}
		}
	}
	usual := map[string]uint8{}
	for w, c := range counts {
		if c.capital == 0 || c.total < 2 {
			continue
		}
		best, most, outside := 0, 0, c.total
		for t, n := range c.types {
			outside -= n
			if n > most {
				best, most = t+1, n
			}
		}
		if outside > most {
			best, most = 0, outside
		}
		sure := 0
		switch share := float64(most) / float64(c.total); {
		case share > 0.95 && c.total >= 10:
			sure = 3
		case share > 0.9 && c.total >= 3:
			sure = 2
		case share > 0.6:
			sure = 1
		}
		usual[w] = uint8(1 + 4*best + sure)
	}
	return usual
}

// fit trains one pass of m. For the second pass, first holds what the first one
// made of the examples.
func fit(m *names.Model, pass int, examples []example, first [][]names.Label, epochs int, log func(string)) names.Weights {
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
	c.train(chains, epochs, log)
	return c.compile(v.features)
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
func (c *crf) compile(features []names.Feature) names.Weights {
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
	return names.Weights{Transitions: transitions, Rows: rows}
}
