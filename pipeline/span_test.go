package pipeline

import (
	"testing"
	"unicode/utf8"
)

func TestCodePoints(t *testing.T) {
	long := ""
	for range 50 {
		long += "naïve 漢字 🙂 é plain "
	}
	for _, text := range []string{"", "a", "é", "🙂", long} {
		c := NewCodePoints(text)
		for b := range len(text) + 1 {
			if b < len(text) && !utf8.RuneStart(text[b]) {
				continue
			}
			if got, want := c.Offset(b), utf8.RuneCountInString(text[:b]); got != want {
				t.Fatalf("Offset(%d) of %.20q = %d, want %d", b, text, got, want)
			}
		}
		if got, want := c.Offset(len(text)+9), utf8.RuneCountInString(text); got != want {
			t.Errorf("an offset past the end of %.20q gives %d, want %d", text, got, want)
		}
	}
}
