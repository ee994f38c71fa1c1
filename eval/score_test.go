package eval

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/eval/label"
	"parley/pipeline"
	"parley/store"
)

// perturb makes of labels a prediction with faults of every kind that a
// program makes: lost and invented mentions, events, roles and identities,
// shifted spans, changed types, attributes and roles.
func perturb(gold *label.Set, rng *rand.Rand) *label.Set {
	chance := func(p float64) bool { return rng.Float64() < p }
	p := &label.Set{Name: gold.Name, Text: gold.Text}
	text := []rune(gold.Text)
	events := slices.Sorted(func(yield func(string) bool) {
		for t := range label.Modes {
			if !yield(t) {
				return
			}
		}
	})
	used := map[string]bool{}
	for _, e := range gold.Events {
		used[e.Trigger] = true
	}
	dropped := map[string]bool{}
	for _, t := range gold.Spans {
		switch {
		case chance(0.1) && !used[t.ID]:
			dropped[t.ID] = true
			continue
		case chance(0.05) && t.Len() > 3:
			t.Start++
		case chance(0.05) && t.End < len(text) && text[t.End] != '\n':
			t.End++
		case chance(0.05) && pipeline.MentionType(t.Type).Named():
			t.Type = "ORG"
		}
		p.Spans = append(p.Spans, t)
	}
	kept := func(ids []string) []string {
		var out []string
		for _, id := range ids {
			if !dropped[id] && !chance(0.1) {
				out = append(out, id)
			}
		}
		return out
	}
	for _, e := range gold.Equivs {
		if e = kept(e); len(e) > 1 {
			p.Equivs = append(p.Equivs, e)
		}
	}
	if len(p.Equivs) > 2 && chance(0.3) {
		p.Equivs = append(p.Equivs, []string{p.Equivs[0][0], p.Equivs[1][0]})
	}
	for _, g := range gold.Groups {
		if !dropped[g.Whole] && !dropped[g.Member] && !chance(0.1) {
			p.Groups = append(p.Groups, g)
		}
	}
	for i, e := range gold.Events {
		if chance(0.15) {
			continue
		}
		roles := e.Roles
		e.Roles = nil
		for _, f := range roles {
			switch {
			case dropped[f.Target] || chance(0.1):
				continue
			case chance(0.1) && f.Role == "Actor":
				f.Role = "Recipient"
			case chance(0.05) && f.Role != "Topic" && f.Role != "Date":
				f.Target = p.Spans[rng.IntN(len(p.Spans))].ID
			}
			e.Roles = append(e.Roles, f)
		}
		if chance(0.1) && e.Type != label.Holds {
			e.Type = events[rng.IntN(len(events))]
		}
		p.Events = append(p.Events, e)
		if chance(0.1) {
			e.ID += "00" + string(rune('0'+i%10))
			p.Events = append(p.Events, e)
		}
	}
	for _, a := range gold.Attributes {
		if !slices.ContainsFunc(p.Events, func(e label.Event) bool { return e.ID == a.Target }) || chance(0.1) {
			continue
		}
		if a.Name == "Status" && chance(0.2) {
			a.Value = "Future"
		}
		p.Attributes = append(p.Attributes, a)
	}
	return p
}

// TestAgreesWithReference holds the scorer to score.py, the reference for every
// figure of the project, on labels with faults put in.
func TestAgreesWithReference(t *testing.T) {
	labels := sharedPath(t, "labels")
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to run score.py with")
	}
	for seed, folder := range []string{"seeds", "voa-train", "wikinews-train", "voa-dev"} {
		t.Run(folder, func(t *testing.T) {
			gold, err := ReadGold(filepath.Join(labels, folder))
			if err != nil {
				t.Fatal(err)
			}
			rng, out := rand.New(rand.NewPCG(uint64(seed), 1)), t.TempDir()
			var articles []Scores
			for _, g := range gold {
				p := perturb(g, rng)
				var b bytes.Buffer
				if err := p.WriteBrat(&b); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(out, g.Name+".ann"), b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				s, _ := ScoreArticle(g, p)
				articles = append(articles, s)
			}
			cmd := exec.Command(python, filepath.Join(labels, "score.py"), "--json", "--by-type", filepath.Join(labels, folder), out)
			cmd.Stderr = os.Stderr
			answer, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			var want map[string]struct {
				Count
				Precision, Recall, F1 float64
			}
			if err := json.Unmarshal(answer, &want); err != nil {
				t.Fatal(err)
			}
			got := Sum(articles)
			delete(got, "country") // which the reference does not score
			if len(got) != len(want) {
				t.Errorf("%d figures, the reference has %d", len(got), len(want))
			}
			for figure, w := range want {
				g := got[figure]
				for name, pair := range map[string][2]float64{"precision": {g.Precision(), w.Precision}, "recall": {g.Recall(), w.Recall}, "F1": {g.F1(), w.F1}} {
					if math.Abs(pair[0]-pair[1]) > 0.0005 {
						t.Errorf("%s of %s is %.4f, the reference says %.4f", name, figure, pair[0], pair[1])
					}
				}
				if g != w.Count {
					t.Errorf("%s counts %v, the reference %v", figure, g, w.Count)
				}
			}
			if f := got["event whole record"].F1(); f < 0.05 || f > 0.95 {
				t.Errorf("whole records at %.3f: the faults put in try nothing", f)
			}
		})
	}
}

const article = `Kenya and Uganda signed a trade pact in Nairobi on Monday.
President Amina Odhiambo said she would visit Kampala next week.
`

const articleLabels = `T1	GPE 0 5	Kenya
T2	GPE 10 16	Uganda
T3	AGREE 17 23	signed
T4	TOPIC 26 36	trade pact
T5	GPE 40 47	Nairobi
T6	DATE 51 57	Monday
T7	TITLE 59 68	President
T8	PERSON 69 83	Amina Odhiambo
T9	NOM 89 92	she
T10	CONSULT 99 104	visit
T11	GPE 105 112	Kampala
T12	DATE 113 122	next week
*	Equiv T8 T9
E1	AGREE:T3 Actor:T1 Actor2:T2 Topic:T4 Place:T5 Date:T6
E2	CONSULT:T10 Actor:T9 Place:T11 Date:T12
E3	HOLDS:T7 Person:T8
A1	Context E1 economic
A2	Status E2 Future
A3	Mode E2 visit
A4	Context E2 diplomatic
`

func parse(t *testing.T, ann string) *label.Set {
	t.Helper()
	s, err := label.ParseBrat("kenya.ann", article, ann)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestGoldScoresOneAndNothingScoresZero(t *testing.T) {
	gold := parse(t, articleLabels)
	nothing, _ := ScoreArticle(gold, parse(t, ""))
	all, _ := ScoreArticle(gold, parse(t, articleLabels))
	for figure, c := range all {
		if c.Gold > 0 && (c.F1() != 1 || c.Right != c.Gold) {
			t.Errorf("the labels themselves score %v for %s", c, figure)
		}
		if nothing[figure].F1() != 0 {
			t.Errorf("nothing scores %v for %s", nothing[figure], figure)
		}
	}
}

// changed are the figures that differ between the labels and the labels with
// one string replaced.
func changed(t *testing.T, old, new string) []string {
	t.Helper()
	if !strings.Contains(articleLabels, old) {
		t.Fatalf("no %q in the labels", old)
	}
	gold := parse(t, articleLabels)
	before, _ := ScoreArticle(gold, gold)
	after, _ := ScoreArticle(gold, parse(t, strings.ReplaceAll(articleLabels, old, new)))
	var out []string
	for _, figure := range Sum([]Scores{before, after}).Figures() {
		if before[figure] != after[figure] {
			out = append(out, figure)
		}
	}
	return out
}

func TestOneFaultMovesItsFiguresOnly(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"a role flipped", "E3	HOLDS:T7 Person:T8", "E3	HOLDS:T7 Of:T8",
			[]string{"office role", "office role/Of", "office role/Person", "office who-whom", "office whole record"}},
		{"actor made source", "CONSULT:T10 Actor:T9", "CONSULT:T10 Source:T9",
			[]string{"event role", "event role/Party", "event role/Source", "event who-whom", "event whole record"}},
		{"place lost", " Place:T11", "", []string{"event role", "event role/Place", "event whole record"}},
		{"recipient for actor of a reciprocal act", "Actor2:T2", "Recipient:T2", nil},
		{"status lost", "A2	Status E2 Future\n", "", []string{"event whole record", "status", "status not Happened"}},
		{"wrong mode", "Mode E2 visit", "Mode E2 phone", []string{"mode"}},
		{"context lost", "A1	Context E1 economic\n", "", []string{"context"}},
		{"identity lost", "*	Equiv T8 T9\n", "", []string{"event role", "event role/Party", "event who-whom", "event whole record"}},
		{"name of another type", "GPE 40 47", "LOC 40 47", []string{"names", "names/GPE", "names/LOC"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := changed(t, c.old, c.new); !slices.Equal(got, c.want) {
				t.Errorf("moved %q, want %q", got, c.want)
			}
		})
	}
}

func TestLinkDecisions(t *testing.T) {
	gold := parse(t, strings.Replace(articleLabels, "*	Equiv T8 T9", "*	Equiv T8 T9\n*	Equiv T1 T5", 1))
	for _, c := range []struct{ equiv, want string }{
		{"*	Equiv T1 T5", ""},
		{"", `kenya: missed coreference "Kenya" = "Nairobi" kenya: missed coreference "Nairobi" = "Kenya"`},
		{"*	Equiv T1 T2", `kenya: wrong coreference "Kenya" = "Uganda" kenya: missed coreference "Kenya" = "Nairobi" kenya: wrong coreference "Uganda" = "Kenya" kenya: missed coreference "Nairobi" = "Kenya"`},
	} {
		_, decisions := ScoreArticle(gold, parse(t, strings.Replace(articleLabels, "*	Equiv T8 T9", "*	Equiv T8 T9\n"+c.equiv, 1)))
		var got []string
		for _, d := range decisions {
			if d.Figure == "coreference" && d.Verdict != Right {
				got = append(got, d.String())
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("with %q: %s, want %s", c.equiv, s, c.want)
		}
	}
}

// Labels that go through a Document and back lose nothing that is scored.
func TestDocumentKeepsLabels(t *testing.T) {
	gold, err := ReadGold(sharedPath(t, "labels"))
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range gold {
		extracted, err := Labels(g.Document(), store.Annotate)
		if err != nil {
			t.Fatal(err)
		}
		scores, decisions := ScoreArticle(g, extracted)
		for figure, c := range scores {
			if c.Right != c.Gold || c.Right != c.Predicted {
				t.Errorf("%s: %s is %+v", g.Name, figure, c)
			}
		}
		for _, d := range decisions {
			if d.Verdict != Right {
				t.Error(d)
			}
		}
	}
}
