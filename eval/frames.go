package eval

import (
	"cmp"
	"fmt"
	"slices"

	"parley/eval/label"
	"parley/pipeline"
)

// A frame is one labelled or predicted event or office, ready to be compared:
// groups are replaced by their members, and every filler that is somebody by
// all mentions of that entity.
type frame struct {
	event   label.Event
	trigger pipeline.Span // code points, as all spans here
	args    []argument
	status  string
	mode    []string
	context []string
}

// An argument is one role with its filler.
type argument struct {
	role   string
	entity *entity // nil for a Topic or a Date, which are judged by their span
	span   pipeline.Span
}

// An entity is the set of spans of all its mentions in one article.
type entity struct {
	key   string // the same for the same spans
	spans map[pipeline.Span]bool
}

// A reading is one Set with its identities worked out.
type reading struct {
	set      *label.Set
	index    map[string]int // id of a TextBound to its index in set.Spans
	cluster  map[int][]int  // representative to the members of its Equiv
	parent   []int          // representative of each TextBound, once compressed
	group    map[int][]int  // TextBound to the members it stands for
	entities map[int]*entity
}

func read(set *label.Set) *reading {
	r := &reading{set: set, index: map[string]int{}, cluster: map[int][]int{}, group: map[int][]int{}, entities: map[int]*entity{}}
	for i, t := range set.Spans {
		r.index[t.ID] = i
		r.parent = append(r.parent, i)
	}
	for _, ids := range set.Equivs {
		for _, id := range ids[1:] {
			r.parent[r.find(r.index[id])] = r.find(r.index[ids[0]])
		}
	}
	for i := range set.Spans {
		r.cluster[r.find(i)] = append(r.cluster[r.find(i)], i)
	}
	for _, g := range set.Groups {
		whole := r.index[g.Whole]
		r.group[whole] = append(r.group[whole], r.index[g.Member])
	}
	return r
}

func (r *reading) find(i int) int {
	for r.parent[i] != i {
		r.parent[i] = r.parent[r.parent[i]]
		i = r.parent[i]
	}
	return i
}

// entity gives the spans of all mentions of the entity that the TextBound i
// belongs to.
func (r *reading) entity(i int) *entity {
	root := r.find(i)
	if e, ok := r.entities[root]; ok {
		return e
	}
	e := &entity{spans: map[pipeline.Span]bool{}}
	for _, m := range r.cluster[root] {
		e.spans[r.set.Spans[m].Span] = true
	}
	e.key = fmt.Sprint(sortedSpans(e.spans))
	r.entities[root] = e
	return e
}

// resolve gives the TextBound i itself, or in its place the members of the
// group that its entity stands for. seen are the TextBounds on the way, so that
// a group among its own members ends.
func (r *reading) resolve(role string, i int, seen []int) []argument {
	var members []int
	for _, m := range r.cluster[r.find(i)] {
		members = append(members, r.group[m]...)
	}
	if len(members) == 0 || slices.Contains(seen, i) {
		return []argument{{role, r.entity(i), r.set.Spans[i].Span}}
	}
	var out []argument
	for _, m := range members {
		out = append(out, r.resolve(role, m, append(slices.Clone(seen), i))...)
	}
	return out
}

// mentions are the spans of the types that want accepts, with their types.
func (r *reading) mentions(want func(pipeline.MentionType) bool) map[label.TextBound]bool {
	out := map[label.TextBound]bool{}
	for _, t := range r.set.Spans {
		if want(pipeline.MentionType(t.Type)) {
			out[label.TextBound{Type: t.Type, Span: t.Span}] = true
		}
	}
	return out
}

// pairs are all pairs of names that are said to be one entity.
func (r *reading) pairs() map[[2]pipeline.Span]bool {
	out := map[[2]pipeline.Span]bool{}
	for _, members := range r.cluster {
		names := map[pipeline.Span]bool{}
		for _, m := range members {
			if t := r.set.Spans[m]; pipeline.MentionType(t.Type).Named() {
				names[t.Span] = true
			}
		}
		list := sortedSpans(names)
		for i, a := range list {
			for _, b := range list[i+1:] {
				out[[2]pipeline.Span{a, b}] = true
			}
		}
	}
	return out
}

// frames are the events whose type want accepts, in the order of the labels. In
// reciprocal events Actor and Recipient are one role, Party.
func (r *reading) frames(want func(typ string) bool) []frame {
	attributes := map[string][]label.Attribute{}
	for _, a := range r.set.Attributes {
		attributes[a.Target] = append(attributes[a.Target], a)
	}
	var out []frame
	for _, e := range r.set.Events {
		if !want(e.Type) {
			continue
		}
		f := frame{event: e, trigger: r.set.Spans[r.index[e.Trigger]].Span}
		for _, filler := range e.Roles {
			i, role := r.index[filler.Target], filler.Role
			if reciprocal[e.Type] && (role == "Actor" || role == "Recipient") {
				role = party
			}
			if entityRole[role] {
				for _, a := range r.resolve(role, i, nil) {
					f.add(a)
				}
			} else {
				f.add(argument{role, nil, r.set.Spans[i].Span})
			}
		}
		for _, a := range attributes[e.ID] {
			switch a.Name {
			case "Status":
				if f.status == "" || a.Value < f.status {
					f.status = a.Value
				}
			case "Mode":
				f.mode = addOnce(f.mode, a.Value)
			case "Context":
				f.context = addOnce(f.context, a.Value)
			}
		}
		if f.status == "" {
			f.status = string(pipeline.Happened)
		}
		out = append(out, f)
	}
	return out
}

// add appends a, or puts it in the place of an argument with the same role and
// filler.
func (f *frame) add(a argument) {
	same := func(b argument) bool {
		if a.role != b.role || (a.entity == nil) != (b.entity == nil) {
			return false
		}
		if a.entity != nil {
			return a.entity.key == b.entity.key
		}
		return a.span == b.span
	}
	if i := slices.IndexFunc(f.args, same); i >= 0 {
		f.args[i] = a
		return
	}
	f.args = append(f.args, a)
}

// core counts the arguments that say who did it to whom.
func core(args []argument) int {
	n := 0
	for _, a := range args {
		switch a.role {
		case "Actor", "Recipient", party, "Person", "Of":
			n++
		}
	}
	return n
}

func addOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func sortedSpans(set map[pipeline.Span]bool) []pipeline.Span {
	list := make([]pipeline.Span, 0, len(set))
	for s := range set {
		list = append(list, s)
	}
	slices.SortFunc(list, compareSpans)
	return list
}

func compareSpans(a, b pipeline.Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}
