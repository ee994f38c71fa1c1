package main

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"parley/extract/frame"
	"parley/extract/relate"
	"parley/pipeline"
)

// eventLabels are events that were labelled for this project, by reading and by the
// guidelines of the hand labels, in news whose text lies in the data sets. A
// file names lines of the text and quotes no more of them than triggers and
// fillers:
//
//	@ 4023 4029                  an article: its first and its last line
//	4023 CONSULT talks | Actor=Norway | Actor=Chad#2 | Topic=fishing rights | Status=Future | Context=diplomatic
//
// "#2" is the second place of a text in the line; Status is left out where the
// event happened; roles and Context may be left out.
//
//go:embed labels/*.events
var eventLabels embed.FS

// silverLabels are events in the same notation that a larger model found in the
// news, with their roles but for topics, and their status; teacher/README.md says
// how.
//
//go:embed teacher/*.events
var silverLabels embed.FS

// eventStatuses are those of the guidelines.
var eventStatuses = []pipeline.Status{pipeline.Happened, pipeline.Future, pipeline.Historical, pipeline.Hypothetical, pipeline.Negated}

// A passage is a stretch of labelled text: the lines of one article, joined.
type passage struct {
	name   string // of its file and first line
	text   string
	events []labelledEvent
}

// A labelledEvent is one event of a passage; spans are bytes of its text.
type labelledEvent struct {
	relation pipeline.Relation // without arguments
	fillers  []labelledFiller
}

type labelledFiller struct {
	role pipeline.Role
	span pipeline.Span
}

// readLabels reads every label file of a file system against the text that it
// names.
func readLabels(files fs.FS, data string) ([]passage, error) {
	names, err := fs.Glob(files, "*/*.events")
	if err != nil {
		return nil, err
	}
	text := newLabelledText(data)
	var out []passage
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		ps, err := parseLabels(name, string(body), text)
		if err != nil {
			return nil, err
		}
		out = append(out, ps...)
	}
	return out, nil
}

// parseLabels reads one label file. A label that does not fit its text is an
// error with the file, the line and the reason.
func parseLabels(name, body string, text lineSource) ([]passage, error) {
	var out []passage
	var begins map[string]pipeline.Span // of the lines of the passage at hand
	lines := bufio.NewScanner(strings.NewReader(body))
	for n := 1; lines.Scan(); n++ {
		fault := func(format string, args ...any) error {
			return fmt.Errorf("%s:%d: %s", name, n, fmt.Sprintf(format, args...))
		}
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "@ "); ok {
			first, last, _ := strings.Cut(rest, " ")
			ids, err := text.between(first, last)
			if err != nil {
				return nil, fault("%v", err)
			}
			p := passage{name: name + " " + first}
			begins = map[string]pipeline.Span{}
			for _, l := range ids {
				begins[l.id] = pipeline.Span{Start: len(p.text), End: len(p.text) + len(l.text)}
				p.text += l.text + "\n"
			}
			out = append(out, p)
			continue
		}
		id, rest, _ := strings.Cut(line, " ")
		at, ok := begins[id]
		if !ok {
			return nil, fault("line %s lies in no article above", id)
		}
		p := &out[len(out)-1]
		e, err := parseEvent(rest, p.text[at.Start:at.End], at.Start)
		if err != nil {
			return nil, fault("%v", err)
		}
		p.events = append(p.events, e)
	}
	return out, lines.Err()
}

// parseEvent reads "TYPE trigger | Field=value | …" of one line of text that
// begins at byte base of its passage.
func parseEvent(s, text string, base int) (labelledEvent, error) {
	fields := strings.Split(s, " | ")
	kind, trigger, _ := strings.Cut(fields[0], " ")
	if !slices.Contains(frame.Types, kind) {
		return labelledEvent{}, fmt.Errorf("%q is no event type", kind)
	}
	span, err := locate(trigger, text, base)
	if err != nil {
		return labelledEvent{}, err
	}
	e := labelledEvent{relation: pipeline.Relation{Type: kind, Trigger: span, Status: pipeline.Happened}}
	for _, f := range fields[1:] {
		name, value, _ := strings.Cut(strings.TrimSpace(f), "=")
		switch name {
		case "Status":
			if e.relation.Status = pipeline.Status(value); !slices.Contains(eventStatuses, e.relation.Status) {
				return e, fmt.Errorf("%q is no status", value)
			}
		case "Mode":
			if !slices.Contains(frame.Modes[kind], value) {
				return e, fmt.Errorf("%q is no mode of %s", value, kind)
			}
			e.relation.Mode = append(e.relation.Mode, value)
		case "Context":
			for _, c := range strings.Split(value, ",") {
				if !slices.Contains(frame.Contexts, c) {
					return e, fmt.Errorf("%q is no context", c)
				}
				e.relation.Context = append(e.relation.Context, c)
			}
		case "Actor", "Recipient", "Topic", "Place", "Date", "Source":
			span, err := locate(value, text, base)
			if err != nil {
				return e, fmt.Errorf("%s: %w", name, err)
			}
			e.fillers = append(e.fillers, labelledFiller{pipeline.Role(name), span})
		default:
			return e, fmt.Errorf("unknown field %q", f)
		}
	}
	return e, nil
}

var occurrence = regexp.MustCompile(`^(.*)#(\d+)$`)

// locate finds a quoted piece of a line, "words" or "words#2".
func locate(quote, text string, base int) (pipeline.Span, error) {
	words, nth := quote, 1
	if m := occurrence.FindStringSubmatch(quote); m != nil {
		words = m[1]
		nth, _ = strconv.Atoi(m[2])
	}
	if words == "" {
		return pipeline.Span{}, fmt.Errorf("nothing is quoted")
	}
	// Places are counted as a reader of the text does: they do not overlap.
	at := 0
	for n := 1; ; n++ {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return pipeline.Span{}, fmt.Errorf("%q is not in the line %d times", words, nth)
		}
		if n == nth {
			return pipeline.Span{Start: base + at + i, End: base + at + i + len(words)}, nil
		}
		at += i + len(words)
	}
}

// lesson makes a lesson of a passage that the stages below relations have read.
// What is an entity there is one in the labels too: the labels name fillers
// only.
func (p *passage) lesson(read *pipeline.Document) relate.Lesson {
	gold := &pipeline.Document{ID: read.ID, Source: read.Source, Text: read.Text,
		Mentions: slices.Clone(read.Mentions), Entities: read.Entities}
	mention := func(s pipeline.Span) int {
		if i := meant(read, s); i >= 0 {
			return i
		}
		gold.Mentions = append(gold.Mentions, pipeline.Mention{Span: s, Type: pipeline.Nominal, Entity: -1})
		return len(gold.Mentions) - 1
	}
	for _, e := range p.events {
		rel := e.relation
		for _, f := range e.fillers {
			arg := pipeline.Argument{Role: f.role, Span: f.span, Mention: -1}
			if f.role != pipeline.Topic {
				arg.Mention = mention(f.span)
			}
			rel.Args = append(rel.Args, arg)
		}
		gold.Relations = append(gold.Relations, rel)
	}
	return relate.Lesson{Read: read, Gold: gold, Ours: true}
}

// meant is the mention of d that a quoted filler is: the same words, else the
// name that it ends with ("Mullah Omar" where "Omar" was found), else the noun
// phrase that it begins with ("gunmen on motorcycles", where "gunmen" was); -1
// where there is none.
func meant(d *pipeline.Document, s pipeline.Span) int {
	name, phrase := -1, -1
	for i := range d.Mentions {
		switch m := &d.Mentions[i]; {
		case m.Type == pipeline.Title || !s.Contains(m.Span):
		case m.Span == s:
			return i
		case m.Type != pipeline.Nominal && m.End == s.End && !strings.Contains(d.Text[s.Start:m.Start], " of "):
			name = i
		case m.Type == pipeline.Nominal && m.Start == s.Start:
			phrase = i
		}
	}
	if phrase >= 0 {
		return phrase
	}
	return name
}
