package names

import (
	"strings"

	"parley/pipeline"
)

// An Article is a document as the model sees it: its words, which of them can be
// in a mention, the listed phrases, and, once a first pass has labelled it, what
// each word was elsewhere. It belongs to one worker and is filled again and again.
type Article struct {
	model     *Model
	cache     map[string]*word
	border    *word
	words     []*word
	sentences []sentence
	glued     []bool // the token follows the one before without a gap
	phrases   []uint64
	elsewhere []elsewhere
	runs      []Run
	hashes    []uint64
	memory    memory
}

// A Run is a stretch of tokens [From, To) of one sentence that can be in
// mentions. Outside of runs every token is Outside.
type Run struct {
	Sentence int
	From, To int // within the sentence
}

// sentence is one sentence of an Article.
type sentence struct {
	from      int // first token, in the document
	words     []*word
	glued     []bool
	phrases   []uint64    // for each token: listed phrases of several words, one bit for each list and part
	elsewhere []elsewhere // nil in the first pass
	border    *word       // stands for the words beyond the ends
	style     style
}

// style is how a sentence is written.
type style uint8

const (
	plainStyle   style = iota
	titleStyle         // most words begin with a capital: a headline
	capitalStyle       // all in capitals
)

// cacheWords bounds how many forms an Article remembers, at under a kilobyte each.
const cacheWords = 1 << 14

// NewArticle is an Article for documents that m reads.
func (m *Model) NewArticle() *Article {
	border := &word{lower: 1, form: 1, shape: 1, letters: otherMark}
	m.sum(border)
	return &Article{model: m, cache: map[string]*word{}, border: border, memory: newMemory()}
}

// Fill reads the tokens of d. What the Article held before is gone.
func (a *Article) Fill(d *pipeline.Document) {
	if len(a.cache) > cacheWords {
		clear(a.cache)
	}
	a.words, a.sentences, a.runs = a.words[:0], a.sentences[:0], a.runs[:0]
	a.glued = a.glued[:0]
	for i, t := range d.Tokens {
		a.words = append(a.words, a.word(d.In(t.Span)))
		a.glued = append(a.glued, i > 0 && d.Tokens[i-1].End == t.Start)
	}
	a.phrases = zeroed(a.phrases, len(a.words))
	a.elsewhere = zeroed(a.elsewhere, len(a.words))
	for i, s := range d.Sentences {
		x := sentence{from: s.From, words: a.words[s.From:s.To], glued: a.glued[s.From:s.To], phrases: a.phrases[s.From:s.To], border: a.border}
		x.style = styleOf(x.words)
		a.findPhrases(&x)
		a.sentences = append(a.sentences, x)
		a.findRuns(i, &x)
	}
}

// Runs are the stretches of words that can be in mentions, in order.
func (a *Article) Runs() []Run { return a.runs }

// Token is the token of the document that a run's i-th word is.
func (a *Article) Token(r Run, i int) int { return a.sentences[r.Sentence].from + r.From + i }

// Features appends the features of a run's i-th word.
func (a *Article) Features(dst []Feature, r Run, i int) []Feature {
	s := &a.sentences[r.Sentence]
	for place := range places {
		dst = s.at(r.From+i+place-window).appendSingle(dst, place)
	}
	dst = s.appendJoint(dst, r.From+i)
	if s.elsewhere != nil {
		dst = s.appendElsewhere(dst, r.From+i)
	}
	return dst
}

func zeroed[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	s = s[:n]
	clear(s)
	return s
}

func (a *Article) word(form string) *word {
	w, ok := a.cache[form]
	if !ok {
		w = a.model.newWord(form)
		a.cache[strings.Clone(form)] = w
	}
	return w
}

func (s *sentence) at(i int) *word {
	if uint(i) < uint(len(s.words)) {
		return s.words[i]
	}
	return s.border
}

// styleOf looks at the words of four letters and more: particles stay small in
// headlines.
func styleOf(words []*word) style {
	small, large, all := 0, 0, 0
	for _, w := range words {
		switch w.letters {
		case lowerCase:
			if w.long {
				small++
			}
		case capital, mixedCase:
			large++
		case allCapital:
			all++
		}
	}
	switch {
	case all >= 3 && all > 4*(small+large):
		return capitalStyle
	case large >= 3 && large > 4*small:
		return titleStyle
	}
	return plainStyle
}

// findPhrases marks the longest listed phrases of two words and more, left to
// right.
func (a *Article) findPhrases(s *sentence) {
	a.hashes = a.hashes[:0]
	for _, w := range s.words {
		a.hashes = append(a.hashes, w.listed)
	}
	for i := 0; i+1 < len(s.words); {
		if s.words[i].letters == lowerCase && s.words[i].role != strong || s.words[i].letters == otherMark {
			i++
			continue
		}
		n, kinds := a.model.lists.Longest(a.hashes[i:])
		if n == 0 {
			i++
			continue
		}
		for j := range n {
			part := Inside
			switch j {
			case 0:
				part = Begin
			case n - 1:
				part = Last
			}
			s.phrases[i+j] = uint64(kinds) << (part * listKinds)
		}
		i += n
	}
}

// reach is how far from a strong word a weak one can still belong to a mention.
const reach = 5

// findRuns finds the runs of a sentence: strong words, and weak ones near them.
func (a *Article) findRuns(number int, s *sentence) {
	for i := 0; i < len(s.words); {
		if s.role(i) == inert {
			i++
			continue
		}
		from, last := i, -1
		begin := -1
		for ; i < len(s.words) && s.role(i) != inert; i++ {
			if s.words[i].role == strong {
				if begin < 0 {
					begin = max(from, i-reach)
				}
				last = i
			} else if last >= 0 && i-last > reach {
				break
			}
		}
		if last >= 0 {
			a.runs = append(a.runs, Run{Sentence: number, From: begin, To: min(i, last+1+reach)})
		}
	}
}

// role is that of word i where it stands: after a hyphen, any word may be part of
// a name ("Min-koo").
func (s *sentence) role(i int) role {
	r := s.words[i].role
	if r == inert && i >= 2 && s.glued[i] && s.glued[i-1] && s.words[i-1].hyphen && s.words[i-2].role == strong {
		return weak
	}
	return r
}
