package tag

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"parley/extract/treebank"
)

func newTestTagger(t testing.TB) *Tagger {
	t.Helper()
	tagger, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return tagger
}

func TestTag(t *testing.T) {
	tagger := newTestTagger(t)
	for _, c := range []struct{ words, want string }{
		{"The foreign ministers met in Geneva on Thursday .",
			"the/DT/DET foreign/JJ/ADJ minister/NNS/NOUN meet/VBD/VERB in/IN/ADP Geneva/NNP/PROPN on/IN/ADP Thursday/NNP/PROPN ././PUNCT"},
		{"They have n’t signed the treaty .",
			"they/PRP/PRON have/VBP/AUX not/RB/PART sign/VBN/VERB the/DT/DET treaty/NN/NOUN ././PUNCT"},
		{"The envoy 's visits were better",
			"the/DT/DET envoy/NN/NOUN 's/POS/PART visit/NNS/NOUN be/VBD/AUX good/JJR/ADJ"},
	} {
		forms := strings.Fields(c.words)
		var got []string
		for _, a := range tagger.Tag(nil, forms) {
			got = append(got, a.Lemma+"/"+a.Tag+"/"+a.POS)
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.words, g, c.want)
		}
	}
}

func TestLemma(t *testing.T) {
	tagger := newTestTagger(t)
	for _, c := range []struct{ form, tag, want string }{
		{"endorsed", "VBD", "endorse"}, {"interfered", "VBN", "interfere"}, {"provoking", "VBG", "provoke"},
		{"underwent", "VBD", "undergo"}, {"overthrew", "VBD", "overthrow"}, {"banned", "VBN", "ban"}, {"denies", "VBZ", "deny"},
		{"dying", "VBG", "die"}, {"Clashes", "NNS", "clash"}, {"crises", "NNS", "crisis"}, {"allies", "NNS", "ally"}, {"women", "NNS", "woman"},
		{"n’t", "RB", "not"}, {"’s", "POS", "'s"}, {"harsher", "JJR", "harsh"}, {"Geneva", "NNP", "Geneva"},
	} {
		if got := tagger.Lemma(c.form, c.tag); got != c.want {
			t.Errorf("%s as %s: got %q, want %q", c.form, c.tag, got, c.want)
		}
	}
}

// accuracy is the shares of words with the right Penn tag, Universal tag and
// lemma.
func accuracy(tagger *Tagger, gold []treebank.Sentence) (xpos, upos, lemma float64) {
	var all float64
	for i, s := range tagger.Retag(gold) {
		for k, w := range s.Words {
			g := gold[i].Words[k]
			all++
			if w.XPOS == g.XPOS {
				xpos++
			}
			if w.UPOS == g.UPOS {
				upos++
			}
			if strings.EqualFold(w.Lemma, g.Lemma) {
				lemma++
			}
		}
	}
	return xpos / all, upos / all, lemma / all
}

func TestAccuracy(t *testing.T) {
	tagger := newTestTagger(t)
	for _, c := range []struct {
		name               string
		xpos, upos, lemmas float64 // floors
	}{
		{"ewt-dev", 0.95, 0.957, 0.985}, {"gum-dev", 0.964, 0.967, 0.988},
	} {
		path := "../../../shared/data/treebank/" + c.name + ".conllu.gz"
		if _, err := os.Stat(path); err != nil {
			t.Skipf("no treebank beside the checkout: %v", err)
		}
		gold, err := treebank.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		x, u, l := accuracy(tagger, gold)
		t.Logf("%s: XPOS %.4f, UPOS %.4f, lemmas %.4f", c.name, x, u, l)
		if x < c.xpos || u < c.upos || l < c.lemmas {
			t.Errorf("%s: below %.3f, %.3f, %.3f", c.name, c.xpos, c.upos, c.lemmas)
		}
	}
}

// A little treebank trains the same bytes twice, and they read back.
func TestTrainIsDeterministic(t *testing.T) {
	var sentences []treebank.Sentence
	for range 12 {
		sentences = append(sentences, treebank.Sentence{Words: []treebank.Word{
			{Form: "Envoys", Lemma: "envoy", UPOS: "NOUN", XPOS: "NNS"},
			{Form: "met", Lemma: "meet", UPOS: "VERB", XPOS: "VBD"},
			{Form: "leaders", Lemma: "leader", UPOS: "NOUN", XPOS: "NNS"},
		}})
	}
	var a, b bytes.Buffer
	if err := Train(sentences, nil, nil, nil).Write(&a); err != nil {
		t.Fatal(err)
	}
	if err := Train(sentences, nil, nil, nil).Write(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two trainings gave different bytes")
	}
	m, err := readModel(bytes.NewReader(a.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	got := newTagger(m, "").Tag(nil, []string{"Rivals", "met", "traders"})
	want := []Analysis{{"NNS", "NOUN", "rival"}, {"VBD", "VERB", "meet"}, {"NNS", "NOUN", "trader"}}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("word %d: got %v, want %v", i, got[i], want[i])
		}
	}
	if _, err := readModel(bytes.NewReader(a.Bytes()[:a.Len()/2])); err == nil {
		t.Error("half a model was read without an error")
	}
}
