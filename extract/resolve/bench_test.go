package resolve

import (
	"os"
	"strings"
	"testing"

	"parley/extract/internal/marked"
	"parley/extract/names"
	"parley/extract/nominal"
	"parley/pipeline"
)

// BenchmarkResolve resolves an article of our sample again and again.
func BenchmarkResolve(b *testing.B) {
	text, err := os.ReadFile("../../eval/labels/vienna-accord-2015.txt")
	if err != nil {
		b.Fatal(err)
	}
	d, err := marked.With(strings.TrimSpace(string(text)), nil)
	if err != nil {
		b.Fatal(err)
	}
	found, err := names.New()
	if err != nil {
		b.Fatal(err)
	}
	if err := found.Stage().Run(d); err != nil {
		b.Fatal(err)
	}
	finder, err := nominal.New()
	if err != nil {
		b.Fatal(err)
	}
	r, err := New()
	if err != nil {
		b.Fatal(err)
	}
	bare := append([]pipeline.Mention{}, d.Mentions...)
	for b.Loop() {
		d.Mentions = append(d.Mentions[:0:0], bare...)
		finder.Run(d)
		r.Run(d)
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "words/s")
}
