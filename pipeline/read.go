package pipeline

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// A Reader turns a dump into Documents: lazily, one at a time, in the same order
// every time. Nothing vanishes: what cannot be read, decoded or used becomes a
// Document with a Skip that names the file, the record and the reason.
type Reader struct {
	Sources  []string          // files, folders that are read recursively in the order of their names, or "-" for Stdin
	Stdin    io.Reader         // what "-" reads
	Fields   map[string]string // for JSON: part of a document (text, title, url, published, site, author, language) to the field that holds it; what is not named is found by the usual names
	Progress *Progress         // where bytes are counted, or nil
}

// Documents reads the sources. It ends early when ctx is done; what was yielded
// until then is whole.
func (r *Reader) Documents(ctx context.Context) iter.Seq[*Document] {
	return func(yield func(*Document) bool) {
		rd := &reading{Reader: r, yield: func(d *Document) bool { return ctx.Err() == nil && yield(d) }}
		for _, s := range r.Sources {
			if ctx.Err() != nil || !rd.source(s) {
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
	for _, s := range r.Sources {
		walk(s, func(f found) bool {
			if f.err == nil {
				r.Progress.Total.Add(f.size)
			}
			return ctx.Err() == nil
		})
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

// A reading is one pass over the sources. Its methods report false when no more
// documents are wanted.
type reading struct {
	*Reader
	yield func(*Document) bool
}

func (rd *reading) source(source string) bool {
	if source == "-" {
		return rd.content("stdin", rd.counted(rd.Stdin))
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
		return rd.skipFile(f.name, SkipUnreadable, reason(err))
	}
	defer file.Close()
	c := rd.counted(file)
	more := rd.content(f.name, c)
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
	d := &Document{Source: name, Record: record, Skip: Skip{Reason: why}}
	d.Skip.Detail = d.Where() + ": " + detail
	d.ID = documentID(name, record, "")
	return rd.yield(d)
}

// emit yields d with its text and ID.
func (rd *reading) emit(d *Document, text string) bool {
	d.Text = cleanText(text)
	d.ID = documentID(d.Source, d.Record, d.Text)
	switch {
	case len(d.Text) > MaxDocument:
		d.Skip = Skip{SkipTooLong, fmt.Sprintf("%s: %s of text, the limit for one article is %s", d.Where(), size(len(d.Text)), size(MaxDocument))}
		d.Text = ""
	case strings.TrimSpace(d.Text) == "":
		d.Skip = Skip{SkipEmpty, d.Where() + ": no text"}
	}
	return rd.yield(d)
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
	c.n += int64(n)
	if c.total != nil {
		c.total.Read.Add(int64(n))
	}
	return n, err
}

// content reads one file, whose format its first bytes tell.
func (rd *reading) content(name string, r io.Reader) bool {
	const sniff = 4096
	b := bufio.NewReaderSize(r, 64<<10)
	head, err := b.Peek(sniff)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return rd.skipFile(name, SkipUnreadable, reason(err))
	}
	if why := notText(head); why != "" {
		return rd.skipFile(name, SkipBroken, "this is no text: "+why)
	}
	switch jsonForm(head) {
	case jsonLines:
		return rd.jsonLines(name, b)
	case jsonValues:
		return rd.jsonValues(name, b)
	}
	return rd.plainText(name, b)
}

// plainText reads a file that holds one article.
func (rd *reading) plainText(name string, r io.Reader) bool {
	text, err := io.ReadAll(io.LimitReader(r, MaxDocument+1))
	if err != nil {
		return rd.skipFile(name, SkipUnreadable, reason(err))
	}
	if len(text) > MaxDocument {
		return rd.skipFile(name, SkipTooLong, "a text file is one article, and this one is over the limit of "+size(MaxDocument))
	}
	return rd.emit(&Document{Source: name, Single: true}, string(text))
}
