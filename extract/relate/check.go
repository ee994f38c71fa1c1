package relate

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// A Failure is one sentence of a frame that does not give what it should.
type Failure struct {
	File, Frame string
	Line        int
	Sentence    string
	Reason      string
}

func (f Failure) String() string {
	return fmt.Sprintf("%s:%d: %s: %s\n\t%s", f.File, f.Line, f.Frame, f.Reason, f.Sentence)
}

// Check runs the yes and no sentences of the frames. read puts one sentence
// through the stages below relations. It returns how many sentences were run
// and those that failed. A yes sentence must give an event of its type, by any
// frame, with the roles, mode and status that it names; of a role that it names
// no filler may be missing. A no sentence must give nothing by its own frame.
func (r *Relater) Check(frames []*frame.Frame, read func(string) (*pipeline.Document, error)) (ran int, failures []Failure, err error) {
	for _, fr := range frames {
		for _, x := range fr.Yes {
			d, err := read(x.Say)
			if err != nil {
				return ran, failures, err
			}
			ran++
			if reason := r.lacks(d, x); reason != "" {
				failures = append(failures, Failure{fr.File, fr.Name, x.Line, x.Say, reason})
			}
		}
		for _, say := range fr.No {
			d, err := read(say)
			if err != nil {
				return ran, failures, err
			}
			ran++
			for _, rel := range r.Relations(d) {
				if rel.Rule == fr.Name {
					failures = append(failures, Failure{fr.File, fr.Name, fr.Line, say, fmt.Sprintf("must not give %s, but %q does", fr.Type, d.In(rel.Trigger))})
				}
			}
		}
	}
	return ran, failures, nil
}

// lacks says what the best of the relations of d lacks of example x, or empty.
func (r *Relater) lacks(d *pipeline.Document, x frame.Example) string {
	var reasons []string
	for _, rel := range r.Relations(d) {
		if rel.Type != x.Type || x.Trigger != "" && !strings.Contains(d.In(rel.Trigger), x.Trigger) {
			continue
		}
		missing := differences(d, &rel, x)
		if len(missing) == 0 {
			return ""
		}
		reasons = append(reasons, strings.Join(missing, "; "))
	}
	if len(reasons) == 0 {
		return "gives no " + x.Type + r.seen(d)
	}
	sort.Slice(reasons, func(i, j int) bool { return len(reasons[i]) < len(reasons[j]) })
	return reasons[0]
}

// seen tells which triggers a sentence has, to help mend its frame.
func (r *Relater) seen(d *pipeline.Document) string {
	var out []string
	for s := range d.Sentences {
		for _, a := range r.Explain(d, s) {
			out = append(out, fmt.Sprintf("%s (%q: %s)", a.Rule, d.In(a.Trigger), a.Why))
		}
	}
	if len(out) == 0 {
		return "; no frame names a word of it"
	}
	return "; seen: " + strings.Join(out, ", ")
}

func differences(d *pipeline.Document, rel *pipeline.Relation, x frame.Example) []string {
	var out []string
	for _, role := range []frame.Role{pipeline.Actor, pipeline.Recipient, pipeline.Topic, pipeline.At, pipeline.On, pipeline.Source} {
		want, asked := x.Roles[role]
		if !asked {
			continue
		}
		for _, w := range want {
			if !slices.ContainsFunc(rel.Fillers(role), func(a pipeline.Argument) bool { return holdsText(d, a, w) }) {
				out = append(out, fmt.Sprintf("%s lacks %q, has %q", role, w, texts(d, rel.Fillers(role))))
			}
		}
	}
	if x.Mode != "" && !slices.Contains(rel.Mode, x.Mode) {
		out = append(out, fmt.Sprintf("mode is %q, not %s", rel.Mode, x.Mode))
	}
	if x.Status != "" && rel.Status != x.Status {
		out = append(out, fmt.Sprintf("status is %s, not %s", rel.Status, x.Status))
	}
	return out
}

// holdsText reports whether an argument is the wanted phrase, or holds it.
func holdsText(d *pipeline.Document, a pipeline.Argument, want string) bool {
	return strings.Contains(flat(d.In(a.Span)), want)
}

func texts(d *pipeline.Document, args []pipeline.Argument) []string {
	out := []string{}
	for _, a := range args {
		out = append(out, d.In(a.Span))
	}
	return out
}
