package parse

import (
	"strings"
	"sync"
	"testing"

	"parley/extract/tag"
	"parley/extract/token"
	"parley/pipeline"
)

// loaded are the language layers up to heads, loaded once for all tests.
var loaded = sync.OnceValues(func() ([]pipeline.Stage, error) {
	tokens, err := token.New()
	if err != nil {
		return nil, err
	}
	tags, err := tag.New()
	if err != nil {
		return nil, err
	}
	heads, err := New()
	if err != nil {
		return nil, err
	}
	return []pipeline.Stage{tokens.Stage(), tags.Stage(), heads.Stage()}, nil
})

func stages(tb testing.TB) []pipeline.Stage {
	tb.Helper()
	all, err := loaded()
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

// read runs stages over one block of text.
func read(tb testing.TB, stages []pipeline.Stage, text string) *pipeline.Document {
	tb.Helper()
	d := &pipeline.Document{Text: text, Blocks: []pipeline.Block{{Span: pipeline.Span{Start: 0, End: len(text)}, Kind: pipeline.Body}}}
	for _, s := range stages {
		if err := s.Run(d); err != nil {
			tb.Fatal(err)
		}
	}
	return d
}

// arcTexts writes heads as "dependent <rel head".
func arcTexts(d *pipeline.Document) []string {
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
	all := stages(t)
	for _, test := range []struct{ text, want string }{
		{"The president met his guest in Oslo.",
			"The <det president; president <nsubj met; met <root ROOT; guest <obj met; in <case Oslo"},
		{"Two villages were bombed by the army.",
			"villages <nsubj:pass bombed; were <aux:pass bombed; by <case army; army <obl:agent bombed"},
		{"Kenya and Chad signed a treaty.",
			"Kenya <nsubj signed; and <cc Chad; Chad <conj Kenya; treaty <obj signed"},
		{"The minister said that troops would leave Mali on Friday.",
			"minister <nsubj said; troops <nsubj leave; leave <ccomp said; Mali <obj leave; Friday <obl leave"},
		{"Foreign Minister Ana Ruiz, who visited Cairo, criticized the plan.",
			"who <nsubj visited; Cairo <obj visited; criticized <root ROOT; plan <obj criticized"},
		{"\"We will not negotiate with them,\" said the spokesman.",
			"We <nsubj negotiate; not <advmod negotiate; them <obl negotiate; spokesman <nsubj said"},
	} {
		d := read(t, all, test.text)
		checkTree(t, d)
		got := "; " + strings.Join(arcTexts(d), "; ") + "; "
		for _, w := range strings.Split(test.want, "; ") {
			if !strings.Contains(got, "; "+w+"; ") {
				t.Errorf("%s\nno %q in %s", test.text, w, got)
			}
		}
	}
}

// TestManySentences holds document token indexes apart from sentence positions.
func TestManySentences(t *testing.T) {
	all := stages(t)
	d := read(t, all[:2], "Rebels fled. Troops followed.")
	d.Sentences = []pipeline.Sentence{{From: 0, To: 3}, {From: 3, To: 3}, {From: 3, To: 6}}
	if err := all[2].Run(d); err != nil {
		t.Fatal(err)
	}
	checkTree(t, d)
	if d.Tokens[0].Head != 1 || d.Tokens[1].Head != -1 || d.Tokens[3].Head != 4 || d.Tokens[4].Head != -1 {
		t.Errorf("heads: %q", arcTexts(d))
	}
}

// TestLongSentence is parsed in pieces, and is one tree all the same.
func TestLongSentence(t *testing.T) {
	all := stages(t)
	d := read(t, all[:2], strings.Repeat("the army and the rebels, ", 400))
	d.Sentences = []pipeline.Sentence{{Span: pipeline.Span{Start: 0, End: len(d.Text)}, From: 0, To: len(d.Tokens)}}
	if err := all[2].Run(d); err != nil {
		t.Fatal(err)
	}
	checkTree(t, d)
}

// TestConcurrent runs one parser on many documents at once, for the race detector.
func TestConcurrent(t *testing.T) {
	all := stages(t)
	want := strings.Join(arcTexts(read(t, all, "Chad sent troops to Mali.")), "; ")
	done := make(chan string)
	for range 8 {
		go func() { done <- strings.Join(arcTexts(read(t, all, "Chad sent troops to Mali.")), "; ") }()
	}
	for range 8 {
		if got := <-done; got != want {
			t.Errorf("alone %s, together %s", want, got)
		}
	}
}

// FuzzHeads reads arbitrary bytes, cleaned as reading dumps cleans them: every
// sentence becomes one tree.
func FuzzHeads(f *testing.F) {
	f.Add("The army left. \"Why?\" asked Peru.")
	f.Add("\xff\xfe \x00 ( [ ) ... --- U.S.-led 1,000\n\n- \u00a0\u2028 caf\u00e9's")
	f.Add(strings.Repeat("x, ", 400) + strings.Repeat("(", 300))
	all := stages(f)
	f.Fuzz(func(t *testing.T, text string) {
		checkTree(t, read(t, all, strings.ToValidUTF8(text, "\uFFFD")))
	})
}
