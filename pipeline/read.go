package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// A Reader turns a dump into Documents: lazily, one at a time, in the same order
// every time. Nothing vanishes: what cannot be read, decoded or used becomes a
// Document with a Skip that names the file, the record and the reason.
type Reader struct {
	Sources  []string          // files, folders that are read recursively in the order of their names, globs, "@FILE" for a list of sources, one a line, or "-" for Stdin
	Stdin    io.Reader         // what "-" reads
	Fields   map[string]string // for JSON: part of a document (text, title, url, published, site, author, language) to the field that holds it; what is not named is found by the usual names
	Progress *Progress         // where bytes are counted, or nil
	Workers  int               // goroutines that find the article in pages of HTML; 0 for one a processor
}

// Documents reads the sources. It ends early when ctx is done; what was yielded
// until then is whole. No goroutine is left behind, except one that waits for
// standard input, which cannot be interrupted and ends with that wait.
func (r *Reader) Documents(ctx context.Context) iter.Seq[*Document] {
	return func(yield func(*Document) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		rd := newReading(ctx, r)
		defer rd.wait()
		defer cancel() // before the wait
		memory := newSiteMemory(memoryLines)
		for {
			p := rd.next()
			if p == nil {
				return
			}
			memory.note(p.doc)
			if !yield(p.doc) {
				return
			}
		}
	}
}

// Measure adds the size of every file of the sources to Progress.Total. Standard
// input and files that cannot be seen add nothing.
func (r *Reader) Measure(ctx context.Context) {
	if r.Progress == nil {
		return
	}
	for _, asked := range r.Sources {
		sources, _ := expand(asked)
		for _, s := range sources {
			walk(s, func(f found) bool {
				if f.err == nil {
					r.Progress.Total.Add(f.size)
				}
				return ctx.Err() == nil
			})
		}
	}
}

// A found is a file that a walk came to, or what kept it from coming to one.
type found struct {
	path string // to open
	name string // slash path that begins with the base name of the source
	size int64
	err  error
}

var errNoFiles = errors.New("no file to read in this folder")

// walk visits the files of a source in the order of their names. Hidden files and
// folders are passed over, and so are annotations that lie beside their text
// (NAME.ann, NAME.clean beside NAME.txt). A link to a file is followed, a link to
// a folder is reported and not followed, so that no walk goes round in circles.
func walk(source string, visit func(found) bool) {
	if source == "-" {
		return
	}
	base := sourceName(source)
	info, err := os.Stat(source)
	if err != nil {
		visit(found{path: source, name: base, err: err})
		return
	}
	if !info.IsDir() {
		visit(found{path: source, name: base, size: info.Size()})
		return
	}
	files := 0
	root := filepath.Clean(source) + string(filepath.Separator) // follows a link that was asked for
	filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		name := base
		if rel, relErr := filepath.Rel(root, path); relErr == nil && rel != "." {
			name = base + "/" + filepath.ToSlash(rel)
		}
		f := found{path: path, name: name, err: err}
		switch {
		case err != nil:
		case name != base && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case e.IsDir() || isAnnotation(path):
			return nil
		default:
			f.size, f.err = fileSize(path)
		}
		files++
		if !visit(f) {
			return fs.SkipAll
		}
		if err != nil && e != nil && e.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
	if files == 0 {
		visit(found{path: source, name: base, err: errNoFiles})
	}
}

// sourceName is the base name of a source, also for "." and "..".
func sourceName(source string) string {
	if abs, err := filepath.Abs(source); err == nil {
		source = abs
	}
	return filepath.Base(source)
}

// isAnnotation reports whether path is a file of labels that lies beside the text
// it labels.
func isAnnotation(path string) bool {
	ext := filepath.Ext(path)
	if ext != ".ann" && ext != ".clean" {
		return false
	}
	_, err := os.Stat(strings.TrimSuffix(path, ext) + ".txt")
	return err == nil
}

func fileSize(path string) (int64, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return 0, err
	case info.IsDir():
		return 0, errors.New("a link to a folder is not followed")
	case !info.Mode().IsRegular():
		return 0, errors.New("not a regular file")
	}
	return info.Size(), nil
}

// expand gives the sources that one argument stands for: those listed in a file,
// those a glob matches, or the argument itself.
func expand(source string) ([]string, error) {
	if list, ok := strings.CutPrefix(source, "@"); ok {
		b, err := os.ReadFile(list)
		if err != nil {
			return nil, err
		}
		var out []string
		for line := range strings.Lines(cleanText(string(b))) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				out = append(out, line)
			}
		}
		return out, nil
	}
	if _, err := os.Lstat(source); err != nil && strings.ContainsAny(source, "*?[") {
		if matches, err := filepath.Glob(source); err == nil && len(matches) > 0 {
			return matches, nil // sorted
		}
	}
	return []string{source}, nil
}

// A reading is one pass over the sources: one goroutine that reads them, and some
// that find the articles in pages of HTML, which takes longer than reading them.
// The methods report false when no more documents are wanted.
type reading struct {
	*Reader
	ctx       context.Context
	queue     chan *pending // in the order of the dump
	pages     chan *pending // those that need work
	workers   sync.WaitGroup
	read      chan struct{} // closed when the reading goroutine has ended
	onStdin   atomic.Bool   // it may be waiting for standard input
	input     *counter      // of the file that is being read
	inputSize int64         // of that file, 0 where it is no file on disk
}

// A pending is a document on its way to being yielded.
type pending struct {
	doc    *Document
	finish func(*Document)
	done   chan struct{}
}

func newReading(ctx context.Context, r *Reader) *reading {
	workers := r.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	rd := &reading{Reader: r, ctx: ctx, queue: make(chan *pending, 4*workers), pages: make(chan *pending), read: make(chan struct{})}
	for range workers {
		rd.workers.Go(func() {
			for p := range rd.pages {
				p.finish(p.doc)
				close(p.done)
			}
		})
	}
	go func() {
		defer close(rd.read)
		defer close(rd.pages)
		defer close(rd.queue)
		for _, asked := range r.Sources {
			if !rd.asked(asked) {
				return
			}
		}
	}()
	return rd
}

// next gives the next document once it is complete, nil after the last one or
// when the context is done.
func (rd *reading) next() *pending {
	select {
	case p := <-rd.queue:
		if p == nil {
			return nil
		}
		select {
		case <-p.done:
			if rd.ctx.Err() == nil {
				return p
			}
		case <-rd.ctx.Done():
		}
	case <-rd.ctx.Done():
	}
	return nil
}

// wait returns when the goroutines have ended.
func (rd *reading) wait() {
	if rd.onStdin.Load() {
		select {
		case <-rd.read:
		default:
			return
		}
	}
	<-rd.read
	rd.workers.Wait()
}

// alreadyDone is the done channel of documents that need no work.
var alreadyDone = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

// yield hands on a document that is complete.
func (rd *reading) yield(d *Document) bool {
	return send(rd.ctx, rd.queue, &pending{doc: d, done: alreadyDone})
}

// yieldLater hands on a document that finish completes in another goroutine.
func (rd *reading) yieldLater(d *Document, finish func(*Document)) bool {
	p := &pending{doc: d, finish: finish, done: make(chan struct{})}
	return send(rd.ctx, rd.queue, p) && send(rd.ctx, rd.pages, p)
}

// asked reads what one argument stands for.
func (rd *reading) asked(argument string) bool {
	sources, err := expand(argument)
	if err != nil {
		return rd.skipFile(filepath.Base(argument), fault(err), reason(err))
	}
	for _, s := range sources {
		if !rd.source(s) {
			return false
		}
	}
	return true
}

func (rd *reading) source(source string) bool {
	if source == "-" {
		rd.onStdin.Store(true)
		defer rd.onStdin.Store(false)
		rd.input, rd.inputSize = rd.counted(rd.Stdin), 0
		return rd.content("stdin", rd.input, 0)
	}
	more := true
	walk(source, func(f found) bool {
		switch {
		case errors.Is(f.err, errNoFiles):
			more = rd.skipFile(f.name, SkipNoArticle, f.err.Error())
		case f.err != nil:
			more = rd.skipFile(f.name, SkipUnreadable, reason(f.err))
		default:
			more = rd.file(f)
		}
		return more
	})
	return more
}

// fault tells a file that the system does not give from one whose content is
// broken.
func fault(err error) SkipReason {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return SkipUnreadable
	}
	return SkipBroken
}

// reason is err without the path, which a Skip names already.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Op + ": " + pe.Err.Error()
	}
	return err.Error()
}

func (rd *reading) file(f found) bool {
	file, err := os.Open(f.path)
	if err != nil {
		return rd.skipFile(f.name, fault(err), reason(err))
	}
	defer file.Close()
	c := rd.counted(file)
	rd.input, rd.inputSize = c, f.size
	more := rd.content(f.name, c, 0)
	if rd.Progress != nil && c.n < f.size {
		rd.Progress.Read.Add(f.size - c.n) // what a limit left unread
	}
	return more
}

// skipFile yields a document that stands for a file that could not be read.
func (rd *reading) skipFile(name string, why SkipReason, detail string) bool {
	d := &Document{Source: name, Single: true, ID: documentID(name, 0, "")}
	d.Skip = Skip{why, name + ": " + detail}
	return rd.yield(d)
}

// skip yields a document that stands for a record that could not be read.
func (rd *reading) skip(name string, record int, why SkipReason, detail string) bool {
	d := &Document{Source: name, Record: record}
	skipRecord(d, why, detail)
	return rd.yield(d)
}

// skipRecord makes d stand for a record that could not be read.
func skipRecord(d *Document, why SkipReason, detail string) {
	d.Skip = Skip{Reason: why, Detail: d.Where() + ": " + detail}
	d.ID = documentID(d.Source, d.Record, "")
}

// emit yields d with its text.
func (rd *reading) emit(d *Document, text string) bool {
	setText(d, text)
	return rd.yield(d)
}

// setText sets the text and the ID of d, and skips it where there is too much
// text or none.
func setText(d *Document, text string) {
	d.Text = cleanText(text)
	d.ID = documentID(d.Source, d.Record, d.Text)
	switch {
	case len(d.Text) > MaxDocument:
		d.Skip = Skip{SkipTooLong, fmt.Sprintf("%s: %s of text, the limit for one article is %s", d.Where(), size(len(d.Text)), size(MaxDocument))}
		d.Text = ""
	case strings.TrimSpace(d.Text) == "":
		d.Skip = Skip{SkipEmpty, d.Where() + ": no text"}
	}
}

// size writes a number of bytes for a person.
func size(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}

// A counter counts the bytes that are read through it.
type counter struct {
	r     io.Reader
	n     int64
	total *Progress
}

func (rd *reading) counted(r io.Reader) *counter { return &counter{r: r, total: rd.Progress} }

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.count(n)
	return n, err
}

// ReadAt reads from a file on disk.
func (c *counter) ReadAt(p []byte, offset int64) (int, error) {
	n, err := c.r.(io.ReaderAt).ReadAt(p, offset)
	c.count(n)
	return n, err
}

func (c *counter) count(n int) {
	c.n += int64(n)
	if c.total != nil {
		c.total.Read.Add(int64(n))
	}
}
