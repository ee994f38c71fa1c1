package label

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// Doccano (https://doccano.github.io) keeps one article a line. A file of
// sequence labels has "label" or "labels", lists of [start, end, type]; one with
// relations has "entities" and "relations" with ids. The fields status, mode,
// context, country and text of an entity are ours: doccano passes them by.
type doccanoLine struct {
	ID        any               `json:"id,omitempty"`
	Name      string            `json:"name,omitempty"` // ours: the article's file
	Text      string            `json:"text"`
	Label     [][3]any          `json:"label,omitempty"`
	Labels    [][3]any          `json:"labels,omitempty"`
	Entities  []doccanoEntity   `json:"entities,omitempty"`
	Relations []doccanoRelation `json:"relations,omitempty"`
}

type doccanoEntity struct {
	ID      int      `json:"id"`
	Start   int      `json:"start_offset"`
	End     int      `json:"end_offset"`
	Label   string   `json:"label"`
	Text    string   `json:"text,omitempty"`
	Country string   `json:"country,omitempty"`
	Status  []string `json:"status,omitempty"`
	Mode    []string `json:"mode,omitempty"`
	Context []string `json:"context,omitempty"`
}

type doccanoRelation struct {
	ID   int    `json:"id"`
	From int    `json:"from_id"`
	To   int    `json:"to_id"`
	Type string `json:"type"`
}

// WriteDoccano writes the labels of s as one line of doccano's JSON for
// sequence labels with relations.
func (s *Set) WriteDoccano(w io.Writer) error {
	g := s.graph()
	line := doccanoLine{Name: s.Name, Text: s.Text}
	number := map[string]int{}
	for i, n := range g.nodes {
		number[n.id] = i + 1
		line.Entities = append(line.Entities, doccanoEntity{ID: i + 1, Start: n.start, End: n.end, Label: n.label, Text: n.text, Country: n.country,
			Status: n.values("Status"), Mode: n.values("Mode"), Context: n.values("Context")})
	}
	for i, e := range g.edges {
		line.Relations = append(line.Relations, doccanoRelation{ID: i + 1, From: number[e.from], To: number[e.to], Type: e.label})
	}
	return json.NewEncoder(w).Encode(line)
}

func (l *doccanoLine) graph() (*graph, error) {
	g := &graph{}
	for i, t := range append(l.Label, l.Labels...) {
		start, ok1 := t[0].(float64)
		end, ok2 := t[1].(float64)
		typ, ok3 := t[2].(string)
		if !ok1 || !ok2 || !ok3 {
			return nil, fmt.Errorf("want labels as [start, end, type]: %v", t)
		}
		g.nodes = append(g.nodes, node{id: strconv.Itoa(i), label: typ, start: int(start), end: int(end)})
	}
	for _, e := range l.Entities {
		n := node{id: strconv.Itoa(e.ID), label: e.Label, start: e.Start, end: e.End, text: e.Text, country: e.Country}
		n.addAttributes("Status", e.Status)
		n.addAttributes("Mode", e.Mode)
		n.addAttributes("Context", e.Context)
		g.nodes = append(g.nodes, n)
	}
	for _, r := range l.Relations {
		g.edges = append(g.edges, edge{strconv.Itoa(r.From), strconv.Itoa(r.To), r.Type})
	}
	return g, nil
}

// Prodigy (https://prodi.gy/docs/api-interfaces) and spaCy's JSON lines keep one
// article a line with "spans" and, for relations, "head_span" and "child_span".
// The fields id, text, status, mode, context and country of a span are ours:
// Prodigy keeps what it does not know.
type prodigyLine struct {
	Text      string            `json:"text"`
	Meta      prodigyMeta       `json:"meta"`
	Spans     []prodigySpan     `json:"spans"`
	Relations []prodigyRelation `json:"relations,omitempty"`
	Answer    string            `json:"answer,omitempty"` // accept, reject or ignore
}

type prodigyMeta struct {
	Source string `json:"source,omitempty"` // the article's file
}

type prodigySpan struct {
	ID      string   `json:"id,omitempty"`
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Label   string   `json:"label"`
	Text    string   `json:"text,omitempty"`
	Country string   `json:"country,omitempty"`
	Status  []string `json:"status,omitempty"`
	Mode    []string `json:"mode,omitempty"`
	Context []string `json:"context,omitempty"`
}

type prodigyRelation struct {
	Label string      `json:"label"`
	Head  prodigySpan `json:"head_span"`
	Child prodigySpan `json:"child_span"`
}

// WriteProdigy writes the labels of s as one line of Prodigy's JSON.
func (s *Set) WriteProdigy(w io.Writer) error {
	g := s.graph()
	line := prodigyLine{Text: s.Text, Meta: prodigyMeta{Source: s.Name}, Spans: []prodigySpan{}}
	short := map[string]prodigySpan{}
	for _, n := range g.nodes {
		short[n.id] = prodigySpan{ID: n.id, Start: n.start, End: n.end, Label: n.label}
		line.Spans = append(line.Spans, prodigySpan{ID: n.id, Start: n.start, End: n.end, Label: n.label, Text: n.text, Country: n.country,
			Status: n.values("Status"), Mode: n.values("Mode"), Context: n.values("Context")})
	}
	for _, e := range g.edges {
		line.Relations = append(line.Relations, prodigyRelation{Label: e.label, Head: short[e.from], Child: short[e.to]})
	}
	return json.NewEncoder(w).Encode(line)
}

// key names a span that has no id by what it is.
func (p prodigySpan) key() string {
	if p.ID != "" {
		return p.ID
	}
	return fmt.Sprintf("%s %d %d", p.Label, p.Start, p.End)
}

func (l *prodigyLine) graph() *graph {
	g := &graph{}
	for _, p := range l.Spans {
		n := node{id: p.key(), label: p.Label, start: p.Start, end: p.End, text: p.Text, country: p.Country}
		n.addAttributes("Status", p.Status)
		n.addAttributes("Mode", p.Mode)
		n.addAttributes("Context", p.Context)
		g.nodes = append(g.nodes, n)
	}
	for _, r := range l.Relations {
		g.edges = append(g.edges, edge{r.Head.key(), r.Child.key(), r.Label})
	}
	return g
}

// ReadLines reads labels kept as JSON lines by doccano, Prodigy or spaCy, one
// article a line; the keys of each line say whose it is. Articles that a
// Prodigy annotator rejected or passed over are not gold and are left out. The
// path names the articles and the errors.
func ReadLines(path string, in io.Reader) ([]*Set, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 1<<16), 64<<20) // a line is a whole article
	var sets []*Set
	n := 0
	for lines.Scan() {
		n++
		if len(lines.Bytes()) == 0 {
			continue
		}
		s, err := readLine(path, n, lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if s != nil {
			sets = append(sets, s)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", path, n+1, err)
	}
	return sets, nil
}

func readLine(path string, n int, line []byte) (*Set, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(line, &keys); err != nil {
		return nil, err
	}
	name := articleName(path, n-1)
	if keys["spans"] != nil {
		var p prodigyLine
		if err := json.Unmarshal(line, &p); err != nil {
			return nil, err
		}
		if p.Answer != "" && p.Answer != "accept" {
			return nil, nil
		}
		return p.graph().read(name, p.Meta.Source, path, p.Text)
	}
	if keys["label"] == nil && keys["labels"] == nil && keys["entities"] == nil {
		return nil, fmt.Errorf("neither spans (Prodigy, spaCy) nor label, labels or entities (doccano)")
	}
	var d doccanoLine
	if err := json.Unmarshal(line, &d); err != nil {
		return nil, err
	}
	g, err := d.graph()
	if err != nil {
		return nil, err
	}
	return g.read(name, d.Name, path, d.Text)
}

// read places the labels in the text and makes a Set of them; own is the name
// that the file gives the article, if any.
func (g *graph) read(name, own, path, text string) (*Set, error) {
	if own != "" {
		name = own
	}
	if err := g.place(text); err != nil {
		return nil, err
	}
	return g.set(name, path, text)
}
