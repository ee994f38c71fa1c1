package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkFront reads, cleans and deduplicates 2,000 articles of news from each
// format, with one worker and with two. MB/s is of the text, not of the file.
func BenchmarkFront(b *testing.B) {
	articles := newsArticles(b, 2000)
	bytes := 0
	var jsonl, warc strings.Builder
	var members []string
	root := b.TempDir()
	os.Mkdir(filepath.Join(root, "text"), 0o777)
	for i, a := range articles {
		text := strings.Join(a, "\n")
		bytes += len(text)
		record, _ := json.Marshal(map[string]string{"text": text, "title": "Article", "url": fmt.Sprintf("https://news.example/%d", i)})
		jsonl.Write(append(record, '\n'))
		page := "<html><head><title>News of the day</title></head><body><nav><a href=/>Home</a><a href=/w>World</a></nav><article><p>" +
			strings.ReplaceAll(html.EscapeString(text), "\n", "</p><p>") + "</p></article><footer>Copyright</footer></body></html>"
		r := warcRecord("response", fmt.Sprintf("https://news.example/%d", i), "application/http", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+page, 0)
		warc.WriteString(r)
		members = append(members, r)
		os.WriteFile(filepath.Join(root, "text", fmt.Sprintf("%05d.txt", i)), []byte(text), 0o666)
	}
	os.WriteFile(filepath.Join(root, "news.jsonl"), []byte(jsonl.String()), 0o666)
	os.WriteFile(filepath.Join(root, "news.jsonl.gz"), []byte(gz(jsonl.String())), 0o666)
	os.WriteFile(filepath.Join(root, "news.jsonl.zst"), []byte(zst(jsonl.String())), 0o666)
	os.WriteFile(filepath.Join(root, "news.warc.gz"), []byte(gz(members...)), 0o666)

	for _, source := range []string{"text", "news.jsonl", "news.jsonl.gz", "news.jsonl.zst", "news.warc.gz"} {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/workers=%d", source, workers), func(b *testing.B) {
				b.SetBytes(int64(bytes))
				for b.Loop() {
					var progress Progress
					r := &Reader{Sources: []string{filepath.Join(root, source)}, Workers: workers, Progress: &progress}
					stages := []Stage{Clean(), Sign(), NewDedupe(nil).Stage()}
					if err := Run(context.Background(), Config{Workers: workers, Progress: &progress}, r.Documents(context.Background()), stages, func(*Document) error { return nil }); err != nil {
						b.Fatal(err)
					}
					if n := progress.Documents.Load(); n != int64(len(articles)) {
						b.Fatalf("%d documents", n)
					}
				}
			})
		}
	}
}
