package pipeline

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// documentID is the first 16 bytes, in hex, of the SHA-256 of where a document
// came from and what it says.
func documentID(source string, record int, text string) string {
	h := sha256.New()
	var n [8]byte
	for _, s := range []string{source, text} {
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	binary.BigEndian.PutUint64(n[:], uint64(record))
	h.Write(n[:])
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// cleanText makes s valid UTF-8 without a byte order mark and without NULs:
// what is neither becomes U+FFFD.
func cleanText(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	s = strings.ToValidUTF8(s, "\ufffd")
	return strings.ReplaceAll(s, "\x00", "\ufffd")
}

// notText says why b, the beginning of a file, cannot be text, or "" where it can.
// Text has next to no control characters and is UTF-8 or a single-byte charset,
// of which at least a part is ASCII.
func notText(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	control, invalid := 0, 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1 && i+utf8.UTFMax <= len(b):
			invalid++
		case r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != 0x1b, r == 0x7f:
			control++
		}
		i += n
	}
	switch {
	case control > 4 && control*20 > len(b):
		return fmt.Sprintf("%d of its first %d bytes are control characters", control, len(b))
	case invalid*4 > len(b):
		return fmt.Sprintf("%d of its first %d bytes are not UTF-8", invalid, len(b))
	}
	return ""
}

// countWords counts what stands between white space.
func countWords(s string) int {
	n, in := 0, false
	for _, r := range s {
		space := unicode.IsSpace(r)
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}
