package relate_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"parley/extract"
	"parley/extract/frame"
	"parley/extract/relate"
	"parley/pipeline"
)

// stages are all language stages, and those below relations.
func stages(t testing.TB) (all, below []pipeline.Stage) {
	t.Helper()
	all, err := extract.New(extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.Adds != pipeline.LayerRelations {
			below = append(below, s)
		}
	}
	return all, below
}

func run(t testing.TB, text string, stages []pipeline.Stage) *pipeline.Document {
	t.Helper()
	d := &pipeline.Document{ID: "test", Source: "test.txt", Single: true, Text: text,
		Blocks: []pipeline.Block{{Span: pipeline.Span{Start: 0, End: len(text)}, Kind: pipeline.Body}}}
	for _, s := range stages {
		if err := s.Run(d); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// TestFramesAnswer runs the yes and no sentences of every shipped frame. They
// go through the models of all stages, which each mistake some of them: what is
// held is the share, so that a frame that does not work at all shows.
func TestFramesAnswer(t *testing.T) {
	set, err := frame.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	r, err := relate.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	_, below := stages(t)
	ran, failures, err := r.Check(set.Frames, func(say string) (*pipeline.Document, error) { return run(t, say, below), nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range failures {
		t.Log(f)
	}
	if len(failures)*100 > ran*15 {
		t.Errorf("%d of %d sentences fail", len(failures), ran)
	}
}

// TestSyntax: one act said in many ways gives the same parties.
func TestSyntax(t *testing.T) {
	all, _ := stages(t)
	for _, c := range []struct{ say, want string }{
		{"Norway criticized Russia.", "ACCUSE Actor=Norway Recipient=Russia"},
		{"Russia was criticized by Norway.", "ACCUSE Actor=Norway Recipient=Russia"},
		{"Norway, which criticized Russia, is a member of NATO.", "ACCUSE Actor=Norway Recipient=Russia"},
		{"Norway and Sweden criticized Russia.", "ACCUSE Actor=Norway Actor=Sweden Recipient=Russia"},
		{"Norwegian Prime Minister Erna Solberg visited China.", "CONSULT Actor=Erna Solberg Recipient=China"},
		{"The foreign ministers of Chile and Peru met in Lima.", "CONSULT Actor=Chile Actor=Peru Place=Lima"},
		{"Chile imposed sanctions on Peru.", "SANCTION Actor=Chile Recipient=Peru"},
	} {
		d := run(t, c.say, all)
		var got []string
		for _, rel := range d.Relations {
			s := rel.Type
			for _, role := range []pipeline.Role{pipeline.Actor, pipeline.Recipient, pipeline.At} {
				for _, a := range rel.Fillers(role) {
					s += fmt.Sprintf(" %s=%s", role, d.In(a.Span))
				}
			}
			got = append(got, s)
		}
		found := false
		for _, g := range got {
			found = found || g == c.want
		}
		if !found {
			t.Errorf("%s\n got %q\nwant %s", c.say, got, c.want)
		}
	}
}

// TestStatus: what may be, will be and is refused is told apart from what was.
func TestStatus(t *testing.T) {
	all, _ := stages(t)
	for _, c := range []struct {
		say  string
		typ  string
		want pipeline.Status
	}{
		{"Spain imposed sanctions on Libya on Monday.", "SANCTION", pipeline.Happened},
		{"President Obama will visit Japan next week.", "CONSULT", pipeline.Future},
		{"Israel did not attack Lebanon.", "ASSAULT", pipeline.Negated},
		{"Canada called for sanctions on Libya.", "SANCTION", pipeline.Hypothetical},
	} {
		d := run(t, c.say, all)
		ok := false
		for _, rel := range d.Relations {
			ok = ok || rel.Type == c.typ && rel.Status == c.want
		}
		if !ok {
			t.Errorf("%s: no %s that is %s: %+v", c.say, c.typ, c.want, d.Relations)
		}
	}
}

// TestInstances reads one sentence with labels and without: what is labelled comes
// back as the answer of its candidate and of the fillers.
func TestInstances(t *testing.T) {
	const text = "The president of Chad met the king of Jordan in Paris on Monday."
	_, below := stages(t)
	r, err := relate.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	gold := run(t, text, below)
	met := pipeline.Relation{Type: "CONSULT", Trigger: pipeline.Span{Start: 22, End: 25}, Status: pipeline.Happened, Context: []string{"diplomatic"}}
	want := map[string]pipeline.Role{}
	for i, m := range gold.Mentions {
		for part, role := range map[string]pipeline.Role{"Paris": pipeline.At, "Monday": pipeline.On} {
			if gold.In(m.Span) == part {
				met.Args = append(met.Args, pipeline.Argument{Role: role, Mention: i})
				want[part] = role
			}
		}
	}
	gold.Relations = []pipeline.Relation{met}
	for _, l := range []relate.Lesson{{Read: run(t, text, below), Gold: gold}, {Read: run(t, text, below)}} {
		found := 0
		for _, x := range r.Instances(l) {
			for _, c := range x.Candidates {
				if c.Type != met.Type || x.Text[c.Span[0]:c.Span[1]] != "met" {
					continue
				}
				for _, m := range c.Fillers {
					said := x.Text[m.Span[0]:m.Span[1]]
					role, known := want[said]
					switch {
					case l.Gold == nil && m.Answer != -1:
						t.Errorf("without labels %q has the answer %d", said, m.Answer)
					case l.Gold != nil && known && relate.Roles()[m.Answer] != string(role):
						t.Errorf("%q is %s, want %s", said, relate.Roles()[m.Answer], role)
					case len(m.Chances) != len(relate.Roles()) || len(m.Evidence) == 0:
						t.Errorf("%q has %d chances and %d pieces of evidence", said, len(m.Chances), len(m.Evidence))
					case known:
						found++
					}
				}
				for _, g := range c.Contexts {
					if g.Answer != (l.Gold != nil && g.Name == "diplomatic") {
						t.Errorf("context %s: answer %t", g.Name, g.Answer)
					}
				}
			}
		}
		if found != len(want) || found != 2 {
			t.Errorf("found %d fillers of %v", found, want)
		}
	}
}

// TestStableIDs: the same article gives the same ids, different events
// different ones.
func TestStableIDs(t *testing.T) {
	all, _ := stages(t)
	text := "Chile imposed sanctions on Peru. Peru rejected the sanctions on Tuesday. The two countries agreed to hold talks."
	a, b := run(t, text, all), run(t, text, all)
	seen := map[string]bool{}
	for i := range a.Relations {
		if a.Relations[i].ID != b.Relations[i].ID {
			t.Errorf("%s is %s the second time", a.Relations[i].ID, b.Relations[i].ID)
		}
		if seen[a.Relations[i].ID] {
			t.Errorf("%s is given twice", a.Relations[i].ID)
		}
		seen[a.Relations[i].ID] = true
	}
	if len(seen) < 3 {
		t.Errorf("only %d relations", len(seen))
	}
}

// TestAnyTree: whatever the stages below give, even trees that are none, the
// engine neither panics nor leaves the text.
func TestAnyTree(t *testing.T) {
	r, err := relate.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	_, below := stages(t)
	text := strings.Repeat("France and Germany held talks with Iran on sanctions after police arrested 20 protesters, officials said. ", 3)
	rng := rand.New(rand.NewSource(1))
	rels := []string{"nsubj", "obj", "conj", "acl:relcl", "xcomp", "obl", "aux", "cop", "nmod:poss", "advcl", "ccomp", "root", "amod"}
	for n := 0; n < 60; n++ {
		d := run(t, text, below)
		for i := range d.Tokens {
			d.Tokens[i].Head = rng.Intn(len(d.Tokens)+1) - 1
			d.Tokens[i].Rel = rels[rng.Intn(len(rels))]
		}
		for _, rel := range r.Relations(d) {
			if rel.Trigger.Start < 0 || rel.Trigger.End > len(d.Text) || rel.Trigger.Start >= rel.Trigger.End {
				t.Fatalf("trigger %v", rel.Trigger)
			}
		}
	}
}

func BenchmarkRelations(b *testing.B) {
	r, err := relate.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	_, below := stages(b)
	d := run(b, strings.Repeat("France and Germany held talks with Iran on sanctions after police arrested 20 protesters, officials said. ", 20), below)
	b.ResetTimer()
	for b.Loop() {
		r.Relations(d)
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
