package label

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/pipeline"
)

// ReadBrat reads the labels of the brat file path ("NAME.ann") and the article
// beside it ("NAME.txt").
func ReadBrat(path string) (*Set, error) {
	text, err := ReadText(strings.TrimSuffix(path, ".ann") + ".txt")
	if err != nil {
		return nil, err
	}
	ann, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return ParseBrat(path, text, string(ann))
}

// ReadText reads an article whose labels count code points: valid UTF-8, its
// lines ended by "\n" whatever the file ended them with.
func ReadText(path string) (string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if !utf8.Valid(b) {
		return "", fmt.Errorf("%s: not valid UTF-8, so that its labels cannot be placed", path)
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(b)), nil
}

// ParseBrat reads brat standoff. It is strict: a label whose text is not at its
// offsets, an id that is unknown or given twice, and a line it cannot read are
// errors that name the path, the line and both strings.
func ParseBrat(path, text, ann string) (*Set, error) {
	s := &Set{Name: strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), Path: path, Text: text}
	p := bratParser{set: s, text: []rune(text), lines: map[string]int{}}
	for n, line := range strings.Split(ann, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := p.line(n+1, line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n+1, err)
		}
	}
	if err := p.resolve(); err != nil {
		return nil, fmt.Errorf("%s:%w", path, err)
	}
	return s, nil
}

// A bratParser fills a Set line by line. Lines may refer to ids that come later
// in the file, so those are looked up at the end.
type bratParser struct {
	set   *Set
	text  []rune
	lines map[string]int // id to the line that gives it
	refs  []reference
}

// A reference is an id that a line mentions.
type reference struct {
	line int
	id   string
	kind string // the first letters that the id may have
}

var (
	bratID    = regexp.MustCompile(`^([TERNAM#]\w*|\*)$`)
	groupArgs = regexp.MustCompile(`^Group Arg1:(T\w+) Arg2:(T\w+)$`)
	roleName  = regexp.MustCompile(`^(\w+?)\d*:(\S+)$`)
)

func (p *bratParser) line(n int, line string) error {
	f := strings.Split(line, "\t")
	if len(f) < 2 || !bratID.MatchString(f[0]) {
		return fmt.Errorf("not a line of brat standoff: %q", line)
	}
	id, words := f[0], strings.Fields(f[1])
	if id != "*" {
		if before, twice := p.lines[id]; twice && id[0] != '#' {
			return fmt.Errorf("%s is given already in line %d", id, before)
		}
		p.lines[id] = n
	}
	if len(words) == 0 {
		return fmt.Errorf("nothing after %s", id)
	}
	rest := ""
	if len(f) > 2 {
		rest = strings.Join(f[2:], "\t")
	}
	switch id[0] {
	case 'T':
		return p.textBound(id, f[1], rest)
	case '*':
		if words[0] != "Equiv" || len(words) < 3 {
			return fmt.Errorf("want Equiv and two ids or more: %q", f[1])
		}
		p.set.Equivs = append(p.set.Equivs, words[1:])
		p.refer(n, words[1:]...)
	case 'R':
		m := groupArgs.FindStringSubmatch(f[1])
		if m == nil {
			return fmt.Errorf("want Group Arg1:T… Arg2:T…: %q", f[1])
		}
		p.set.Groups = append(p.set.Groups, Group{ID: id, Whole: m[1], Member: m[2]})
		p.refer(n, m[1], m[2])
	case 'N':
		if len(words) != 3 || words[0] != "Reference" || !strings.HasPrefix(words[2], "ISO3166:") {
			return fmt.Errorf("want Reference T… ISO3166:…: %q", f[1])
		}
		p.set.References = append(p.set.References, Reference{ID: id, Target: words[1], Country: strings.TrimPrefix(words[2], "ISO3166:"), Text: rest})
		p.refer(n, words[1])
	case 'E':
		return p.event(n, id, words)
	case 'A', 'M':
		if len(words) < 2 || len(words) > 3 {
			return fmt.Errorf("want a name, an id and a value: %q", f[1])
		}
		a := Attribute{ID: id, Name: words[0], Target: words[1], Value: "true"}
		if len(words) == 3 {
			a.Value = words[2]
		}
		p.set.Attributes = append(p.set.Attributes, a)
		p.refs = append(p.refs, reference{n, words[1], "ET"})
	case '#':
		if len(words) == 2 {
			p.set.Notes = append(p.set.Notes, Note{ID: id, Target: words[1], Text: rest})
		}
	}
	return nil
}

// textBound reads "PERSON 12 25" and checks that the text there is quoted.
func (p *bratParser) textBound(id, where, quoted string) error {
	typ, at, _ := strings.Cut(where, " ")
	if strings.Contains(at, ";") {
		return fmt.Errorf("%s is in several pieces, which these labels do not use: %q", id, where)
	}
	from, to, _ := strings.Cut(at, " ")
	start, err1 := strconv.Atoi(from)
	end, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || typ == "" {
		return fmt.Errorf("want a type and two offsets: %q", where)
	}
	if start < 0 || end <= start || end > len(p.text) {
		return fmt.Errorf("%s covers %d to %d of a text of %d code points; it quotes %q", id, start, end, len(p.text), quoted)
	}
	if there := string(p.text[start:end]); there != quoted {
		return fmt.Errorf("%s: %q is not the text at %d to %d, which is %q", id, quoted, start, end, there)
	}
	p.set.Spans = append(p.set.Spans, TextBound{ID: id, Type: typ, Span: pipeline.Span{Start: start, End: end}})
	return nil
}

// event reads "CONSULT:T5 Actor:T1 Actor2:T2".
func (p *bratParser) event(n int, id string, words []string) error {
	typ, trigger, ok := strings.Cut(words[0], ":")
	if !ok {
		return fmt.Errorf("want TYPE:T…: %q", words[0])
	}
	e := Event{ID: id, Type: typ, Trigger: trigger}
	p.refer(n, trigger)
	for _, w := range words[1:] {
		m := roleName.FindStringSubmatch(w)
		if m == nil {
			return fmt.Errorf("want Role:T…: %q", w)
		}
		e.Roles = append(e.Roles, Filler{Role: m[1], Target: m[2]})
		p.refer(n, m[2])
	}
	p.set.Events = append(p.set.Events, e)
	return nil
}

// refer notes that the line mentions TextBounds by their ids.
func (p *bratParser) refer(line int, ids ...string) {
	for _, id := range ids {
		p.refs = append(p.refs, reference{line, id, "T"})
	}
}

// resolve checks that every id that a line mentions is given by another.
func (p *bratParser) resolve() error {
	for _, r := range p.refs {
		if _, given := p.lines[r.id]; !given {
			return fmt.Errorf("%d: no line gives %s", r.line, r.id)
		}
		if !strings.Contains(r.kind, r.id[:1]) {
			return fmt.Errorf("%d: %s is not of the kind that is wanted here, %s", r.line, r.id, r.kind)
		}
	}
	return nil
}

// WriteBrat writes the labels of s as brat standoff. ParseBrat reads them back.
func (s *Set) WriteBrat(w io.Writer) error {
	b := bufio.NewWriter(w)
	text := []rune(s.Text)
	for _, t := range s.Spans {
		fmt.Fprintf(b, "%s\t%s %d %d\t%s\n", t.ID, t.Type, t.Start, t.End, string(text[t.Start:t.End]))
	}
	for _, e := range s.Equivs {
		fmt.Fprintf(b, "*\tEquiv %s\n", strings.Join(e, " "))
	}
	for _, r := range s.References {
		fmt.Fprintf(b, "%s\tReference %s ISO3166:%s\t%s\n", r.ID, r.Target, r.Country, r.Text)
	}
	for _, g := range s.Groups {
		fmt.Fprintf(b, "%s\tGroup Arg1:%s Arg2:%s\n", g.ID, g.Whole, g.Member)
	}
	for _, e := range s.Events {
		fmt.Fprintf(b, "%s\t%s:%s", e.ID, e.Type, e.Trigger)
		times := map[string]int{}
		for _, f := range e.Roles {
			times[f.Role]++
			number := ""
			if times[f.Role] > 1 {
				number = strconv.Itoa(times[f.Role])
			}
			fmt.Fprintf(b, " %s%s:%s", f.Role, number, f.Target)
		}
		fmt.Fprintln(b)
	}
	for _, a := range s.Attributes {
		fmt.Fprintf(b, "%s\t%s %s %s\n", a.ID, a.Name, a.Target, a.Value)
	}
	for _, n := range s.Notes {
		fmt.Fprintf(b, "%s\tAnnotatorNotes %s\t%s\n", n.ID, n.Target, n.Text)
	}
	return b.Flush()
}
