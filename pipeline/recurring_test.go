package pipeline

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func TestRecurringLines(t *testing.T) {
	const slogan = "Harbour Gazette: where the tide turns"
	files := make(map[string]string)
	for i := range 2 * recurs {
		files[fmt.Sprintf("a/%02d.txt", i)] = fmt.Sprintf("Port deal number %d signed\nMay 4, 2015\n\nGhana signed port deal number %d with Togo on Monday, the ministry said.\n\n%s\n\nThe opposition in Accra called the terms of deal %d a scandal.\n\nMore on deal %d\n\nTogo said that it would pay, as it always had.", i, i, slogan, i, i)
	}
	files["b/00.txt"] = "Ghana signed a port deal with Togo on Monday, the ministry said.\n\n" + slogan + "\n\nTogo said that it would pay, as it always had."
	root := dump(t, files)
	n := 0
	for d := range (&Reader{Sources: []string{root}}).Documents(context.Background()) {
		clean(d)
		kept := ""
		for _, b := range d.Blocks {
			if b.Kind.Kept() {
				kept += d.In(b.Span) + "\n"
			}
		}
		known := strings.HasPrefix(d.Source, "dump/a/") && n >= recurs
		if has := strings.Contains(kept, slogan); has == known {
			t.Errorf("%s, article %d: slogan kept: %v", d.Source, n, has)
		}
		for _, s := range []string{"signed", "said that it would pay"} {
			if !strings.Contains(kept, s) {
				t.Errorf("%s has lost %q", d.Source, s)
			}
		}
		n++
	}
	if n != len(files) {
		t.Errorf("%d documents, want %d", n, len(files))
	}
}

func TestSiteMemoryIsBounded(t *testing.T) {
	m := newSiteMemory(20_000)
	for i := range 50 {
		var b strings.Builder
		for j := range 1000 {
			fmt.Fprintf(&b, "line %d of %d\n", j, i)
		}
		m.note(&Document{Source: "f", Text: b.String() + "always here"})
	}
	if len(m.counts) > 20_000 {
		t.Errorf("%d lines are remembered", len(m.counts))
	}
	d := &Document{Source: "f", Text: "always here"}
	if m.note(d); len(d.Recurring) != 1 {
		t.Error("a line that is always there was forgotten")
	}
}
