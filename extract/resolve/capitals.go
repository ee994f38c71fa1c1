package resolve

import (
	"strings"

	"parley/extract/lists"
	"parley/pipeline"
)

// A capital stands for its government where it acts, owns a policy or is acted
// upon; it is a place after "in", where people go, and beside "capital". The
// rules read the words around it; the syntax tree only says which word governs a
// preposition.

// meansGovernment reports whether the capital i stands for its government, and
// by what.
func (c *chains) meansGovernment(i int) (string, bool) {
	m := &c.d.Mentions[i]
	if m.Sentence < 0 || m.To <= m.From {
		return "", false
	}
	if glued := c.glued(m); glued != "" {
		return glued, glued != "based"
	}
	prev, next := c.at(m, m.From-1), c.at(m, m.To)
	if prev == "capital" || next == "," && c.followedByCountry(m) || prev == "," && (c.at(m, m.From-2) == "capital" || c.at(m, m.From-2) == "city") {
		return "", false
	}
	if next == "'s" || next == "’s" || next == "'" || next == "’" {
		return c.owns(m)
	}
	if next == "and" && c.at(m, m.To+1) != "" && c.name[m.To+1] >= 0 {
		// "Beijing and Seoul's anger"
		other := &c.d.Mentions[c.name[m.To+1]]
		if w := c.at(m, other.To); other.Type == pipeline.GPE && (w == "'s" || w == "’s") {
			return c.owns(other)
		}
	}
	if strings.HasPrefix(c.tag(m.From-1), "V") && giving[c.lemma(m.From-1)] {
		return "receiver of " + prev, true // "send Caracas proof"
	}
	if strings.HasPrefix(c.tag(m.To), "N") && c.name[m.To] < 0 && c.value[m.To] < 0 && next != "" {
		// "the Ankara government", but "the Baghdad airport"
		head := m.To
		for c.at(m, head+1) != "" && strings.HasPrefix(c.tag(head+1), "N") && c.name[head+1] < 0 {
			head++
		}
		w := c.lemma(head)
		return "before " + w, governing[w] || governing[c.lemma(m.To)]
	}
	if k := c.preposition(m); k >= 0 && governs(c.lower(k)) {
		return c.afterPreposition(m, k)
	}
	if prev == "and" || prev == "or" || prev == "," || prev == "both" {
		if n := c.conjunct(m); n >= 0 {
			if c.state[c.find(n)] != "" {
				return "beside " + c.text(n), true
			}
			if c.d.Mentions[n].Type == pipeline.GPE {
				return "", false
			}
		}
	}
	if verb := c.verbAfter(m); verb >= 0 {
		return c.actsBy(m, verb)
	}
	if verb := c.verbBefore(m); verb >= 0 {
		l := c.lemma(verb)
		return "object of " + l, !reached[l] && !striking[l]
	}
	return "", false
}

func (c *chains) tag(k int) string {
	if k < 0 || k >= len(c.d.Tokens) {
		return ""
	}
	return c.d.Tokens[k].Tag
}

// glued is the word that a hyphen ties to the name: "pro", "anti", "based", "led".
func (c *chains) glued(m *pipeline.Mention) string {
	from, to := m.Start, m.End
	for from > 0 && wordByte(c.d.Text[from-1]) {
		from--
	}
	for to < len(c.d.Text) && wordByte(c.d.Text[to]) {
		to++
	}
	if head := strings.ToLower(c.d.Text[from:m.Start]); strings.HasPrefix(head, "pro-") || strings.HasPrefix(head, "anti-") {
		return head[:len(head)-1]
	}
	switch tail := strings.ToLower(c.d.Text[m.End:to]); tail {
	case "-based", "-born", "-area":
		return "based"
	case "-led", "-backed", "-allied", "-imposed", "-sponsored", "-supported", "-controlled", "-appointed", "-run":
		return tail[1:]
	}
	return ""
}

func wordByte(b byte) bool {
	return b == '-' || b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z' || b >= 0x80
}

// followedByCountry reports whether ", Country" follows, as after a city.
func (c *chains) followedByCountry(m *pipeline.Mention) bool {
	k := m.To + 1
	if c.at(m, k) == "" || c.name[k] < 0 {
		return false
	}
	n := c.name[k]
	after := c.at(m, c.d.Mentions[n].To)
	return c.d.Mentions[n].Type == pipeline.GPE && after != "and" && after != "or" && c.at(m, m.From-1) != "between"
}

var (
	// governing nouns make a capital before them a government.
	governing = set(`government regime administration authority leadership leader official policy troop force minister
		diplomat cabinet envoy negotiator delegation side`)
	// local nouns make what a capital owns a thing of the city.
	local = set(`airport mayor street suburb outskirt university college resident neighborhood neighbourhood district
		square museum hotel hospital market subway metro station park center centre downtown cathedral mosque church stadium
		zoo theater theatre river harbor harbour port bridge old stock main central city population weather skyline
		fashion olympic bid citizen people inhabitant slum traffic road highway green jail prison restaurant cafe mansion`)
	// going verbs and nouns have a place as their goal.
	going = set(`visit trip travel go come return fly arrive head move journey bring march tour drive flight way route road
		pilgrimage leave reach enter depart flee evacuate invite send transport transfer take carry deploy relocate walk
		retreat withdraw expel deport delegation train extradite transit stop voyage pullout advance summon recall tour
		visitor bind en link ship deliver stopover rush back accompany follow escort mission`)
	// reached verbs have a place as their object.
	reached = set("visit leave reach enter depart flee evacuate tour exit approach cross near see traverse")
	// giving verbs have a receiver before what is given.
	giving = set("send give offer tell sell lend grant show owe hand deny ask warn")
	// striking verbs have a city as their object.
	striking = set(`bomb attack hit strike capture control seize shell pound rock shake besiege surround paralyze blanket
		occupy liberate storm devastate destroy host invade encircle cripple engulf flood retake recapture batter protect defend secure`)
	// quiet adjectives are said of a city, not of a government.
	quiet = set(`quiet calm busy tense deserted crowded empty peaceful paralyzed full home located situated beautiful
		surrounded cut shut closed dark safe flooded sealed hit rocked shaken bombed shelled attacked captured besieged
		blanketed patrolled devastated gripped`)
	// addressed nouns and verbs have a government behind "to".
	addressed = set(`ambassador envoy message aid letter appeal warning threat response support assistance loyal sale supply
		concession pressure proposal offer sell give export supply respond appeal protest demand complain apologize
		signal turn belong loyal close tie opposition hostile friendly grant pay report sympathetic answer submit`)
	localOf = set(`city capital outskirt street mayor part region suburb center centre town kilometer mile west east north
		south northwest northeast southwest southeast district airport people university bishop archbishop area port resident
		control capture bombing occupation siege fall liberation treaty neighborhood neighbourhood section heart archdiocese`)
	toward = set(`with against between by toward towards about upon without under than like despite behind besides versus for
		among regarding concerning given`)
	within = set(`in at near outside around into inside through across via throughout downtown central greater eastern western
		northern southern within off where`)
)

// owns decides by what the capital owns: "Moscow's war", "Moscow's streets".
func (c *chains) owns(m *pipeline.Mention) (string, bool) {
	for k := m.To + 1; k < m.To+5 && c.at(m, k) != ""; k++ {
		if local[c.lemma(k)] || local[strings.TrimSuffix(c.lower(k), "s")] {
			return "", false
		}
		if n := c.name[k]; n >= 0 {
			t := c.d.Mentions[n].Type
			if code, ok := lists.Country(c.text(n)); ok {
				if own, _ := lists.Capital(c.d.In(m.Span)); own == code {
					continue
				}
			}
			if noun, ok := c.noun(c.d.Mentions[n].To - 1); t == pipeline.Org && ok && (noun.Sector == "JUD" || noun.Sector == "EDU" || noun.Sector == "HLH" || noun.Sector == "BUS") {
				return "", false
			}
			return "owner of " + c.text(n), t != pipeline.Fac && t != pipeline.Loc && t != pipeline.GPE
		}
		if strings.HasPrefix(c.tag(k), "N") {
			return "owner of " + c.word(k), true
		}
	}
	return "owner", true
}

// preposition is the token of the preposition that governs the name, directly or
// over an article or adjective, or -1.
func (c *chains) preposition(m *pipeline.Mention) int {
	for k := m.From - 1; k >= m.From-3 && c.at(m, k) != ""; k-- {
		w, tag := c.lower(k), c.tag(k)
		if c.value[k] >= 0 || c.name[k] >= 0 {
			return -1
		}
		if tag == "IN" || tag == "TO" || toward[w] || within[w] && tag != "JJ" {
			return k
		}
		if tag != "DT" && tag != "JJ" {
			return -1
		}
	}
	return -1
}

// governs reports whether a word so tagged is a preposition that the rules know,
// not one that opens a clause ("as long as Damascus supports").
func governs(w string) bool {
	return toward[w] || within[w] || w == "from" || w == "to" || w == "of" || w == "for" || w == "on" || w == "over" || w == "between"
}

// governor is the word that the preposition at k depends on: by the syntax tree,
// else the nearest noun or verb before it that is no part of a name or a date.
func (c *chains) governor(m *pipeline.Mention, k int) int {
	if h := c.d.Tokens[m.Head]; h.Head >= 0 && h.Rel != "" && (h.Head < m.From || h.Head >= m.To) {
		if t := c.d.Tokens[h.Head].Tag; strings.HasPrefix(t, "N") || strings.HasPrefix(t, "V") || strings.HasPrefix(t, "J") {
			return h.Head
		}
	}
	for j := k - 1; j > k-7 && c.at(m, j) != ""; j-- {
		if c.value[j] >= 0 || c.name[j] >= 0 {
			continue
		}
		if t := c.tag(j); strings.HasPrefix(t, "N") || strings.HasPrefix(t, "V") {
			return j
		}
	}
	return -1
}

// afterPreposition decides for a capital after the preposition at token k.
func (c *chains) afterPreposition(m *pipeline.Mention, k int) (string, bool) {
	p := c.lower(k)
	g := c.governor(m, k)
	gov, near := "", map[string]bool{}
	if g >= 0 {
		gov = c.lemma(g)
	}
	for j := k - 1; j > k-6 && c.at(m, j) != ""; j-- {
		near[c.lemma(j)] = true
	}
	moves := going[gov]
	switch {
	case p == "to":
		if addressed[gov] {
			return gov + " to", true
		}
		for w := range near {
			moves = moves || going[w]
		}
		return "to", !moves && g >= 0 && strings.HasPrefix(c.tag(g), "V") && addressed[gov]
	case p == "of":
		return gov + " of", !localOf[gov] && (governing[gov] || blaming[gov])
	case p == "for":
		if c.at(m, m.To) == "to" {
			return "for … to", true
		}
		return "for", !moves
	case p == "on":
		return gov + " on", !near["march"] && !near["attack"] && !near["rocket"] && !near["raid"] && !near["missile"] && !near["strike"]
	case p == "from":
		return "from", given[gov] || c.at(m, k-1) != "" && given[c.lemma(k-1)]
	case p == "over":
		return "over", false
	case p == "between":
		return "between", !near["flight"] && !near["train"] && !near["road"] && !near["route"] && !near["highway"] && !near["travel"]
	case toward[p]:
		return p, true
	case within[p]:
		return "", false
	}
	return "", false
}

// given nouns and verbs have a government behind "from".
var given = set(`evidence pressure response approval support aid assistance weapon gun arm assurance apology reaction criticism
	demand permission condemnation recognition independence help guarantee pledge threat protest concession signal message
	order reply answer explanation buy receive get seek demand expect import purchase obtain envoy diplomat negotiator
	delegate proof commitment loan funding money backing consent word statement interference opposition objection outcry`)

var blaming = set(`accuse criticism critic condemnation support ally policy behalf suspicion disapproval demand
	intention warn suspect approval backing pressure part view fear wary consent permission`)

// conjunct is the name that the mention is joined to by "and" or a comma before it.
func (c *chains) conjunct(m *pipeline.Mention) int {
	k := m.From - 1
	for k > m.From-4 && (c.at(m, k) == "and" || c.at(m, k) == "," || c.at(m, k) == "or" || c.at(m, k) == "the" || c.at(m, k) == "both") {
		k--
	}
	if c.at(m, k) == "" || c.name[k] < 0 || c.d.Mentions[c.name[k]].Sentence != m.Sentence {
		return -1
	}
	return c.name[k]
}

// verbAfter is the main verb whose subject the mention seems to be, or -1:
// auxiliaries and adverbs may stand between.
func (c *chains) verbAfter(m *pipeline.Mention) int {
	last, start := -1, m.To
	// "Washington and Seoul say": the names between are subjects too.
	for (c.at(m, start) == "and" || c.at(m, start) == ",") && c.at(m, start+1) != "" && c.name[start+1] >= 0 && c.d.Mentions[c.name[start+1]].Type == pipeline.GPE {
		start = c.d.Mentions[c.name[start+1]].To
	}
	if next := c.at(m, start); start > m.To && (next == "'s" || next == "’s" || next == "'") {
		return -1
	}
	for k := start; k < start+7 && c.at(m, k) != ""; k++ {
		tag := c.tag(k)
		switch {
		case c.value[k] >= 0, strings.HasPrefix(tag, "RB"), tag == "MD", tag == "TO" && last >= 0:
			continue
		case strings.HasPrefix(tag, "V"):
			last = k
			if !auxiliary[c.lemma(k)] {
				return k
			}
		case strings.HasPrefix(tag, "J") && last >= 0:
			return k
		default:
			return last
		}
	}
	return last
}

var auxiliary = set("be have do is was has had are were been being did does remain")

// actsBy decides for a subject by its verb or by what is said of it.
func (c *chains) actsBy(m *pipeline.Mention, verb int) (string, bool) {
	w, l := c.lower(verb), c.lemma(verb)
	if quiet[w] || quiet[l] && strings.HasPrefix(c.tag(verb), "J") {
		return "", false
	}
	if c.tag(verb) == "VBN" && striking[l] && verb > m.To && c.lemma(verb-1) == "be" {
		return "", false
	}
	if l == "lie" || l == "sit" || l == "wake" || l == "be" && strings.HasPrefix(c.tag(verb+1), "D") {
		return "", false
	}
	return "subject of " + w, true
}

// verbBefore is the verb right before the mention, whose object it seems to be.
func (c *chains) verbBefore(m *pipeline.Mention) int {
	k := m.From - 1
	for c.at(m, k) != "" && (c.tag(k) == "DT" || c.tag(k) == "RB") {
		k--
	}
	if c.at(m, k) != "" && strings.HasPrefix(c.tag(k), "V") && c.name[k] < 0 {
		return k
	}
	return -1
}
