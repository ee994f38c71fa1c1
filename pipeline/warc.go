package pipeline

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http/httputil"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// A warcFile numbers the documents of one WARC file (ISO 28500, versions 1.0 and
// 1.1). Its documents are the pages of response and resource records and the texts
// of conversion records; requests, metadata and the like belong to them and are
// passed over.
type warcFile struct {
	*reading
	name   string
	record int
	fault  int64 // byte offset of the last record that was reported as broken, -1 before
}

// warc reads records that follow each other.
func (rd *reading) warc(name string, r *bufio.Reader) bool {
	w := &warcFile{reading: rd, name: name, fault: -1}
	if !w.records(&byteCounter{Reader: r}, 0, true) {
		return false
	}
	return w.record > 0 || rd.skipFile(name, SkipNoArticle, "no page in this WARC file")
}

// warcMembers reads a file in which every record is a gzip member, as the standard
// asks. A broken member costs that record only. first holds the beginning of the
// first member.
func (rd *reading) warcMembers(name string, m *gzipMembers, first *bufio.Reader) bool {
	w := &warcFile{reading: rd, name: name, fault: -1}
	b := first
	for {
		if !w.records(&byteCounter{Reader: b}, m.start, false) {
			return false
		}
		_, err := io.Copy(io.Discard, b)
		if err == nil {
			err = m.next()
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if !w.broken(m.start, "gzip: "+err.Error()) {
				return false
			}
			if errors.Is(err, errInflation) || m.resync() != nil {
				break
			}
		}
		b.Reset(rd.inflated(m))
	}
	return w.record > 0 || rd.skipFile(name, SkipNoArticle, "no page in this WARC file")
}

// broken reports the record at offset, once.
func (w *warcFile) broken(offset int64, why string) bool {
	if offset == w.fault {
		return true
	}
	w.fault = offset
	w.record++
	return w.skip(w.name, w.record-1, SkipBroken, fmt.Sprintf("byte %d: %s", offset, why))
}

// records reads records until r ends. offset is where r begins in the file; within
// says that records have offsets of their own.
func (w *warcFile) records(r *byteCounter, offset int64, within bool) bool {
	for {
		skipBlank(r)
		at := offset
		if within {
			at += r.n
		}
		line, n, err := readLine(r.Reader, maxWARCHeader)
		r.n += int64(n)
		if n == 0 && err != nil {
			return errors.Is(err, io.EOF) || w.broken(at, reason(err))
		}
		if !bytes.HasPrefix(line, []byte("WARC/")) {
			// A length that lied has led into the middle of something.
			if !w.broken(at, "no record begins here; looking for the next one") {
				return false
			}
			if !nextRecord(r) {
				return true
			}
			continue
		}
		header, err := readWARCHeader(r)
		length, lengthErr := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
		if err != nil || lengthErr != nil || length < 0 {
			if !w.broken(at, "a record header without a length") {
				return false
			}
			if !nextRecord(r) {
				return true
			}
			continue
		}
		body := &io.LimitedReader{R: r, N: length}
		if !w.one(at, header, body) {
			return false
		}
		if _, err := io.Copy(io.Discard, body); err != nil {
			return w.broken(at, reason(err))
		}
		if body.N > 0 {
			return w.broken(at, fmt.Sprintf("the record should have %d bytes more", body.N))
		}
	}
}

const maxWARCHeader = 64 << 10 // bytes of all header lines of a record

// skipBlank takes the empty lines between records.
func skipBlank(r *byteCounter) {
	for {
		b, err := r.Peek(1)
		if err != nil || b[0] != '\r' && b[0] != '\n' {
			return
		}
		r.ReadByte()
	}
}

// nextRecord goes to the next line that begins a record.
func nextRecord(r *byteCounter) bool {
	for {
		if b, _ := r.Peek(6); string(b) == "WARC/1" {
			return true
		}
		_, n, err := readLine(r.Reader, 0)
		r.n += int64(n)
		if err != nil {
			return false
		}
	}
}

// readWARCHeader reads the header lines of a record up to the empty line.
func readWARCHeader(r *byteCounter) (textproto.MIMEHeader, error) {
	header := make(textproto.MIMEHeader)
	for left := maxWARCHeader; left > 0; {
		line, n, err := readLine(r.Reader, left)
		left -= n
		r.n += int64(n)
		if err != nil {
			return header, err
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			return header, nil
		}
		if key, value, ok := bytes.Cut(line, []byte(":")); ok {
			header.Add(string(key), strings.TrimSpace(string(value)))
		}
	}
	return header, errors.New("the header is too long")
}

// one yields the document of a record, if it is one that holds a page or a text.
func (w *warcFile) one(at int64, header textproto.MIMEHeader, body io.Reader) bool {
	kind := header.Get("WARC-Type")
	if kind != "response" && kind != "resource" && kind != "conversion" {
		return true
	}
	d := &Document{Source: w.name, Record: w.record, Offset: at, URL: cleanText(strings.Trim(header.Get("WARC-Target-URI"), "<>"))}
	if strings.HasPrefix(d.URL, "dns:") {
		return true
	}
	if u, err := url.Parse(d.URL); err == nil {
		d.Site = u.Hostname()
	}
	page, err := io.ReadAll(io.LimitReader(body, MaxRecord+1))
	if err != nil {
		return w.broken(at, reason(err))
	}
	w.record++
	skip := func(why SkipReason, detail string) bool {
		setText(d, "")
		d.Skip = Skip{why, fmt.Sprintf("%s: byte %d: %s", d.Where(), at, detail)}
		return w.yield(d)
	}
	contentType := header.Get("Content-Type")
	if len(page) > MaxRecord {
		return skip(SkipTooLong, "the limit for one record is "+size(MaxRecord))
	}
	if kind == "response" {
		status, h, content, err := httpResponse(page)
		switch {
		case err != nil:
			return skip(SkipBroken, "HTTP: "+err.Error())
		case status != 200:
			return skip(SkipNoArticle, fmt.Sprintf("HTTP status %d", status))
		}
		contentType, page = h.Get("Content-Type"), content
	}
	media, _, _ := mime.ParseMediaType(contentType)
	switch {
	case media == "text/html", media == "application/xhtml+xml", media == "" && isHTML(bytes.TrimSpace(page)):
		return w.page(d, page, contentType)
	case kind == "conversion" || media == "text/plain":
		setText(d, string(page))
		return w.yield(d)
	}
	return skip(SkipNoArticle, "content of the type "+shorten(cleanText(contentType), 80))
}

// httpResponse takes an HTTP response apart and undoes its encodings. Some crawlers
// undo them before they write and leave the header as it was, so the content
// decides.
func httpResponse(b []byte) (status int, header textproto.MIMEHeader, content []byte, err error) {
	r := textproto.NewReader(bufio.NewReader(bytes.NewReader(b)))
	line, err := r.ReadLine()
	if err != nil {
		return 0, nil, nil, err
	}
	_, rest, _ := strings.Cut(line, " ")
	code, _, _ := strings.Cut(rest, " ")
	if status, err = strconv.Atoi(code); err != nil || !strings.HasPrefix(line, "HTTP/") {
		return 0, nil, nil, fmt.Errorf("no status in %q", shorten(cleanText(line), 40))
	}
	if header, err = r.ReadMIMEHeader(); err != nil && !errors.Is(err, io.EOF) {
		// One bad line is no reason to lose a page.
		header = textproto.MIMEHeader{}
	}
	_, content, _ = bytes.Cut(b, []byte("\r\n\r\n"))
	if strings.EqualFold(header.Get("Transfer-Encoding"), "chunked") && beginsChunk(content) {
		if whole, err := io.ReadAll(io.LimitReader(httputil.NewChunkedReader(bytes.NewReader(content)), MaxPage+1)); err == nil || len(whole) > 0 {
			content = whole
		}
	}
	if bytes.HasPrefix(content, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(bytes.NewReader(content))
		if err != nil {
			return status, header, nil, err
		}
		if content, err = io.ReadAll(io.LimitReader(z, MaxPage+1)); err != nil && len(content) == 0 {
			return status, header, nil, err
		}
	}
	return status, header, content, nil
}

// beginsChunk reports whether b begins with the length of a chunk.
func beginsChunk(b []byte) bool {
	line, _, ok := bytes.Cut(b[:min(len(b), 32)], []byte("\r\n"))
	if !ok {
		return false
	}
	_, err := strconv.ParseUint(strings.TrimSpace(string(line)), 16, 32)
	return err == nil
}
