package main

import "testing"

func TestInflections(t *testing.T) {
	lemma := map[[2]string]map[string]bool{}
	for _, i := range inflections() {
		k := [2]string{i.Form, i.Tag}
		if lemma[k] == nil {
			lemma[k] = map[string]bool{}
		}
		lemma[k][i.Lemma] = true
	}
	for _, c := range []struct{ form, tag, lemma string }{
		{"endorsed", "VBD", "endorse"}, {"interfered", "VBN", "interfere"}, {"provoking", "VBG", "provoke"},
		{"underwent", "VBD", "undergo"}, {"overthrown", "VBN", "overthrow"}, {"withdrew", "VBD", "withdraw"},
		{"conferring", "VBG", "confer"}, {"banned", "VBN", "ban"}, {"visited", "VBD", "visit"}, {"panicked", "VBD", "panic"},
		{"denies", "VBZ", "deny"}, {"clashes", "VBZ", "clash"}, {"dying", "VBG", "die"}, {"agreeing", "VBG", "agree"},
		{"boycotted", "VBD", "boycott"}, {"quit", "VBD", "quit"}, {"crises", "NNS", "crisis"},
	} {
		if !lemma[[2]string{c.form, c.tag}][c.lemma] {
			t.Errorf("%s as %s is not a form of %s but of %v", c.form, c.tag, c.lemma, lemma[[2]string{c.form, c.tag}])
		}
	}
	for _, wrong := range []string{"conferd", "baned", "visitd", "clashs", "denyed"} {
		if lemma[[2]string{wrong, "VBD"}] != nil {
			t.Errorf("%s was made", wrong)
		}
	}
}
