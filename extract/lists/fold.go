package lists

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold brings a name to the form in which lists compare names: lower case,
// without diacritics, straight apostrophes, one space between words and no
// leading article. "The  Élysée’s" becomes "elysee's".
func Fold(name string) string {
	if simple(name) {
		return name
	}
	b := make([]byte, 0, len(name))
	for _, r := range name {
		switch {
		case unicode.IsSpace(r):
			if len(b) > 0 && b[len(b)-1] != ' ' {
				b = append(b, ' ')
			}
		case r < utf8.RuneSelf:
			b = append(b, lower(byte(r)))
		case r == '’' || r == '‘' || r == 'ʼ' || r == '`':
			b = append(b, '\'')
		case r == '–' || r == '‑' || r == '‐':
			b = append(b, '-')
		default:
			r = unicode.ToLower(r)
			if plain, ok := letters[r]; ok {
				b = append(b, plain...)
			} else {
				b = utf8.AppendRune(b, r)
			}
		}
	}
	s := strings.TrimSuffix(string(b), " ")
	return strings.TrimPrefix(s, "the ")
}

// simple reports whether Fold would leave name as it is.
func simple(name string) bool {
	if strings.HasPrefix(name, "the ") {
		return false
	}
	for i := range len(name) {
		c := name[i]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '.' || c == '-' || c == '\'' ||
			c == ' ' && i > 0 && i+1 < len(name) && name[i+1] != ' ') {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// letters maps the accented letters of Latin script to plain ones.
var letters = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th"}
	for plain, accented := range map[string]string{
		"a": "áàâäãåāăąǎạảấầẩẫậắằẳẵặ", "c": "çćčĉċ", "d": "ďđðḑḍ", "e": "éèêëēĕėęěẹẻẽếềểễệə",
		"g": "ğģĝġǧ", "h": "ĥħḩḥ", "i": "íìîïīĭįıĩịỉ", "j": "ĵ", "k": "ķḳ", "l": "łľĺļḷ", "n": "ñńňņŋṇ",
		"o": "óòôöõøōŏőơọỏốồổỗộớờởỡợ", "r": "ŕřŗṛ", "s": "śšşșŝṣ", "t": "ťţțŧṭ", "u": "úùûüūŭůűųưụủũứừửữự",
		"w": "ŵ", "y": "ýÿŷỳỵỷỹ", "z": "źžżẓ",
	} {
		for _, r := range accented {
			m[r] = plain
		}
	}
	return m
}()

// rows yields the fields of every line of a tab-separated table, padded to n;
// empty lines and those that begin with # are left out.
func rows(table string, n int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(table) {
			line = strings.TrimRight(line, "\r\n")
			if line == "" || line[0] == '#' {
				continue
			}
			fields := strings.Split(line, "\t")
			for len(fields) < n {
				fields = append(fields, "")
			}
			if !yield(fields) {
				return
			}
		}
	}
}

// split cuts a field of several values at its bars.
func split(field string) []string {
	if field == "" {
		return nil
	}
	return strings.Split(field, "|")
}
