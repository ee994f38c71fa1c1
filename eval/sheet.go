package eval

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// A Sheet is the figures of one run, kept in a file beside the labels so that a
// later run can be held against them. The file has one figure a line and
// changes only where a figure does:
//
//	# names 0.871, event 0.640, event role 0.512, event who-whom 0.430: passive readings
//	figure               F1     prec   recall  right  found  labels  margin
//	names                0.871  0.880  0.862   310    352    360     0.005
//
// A figure with a margin is gated: it may fall by no more than that. Lines that
// begin with "#" say why the sheet was rewritten, the last time first, and the
// chief figures then. Beside SHEET, the file
// SHEET.decisions holds the counts and decisions of every article, which the
// comparison needs to tell chance from change and to name what became of what.
type Sheet struct {
	Why       []string // newest first
	Figures   Scores
	Margins   map[string]float64
	Articles  map[string]Scores // headline figures by article
	Decisions []Decision
}

// defaultMargin is how far a headline figure may fall where the sheet does not
// say: half a point, less than one sentence in a sample of two dozen articles.
const defaultMargin = 0.005

// gated are the figures that a new sheet gates.
var gated = []string{"names", "values", "coreference", "event", "event role", "event who-whom", "event whole record", "office", "office role", "status not Happened", "mode", "context"}

// NewSheet makes the sheet of r. It keeps the margins and the history of old,
// which may be nil.
func (r *Report) NewSheet(old *Sheet, why string) *Sheet {
	s := &Sheet{Why: []string{r.Scores.chief() + ": " + strings.Join(strings.Fields(why), " ")}, Figures: r.Scores, Margins: map[string]float64{}, Articles: map[string]Scores{}}
	if old != nil {
		s.Why = append(s.Why, old.Why...)
		s.Margins = old.Margins
	} else {
		for _, f := range gated {
			if c := r.Scores[f]; c.Predicted+c.Gold > 0 {
				s.Margins[f] = defaultMargin
			}
		}
	}
	for _, a := range r.Articles {
		headlines := Scores{}
		for f, c := range a.Scores {
			if Headline(f) {
				headlines[f] = c
			}
		}
		s.Articles[a.Gold.Name] = headlines
		s.Decisions = append(s.Decisions, a.Decisions...)
	}
	return s
}

// trendFigures are those that the history of a sheet keeps.
var trendFigures = []string{"names", "event", "event role", "event who-whom"}

// chief is the figures of the trend on one line.
func (s Scores) chief() string {
	var parts []string
	for _, f := range trendFigures {
		parts = append(parts, fmt.Sprintf("%s %.3f", f, s[f].F1()))
	}
	return strings.Join(parts, ", ")
}

// trend is the history of the sheet, oldest first, and the figures of now.
func (s *Sheet) trend(now Scores) []trendRow {
	var rows []trendRow
	for i := len(s.Why) - 1; i >= 0; i-- {
		figures, why, ok := strings.Cut(s.Why[i], ": ")
		if !ok {
			figures, why = "", s.Why[i]
		}
		row := trendRow{Why: why, Values: make([]float64, len(trendFigures))}
		for _, part := range strings.Split(figures, ", ") {
			at := strings.LastIndexByte(part, ' ')
			if at < 0 {
				continue
			}
			if f := slices.Index(trendFigures, part[:at]); f >= 0 {
				row.Values[f], _ = strconv.ParseFloat(part[at+1:], 64)
			}
		}
		rows = append(rows, row)
	}
	last := trendRow{Why: "now"}
	for _, f := range trendFigures {
		last.Values = append(last.Values, now[f].F1())
	}
	return append(rows, last)
}

// Write writes the sheet to path and its decisions beside it.
func (s *Sheet) Write(path string) error {
	var b bytes.Buffer
	s.writeFigures(&b)
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return err
	}
	b.Reset()
	s.writeDecisions(&b)
	return os.WriteFile(path+".decisions", b.Bytes(), 0o644)
}

func (s *Sheet) writeFigures(w io.Writer) {
	for _, why := range s.Why {
		fmt.Fprintf(w, "# %s\n", why)
	}
	fmt.Fprintf(w, "%-28s%8s%8s%8s%7s%7s%8s%8s\n", "figure", "F1", "prec", "recall", "right", "found", "labels", "margin")
	for _, f := range s.Figures.Figures() {
		c, margin := s.Figures[f], "-"
		if c.Predicted+c.Gold == 0 {
			continue
		}
		if m, ok := s.Margins[f]; ok {
			margin = strconv.FormatFloat(m, 'f', -1, 64)
		}
		fmt.Fprintf(w, "%-28s%8.3f%8.3f%8.3f%7d%7d%8d%8s\n", f, c.F1(), c.Precision(), c.Recall(), c.Right, c.Predicted, c.Gold, margin)
	}
}

// writeDecisions writes two kinds of lines, fields between tabs: "count",
// article, figure, right, found, labels; and "item", article, figure, verdict,
// type, start, end, rule, want, got.
func (s *Sheet) writeDecisions(w io.Writer) {
	var articles []string
	for a := range s.Articles {
		articles = append(articles, a)
	}
	slices.Sort(articles)
	for _, a := range articles {
		for _, f := range s.Articles[a].Figures() {
			if c := s.Articles[a][f]; c.Predicted+c.Gold > 0 {
				fmt.Fprintf(w, "count\t%s\t%s\t%d\t%d\t%d\n", a, f, c.Right, c.Predicted, c.Gold)
			}
		}
	}
	for _, d := range s.Decisions {
		if d.Verdict != Wrong { // a later run has the same labels and can say what they are
			d.Want, d.Got = "", ""
		}
		fmt.Fprintf(w, "item\t%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s\t%s\n", d.Article, d.Figure, d.Verdict, d.Type, d.Span.Start, d.Span.End, d.Rule, flat(d.Want), flat(d.Got))
	}
}

// flat keeps s on one line and in one field.
func flat(s string) string { return strings.NewReplacer("\t", " ", "\n", " ").Replace(s) }

// ReadSheet reads the sheet at path and the decisions beside it. A sheet that
// is not there is an error that wraps fs.ErrNotExist; one without decisions is
// held against by its figures alone.
func ReadSheet(path string) (*Sheet, error) {
	s := &Sheet{Figures: Scores{}, Margins: map[string]float64{}, Articles: map[string]Scores{}}
	if err := eachLine(path, s.figureLine); err != nil {
		return nil, err
	}
	if err := eachLine(path+".decisions", s.decisionLine); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return s, nil
}

// eachLine calls read for every line of the file and adds path and number of
// the line to its error.
func eachLine(path string, read func(string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if err := read(lines.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return lines.Err()
}

func (s *Sheet) figureLine(line string) error {
	if why, ok := strings.CutPrefix(line, "#"); ok {
		s.Why = append(s.Why, strings.TrimSpace(why))
		return nil
	}
	f := strings.Fields(line)
	if len(f) == 0 || f[0] == "figure" {
		return nil
	}
	if len(f) < 8 {
		return fmt.Errorf("want a figure, F1, precision, recall, three counts and a margin: %q", line)
	}
	name, f := strings.Join(f[:len(f)-7], " "), f[len(f)-7:]
	c, err := parseCount(f[3:6])
	if err != nil {
		return err
	}
	s.Figures[name] = c
	if f[6] != "-" {
		if s.Margins[name], err = strconv.ParseFloat(f[6], 64); err != nil {
			return fmt.Errorf("the margin %q is no number", f[6])
		}
	}
	return nil
}

func (s *Sheet) decisionLine(line string) error {
	f := strings.Split(line, "\t")
	switch {
	case f[0] == "count" && len(f) == 6:
		c, err := parseCount(f[3:])
		if err != nil {
			return err
		}
		if s.Articles[f[1]] == nil {
			s.Articles[f[1]] = Scores{}
		}
		s.Articles[f[1]][f[2]] = c
	case f[0] == "item" && len(f) == 10:
		d := Decision{Article: f[1], Figure: f[2], Verdict: Verdict(f[3]), Type: f[4], Rule: f[7], Want: f[8], Got: f[9]}
		var err1, err2 error
		d.Span.Start, err1 = strconv.Atoi(f[5])
		d.Span.End, err2 = strconv.Atoi(f[6])
		if err := cmp.Or(err1, err2); err != nil {
			return err
		}
		s.Decisions = append(s.Decisions, d)
	default:
		return fmt.Errorf("not a line of decisions: %q", line)
	}
	return nil
}

func parseCount(f []string) (c Count, err error) {
	for i, field := range []*int{&c.Right, &c.Predicted, &c.Gold} {
		if *field, err = strconv.Atoi(f[i]); err != nil {
			return c, fmt.Errorf("the count %q is no number", f[i])
		}
	}
	return c, nil
}
