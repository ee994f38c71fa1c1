package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold makes names that differ only in case, accents, white space or a
// possessive ending equal.
func Fold(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == 0:
		case r == '’':
			b.WriteByte('\'')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	folded := strings.Join(strings.Fields(b.String()), " ")
	return strings.TrimSuffix(folded, "'s")
}
