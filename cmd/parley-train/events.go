package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"parley/eval"
	"parley/eval/label"
	"parley/extract"
	"parley/extract/frame"
	"parley/extract/relate"
	"parley/pipeline"
	"parley/store"
)

// eventFolds is the number of parts that cross-validation cuts the articles
// into; an article lies in one part only.
const eventFolds = 10

// trainEvents fits the decisions of package relate to the train folders of hand
// labels, beside the folder of data sets, and to our own labels, over what the
// stages below find in those articles. It first says how well the same fit does
// on articles of the train folders that it has not seen, by cross-validation:
// without silver labels, because the model that gave them has seen those articles.
func trainEvents(data, out string) error {
	h, err := readHandLabels(data)
	if err != nil {
		return err
	}
	silver, err := passageLessons(silverLabels, data)
	if err != nil {
		return err
	}
	for i := range silver {
		silver[i].Ours, silver[i].Silver = false, true
	}
	report, err := h.crossValidate()
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "cross-validation over %d parts of the articles:\n", eventFolds)
	report.WriteText(os.Stderr, nil, true)
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := relate.Learn(h.frames, slices.Concat(h.lessons, h.ours, silver), h.exercises).Write(f); err != nil {
		return err
	}
	return f.Close()
}

// handLabels are what people labelled, as the stages below relations read it.
type handLabels struct {
	frames    *frame.Set
	gold      []*label.Set    // articles of the train folders
	lessons   []relate.Lesson // the same
	ours      []relate.Lesson
	exercises []relate.Exercise
}

func readHandLabels(data string) (h handLabels, err error) {
	labels := filepath.Join(data, "..", "labels")
	if h.gold, err = eval.ReadGold(filepath.Join(labels, "voa-train"), filepath.Join(labels, "wikinews-train")); err != nil {
		return h, err
	}
	if h.frames, err = frame.Builtin(); err != nil {
		return h, err
	}
	if h.lessons, err = eventLessons(h.gold); err != nil {
		return h, err
	}
	if h.ours, err = passageLessons(eventLabels, data); err != nil {
		return h, err
	}
	read, err := sentenceReader()
	if err != nil {
		return h, err
	}
	h.exercises, err = relate.Exercises(h.frames, read)
	return h, err
}

// eventLessons runs the stages below relations over the labelled articles.
func eventLessons(gold []*label.Set) ([]relate.Lesson, error) {
	stages, err := belowRelations()
	if err != nil {
		return nil, err
	}
	var lessons []relate.Lesson
	for _, g := range gold {
		labelled := g.Document()
		d := &pipeline.Document{ID: labelled.ID, Source: labelled.Source, Single: true, Text: labelled.Text}
		if err := runAll(d, append([]pipeline.Stage{pipeline.Clean()}, stages...)); err != nil {
			return nil, fmt.Errorf("%s: %w", g.Path, err)
		}
		lessons = append(lessons, relate.Lesson{Read: d, Gold: labelled})
	}
	return lessons, nil
}

// passageLessons runs the stages below relations over the texts of label files.
func passageLessons(files fs.FS, data string) ([]relate.Lesson, error) {
	passages, err := readLabels(files, data)
	if err != nil {
		return nil, err
	}
	stages, err := belowRelations()
	if err != nil {
		return nil, err
	}
	var lessons []relate.Lesson
	for _, p := range passages {
		d := &pipeline.Document{ID: p.name, Source: p.name, Single: true, Text: p.text}
		if err := runAll(d, append([]pipeline.Stage{pipeline.Clean()}, stages...)); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		lessons = append(lessons, p.lesson(d))
	}
	return lessons, nil
}

// sentenceReader reads the sentences of frames.
func sentenceReader() (func(string) (*pipeline.Document, error), error) {
	stages, err := belowRelations()
	if err != nil {
		return nil, err
	}
	return func(say string) (*pipeline.Document, error) {
		d := &pipeline.Document{ID: "exercise", Source: "exercise", Single: true, Text: say,
			Blocks: []pipeline.Block{{Span: pipeline.Span{Start: 0, End: len(say)}, Kind: pipeline.Body}}}
		return d, runAll(d, stages)
	}, nil
}

// belowRelations are the language stages up to entities.
func belowRelations() ([]pipeline.Stage, error) {
	language, err := extract.New(extract.Options{})
	return slices.DeleteFunc(language, func(s pipeline.Stage) bool { return s.Adds == pipeline.LayerRelations }), err
}

func runAll(d *pipeline.Document, stages []pipeline.Stage) error {
	for _, s := range stages {
		if err := s.Run(d); err != nil {
			return fmt.Errorf("stage %s: %w", s.Name, err)
		}
	}
	return nil
}

// crossValidate scores every article of the train folders with a model that was
// fitted to those of the other parts and to our own labels.
func (h *handLabels) crossValidate() (*eval.Report, error) {
	predicted := make([]*label.Set, len(h.lessons))
	for part := 0; part < eventFolds; part++ {
		rest := slices.Clone(h.ours)
		for i, l := range h.lessons {
			if i%eventFolds != part {
				rest = append(rest, l)
			}
		}
		r := relate.With(h.frames, relate.LearnDecisions(h.frames, rest, h.exercises), nil)
		for i := part; i < len(h.lessons); i += eventFolds {
			read := h.lessons[i].Read
			read.Relations = r.Relations(read)
			var ann bytes.Buffer
			if err := store.Annotate(&ann, read); err != nil {
				return nil, err
			}
			p, err := label.ParseBrat(h.gold[i].Path, h.gold[i].Text, ann.String())
			if err != nil {
				return nil, err
			}
			predicted[i] = p
		}
	}
	return eval.Compare(h.gold, predicted), nil
}
