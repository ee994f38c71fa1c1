package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// volatile is what differs from run to run, or with every change of a model:
// times, speeds, confidences.
var volatile = regexp.MustCompile(`\d+\.\d s, [\d,]+ a second|confidence \d\.\d\d|^  \d\.\d\d  |,\d\.\d+$`)

// The commands that the README shows print what it shows. go test -run README
// -update writes what they print now into it.
func TestREADME(t *testing.T) {
	const path = "../../README.md"
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	blocks := strings.Split(string(readme), "```")
	for i := 1; i < len(blocks); i += 2 {
		kind, body, _ := strings.Cut(blocks[i], "\n")
		switch {
		case kind == "text":
			for _, f := range txtar.Parse([]byte(body)).Files {
				name := filepath.Join(dir, f.Name)
				if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, f.Data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
		case kind == "console":
			shown := replay(t, dir, body)
			if *update {
				blocks[i] = kind + "\n" + shown
			} else if diff := cmp.Diff(steady(body), steady(shown)); diff != "" {
				t.Errorf("the README shows another output (-README +now); go test ./cmd/parley -run README -update corrects it:\n%s", diff)
			}
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.Join(blocks, "```")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// The README names every command that parley has.
func TestREADMENamesEveryCommand(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(new(cli))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Children {
		if name := command.Name; !regexp.MustCompile("[` ]" + name + "[` ]").Match(readme) {
			t.Errorf("the README does not speak of parley %s", name)
		}
	}
}

// replay runs the commands of a block and shows them with what they print.
func replay(t *testing.T, dir, body string) string {
	var shown strings.Builder
	for line := range strings.Lines(body) {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		c := exec.Command("sh", "-c", command)
		c.Dir = dir
		var errs bytes.Buffer
		c.Stderr = &errs
		out, err := c.Output()
		if err != nil {
			t.Fatalf("%s: %v\n%s", command, err, errs.String())
		}
		shown.WriteString(line)
		shown.Write(out)
	}
	return shown.String()
}

func steady(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimRight(volatile.ReplaceAllString(line, "…"), " \n") + "\n")
	}
	return b.String()
}
