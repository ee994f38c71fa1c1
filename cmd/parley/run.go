package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"parley/extract"
	"parley/pipeline"
	"parley/seeds"
	"parley/store"
)

// database is the flag that every command on a store has.
type database struct {
	DB string `name:"db" default:"parley.db" placeholder:"DIR" help:"The store, a folder (${default})."`
}

// runCmd is the main job: read, extract, store.
type runCmd struct {
	database
	Sources []string          `arg:"" optional:"" name:"source" help:"Files, folders, globs, @LIST for a file of sources, or - for standard input. Without one, the sample articles that parley carries with it."`
	Workers int               `default:"0" help:"Articles worked on at once, on no more cores than that; 0 for one a core."`
	Engine  extract.Engine    `enum:"parley,prose" default:"parley" help:"Who tags words and finds names: parley, or prose for comparison."`
	Frames  []string          `placeholder:"DIR" help:"Folders of frames to use with those of parley."`
	Name    string            `help:"A name for this run in parley runs. Without one it is called by its start."`
	Field   map[string]string `placeholder:"PART=FIELD" help:"For JSON: which field holds a part of the article, such as text=body."`
	Limit   int               `placeholder:"N" help:"Stop after N articles that were not done before."`
	Since   string            `placeholder:"DAY" help:"Pass by articles that were published before this day."`
	OnlyNew bool              `help:"Leave articles as they are that other versions of the stages did."`
	Report  string            `placeholder:"FILE" help:"Write the run's record and every skip (file, record, reason) as JSON."`
	Log     string            `enum:"text,json" default:"text" help:"Form of the log lines on standard error: text or json."`
}

// Run reads the sources, takes every article that is not done yet through the
// stages, stores it, and sums up.
func (c *runCmd) Run(x *console) error {
	since := ""
	if c.Since != "" {
		var err error
		if since, _, err = store.ParseDay(c.Since); err != nil {
			return usagef("--since: %w", err)
		}
	}
	for part := range c.Field {
		if _, err := oneOf("--field", part, "text", "title", "url", "published", "site", "author", "language"); err != nil {
			return err
		}
	}
	named := c.Sources
	if len(c.Sources) == 0 {
		sample, err := unpackSeeds()
		if err != nil {
			return err
		}
		defer os.RemoveAll(filepath.Dir(sample))
		c.Sources, named = []string{sample}, []string{"(sample)"}
	}
	s, err := store.Open(c.DB)
	if err != nil {
		return err
	}
	err = c.extract(x, s, named, since)
	if closeErr := s.Close(); err == nil {
		err = closeErr
	}
	return err
}

// unpackSeeds writes the sample articles into a folder "seeds" of a temporary
// folder, so that they are read as any dump is.
func unpackSeeds() (string, error) {
	tmp, err := os.MkdirTemp("", "parley")
	if err == nil {
		dir := filepath.Join(tmp, "seeds")
		if err = os.CopyFS(dir, seeds.FS); err == nil {
			return dir, nil
		}
		os.RemoveAll(tmp)
	}
	return "", fmt.Errorf("unpack the sample articles: %w", err)
}

// extract runs the stages over what is not done yet.
func (c *runCmd) extract(x *console, s *store.Store, named []string, since string) error {
	if c.Workers > 0 && c.Workers < runtime.GOMAXPROCS(0) {
		runtime.GOMAXPROCS(c.Workers) // reading, storing and collecting garbage share these cores too
	}
	debug.SetGCPercent(40) // collecting garbage takes 1 % of a run; half the memory is worth another
	language, err := extract.New(extract.Options{Engine: c.Engine, Frames: c.Frames})
	if err != nil {
		return err
	}
	stages, err := c.stages(s, language, since)
	if err != nil {
		return err
	}
	r := &running{cmd: c, store: s, log: newLogger(x.Err, c.Log), flying: map[string]bool{}}
	r.record = store.Run{Name: c.Name, Sources: named, Engine: string(c.Engine), Started: time.Now().UTC(), State: "running",
		Skipped: map[string]int{}, Entities: map[string]int{}, Relations: map[string]int{}}
	if r.record.Name == "" {
		r.record.Name = r.record.Started.Format("2006-01-02T15:04:05Z")
	}
	for _, stage := range stages {
		r.record.Stages = append(r.record.Stages, store.StageVersion{Stage: stage.Name, Version: stage.Version})
	}
	r.fingerprint = fingerprint(c.Engine, r.record.Stages)
	if r.before, err = s.Runs(); err != nil {
		return err
	}
	if err := s.PutRun(&r.record); err != nil {
		return err
	}

	var progress pipeline.Progress
	reader := &pipeline.Reader{Sources: c.Sources, Stdin: x.In, Fields: c.Field, Progress: &progress, Workers: c.Workers}
	measuring, stopMeasuring := context.WithCancel(x.Context)
	defer stopMeasuring()
	go reader.Measure(measuring)
	stopMeter := startMeter(x.Err, r.log, &progress, r.record.Started)
	// An interrupt ends the source; the articles in flight are finished.
	err = pipeline.Run(context.WithoutCancel(x.Context), pipeline.Config{Workers: c.Workers, Progress: &progress},
		r.missing(reader.Documents(x.Context)), stages, r.keep)
	stopMeter()
	if err == nil {
		err = r.fault // of looking for what is done
	}
	return r.finish(x, err)
}

// stages is the whole line of a run: cleaning, search for copies, language.
func (c *runCmd) stages(s *store.Store, language []pipeline.Stage, since string) ([]pipeline.Stage, error) {
	var fault error
	known := func(yield func(string, []byte) bool) {
		fault = s.Signatures(func(id string, signature []byte) error {
			if !yield(id, signature) {
				return io.EOF
			}
			return nil
		})
	}
	stages := []pipeline.Stage{pipeline.Clean()}
	if since != "" {
		stages = append(stages, publishedSince(since))
	}
	stages = append(stages, pipeline.Sign(), pipeline.NewDedupe(known).Stage())
	return append(stages, language...), fault
}

// passedBy is the reason of an article that --since does not want. It is not
// stored, so that a later run can want it.
const passedBy = pipeline.SkipReason("before --since")

func publishedSince(day string) pipeline.Stage {
	return pipeline.Stage{Name: "since", Needs: []pipeline.Layer{pipeline.LayerBlocks}, Adds: "since",
		Run: func(d *pipeline.Document) error {
			if !d.Published.IsZero() && d.Published.Format(time.DateOnly) < day {
				d.Skip = pipeline.Skip{Reason: passedBy, Detail: d.Where() + ": published before " + day}
			}
			return nil
		}}
}

// fingerprint is what the done key of an article keeps of the stages that did it.
func fingerprint(engine extract.Engine, stages []store.StageVersion) string {
	h := sha256.New()
	fmt.Fprintln(h, engine)
	for _, s := range stages {
		if s.Stage != "since" { // changes which articles are done, not what is done with them
			fmt.Fprintln(h, s.Stage, s.Version)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
