package label

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/pipeline"
)

// ParseWebAnno reads the names of documents in the coreference notation of GUM
// (WebAnno TSV 3.2, columns entity and coref), which marks every noun phrase. A
// name is a phrase whose words, articles at its head left out, begin with
// capitals or digits, but for small words within. Links of the kinds coref, ana,
// cata, pred and appos make phrases one entity. The sets have names and Equivs
// alone. An error names the file, the line and the reason.
func ParseWebAnno(path, text string) ([]*Set, error) {
	var out []*Set
	var d *webAnno
	for n, line := range strings.Split(text, "\n") {
		fault := func(err error) error { return fmt.Errorf("%s:%d: %w", path, n+1, err) }
		switch {
		case strings.HasPrefix(line, "#Document="):
			if d != nil {
				out = append(out, d.set(path))
			}
			d = &webAnno{name: strings.TrimPrefix(line, "#Document="), mentions: map[string]*phrase{}, same: map[string]string{}}
		case line == "" || line[0] == '#':
		case d == nil:
			return nil, fault(fmt.Errorf("a word before any #Document="))
		default:
			if err := d.word(strings.Split(line, "\t")); err != nil {
				return nil, fault(err)
			}
		}
	}
	if d == nil {
		return nil, fmt.Errorf("%s: no #Document=", path)
	}
	return append(out, d.set(path)), nil
}

// A webAnno is one document in the making.
type webAnno struct {
	name     string
	text     strings.Builder
	length   int // code points of text
	mentions map[string]*phrase
	same     map[string]string // phrase to one that it is the same as, towards a representative
}

// A phrase is a marked run of words, code points of the text.
type phrase struct {
	kind  string
	spans []pipeline.Span
	words []string
}

// word reads one line: number, offsets, form, entity, four columns that are not
// used here, kinds of links and links.
func (d *webAnno) word(f []string) error {
	if len(f) < 10 {
		return fmt.Errorf("%d columns, want 10", len(f))
	}
	from, to, _ := strings.Cut(f[1], "-")
	start, err := strconv.Atoi(from)
	if err != nil {
		return fmt.Errorf("offsets %q", f[1])
	}
	end, err := strconv.Atoi(to)
	if err != nil || start < d.length || start > d.length+maxGap || end-start != utf8.RuneCountInString(f[2]) {
		return fmt.Errorf("offsets %q do not go on from %d for %q", f[1], d.length, f[2])
	}
	for ; d.length < start; d.length++ {
		if start-d.length == 1 && d.length > 0 && sentenceOf(f[0]) {
			d.text.WriteByte('\n')
		} else {
			d.text.WriteByte(' ')
		}
	}
	d.text.WriteString(f[2])
	d.length = end
	if f[3] == "_" {
		return nil
	}
	for _, e := range strings.Split(f[3], "|") {
		kind, id := numbered(e, f[0])
		m := d.mentions[id]
		if m == nil {
			m = &phrase{kind: kind}
			d.mentions[id] = m
		}
		m.spans = append(m.spans, pipeline.Span{Start: start, End: end})
		m.words = append(m.words, f[2])
	}
	return d.links(strings.Split(f[8], "|"), strings.Split(f[9], "|"), f[0])
}

// maxGap bounds the blanks between two words.
const maxGap = 1000

// sentenceOf reports whether a word's number says that it begins a sentence.
func sentenceOf(number string) bool { return strings.HasSuffix(number, "-1") }

// numbered splits "person[7]"; a phrase of one word may have no number, and goes
// by its word.
func numbered(s, word string) (kind, id string) {
	kind, rest, ok := strings.Cut(s, "[")
	if id = strings.TrimSuffix(rest, "]"); !ok || id == "0" {
		id = "word " + word
	}
	return kind, id
}

// links reads "10-1[103_3]": phrase 3, which has this word, is phrase 103, which
// begins at word 10-1.
func (d *webAnno) links(kinds, links []string, word string) error {
	for i, l := range links {
		if l == "_" || l == "" || i >= len(kinds) {
			continue
		}
		switch kinds[i] {
		case "coref", "ana", "cata", "appos", "pred":
		default:
			continue
		}
		at, ids, ok := strings.Cut(strings.TrimSuffix(l, "]"), "[")
		target, self := "0", "0"
		if ok {
			var both bool
			if target, self, both = strings.Cut(ids, "_"); !both {
				return fmt.Errorf("link %q", l)
			}
		}
		_, a := numbered("["+target+"]", at)
		_, b := numbered("["+self+"]", word)
		d.same[d.find(a)] = d.find(b)
	}
	return nil
}

func (d *webAnno) find(id string) string {
	for {
		next, ok := d.same[id]
		if !ok || next == id {
			return id
		}
		id = next
	}
}

// kindsOfGUM are GUM's kinds of things as mention types.
var kindsOfGUM = map[string]pipeline.MentionType{"person": pipeline.Person, "organization": pipeline.Org, "place": pipeline.GPE, "event": pipeline.Event}

// set makes the labels of the document.
func (d *webAnno) set(path string) *Set {
	s := &Set{Name: d.name, Path: path, Text: d.text.String() + "\n"}
	one := map[string][]string{}
	for _, id := range slices.SortedFunc(maps.Keys(d.mentions), func(a, b string) int {
		x, y := d.mentions[a], d.mentions[b]
		return cmp.Or(compare(x.spans[0], y.spans[0]), cmp.Compare(len(x.spans), len(y.spans)), cmp.Compare(a, b))
	}) {
		m := d.mentions[id]
		span, ok := m.name()
		if !ok {
			continue
		}
		t := TextBound{ID: "T" + strconv.Itoa(len(s.Spans)+1), Type: string(cmp.Or(kindsOfGUM[m.kind], pipeline.Product)), Span: span}
		s.Spans = append(s.Spans, t)
		one[d.find(id)] = append(one[d.find(id)], t.ID)
	}
	for _, root := range slices.Sorted(maps.Keys(one)) {
		if len(one[root]) > 1 {
			s.Equivs = append(s.Equivs, one[root])
		}
	}
	return s
}

func compare(a, b pipeline.Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
}

// name is the span of m if it is a name, without an article and without "'s".
func (m *phrase) name() (pipeline.Span, bool) {
	words, spans := m.words, m.spans
	for len(words) > 0 && slices.Contains([]string{"the", "a", "an"}, strings.ToLower(words[0])) {
		words, spans = words[1:], spans[1:]
	}
	for n := len(words); n > 0 && (words[n-1] == "'s" || words[n-1] == "’s" || words[n-1] == "'"); n = len(words) {
		words, spans = words[:n-1], spans[:n-1]
	}
	if len(words) == 0 || len(words) == 1 && notNames[strings.ToLower(words[0])] {
		return pipeline.Span{}, false
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		within := i > 0 && i < len(words)-1 && slices.Contains([]string{"of", "and", "for", "the", "in", "de", "&", "-", "'s", "."}, w)
		if !within && !unicode.IsUpper(r) && (i == 0 || !unicode.IsDigit(r)) {
			return pipeline.Span{}, false
		}
		if i > 0 && spans[i].Start > spans[i-1].End+1 {
			return pipeline.Span{}, false // with a gap
		}
	}
	return pipeline.Span{Start: spans[0].Start, End: spans[len(spans)-1].End}, true
}

// notNames are words that begin sentences or always have a capital.
var notNames = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq("i me my mine myself you your yours he him his himself she her hers herself it its itself we us our ours they them their theirs this that these those who whom whose which what one ones here there mr. mrs. ms. dr. introduction some many all both each another other") {
		out[w] = true
	}
	return out
}()
