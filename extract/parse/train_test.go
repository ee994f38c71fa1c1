package parse

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"parley/extract/treebank"
)

// grown are a few sentences to learn by heart: word/tag/head/relation.
var grown = []string{
	"The/DT/2/det army/NN/3/nsubj shelled/VBD/0/root the/DT/5/det town/NN/3/obj ././3/punct",
	"Peru/NNP/4/nsubj and/CC/3/cc Chile/NNP/1/conj signed/VBD/0/root a/DT/6/det pact/NN/4/obj in/IN/8/case Lima/NNP/4/obl ././4/punct",
	"She/PRP/2/nsubj said/VBD/0/root talks/NNS/5/nsubj had/VBD/5/aux failed/VBN/2/ccomp ././2/punct",
	"Rebels/NNS/3/nsubj:pass were/VBD/3/aux:pass beaten/VBN/0/root by/IN/6/case the/DT/6/det army/NN/3/obl:agent",
}

func grownTrees() (trees []Tree) {
	for _, line := range grown {
		var t Tree
		for _, f := range strings.Fields(line) {
			c := strings.Split(f, "/")
			t.Forms, t.Tags, t.POS = append(t.Forms, c[0]), append(t.Tags, c[1]), append(t.POS, "X")
			t.Right = append(t.Right, c[1])
			t.Heads, t.Rels = append(t.Heads, int(c[2][0]-'0')), append(t.Rels, c[3])
		}
		trees = append(trees, t)
	}
	return trees
}

var small = Training{Width: 32, Layers: 2, Arc: 16, Label: 16, Epochs: 150, Batch: 12, Rate: 5e-3, Drop: 0.1, Seed: 1}

// TestLearning learns a few sentences by heart, quantizes, and parses them.
func TestLearning(t *testing.T) {
	trees := grownTrees()
	l := NewLearner(trees, small)
	l.Fit(trees)
	p := l.Parser()
	for i, tree := range trees {
		var gold treebank.Sentence
		for j, form := range tree.Forms {
			gold.Words = append(gold.Words, treebank.Word{Form: form, XPOS: tree.Tags[j], UPOS: tree.POS[j], SpaceAfter: true})
		}
		d := document(gold)
		if err := p.Stage().Run(d); err != nil {
			t.Fatal(err)
		}
		checkTree(t, d)
		for j, token := range d.Tokens {
			if token.Head+1 != tree.Heads[j] || token.Rel != tree.Rels[j] {
				t.Errorf("sentence %d: %s, want head %d %s", i, arcTexts(d)[j], tree.Heads[j], tree.Rels[j])
			}
		}
	}
}

func TestTrainingIsDeterministic(t *testing.T) {
	o := small
	o.Epochs = 2
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := Train(w, grownTrees(), o); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two trainings on the same trees give different bytes")
	}
	if _, err := readNetwork(bytes.NewReader(a.Bytes())); err != nil {
		t.Error(err)
	}
	if _, err := readNetwork(bytes.NewReader(a.Bytes()[:a.Len()/2])); err == nil {
		t.Error("half a weight file was read without an error")
	}
}

// TestGradients compares gradients with differences of the loss.
func TestGradients(t *testing.T) {
	o := small
	o.Drop = 0
	trees := grownTrees()
	l := NewLearner(trees, o)
	var batch []*sample
	for _, tree := range trees {
		batch = append(batch, l.sample(tree))
	}
	words := 0
	for _, tree := range trees {
		words += len(tree.Forms)
	}
	loss := func() float64 {
		l.arena.reset()
		sum, _ := l.backward(l.forward(batch, true))
		return sum / float64(words)
	}
	params := map[string]*param{
		"embed": l.embed, "layer 0": l.layers[0].w, "layer 0 bias": l.layers[0].b, "layer 1": l.layers[1].w,
		"project": l.project, "project bias": l.projectB, "bilinear": l.bilinear, "head bias": l.headBias,
		"bias": l.bias, "relate": l.relate, "relate bias": l.relateB, "retag": l.retag, "retag bias": l.retagB,
	}
	for name, p := range params {
		for _, q := range params {
			clear(q.gradient.v)
		}
		loss()
		g := append([]float32(nil), p.gradient.v...)
		// Along its own gradient, the loss must rise by its squared length.
		square := 0.0
		for _, v := range g {
			square += float64(v) * float64(v)
		}
		step := float32(0.002 / math.Sqrt(square))
		move := func(by float32) {
			for i, v := range g {
				p.v[i] += by * v
			}
		}
		move(step)
		up := loss()
		move(-2 * step)
		down := loss()
		move(step)
		if rise := (up - down) / 2 / float64(step); math.Abs(rise-square) > 0.03*square {
			t.Errorf("%s: the loss rises by %v along a gradient of squared length %v", name, rise, square)
		}
	}
}
