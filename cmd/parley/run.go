package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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
	Workers int               `default:"0" help:"Articles worked on at once; 0 for one a core."`
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

// failures are the reasons for which a run ends with exit code 1.
var failures = map[pipeline.SkipReason]bool{
	pipeline.SkipUnreadable: true, pipeline.SkipBroken: true, pipeline.SkipFailed: true,
}

// recordEvery is after how many articles the store learns how far the run is, so
// that parley runs can tell of one that was killed.
const recordEvery = 1000

// running is one run on its way.
type running struct {
	cmd         *runCmd
	store       *store.Store
	log         *logger
	before      []store.Run
	record      store.Run
	fingerprint string
	failed      int
	surest      []surest
	skips       []skipped // for --report

	mu     sync.Mutex // guards what the reading side and the storing side share
	flying map[string]bool
	fault  error
}

// surest is one of the relations that the summary shows.
type surest struct {
	confidence float64
	text       string
}

// skipped is one line of --report.
type skipped struct {
	Source string `json:"source"`
	Record int    `json:"record"`
	Reason string `json:"reason"`
	Detail string `json:"detail"`
}

// missing yields the documents that the store does not have yet, or has as other
// versions of the stages left them.
func (r *running) missing(documents iter.Seq[*pipeline.Document]) iter.Seq[*pipeline.Document] {
	return func(yield func(*pipeline.Document) bool) {
		todo := 0
		for d := range documents {
			if r.cmd.Limit > 0 && todo == r.cmd.Limit {
				return
			}
			want, err := r.wanted(d)
			if err != nil {
				r.fault = err
				return
			}
			if !want {
				continue
			}
			todo++
			if !yield(d) {
				return
			}
		}
	}
}

// wanted reports whether d has to be done, and counts it.
func (r *running) wanted(d *pipeline.Document) (bool, error) {
	done, err := r.store.Done(d.ID)
	if err != nil {
		return false, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.record.Read++
	switch {
	case r.flying[d.ID], // the same source given twice
		done == r.fingerprint && !failures[d.Skip.Reason], // a file that could not be read is looked at again
		done != "" && r.cmd.OnlyNew:
		r.record.Done++
		return false, nil
	case done != "" && done != r.fingerprint:
		if r.record.Redone++; r.record.Redone == 1 {
			r.log.info("the stages have changed since articles of this dump were stored; doing these again", "changed", r.changed())
		}
	}
	r.flying[d.ID] = true
	return true, nil
}

// changed names the stages whose version is not that of the last run.
func (r *running) changed() string {
	if len(r.before) == 0 {
		return "engine"
	}
	last := r.before[len(r.before)-1]
	old := map[string]string{}
	for _, s := range last.Stages {
		old[s.Stage] = s.Version
	}
	var names []string
	for _, s := range r.record.Stages {
		if old[s.Stage] != s.Version {
			names = append(names, s.Stage)
		}
	}
	if last.Engine != r.record.Engine {
		names = append(names, "engine")
	}
	if len(names) == 0 {
		return "in an earlier run"
	}
	return strings.Join(names, ", ")
}

// keep stores one document that came out of the stages, and counts it.
func (r *running) keep(d *pipeline.Document) error {
	if d.Skip.Reason != passedBy {
		if err := r.store.Put(d, store.Done{Stages: r.fingerprint, Run: r.record.Name}); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.flying, d.ID)
	if d.Skip.Reason != pipeline.NotSkipped {
		r.skip(d)
		return nil
	}
	r.record.Kept++
	r.record.Words += int64(d.Words())
	for i := range d.Entities {
		r.record.Entities[string(d.Entities[i].Type)]++
	}
	for i := range d.Relations {
		r.record.Relations[d.Relations[i].Type]++
		if named(d, &d.Relations[i]) {
			r.offer(surest{d.Relations[i].Confidence, d.Relations[i].Text})
		}
	}
	if r.record.Kept%recordEvery == 0 {
		return r.store.PutRun(&r.record)
	}
	return nil
}

// named reports whether a relation says by name who takes part in it, and so can
// be understood by itself.
func named(d *pipeline.Document, r *pipeline.Relation) bool {
	parties := 0
	for _, a := range r.Args {
		switch a.Role {
		case pipeline.Actor, pipeline.Recipient, pipeline.Holder, pipeline.Of:
			if a.Mention < 0 || d.Mentions[a.Mention].Entity < 0 || !d.Entities[d.Mentions[a.Mention].Entity].Type.Named() {
				return false
			}
			parties++
		}
	}
	return parties > 1
}

// skip counts a document that was not extracted from and says why.
func (r *running) skip(d *pipeline.Document) {
	r.record.Skipped[string(d.Skip.Reason)]++
	if failures[d.Skip.Reason] {
		r.failed++
	}
	if r.cmd.Report != "" {
		r.skips = append(r.skips, skipped{d.Source, d.Record, string(d.Skip.Reason), d.Skip.Detail})
	}
	const shown = 20
	switch n := r.record.Skipped[string(d.Skip.Reason)]; {
	case d.Skip.Reason == pipeline.SkipDuplicate || d.Skip.Reason == passedBy || n > shown:
	case n == shown:
		r.log.info("more articles are skipped for this reason; --report FILE lists them all", "reason", string(d.Skip.Reason))
	default:
		r.log.info("skipped", "reason", string(d.Skip.Reason), "detail", d.Skip.Detail)
	}
}

// offer keeps the ten surest of these relations, the first of equals, none twice.
func (r *running) offer(s surest) {
	const shown = 10
	if s.text == "" || slices.ContainsFunc(r.surest, func(o surest) bool { return o.text == s.text }) {
		return
	}
	at, _ := slices.BinarySearchFunc(r.surest, s, func(o, s surest) int {
		if o.confidence >= s.confidence {
			return -1
		}
		return 1
	})
	r.surest = slices.Insert(r.surest, at, s)
	r.surest = r.surest[:min(len(r.surest), shown)]
}

// finish stores the record of the run, prints the summary and says how to go on
// where the run did not come to its end.
func (r *running) finish(x *console, err error) error {
	r.record.Ended = time.Now().UTC()
	interrupted := x.Context.Err() != nil
	switch {
	case err != nil:
		r.record.State = "failed"
	case interrupted:
		r.record.State = "stopped"
	default:
		r.record.State = "done"
	}
	if syncErr := r.store.Sync(); err == nil {
		err = syncErr
	}
	if putErr := r.store.PutRun(&r.record); err == nil {
		err = putErr
	}
	if reportErr := r.report(); err == nil {
		err = reportErr
	}
	r.summary(x.Out)
	again := "run the same command again to go on; what is stored is not done twice"
	switch {
	case err != nil:
		return fmt.Errorf("%w\n%s", err, again)
	case interrupted:
		return fmt.Errorf("stopped before the end: %s", again)
	case r.failed > 0:
		return fmt.Errorf("%s could not be read or worked on; the messages above and --report FILE name them", count(r.failed, "article"))
	}
	return nil
}

// report writes --report.
func (r *running) report() error {
	if r.cmd.Report == "" {
		return nil
	}
	f, err := os.Create(r.cmd.Report)
	if err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	enc := json.NewEncoder(f)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	err = enc.Encode(struct {
		Run   store.Run `json:"run"`
		Skips []skipped `json:"skips"`
	}{r.record, append([]skipped{}, r.skips...)})
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// summary prints what became of the articles and what was found in them.
func (r *running) summary(w io.Writer) {
	n := &r.record
	fresh := n.Read - n.Done
	if fresh == 0 && n.Read > 0 {
		fmt.Fprintf(w, "Nothing new: %s read, and %s in %s already.\n", count(n.Read, "article"), isAre(n.Read), r.store.Dir)
		return
	}
	fmt.Fprintf(w, "%s read", count(n.Read, "article"))
	if n.Done > 0 {
		fmt.Fprintf(w, ", of which %d %s done before", n.Done, wasWere(n.Done))
	}
	fmt.Fprintf(w, ": %d kept", n.Kept)
	if len(n.Skipped) > 0 {
		fmt.Fprintf(w, ", %d skipped (%s)", total(n.Skipped), tally(n.Skipped))
	}
	seconds := n.Ended.Sub(n.Started).Seconds()
	fmt.Fprintf(w, ".\n%s in %.1f s, %s a second.\n", count(int(n.Words), "word"), seconds, thousands(int(float64(n.Words)/max(seconds, 0.001))))
	fmt.Fprintf(w, "%d entities: %s.\n", total(n.Entities), tally(n.Entities))
	fmt.Fprintf(w, "%d relations: %s.\n", total(n.Relations), tally(n.Relations))
	if len(r.surest) > 0 {
		fmt.Fprintln(w, "\nThe surest:")
		for _, s := range r.surest {
			fmt.Fprintf(w, "  %.2f  %s.\n", s.confidence, strings.TrimSuffix(s.text, "."))
		}
	}
	fmt.Fprintf(w, "\nStored in %s. Ask it with parley find, or take all with parley export.\n", r.store.Dir)
}

// tally lists counts, the highest first.
func tally(counts map[string]int) string {
	if len(counts) == 0 {
		return "none"
	}
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s %s", thousands(counts[name]), name)
	}
	return strings.Join(names, ", ")
}

func total(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// count says how many there are of something.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return thousands(n) + " " + noun
}

// thousands writes n with commas.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}

func isAre(n int) string {
	if n == 1 {
		return "it is"
	}
	return "all are"
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
