package parse

import (
	"strings"
	"testing"

	"parley/pipeline"
)

// fields makes a Document of one sentence from "word/TAG word/TAG".
func fields(text string) *pipeline.Document {
	d := &pipeline.Document{}
	var b strings.Builder
	for _, f := range strings.Fields(text) {
		i := strings.LastIndexByte(f, '/')
		start := b.Len()
		b.WriteString(f[:i])
		d.Tokens = append(d.Tokens, pipeline.Token{Span: pipeline.Span{Start: start, End: b.Len()}, Tag: f[i+1:]})
		b.WriteByte(' ')
	}
	d.Text = b.String()
	d.Sentences = []pipeline.Sentence{{Span: pipeline.Span{Start: 0, End: len(d.Text)}, From: 0, To: len(d.Tokens)}}
	return d
}

// arcs writes heads as "dependent <rel head".
func arcs(d *pipeline.Document) []string {
	var out []string
	for _, t := range d.Tokens {
		head := "ROOT"
		if t.Head >= 0 {
			head = d.In(d.Tokens[t.Head].Span)
		}
		out = append(out, d.In(t.Span)+" <"+t.Rel+" "+head)
	}
	return out
}

func TestArcs(t *testing.T) {
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"The/DT president/NN met/VBD his/PRP$ guest/NN in/IN Oslo/NNP ./.": "president <nsubj met; met <root ROOT; guest <obj met; in <case Oslo",
		"Two/CD villages/NNS were/VBD bombed/VBN by/IN the/DT army/NN ./.": "villages <nsubj:pass bombed; were <aux:pass bombed; army <obl:agent bombed",
		"Kenya/NNP and/CC Chad/NNP signed/VBD a/DT treaty/NN ./.":          "Kenya <nsubj signed; Chad <conj Kenya; treaty <obj signed",
	} {
		d := fields(text)
		if err := p.Stage().Run(d); err != nil {
			t.Fatal(err)
		}
		checkTree(t, d)
		got := strings.Join(arcs(d), "; ")
		for _, w := range strings.Split(want, "; ") {
			if !strings.Contains("; "+got+"; ", "; "+w+"; ") {
				t.Errorf("%s\nno %q in %s", text, w, got)
			}
		}
	}
}

// TestManySentences holds document token indexes apart from sentence positions.
func TestManySentences(t *testing.T) {
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	d := fields("Rebels/NNS fled/VBD ./. Troops/NNS followed/VBD ./.")
	d.Sentences = []pipeline.Sentence{{From: 0, To: 3}, {From: 3, To: 3}, {From: 3, To: 6}}
	if err := p.Stage().Run(d); err != nil {
		t.Fatal(err)
	}
	checkTree(t, d)
	if d.Tokens[0].Head != 1 || d.Tokens[1].Head != -1 || d.Tokens[3].Head != 4 || d.Tokens[4].Head != -1 {
		t.Errorf("heads: %q", arcs(d))
	}
}

// FuzzParse takes words and tags from the input: every sentence becomes a tree.
func FuzzParse(f *testing.F) {
	f.Add("The/DT army/NN left/VBD ./.")
	f.Add("\xff/\xfe //-LRB- a/ " + strings.Repeat("x/NN ,/, ", 300))
	p, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var words []string
		for _, w := range strings.Fields(text) {
			if !strings.Contains(w, "/") {
				w += "/NN"
			}
			words = append(words, w)
		}
		d := fields(strings.Join(words, " "))
		if err := p.Stage().Run(d); err != nil {
			t.Fatal(err)
		}
		checkTree(t, d)
	})
}
