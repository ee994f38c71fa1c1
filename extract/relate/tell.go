package relate

import (
	"strings"

	"parley/extract/frame"
	"parley/pipeline"
)

// tell makes the plain sentence of a record: who did what to whom, about what,
// where, when, according to whom.
func tell(d *pipeline.Document, fr *frame.Frame, r *pipeline.Relation) string {
	say := fr.Tell
	actors := names(d, r, pipeline.Actor)
	recipients := names(d, r, pipeline.Recipient)
	var parts []string
	add := func(words ...string) {
		if last := words[len(words)-1]; last != "" {
			parts = append(parts, strings.TrimSpace(strings.Join(words, " ")))
		}
	}
	if len(actors) == 0 {
		actors = []string{"Somebody"}
	}
	add(list(actors))
	add(inflect(say.Verb, r.Status, plural(d, r, len(actors))))
	if say.To == "" && len(recipients) == 0 && needsObject(say.Verb) {
		add("somebody")
	}
	add(say.To, list(recipients))
	for _, topic := range r.Fillers(pipeline.Topic) {
		text := flat(d.In(topic.Span))
		if say.About == ":" && len(parts) > 0 {
			parts[len(parts)-1] += ":"
			add(text)
		} else {
			add(say.About, text)
		}
	}
	add("in", list(names(d, r, pipeline.At)))
	for _, when := range r.Fillers(pipeline.On) {
		if w := d.Mentions[when.Mention].When.Value; w != "" {
			add("on", w)
		} else {
			add(flat(d.In(when.Span)))
		}
	}
	out := strings.Join(parts, " ")
	if sources := names(d, r, pipeline.Source); len(sources) > 0 {
		out += ", according to " + list(sources)
	}
	return out
}

// needsObject reports whether a telling has a transitive verb, which reads
// badly without an object.
func needsObject(verb string) bool {
	switch verb {
	case "support", "praise", "criticize", "accuse", "threaten", "warn", "help", "release", "detain", "rescue", "attack", "kill", "injure", "abduct", "abuse",
		"disperse", "deport", "pardon", "expel", "punish", "urge", "ask", "invite", "coerce", "restrict", "censor", "shelter", "recognize", "investigate", "put on trial", "remove from power", "call on", "bomb":
		return true
	}
	return false
}

// names are the best names of the fillers of a role.
func names(d *pipeline.Document, r *pipeline.Relation, role frame.Role) []string {
	var out []string
	for _, a := range r.Fillers(role) {
		name := d.In(a.Span)
		if m := &d.Mentions[a.Mention]; m.Type != pipeline.Nominal && m.Entity >= 0 && m.Entity < len(d.Entities) && d.Entities[m.Entity].Name != "" {
			name = d.Entities[m.Entity].Name
		}
		out = append(out, flat(name))
	}
	return out
}

// plural reports whether the actors take a verb in the plural.
func plural(d *pipeline.Document, r *pipeline.Relation, n int) bool {
	if n > 1 {
		return true
	}
	for _, a := range r.Fillers(pipeline.Actor) {
		m := &d.Mentions[a.Mention]
		if m.Head >= 0 && m.Head < len(d.Tokens) {
			switch tag := d.Tokens[m.Head].Tag; {
			case m.Type == pipeline.Nominal && tag == "NNS":
				return true
			case strings.EqualFold(d.In(m.Span), "they"), strings.EqualFold(d.In(m.Span), "we"):
				return true
			}
		}
	}
	return false
}

// inflect puts a verb phrase in the form that its status asks for.
func inflect(phrase string, s pipeline.Status, plural bool) string {
	verb, rest, _ := strings.Cut(phrase, " ")
	if rest != "" {
		rest = " " + rest
	}
	switch s {
	case pipeline.Future:
		if plural {
			return "are to " + phrase
		}
		return "is to " + phrase
	case pipeline.Hypothetical:
		return "may " + phrase
	case pipeline.Negated:
		return "did not " + phrase
	case pipeline.Historical:
		return "had earlier " + past(verb, true) + rest
	}
	return past(verb, false) + rest
}

// irregular are the past forms and participles that tellings use.
var irregular = map[string][2]string{
	"hold": {"held", "held"}, "meet": {"met", "met"}, "make": {"made", "made"}, "give": {"gave", "given"}, "speak": {"spoke", "spoken"},
	"withdraw": {"withdrew", "withdrawn"}, "keep": {"kept", "kept"}, "put": {"put", "put"}, "cut": {"cut", "cut"}, "break": {"broke", "broken"},
	"spread": {"spread", "spread"}, "fight": {"fought", "fought"}, "send": {"sent", "sent"}, "seek": {"sought", "sought"}, "strike": {"struck", "struck"},
	"shoot": {"shot", "shot"}, "take": {"took", "taken"}, "leave": {"left", "left"}, "say": {"said", "said"}, "tell": {"told", "told"}, "go": {"went", "gone"}, "win": {"won", "won"}, "lose": {"lost", "lost"},
}

func past(verb string, participle bool) string {
	if f, ok := irregular[verb]; ok {
		if participle {
			return f[1]
		}
		return f[0]
	}
	n := len(verb)
	switch {
	case strings.HasSuffix(verb, "e"):
		return verb + "d"
	case strings.HasSuffix(verb, "y") && n > 1 && !strings.ContainsRune("aeiou", rune(verb[n-2])):
		return verb[:n-1] + "ied"
	case doubling[verb]:
		return verb + verb[n-1:] + "ed"
	}
	return verb + "ed"
}

// doubling are verbs that double their last letter.
var doubling = map[string]bool{"stop": true, "ban": true, "plan": true, "grab": true, "permit": true, "commit": true, "rob": true,
	"expel": true, "compel": true, "refer": true, "admit": true, "submit": true, "transfer": true}

// list joins names as English does.
func list(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

// flat is text on one line.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
