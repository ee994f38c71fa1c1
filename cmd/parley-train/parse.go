package main

import (
	"fmt"
	"os"
	"path/filepath"

	"parley/extract/parse"
	"parley/extract/treebank"
)

// trainParse trains the parser on the train parts of UD English EWT and GUM.
func trainParse(data, out string) error {
	var trees []parse.Tree
	for _, name := range []string{"ewt-train", "gum-train"} {
		sentences, err := treebank.Read(filepath.Join(data, "treebank", name+".conllu.gz"))
		if err != nil {
			return err
		}
		for _, s := range sentences {
			trees = append(trees, parseTree(s))
		}
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	defer f.Close()
	err = parse.Train(f, trees, 8, func(line string) { fmt.Fprintln(os.Stderr, line) })
	if err != nil {
		return err
	}
	return f.Close()
}

// parseTree is s in the parser's own terms.
func parseTree(s treebank.Sentence) parse.Tree {
	var t parse.Tree
	for _, w := range s.Words {
		t.Forms = append(t.Forms, w.Form)
		t.Tags = append(t.Tags, w.XPOS)
		t.Heads = append(t.Heads, w.Head)
		t.Rels = append(t.Rels, w.Rel)
	}
	return t
}
