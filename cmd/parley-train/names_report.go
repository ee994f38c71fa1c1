package main

import (
	"fmt"
	"strings"

	"parley/extract/names"
	"parley/pipeline"
)

// nameReport counts spans found, by type.
type nameReport struct {
	hit, found, gold [len(names.Types)]int
	errors           []string
}

func (r *nameReport) add(m *names.Model, test []example) {
	stage := names.NewWith(m).Stage()
	for _, e := range test {
		d := e.doc
		d.Mentions = nil
		_ = stage.Run(d)
		got := map[pipeline.Mention]bool{}
		for _, x := range d.Mentions {
			got[pipeline.Mention{Span: x.Span, Type: x.Type}] = true
		}
		want := map[pipeline.Mention]bool{}
		for _, x := range goldMentions(e) {
			want[x] = true
			r.gold[typeNumber[x.Type]]++
			if got[x] {
				r.hit[typeNumber[x.Type]]++
			} else {
				r.errors = append(r.errors, fmt.Sprintf("missed %s %q in: %s", x.Type, d.In(x.Span), around(d, x.Span)))
			}
		}
		for _, x := range d.Mentions {
			r.found[typeNumber[x.Type]]++
			if k := (pipeline.Mention{Span: x.Span, Type: x.Type}); !want[k] {
				r.errors = append(r.errors, fmt.Sprintf("wrong %s %q in: %s", x.Type, d.In(x.Span), around(d, x.Span)))
			}
		}
		d.Mentions = nil
	}
}

// around is the line that a span stands in.
func around(d *pipeline.Document, s pipeline.Span) string {
	from := strings.LastIndexByte(d.Text[:s.Start], '\n') + 1
	to := strings.IndexByte(d.Text[s.End:], '\n')
	if to < 0 {
		return d.Text[from:]
	}
	return d.Text[from : s.End+to]
}

func goldMentions(e example) (out []pipeline.Mention) {
	for i := 0; i < len(e.allowed); i++ {
		for t, kind := range names.Types {
			from := i
			switch e.allowed[i] {
			case 1 << names.LabelOf(t, names.Only):
			case 1 << names.LabelOf(t, names.Begin):
				for e.allowed[i] != 1<<names.LabelOf(t, names.Last) {
					i++
				}
			default:
				continue
			}
			out = append(out, pipeline.Mention{Span: pipeline.Span{Start: e.doc.Tokens[from].Start, End: e.doc.Tokens[i].End}, Type: kind})
			break
		}
	}
	return out
}

func f1(hit, found, gold int) float64 {
	if found+gold == 0 {
		return 0
	}
	return 2 * float64(hit) / float64(found+gold)
}

func (r *nameReport) sum(types func(pipeline.MentionType) bool) (hit, found, gold int) {
	for i, t := range names.Types {
		if types(t) {
			hit, found, gold = hit+r.hit[i], found+r.found[i], gold+r.gold[i]
		}
	}
	return
}

func (r *nameReport) line() string {
	return fmt.Sprintf("names %.4f, values %.4f", f1(r.sum(pipeline.MentionType.Named)), f1(r.sum(pipeline.MentionType.Value)))
}

func (r *nameReport) String() string {
	var b strings.Builder
	fmt.Fprintln(&b, r.line())
	for i, t := range names.Types {
		fmt.Fprintf(&b, "%-12s F1 %.4f  hit %d found %d gold %d\n", t, f1(r.hit[i], r.found[i], r.gold[i]), r.hit[i], r.found[i], r.gold[i])
	}
	for _, e := range r.errors {
		fmt.Fprintln(&b, e)
	}
	return b.String()
}
