package main

import (
	"fmt"
	"os"
	"path/filepath"

	"parley/extract/tag"
	"parley/extract/treebank"
)

// trainTag trains the tagger and lemmatiser on the train parts of UD English
// EWT and GUM, with a lexicon from news without labels.
func trainTag(data, out string) error {
	sentences, err := readTreebanks(data, "train")
	if err != nil {
		return err
	}
	lexicon, err := newsLexicon(data, sentences)
	if err != nil {
		return err
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	defer f.Close()
	t := tag.Train(sentences, lexicon, inflections(), func(line string) { fmt.Fprintln(os.Stderr, line) })
	if err := t.Write(f); err != nil {
		return err
	}
	return f.Close()
}

// readTreebanks reads one part ("train", "dev") of both treebanks.
func readTreebanks(data, part string) ([]treebank.Sentence, error) {
	var all []treebank.Sentence
	for _, name := range []string{"ewt", "gum"} {
		sentences, err := treebank.Read(filepath.Join(data, "treebank", name+"-"+part+".conllu.gz"))
		if err != nil {
			return nil, err
		}
		all = append(all, sentences...)
	}
	return all, nil
}
