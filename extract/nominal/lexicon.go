package nominal

import (
	_ "embed"
	"fmt"
	"strings"

	"parley/pipeline"
)

//go:embed nouns.tsv
var nounsTSV string

// Kind is a set of the kinds of thing that a common noun names.
type Kind uint8

const (
	Role     Kind = 1 << iota // a person by office or role: "minister", "spokeswoman"
	Human                     // other people: "protester", "villager"
	Body                      // an organisation or official body: "ministry", "company"
	State                     // a country: "republic", "nation"
	Region                    // a place that is no actor by itself: "province", "capital"
	Document                  // what reports quote: "statement", "survey"
)

// A Noun is what the lexicon knows of a noun.
type Noun struct {
	Kind   Kind
	Sector string // PLOVER agent code, or empty
}

// A Lexicon maps nouns, in the singular and in lower case, to what they name.
type Lexicon map[string]Noun

var kindNames = map[string]Kind{
	"office": Role, "person": Human, "body": Body, "state": State, "place": Region, "source": Document,
}

// readLexicon parses lines of lemma, kinds and sector, separated by tabs. An
// error names the line.
func readLexicon(text string) (Lexicon, error) {
	lex := make(Lexicon, 1024)
	for n, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("nouns.tsv:%d: want lemma, kinds and code, got %q", n+1, line)
		}
		var noun Noun
		for _, k := range strings.Fields(f[1]) {
			bit, ok := kindNames[k]
			if !ok {
				return nil, fmt.Errorf("nouns.tsv:%d: unknown kind %q", n+1, k)
			}
			noun.Kind |= bit
		}
		noun.Sector = f[2]
		lex[f[0]] = noun
	}
	return lex, nil
}

// Find looks a token up by its lemma, by its own form, and, for a compound with
// a hyphen, by its last and its first part ("deputy-director", "leader-elect").
func (l Lexicon) Find(t *pipeline.Token, text string) (Noun, bool) {
	word := strings.ToLower(text)
	if n, ok := l[word]; ok {
		return n, true
	}
	if n, ok := l[strings.ToLower(t.Lemma)]; ok {
		return n, true
	}
	single := Singular(word)
	if n, ok := l[single]; ok {
		return n, true
	}
	if i := strings.LastIndexByte(single, '-'); i > 0 {
		if n, ok := l[single[i+1:]]; ok {
			return n, true
		}
		n, ok := l[single[:strings.IndexByte(single, '-')]]
		return n, ok && n.Kind&Role != 0
	}
	return Noun{}, false
}

// At looks up the noun at token k of d. Compounds whose parts are tokens of their
// own are tried whole first: "attorney-general", "president-elect".
func (l Lexicon) At(d *pipeline.Document, k int) (Noun, bool) {
	t := &d.Tokens[k]
	from, to := k, k+1
	for from-2 >= 0 && glued(d, from-1) {
		from -= 2
	}
	for to+1 < len(d.Tokens) && glued(d, to) {
		to += 2
	}
	if to-from > 1 {
		if n, ok := l[Singular(strings.ToLower(d.Text[d.Tokens[from].Start:t.End]))]; ok {
			return n, true
		}
		if n, ok := l[strings.ToLower(d.Text[d.Tokens[from].Start:d.Tokens[to-1].End])]; ok {
			return n, true
		}
		if k+2 < to {
			if last := strings.ToLower(d.In(d.Tokens[to-1].Span)); last != "elect" && last != "designate" {
				return Noun{}, false // the first part of a compound
			}
		}
	}
	return l.Find(t, d.In(t.Span))
}

// glued reports whether token k is a hyphen without space on either side.
func glued(d *pipeline.Document, k int) bool {
	if k <= 0 || k+1 >= len(d.Tokens) {
		return false
	}
	t := &d.Tokens[k]
	return t.Len() == 1 && d.Text[t.Start] == '-' &&
		d.Tokens[k-1].End == t.Start && d.Tokens[k+1].Start == t.End
}

// Singular strips the plural ending of an English noun in lower case. It serves
// look-ups in the lexicon only, so a wrong guess for an unknown word does no harm.
func Singular(w string) string {
	switch {
	case strings.HasSuffix(w, "women"), strings.HasSuffix(w, "men"):
		return w[:len(w)-2] + "an"
	case w == "children":
		return "child"
	case strings.HasSuffix(w, "children"):
		return w[:len(w)-3]
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && len(w) > 3:
		return w[:len(w)-1]
	}
	return w
}

// Plural reports whether the noun token t is plural, by its tag or, where the
// tag says nothing, by its form.
func Plural(t *pipeline.Token, text string) bool {
	switch t.Tag {
	case "NNS", "NNPS":
		return true
	case "NN":
		return false
	}
	w := strings.ToLower(text)
	return Singular(w) != w
}
