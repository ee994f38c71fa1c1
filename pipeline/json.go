package pipeline

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fieldNames gives, for each part of a document, the names of JSON fields that
// commonly hold it, the surest first: parley's own, those of news-please, Common
// Crawl news extracts, doccano and Prodigy. A name with dots leads into objects.
var fieldNames = map[string][]string{
	"text":      {"text", "body", "content", "maintext", "article", "article_text", "articleBody", "article_body", "plain_text", "plaintext", "full_text", "fulltext", "cleaned_text", "raw_content", "story", "data"},
	"title":     {"title", "headline", "heading", "name", "meta.title"},
	"url":       {"url", "link", "canonical_url", "requested_url", "html.requested_url", "permalink", "uri", "meta.url", "meta.source_url"},
	"published": {"published", "date_publish", "published_date", "publish_date", "publication_date", "publishing_date", "published_at", "publishedAt", "datePublished", "date_published", "pub_date", "pubDate", "pubdate", "date", "created_at", "timestamp", "meta.date", "meta.published"},
	"site":      {"site", "source_domain", "domain", "publisher", "sitename", "source", "source.name", "thread.site", "meta.source"},
	"author":    {"author", "authors", "byline", "creator", "meta.author"},
	"language":  {"language", "lang"},
}

// jsonForm tells from the first bytes of a file, white space aside, whether it is
// JSON and how its records are laid out, or plain text.
func jsonForm(head []byte) format {
	first, rest, whole := bytes.Cut(head, []byte("\n"))
	first = bytes.TrimSpace(first)
	if len(first) == 0 {
		return plainText
	}
	inner := bytes.TrimLeft(head[1:], " \t\r\n")
	switch {
	case first[0] == '[' && len(inner) > 0 && (inner[0] == '{' || inner[0] == ']' && len(first) == 2):
		return jsonValues
	case first[0] == '{' && len(inner) > 0 && (inner[0] == '"' || inner[0] == '}'):
		if whole && !bytes.HasSuffix(first, []byte("}")) && !bytes.HasPrefix(bytes.TrimSpace(rest), []byte("{")) {
			return jsonValues
		}
		return jsonLines
	}
	// The first record of a dump of lines may be broken: look at the others.
	lines, records := 0, 0
	for line := range bytes.Lines(rest) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			lines++
			if bytes.HasPrefix(line, []byte(`{"`)) {
				records++
			}
		}
	}
	if records > 0 && records*2 > lines {
		return jsonLines
	}
	return plainText
}

// jsonLines reads one record a line. A broken line costs that line only.
func (rd *reading) jsonLines(name string, r *bufio.Reader) bool {
	offset, record := int64(0), 0
	for lineNumber := 1; ; lineNumber++ {
		line, n, err := readLine(r, MaxRecord)
		at := func() string { return fmt.Sprintf("line %d: ", lineNumber) }
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return rd.skip(name, record, fault(err), at()+reason(err))
		case n > MaxRecord:
			if !rd.skip(name, record, SkipTooLong, at()+size(n)+", the limit for one record is "+size(MaxRecord)) {
				return false
			}
			record++
		case len(bytes.TrimSpace(line)) > 0:
			if !rd.record(name, record, offset, at(), bytes.TrimPrefix(line, []byte("\ufeff"))) {
				return false
			}
			record++
		}
		offset += int64(n)
		if err != nil {
			return record > 0 || rd.skipFile(name, SkipEmpty, "no record")
		}
	}
}

// readLine reads to the next line break or the end and returns the line and its
// length in bytes, break included. Of a line over limit it keeps nothing.
func readLine(r *bufio.Reader, limit int) (line []byte, n int, err error) {
	for {
		part, err := r.ReadSlice('\n')
		n += len(part)
		if n <= limit {
			line = append(line, part...)
		} else {
			line = nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, n, err
		}
	}
}

// jsonValues reads an array of records, or records that follow each other. It
// cannot go on after broken JSON, since nothing tells where the next record is.
func (rd *reading) jsonValues(name string, r *bufio.Reader) bool {
	if b, err := r.Peek(3); err == nil && bytes.Equal(b, []byte("\ufeff")) {
		r.Discard(3)
	}
	budget := &budget{r: r}
	dec := json.NewDecoder(budget)
	record := 0
	// A bracket opens the array, if it is one, and its end is the end.
	if b, _ := r.Peek(64); bytes.HasPrefix(bytes.TrimLeft(b, " \t\r\n"), []byte("[")) {
		budget.left = MaxRecord
		if _, err := dec.Token(); err != nil {
			return rd.skipFile(name, SkipBroken, err.Error())
		}
	}
	for {
		budget.left = MaxRecord
		start := dec.InputOffset()
		if !dec.More() {
			break
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			why, detail := SkipBroken, fmt.Sprintf("byte %d: %v; what follows is lost", dec.InputOffset(), err)
			if errors.Is(err, errOverBudget) {
				why, detail = SkipTooLong, fmt.Sprintf("byte %d: the limit for one record is %s; what follows is lost", start, size(MaxRecord))
			}
			return rd.skip(name, record, why, detail)
		}
		if !rd.record(name, record, dec.InputOffset()-int64(len(raw)), "", raw) {
			return false
		}
		record++
	}
	if _, err := dec.Token(); record > 0 && err != nil && !errors.Is(err, io.EOF) {
		return rd.skip(name, record, SkipBroken, fmt.Sprintf("byte %d: %v; what follows is lost", dec.InputOffset(), err))
	}
	return record > 0 || rd.skipFile(name, SkipEmpty, "no record")
}

var errOverBudget = errors.New("the record is over the limit")

// A budget fails once more than left bytes were read from it.
type budget struct {
	r    io.Reader
	left int
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errOverBudget
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// record yields the document of one JSON record; at says where in the file it is.
// The record is taken apart in another goroutine, so raw must not change.
func (rd *reading) record(name string, record int, offset int64, at string, raw []byte) bool {
	return rd.yieldLater(&Document{Source: name, Record: record, Offset: offset}, func(d *Document) {
		if err := rd.fill(d, raw); err != nil {
			skipRecord(d, SkipBroken, at+err.Error())
		}
	})
}

// fill sets what a JSON record says of d. An error says why it is no article.
func (rd *reading) fill(d *Document, raw []byte) error {
	var fields map[string]any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&fields); err != nil {
		return err
	}
	if _, end := dec.Token(); !errors.Is(end, io.EOF) {
		return errors.New("something follows the record")
	}
	if fields == nil {
		return errors.New("null is no record")
	}
	text, ok := rd.field(fields, "text")
	if !ok {
		have := slices.Sorted(maps.Keys(fields))
		return errors.New("no field for the text among: " + shorten(strings.Join(have, ", "), 200))
	}
	get := func(part string) string {
		v, _ := rd.field(fields, part)
		return cleanText(strings.TrimSpace(v))
	}
	d.Title, d.URL, d.Site = get("title"), get("url"), get("site")
	d.Author, d.Language = get("author"), strings.ToLower(get("language"))
	d.Published = parseStamp(get("published"))
	setText(d, withoutMarkup(text))
	return nil
}

// shorten cuts s to about n bytes, at a letter.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// field finds a part of a document in a record, and whether the record has a
// field for it, be it empty.
func (rd *reading) field(fields map[string]any, part string) (string, bool) {
	names := fieldNames[part]
	if own := rd.Fields[part]; own != "" {
		names = []string{own}
	}
	there := false
	for _, name := range names {
		v, ok := lookUp(fields, name)
		if strings.TrimSpace(v) != "" {
			return v, true
		}
		there = there || ok
	}
	return "", there
}

// lookUp finds a field by its name or its dotted path. A list of strings is
// joined by commas, but in a text by line breaks.
func lookUp(fields map[string]any, name string) (string, bool) {
	v, ok := fields[name]
	if !ok {
		outer, inner, dotted := strings.Cut(name, ".")
		if nested, isObject := fields[outer].(map[string]any); dotted && isObject {
			return lookUp(nested, inner)
		}
		return "", false
	}
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case nil:
		return "", true
	case []any:
		var parts []string
		for _, p := range v {
			s, isString := p.(string)
			if !isString {
				return "", false
			}
			parts = append(parts, s)
		}
		if slices.Contains(fieldNames["text"], name) {
			return strings.Join(parts, "\n"), true
		}
		return strings.Join(parts, ", "), true
	}
	return "", false
}

// parseStamp reads the date of a record: a date or a time in one of the usual
// layouts, or seconds or milliseconds since 1970. It gives midnight UTC of the
// day as it is written, and the zero time where it is none of these.
func parseStamp(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		if len(s) == len("20150129") && !strings.Contains(s, ".") {
			if t, err := time.Parse("20060102", s); err == nil {
				return t
			}
		}
		if n > 1e11 {
			n /= 1000
		}
		if n < 1e8 || n > 1e11 {
			return time.Time{}
		}
		return day(time.Unix(int64(n), 0).UTC())
	}
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC, "Mon Jan _2 15:04:05 -0700 2006", time.RFC822Z, time.RFC822} {
		if t, err := time.Parse(layout, s); err == nil {
			return day(t)
		}
	}
	t, _, _ := findDate(s)
	return t
}

// day is midnight UTC of the calendar day that t shows.
func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
