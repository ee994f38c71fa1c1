package eval

import (
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
)

// A Change is how one figure moved from a sheet to a report.
type Change struct {
	Figure   string
	Old, New Count
	Spread   Interval // of the difference of F1, from a paired bootstrap over articles
	Fell     bool     // gated, and lower by more than its margin
}

// Chance reports whether the difference may be one of the choice of articles:
// its 95 % interval holds zero.
func (c Change) Chance() bool { return c.Spread.Low <= 0 && c.Spread.High >= 0 }

// A Turn is one decision that is not what it was.
type Turn struct {
	Was, Is Decision // the zero Decision where the item was, or is, none
}

// Rule is what is to be thanked or blamed: what predicted the item now or, where
// nothing does, what did before.
func (t Turn) Rule() string { return cmp.Or(t.Is.Rule, t.Was.Rule) }

// merit orders the verdicts. An event that is found with a wrong role is worth
// more than one that is missed.
var merit = map[Verdict]int{Right: 2, Partly: 1}

// A Diff is what changed from a sheet to a report.
type Diff struct {
	Changes    []Change
	NewlyRight []Turn // of more merit than before, or wrongly found before and no longer
	NewlyWrong []Turn // of less merit than before, or wrongly found now and not before
}

// Failed reports whether a gated figure fell by more than its margin.
func (d *Diff) Failed() bool {
	return slices.ContainsFunc(d.Changes, func(c Change) bool { return c.Fell })
}

// Against compares r with the sheet old; the differences are resampled n times.
func (r *Report) Against(old *Sheet, n int) *Diff {
	d := &Diff{}
	for _, f := range Sum([]Scores{r.Scores, old.Figures}).Figures() {
		was, is := old.Figures[f], r.Scores[f]
		margin, gate := old.Margins[f]
		c := Change{Figure: f, Old: was, New: is, Fell: gate && is.F1() < was.F1()-margin-1e-9}
		if was == is {
			continue
		}
		if Headline(f) {
			c.Spread = r.paired(old, f, n)
		}
		d.Changes = append(d.Changes, c)
	}
	before := map[string][]Decision{} // a key may come twice: one event found by two rules
	for _, x := range old.Decisions {
		before[x.key()] = append(before[x.key()], x)
	}
	for _, x := range r.Decisions() {
		var t Turn
		t.Is = x
		if was := before[x.key()]; len(was) > 0 {
			t.Was, before[x.key()] = was[0], was[1:]
		}
		switch {
		case t.Was.Verdict == "":
			if x.Verdict == Wrong {
				d.NewlyWrong = append(d.NewlyWrong, t)
			}
		case merit[x.Verdict] > merit[t.Was.Verdict]:
			d.NewlyRight = append(d.NewlyRight, t)
		case merit[x.Verdict] < merit[t.Was.Verdict]:
			d.NewlyWrong = append(d.NewlyWrong, t)
		}
	}
	for _, x := range old.Decisions { // in order, those that no decision of r has taken
		if rest := before[x.key()]; len(rest) > 0 && x.Verdict == Wrong {
			d.NewlyRight = append(d.NewlyRight, Turn{Was: rest[0]})
			before[x.key()] = rest[1:]
		}
	}
	return d
}

// paired resamples the articles that both have and gives the 95 % interval of
// the difference of F1, new minus old.
func (r *Report) paired(old *Sheet, figure string, n int) Interval {
	type pair struct{ old, new Count }
	var pairs []pair
	for _, a := range r.Articles {
		if was, ok := old.Articles[a.Gold.Name]; ok {
			pairs = append(pairs, pair{was[figure], a.Scores[figure]})
		}
	}
	if len(pairs) == 0 || n == 0 {
		return Interval{}
	}
	rng := rand.New(rand.NewPCG(3, 4))
	differences := make([]float64, n)
	for i := range differences {
		was, is := Scores{}, Scores{}
		for range pairs {
			p := pairs[rng.IntN(len(pairs))]
			was.add("", p.old.Right, p.old.Predicted, p.old.Gold)
			is.add("", p.new.Right, p.new.Predicted, p.new.Gold)
		}
		differences[i] = is[""].F1() - was[""].F1()
	}
	slices.Sort(differences)
	return Interval{differences[n*25/1000], differences[max(n*975/1000-1, 0)]}
}

// Write writes the changed figures and then the decisions that changed.
func (d *Diff) Write(w io.Writer) {
	if len(d.Changes) == 0 && len(d.NewlyRight)+len(d.NewlyWrong) == 0 {
		fmt.Fprintln(w, "nothing changed")
		return
	}
	fmt.Fprintf(w, "%-28s%8s%8s%9s\n", "F1", "was", "is", "change")
	for _, c := range d.Changes {
		fmt.Fprintf(w, "%-28s%8.3f%8.3f%+9.3f", c.Figure, c.Old.F1(), c.New.F1(), c.New.F1()-c.Old.F1())
		if Headline(c.Figure) {
			fmt.Fprintf(w, "  [%+.3f %+.3f]", c.Spread.Low, c.Spread.High)
			if c.Chance() {
				fmt.Fprint(w, " may be chance")
			}
		}
		if c.Fell {
			fmt.Fprint(w, "  FELL")
		}
		fmt.Fprintln(w)
	}
	writeTurns(w, "newly right", d.NewlyRight)
	writeTurns(w, "newly wrong", d.NewlyWrong)
	var fell []string
	for _, c := range d.Changes {
		if c.Fell {
			fell = append(fell, c.Figure)
		}
	}
	if len(fell) > 0 {
		fmt.Fprintf(w, "\nworse than the sheet: %s\n", strings.Join(fell, ", "))
		for _, rule := range blame(d.NewlyWrong) {
			fmt.Fprintf(w, "  %s\n", rule)
		}
	}
}

func writeTurns(w io.Writer, title string, turns []Turn) {
	fmt.Fprintf(w, "\n%s: %d\n", title, len(turns))
	for _, t := range turns {
		switch {
		case t.Is.Article == "":
			fmt.Fprintf(w, "  no longer %s\n", t.Was)
		case t.Is.Rule == "" && t.Was.Rule != "":
			fmt.Fprintf(w, "  %s (was %s by %s)\n", t.Is, t.Was.Verdict, t.Was.Rule)
		default:
			fmt.Fprintf(w, "  %s\n", t.Is)
		}
		if t.Is.Sentence != "" {
			fmt.Fprintf(w, "      %s\n", t.Is.Sentence)
		}
	}
}

// blame counts the newly wrong decisions of every rule, the worst first.
func blame(wrong []Turn) []string {
	count := map[string]int{}
	for _, t := range wrong {
		if t.Rule() != "" {
			count[t.Rule()]++
		}
	}
	var rules []string
	for r := range count {
		rules = append(rules, r)
	}
	slices.SortFunc(rules, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	for i, r := range rules {
		rules[i] = fmt.Sprintf("%s: %d newly wrong", r, count[r])
	}
	return rules
}
