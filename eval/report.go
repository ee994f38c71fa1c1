package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"parley/eval/label"
)

// An Article is one labelled article with what was predicted for it.
type Article struct {
	Gold, Predicted *label.Set
	Scores          Scores
	Decisions       []Decision
}

// A Report compares predictions with labels, article by article.
type Report struct {
	Articles []Article
	Scores   Scores // of all articles
}

// Compare scores predicted against gold, one for one in order.
func Compare(gold, predicted []*label.Set) *Report {
	r := &Report{}
	var all []Scores
	for i, g := range gold {
		s, decisions := ScoreArticle(g, predicted[i])
		r.Articles = append(r.Articles, Article{g, predicted[i], s, decisions})
		all = append(all, s)
	}
	r.Scores = Sum(all)
	return r
}

// Decisions are those of all articles, in order.
func (r *Report) Decisions() []Decision {
	var all []Decision
	for _, a := range r.Articles {
		all = append(all, a.Decisions...)
	}
	return all
}

// An Interval is where a figure lies in 95 % of the resamplings of articles.
type Interval struct{ Low, High float64 }

// Intervals resamples the articles with replacement n times and gives the 95 %
// interval of every F1 (Efron's percentile bootstrap). The same report gives
// the same intervals.
func (r *Report) Intervals(n int) map[string]Interval {
	figures := r.Scores.Figures()
	counts := make([][]Count, len(r.Articles)) // by article, then by figure
	for i, a := range r.Articles {
		for _, f := range figures {
			counts[i] = append(counts[i], a.Scores[f])
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	spread := make([][]float64, len(figures))
	sum := make([]Count, len(figures))
	for range n {
		clear(sum)
		for range counts {
			for f, c := range counts[rng.IntN(len(counts))] {
				sum[f] = Count{sum[f].Right + c.Right, sum[f].Predicted + c.Predicted, sum[f].Gold + c.Gold}
			}
		}
		for f, c := range sum {
			spread[f] = append(spread[f], c.F1())
		}
	}
	out := map[string]Interval{}
	for f, values := range spread {
		if len(values) > 0 {
			slices.Sort(values)
			out[figures[f]] = Interval{values[len(values)*25/1000], values[max(len(values)*975/1000-1, 0)]}
		}
	}
	return out
}

// Headline reports whether a figure stands for itself and is not a part of
// another, as "names/GPE" is of "names".
func Headline(figure string) bool { return !strings.Contains(figure, "/") }

// WriteText writes the figures as a table, with the intervals where given, and
// the parts of figures where wanted.
func (r *Report) WriteText(w io.Writer, intervals map[string]Interval, parts bool) {
	fmt.Fprintf(w, "%d articles\n%-28s%7s%8s%7s%7s%7s%7s\n", len(r.Articles), "", "prec", "recall", "F1", "tp", "pred", "gold")
	for _, f := range r.Scores.Figures() {
		c := r.Scores[f]
		if !Headline(f) && (!parts || c.Predicted+c.Gold == 0) {
			continue
		}
		fmt.Fprintf(w, "%-28s%7.3f%8.3f%7.3f%7d%7d%7d", f, c.Precision(), c.Recall(), c.F1(), c.Right, c.Predicted, c.Gold)
		if i, ok := intervals[f]; ok {
			fmt.Fprintf(w, "  [%.3f %.3f]", i.Low, i.High)
		}
		fmt.Fprintln(w)
	}
}

// WriteJSON writes the figures as one object, by their names.
func (r *Report) WriteJSON(w io.Writer, intervals map[string]Interval, parts bool) error {
	type row struct {
		Precision float64     `json:"precision"`
		Recall    float64     `json:"recall"`
		F1        float64     `json:"f1"`
		Interval  *[2]float64 `json:"interval,omitempty"`
		Count
	}
	rows := map[string]row{}
	for f, c := range r.Scores {
		if !Headline(f) && !parts {
			continue
		}
		x := row{Precision: round(c.Precision()), Recall: round(c.Recall()), F1: round(c.F1()), Count: c}
		if i, ok := intervals[f]; ok {
			x.Interval = &[2]float64{round(i.Low), round(i.High)}
		}
		rows[f] = x
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(rows)
}

// round keeps four decimals.
func round(x float64) float64 { return float64(int(x*10000+0.5)) / 10000 }

// RuleScores counts, for every rule, model or list that predicted something,
// how much of it was right: as precision only, since no label says which rule
// should have found it.
func (r *Report) RuleScores() Scores {
	s := Scores{}
	for _, d := range r.Decisions() {
		if d.Rule == "" || d.Verdict == Missed {
			continue
		}
		right := 0
		if d.Verdict != Wrong {
			right = 1
		}
		s.add(d.Figure+" by "+d.Rule, right, 1, 0)
	}
	return s
}

// WriteRules writes the precision of every rule, the busiest first.
func (r *Report) WriteRules(w io.Writer) {
	s := r.RuleScores()
	rules := s.Figures()
	slices.SortStableFunc(rules, func(a, b string) int { return s[b].Predicted - s[a].Predicted })
	fmt.Fprintf(w, "%-44s%7s%7s%7s\n", "rule", "prec", "right", "pred")
	for _, f := range rules {
		fmt.Fprintf(w, "%-44s%7.3f%7d%7d\n", f, s[f].Precision(), s[f].Right, s[f].Predicted)
	}
}

// A Bin is the events whose confidence lies in a tenth of the scale.
type Bin struct {
	From, To   float64
	Events     int
	Confidence float64 // their mean
	TypeRight  float64 // share whose type and trigger are labelled
	WhoWhom    float64 // share whose actors and recipients are right too
}

// Calibration says how often events of a confidence are right, tenth by tenth.
// Where confidence means what it says, the last two columns follow the first.
func (r *Report) Calibration() []Bin {
	var bins [10]Bin
	for _, d := range r.Decisions() {
		if d.Figure != "event" || d.Verdict == Missed {
			continue
		}
		b := &bins[min(int(d.Sure*10), 9)]
		b.Events++
		b.Confidence += d.Sure
		if d.Verdict != Wrong {
			b.TypeRight++
		}
		if d.WhoWhom {
			b.WhoWhom++
		}
	}
	var out []Bin
	for i, b := range bins {
		if n := float64(b.Events); n > 0 {
			out = append(out, Bin{float64(i) / 10, float64(i+1) / 10, b.Events, b.Confidence / n, b.TypeRight / n, b.WhoWhom / n})
		}
	}
	return out
}

// WriteCalibration writes the calibration table.
func (r *Report) WriteCalibration(w io.Writer) {
	fmt.Fprintf(w, "%-14s%8s%8s%12s%12s\n", "confidence", "events", "mean", "type right", "who-whom")
	for _, b := range r.Calibration() {
		fmt.Fprintf(w, "%.1f to %.1f    %8d%8.2f%12.2f%12.2f\n", b.From, b.To, b.Events, b.Confidence, b.TypeRight, b.WhoWhom)
	}
}
