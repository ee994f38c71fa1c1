package pipeline

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// A format is what a file turns out to be by its first bytes. Endings of names
// are not looked at: dumps have wrong ones too often.
type format int

const (
	plainText  format = iota
	jsonLines         // one record a line
	jsonValues        // an array of records, or records over several lines
	htmlPage
	warcRecords
	gzipped
	zstandard
	bzipped
	tarArchive
	zipArchive
	foreign // known, and not read
)

const sniffed = 8192 // bytes of a file that are looked at

// formatOf tells the format of a file that begins with head; what names the
// format of a foreign one.
func formatOf(head []byte) (f format, what string) {
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return gzipped, ""
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		return zstandard, ""
	case bytes.HasPrefix(head, []byte("BZh")) && len(head) > 4 && head[3] >= '1' && head[3] <= '9' && head[4] == 0x31:
		return bzipped, ""
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipArchive, ""
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return tarArchive, ""
	case bytes.HasPrefix(head, []byte("WARC/")):
		return warcRecords, ""
	}
	for magic, name := range foreignMagic {
		if bytes.HasPrefix(head, []byte(magic)) {
			return foreign, name
		}
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	if isHTML(text) {
		return htmlPage, ""
	}
	if bytes.HasPrefix(text, []byte("<?xml")) {
		return foreign, "XML"
	}
	return jsonForm(text), ""
}

// foreignMagic tells formats that dumps hold by mistake, or that another tool
// has to unpack first.
var foreignMagic = map[string]string{
	"\xfd7zXZ\x00":       "xz",
	"7z\xbc\xaf\x27\x1c": "7-Zip",
	"Rar!\x1a\x07":       "RAR",
	"%PDF-":              "PDF",
	"{\\rtf":             "RTF",
	"\xd0\xcf\x11\xe0":   "an Office document",
	"PAR1":               "Parquet",
	"\x89PNG":            "a picture",
	"\xff\xd8\xff":       "a picture",
	"GIF8":               "a picture",
	"SQLite format 3":    "SQLite",
	"\x7fELF":            "a program",
}

// isHTML reports whether text, the beginning of a file without white space, is a
// page: a doctype or a tag that only pages have, remarks aside.
func isHTML(text []byte) bool {
	for bytes.HasPrefix(text, []byte("<!--")) {
		_, rest, ok := bytes.Cut(text, []byte("-->"))
		if !ok {
			return false
		}
		text = bytes.TrimLeft(rest, " \t\r\n")
	}
	start := strings.ToLower(string(text[:min(len(text), 1024)]))
	if strings.HasPrefix(start, "<?xml") {
		return strings.Contains(start, "<html")
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<h1", "<meta", "<title", "<script"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	return false
}

// content reads a file, or what came out of one: nested counts the archives and
// compressions around it.
func (rd *reading) content(name string, r io.Reader, nested int) bool {
	b := bufio.NewReaderSize(r, 64<<10)
	head, err := b.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return rd.skipFile(name, fault(err), reason(err))
	}
	f, what := formatOf(head)
	if f >= gzipped && f <= zipArchive && nested == MaxNesting {
		return rd.skipFile(name, SkipBroken, "too many archives and compressions around one another")
	}
	switch f {
	case gzipped:
		return rd.gzipped(name, b, nested+1)
	case zstandard:
		return rd.zstandard(name, b, nested+1)
	case bzipped:
		return rd.bzipped(name, b, nested+1)
	case tarArchive:
		return rd.tar(name, b, nested+1)
	case zipArchive:
		return rd.zip(name, b, nested+1)
	case warcRecords:
		return rd.warc(name, b)
	case foreign:
		return rd.skipFile(name, SkipBroken, "this is "+what+", which parley does not read")
	}
	decoded, charset, why := decoder(b, head, f)
	if why != "" {
		return rd.skipFile(name, SkipBroken, "this is no text: "+why)
	}
	if charset == utf16Text {
		// What it is can be seen only now.
		b = bufio.NewReaderSize(decoded, 64<<10)
		head, _ = b.Peek(sniffed)
		f, _ = formatOf(head)
		decoded = b
	}
	switch f {
	case htmlPage:
		return rd.htmlFile(name, decoded)
	case jsonLines:
		return rd.jsonLines(name, bufio.NewReaderSize(decoded, 64<<10))
	case jsonValues:
		return rd.jsonValues(name, bufio.NewReaderSize(decoded, 64<<10))
	}
	return rd.textFile(name, decoded)
}

// textFile reads a file that holds one article.
func (rd *reading) textFile(name string, r io.Reader) bool {
	text, err := io.ReadAll(io.LimitReader(r, MaxDocument+1))
	if err != nil {
		return rd.skipFile(name, fault(err), reason(err))
	}
	if len(text) > MaxDocument {
		return rd.skipFile(name, SkipTooLong, "a text file is one article, and this one is over the limit of "+size(MaxDocument))
	}
	return rd.emit(&Document{Source: name, Single: true}, string(text))
}
