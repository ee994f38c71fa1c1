package frame

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"parley/pipeline"
)

//go:embed frames/*.yaml
var builtin embed.FS

// Builtin loads the frames that parley ships.
func Builtin() (*Set, error) { return load(source{builtin, "frames", "frames"}) }

// Load loads the frames that parley ships and then those in the .yaml files of
// the folders, which may use and extend the word classes of the shipped ones.
// Every fault of a file is one line "file:line: frame: reason"; all of them
// are returned, joined.
func Load(dirs ...string) (*Set, error) {
	sources := []source{{builtin, "frames", "frames"}}
	for _, d := range dirs {
		sources = append(sources, source{os.DirFS(d), ".", d})
	}
	return load(sources...)
}

// Parse loads one file of frames on top of the shipped word classes, without
// the shipped frames.
func Parse(name string, data []byte) (*Set, error) {
	words, err := fs.ReadFile(builtin, "frames/words.yaml")
	if err != nil {
		return nil, err
	}
	return assemble([]text{{"frames/words.yaml", words}, {name, data}})
}

// A source is one folder of frame files; shown names it in messages.
type source struct {
	files  fs.FS
	folder string
	shown  string
}

// A text is one frame file as it was read.
type text struct {
	name string
	data []byte
}

func load(sources ...source) (*Set, error) {
	var texts []text
	for _, s := range sources {
		names, err := fs.Glob(s.files, path.Join(s.folder, "*.yaml"))
		if err != nil {
			return nil, fmt.Errorf("frames in %s: %w", s.shown, err)
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("frames in %s: no .yaml files there", s.shown)
		}
		for _, n := range names {
			data, err := fs.ReadFile(s.files, n)
			if err != nil {
				return nil, fmt.Errorf("frames: %w", err)
			}
			texts = append(texts, text{path.Join(s.shown, path.Base(n)), data})
		}
	}
	return assemble(texts)
}

// assemble reads the word classes of all files, then their frames, so that the
// order of files does not matter.
func assemble(texts []text) (*Set, error) {
	set := &Set{Classes: map[string]map[string]bool{}, index: map[string][]Sighting{}}
	var faults []error
	var files []*file
	for _, t := range texts {
		f := &file{name: t.name}
		if err := f.read(t.data); err != nil {
			faults = append(faults, err)
			continue
		}
		for class, lemmas := range f.Words {
			if set.Classes[class] == nil {
				set.Classes[class] = map[string]bool{}
			}
			for _, l := range lemmas {
				set.Classes[class][l] = true
			}
		}
		files = append(files, f)
	}
	seen := map[string]string{}
	for _, f := range files {
		frames, errs := f.frames(set.Classes)
		faults = append(faults, errs...)
		for _, fr := range frames {
			if first, twice := seen[fr.Name]; twice {
				faults = append(faults, fault(fr.File, fr.Line, fr.Name, "the name is taken by "+first))
				continue
			}
			seen[fr.Name] = fmt.Sprintf("%s:%d", fr.File, fr.Line)
			set.add(fr)
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return set, nil
}

// add files fr under the head word of each of its triggers.
func (s *Set) add(fr *Frame) {
	s.Frames = append(s.Frames, fr)
	for _, t := range fr.Triggers {
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
	name string

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
