package label

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"parley/pipeline"
)

// A graph is the labels of one article as tools with labelled stretches and
// arrows between them hold them: an event is its trigger, its roles are arrows
// from the trigger, and Equiv and Group are arrows between mentions. Doccano,
// Prodigy and Label Studio files are written from a graph and read into one.
//
// An office whose holder is not named has no arrow and comes back as a title
// alone; so do the remarks of annotators.
type graph struct {
	nodes []node
	edges []edge
}

// A node is a labelled stretch of text.
type node struct {
	id         string
	label      string
	start, end int    // in the units of the file until place has made them code points
	text       string // as the file quotes it, or empty where it does not
	country    string // ISO 3166-1 alpha-3, for a mention that has a Reference
	attributes []Attribute
}

// An edge is an arrow between two nodes.
type edge struct{ from, to, label string }

const (
	equivEdge = "Equiv" // both ends are one entity
	groupEdge = "Group" // the first stands, among others, for the second
)

// graph gives the labels of s as a graph. A trigger of two events becomes two
// nodes.
func (s *Set) graph() *graph {
	g := &graph{}
	text := []rune(s.Text)
	country := map[string]string{}
	for _, r := range s.References {
		country[r.Target] = r.Country
	}
	attributes := map[string][]Attribute{}
	for _, a := range s.Attributes {
		attributes[a.Target] = append(attributes[a.Target], a)
	}
	trigger := map[string]bool{}
	for _, e := range s.Events {
		if e.Type != Holds {
			trigger[e.Trigger] = true
		}
	}
	add := func(id string, t TextBound) *node {
		g.nodes = append(g.nodes, node{id: id, label: t.Type, start: t.Start, end: t.End, text: string(text[t.Start:t.End]), country: country[t.ID]})
		return &g.nodes[len(g.nodes)-1]
	}
	for _, t := range s.Spans {
		if !trigger[t.ID] {
			add(t.ID, t)
		}
	}
	for _, e := range s.Events {
		from := e.Trigger
		if e.Type != Holds {
			t, _ := s.span(e.Trigger)
			from = e.ID
			add(from, t).attributes = attributes[e.ID]
		} else {
			i := slices.IndexFunc(g.nodes, func(n node) bool { return n.id == e.Trigger })
			g.nodes[i].attributes = attributes[e.ID]
		}
		for _, f := range e.Roles {
			g.edges = append(g.edges, edge{from, f.Target, f.Role})
		}
	}
	for _, ids := range s.Equivs {
		for _, id := range ids[1:] {
			g.edges = append(g.edges, edge{ids[0], id, equivEdge})
		}
	}
	for _, r := range s.Groups {
		g.edges = append(g.edges, edge{r.Whole, r.Member, groupEdge})
	}
	return g
}

// set makes labels of g, whose offsets are code points by now.
func (g *graph) set(name, path, text string) (*Set, error) {
	s := &Set{Name: name, Path: path, Text: text}
	ids, kind := map[string]string{}, map[string]string{}
	for _, n := range g.nodes {
		if _, twice := ids[n.id]; twice {
			return nil, fmt.Errorf("the label %s is given twice", n.id)
		}
		id := "T" + strconv.Itoa(len(s.Spans)+1)
		ids[n.id], kind[n.id] = id, n.label
		s.Spans = append(s.Spans, TextBound{ID: id, Type: n.label, Span: pipeline.Span{Start: n.start, End: n.end}})
		if n.country != "" {
			s.References = append(s.References, Reference{ID: "N" + strconv.Itoa(len(s.References)+1), Target: id, Country: n.country, Text: n.text})
		}
	}
	roles := map[string][]Filler{}
	partners := map[string][]string{}
	var firsts []string
	for _, e := range g.edges {
		from, to := ids[e.from], ids[e.to]
		if from == "" || to == "" {
			return nil, fmt.Errorf("an arrow %s from %s to %s, one of which is no label", e.label, e.from, e.to)
		}
		switch e.label {
		case equivEdge:
			if partners[from] == nil {
				firsts = append(firsts, from)
			}
			partners[from] = append(partners[from], to)
		case groupEdge:
			s.Groups = append(s.Groups, Group{ID: "R" + strconv.Itoa(len(s.Groups)+1), Whole: from, Member: to})
		default:
			roles[e.from] = append(roles[e.from], Filler{Role: e.label, Target: to})
		}
	}
	for _, f := range firsts {
		s.Equivs = append(s.Equivs, append([]string{f}, partners[f]...))
	}
	for _, n := range g.nodes {
		typ := n.label
		if _, event := Modes[typ]; !event {
			if roles[n.id] == nil {
				continue
			}
			if typ != string(pipeline.Title) {
				return nil, fmt.Errorf("the %s %q has roles, which only events and titles have", typ, n.text)
			}
			typ = Holds
		}
		e := Event{ID: "E" + strconv.Itoa(len(s.Events)+1), Type: typ, Trigger: ids[n.id], Roles: roles[n.id]}
		s.Events = append(s.Events, e)
		for _, a := range n.attributes {
			s.Attributes = append(s.Attributes, Attribute{ID: "A" + strconv.Itoa(len(s.Attributes)+1), Name: a.Name, Target: e.ID, Value: a.Value})
		}
	}
	return s, nil
}

// values gives the attributes of one name.
func (n *node) values(name string) []string {
	var out []string
	for _, a := range n.attributes {
		if a.Name == name {
			out = append(out, a.Value)
		}
	}
	return out
}

func (n *node) addAttributes(name string, values []string) {
	for _, v := range values {
		n.attributes = append(n.attributes, Attribute{Name: name, Value: v})
	}
}

// place turns the offsets of the nodes into code points and checks them against
// the text. Tools count code points or UTF-16 code units, and few say which:
// where the nodes quote their text, the unit under which all quotes are right is
// taken; where none does, the unit under which more labels begin and end with
// words, and code points when both do equally.
func (g *graph) place(text string) error {
	runes := []rune(text)
	points := func(i int) (int, bool) { return i, i >= 0 && i <= len(runes) }
	units := utf16Offsets(runes)
	var first error
	best, chosen := -1, (func(int) (int, bool))(nil)
	for _, unit := range []func(int) (int, bool){points, func(i int) (int, bool) { p, ok := units[i]; return p, ok }} {
		fit, err := g.fit(runes, unit)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		if fit > best {
			best, chosen = fit, unit
		}
	}
	if chosen == nil {
		return first
	}
	for i := range g.nodes {
		g.nodes[i].start, _ = chosen(g.nodes[i].start)
		g.nodes[i].end, _ = chosen(g.nodes[i].end)
	}
	return nil
}

// fit counts the ends of labels that are ends of words, when offsets are in the
// given unit. It is an error when a label lies outside the text or is not what
// it quotes.
func (g *graph) fit(text []rune, unit func(int) (int, bool)) (int, error) {
	n := 0
	for _, x := range g.nodes {
		start, ok1 := unit(x.start)
		end, ok2 := unit(x.end)
		if !ok1 || !ok2 || start >= end {
			return 0, fmt.Errorf("%s %q covers %d to %d, which is outside the text or empty", x.label, x.text, x.start, x.end)
		}
		there := string(text[start:end])
		if x.text != "" && there != x.text {
			return 0, fmt.Errorf("%s: %q is not the text at %d to %d, which is %q", x.label, x.text, x.start, x.end, there)
		}
		if (start == 0 || !isWord(text[start-1])) && isWord(text[start]) {
			n++
		}
		if (end == len(text) || !isWord(text[end])) && isWord(text[end-1]) {
			n++
		}
	}
	return n, nil
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// utf16Offsets maps offsets in UTF-16 code units to offsets in code points. The
// middle of a surrogate pair is no offset.
func utf16Offsets(text []rune) map[int]int {
	m, at := make(map[int]int, len(text)+1), 0
	for i, r := range text {
		m[at] = i
		at += utf16.RuneLen(r)
	}
	m[at] = len(text)
	return m
}

// articleName names article n of a file of several.
func articleName(path string, n int) string {
	name := path[strings.LastIndexAny(path, `/\`)+1:]
	if i := strings.IndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return fmt.Sprintf("%s-%06d", name, n)
}
