package main

import (
	"fmt"
	"os"

	"parley/extract/parse"
	"parley/extract/tag"
	"parley/extract/treebank"
)

// jackknifeParts is into how many parts the treebanks are cut to tag each with a
// tagger that saw only the others.
const jackknifeParts = 4

// trainParse trains the parser on the train parts of UD English EWT and GUM,
// with the tags that our own tagger would give to text that it never saw.
func trainParse(data, out string) error {
	sentences, err := readTreebanks(data, "train")
	if err != nil {
		return err
	}
	progress := func(line string) { fmt.Fprintln(os.Stderr, line) }
	var trees []parse.Tree
	for i, s := range tag.Jackknife(sentences, jackknifeParts, progress) {
		trees = append(trees, parseTree(s, sentences[i]))
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	defer f.Close()
	training := parse.DefaultTraining
	training.Progress = func(_ int, _ *parse.Learner, line string) { progress(line) }
	if err := parse.Train(f, trees, training); err != nil {
		return err
	}
	return f.Close()
}

// parseTree is s, tagged by a tagger, in the parser's own terms; gold is the same
// sentence as the treebank has it.
func parseTree(s, gold treebank.Sentence) parse.Tree {
	var t parse.Tree
	for i, w := range s.Words {
		t.Right = append(t.Right, gold.Words[i].XPOS)
		t.Forms = append(t.Forms, w.Form)
		t.Tags = append(t.Tags, w.XPOS)
		t.POS = append(t.POS, w.UPOS)
		t.Heads = append(t.Heads, w.Head)
		t.Rels = append(t.Rels, w.Rel)
	}
	return t
}
