package resolve

import (
	"strings"

	"parley/extract/lists"
	"parley/pipeline"
)

// sameNames joins mentions that are written alike: names of one kind with the
// same words. Ministries and the like are one only if they may be one country's.
func (c *chains) sameNames() {
	first := map[string][]int{}
	for _, i := range c.order {
		m := &c.d.Mentions[i]
		if !m.Type.Named() || m.Type == pipeline.NORP || m.Type == pipeline.Person {
			continue
		}
		if c.state[c.find(i)] != "" {
			continue
		}
		key := bare(c.fold(i))
		joined := false
		for _, j := range first[key] {
			if alike(c.d.Mentions[j].Type, m.Type) && c.sameOwner(i, j) && c.join(j, i, "%q is written the same", c.text(i)) {
				joined = true
				break
			}
		}
		if !joined || c.owner(i) != "" && len(first[key]) < reach/10 {
			first[key] = append(first[key], i)
		}
	}
}

// alike reports whether two mentions may be one thing: places, bodies, events and
// works are told apart, while the finer types are often confused.
func alike(a, b pipeline.MentionType) bool { return family(a) == family(b) }

func family(t pipeline.MentionType) int {
	switch t {
	case pipeline.GPE, pipeline.Loc:
		return 1
	case pipeline.Org, pipeline.Fac:
		return 2
	case pipeline.Event:
		return 3
	}
	return 4
}

// bare is a folded name without what varies: dots, hyphens, a possessive, a
// leading article.
func bare(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "'")
	name = strings.ReplaceAll(strings.ReplaceAll(name, "'s ", " "), ".", "")
	name = strings.ReplaceAll(name, "-", " ")
	name = strings.TrimSuffix(name, " (")
	return strings.Join(strings.Fields(name), " ")
}

// owner is the state before a name that many states have one of: of "Japan's
// Foreign Ministry", "the Japanese Foreign Ministry". Empty where none stands there.
func (c *chains) owner(i int) string {
	m := &c.d.Mentions[i]
	k := m.From - 1
	if w := c.at(m, k); w == "'s" || w == "’s" || w == "'" || w == "’" {
		k--
	}
	if c.at(m, k) == "" {
		return ""
	}
	if n := c.name[k]; n >= 0 && n != i {
		if code := c.state[c.find(n)]; code != "" {
			return code
		}
		if code, ok := lists.Capital(c.text(n)); ok && c.d.Mentions[n].Type == pipeline.GPE {
			return code
		}
	}
	return ""
}

// sameOwner reports whether two mentions of a name are not known to belong to
// two states.
func (c *chains) sameOwner(i, j int) bool {
	a, b := c.owner(i), c.owner(j)
	return a == "" || b == "" || a == b
}

// shortNames joins acronyms and short forms to the longer name that they shorten.
func (c *chains) shortNames() {
	// One mention stands for all that are written the same and joined already.
	type written struct {
		root int
		text string
	}
	seen := map[written]bool{}
	var names []int
	for _, i := range c.order {
		if t := c.d.Mentions[i].Type; !t.Named() || t == pipeline.NORP || t == pipeline.Person || c.state[c.find(i)] != "" || c.introduced(i) {
			continue
		}
		if w := (written{c.find(i), c.text(i)}); !seen[w] && len(names) < reach {
			seen[w] = true
			names = append(names, i)
		}
	}
	for _, i := range names {
		c.knownShort(i, names)
		short := c.text(i)
		if isAcronym(short) {
			c.acronym(i, names)
			continue
		}
		c.part(i, names)
	}
}

// introduced joins a short form to the long one that introduces it: "Revolutionary
// Armed Forces of Colombia, or FARC", "the party (ANP)".
func (c *chains) introduced(i int) bool {
	m := &c.d.Mentions[i]
	open := c.at(m, m.From-1)
	k := m.From - 2
	switch {
	case open == "(" || open == "[":
	case open == "or" || open == "known" || open == "as":
		for c.at(m, k) == "," || c.at(m, k) == "known" || c.at(m, k) == "also" || c.at(m, k) == "also" || c.at(m, k) == "as" {
			k--
		}
	case open == "," && isAcronym(c.text(i)) && (c.at(m, m.To) == "," || c.at(m, m.To) == "."):
	default:
		return false
	}
	if c.at(m, k) == "" || c.name[k] < 0 {
		return false
	}
	long := c.name[k]
	l := &c.d.Mentions[long]
	if l.To != k+1 || l.Type == pipeline.Person || l.Type == pipeline.NORP || c.state[c.find(long)] != "" && c.state[c.find(i)] != "" {
		return false
	}
	if open == "," && !abbreviates(c.text(i), c.text(long)) {
		return false
	}
	if c.state[c.find(long)] != "" {
		return false
	}
	if (open == "(" || open == "[") && !abbreviates(c.text(i), c.text(long)) && !abbreviates(c.text(long), c.text(i)) && !isAcronym(c.text(i)) && l.Type != m.Type {
		return false
	}
	return c.join(long, i, "%q introduces %q", c.text(long), c.text(i))
}

// isAcronym reports whether a name is one word of capitals: "NATO", "U.N.", "M5S".
func isAcronym(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			letters++
		case r == '.' || r >= '0' && r <= '9' || r == '-' || r == '&':
		default:
			return false
		}
	}
	return letters >= 2
}

// small words may be left out of an acronym.
var small = set("of and the for on in to de la du des al y e against & with")

// abbreviates reports whether short can be made of the initials of long's words,
// with or without its small words and the parts of hyphenated ones.
func abbreviates(short, long string) bool {
	want := strings.ToLower(strings.NewReplacer(".", "", "-", "", "&", "", "'", "", " ", "").Replace(short))
	words := strings.FieldsFunc(strings.ToLower(long), func(r rune) bool { return r == ' ' || r == '-' || r == '/' })
	if len(want) < 2 || len(words) < 2 {
		return false
	}
	var all, big strings.Builder
	for _, w := range words {
		w = strings.Trim(w, ".'’,")
		if w == "" {
			continue
		}
		all.WriteString(w[:1])
		if !small[w] {
			big.WriteString(w[:1])
		}
	}
	if all.String() == want || big.String() == want {
		return true
	}
	// A final word may be left out ("FSB" of "FSB agency") or written smaller than
	// it sounds ("FARC": initials of most words, in order).
	return len(want) >= 3 && subsequence(want, words)
}

// subsequence reports whether the letters of short are met in order, each word
// giving its first letter or a run from its start, and none left over.
func subsequence(short string, words []string) bool {
	for _, w := range words {
		if short == "" {
			return true
		}
		if w == "" || small[w] && w[0] != short[0] {
			continue
		}
		if w[0] != short[0] {
			return false
		}
		n := 0
		for n < len(w) && n < len(short) && n < 3 && w[n] == short[n] {
			n++
		}
		// Take one letter where that leaves enough words for the rest.
		if n > 1 && len(short)-1 < len(words) {
			n = 1
		}
		short = short[n:]
	}
	return short == ""
}

// acronym joins an acronym to the one name of the article whose initials it is.
func (c *chains) acronym(i int, names []int) {
	found := -1
	for _, j := range names {
		if isAcronym(c.text(j)) || !alike(c.d.Mentions[i].Type, c.d.Mentions[j].Type) || !abbreviates(c.text(i), c.text(j)) {
			continue
		}
		if found >= 0 && c.find(found) != c.find(j) {
			return
		}
		found = j
	}
	if found >= 0 {
		c.join(found, i, "%q has the initials of %q", c.text(i), c.text(found))
	}
}

// generic words add nothing to the name before them: "Xinhua News Agency".
var generic = set(`agency corporation corp inc co company ltd plc group party movement organization organisation council
	ministry department news television tv television network newspaper times university institute committee commission
	strip province region state river sea islands island peninsula valley mountains mountain shrine temple palace
	airport international bank airlines airways front army force forces foundation association union authority
	services service system program programme plan agreement treaty accord protocol convention conference summit
	of the and for prison camp base center centre hospital district county desert heights energy motors electronics
	administration association house court cassation justice appeal assembly parliament board office bureau hall
	federation league club society trust fund school college academy church tribunal entertainment pictures`)

// part joins a short form to the one longer name of the article that begins with
// it and goes on with generic words ("Gaza", "Gaza Strip"), or ends with it
// after a nationality or a proper word ("Navy", "Indonesian Navy").
func (c *chains) part(i int, names []int) {
	short := strings.Fields(bare(c.fold(i)))
	if len(short) == 0 {
		return
	}
	if _, known := lists.Country(c.text(i)); known {
		return
	}
	found, how := -1, ""
	for _, j := range names {
		if c.find(j) == c.find(i) || !alike(c.d.Mentions[i].Type, c.d.Mentions[j].Type) || c.d.Mentions[j].Overlaps(c.d.Mentions[i].Span) {
			continue
		}
		long := strings.Fields(bare(c.fold(j)))
		if len(long) <= len(short) {
			continue
		}
		fits := ""
		switch {
		case hasPrefix(long, short) && allIn(long[len(short):], generic) && !allIn(short, generic):
			fits = "begins"
		case hasSuffix(long, short) && c.d.Mentions[i].Type != pipeline.Loc && c.d.Mentions[i].Type != pipeline.GPE && c.ownedPart(i, j, long[:len(long)-len(short)]):
			fits = "ends"
		}
		if fits == "" {
			continue
		}
		if found >= 0 && c.find(found) != c.find(j) {
			return
		}
		found, how = j, fits
	}
	if found >= 0 {
		c.join(found, i, "%q %s with %q", c.text(found), how, c.text(i))
	}
}

// ownedPart reports whether the words that the long name j has before the short
// name i only say whose it is, or the short one is generic and refers back.
func (c *chains) ownedPart(i, j int, extra []string) bool {
	if !c.sameOwner(i, j) {
		return false
	}
	own := strings.Join(extra, " ")
	code, nation := lists.Demonym(own)
	if !nation {
		code, nation = lists.Country(own)
	}
	if nation {
		o := c.owner(i)
		return o == "" || o == code
	}
	short := strings.Fields(bare(c.fold(i)))
	// "the Court", "the Brotherhood": the last word with an article, after the long form.
	return len(short) == 1 && c.d.Mentions[j].Start < c.d.Mentions[i].Start && c.at(&c.d.Mentions[i], c.d.Mentions[i].From-1) == "the"
}

func hasPrefix(long, short []string) bool {
	for k, w := range short {
		if long[k] != w {
			return false
		}
	}
	return true
}

func hasSuffix(long, short []string) bool {
	return hasPrefix(long[len(long)-len(short):], short)
}

func allIn(words []string, in map[string]bool) bool {
	for _, w := range words {
		if !in[strings.Trim(w, ",.")] {
			return false
		}
	}
	return true
}

// knownShort joins two names that the list of organisations has for one body:
// "WTO", "World Trade Organization".
func (c *chains) knownShort(i int, names []int) {
	body, ok := lists.FindOrganisation(c.text(i))
	if !ok {
		return
	}
	for _, j := range names {
		if j >= i || c.find(j) == c.find(i) || c.d.Mentions[j].Type == pipeline.Person {
			continue
		}
		if other, ok := lists.FindOrganisation(c.text(j)); ok && other.Name == body.Name && c.sameOwner(i, j) {
			c.join(j, i, "%q and %q are both names of %s in the list of organisations", c.text(j), c.text(i), body.Name)
			return
		}
	}
}
