package tag

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"parley/pipeline"
)

// BenchmarkNews tags news that was cut into words before.
func BenchmarkNews(b *testing.B) {
	f, err := os.Open("../../../shared/data/text/voa.txt.gz")
	if err != nil {
		b.Skipf("no news beside the checkout: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	tokens, tagger := newTokens(b).Stage(), newTestTagger(b).Stage()
	var documents []*pipeline.Document
	words := 0
	for in := bufio.NewScanner(z); in.Scan(); {
		d := &pipeline.Document{Text: in.Text(), Blocks: []pipeline.Block{{Span: pipeline.Span{End: len(in.Text())}, Kind: pipeline.Body}}}
		if err := tokens.Run(d); err != nil {
			b.Fatal(err)
		}
		words += len(strings.Fields(d.Text))
		documents = append(documents, d)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		for _, d := range documents {
			if err := tagger.Run(d); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
