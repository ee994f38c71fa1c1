package main

import (
	"testing"

	"parley/pipeline"
)

// What quoted writes, locate finds again.
func TestQuoted(t *testing.T) {
	const text = "Talks on talks: Chad said talks, and talks alone, would end the talk."
	for _, c := range []struct {
		start, end int
		want       string
	}{
		{0, 5, "Talks"}, {9, 14, "talks"}, {26, 31, "talks#2"}, {37, 42, "talks#3"}, {64, 68, "talk#4"},
	} {
		got := quoted(text, c.start, c.end)
		if got != c.want {
			t.Errorf("quoted(%d, %d) = %q, want %q", c.start, c.end, got, c.want)
		}
		span, err := locate(got, text, 0)
		if want := (pipeline.Span{Start: c.start, End: c.end}); err != nil || span != want {
			t.Errorf("locate(%q) = %v, %v, want %v", got, span, err, want)
		}
	}
}

func TestLineKey(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"“Chad” said:  it's 5 p.m.", "chadsaidits5pm"},
		{"…", ""},
	} {
		if got := lineKey(c.line); got != c.want {
			t.Errorf("lineKey(%q) = %q, want %q", c.line, got, c.want)
		}
	}
}
