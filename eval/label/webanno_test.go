package label

import (
	"slices"
	"strings"
	"testing"
)

// aDocument is two sentences in GUM's notation; tabs are written as "|" where no
// column has one.
var aDocument = strings.Join([]string{
	"#FORMAT=WebAnno TSV 3.2",
	"#Document=made_up",
	"",
	"#Text=Ada Berg met the King of Chad .",
	"1-1\t0-3\tAda\tperson[1]\tnew[1]\t_\t_\t_\tana|coref\t2-1[0_1]|2-3[4_1]\t",
	"1-2\t4-8\tBerg\tperson[1]\tnew[1]\t_\t_\t_\t_\t_\t",
	"1-3\t9-12\tmet\t_\t_\t_\t_\t_\t_\t_\t",
	"1-4\t13-16\tthe\tperson[2]\tnew[2]\t_\t_\t_\t_\t_\t",
	"1-5\t17-21\tKing\tperson[2]\tnew[2]\t_\t_\t_\t_\t_\t",
	"1-6\t22-24\tof\tperson[2]\tnew[2]\t_\t_\t_\t_\t_\t",
	"1-7\t25-29\tChad\tperson[2]|place[3]\tnew[2]|new[3]\t_\t_\t_\tbridge:def\t2-3[4_3]\t",
	"1-8\t30-31\t.\t_\t_\t_\t_\t_\t_\t_\t",
	"",
	"#Text=She thanked Berg .",
	"2-1\t32-35\tShe\tperson\tgiv\t_\t_\t_\t_\t_\t",
	"2-2\t36-43\tthanked\t_\t_\t_\t_\t_\t_\t_\t",
	"2-3\t44-48\tBerg\tperson[4]\tgiv[4]\t_\t_\t_\t_\t_\t",
	"2-4\t49-50\t.\t_\t_\t_\t_\t_\t_\t_\t",
}, "\n")

func TestParseWebAnno(t *testing.T) {
	sets, err := ParseWebAnno("x.tsv", aDocument)
	if err != nil {
		t.Fatal(err)
	}
	s := sets[0]
	if want := "Ada Berg met the King of Chad .\nShe thanked Berg .\n"; len(sets) != 1 || s.Text != want || s.Name != "made_up" {
		t.Fatalf("%d documents, %q is %q, want %q", len(sets), s.Name, s.Text, want)
	}
	var names []string
	for _, x := range s.Spans {
		names = append(names, x.Type+" "+s.Text[x.Start:x.End])
	}
	if want := []string{"PERSON Ada Berg", "PERSON King of Chad", "GPE Chad", "PERSON Berg"}; !slices.Equal(names, want) {
		t.Errorf("names are %q, want %q", names, want)
	}
	if len(s.Equivs) != 1 || !slices.Equal(s.Equivs[0], []string{"T1", "T4"}) {
		t.Errorf("one entity are %v, want T1 and T4", s.Equivs)
	}
}

func TestWebAnnoFaults(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "x.tsv: no #Document="},
		{"1-1\t0-3\tAda", "x.tsv:1: a word before"},
		{"#Document=a\n1-1\t0-3\tAda", "x.tsv:2: 3 columns"},
		{strings.Replace(aDocument, "0-3", "zero", 1), "x.tsv:5: offsets"},
		{strings.Replace(aDocument, "4-8", "2-6", 1), "x.tsv:6: offsets"},
		{strings.Replace(aDocument, "2-3[4_1]", "2-3[4", 1), "x.tsv:5: link"},
	} {
		if _, err := ParseWebAnno("x.tsv", c.text); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%v, want %s…", err, c.want)
		}
	}
}

func FuzzParseWebAnno(f *testing.F) {
	f.Add(aDocument)
	f.Fuzz(func(t *testing.T, text string) {
		sets, err := ParseWebAnno("x.tsv", text)
		if err != nil {
			return
		}
		for _, s := range sets {
			n := len([]rune(s.Text))
			for _, x := range s.Spans {
				if x.Start < 0 || x.Start >= x.End || x.End > n {
					t.Fatalf("%v in %d code points", x, n)
				}
			}
		}
	})
}
