package eval

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"parley/eval/label"
)

// page is the report on an article in which a place and a status were missed
// and a name was found that is none.
func page(t *testing.T) []byte {
	t.Helper()
	gold := []*label.Set{parse(t, articleLabels)}
	r := Compare(gold, found(t, " Place:T11", "", "A2	Status E2 Future\n", "", "GPE 40 47", "ORG 40 47"))
	sheet := Compare(gold, found(t)).NewSheet(nil, "the labels themselves")
	var b bytes.Buffer
	if err := r.WriteHTML(&b, r.Intervals(100), sheet); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHTML(t *testing.T) {
	got := page(t)
	if !bytes.Equal(got, page(t)) {
		t.Error("the same report gives other bytes")
	}
	for _, want := range []string{
		`<span class="mention missed" title="GPE missed">Nairobi</span>`,
		`<span class="mention wrong" title="ORG wrong">Nairobi</span>`,
		`<span class="act roles" title="CONSULT roles">visit</span>`,
		`<tr><td>the labels themselves</td><td>1.000</td>`,
		`agree.test`,
	} {
		if !bytes.Contains(got, []byte(want)) {
			t.Errorf("no %s in the page", want)
		}
	}
	for _, outside := range []string{"http://", "https://", "<link", "src="} {
		if bytes.Contains(got, []byte(outside)) {
			t.Errorf("the page needs something outside itself: %s", outside)
		}
	}
}

// The page's own script runs in a browser: what is right is hidden at first.
func TestHTMLInBrowser(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium to open the page with")
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, page(t), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--virtual-time-budget=2000", "--dump-dom", "file://"+file)
	dom, err := cmd.Output()
	if err != nil {
		t.Skipf("chromium does not start here: %v", err)
	}
	if !strings.Contains(string(dom), "3 decisions in 1 articles") {
		t.Error("the filter does not count the three faults")
	}
	if !strings.Contains(string(dom), `<tr data-verdict="right" data-figure="names" hidden="">`) {
		t.Error("what is right is shown from the start")
	}
}
