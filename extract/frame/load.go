package frame

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/zeebo/xxh3"

	"parley/pipeline"
)

//go:embed frames/*.yaml
var builtin embed.FS

// Builtin loads the frames that parley ships.
func Builtin() (*Set, error) { return Load() }

// Load loads the frames that parley ships and then those of the paths: .yaml
// files, or folders of them. They may use and extend the shipped word classes,
// and a frame with the name of a shipped one takes its place. Every fault of a
// file is one line "file:line: frame: reason"; all of them are returned, joined.
func Load(paths ...string) (*Set, error) {
	names, err := fs.Glob(builtin, "frames/*.yaml")
	if err != nil {
		return nil, err
	}
	var texts []text
	for _, n := range names {
		data, err := builtin.ReadFile(n)
		if err != nil {
			return nil, err
		}
		texts = append(texts, text{n, data, true})
	}
	for _, p := range paths {
		given, err := files(p)
		if err != nil {
			return nil, err
		}
		for _, n := range given {
			data, err := os.ReadFile(n)
			if err != nil {
				return nil, fmt.Errorf("frames: %w", err)
			}
			texts = append(texts, text{filepath.ToSlash(n), data, false})
		}
	}
	return assemble(texts)
}

// Parse loads one file of frames, given as data, as Load would.
func Parse(name string, data []byte) (*Set, error) {
	words, err := builtin.ReadFile("frames/words.yaml")
	if err != nil {
		return nil, err
	}
	return assemble([]text{{"frames/words.yaml", words, true}, {name, data, false}})
}

// files are the frame files that a path names: itself, or those in the folder.
func files(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("frames: %w", err)
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	found, err := filepath.Glob(filepath.Join(path, "*.yaml"))
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("frames in %s: no .yaml files there", path)
	}
	return found, err
}

// A text is one frame file as it was read.
type text struct {
	name    string
	data    []byte
	shipped bool
}

// assemble reads the word classes of all files, then their frames, so that the
// order of files does not matter.
func assemble(texts []text) (*Set, error) {
	set := &Set{Classes: map[string]map[string]bool{}, index: map[string][]Sighting{}, known: map[string]bool{}}
	var faults []error
	var files []*file
	hash := xxh3.New()
	for _, t := range texts {
		hash.Write(t.data)
		f := &file{name: t.name, shipped: t.shipped}
		if err := f.read(t.data); err != nil {
			faults = append(faults, err)
			continue
		}
		for class, lemmas := range f.Words {
			if set.Classes[class] == nil {
				set.Classes[class] = map[string]bool{}
			}
			for _, l := range lemmas {
				set.Classes[class][l], set.known[l] = true, true
			}
		}
		files = append(files, f)
	}
	set.Hash = hash.Sum64()
	own := map[string]*Frame{}
	for _, f := range files {
		frames, errs := f.frames(set.Classes)
		faults = append(faults, errs...)
		for _, fr := range frames {
			if first := own[fr.Name]; first != nil && first.Shipped == fr.Shipped {
				faults = append(faults, fault(fr.File, fr.Line, fr.Name, fmt.Sprintf("the name is taken by %s:%d", first.File, first.Line)))
				continue
			}
			if own[fr.Name] == nil {
				set.Frames = append(set.Frames, fr)
			}
			own[fr.Name] = fr
		}
	}
	for i, fr := range set.Frames {
		set.Frames[i] = own[fr.Name]
		set.add(own[fr.Name])
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return set, nil
}

// add files fr under the head word of each of its triggers.
func (s *Set) add(fr *Frame) {
	for _, t := range fr.Triggers {
		s.known[t.Lemma] = true
		s.index[t.Lemma] = append(s.index[t.Lemma], Sighting{fr, t})
	}
}

// fault is an error in the documented form.
func fault(file string, line int, frame, reason string) error {
	if frame == "" {
		frame = "(file)"
	}
	return fmt.Errorf("%s:%d: %s: %s", file, line, frame, reason)
}

// A file is the YAML form of one frame file.
type file struct {
	name    string
	shipped bool

	Type       string                  `yaml:"type"`
	Words      map[string][]string     `yaml:"words"`
	Roles      map[Kind]map[Role]words `yaml:"roles"`
	Reciprocal bool                    `yaml:"reciprocal"`
	Contexts   words                   `yaml:"contexts"`
	Content    pipeline.Status         `yaml:"content"`
	Modes      map[string]words        `yaml:"modes"`
	Tell       string                  `yaml:"tell"`
	Frames     []entry                 `yaml:"frames"`
}

// An entry is the YAML form of one frame.
type entry struct {
	line int

	Name       string                  `yaml:"name"`
	About      string                  `yaml:"about"`
	Verbs      words                   `yaml:"verbs"`
	Nouns      words                   `yaml:"nouns"`
	Adjectives words                   `yaml:"adjectives"`
	Odds       Odds                    `yaml:"odds"`
	Need       map[Slot]words          `yaml:"need"`
	Deny       map[Slot]words          `yaml:"deny"`
	Roles      map[Kind]map[Role]words `yaml:"roles"`
	Reciprocal *bool                   `yaml:"reciprocal"`
	Mode       string                  `yaml:"mode"`
	Modes      map[string]words        `yaml:"modes"`
	Contexts   words                   `yaml:"contexts"`
	Content    pipeline.Status         `yaml:"content"`
	Tell       string                  `yaml:"tell"`
	Yes        []example               `yaml:"yes"`
	No         []string                `yaml:"no"`
}

// An example is the YAML form of an Example.
type example struct {
	line int

	Say       string          `yaml:"say"`
	Type      string          `yaml:"type"`
	Trigger   string          `yaml:"trigger"`
	Mode      string          `yaml:"mode"`
	Status    pipeline.Status `yaml:"status"`
	Actor     words           `yaml:"Actor"`
	Recipient words           `yaml:"Recipient"`
	Topic     words           `yaml:"Topic"`
	Place     words           `yaml:"Place"`
	Date      words           `yaml:"Date"`
	Source    words           `yaml:"Source"`
}

// words is a list of words, or one word without brackets.
type words []string

// UnmarshalYAML reads a scalar or a sequence of scalars.
func (w *words) UnmarshalYAML(n ast.Node) error {
	if _, isList := n.(*ast.SequenceNode); isList {
		return yaml.NodeToValue(n, (*[]string)(w))
	}
	var one string
	if err := yaml.NodeToValue(n, &one); err != nil {
		return err
	}
	*w = words{one}
	return nil
}

// UnmarshalYAML reads a frame and keeps the line where it begins.
func (e *entry) UnmarshalYAML(n ast.Node) error {
	type plain entry
	e.line = firstLine(n)
	return yaml.NodeToValue(n, (*plain)(e), yaml.Strict())
}

// UnmarshalYAML reads an example and keeps the line where it begins.
func (e *example) UnmarshalYAML(n ast.Node) error {
	type plain example
	e.line = firstLine(n)
	return yaml.NodeToValue(n, (*plain)(e), yaml.Strict())
}

// firstLine is the line of the first key of a mapping.
func firstLine(n ast.Node) int {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		n = m.Values[0].Key
	}
	return n.GetToken().Position.Line
}

// read parses the YAML of one file, strictly.
func (f *file) read(data []byte) error {
	_, err := parser.ParseBytes(data, 0)
	if err == nil {
		err = yaml.UnmarshalWithOptions(data, f, yaml.Strict())
	}
	if err == nil {
		return nil
	}
	var at yaml.Error
	line, reason := 1, err.Error()
	if errors.As(err, &at) {
		line, reason = at.GetToken().Position.Line, at.GetMessage()
	}
	return fault(f.name, line, frameAt(data, line), reason)
}

// frameAt is the name of the frame that the line of a broken file lies in: the
// last "name:" at or above it.
func frameAt(data []byte, line int) string {
	name := ""
	for i, l := range strings.Split(string(data), "\n") {
		if i >= line {
			break
		}
		if _, after, ok := strings.Cut(l, "- name:"); ok {
			name = strings.TrimSpace(after)
		}
	}
	return name
}

// frames turns the entries of f into frames and reports every fault.
func (f *file) frames(classes map[string]map[string]bool) ([]*Frame, []error) {
	if len(f.Frames) == 0 {
		return nil, nil
	}
	if !slices.Contains(Types, f.Type) {
		return nil, []error{fault(f.name, 1, "", fmt.Sprintf("type %q is none of %s", f.Type, strings.Join(Types, " ")))}
	}
	var out []*Frame
	var faults []error
	for i := range f.Frames {
		b := builder{file: f, entry: &f.Frames[i], classes: classes}
		if fr := b.build(); len(b.faults) == 0 {
			out = append(out, fr)
		}
		faults = append(faults, b.faults...)
	}
	return out, faults
}

// sortedKeys makes the order of messages the same in every run.
func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	return keys
}
