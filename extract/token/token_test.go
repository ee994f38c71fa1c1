package token

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parley/pipeline"
)

func newTokenizer(t testing.TB) *Tokenizer {
	t.Helper()
	tok, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

// cut writes the sentences of text, one a line, with a blank between words.
func cutText(tok *Tokenizer, text string) string {
	words := tok.Words(nil, text)
	var out []string
	from := 0
	for _, to := range tok.Ends(nil, text, words) {
		var line []string
		for _, w := range words[from:to] {
			line = append(line, text[w.Start:w.End])
		}
		out = append(out, strings.Join(line, " "))
		from = to
	}
	return strings.Join(out, "\n")
}

func TestWords(t *testing.T) {
	tok := newTokenizer(t)
	for _, c := range []struct{ text, want string }{
		{"The minister's office didn't comment.", "The minister 's office did n't comment ."},
		{"It was the president's.", "It was the president 's ."},
		{"the workers' union", "the workers ' union"},
		{"“We’ve agreed,” he said; they’d not.", "“ We ’ve agreed , ” he said ; they ’d not ."},
		{"They couldn't've known; you cannot.", "They could n't 've known ; you can not ."},
		{"U.S.-led talks", "U.S. - led talks"},
		{"a pro-Western, anti-war, 49-year-old ex-Soviet officer", "a pro - Western , anti-war , 49 - year - old ex - Soviet officer"},
		{"in mid-March by e-mail", "in mid-March by e-mail"},
		{"talks—the first—ended", "talks — the first — ended"},
		{"talks -- the first -- ended...", "talks -- the first -- ended ..."},
		{"'Progress' was made in the '90s", "' Progress ' was made in the '90s"},
		{"at 5:30 p.m. (2130 GMT)", "at 5:30 p.m. ( 2130 GMT )"},
		{"$1.5bn, US$20 and €3,000", "$ 1.5 bn , US$ 20 and € 3,000"},
		{"12% of 1,300", "12 % of 1,300"},
		{"on 11/28/2000 and 2015-01-29", "on 11/28/2000 and 2015-01-29"},
		{"and/or 2001-2002", "and / or 2001 - 2002"},
		{"Gen. Lee of AT&T met Sen. J. B. Hill", "Gen. Lee of AT&T met Sen. J. B. Hill"},
		{"No. 5 on Mar. 3, but no.", "No. 5 on Mar. 3 , but no ."},
		{"O'Brien of Sana'a and Shi'ite leaders", "O'Brien of Sana'a and Shi'ite leaders"},
		{"see https://example.org/a?b=c. Or mail a.b@example.org.", "see https://example.org/a?b=c . Or mail a.b@example.org ."},
		{"the ministry ended.The army went on", "the ministry ended . The army went on"},
		{"Why?! No!!! (Really.)", "Why ?! No !!! ( Really . )"},
		{"#1 of #peace by @envoy", "# 1 of #peace by @envoy"},
		{"he 's gone", "he 's gone"},
	} {
		if got := strings.ReplaceAll(cutText(tok, c.text), "\n", " "); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	tok := newTokenizer(t)
	for _, c := range []struct {
		text string
		want []string // sentences, words joined by blanks
	}{
		{"He met Gen. Mark Hill. They spoke.", []string{"He met Gen. Mark Hill .", "They spoke ."}},
		{"They flew to the U.S. Officials said so.", []string{"They flew to the U.S.", "Officials said so ."}},
		{"The U.S. Department of State spoke.", []string{"The U.S. Department of State spoke ."}},
		{"“Why?” he asked. “Because.”", []string{"“ Why ? ” he asked .", "“ Because . ”"}},
		{`"Will you come?" Hill asked. "No."`, []string{`" Will you come ? " Hill asked .`, `" No . "`}},
		{`He said "it is over." They left.`, []string{`He said " it is over . "`, "They left ."}},
		{"the advanced U.S.\nmissile system", []string{"the advanced U.S. missile system"}},
		{"A headline without a stop\n\nThe body begins.", []string{"A headline without a stop", "The body begins ."}},
		{"It begins at 5 p.m. on Friday. The end.", []string{"It begins at 5 p.m. on Friday .", "The end ."}},
		{"George W. Bush spoke. So did J. Chirac.", []string{"George W. Bush spoke .", "So did J. Chirac ."}},
		{"He paused... Then he left.", []string{"He paused ...", "Then he left ."}},
		{"the parties (see No. 4) agreed... and left", []string{"the parties ( see No. 4 ) agreed ... and left"}},
		{"Will they meet again? it is likely. Ask Yahoo! about it.", []string{"Will they meet again ?", "it is likely .", "Ask Yahoo ! about it ."}},
		{"", nil},
		{" \n\t ", nil},
	} {
		want := strings.Join(c.want, "\n")
		if diff := cmp.Diff(want, cutText(tok, c.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestStageReadsKeptBlocksOnly(t *testing.T) {
	text := "Talks resume\nShare this\nThe two sides met. They agreed."
	d := &pipeline.Document{Text: text, Blocks: []pipeline.Block{
		{Span: pipeline.Span{Start: 0, End: 12}, Kind: pipeline.Headline},
		{Span: pipeline.Span{Start: 13, End: 23}, Kind: pipeline.Boilerplate},
		{Span: pipeline.Span{Start: 24, End: len(text)}, Kind: pipeline.Body},
	}}
	if err := newTokenizer(t).Stage().Run(d); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range d.Sentences {
		got = append(got, d.In(s.Span))
		if s.From >= s.To || d.Tokens[s.From].Start != s.Start || d.Tokens[s.To-1].End != s.End {
			t.Errorf("sentence %+v does not agree with its tokens", s)
		}
	}
	want := []string{"Talks resume", "The two sides met.", "They agreed."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// checkWords fails unless words and gaps rebuild text and the gaps are blank.
func checkWords(t *testing.T, text string, words []pipeline.Span) {
	t.Helper()
	at := 0
	for _, w := range words {
		if w.Start < at || w.End <= w.Start || w.End > len(text) {
			t.Fatalf("word %v after byte %d of %q", w, at, text)
		}
		if w.Len() > maxWord {
			t.Fatalf("word of %d bytes", w.Len())
		}
		checkGap(t, text[at:w.Start])
		at = w.End
	}
	checkGap(t, text[at:])
}

func checkGap(t *testing.T, gap string) {
	t.Helper()
	for _, r := range gap {
		if !unicode.IsSpace(r) && !unicode.IsControl(r) && !strings.ContainsRune("\u200b\ufeff\u2060", r) {
			t.Fatalf("%q was lost", gap)
		}
	}
}

// checkEnds fails unless ends rise to the number of words in steps of at most
// maxSentence, but for closing quotes.
func checkEnds(t *testing.T, ends []int, words int) {
	t.Helper()
	at := 0
	for _, e := range ends {
		if e <= at {
			t.Fatalf("sentence ends %v", ends)
		}
		at = e
	}
	if at != words {
		t.Fatalf("sentences hold %d of %d words", at, words)
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{
		"The envoy's “plan” failed... U.S. Officials left.", "ȺȺȺ's", "caf\xe9\xe9\xe9's", "....!!!???((((\"\"\"\"",
		"a.b.c.d", "'", "''", "n't", "\u00ad", "1-2-3-4", "x@y.z", "http://", "＄５", "\n\n\n", "e\u0301\u0301", "5pm5", "Ph.D.",
	} {
		f.Add(s)
	}
	tok := newTokenizer(f)
	f.Fuzz(func(t *testing.T, text string) {
		words := tok.Words(nil, text)
		checkWords(t, text, words)
		checkEnds(t, tok.Ends(nil, text, words), len(words))
		if utf8.ValidString(text) {
			for _, w := range words {
				if !utf8.RuneStart(text[w.Start]) || w.End < len(text) && !utf8.RuneStart(text[w.End]) {
					t.Fatalf("%v of %q cuts a code point", w, text)
				}
			}
		}
	})
}

// Runs of one mark, or of white space, are what prose is quadratic on.
func TestLongRuns(t *testing.T) {
	tok := newTokenizer(t)
	for _, unit := range []string{".", "!", "(", `"`, "\n", "a", "'", "a.", "a'", "1-", "-", "é", "x@", "…", "' ", ". ", "no. ", "a-", "$", "http://"} {
		text := strings.Repeat(unit, 1<<17/len(unit))
		words := tok.Words(nil, text)
		checkWords(t, text, words)
		ends := tok.Ends(nil, text, words)
		checkEnds(t, ends, len(words))
	}
}
