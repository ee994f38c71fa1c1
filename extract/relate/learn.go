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
	Ours       bool // labelled for this project beside the reference labels
	Silver     bool // labelled by a model, with events, their roles but for topics, and their status alone
}

// lean marks the copy of a feature that only lessons of our own have. What they
// teach is split between the feature, which counts everywhere, and its copy,
// which takes up the habits of their labellers and is not kept (Daumé III,
// "Frustratingly easy domain adaptation", 2007).
const lean = 0x5555555555555555

// habitual are the decisions that cross-validation finds better taught so: our own
// labels fill fewer roles and modes than the reference. Others take them as they are.
var habitual = []string{"role", "mode"}

// An Exercise is one sentence of a frame, as the stages below read it, that must
// give an event of the frame or must not.
type Exercise struct {
	Read  *pipeline.Document
	Frame *frame.Frame
	Yes   *frame.Example // what a yes sentence gives; nil for a no sentence
}

// Exercises reads the yes and no sentences of all frames.
func Exercises(set *frame.Set, read func(string) (*pipeline.Document, error)) ([]Exercise, error) {
	var out []Exercise
	for _, fr := range set.Frames {
		for i := range fr.Yes {
			d, err := read(fr.Yes[i].Say)
			if err != nil {
				return nil, err
			}
			out = append(out, Exercise{d, fr, &fr.Yes[i]})
		}
		for _, say := range fr.No {
			d, err := read(say)
			if err != nil {
				return nil, err
			}
			out = append(out, Exercise{d, fr, nil})
		}
	}
	return out, nil
}

// Learn fits a model to the lessons and exercises. The same ones and the same
// frames give the same model.
func Learn(set *frame.Set, lessons []Lesson, exercises []Exercise) *Model {
	s := learn(set, lessons, exercises)
	m := s.model()
	s.review(lessons, exercises)
	m.decisions["record"] = fit(s.examples["record"], s.names, []string{"no", "yes"}, penalties["record"], 2)
	return m
}

// LearnDecisions is Learn without how sure whole records are, which takes as long
// again for each of its parts: relations have the chance of the event alone.
func LearnDecisions(set *frame.Set, lessons []Lesson, exercises []Exercise) *Model {
	return learn(set, lessons, exercises).model()
}

// learn makes the examples of every decision but how sure whole records are.
func learn(set *frame.Set, lessons []Lesson, exercises []Exercise) *school {
	s := &school{relater: With(set, &Model{}, nil), names: map[uint64]string{}, examples: map[string][]example{}, weight: 1}
	s.f.keep = true
	for _, l := range lessons {
		s.leaning = l.Ours
		s.attend(l)
	}
	s.leaning, s.weight = false, exerciseWeight
	for _, x := range exercises {
		s.practise(x)
	}
	s.weight = 1
	return s
}

// model fits the decisions to the examples.
func (s *school) model() *Model {
	m := &Model{decisions: map[string]*decision{}}
	for name, classes := range lessonPlan {
		m.decisions[name] = fit(s.examples[name], s.names, classes, penalties[name], 2)
	}
	m.decisions["event"] = fitSlates(s.events, s.names, penalties["event"], 2)
	m.decisions["topic"] = fitSlates(s.topics, s.names, penalties["topic"], 2)
	return m
}

// lessonPlan are the decisions and their classes.
var lessonPlan = map[string][]string{
	"role":   roleClasses,
	"status": statusNames(), "mode": {"no", "yes"}, "context": {"no", "yes"},
}

// penalties are the L2 penalties, chosen by cross-validation over articles.
var penalties = map[string]float64{"event": 3, "role": 10, "topic": 2, "status": 1.5, "mode": 2, "context": 3, "record": 1}

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
	events   []slate // of the frames that want a word
	leaning  bool    // whether the lesson at hand is labelled by other habits than the ones to learn
	topics   []slate // of the phrases behind an event
	weight   float64 // what an example at hand counts for
}

// note keeps the features at hand as an example.
func (s *school) note(decision string, class int) { s.noteAs(decision, class, s.weight) }

// noteAs keeps the features at hand as an example of some weight.
func (s *school) noteAs(decision string, class int, weight float64) {
	x := example{s.keep(), class, weight}
	if s.leaning && slices.Contains(habitual, decision) {
		for _, h := range x.features {
			x.features = append(x.features, h^lean)
		}
	}
	s.examples[decision] = append(s.examples[decision], x)
}

// keep gives the features at hand, remembers their names and clears the desk.
func (s *school) keep() []uint64 {
	for i, h := range s.f.hashes {
		s.names[h] = s.f.names[i]
	}
	kept := slices.Clone(s.f.hashes)
	s.f.reset()
	return kept
}

// attend makes examples of one article: of the frames that want a word, one is
// right or none; of the events that are found, every mention of the sentence has
// a role or none.
func (s *school) attend(l Lesson) {
	a := s.relater.read(l.Read)
	gold := goldEvents(l.Gold)
	for i, t := range a.trees {
		met := map[*pipeline.Relation]int{} // the token that first answered to an event
		for _, rivals := range byToken(a.candidates[i]) {
			word := slate{weight: s.weight}
			for _, c := range rivals {
				g := answering(gold, c)
				first, before := met[g]
				if g != nil && before && first != c.token {
					continue // a second word for an event is neither right nor wrong
				}
				s.f.reset()
				a.eventEvidence(t, c, &s.f)
				word.add(s.keep(), g != nil)
				if g != nil && !before {
					s.details(a, t, c, g, l)
					met[g] = c.token
				}
			}
			s.events = append(s.events, word)
		}
	}
}

// byToken groups the candidates that were not refused by their word.
func byToken(candidates []*candidate) [][]*candidate {
	var out [][]*candidate
	for _, c := range candidates {
		if c.refused != "" {
			continue
		}
		if n := len(out); n > 0 && out[n-1][0].token == c.token {
			out[n-1] = append(out[n-1], c)
		} else {
			out = append(out, []*candidate{c})
		}
	}
	return out
}

// practise makes examples of a frame's own sentence. Of a yes sentence the frame
// is right about its word, with what the sentence names, and every other type is
// wrong; of other words and other mentions nothing is known. Of a no sentence the
// frame is wrong.
func (s *school) practise(x Exercise) {
	a := s.relater.read(x.Read)
	done := false
	for i, t := range a.trees {
		for _, rivals := range byToken(a.candidates[i]) {
			own := slices.IndexFunc(rivals, func(c *candidate) bool { return c.frame == x.Frame })
			if own < 0 || x.Yes != nil && (done || x.Yes.Type != x.Frame.Type) {
				continue
			}
			done = true
			word := slate{weight: s.weight}
			for _, c := range rivals {
				if x.Yes == nil && c.frame != x.Frame {
					continue
				}
				s.f.reset()
				a.eventEvidence(t, c, &s.f)
				word.add(s.keep(), x.Yes != nil && c.frame.Type == x.Yes.Type)
			}
			s.events = append(s.events, word)
			if x.Yes != nil {
				s.example(a, t, rivals[own], x.Yes)
			}
		}
	}
}

// example makes the examples of the fillers, mode and status that a yes sentence
// names.
func (s *school) example(a *article, t *tree, c *candidate, x *frame.Example) {
	for _, m := range t.near(c) {
		said := flat(t.d.In(t.d.Mentions[m].Span))
		class := slices.IndexFunc(roleClasses, func(role string) bool { return slices.Contains(x.Roles[frame.Role(role)], said) })
		if class < 0 {
			continue
		}
		s.f.reset()
		a.roleEvidence(t, c, m, &s.f)
		s.note("role", class)
	}
	if len(x.Roles[pipeline.Topic]) > 0 {
		phrases := slate{weight: s.weight}
		for _, p := range c.topics {
			s.f.reset()
			a.topicEvidence(t, c, &p, &s.f)
			phrases.add(s.keep(), slices.ContainsFunc(x.Roles[pipeline.Topic], func(want string) bool {
				said := flat(t.d.In(p.Span))
				return strings.Contains(said, want) && len(said) < 2*len(want)
			}))
		}
		s.topics = append(s.topics, phrases)
	}
	if i := slices.Index(statuses, x.Status); i >= 0 {
		s.f.reset()
		a.statusEvidence(t, c, &s.f)
		s.note("status", i)
	}
	if x.Mode != "" {
		for _, m := range frame.Modes[c.frame.Type] {
			s.f.reset()
			a.modeEvidence(t, c, m, &s.f)
			s.note("mode", among(m, []string{x.Mode}))
		}
	}
}

// exerciseWeight is what the sentence of a frame counts beside a labelled one: its
// author says that it must hold.
const exerciseWeight = 3

// silverRole is what the role of a silver label counts beside one by hand.
const silverRole = 0.3

// details makes the examples of one event that was found. Silver labels have no
// topics, modes and contexts, and no status that teaches what a negation is.
func (s *school) details(a *article, t *tree, c *candidate, g *pipeline.Relation, l Lesson) {
	usual, _ := a.usualStatus(t, c)
	if !l.Silver || usual != pipeline.Negated { // of which a larger model has seen too few
		s.state(a, t, c, g)
	}
	weight := s.weight
	if l.Silver {
		weight *= silverRole
	}
	for _, m := range t.near(c) {
		class, known := goldRole(l, g, &l.Read.Mentions[m])
		if !known {
			continue
		}
		s.f.reset()
		a.roleEvidence(t, c, m, &s.f)
		s.noteAs("role", class, weight)
	}
	if l.Silver {
		return
	}
	s.phrases(a, t, c, g.Fillers(pipeline.Topic))
	for _, m := range frame.Modes[c.frame.Type] {
		s.f.reset()
		a.modeEvidence(t, c, m, &s.f)
		s.note("mode", among(m, g.Mode))
	}
	n := t.themesOf(c)
	for x, name := range frame.Contexts {
		if !a.themed(c, x) {
			continue
		}
		s.f.reset()
		a.contextEvidence(t, c, n, x, &s.f)
		s.note("context", among(name, g.Context))
	}
}

// state makes the example of the status of an event.
func (s *school) state(a *article, t *tree, c *candidate, g *pipeline.Relation) {
	for i, st := range statuses {
		if st == g.Status || st == pipeline.Happened && g.Status == "" {
			s.f.reset()
			a.statusEvidence(t, c, &s.f)
			s.note("status", i)
		}
	}
}

// phrases makes the example of the topic of an event: right are the phrases that
// cover most of a labelled one and least besides, if they are alike at all.
func (s *school) phrases(a *article, t *tree, c *candidate, labelled []pipeline.Argument) {
	fits, best := make([]float64, len(c.topics)), 0.0
	for i, p := range c.topics {
		for _, x := range labelled {
			if alike(x.Span, p.Span) {
				fits[i] = max(fits[i], 2*float64(overlap(x.Span, p.Span))/float64(x.End-x.Start+p.End-p.Start))
			}
		}
		best = max(best, fits[i])
	}
	rivals := slate{weight: s.weight}
	for i := range c.topics {
		s.f.reset()
		a.topicEvidence(t, c, &c.topics[i], &s.f)
		rivals.add(s.keep(), fits[i] > 0 && fits[i] >= best-closeFit)
	}
	s.topics = append(s.topics, rivals)
}

// closeFit is how much worse than the best phrase another may fit a labelled one
// and still be right: an article or a mark more.
const closeFit = 0.3

func among(s string, list []string) int {
	if strings.Contains(" "+strings.Join(list, " ")+" ", " "+s+" ") {
		return 1
	}
	return 0
}
