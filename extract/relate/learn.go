package relate

import (
	"io"
	"slices"
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// A Lesson is one labelled article: as the stages below read it, with all
// layers up to entities, and as it was labelled by hand.
type Lesson struct {
	Read, Gold *pipeline.Document
}

// An Exercise is one sentence of a frame, as the stages below read it, that must
// give an event of the frame or must not.
type Exercise struct {
	Read  *pipeline.Document
	Frame *frame.Frame
	Type  string // the event that a yes sentence gives; empty for a no sentence
}

// Exercises reads the yes and no sentences of all frames.
func Exercises(set *frame.Set, read func(string) (*pipeline.Document, error)) ([]Exercise, error) {
	var out []Exercise
	for _, fr := range set.Frames {
		for _, x := range fr.Yes {
			d, err := read(x.Say)
			if err != nil {
				return nil, err
			}
			out = append(out, Exercise{d, fr, x.Type})
		}
		for _, say := range fr.No {
			d, err := read(say)
			if err != nil {
				return nil, err
			}
			out = append(out, Exercise{d, fr, ""})
		}
	}
	return out, nil
}

// Learn fits a model to the lessons and exercises. The same ones and the same
// frames give the same model.
func Learn(set *frame.Set, lessons []Lesson, exercises []Exercise) *Model {
	s := school{relater: With(set, &Model{}, nil), names: map[uint64]string{}, examples: map[string][]example{}}
	s.f.keep = true
	for _, l := range lessons {
		s.attend(l)
	}
	for _, x := range exercises {
		s.practise(x)
	}
	m := &Model{decisions: map[string]*decision{}}
	for name, classes := range lessonPlan {
		m.decisions[name] = fit(s.examples[name], s.names, classes, penalties[name], 2)
	}
	return m
}

// lessonPlan are the decisions and their classes.
var lessonPlan = map[string][]string{
	"event": {"no", "yes"}, "role": roleClasses, "topic": {"no", "yes"},
	"status": statusNames(), "mode": {"no", "yes"}, "context": {"no", "yes"},
}

// penalties are the L2 penalties, chosen by cross-validation over articles.
var penalties = map[string]float64{"event": 3, "role": 10, "topic": 2, "status": 1.5, "mode": 2, "context": 3}

func statusNames() []string {
	var out []string
	for _, s := range statuses {
		out = append(out, string(s))
	}
	return out
}

// Write stores m; the same model gives the same bytes.
func (m *Model) Write(w io.Writer) error { return m.write(w) }

// A school collects examples.
type school struct {
	relater  *Relater
	f        features
	names    map[uint64]string
	examples map[string][]example
}

// note keeps the features at hand as an example.
func (s *school) note(decision string, class int) {
	for i, h := range s.f.hashes {
		s.names[h] = s.f.names[i]
	}
	s.examples[decision] = append(s.examples[decision], example{append([]uint64(nil), s.f.hashes...), class})
	s.f.reset()
}

// attend makes examples of one article: every candidate is an event or not;
// of those that are, every mention of the sentence has a role or none.
func (s *school) attend(l Lesson) {
	a := s.relater.read(l.Read)
	gold := goldEvents(l.Gold)
	for i, t := range a.trees {
		met := map[*pipeline.Relation]*candidate{}
		for _, c := range a.candidates[i] {
			if c.refused != "" {
				continue
			}
			g := answering(gold, c)
			s.f.reset()
			a.eventEvidence(t, c, &s.f)
			switch {
			case g == nil:
				s.note("event", 0)
			case met[g] == nil || met[g].token == c.token:
				s.note("event", 1)
				if met[g] == nil {
					s.details(a, t, c, g, l)
				}
				met[g] = c
			}
		}
	}
}

// practise makes examples of a frame's own sentence. Of a yes sentence the frame
// is right about its word and every other type is wrong; of other words of the
// sentence nothing is known. Of a no sentence the frame is wrong.
func (s *school) practise(x Exercise) {
	a := s.relater.read(x.Read)
	for i, t := range a.trees {
		right := -1
		for _, c := range a.candidates[i] {
			if c.refused != "" {
				continue
			}
			own := c.frame == x.Frame
			s.f.reset()
			switch {
			case x.Type == "" && own:
				a.eventEvidence(t, c, &s.f)
				s.note("event", 0)
			case x.Type == x.Frame.Type && own && right < 0:
				right = c.token
				a.eventEvidence(t, c, &s.f)
				s.note("event", 1)
			}
		}
		for _, c := range a.candidates[i] {
			if c.refused == "" && right >= 0 && c.token == right && c.frame.Type != x.Type {
				s.f.reset()
				a.eventEvidence(t, c, &s.f)
				s.note("event", 0)
			}
		}
	}
}

func goldEvents(d *pipeline.Document) []*pipeline.Relation {
	var out []*pipeline.Relation
	for i := range d.Relations {
		if d.Relations[i].Type != "HOLDS" {
			out = append(out, &d.Relations[i])
		}
	}
	return out
}

// answering is the labelled event that c finds, or nil.
func answering(gold []*pipeline.Relation, c *candidate) *pipeline.Relation {
	for _, g := range gold {
		if g.Type == c.frame.Type && overlap(g.Trigger, c.span) > 0 {
			return g
		}
	}
	return nil
}

func overlap(a, b pipeline.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

// alike reports whether two spans cover mostly the same text.
func alike(a, b pipeline.Span) bool {
	return 4*overlap(a, b) >= (a.End-a.Start)+(b.End-b.Start)
}

// details makes the examples of one event that was found.
func (s *school) details(a *article, t *tree, c *candidate, g *pipeline.Relation, l Lesson) {
	for _, m := range t.near(c) {
		class, known := goldRole(l, g, &l.Read.Mentions[m])
		if !known {
			continue
		}
		s.f.reset()
		a.roleEvidence(t, c, m, &s.f)
		s.note("role", class)
	}
	for _, p := range c.topics {
		class := 0
		for _, x := range g.Fillers(pipeline.Topic) {
			if alike(x.Span, p.Span) {
				class = 1
			}
		}
		s.f.reset()
		a.topicEvidence(t, c, &p, &s.f)
		s.note("topic", class)
	}
	for i, st := range statuses {
		if st == g.Status || st == pipeline.Happened && g.Status == "" {
			s.f.reset()
			a.statusEvidence(t, c, &s.f)
			s.note("status", i)
		}
	}
	for _, m := range frame.Modes[c.frame.Type] {
		s.f.reset()
		a.modeEvidence(t, c, m, &s.f)
		s.note("mode", among(m, g.Mode))
	}
	n := t.themesOf(c)
	for x, name := range frame.Contexts {
		s.f.reset()
		a.contextEvidence(t, c, n, x, &s.f)
		s.note("context", among(name, g.Context))
	}
}

func among(s string, list []string) int {
	if strings.Contains(" "+strings.Join(list, " ")+" ", " "+s+" ") {
		return 1
	}
	return 0
}

// goldRole is the class of the role that mention m has in g. A label of another
// kind that only overlaps m does not count: where "Turkish" is the label,
// "Turkish troops" is wrong. Another mention of an entity that fills a role is
// neither right nor wrong, and not known.
func goldRole(l Lesson, g *pipeline.Relation, m *pipeline.Mention) (class int, known bool) {
	same := false
	for _, arg := range g.Args {
		class := slices.Index(roleClasses, string(arg.Role))
		if class < 0 || arg.Mention < 0 {
			continue
		}
		label := &l.Gold.Mentions[arg.Mention]
		if covers(label, m) {
			return class, true
		}
		if label.Entity >= 0 && goldEntity(l.Gold, m) == label.Entity {
			same = true
		}
	}
	return 0, !same
}

// covers reports whether mention m is what was labelled.
func covers(label, m *pipeline.Mention) bool {
	return label.Span == m.Span || label.Type == m.Type && alike(label.Span, m.Span)
}

// goldEntity is the labelled entity of the label that m covers, or -1.
func goldEntity(d *pipeline.Document, m *pipeline.Mention) int {
	for i := range d.Mentions {
		if x := &d.Mentions[i]; x.Type != pipeline.Title && covers(x, m) {
			return x.Entity
		}
	}
	return -1
}
