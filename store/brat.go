package store

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"parley/pipeline"
)

// WriteBrat writes NAME.txt and NAME.ann for every document that has what q asks
// for into the folder dir, which it makes where it is missing, and returns how
// many documents it wrote. Documents says what NAME is.
func (s *Store) WriteBrat(dir string, q Query) (int, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return 0, fmt.Errorf("export brat: %w", err)
	}
	n := 0
	err := s.Documents(q, func(name string, d *pipeline.Document) error {
		if err := os.WriteFile(filepath.Join(dir, name+".txt"), []byte(d.Text), 0o666); err != nil {
			return fmt.Errorf("export brat: %w", err)
		}
		var ann bytes.Buffer
		if err := Annotate(&ann, d); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name+".ann"), ann.Bytes(), 0o666); err != nil {
			return fmt.Errorf("export brat: %w", err)
		}
		n++
		return nil
	})
	return n, err
}

// Documents calls f for every document that has what q asks for, with a name that no
// other document of the call has: the base name of its source without its
// ending, with the number of the record where the source holds several. Where
// two sources would share a name, the later one by identifier gets the path of
// its source instead, its slashes written as underscores.
func (s *Store) Documents(q Query, f func(name string, d *pipeline.Document) error) error {
	sel, err := s.choose(q)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	return s.articles(sel, func(d *pipeline.Document) error {
		name := bratName(d, path.Base(d.Source))
		if taken[name] {
			name = bratName(d, strings.ReplaceAll(d.Source, "/", "_"))
		}
		if taken[name] {
			name += "-" + d.ID
		}
		taken[name] = true
		return f(name, d)
	})
}

// bratName is the name of a document's two files, from the name of its source.
func bratName(d *pipeline.Document, source string) string {
	name := strings.TrimSuffix(source, path.Ext(source))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	if strings.Trim(name, ".") == "" { // also for a source like ".." or ".txt"
		name = "_" + name
	}
	if !d.Single {
		name = fmt.Sprintf("%s-%06d", name, d.Record)
	}
	return name
}

// Annotate writes every layer of d in brat standoff, in the notation of the
// hand labels: T lines for mentions, triggers and topics, * for mentions that
// are one entity, R for members of a group, N for countries, E and A for
// relations, and # for the rule and the confidence of each.
//
// Names and values are always written. A title is written where somebody is
// said to hold it, another noun phrase or a pronoun where a relation needs it.
func Annotate(w io.Writer, d *pipeline.Document) error {
	a := &annotation{d: d, points: pipeline.NewCodePoints(d.Text), ids: map[bound]string{}, chosen: make([]bool, len(d.Mentions))}
	a.choose()
	a.bind()
	var b bytes.Buffer
	a.spans(&b)
	a.entities(&b)
	a.relations(&b)
	_, err := w.Write(b.Bytes())
	return err
}

// A bound is what a T line says. Two uses of one bound share the line.
type bound struct {
	kind string
	span pipeline.Span // bytes
}

// An annotation is one .ann file in the making.
type annotation struct {
	d      *pipeline.Document
	points *pipeline.CodePoints
	chosen []bool           // mentions that get a T line
	bounds []bound          // all T lines, in text order
	ids    map[bound]string // to "T1"
}

// choose picks the mentions that are written.
func (a *annotation) choose() {
	d := a.d
	for i, m := range d.Mentions {
		a.chosen[i] = m.Type.Named() || m.Type.Value()
	}
	for i := range d.Relations {
		for _, arg := range d.Relations[i].Args {
			if arg.Mention >= 0 && arg.Role != pipeline.Topic {
				a.chosen[arg.Mention] = true
			}
		}
	}
	// A group is nothing without its members.
	for i, m := range d.Mentions {
		if !a.chosen[i] || m.Entity < 0 || len(d.Entities[m.Entity].Members) == 0 {
			continue
		}
		for _, e := range members(d, m.Entity) {
			if of := d.Entities[e].Mentions; a.representative(e) < 0 && len(of) > 0 {
				a.chosen[of[0]] = true
			}
		}
	}
}

// representative is the mention that stands for an entity: the first that is
// written and has a name, or else the first that is written, or -1.
func (a *annotation) representative(entity int) int {
	best := -1
	for _, m := range a.d.Entities[entity].Mentions {
		if a.chosen[m] && (best < 0 || a.d.Mentions[m].Type.Named() && !a.d.Mentions[best].Type.Named()) {
			best = m
		}
	}
	return best
}

// bind gives every T line its number, in text order.
func (a *annotation) bind() {
	for i, m := range a.d.Mentions {
		if a.chosen[i] {
			a.add(mentionBound(&m))
		}
	}
	for i := range a.d.Relations {
		r := &a.d.Relations[i]
		a.add(triggerBound(r))
		for _, arg := range r.Args {
			a.add(a.argumentBound(arg))
		}
	}
	slices.SortFunc(a.bounds, func(x, y bound) int {
		return cmp.Or(cmp.Compare(x.span.Start, y.span.Start), cmp.Compare(x.span.End, y.span.End), cmp.Compare(x.kind, y.kind))
	})
	for i, b := range a.bounds {
		a.ids[b] = fmt.Sprintf("T%d", i+1)
	}
}

func (a *annotation) add(b bound) {
	if _, ok := a.ids[b]; !ok {
		a.ids[b] = ""
		a.bounds = append(a.bounds, b)
	}
}

func mentionBound(m *pipeline.Mention) bound { return bound{string(m.Type), m.Span} }

// triggerBound is the T line of a relation's trigger; that of HOLDS is a title.
func triggerBound(r *pipeline.Relation) bound {
	if r.Type == Holds {
		return bound{string(pipeline.Title), r.Trigger}
	}
	return bound{r.Type, r.Trigger}
}

func (a *annotation) argumentBound(arg pipeline.Argument) bound {
	switch {
	case arg.Role == pipeline.Topic:
		return bound{"TOPIC", arg.Span}
	case arg.Mention >= 0:
		return mentionBound(&a.d.Mentions[arg.Mention])
	case arg.Role == pipeline.On:
		return bound{string(pipeline.Date), arg.Span}
	}
	return bound{string(pipeline.Nominal), arg.Span}
}

func (a *annotation) spans(w io.Writer) {
	for _, b := range a.bounds {
		s := oneLine(a.d.Text, b.span)
		p := a.points.Span(s)
		fmt.Fprintf(w, "%s\t%s %d %d\t%s\n", a.ids[b], b.kind, p.Start, p.End, a.d.In(s))
	}
}

// breaks are the characters that end a line or a field in some reader of
// standoff.
const breaks = "\t\n\v\f\r\x1c\x1d\x1e\u0085\u2028\u2029"

// oneLine is the longest part of s that lies on one line, for standoff quotes
// the text of a span and has one line for it.
func oneLine(text string, s pipeline.Span) pipeline.Span {
	if !strings.ContainsAny(text[s.Start:s.End], breaks) {
		return s
	}
	best := pipeline.Span{Start: s.Start, End: s.Start}
	at := s.Start
	for _, part := range strings.FieldsFunc(text[s.Start:s.End], func(r rune) bool { return strings.ContainsRune(breaks, r) }) {
		start := at + strings.Index(text[at:s.End], part)
		at = start + len(part)
		part = strings.TrimLeft(part, " ")
		if n := len(strings.TrimRight(part, " ")); n > best.Len() {
			best = pipeline.Span{Start: at - len(part), End: at - len(part) + n}
		}
	}
	return best
}

// entities writes which mentions are one, which stand for groups, and which
// are countries.
func (a *annotation) entities(w io.Writer) {
	var groups, countries int
	for e := range a.d.Entities {
		entity := &a.d.Entities[e]
		var ids []string
		for _, m := range entity.Mentions {
			if id := a.ids[mentionBound(&a.d.Mentions[m])]; a.chosen[m] && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		if len(ids) > 1 {
			fmt.Fprintf(w, "*\tEquiv %s\n", strings.Join(ids, " "))
		}
		if len(ids) > 0 && isCountry(a.d, entity) {
			countries++
			fmt.Fprintf(w, "N%d\tReference %s ISO3166:%s\t%s\n", countries, ids[0], entity.Country, strings.Join(strings.Fields(entity.Name), " "))
		}
		if len(entity.Members) == 0 {
			continue
		}
		for _, id := range ids {
			for _, member := range members(a.d, e) {
				m := a.representative(member)
				if m < 0 {
					continue
				}
				groups++
				fmt.Fprintf(w, "R%d\tGroup Arg1:%s Arg2:%s\n", groups, id, a.ids[mentionBound(&a.d.Mentions[m])])
			}
		}
	}
}

// isCountry reports whether e is a country itself, and not somebody or something
// of one: one of its names is that of a state or people.
func isCountry(d *pipeline.Document, e *pipeline.Entity) bool {
	return e.Country != "" && e.Place.GeoNames == 0 && slices.ContainsFunc(e.Mentions, func(m int) bool {
		return d.Mentions[m].Type == pipeline.GPE || d.Mentions[m].Type == pipeline.NORP
	})
}

func (a *annotation) relations(w io.Writer) {
	attributes := 0
	for i := range a.d.Relations {
		r := &a.d.Relations[i]
		fmt.Fprintf(w, "E%d\t%s:%s", i+1, r.Type, a.ids[triggerBound(r)])
		count := map[pipeline.Role]int{}
		seen := map[string]bool{}
		for _, arg := range r.Args {
			id := a.ids[a.argumentBound(arg)]
			if seen[string(arg.Role)+id] {
				continue
			}
			seen[string(arg.Role)+id] = true
			count[arg.Role]++
			fmt.Fprintf(w, " %s", arg.Role)
			if n := count[arg.Role]; n > 1 {
				fmt.Fprint(w, n)
			}
			fmt.Fprintf(w, ":%s", id)
		}
		fmt.Fprintln(w)
		attribute := func(name, value string) {
			attributes++
			fmt.Fprintf(w, "A%d\t%s E%d %s\n", attributes, name, i+1, value)
		}
		if r.Status != "" && r.Status != pipeline.Happened {
			attribute("Status", string(r.Status))
		}
		for _, c := range r.Context {
			attribute("Context", c)
		}
		for _, m := range r.Mode {
			attribute("Mode", m)
		}
	}
	for i := range a.d.Relations {
		if r := &a.d.Relations[i]; r.Rule != "" {
			fmt.Fprintf(w, "#%d\tAnnotatorNotes E%d\t%s, confidence %.2f\n", i+1, i+1, r.Rule, r.Confidence)
		}
	}
}
