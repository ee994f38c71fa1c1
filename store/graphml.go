package store

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"parley/pipeline"
)

// WriteGraphML writes who did what to whom as a graph: a node for every entity
// that takes part, and an edge for every pair of parties of a relation that q
// asks for. An act goes from each actor to each recipient; an act between equals
// joins each two actors without direction; an office goes from its holder to
// whose office it is. Relations with one party give no edge; it returns how many
// these are.
func (s *Store) WriteGraphML(w io.Writer, q Query) (single int, err error) {
	sel, err := s.choose(q)
	if err != nil {
		return 0, err
	}
	nodes := map[string]bool{}
	err = s.relations(sel, func(r *RelationRecord, _ *pipeline.Document) error {
		pairs := r.pairs()
		if len(pairs) == 0 {
			single++
		}
		for _, p := range pairs {
			nodes[p.from.Entity], nodes[p.to.Entity] = true, true
		}
		return nil
	})
	if err != nil {
		return single, err
	}
	g := &graphWriter{w: w}
	g.print(xml.Header + `<graphml xmlns="http://graphml.graphdrafting.org/xmlns">` + "\n")
	for _, k := range nodeKeys {
		g.print(`<key id="%s" for="node" attr.name="%s" attr.type="string"/>`+"\n", k, k)
	}
	for _, k := range edgeKeys {
		typ := "string"
		if k == "confidence" {
			typ = "double"
		}
		g.print(`<key id="%s" for="edge" attr.name="%s" attr.type="%s"/>`+"\n", k, k, typ)
	}
	g.print(`<graph edgedefault="directed">` + "\n")
	err = s.Entities(func(e *EntityRecord) error {
		if nodes[e.ID] {
			g.print(`<node id="%s">`, escape(e.ID))
			g.data(nodeKeys, e.Name, e.Type, e.Country, e.Sector)
			g.print("</node>\n")
		}
		return g.err
	})
	if err != nil {
		return single, err
	}
	err = s.relations(sel, func(r *RelationRecord, d *pipeline.Document) error {
		for _, p := range r.pairs() {
			g.print(`<edge source="%s" target="%s"`, escape(p.from.Entity), escape(p.to.Entity))
			if reciprocal[r.Type] {
				g.print(` directed="false"`)
			}
			g.print(">")
			row := rowOf(r, d)
			g.data(edgeKeys, r.ID, r.Type, strings.Join(r.Mode, " "), r.Status, strings.Join(r.Context, " "), row.Topic, row.Title,
				row.Place, row.Date, row.Source, r.Text, d.Source, fmt.Sprint(r.Confidence))
			g.print("</edge>\n")
		}
		return g.err
	})
	g.print("</graph>\n</graphml>\n")
	if err == nil {
		err = g.err
	}
	return single, err
}

var (
	nodeKeys = []string{"name", "kind", "country", "sector"}
	edgeKeys = []string{"relation", "type", "mode", "status", "context", "topic", "title", "place", "date", "source", "text", "file", "confidence"}
)

// A couple is two parties of one relation.
type couple struct{ from, to Filler }

// pairs is the relation as acts between two.
func (r *RelationRecord) pairs() []couple {
	var out []couple
	for i, a := range r.Actor {
		for _, b := range r.Recipient {
			out = append(out, couple{a, b})
		}
		if reciprocal[r.Type] {
			for _, b := range r.Actor[i+1:] {
				out = append(out, couple{a, b})
			}
		}
	}
	if r.Person != nil && r.Of != nil {
		out = append(out, couple{*r.Person, *r.Of})
	}
	known := out[:0]
	for _, p := range out {
		if p.from.Entity != "" && p.to.Entity != "" {
			known = append(known, p)
		}
	}
	return known
}

// A graphWriter remembers the first error of writing.
type graphWriter struct {
	w   io.Writer
	err error
}

func (g *graphWriter) print(format string, args ...any) {
	if g.err == nil {
		_, g.err = fmt.Fprintf(g.w, format, args...)
	}
}

func (g *graphWriter) data(keys []string, values ...string) {
	for i, k := range keys {
		if values[i] != "" {
			g.print(`<data key="%s">%s</data>`, k, escape(values[i]))
		}
	}
}

// escape makes s fit for XML, which has no room for most control characters.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}
