package pipeline

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// What the bytes of a text file are in. HTML says so itself, see page.
type charsetKind int

const (
	utf8Text charsetKind = iota
	windowsText
	utf16Text
)

// decoder gives r, which begins with head, as UTF-8, or says why it is no text.
// Text is UTF-16 if it begins with that byte order mark or every other byte is
// zero; Windows-1252 (which covers Latin-1) if it has bytes beyond ASCII and not
// one character of UTF-8 among them; otherwise UTF-8, with faults here and there.
func decoder(r io.Reader, head []byte, f format) (io.Reader, charsetKind, string) {
	if e, ok := utf16Order(head); ok {
		return transform.NewReader(r, unicode.UTF16(e, unicode.UseBOM).NewDecoder()), utf16Text, ""
	}
	if f == htmlPage {
		return r, utf8Text, ""
	}
	good, bad, control := 0, 0, 0
	for i := 0; i < len(head); {
		c, n := utf8.DecodeRune(head[i:])
		switch {
		case c == utf8.RuneError && n == 1:
			if i+utf8.UTFMax <= len(head) { // else it may only be cut
				bad++
			}
		case n > 1:
			good++
		case c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b, c == 0x7f:
			control++
		}
		i += n
	}
	switch {
	case control > 4 && control*20 > len(head):
		return nil, 0, fmt.Sprintf("%d of its first %d bytes are control characters", control, len(head))
	case bad*4 > len(head):
		return nil, 0, fmt.Sprintf("%d of its first %d bytes are of no charset that English is written in", bad, len(head))
	case bad > 0 && good == 0:
		return transform.NewReader(r, charmap.Windows1252.NewDecoder()), windowsText, ""
	}
	return r, utf8Text, ""
}

// utf16Order tells UTF-16 and its byte order by the mark, or by the zeros that
// ASCII has in it.
func utf16Order(head []byte) (unicode.Endianness, bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.BigEndian, true
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 4:
		return unicode.BigEndian, false
	case zeros[1]*10 > half*8 && zeros[0]*10 < half:
		return unicode.LittleEndian, true
	case zeros[0]*10 > half*8 && zeros[1]*10 < half:
		return unicode.BigEndian, true
	}
	return unicode.BigEndian, false
}
