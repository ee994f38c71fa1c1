package frame

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBuiltin(t *testing.T) {
	set, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	types, modes := map[string]int{}, map[string]bool{}
	for _, f := range set.Frames {
		types[f.Type]++
		if len(f.Yes) == 0 {
			t.Errorf("%s:%d: %s: has no yes sentence", f.File, f.Line, f.Name)
		}
		modes[f.Type+" "+f.Mode] = true
		for _, ms := range f.Cues {
			for _, m := range ms {
				modes[f.Type+" "+m] = true
			}
		}
	}
	for _, y := range Types {
		if types[y] == 0 {
			t.Errorf("no frame for %s", y)
		}
		for _, m := range Modes[y] {
			if !modes[y+" "+m] {
				t.Errorf("no frame of %s speaks for the mode %s", y, m)
			}
		}
	}
}

// good is a file without a fault; each case of TestFaults breaks one line.
const good = `type: CONSULT
tell: "meet | with | about"
frames:
  - name: consult.tea
    verbs: [meet!]
    need: {obj: [PERSON]}
    yes:
      - say: Ann met Bob.
`

func TestFaults(t *testing.T) {
	if _, err := Parse("tea.yaml", []byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"type: CONSULT", "type: CHAT", `tea.yaml:1: (file): type "CHAT" is none of ACCUSE`},
		{"    verbs:", "    verb:", `tea.yaml:5: consult.tea: unknown field "verb"`},
		{"consult.tea", "tea", `tea.yaml:4: tea: the name must begin with "consult." and go on`},
		{"    verbs: [meet!]\n", "", `tea.yaml:4: consult.tea: no trigger`},
		{"[meet!]", "[Meet]", `tea.yaml:4: consult.tea: trigger "Meet": lemmas are lower case`},
		{"[meet!]", "[meet, meet]", `tea.yaml:4: consult.tea: trigger "meet" stands there twice`},
		{"[meet!]", `["meet:XX"]`, `tea.yaml:4: consult.tea: trigger "meet:XX": "XX" is no Penn tag`},
		{"[meet!]", "[a b c d e f]", `tea.yaml:4: consult.tea: trigger "a b c d e f": has more than five words`},
		{"{obj:", "{objekt:", `tea.yaml:4: consult.tea: need: "objekt" is neither a slot nor a preposition`},
		{"{obj: [PERSON]}", "{obj: []}", `tea.yaml:4: consult.tea: need: slot obj asks for nothing`},
		{"[PERSON]", `["@nobody"]`, `tea.yaml:4: consult.tea: word class @nobody is not defined`},
		{"[PERSON]", "[CITY]", `tea.yaml:4: consult.tea: CITY is no mention type`},
		{"    yes:", "    mode: tea\n    yes:", `tea.yaml:4: consult.tea: mode "tea" is no mode of CONSULT`},
		{"    yes:", "    odds: high\n    yes:", `tea.yaml:4: consult.tea: odds "high" is none of strong fair weak`},
		{"    yes:", "    contexts: [tea]\n    yes:", `tea.yaml:4: consult.tea: context "tea" is not one of PLOVER's`},
		{"    yes:", "    content: Maybe\n    yes:", `tea.yaml:4: consult.tea: content "Maybe" is no status`},
		{"    yes:", "    roles: {verb: {Date: [on]}}\n    yes:", `tea.yaml:4: consult.tea: roles: "Date" is none of Actor Recipient Topic Place`},
		{"    yes:", "    modes: {tea: [cup]}\n    yes:", `tea.yaml:4: consult.tea: modes: "tea" is no mode of CONSULT`},
		{"meet | with | about", "meet", `tea.yaml:4: consult.tea: tell wants`},
		{"say: Ann met Bob.", "say: ''", `tea.yaml:8: consult.tea: yes: an example without say`},
		{"Ann met Bob.", "Ann met Bob.\n        status: Gone", `tea.yaml:8: consult.tea: yes: status "Gone" is none`},
		{"frames:", "frames: [", `tea.yaml:`},
	} {
		broken := strings.Replace(good, c.old, c.new, 1)
		if broken == good {
			t.Errorf("%q is not in the good file", c.old)
			continue
		}
		_, err := Parse("tea.yaml", []byte(broken))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q:\n got %v\nwant %s", c.new, c.old, err, c.want)
		}
	}
}

func TestLoadReplacesAndRefusesTwice(t *testing.T) {
	dir := t.TempDir()
	own := strings.Replace(good, "consult.tea", "consult.meet", 1)
	if err := os.WriteFile(filepath.Join(dir, "a.yaml"), []byte(own), 0o644); err != nil {
		t.Fatal(err)
	}
	set, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if f := set.Frame("consult.meet"); f == nil || f.Shipped || len(f.Triggers) != 1 {
		t.Errorf("a user's frame does not replace the shipped one: %+v", f)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.yaml"), []byte(own), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "the name is taken by") {
		t.Errorf("a name given twice: %v", err)
	}
	if _, err := Load(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that is not there is no error")
	}
}

func TestTriggers(t *testing.T) {
	for _, c := range []struct {
		kind   Kind
		text   string
		lemma  string
		before string
		after  string
		odds   Odds
	}{
		{Verb, "call off", "call", "", "off", ""},
		{Noun, "peace talk!", "talk", "peace", "", Strong},
		{Noun, "end to?", "end", "", "to", Weak},
		{Noun, "talk:NNS", "talk", "", "", ""},
	} {
		got, err := parseTrigger(c.kind, c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got.Lemma != c.lemma || strings.Join(got.Before, " ") != c.before || strings.Join(got.After, " ") != c.after || got.Odds != c.odds {
			t.Errorf("%s: %+v", c.text, got)
		}
	}
}

// FuzzParse: no file makes the loader panic, and a fault always names the file.
func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("type: AID\nframes:\n  - name: aid.x\n    nouns: [\"a:NN!\", b?]\n"))
	f.Add([]byte("words: {a: [b]}"))
	f.Add([]byte("frames: [{name: [}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4096 {
			return
		}
		if _, err := Parse("fuzz.yaml", data); err != nil && !strings.Contains(err.Error(), "fuzz.yaml:") {
			t.Errorf("the fault does not name the file: %v", err)
		}
	})
}
