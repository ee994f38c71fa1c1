package eval

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/eval/label"
	"parley/seeds"
)

// The labels of our own sample follow the guidelines, and their text is what
// the sample holds.
func TestLabelsOfSample(t *testing.T) {
	gold, err := ReadGold("labels")
	if err != nil {
		t.Fatal(err)
	}
	texts := sampleTexts(t)
	types, hard := map[string]int{}, 0
	for _, g := range gold {
		for _, fault := range g.Validate() {
			t.Error(fault)
		}
		if text, ok := texts[g.Name]; !ok || text != g.Text {
			t.Errorf("%s: its text is not in seeds", g.Name)
		}
		delete(texts, g.Name)
		events := 0
		for _, e := range g.Events {
			types[e.Type]++
			if e.Type != label.Holds {
				events++
			}
		}
		if events == 0 {
			hard++
		}
	}
	for typ := range label.Modes {
		if types[typ] < 2 {
			t.Errorf("%d events of type %s", types[typ], typ)
		}
	}
	if hard < 3 {
		t.Errorf("%d articles without events, want three at least", hard)
	}
	if len(texts) != 1 { // the syndicated copy
		t.Errorf("%d articles of the sample have no labels", len(texts))
	}
}

// sampleTexts gives the articles of seeds by the names that an export has.
func sampleTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := fs.WalkDir(seeds.FS, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(seeds.FS, path)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(path, filepath.Ext(path))
		if filepath.Ext(path) == ".txt" {
			texts[name] = string(b)
			return nil
		}
		for i, line := range bytes.Split(bytes.TrimSpace(b), []byte("\n")) {
			var record struct{ Text string }
			if err := json.Unmarshal(line, &record); err != nil {
				return err
			}
			texts[name+"-00000"+string(rune('0'+i))] = record.Text
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// No sentence of the shared folders, which are not ours to publish, has found
// its way into the sample.
func TestSampleIsOurOwn(t *testing.T) {
	folder := sharedPath(t, "labels")
	own := map[string]string{}
	for name, text := range sampleTexts(t) {
		for _, s := range strings.Split(text, "\n") {
			if len(s) > 60 {
				own[s] = name
			}
		}
	}
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".txt" {
			return err
		}
		b, err := os.ReadFile(path)
		for _, s := range strings.Split(string(b), "\n") {
			if name, ok := own[s]; ok {
				t.Errorf("%s has a line of %s", name, path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
