package parse

import "github.com/zeebo/xxh3"

// The features of a word. Each chooses one embedding row; the rows add up.
const (
	slotWord       = iota // the word itself, where training saw it twice
	slotWordBefore        // the word before it
	slotWordAfter         // the word after it
	slotSuffix3           // its last three letters
	slotPrefix3           // its first three letters
	slotShape             // capitals, digits, punctuation
	slotSuffix2           // its last two letters
	slotTag               // Penn tags: its own, and of two neighbours on both sides
	slotTagBefore
	slotTagAfter
	slotTagBefore2
	slotTagAfter2
	slotBigramBefore // pairs and triples of tags
	slotBigramAfter
	slotTrigram
	slotPOS // Universal part of speech
	slots
)

// Rows for tags and words that no lexicon lists.
const (
	unknown  = iota // not seen in training
	outside         // beyond either end of the sentence
	rootTag         // of the root
	firstTag        // number of the first tag of the lexicon
)

// firstWord is the number of the first word of the lexicon.
const firstWord = 2

// rowsOf says how many rows a slot has, hashed where there are more values.
// Words have as many as the lexicon has words.
var rowsOf = [slots]int{
	slotSuffix3: 1 << 12, slotPrefix3: 1 << 11, slotShape: 1 << 8, slotSuffix2: 1 << 10,
	slotTag: 64, slotTagBefore: 64, slotTagAfter: 64, slotTagBefore2: 64, slotTagAfter2: 64,
	slotBigramBefore: 1 << 11, slotBigramAfter: 1 << 11, slotTrigram: 1 << 12,
	slotPOS: 32,
}

// A lexicon numbers the words and tags that training saw.
type lexicon struct {
	tags  []string // numbered from firstTag
	words []uint64 // hashes of normal forms, numbered from firstWord

	tagNumber  map[string]uint8
	wordNumber map[uint64]int32
	base       [slots]int32 // first row of every slot
	rows       int          // of all slots
}

// index builds the maps and the layout of rows from tags and words.
func (x *lexicon) index() {
	x.tagNumber = make(map[string]uint8, len(x.tags))
	for i, t := range x.tags {
		x.tagNumber[t] = uint8(i + firstTag)
	}
	x.wordNumber = make(map[uint64]int32, len(x.words))
	for i, w := range x.words {
		x.wordNumber[w] = int32(i + firstWord)
	}
	x.rows = 0
	for slot, n := range rowsOf {
		x.base[slot] = int32(x.rows)
		if slot <= slotWordAfter {
			n = len(x.words) + firstWord
		}
		x.rows += n
	}
}

// posNumber numbers the Universal parts of speech from 1
// (universaldependencies.org/u/pos).
var posNumber = map[string]uint8{
	"ADJ": 1, "ADP": 2, "ADV": 3, "AUX": 4, "CCONJ": 5, "DET": 6, "INTJ": 7, "NOUN": 8, "NUM": 9,
	"PART": 10, "PRON": 11, "PROPN": 12, "PUNCT": 13, "SCONJ": 14, "SYM": 15, "VERB": 16, "X": 17,
}

// A word is what the features of itself and its neighbours need to know of it.
type word struct {
	number                           int32
	suffix3, prefix3, shape, suffix2 int32
	tag, pos                         uint8
}

// word reads one token.
func (x *lexicon) word(form, tag, pos string) word {
	var buf [48]byte
	b := normal(buf[:], form)
	return word{
		number:  x.wordNumber[xxh3.Hash(b)],
		suffix3: hashRow(slotSuffix3, xxh3.Hash(b[max(0, len(b)-3):])),
		prefix3: hashRow(slotPrefix3, xxh3.Hash(b[:min(len(b), 3)])),
		shape:   hashRow(slotShape, shape(form)),
		suffix2: hashRow(slotSuffix2, xxh3.Hash(b[max(0, len(b)-2):])),
		tag:     x.tagNumber[tag],
		pos:     posNumber[pos],
	}
}

// normal writes into buf, as far as it goes, form with ASCII letters in lower
// case and every digit as 0.
func normal(buf []byte, form string) []byte {
	n := min(len(form), len(buf))
	for i := range n {
		c := form[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case '0' <= c && c <= '9':
			c = '0'
		}
		buf[i] = c
	}
	return buf[:n]
}

// shape numbers the first five runs of one kind of character.
func shape(form string) uint64 {
	h, last, runs := uint64(0), uint64(0), 0
	for i := 0; i < len(form) && runs < 5; i++ {
		kind := uint64(5)
		switch c := form[i]; {
		case 'A' <= c && c <= 'Z':
			kind = 1
		case 'a' <= c && c <= 'z' || c >= 0x80:
			kind = 2
		case '0' <= c && c <= '9':
			kind = 3
		case c == '-' || c == '\'' || c == '.' || c == ',':
			kind = 4
		}
		if kind != last {
			h, last = h*7+kind, kind
			runs++
		}
	}
	return h
}

// hashRow is the row of h within a slot.
func hashRow(slot int, h uint64) int32 {
	return int32(h * 0x9E3779B97F4A7C15 >> 32 & uint64(rowsOf[slot]-1))
}

// features sets s.tags and s.rows from s.words, for the root and every word.
func (x *lexicon) features(s *scratch) {
	n := len(s.words)
	s.tags, s.rows = grow(s.tags, n+1), grow(s.rows, (n+1)*slots)
	edge := word{number: outside, tag: outside}
	at := func(i int) *word {
		if i < 0 || i >= n {
			return &edge
		}
		return &s.words[i]
	}
	root := word{number: outside, tag: rootTag}
	for i := range n + 1 {
		w, before, after := at(i-1), at(i-2), at(i)
		if i == 0 {
			w = &root
		}
		s.tags[i] = w.tag
		tag, tagBefore, tagAfter := uint64(w.tag), uint64(before.tag), uint64(after.tag)
		rows := (*[slots]int32)(s.rows[i*slots:])
		*rows = [slots]int32{
			slotWord:         w.number,
			slotWordBefore:   before.number,
			slotWordAfter:    after.number,
			slotSuffix3:      w.suffix3,
			slotPrefix3:      w.prefix3,
			slotShape:        w.shape,
			slotSuffix2:      w.suffix2,
			slotTag:          int32(w.tag),
			slotTagBefore:    int32(before.tag),
			slotTagAfter:     int32(after.tag),
			slotTagBefore2:   int32(at(i - 3).tag),
			slotTagAfter2:    int32(at(i + 1).tag),
			slotBigramBefore: hashRow(slotBigramBefore, tagBefore<<8|tag),
			slotBigramAfter:  hashRow(slotBigramAfter, tag<<8|tagAfter),
			slotTrigram:      hashRow(slotTrigram, tagBefore<<16|tag<<8|tagAfter),
			slotPOS:          int32(w.pos),
		}
		for slot := range rows {
			rows[slot] += x.base[slot]
		}
	}
}
