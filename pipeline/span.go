package pipeline

import "unicode/utf8"

// A Span is a half-open range of bytes, [Start, End), in one Document's Text.
// Files that leave the program count Unicode code points instead; a CodePoints
// value converts.
type Span struct {
	Start, End int
}

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// CodePoints converts byte offsets of one valid UTF-8 text to code point
// offsets. It stores one count for every stride of bytes, so that a text of n
// bytes costs n/64 words and a conversion looks at no more than 64 bytes.
type CodePoints struct {
	text  string
	marks []int // marks[i]: code points that start before byte i*stride
}

const stride = 64

// NewCodePoints indexes text.
func NewCodePoints(text string) *CodePoints {
	c := &CodePoints{text: text, marks: make([]int, len(text)/stride+1)}
	n := 0
	for i := range len(text) {
		if i%stride == 0 {
			c.marks[i/stride] = n
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	if len(text)%stride == 0 {
		c.marks[len(text)/stride] = n
	}
	return c
}

// Offset is the number of code points that start before byte offset b, which
// is clipped to the text.
func (c *CodePoints) Offset(b int) int {
	b = min(max(b, 0), len(c.text))
	n := c.marks[b/stride]
	for _, x := range []byte(c.text[b/stride*stride : b]) {
		if utf8.RuneStart(x) {
			n++
		}
	}
	return n
}

// Span converts a span of bytes to a span of code points.
func (c *CodePoints) Span(s Span) Span { return Span{c.Offset(s.Start), c.Offset(s.End)} }
