package eval

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/eval/label"
	"parley/pipeline"
)

// A Verdict says what became of one labelled or predicted item.
type Verdict string

const (
	Right  Verdict = "right"
	Partly Verdict = "roles"  // an event with its type and trigger, but not all roles or not its status
	Missed Verdict = "missed" // labelled and not found
	Wrong  Verdict = "wrong"  // found and not labelled
)

// A Decision is one item and its Verdict, for people who want to know which.
type Decision struct {
	Article  string
	Figure   string // "names", "values", "coreference", "event" or "office"
	Verdict  Verdict
	Type     string
	Span     pipeline.Span // of the mention or the trigger, in code points
	Want     string        // as labelled; empty when Wrong
	Got      string        // as predicted; empty when Missed, or the same as Want
	WhoWhom  bool          // of an event: every actor and recipient is right, and no other
	Sure     float64       // the confidence of what was predicted, 0 to 1; 0 where there is none
	Rule     string        // the frame, model or list that predicted it, or empty
	Sentence string        // the line of text around it, shortened
}

// String is the decision on one line.
func (d Decision) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s %s ", d.Article, d.Verdict, d.Figure)
	switch {
	case d.Want != "" && d.Got != "":
		fmt.Fprintf(&b, "want %s | got %s", d.Want, d.Got)
	default:
		b.WriteString(d.Want + d.Got)
	}
	if d.Rule != "" {
		fmt.Fprintf(&b, " (%s)", d.Rule)
	}
	return b.String()
}

// key is the same for the same item in two runs: a labelled item by its label,
// any other by what was predicted.
func (d Decision) key() string {
	return fmt.Sprintf("%s\t%s\t%s\t%d\t%d", d.Article, d.Figure, d.Type, d.Span.Start, d.Span.End)
}

// A grade is how much of a matched event is right.
type grade int

const (
	typeOnly    grade = iota
	whoWhom           // every actor and recipient, or holder and body, and no other
	wholeRecord       // every role and the status too
)

// A decisionLog collects the decisions of one article.
type decisionLog struct {
	article   string
	text      []rune
	rules     map[label.TextBound]string // of predicted mentions, by type and span
	decisions []Decision
}

func newLog(gold, predicted *label.Set) *decisionLog {
	l := &decisionLog{article: gold.Name, text: []rune(gold.Text), rules: map[label.TextBound]string{}}
	for _, t := range predicted.Spans {
		l.rules[label.TextBound{Type: t.Type, Span: t.Span}] = t.Rule
	}
	return l
}

func (l *decisionLog) mentions(figure string, gold, predicted map[label.TextBound]bool) {
	var all []Decision
	note := func(t label.TextBound, v Verdict) {
		d := l.decision(figure, v, t.Type, t.Span)
		shown := fmt.Sprintf("%s %q", t.Type, l.quote(t.Span))
		if v == Wrong {
			d.Got = shown
		} else {
			d.Want = shown
		}
		if v != Missed {
			d.Rule = l.rules[t]
		}
		all = append(all, d)
	}
	for t := range gold {
		if predicted[t] {
			note(t, Right)
		} else {
			note(t, Missed)
		}
	}
	for t := range predicted {
		if !gold[t] {
			note(t, Wrong)
		}
	}
	l.append(all)
}

// frames notes what became of events or offices. grades says of the matched pairs
// what of them is right.
func (l *decisionLog) frames(figure string, gold, predicted []frame, both [][2]int, grades map[[2]int]grade) {
	var all []Decision
	goldSeen, predictedSeen := make([]bool, len(gold)), make([]bool, len(predicted))
	for _, pair := range both {
		g, p := gold[pair[0]], predicted[pair[1]]
		goldSeen[pair[0]], predictedSeen[pair[1]] = true, true
		d := l.decision(figure, Right, g.event.Type, g.trigger)
		d.Want, d.Rule, d.Sure = l.show(g), p.event.Rule, p.event.Confidence
		d.WhoWhom = grades[pair] >= whoWhom
		if grades[pair] < wholeRecord {
			d.Verdict, d.Got = Partly, l.show(p)
		}
		all = append(all, d)
	}
	for i, g := range gold {
		if !goldSeen[i] {
			d := l.decision(figure, Missed, g.event.Type, g.trigger)
			d.Want = l.show(g)
			all = append(all, d)
		}
	}
	for i, p := range predicted {
		if !predictedSeen[i] {
			d := l.decision(figure, Wrong, p.event.Type, p.trigger)
			d.Got, d.Rule, d.Sure = l.show(p), p.event.Rule, p.event.Confidence
			all = append(all, d)
		}
	}
	l.append(all)
}

// append adds decisions in text order.
func (l *decisionLog) append(all []Decision) {
	slices.SortStableFunc(all, func(a, b Decision) int {
		return cmp.Or(compareSpans(a.Span, b.Span), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Verdict, b.Verdict))
	})
	l.decisions = append(l.decisions, all...)
}

func (l *decisionLog) decision(figure string, v Verdict, typ string, at pipeline.Span) Decision {
	return Decision{Article: l.article, Figure: figure, Verdict: v, Type: typ, Span: at, Sentence: l.around(at)}
}

// show is a frame on one line: SANCTION "imposed" Actor="U.S." Status=Future.
func (l *decisionLog) show(f frame) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q", f.event.Type, l.quote(f.trigger))
	for _, a := range f.args {
		fmt.Fprintf(&b, " %s=%q", a.role, l.quote(a.span))
	}
	if f.status != string(pipeline.Happened) {
		fmt.Fprintf(&b, " Status=%s", f.status)
	}
	return b.String()
}

func (l *decisionLog) quote(s pipeline.Span) string { return string(l.text[s.Start:s.End]) }

// around is the line that holds s, cut to the words that are near it.
func (l *decisionLog) around(s pipeline.Span) string {
	const reach = 160 // code points on either side
	start, end := s.Start, s.End
	for start > 0 && l.text[start-1] != '\n' && (s.Start-start < reach || l.text[start-1] != ' ') {
		start--
	}
	for end < len(l.text) && l.text[end] != '\n' && (end-s.End < reach || l.text[end] != ' ') {
		end++
	}
	around := strings.TrimSpace(string(l.text[start:end]))
	if start > 0 && l.text[start-1] != '\n' {
		around = "… " + around
	}
	if end < len(l.text) && l.text[end] != '\n' {
		around += " …"
	}
	return around
}
