package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strings"

	"parley/eval"
	"parley/eval/label"
	"parley/extract"
	"parley/pipeline"
	"parley/store"
)

// evalCmd runs on labelled articles and scores what it finds.
type evalCmd struct {
	Gold      []string       `arg:"" optional:"" help:"Labelled articles: folders of brat files (.ann beside .txt), or files: .ann, .jsonl (doccano, Prodigy, spaCy), .json (Label Studio), .conll."`
	JSON      bool           `name:"json" help:"Figures as JSON."`
	Errors    bool           `help:"Every missed, wrong and half-right decision before the figures."`
	ByType    bool           `help:"Figures of every type and role too, the precision of every rule, and how often events of a confidence are right."`
	Layers    bool           `help:"Also with labelled names, and with labelled entities, in place of found ones: which layer to mend."`
	Against   string         `placeholder:"SHEET" help:"Hold the figures against this sheet: what changed, and exit code 1 when one fell."`
	Bless     bool           `help:"Rewrite the sheet of --against. Needs --why."`
	Why       string         `help:"Why the figures moved, kept in the sheet."`
	Plover    string         `placeholder:"FILE" help:"Score against a PLOVER gold standard instead: sentences with type and countries."`
	GUM       string         `name:"gum" placeholder:"FILE" help:"Score coreference against a file of GUM (WebAnno TSV) instead: names alone."`
	Agreement bool           `help:"GOLD is two folders of labels of the same articles, by two labellers or two runs: how far they agree."`
	Uncertain bool           `help:"GOLD is articles without labels: which are most worth labelling next."`
	HTML      string         `name:"html" placeholder:"FILE" help:"Also write a page with figures, confusions and every article, labelled and found side by side."`
	Boot      int            `default:"1000" help:"Resamplings of articles for the intervals; 0 for none."`
	Predicted string         `placeholder:"DIR" help:"Score the brat files in DIR instead of running the stages."`
	Engine    extract.Engine `enum:"parley,prose" default:"parley" help:"Who tags words and finds names: parley, or prose for comparison."`
	Frames    []string       `placeholder:"DIR" help:"Folders of frames to add to the shipped ones: what they gain and cost."`
	Workers   int            `default:"0" help:"Articles worked on at once; 0 for one a core."`
}

// Run measures what the flags ask for.
func (c *evalCmd) Run(x *console) error {
	switch {
	case c.Bless && (c.Against == "" || strings.TrimSpace(c.Why) == ""):
		return usagef("--bless needs --against SHEET and --why")
	case c.Boot < 0:
		return usagef("--boot wants a number from 0 on")
	case c.Layers && (c.Predicted != "" || c.Agreement || c.JSON):
		return usagef("--layers runs the stages and prints a table: it goes with none of --predicted, --agreement and --json")
	case c.Agreement && len(c.Gold) != 2:
		return usagef("--agreement compares two folders of labels")
	case c.Plover == "" && c.GUM == "" && len(c.Gold) == 0:
		return usagef("say which labelled articles to score: GOLD...")
	}
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	switch {
	case c.Plover != "":
		return c.plover(x)
	case c.GUM != "":
		return c.gum(x)
	case c.Uncertain:
		return c.uncertain(x)
	}
	return c.score(x)
}

// score holds what is found, or what a folder holds, against the labels.
func (c *evalCmd) score(x *console) error {
	folder := c.Predicted
	if c.Agreement {
		c.Gold, folder = c.Gold[:1], c.Gold[1]
	}
	gold, err := eval.ReadGold(c.Gold...)
	if err != nil {
		return usageError{err}
	}
	var predicted []*label.Set
	var stages []pipeline.Stage
	if folder != "" {
		predicted, err = eval.ReadPredicted(folder, gold)
	} else {
		if stages, err = c.stages(); err != nil {
			return err
		}
		predicted, err = c.extract(x, gold, stages)
	}
	if err != nil {
		return err
	}
	if c.Agreement {
		gold, predicted = eval.Shared(gold, predicted)
	}
	report := eval.Compare(gold, predicted)
	if err := c.print(x, report); err != nil {
		return err
	}
	if c.Layers {
		if err := c.layers(x, gold, stages, report); err != nil {
			return err
		}
	}
	if c.Against == "" {
		return nil
	}
	if c.JSON { // standard output is the figures alone
		x = &console{Context: x.Context, Out: x.Err}
	}
	return c.against(x, report)
}

// print writes the report in the forms that are asked for.
func (c *evalCmd) print(x *console, report *eval.Report) error {
	intervals := report.Intervals(c.Boot)
	if c.HTML != "" {
		if err := c.html(report, intervals); err != nil {
			return err
		}
	}
	if c.JSON {
		return report.WriteJSON(x.Out, intervals, c.ByType)
	}
	if c.Errors {
		for _, d := range report.Decisions() {
			if d.Verdict != eval.Right {
				fmt.Fprintf(x.Out, "%s\n    %s\n", d, d.Sentence)
			}
		}
	}
	report.WriteText(x.Out, intervals, c.ByType)
	if c.ByType {
		fmt.Fprintln(x.Out)
		report.WriteRules(x.Out)
		fmt.Fprintln(x.Out)
		report.WriteCalibration(x.Out)
	}
	return nil
}

// html writes the page, with the history of the sheet where there is one.
func (c *evalCmd) html(report *eval.Report, intervals map[string]eval.Interval) error {
	var sheet *eval.Sheet
	if c.Against != "" {
		var err error
		if sheet, err = eval.ReadSheet(c.Against); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return usageError{err}
		}
	}
	return writeTo(c.HTML, nil, func(w io.Writer) error { return report.WriteHTML(w, intervals, sheet) })
}

// uncertain lists the articles that are most worth labelling.
func (c *evalCmd) uncertain(x *console) error {
	stages, err := c.stages()
	if err != nil {
		return err
	}
	doubts, err := eval.Uncertain(x.Context, &pipeline.Reader{Sources: c.Gold, Stdin: x.In}, stages, c.Workers)
	if err != nil {
		return err
	}
	eval.WriteDoubts(x.Out, doubts, 20)
	return nil
}

// plover scores against sentences that have one event each.
func (c *evalCmd) plover(x *console) error {
	records, err := eval.ReadPlover(c.Plover)
	if err != nil {
		return usageError{err}
	}
	language, err := extract.New(extract.Options{Engine: c.Engine, Frames: c.Frames})
	if err != nil {
		return err
	}
	results, err := eval.ScorePlover(x.Context, records, language)
	if err != nil {
		return err
	}
	eval.WritePlover(x.Out, results, c.Errors)
	return nil
}

// gum measures coreference on documents that others labelled.
func (c *evalCmd) gum(x *console) error {
	gold, err := eval.ReadGUM(c.GUM)
	if err != nil {
		return usageError{err}
	}
	stages, err := c.stages()
	if err != nil {
		return err
	}
	predicted, err := c.extract(x, gold, eval.Uncleaned(stages))
	if err != nil {
		return err
	}
	fmt.Fprint(x.Out, eval.CompareCoreference(gold, predicted))
	return nil
}

// against holds the report against the sheet, or rewrites it.
func (c *evalCmd) against(x *console, report *eval.Report) error {
	old, err := eval.ReadSheet(c.Against)
	if errors.Is(err, fs.ErrNotExist) && c.Bless {
		return report.NewSheet(nil, c.Why).Write(c.Against)
	}
	if err != nil {
		return usageError{err}
	}
	diff := report.Against(old, c.Boot)
	fmt.Fprintf(x.Out, "\nagainst %s:\n", c.Against)
	diff.Write(x.Out)
	if c.Bless {
		return report.NewSheet(old, c.Why).Write(c.Against)
	}
	if diff.Failed() {
		return fmt.Errorf("worse than %s; where that is meant, say --bless --why REASON", c.Against)
	}
	return nil
}

// stages are those that a run puts an article through, but for the search for
// copies, which looks at many articles.
func (c *evalCmd) stages() ([]pipeline.Stage, error) {
	language, err := extract.New(extract.Options{Engine: c.Engine, Frames: c.Frames})
	return append([]pipeline.Stage{pipeline.Clean()}, language...), err
}

func (c *evalCmd) extract(x *console, gold []*label.Set, stages []pipeline.Stage) ([]*label.Set, error) {
	predicted, skips, err := (&eval.Extractor{Stages: stages, Annotate: store.Annotate, Workers: c.Workers}).Extract(x.Context, gold)
	for _, g := range gold {
		if s, ok := skips[g.Name]; ok {
			fmt.Fprintf(x.Err, "%s was skipped: %s %s\n", g.Name, s.Reason, s.Detail)
		}
	}
	return predicted, err
}

// layers prints the F1 of every figure as found, with labelled names, and with
// labelled entities.
func (c *evalCmd) layers(x *console, gold []*label.Set, stages []pipeline.Stage, found *eval.Report) error {
	columns := []*eval.Report{found}
	for _, given := range [][]pipeline.Layer{
		{pipeline.LayerNames},
		{pipeline.LayerNames, pipeline.LayerNominals, pipeline.LayerEntities},
	} {
		mended, err := eval.Given(stages, gold, given...)
		if err != nil {
			return err
		}
		predicted, err := c.extract(x, gold, mended)
		if err != nil {
			return err
		}
		columns = append(columns, eval.Compare(gold, predicted))
	}
	writeLayers(x.Out, columns)
	return nil
}

func writeLayers(w io.Writer, columns []*eval.Report) {
	fmt.Fprintf(w, "\n%-28s%10s%14s%16s\n", "F1", "as found", "names given", "entities given")
	figures := slices.DeleteFunc(columns[0].Scores.Figures(), func(f string) bool { return !eval.Headline(f) })
	for _, f := range figures {
		var b strings.Builder
		for i, r := range columns {
			fmt.Fprintf(&b, "%*.3f", []int{10, 14, 16}[i], r.Scores[f].F1())
		}
		fmt.Fprintf(w, "%-28s%s\n", f, b.String())
	}
}
