package pipeline

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
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
