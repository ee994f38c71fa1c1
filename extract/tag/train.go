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
	epochs          = 7
	jackknifeEpochs = 4 // nearly as good
	tableBits       = 22
	frequent        = 20    // a form seen as often has only the classes that it was seen with
	rare            = 0.002 // but for those that make up less than this share
	openTypes       = 3     // any form may have a class that so many rarer forms have
	titleShare      = 16    // every so many sentences is read with capitals, as a headline
	dropped         = 0.25  // share of the features that are hidden at each step
	rate            = 0.1   // first step of a weight
	damping         = 0.1   // added to the sum of its squared gradients
	leastChange     = 0.02  // gradients below are not worth a step
	unit            = 256   // steps of a quantised weight to one
)

// Train learns a tagger from sentences and a lexicon, and a lemmatiser from
// sentences and inflections; the same from the same. After every epoch it reports
// to progress, which may be nil.
func Train(sentences []treebank.Sentence, lexicon Lexicon, more []Inflection, progress func(line string)) *Tagger {
	m := train(sentences, lexicon, epochs, progress)
	m.lemmas = learnLemmas(sentences, more)
	return newTagger(m, "trained")
}

// Write stores the model of t, for embedding.
func (t *Tagger) Write(w io.Writer) error { return t.model.write(w) }

// Jackknife returns a copy of sentences with tags and lemmas of taggers that did
// not see them: it trains one tagger for each of n parts on all others, with the
// embedded lexicon and fewer epochs. A parser trained on the result learns to live
// with the tagger's mistakes.
func Jackknife(sentences []treebank.Sentence, n int, progress func(line string)) []treebank.Sentence {
	var lexicon Lexicon
	if t, err := New(); err == nil {
		lexicon = t.model.lexicon
	}
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
		held = newTagger(train(others, lexicon, jackknifeEpochs, nil), "part").Retag(held)
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

// A learner holds the weights of a softmax classifier while they are learnt,
// each with its own rate (AdaGrad: Duchi, Hazan and Singer, "Adaptive subgradient
// methods", JMLR 12, 2011) and what averaging needs: the mean over time is
// w - late/now.
type learner struct {
	m            *model
	number       map[class]int
	direction    direction
	w, late, sum []float32
	now          float32
	mask         uint64
	rng          *rand.Rand
}

func train(sentences []treebank.Sentence, lexicon Lexicon, epochs int, progress func(string)) *model {
	m := &model{dict: map[string][]uint8{}, lexicon: lexicon, lemmas: learnLemmas(sentences, nil), bits: tableBits}
	number := m.learnClasses(sentences)
	for d := range directions {
		size := 1<<tableBits + maxClasses
		l := &learner{
			m: m, number: number, direction: d, mask: 1<<tableBits - 1,
			w: make([]float32, size), late: make([]float32, size), sum: make([]float32, size),
			rng: rand.New(rand.NewPCG(1, 2)),
		}
		l.learnAll(sentences, epochs, progress)
		m.weights[d] = l.quantised()
	}
	return m
}

func (l *learner) learnAll(sentences []treebank.Sentence, epochs int, progress func(string)) {
	order := make([]int, len(sentences))
	for i := range order {
		order[i] = i
	}
	for e := range epochs {
		l.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, k := range order {
			right += l.learn(sentences[k])
			all += len(sentences[k].Words)
		}
		if progress != nil {
			progress(fmt.Sprintf("tag: pass %d of %d, epoch %d of %d: %.4f right while learning",
				l.direction+1, directions, e+1, epochs, float64(right)/float64(all)))
		}
	}
}

// learn tags a sentence and corrects the weights. It returns how many words
// were right.
func (l *learner) learn(s treebank.Sentence) int {
	title := l.rng.IntN(titleShare) == 0
	words := make([]*word, len(s.Words))
	for i, w := range s.Words {
		form := w.Form
		if title {
			form = capitalised(form)
		}
		x := l.m.look(form)
		words[i] = &x
	}
	written := writing(words)
	var features []uint64
	t1, t2 := uint64(0), uint64(0)
	right := 0
	for k := range s.Words {
		i := l.direction.place(k, len(s.Words))
		l.now++
		x, how := windowAt(words, i, l.direction), situationOf(written, i)
		features = own(features[:0], x.w, how)
		features = beside(features, x.l, last)
		features = beside(features, x.r, next)
		features = beside(features, x.ll, lastButOne)
		features = beside(features, x.rr, nextButOne)
		features = history(pairs(features, x, how), x, t1, t2)
		gold, ok := l.number[class{s.Words[i].XPOS, s.Words[i].UPOS}]
		if !ok {
			gold = -1
		}
		found := l.step(l.drop(features), x.w.cand, gold)
		if found == gold {
			right++
		}
		t1, t2 = uint64(found)+1, t1
	}
	return right
}

// drop hides some of the features, so that no weight leans on another.
func (l *learner) drop(features []uint64) []uint64 {
	kept := features[:0]
	for _, f := range features {
		if l.rng.Float32() >= dropped {
			kept = append(kept, f)
		}
	}
	return kept
}

// step finds the best class of cand and moves the weights towards gold, which is
// -1 where nothing can be learnt.
func (l *learner) step(features []uint64, cand []uint8, gold int) int {
	var scores [maxClasses]float32
	for _, f := range features {
		row := l.w[f&l.mask:][:maxClasses]
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
	if gold < 0 || len(cand) == 1 {
		return int(best)
	}
	var share [maxClasses]float64
	all := 0.0
	for _, c := range cand {
		share[c] = math.Exp(float64(scores[c] - scores[best]))
		all += share[c]
	}
	for _, c := range cand {
		gradient := -share[c] / all
		if int(c) == gold {
			gradient++
		}
		if math.Abs(gradient) < leastChange {
			continue
		}
		for _, f := range features {
			l.add(f&l.mask+uint64(c), float32(gradient))
		}
	}
	return int(best)
}

func (l *learner) add(i uint64, gradient float32) {
	l.sum[i] += gradient * gradient
	change := gradient * rate / float32(math.Sqrt(float64(l.sum[i]+damping)))
	l.w[i] += change
	l.late[i] += change * l.now
}

// quantised returns the codes of the averaged weights.
func (l *learner) quantised() []uint8 {
	out := make([]uint8, len(l.w))
	for i, w := range l.w {
		out[i] = code(float64(w-l.late[i]/l.now) * unit)
	}
	return out
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
	}
	types := make([]int, len(m.classes)) // rare forms with the class
	for form, counts := range forms {
		all := 0
		for _, n := range counts {
			all += n
		}
		if all < frequent {
			for c := range counts {
				if i, ok := number[c]; ok {
					types[i]++
				}
			}
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
	for i, n := range types {
		if n >= openTypes {
			m.open = append(m.open, uint8(i))
		}
	}
	if len(m.open) == 0 { // a treebank of frequent forms only
		for i := range m.classes {
			m.open = append(m.open, uint8(i))
		}
	}
	return number
}
