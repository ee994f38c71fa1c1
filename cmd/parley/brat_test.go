package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"parley/eval"
	"parley/store"
)

// Hand labels that are read as layers and exported again must score 1.0 against
// themselves, by the reference scorer.
func TestBratExportOfGoldIsGold(t *testing.T) {
	labels, err := filepath.Abs("../../../shared/labels")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(labels); err != nil {
		t.Skip("no shared/labels beside the checkout")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to run score.py")
	}
	for _, folder := range []string{"seeds", "voa-train", "voa-dev", "wikinews-train"} {
		t.Run(folder, func(t *testing.T) {
			gold := filepath.Join(labels, folder)
			sets, err := eval.ReadGold(gold)
			if err != nil {
				t.Fatal(err)
			}
			exported := t.TempDir()
			for _, s := range sets {
				var b bytes.Buffer
				if err := store.Annotate(&b, s.Document()); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(exported, s.Name+".ann"), b.Bytes(), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			out, err := exec.Command(python, filepath.Join(labels, "score.py"), "--json", gold, exported).CombinedOutput()
			if err != nil {
				t.Fatalf("score.py: %v\n%s", err, out)
			}
			var figures map[string]struct{ F1 float64 }
			if err := json.Unmarshal(out, &figures); err != nil {
				t.Fatal(err)
			}
			for name, f := range figures {
				if f.F1 != 1 {
					t.Errorf("%s: F1 %v", name, f.F1)
				}
			}
		})
	}
}
