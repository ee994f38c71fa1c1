package eval

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parley/eval/label"
)

// found gives the labels of the article with strings replaced, as if found by
// the rules of each event type.
func found(t *testing.T, replace ...string) []*label.Set {
	t.Helper()
	s := parse(t, strings.NewReplacer(replace...).Replace(articleLabels))
	for i := range s.Events {
		s.Events[i].Rule = strings.ToLower(s.Events[i].Type) + ".test"
	}
	return []*label.Set{s}
}

func TestSheetRoundTrip(t *testing.T) {
	gold := []*label.Set{parse(t, articleLabels)}
	path := filepath.Join(t.TempDir(), "sheet.txt")
	want := Compare(gold, found(t, " Place:T11", "")).NewSheet(nil, "the first")
	if err := want.Write(path); err != nil {
		t.Fatal(err)
	}
	got, err := ReadSheet(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []Scores{want.Figures, want.Articles["kenya"]} {
		for f, c := range s {
			if c.Predicted+c.Gold == 0 {
				delete(s, f) // a figure of nothing is not written
			}
		}
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Decision{}, "Sentence", "Sure", "WhoWhom", "Want", "Got")); diff != "" {
		t.Error(diff)
	}
}

func TestAgainst(t *testing.T) {
	gold := []*label.Set{parse(t, articleLabels)}
	sheet := Compare(gold, found(t)).NewSheet(nil, "all right")
	same := Compare(gold, found(t)).Against(sheet, 100)
	if same.Failed() || len(same.Changes)+len(same.NewlyRight)+len(same.NewlyWrong) > 0 {
		t.Errorf("the same run differs: %+v", same)
	}
	worse := Compare(gold, found(t, "E2	CONSULT:T10 Actor:T9 Place:T11 Date:T12\n", "", "A2	Status E2 Future\n", "", "A3	Mode E2 visit\n", "", "A4	Context E2 diplomatic\n", "", "GPE 105 112	Kampala", "ORG 105 112	Kampala"))
	diff := worse.Against(sheet, 100)
	if !diff.Failed() {
		t.Error("losing an event passes the gate")
	}
	var b bytes.Buffer
	diff.Write(&b)
	for _, want := range []string{"event ", "FELL", `missed event CONSULT "visit"`, "was right by consult.test", "she would visit Kampala next week", `wrong names ORG "Kampala"`, "worse than the sheet: ", "consult.test: 1 newly wrong"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in:\n%s", want, b.String())
		}
	}
	back := Compare(gold, found(t)).Against(worse.NewSheet(sheet, "broken on purpose"), 100)
	if back.Failed() || len(back.NewlyWrong) > 0 || len(back.NewlyRight) != 3 { // the event, the name, and no ORG there
		t.Errorf("mending gives %+v", back)
	}
}

func TestReadSheetFaults(t *testing.T) {
	s := &Sheet{Figures: Scores{}, Margins: map[string]float64{}}
	for _, line := range []string{"names 0.5", "names 0.5 0.5 0.5 x 2 3 -", "names 0.5 0.5 0.5 1 2 3 wide"} {
		if s.figureLine(line) == nil {
			t.Errorf("%q is read", line)
		}
	}
	for _, line := range []string{"item\ta", "count\ta\tnames\t1\t2\tx", "other"} {
		if s.decisionLine(line) == nil {
			t.Errorf("%q is read", line)
		}
	}
}

func TestCalibration(t *testing.T) {
	gold := []*label.Set{parse(t, articleLabels)}
	predicted := found(t, "CONSULT:T10 Actor:T9", "CONSULT:T10 Source:T9")
	for i, sure := range []float64{0.92, 0.98, 0.1} { // the agreement, the visit without its actor, the office
		predicted[0].Events[i].Confidence = sure
	}
	bins := Compare(gold, predicted).Calibration()
	if len(bins) != 1 {
		t.Fatalf("the bins are %+v", bins)
	}
	if b := bins[0]; b.Events != 2 || b.Confidence < 0.949 || b.Confidence > 0.951 || b.TypeRight != 1 || b.WhoWhom != 0.5 {
		t.Errorf("the bin is %+v", b)
	}
}

func FuzzSheetLines(f *testing.F) {
	f.Add("names 0.871 0.880 0.862 310 352 360 0.005")
	f.Add("item\ta\tnames\tright\tGPE\t0\t4\trule\twant\tgot")
	f.Fuzz(func(t *testing.T, line string) {
		s := &Sheet{Figures: Scores{}, Margins: map[string]float64{}, Articles: map[string]Scores{}}
		_ = s.figureLine(line)
		_ = s.decisionLine(line)
	})
}
