package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"parley/extract"
	"parley/extract/relate"
	"parley/extract/resolve"
	"parley/pipeline"
	"parley/store"
)

// explainCmd shows how parley came to what it says.
type explainCmd struct {
	database
	What   string         `arg:"" help:"A file to read now, or from the store the identifier of a relation, an article or an entity, or an entity's name."`
	Tokens bool           `help:"Also every token with its tag, lemma and head."`
	Engine extract.Engine `enum:"parley,prose" default:"parley" help:"For a file: who tags words and finds names."`
	Frames []string       `placeholder:"DIR" help:"Folders of frames to use with those of parley."`

	relater *relate.Relater
}

// Run finds out what is meant and explains it.
func (c *explainCmd) Run(x *console) error {
	w := bufio.NewWriter(x.Out)
	defer w.Flush()
	var err error
	if c.relater, err = relate.New(nil, c.Frames...); err != nil {
		return err
	}
	if _, err := os.Stat(c.What); err == nil {
		return c.file(x, w)
	}
	s, err := store.OpenReadOnly(c.DB)
	if err != nil {
		return fmt.Errorf("%s is no file, and %w", c.What, err)
	}
	defer s.Close()
	return c.stored(s, w)
}

// stored explains a relation, an article or an entity of the store.
func (c *explainCmd) stored(s *store.Store, w io.Writer) error {
	r, d, err := s.Relation(c.What)
	if err == nil {
		if d.Tokens, err = s.Tokens(d.ID); err != nil {
			return err
		}
		return c.relation(w, r, d)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	d, err = s.Article(c.What)
	if err == nil {
		if d.Tokens, err = s.Tokens(d.ID); err != nil {
			return err
		}
		return c.article(w, d)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	ids, err := s.Named(c.What)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return fmt.Errorf("%q is no file, and in %s no relation, article or entity", c.What, c.DB)
	}
	for _, id := range ids {
		if err := entity(w, s, id); err != nil {
			return err
		}
	}
	return nil
}

// file reads articles from a file, takes them through the stages and explains
// them. Nothing is stored.
func (c *explainCmd) file(x *console, w io.Writer) error {
	language, err := extract.New(extract.Options{Engine: c.Engine, Frames: c.Frames})
	if err != nil {
		return err
	}
	reader := &pipeline.Reader{Sources: []string{c.What}}
	stages := append([]pipeline.Stage{pipeline.Clean()}, language...)
	return pipeline.Run(x.Context, pipeline.Config{}, reader.Documents(context.Background()), stages, func(d *pipeline.Document) error {
		return c.article(w, d)
	})
}

// article shows every layer of d: what it is, its blocks, its entities, and its
// sentences with what was found in each.
func (c *explainCmd) article(w io.Writer, d *pipeline.Document) error {
	fmt.Fprintf(w, "article %s\n  from %s\n", d.ID, d.Where())
	for _, f := range [][2]string{{"title", d.Title}, {"url", d.URL}, {"site", d.Site}, {"author", d.Author}, {"language", d.Language}} {
		if f[1] != "" {
			fmt.Fprintf(w, "  %s: %s\n", f[0], f[1])
		}
	}
	if !d.Published.IsZero() {
		fmt.Fprintf(w, "  published %s\n", d.Published.Format("2006-01-02"))
	}
	if d.DuplicateOf != "" {
		fmt.Fprintf(w, "  a copy of %s, similarity %.2f\n", d.DuplicateOf, d.Similarity)
	}
	if d.Skip.Reason != pipeline.NotSkipped {
		fmt.Fprintf(w, "  not extracted from: %s\n", d.Skip.Detail)
	}
	fmt.Fprintln(w, "\nblocks")
	for _, b := range d.Blocks {
		fmt.Fprintf(w, "  %-11s %s\n", b.Kind, clip(d.In(b.Span), 100))
	}
	fmt.Fprintln(w, "\nentities")
	for i := range d.Entities {
		e := &d.Entities[i]
		fmt.Fprintf(w, "  %s %s%s\n", e.Type, e.Name, inBrackets(e.Country, e.Sector))
		fmt.Fprintf(w, "    %s\n", e.ID)
		if len(e.Mentions) > 1 {
			var said []string
			for _, m := range e.Mentions {
				said = append(said, oneSpace(d.In(d.Mentions[m].Span)))
			}
			fmt.Fprintf(w, "    said as: %s\n", strings.Join(said, " | "))
		}
		for _, m := range e.Members {
			fmt.Fprintf(w, "    stands for: %s\n", d.Entities[m].Name)
		}
		for _, why := range e.Why {
			fmt.Fprintf(w, "    %s\n", why)
		}
	}
	relations := store.Records(d)
	for i, s := range d.Sentences {
		fmt.Fprintf(w, "\n%s\n", oneSpace(d.In(s.Span)))
		if c.Tokens {
			if err := tokens(w, d, s); err != nil {
				return err
			}
		}
		mentions(w, d, i)
		for j := range d.Relations {
			if d.Relations[j].Sentence == i {
				roles(w, &relations[j], d, &d.Relations[j])
			}
		}
		for _, a := range c.relater.Explain(d, i) {
			if !a.Fired {
				fmt.Fprintf(w, "  not %s at %q: %s\n", a.Rule, oneSpace(d.In(a.Trigger)), a.Why)
			}
		}
	}
	fmt.Fprintln(w)
	return nil
}

// mentions shows the names, values and titles of a sentence.
func mentions(w io.Writer, d *pipeline.Document, sentence int) {
	var said []string
	for _, m := range d.Mentions {
		if m.Sentence != sentence || m.Type == pipeline.Nominal {
			continue
		}
		meaning := ""
		if m.When.Value != "" {
			meaning = " = " + m.When.Value
		}
		said = append(said, fmt.Sprintf("%s %s%s", m.Type, oneSpace(d.In(m.Span)), meaning))
	}
	if len(said) > 0 {
		fmt.Fprintf(w, "  %s\n", strings.Join(said, " | "))
	}
}

// relation shows one relation with its sentence, word for word.
func (c *explainCmd) relation(w io.Writer, r *store.RelationRecord, d *pipeline.Document) error {
	fmt.Fprintf(w, "relation %s\n  in article %s, %s\n\n%s\n", r.ID, d.ID, d.Where(), oneSpace(r.Sentence.Text))
	for i := range d.Relations {
		if d.Relations[i].ID != r.ID {
			continue
		}
		roles(w, r, d, &d.Relations[i])
		s := d.Relations[i].Sentence
		if s < 0 || s >= len(d.Sentences) {
			continue
		}
		for _, a := range c.relater.Explain(d, s) {
			if a.Trigger == d.Relations[i].Trigger {
				account(w, d, &a)
			}
		}
		fmt.Fprintln(w, "\n  the grammar of the sentence")
		return tokens(w, d, d.Sentences[s])
	}
	return nil
}

// account shows what one frame saw at a trigger, and what spoke for and against
// it.
func account(w io.Writer, d *pipeline.Document, a *relate.Account) {
	fmt.Fprintf(w, "\n  %s: %s\n", a.Rule, a.Why)
	for _, slot := range a.Slots {
		fmt.Fprintf(w, "    %s\n", slot)
	}
	for _, f := range a.Fillers {
		how := ""
		if f.How != "" {
			how = ", " + f.How
		}
		fmt.Fprintf(w, "    %q: %s at %.2f%s\n", oneSpace(d.In(d.Mentions[f.Mention].Span)), f.Role, f.Chance, how)
	}
	for _, x := range a.Weights {
		fmt.Fprintf(w, "    %+.2f  %s\n", x.Weight, x.Feature)
	}
}

// roles shows what a relation says and how each part of it was found.
func roles(w io.Writer, r *store.RelationRecord, d *pipeline.Document, of *pipeline.Relation) {
	fmt.Fprintf(w, "  %s  %s\n", r.Type, r.Text)
	fmt.Fprintf(w, "    %s\n", r.ID)
	fmt.Fprintf(w, "    rule %s, confidence %.2f, trigger %q (%s)\n", r.Rule, r.Confidence, oneSpace(r.Trigger.Text), r.Trigger.Lemma)
	about := []string{"status " + r.Status}
	if len(r.Mode) > 0 {
		about = append(about, "mode "+strings.Join(r.Mode, " "))
	}
	if len(r.Context) > 0 {
		about = append(about, "context "+strings.Join(r.Context, " "))
	}
	fmt.Fprintf(w, "    %s\n", strings.Join(about, ", "))
	for _, a := range of.Args {
		meaning := ""
		if a.Mention >= 0 {
			m := &d.Mentions[a.Mention]
			switch {
			case m.When.Value != "":
				meaning = " = " + m.When.Value
			case m.Entity >= 0:
				meaning = " = " + d.Entities[m.Entity].Name
				if len(d.Entities[m.Entity].Members) > 0 {
					meaning = " = " + strings.Join(memberNames(d, m.Entity), ", ")
				}
			}
		}
		path := ""
		if a.Path != "" {
			path = "  by " + a.Path
		}
		fmt.Fprintf(w, "    %-9s %q%s%s\n", a.Role, oneSpace(d.In(a.Span)), meaning, path)
	}
}

func memberNames(d *pipeline.Document, e int) []string {
	var names []string
	for _, m := range d.Entities[e].Members {
		names = append(names, d.Entities[m].Name)
	}
	return names
}

// tokens shows the grammar of a sentence.
func tokens(w io.Writer, d *pipeline.Document, s pipeline.Sentence) error {
	if s.To > len(d.Tokens) {
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i := s.From; i < s.To; i++ {
		k := &d.Tokens[i]
		head := "-"
		if k.Head >= 0 && k.Head < len(d.Tokens) {
			head = d.In(d.Tokens[k.Head].Span)
		}
		fmt.Fprintf(t, "    %s\t%s\t%s\t%s\t%s\t%s\n", d.In(k.Span), k.Lemma, k.Tag, k.POS, k.Rel, head)
	}
	return t.Flush()
}

// entity shows who an entity is, and why its mentions are one.
func entity(w io.Writer, s *store.Store, id string) error {
	e, err := s.Entity(id)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s %s%s\n  %s\n", e.Type, e.Name, inBrackets(e.Country, e.Sector), e.ID)
	if len(e.Aliases) > 0 {
		fmt.Fprintf(w, "  also: %s\n", oneSpace(strings.Join(e.Aliases, " | ")))
	}
	if p := e.Place; p != nil {
		fmt.Fprintf(w, "  lies at %.4f, %.4f (GeoNames %d)\n", p.Latitude, p.Longitude, p.GeoNames)
	}
	for _, o := range e.Offices {
		fmt.Fprintf(w, "  %s\n", officeLine(o))
	}
	err = s.Sightings(id, func(document string, seen *store.Sighting) error {
		d, err := s.Article(document)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  in %s, %s\n", d.Where(), count(len(seen.Mentions), "mention"))
		for _, m := range seen.Mentions {
			fmt.Fprintf(w, "    %-7s %d–%d %s\n", m.Type, m.Start, m.End, oneSpace(m.Text))
		}
		for _, why := range seen.Why {
			fmt.Fprintf(w, "    %s\n", why)
		}
		return nil
	})
	if err == nil {
		err = probably(w, s, e)
	}
	fmt.Fprintln(w)
	return err
}

// officeLine tells an office and when it was seen held.
func officeLine(o store.Office) string {
	line := o.Title
	if o.Former {
		line = "formerly " + line
	}
	if o.Of != "" {
		line += " of " + o.Of
	}
	switch {
	case o.First == "":
	case o.First == o.Last:
		line += ", seen " + o.First
	default:
		line += ", seen " + o.First + " to " + o.Last
	}
	return line
}

// probably lists the persons of other articles who may be e under another
// spelling of the name, with what speaks for it. They keep their own ids.
func probably(w io.Writer, s *store.Store, e *store.EntityRecord) error {
	if e.Type != string(pipeline.Person) {
		return nil
	}
	key := resolve.PersonKey(e.Name)
	this := &pipeline.Entity{Type: pipeline.Person, Name: e.Name, Country: e.Country}
	return s.Entities(func(o *store.EntityRecord) error {
		if key == "" || o.ID == e.ID || o.Type != e.Type || resolve.PersonKey(o.Name) != key {
			return nil
		}
		if why, ok := resolve.SamePerson(this, &pipeline.Entity{Type: pipeline.Person, Name: o.Name, Country: o.Country}); ok {
			fmt.Fprintf(w, "  probably also %s %s: %s\n", o.Name, o.ID, strings.Join(why, "; "))
		}
		return nil
	})
}

// inBrackets shows the codes of an entity.
func inBrackets(codes ...string) string {
	var have []string
	for _, c := range codes {
		if c != "" {
			have = append(have, c)
		}
	}
	if len(have) == 0 {
		return ""
	}
	return " (" + strings.Join(have, " ") + ")"
}

// oneSpace puts text on one line.
func oneSpace(text string) string { return strings.Join(strings.Fields(text), " ") }

// clip is the start of text, on one line.
func clip(text string, most int) string {
	r := []rune(oneSpace(text))
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(r)
}
