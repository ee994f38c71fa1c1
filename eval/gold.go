// Package eval reads hand labels, scores what parley extracts against them and
// keeps the sheet of quality figures.
package eval

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parley/eval/label"
	"parley/pipeline"
)

// ReadBrat reads one labelled article ("NAME.ann" with "NAME.txt" beside it) as
// a Document that has the labelled mentions, entities and relations as its
// layers, so that a stage can start from layers without faults. Tokens are not
// labelled: run the stages that add them and then label.Align.
func ReadBrat(path string) (*pipeline.Document, error) {
	s, err := label.ReadBrat(path)
	if err != nil {
		return nil, err
	}
	return s.Document(), nil
}

// ReadGold reads labelled articles: of a folder every brat file at or below it,
// sorted by path, of a file whatever label.ReadFile reads. It fails on the first
// fault, because a figure over part of the labels would be taken for one over
// all of them.
func ReadGold(paths ...string) ([]*label.Set, error) {
	var sets []*label.Set
	for _, root := range paths {
		files, err := labelFiles(root)
		if err != nil {
			return nil, err
		}
		for _, path := range files {
			s, err := label.ReadFile(path)
			if err != nil {
				return nil, err
			}
			sets = append(sets, s...)
		}
	}
	return sets, nil
}

// labelFiles is root itself, or the brat files below it.
func labelFiles(root string) ([]string, error) {
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return []string{root}, err
	}
	var files []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.HasSuffix(path, ".ann") {
			files = append(files, path)
		}
		return err
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s: no labelled articles (.ann files) here", root)
	}
	slices.Sort(files)
	return files, err
}

// ReadPredicted reads, for every labelled article, the brat file of the same
// name in folder. Where there is none, nothing was predicted.
func ReadPredicted(folder string, gold []*label.Set) ([]*label.Set, error) {
	predicted := make([]*label.Set, len(gold))
	found := 0
	for i, g := range gold {
		path := filepath.Join(folder, g.Name+".ann")
		ann, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			predicted[i] = &label.Set{Name: g.Name, Text: g.Text}
			continue
		} else if err != nil {
			return nil, err
		}
		found++
		if predicted[i], err = label.ParseBrat(path, g.Text, string(ann)); err != nil {
			return nil, err
		}
	}
	if found == 0 {
		return nil, fmt.Errorf("%s: no .ann file here has the name of a labelled article", folder)
	}
	return predicted, nil
}

// Shared keeps the articles that ReadPredicted found a file for. Between two
// labellers, an article that one of them did not see says nothing.
func Shared(gold, predicted []*label.Set) (both, with []*label.Set) {
	for i, p := range predicted {
		if p.Path != "" {
			both, with = append(both, gold[i]), append(with, p)
		}
	}
	return both, with
}
