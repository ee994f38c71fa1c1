package resolve

import (
	"parley/extract/lists"
	"parley/extract/nominal"
	"parley/pipeline"
)

// Offices are the relations of type HOLDS of a resolved document: who holds
// which office, of which country or organisation where the text names it. The
// trigger is the title; "former" makes it Historical. The stage that adds
// relations calls it.
func (r *Resolver) Offices(d *pipeline.Document) []pipeline.Relation {
	var out []pipeline.Relation
	type held struct {
		title  pipeline.Span
		holder int
	}
	seen := map[held]bool{}
	for _, o := range r.finder.Offices(d) {
		title := pipeline.Span{Start: d.Tokens[o.From].Start, End: d.Tokens[o.To-1].End}
		if seen[held{title, o.Holder}] {
			continue
		}
		seen[held{title, o.Holder}] = true
		holder := &d.Mentions[o.Holder]
		rel := pipeline.Relation{
			Type: "HOLDS", Status: pipeline.Happened, Sentence: holder.Sentence, Trigger: title,
			Lemma: lists.Fold(d.In(title)), Rule: o.Rule, Confidence: 0.9,
			Args: []pipeline.Argument{{Role: pipeline.Holder, Mention: o.Holder, Span: holder.Span, Path: o.Rule}},
		}
		if o.Former {
			rel.Status = pipeline.Historical
		} else if o.Coming {
			rel.Status = pipeline.Future
		}
		if of := r.ownerOf(d, o); of >= 0 {
			rel.Args = append(rel.Args, pipeline.Argument{Role: pipeline.Of, Mention: of, Span: d.Mentions[of].Span, Path: "owner"})
		}
		rel.Text = officeText(d, o, rel.Args)
		out = append(out, rel)
	}
	return out
}

// ownerOf is the mention of whose office o is: as the text names it, or a name of
// what a possessive pronoun stands for ("its foreign minister").
func (r *Resolver) ownerOf(d *pipeline.Document, o nominal.Office) int {
	if o.Of >= 0 || o.Owner < 0 {
		return o.Of
	}
	at := d.Tokens[o.Owner].Span
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Type != pipeline.Nominal || m.Span != at || m.Entity < 0 {
			continue
		}
		ent := &d.Entities[m.Entity]
		if ent.Type != pipeline.GPE && ent.Type != pipeline.Org {
			return -1
		}
		// The nearest name before the pronoun.
		best := -1
		for _, j := range ent.Mentions {
			if d.Mentions[j].Type.Named() && d.Mentions[j].Start < at.Start {
				best = j
			}
		}
		return best
	}
	return -1
}

// officeText says the relation in one plain sentence.
func officeText(d *pipeline.Document, o nominal.Office, args []pipeline.Argument) string {
	verb := " is "
	if o.Former {
		verb = " was "
	} else if o.Coming {
		verb = " is to be "
	}
	name := func(a pipeline.Argument) string {
		if e := d.Mentions[a.Mention].Entity; e >= 0 {
			return d.Entities[e].Name
		}
		return d.In(a.Span)
	}
	title := d.Text[d.Tokens[o.From].Start:d.Tokens[o.To-1].End]
	switch {
	case len(args) < 2:
		return name(args[0]) + verb + title
	case o.To > o.Head+1: // the title has a complement of its own
		return name(args[0]) + verb + name(args[1]) + "'s " + title
	}
	return name(args[0]) + verb + title + " of " + name(args[1])
}
