package frame

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/pipeline"
)

// A builder turns one entry of a file into a frame and collects what is wrong
// with it.
type builder struct {
	file    *file
	entry   *entry
	classes map[string]map[string]bool
	faults  []error
}

func (b *builder) fault(line int, format string, args ...any) {
	b.faults = append(b.faults, fault(b.file.name, line, b.entry.Name, fmt.Sprintf(format, args...)))
}

func (b *builder) build() *Frame {
	e := b.entry
	fr := &Frame{
		Name: e.Name, Type: b.file.Type, About: e.About, Odds: e.Odds, Mode: e.Mode,
		Reciprocal: b.file.Reciprocal, Contexts: e.Contexts, Content: e.Content,
		No: e.No, File: b.file.name, Line: e.line, Shipped: b.file.shipped,
	}
	if prefix := strings.ToLower(fr.Type) + "."; !strings.HasPrefix(fr.Name, prefix) || fr.Name == prefix {
		b.fault(e.line, "the name must begin with %q and go on", prefix)
	}
	if e.Reciprocal != nil {
		fr.Reciprocal = *e.Reciprocal
	}
	if fr.Contexts == nil {
		fr.Contexts = b.file.Contexts
	}
	if fr.Content == "" {
		fr.Content = b.file.Content
	}
	if fr.Odds == "" {
		fr.Odds = Fair
	}
	b.vocabulary(fr)
	fr.Tell = b.telling()
	fr.Triggers = b.triggers()
	fr.Need = b.conditions("need", e.Need)
	fr.Deny = b.conditions("deny", e.Deny)
	fr.Roles = b.roles()
	fr.Cues = b.cues()
	fr.Yes = b.examples(fr)
	return fr
}

// vocabulary checks the words that the standard fixes.
func (b *builder) vocabulary(fr *Frame) {
	if !slices.Contains([]Odds{Strong, Fair, Weak}, fr.Odds) {
		b.fault(fr.Line, "odds %q is none of strong fair weak", fr.Odds)
	}
	if fr.Mode != "" && !slices.Contains(Modes[fr.Type], fr.Mode) {
		b.fault(fr.Line, "mode %q is no mode of %s: %s", fr.Mode, fr.Type, strings.Join(Modes[fr.Type], " "))
	}
	for _, c := range fr.Contexts {
		if !slices.Contains(Contexts, c) {
			b.fault(fr.Line, "context %q is not one of PLOVER's", c)
		}
	}
	if fr.Content != "" && !status(fr.Content) {
		b.fault(fr.Line, "content %q is no status", fr.Content)
	}
}

// telling reads "hold talks | with | about". A frame without one has its file's.
func (b *builder) telling() Telling {
	given := b.entry.Tell
	if given == "" {
		given = b.file.Tell
	}
	parts := strings.Split(given, "|")
	if len(parts) != 3 || strings.TrimSpace(parts[0]) == "" {
		b.fault(b.entry.line, "tell wants \"verb phrase | word before recipients | word before the topic\", not %q", given)
		return Telling{}
	}
	return Telling{strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])}
}

func status(s pipeline.Status) bool {
	return slices.Contains([]pipeline.Status{pipeline.Happened, pipeline.Future, pipeline.Historical, pipeline.Hypothetical, pipeline.Negated}, s)
}

func (b *builder) triggers() []Trigger {
	var out []Trigger
	for _, group := range []struct {
		kind  Kind
		words words
	}{{Verb, b.entry.Verbs}, {Noun, b.entry.Nouns}, {Adjective, b.entry.Adjectives}} {
		for _, w := range group.words {
			t, err := parseTrigger(group.kind, w)
			if err != nil {
				b.fault(b.entry.line, "trigger %q: %v", w, err)
				continue
			}
			if slices.ContainsFunc(out, func(o Trigger) bool { return o.Kind == t.Kind && o.Text == t.Text }) {
				b.fault(b.entry.line, "trigger %q stands there twice", w)
				continue
			}
			if t.Odds == "" {
				t.Odds = cmp.Or(b.entry.Odds, Fair)
			}
			out = append(out, t)
		}
	}
	if len(out) == 0 && len(b.faults) == 0 {
		b.fault(b.entry.line, "no trigger: give verbs, nouns or adjectives")
	}
	return out
}

// parseTrigger reads a trigger. A mark at its end says how often the word alone
// means the event: "!" nearly always, "?" seldom. Of several words a verb comes first; a noun
// comes last, but where a preposition follows it.
func parseTrigger(kind Kind, s string) (Trigger, error) {
	t := Trigger{Kind: kind}
	if bare, ok := strings.CutSuffix(s, "!"); ok {
		s, t.Odds = bare, Strong
	} else if bare, ok := strings.CutSuffix(s, "?"); ok {
		s, t.Odds = bare, Weak
	}
	t.Text = s
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return t, fmt.Errorf("is empty")
	}
	if len(fields) > 5 {
		return t, fmt.Errorf("has more than five words")
	}
	head := 0
	if kind == Noun && len(fields) > 1 && !prepositions[fields[1]] {
		head = len(fields) - 1
	}
	t.Before, t.After = fields[:head], fields[head+1:]
	t.Lemma = fields[head]
	if lemma, tag, ok := strings.Cut(t.Lemma, ":"); ok {
		t.Lemma, t.Tag = lemma, tag
		if !slices.Contains(tags, tag) {
			return t, fmt.Errorf("%q is no Penn tag of verbs, nouns or adjectives", tag)
		}
	}
	if t.Lemma == "" || strings.ToLower(s) != strings.ToLower(s[:len(s)-len(t.Tag)])+strings.ToLower(t.Tag) {
		return t, fmt.Errorf("wants a lemma")
	}
	if bare := strings.TrimSuffix(s, t.Tag); bare != strings.ToLower(bare) {
		return t, fmt.Errorf("lemmas are lower case")
	}
	return t, nil
}

// tags are the Penn Treebank tags that a trigger may ask for.
var tags = []string{"NN", "NNS", "NNP", "NNPS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD", "JJ", "JJR", "JJS"}

func (b *builder) conditions(what string, in map[Slot]words) []Condition {
	var out []Condition
	for _, s := range sortedKeys(in) {
		c := Condition{Slot: s, Lemmas: map[string]bool{}, Text: fmt.Sprintf("%s %s: %s", what, s, strings.Join(in[s], " "))}
		if err := s.check(); err != nil {
			b.fault(b.entry.line, "%s: %v", what, err)
		}
		if len(in[s]) == 0 {
			b.fault(b.entry.line, "%s: slot %s asks for nothing", what, s)
		}
		for _, w := range in[s] {
			b.item(&c, w)
		}
		out = append(out, c)
	}
	return out
}

// item adds one word of a condition: a class, a lemma, a kind, any or none.
func (b *builder) item(c *Condition, w string) {
	switch {
	case w == "any":
		c.Any = true
	case w == "none":
		c.None = true
	case strings.HasPrefix(w, "@"):
		class, ok := b.classes[w[1:]]
		if !ok {
			b.fault(b.entry.line, "word class %s is not defined", w)
		}
		for l := range class {
			c.Lemmas[l] = true
		}
	case w == strings.ToUpper(w) && strings.ContainsAny(w, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
		if !slices.Contains(kinds, w) {
			b.fault(b.entry.line, "%s is no mention type, PRON, NN or JJ", w)
		}
		c.Kinds = append(c.Kinds, w)
	default:
		c.Lemmas[w] = true
	}
}

// kinds are what a condition may ask for in capitals.
var kinds = []string{"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "LAW", "DATE", "MONEY", "PRON", "NN", "JJ"}

// roles joins the roles of the frame to those of its file: a role that the
// frame gives replaces the file's.
func (b *builder) roles() map[Kind]map[Role][]Slot {
	out := map[Kind]map[Role][]Slot{}
	for _, given := range []map[Kind]map[Role]words{b.file.Roles, b.entry.Roles} {
		for _, k := range sortedKeys(given) {
			if !slices.Contains([]Kind{Verb, Noun, Adjective}, k) {
				b.fault(b.entry.line, "roles: %q is none of verb noun adj", k)
			}
			if out[k] == nil {
				out[k] = map[Role][]Slot{}
			}
			for _, r := range sortedKeys(given[k]) {
				if !slices.Contains(fillable, r) {
					b.fault(b.entry.line, "roles: %q is none of Actor Recipient Topic Place", r)
				}
				out[k][r] = nil
				for _, w := range given[k][r] {
					if err := Slot(w).check(); err != nil {
						b.fault(b.entry.line, "roles: %v", err)
					}
					out[k][r] = append(out[k][r], Slot(w))
				}
			}
		}
	}
	return out
}

// fillable are the roles that a frame assigns; dates and sources are found for
// all frames alike.
var fillable = []Role{pipeline.Actor, pipeline.Recipient, pipeline.Topic, pipeline.At}

// cues joins the mode cues of the frame to those of its file.
func (b *builder) cues() map[string][]string {
	out := map[string][]string{}
	given := b.file.Modes
	if b.entry.Modes != nil {
		given = b.entry.Modes
	}
	for _, m := range sortedKeys(given) {
		if !slices.Contains(Modes[b.file.Type], m) {
			b.fault(b.entry.line, "modes: %q is no mode of %s: %s", m, b.file.Type, strings.Join(Modes[b.file.Type], " "))
		}
		for _, w := range given[m] {
			if !slices.Contains(out[w], m) {
				out[w] = append(out[w], m)
			}
		}
	}
	return out
}

func (b *builder) examples(fr *Frame) []Example {
	var out []Example
	for _, x := range b.entry.Yes {
		ex := Example{Say: x.Say, Type: x.Type, Trigger: x.Trigger, Mode: x.Mode, Status: x.Status, Roles: map[Role][]string{}, Line: x.line}
		if x.Say == "" {
			b.fault(x.line, "yes: an example without say")
		}
		if ex.Type == "" {
			ex.Type = fr.Type
		}
		if !slices.Contains(Types, ex.Type) {
			b.fault(x.line, "yes: type %q is not one of PLOVER's", ex.Type)
		}
		if ex.Mode != "" && !slices.Contains(Modes[ex.Type], ex.Mode) {
			b.fault(x.line, "yes: mode %q is no mode of %s", ex.Mode, ex.Type)
		}
		if ex.Status != "" && !status(ex.Status) {
			b.fault(x.line, "yes: status %q is none", ex.Status)
		}
		for role, fillers := range map[Role]words{
			pipeline.Actor: x.Actor, pipeline.Recipient: x.Recipient, pipeline.Topic: x.Topic,
			pipeline.At: x.Place, pipeline.On: x.Date, pipeline.Source: x.Source,
		} {
			if fillers != nil {
				ex.Roles[role] = fillers
			}
		}
		out = append(out, ex)
	}
	return out
}
