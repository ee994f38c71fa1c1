package eval

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"parley/pipeline"
)

//go:embed report.html
var reportPage string

var reportTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"percent": func(x float64) string { return fmt.Sprintf("%.2f%%", 100*x) },
	"three":   func(x float64) string { return fmt.Sprintf("%.3f", x) },
	"shade":   shade,
}).Parse(reportPage))

// WriteHTML writes the report as one page that needs nothing but itself: figures
// with their intervals, the trend over the sheet's history, confusions by type,
// and every article with what is labelled and what was found side by side. The
// sheet may be nil. The same report gives the same bytes.
func (r *Report) WriteHTML(w io.Writer, intervals map[string]Interval, sheet *Sheet) error {
	page := reportData{Articles: len(r.Articles), Confusions: []confusionData{{"Events", r.EventConfusion()}, {"Names, dates and money", r.NameConfusion()}}}
	for _, f := range r.Scores.Figures() {
		c := r.Scores[f]
		if c.Predicted+c.Gold == 0 {
			continue
		}
		row := figureRow{Name: f, Part: !Headline(f), Count: c, F1: c.F1(), Precision: c.Precision(), Recall: c.Recall()}
		if i, ok := intervals[f]; ok {
			row.Low, row.High = i.Low, i.High
		}
		page.Figures = append(page.Figures, row)
	}
	if sheet != nil {
		page.Trend = sheet.trend(r.Scores)
	}
	for _, a := range r.Articles {
		page.Texts = append(page.Texts, articleData{Name: a.Gold.Name, Lines: sideBySide(a), Decisions: a.Decisions})
	}
	return reportTemplate.Execute(w, page)
}

type reportData struct {
	Articles   int
	Figures    []figureRow
	Trend      []trendRow
	Confusions []confusionData
	Texts      []articleData
}

type figureRow struct {
	Name                  string
	Part                  bool
	Count                 Count
	F1, Precision, Recall float64
	Low, High             float64
}

type trendRow struct {
	Why    string
	Values []float64 // of trendFigures
}

type confusionData struct {
	Title string
	*Confusion
}

type articleData struct {
	Name      string
	Lines     []lineData
	Decisions []Decision
}

// A lineData is one line of the article, as labelled and as found.
type lineData struct{ Gold, Found []piece }

// A piece is a stretch of text under the same marks.
type piece struct {
	Text  string
	Class string // the classes of its marks, or empty
	Title string // what the marks say
}

// Name is the figure without the one that it is a part of.
func (f figureRow) Short() string {
	if _, part, ok := strings.Cut(f.Name, "/"); ok {
		return part
	}
	return f.Name
}

// Errors is how many decisions of the article are not right.
func (a articleData) Errors() int {
	n := 0
	for _, d := range a.Decisions {
		if d.Verdict != Right {
			n++
		}
	}
	return n
}

// sideBySide cuts the article into lines and marks the decisions on both sides:
// what is labelled on the one, what was found on the other.
func sideBySide(a Article) []lineData {
	text := []rune(a.Gold.Text)
	var lines []lineData
	for start := 0; start < len(text); {
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		line := pipeline.Span{Start: start, End: end}
		if strings.TrimSpace(string(text[start:end])) != "" {
			lines = append(lines, lineData{
				Gold:  marked(text, line, a.Decisions, Wrong),
				Found: marked(text, line, a.Decisions, Missed),
			})
		}
		start = end + 1
	}
	return lines
}

// marked cuts a line wherever a decision begins or ends. Decisions with the
// verdict not are left out, and links, which mark no stretch of their own.
func marked(text []rune, line pipeline.Span, decisions []Decision, not Verdict) []piece {
	cuts := []int{line.Start, line.End}
	var inside []Decision
	for _, d := range decisions {
		if d.Figure != "coreference" && d.Verdict != not && d.Span.Overlaps(line) {
			inside = append(inside, d)
			cuts = append(cuts, max(d.Span.Start, line.Start), min(d.Span.End, line.End))
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []piece
	for i := range cuts[1:] {
		p := piece{Text: string(text[cuts[i]:cuts[i+1]])}
		at := pipeline.Span{Start: cuts[i], End: cuts[i+1]}
		var classes, titles []string
		for _, d := range inside {
			if d.Span.Contains(at) {
				classes = addOnce(addOnce(classes, kindClass(d.Figure)), string(d.Verdict))
				titles = addOnce(titles, fmt.Sprintf("%s %s", d.Type, d.Verdict))
			}
		}
		p.Class, p.Title = strings.Join(classes, " "), strings.Join(titles, ", ")
		out = append(out, p)
	}
	return out
}

// kindClass is how a figure's marks look: events are filled, mentions underlined.
func kindClass(figure string) string {
	if figure == "event" || figure == "office" {
		return "act"
	}
	return "mention"
}

// shade is the strength of a cell's colour: its share of its row.
func shade(c *Confusion, gold, found string) string {
	all := 0
	for _, t := range c.Types {
		all += c.Count(gold, t)
	}
	return fmt.Sprintf("%.2f", share(c.Count(gold, found), all))
}
