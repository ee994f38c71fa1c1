package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"parley/pipeline"
)

// A Difference is one relation, or one whole article, that two stores do not
// agree on.
type Difference struct {
	Kind     string          `json:"kind"`     // "appeared", "vanished", "changed"; for articles "article appeared", "article vanished"
	Document string          `json:"document"` // identifier
	Where    string          `json:"where"`    // its file and record
	Before   *RelationRecord `json:"before"`   // nil for what appeared
	After    *RelationRecord `json:"after"`    // nil for what vanished
	Fields   []string        `json:"fields"`   // for what changed: which fields, in the order of the record
}

// Diff calls f for every relation that appeared, vanished or changed from before
// to after, by article and then as they stand in it. Two relations are the same
// if they are of one type and one trigger. Confidence that differs by less than
// a hundredth is no change.
func Diff(before, after *Store, f func(*Difference) error) (err error) {
	nextOld, stopOld := iter.Pull(before.all(&err))
	defer stopOld()
	nextNew, stopNew := iter.Pull(after.all(&err))
	defer stopNew()
	a, moreOld := nextOld()
	b, moreNew := nextNew()
	for (moreOld || moreNew) && err == nil {
		var failed error
		switch {
		case !moreNew || moreOld && a.ID < b.ID:
			failed = f(&Difference{Kind: "article vanished", Document: a.ID, Where: a.Where()})
			a, moreOld = nextOld()
		case !moreOld || b.ID < a.ID:
			failed = f(&Difference{Kind: "article appeared", Document: b.ID, Where: b.Where()})
			b, moreNew = nextNew()
		default:
			failed = diffArticle(a, b, f)
			a, moreOld = nextOld()
			b, moreNew = nextNew()
		}
		if failed != nil {
			return failed
		}
	}
	return err
}

// all yields the articles of a store, and leaves an error where it ended early.
func (s *Store) all(fault *error) iter.Seq[*pipeline.Document] {
	return func(yield func(*pipeline.Document) bool) {
		err := s.Articles(func(d *pipeline.Document) error {
			if !yield(d) {
				return errEnough
			}
			return nil
		})
		if err != nil && err != errEnough {
			*fault = err
		}
	}
}

// diffArticle compares the relations of one article.
func diffArticle(a, b *pipeline.Document, f func(*Difference) error) error {
	before, after := newView(a).relations(), newView(b).relations()
	same := func(x, y *RelationRecord) int {
		return cmp.Or(cmp.Compare(x.Trigger.Start, y.Trigger.Start), cmp.Compare(x.Trigger.End, y.Trigger.End), cmp.Compare(x.Type, y.Type))
	}
	order := func(r []RelationRecord) {
		slices.SortStableFunc(r, func(x, y RelationRecord) int { return same(&x, &y) })
	}
	order(before)
	order(after)
	for len(before) > 0 || len(after) > 0 {
		d := Difference{Document: a.ID, Where: a.Where()}
		which := 0
		switch {
		case len(after) == 0:
			which = -1
		case len(before) == 0:
			which = 1
		default:
			which = same(&before[0], &after[0])
		}
		if which <= 0 {
			d.Before, before = &before[0], before[1:]
		}
		if which >= 0 {
			d.After, after = &after[0], after[1:]
		}
		switch {
		case which < 0:
			d.Kind = "vanished"
		case which > 0:
			d.Kind = "appeared"
		default:
			d.Kind = "changed"
			if d.Fields = changedFields(d.Before, d.After); len(d.Fields) == 0 {
				continue
			}
		}
		if err := f(&d); err != nil {
			return err
		}
	}
	return nil
}

// changedFields names the fields of the record that differ, but for the
// identifier, which follows from the others.
func changedFields(a, b *RelationRecord) []string {
	var names []string
	x, y := reflect.ValueOf(*a), reflect.ValueOf(*b)
	for i := range x.NumField() {
		name, _, _ := strings.Cut(x.Type().Field(i).Tag.Get("json"), ",")
		switch {
		case name == "id":
		case name == "confidence":
			if d := a.Confidence - b.Confidence; d >= 0.01 || d <= -0.01 {
				names = append(names, name)
			}
		case !reflect.DeepEqual(x.Field(i).Interface(), y.Field(i).Interface()):
			names = append(names, name)
		}
	}
	return names
}

// Field gives one field of a record as a short text.
func (r *RelationRecord) Field(name string) string {
	fillers := func(list ...Filler) string {
		var names []string
		for _, f := range list {
			names = append(names, f.Name)
		}
		return strings.Join(names, ", ")
	}
	one := func(f *Filler) string {
		if f == nil {
			return ""
		}
		return f.Name
	}
	named := func(n *Named) string {
		if n == nil {
			return ""
		}
		return n.Name
	}
	phrase := func(p *Phrase) string {
		if p == nil {
			return ""
		}
		return p.Text
	}
	switch name {
	case "actor":
		return fillers(r.Actor...)
	case "recipient":
		return fillers(r.Recipient...)
	case "person":
		return one(r.Person)
	case "of":
		return one(r.Of)
	case "title":
		return phrase(r.Title)
	case "topic":
		return phrase(r.Topic)
	case "place":
		return named(r.Place)
	case "source":
		return named(r.Source)
	case "sentence":
		return r.Sentence.Text
	case "date":
		if r.Date == nil {
			return ""
		}
		return fmt.Sprintf("%s (%s)", r.Date.Text, r.Date.Value)
	}
	var fields map[string]any
	b, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(b, &fields)
	}
	if err != nil {
		return ""
	}
	return fmt.Sprint(fields[name])
}
