package tag

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"sort"
	"strings"

	"parley/extract/treebank"
)

// Settings of the trainer.
const (
	epochs       = 8
	tableBits    = 22
	frequent     = 10    // a form seen as often has only the classes that it was seen with
	rare         = 0.002 // but for those that make up less than this share
	titleShare   = 20    // every so many sentences is read with capitals, as a headline
	largestScore = 100.0 // quantised weights stay within
)

// Train learns a tagger from sentences, the same from the same sentences. After
// every epoch it reports to progress, which may be nil.
func Train(sentences []treebank.Sentence, progress func(line string)) *Tagger {
	return newTagger(train(sentences, progress), "trained")
}

// Write stores the model of t, for embedding.
func (t *Tagger) Write(w io.Writer) error { return t.model.write(w) }

// Jackknife returns a copy of sentences with tags and lemmas of taggers that did
// not see them: it trains one tagger for each of n parts on all others. A parser
// trained on the result learns to live with the tagger's mistakes.
func Jackknife(sentences []treebank.Sentence, n int, progress func(line string)) []treebank.Sentence {
	out := make([]treebank.Sentence, len(sentences))
	for part := range n {
		var others, held []treebank.Sentence
		for i, s := range sentences {
			if i*n/len(sentences) == part {
				held = append(held, s)
			} else {
				others = append(others, s)
			}
		}
		held = Train(others, nil).Retag(held)
		for i := range sentences {
			if i*n/len(sentences) == part {
				out[i], held = held[0], held[1:]
			}
		}
		if progress != nil {
			progress(fmt.Sprintf("jackknife: part %d of %d", part+1, n))
		}
	}
	return out
}

// A perceptron holds the weights while they are learnt, and what averaging
// needs: the sum over time is now*w - late.
type perceptron struct {
	w, late []float32
	now     float32
	mask    uint64
}

func (p *perceptron) add(f uint64, c int, v float32) {
	i := f&p.mask + uint64(c)
	p.w[i] += v
	p.late[i] += v * p.now
}

func (p *perceptron) best(features []uint64, cand []uint8) int {
	var scores [maxClasses]float32
	for _, f := range features {
		row := p.w[f&p.mask:][:maxClasses]
		for _, c := range cand {
			scores[c] += row[c]
		}
	}
	best := cand[0]
	for _, c := range cand[1:] {
		if scores[c] > scores[best] {
			best = c
		}
	}
	return int(best)
}

// quantised returns the averaged weights as 8-bit numbers, scaled so that all
// but the largest few keep their proportions.
func (p *perceptron) quantised() []int8 {
	mean := make([]float32, len(p.w))
	var sizes []float64
	for i, w := range p.w {
		mean[i] = w - p.late[i]/p.now
		if mean[i] != 0 {
			sizes = append(sizes, math.Abs(float64(mean[i])))
		}
	}
	sort.Float64s(sizes)
	scale := float32(1)
	if len(sizes) > 0 {
		scale = float32(largestScore / sizes[len(sizes)*9995/10000])
	}
	out := make([]int8, len(mean))
	for i, v := range mean {
		out[i] = int8(math.Round(float64(max(-127, min(127, v*scale)))))
	}
	return out
}

func train(sentences []treebank.Sentence, progress func(string)) *model {
	m := &model{dict: map[string][]uint8{}, lemmas: learnLemmas(sentences), bits: tableBits}
	number := m.learnClasses(sentences)
	p := &perceptron{mask: 1<<tableBits - 1}
	p.w = make([]float32, 1<<tableBits+maxClasses)
	p.late = make([]float32, len(p.w))
	rng := rand.New(rand.NewPCG(1, 2))
	order := make([]int, len(sentences))
	for i := range order {
		order[i] = i
	}
	for e := range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, k := range order {
			r := p.learn(m, number, sentences[k], rng.IntN(titleShare) == 0)
			right += r
			all += len(sentences[k].Words)
		}
		if progress != nil {
			progress(fmt.Sprintf("tag: epoch %d of %d: %.4f right while learning", e+1, epochs, float64(right)/float64(all)))
		}
	}
	m.weights = p.quantised()
	return m
}

// learn tags a sentence and corrects the weights of what was wrong. It returns
// how many words were right.
func (p *perceptron) learn(m *model, number map[class]int, s treebank.Sentence, title bool) int {
	words := make([]*word, len(s.Words))
	for i, w := range s.Words {
		form := w.Form
		if title {
			form = capitalised(form)
		}
		x := m.look(form)
		words[i] = &x
	}
	mode := letterCase(words)
	var features []uint64
	t1, t2 := uint64(0), uint64(0)
	right := 0
	for i, w := range s.Words {
		p.now++
		features = dynamic(static(features[:0], words, i, mode), words, i, t1, t2)
		found := p.best(features, words[i].cand)
		gold, ok := number[class{w.XPOS, w.UPOS}]
		switch {
		case ok && found == gold:
			right++
		case ok:
			for _, f := range features {
				p.add(f, gold, 1)
				p.add(f, found, -1)
			}
		}
		t1, t2 = uint64(found)+1, t1
	}
	return right
}

// capitalised writes the words of a headline: longer ones begin with a capital.
func capitalised(form string) string {
	if len(form) > 3 {
		return strings.ToUpper(form[:1]) + form[1:]
	}
	return form
}

// learnClasses numbers the classes of the treebank and notes which of them
// frequent forms have.
func (m *model) learnClasses(sentences []treebank.Sentence) map[class]int {
	seen := map[class]int{}
	forms := map[string]map[class]int{}
	for _, s := range sentences {
		for _, w := range s.Words {
			c := class{w.XPOS, w.UPOS}
			seen[c]++
			if forms[w.Form] == nil {
				forms[w.Form] = map[class]int{}
			}
			forms[w.Form][c]++
		}
	}
	for c, n := range seen {
		if n >= 5 {
			m.classes = append(m.classes, c)
		}
	}
	sort.Slice(m.classes, func(i, j int) bool {
		a, b := m.classes[i], m.classes[j]
		return a.xpos < b.xpos || a.xpos == b.xpos && a.upos < b.upos
	})
	number := map[class]int{}
	for i, c := range m.classes {
		number[c] = i
		m.open = append(m.open, uint8(i))
	}
	for form, counts := range forms {
		all := 0
		for _, n := range counts {
			all += n
		}
		if all < frequent {
			continue
		}
		var cand []uint8
		for c, n := range counts {
			if i, ok := number[c]; ok && float64(n) >= rare*float64(all) {
				cand = append(cand, uint8(i))
			}
		}
		sort.Slice(cand, func(i, j int) bool { return cand[i] < cand[j] })
		if len(cand) > 0 {
			m.dict[form] = cand
		}
	}
	return number
}
