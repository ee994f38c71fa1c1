package resolve

import (
	"slices"
	"strings"

	"parley/extract/lists"
	"parley/pipeline"
)

// particles belong to a family name but may be left out or joined by a hyphen.
var particles = set("al el de da di du la le van von der den bin ibn ben abu abd dos das del bint")

// personName is a person's name in the parts that resolution compares.
type personName struct {
	words []string // folded, without honorifics, suffixes and dots; "al-assad" is "assad"
	full  bool     // more than one word
}

func parsePerson(folded string) personName {
	var p personName
	for _, w := range strings.Fields(strings.TrimSuffix(strings.TrimSuffix(folded, "'s"), "'")) {
		w = strings.Trim(w, ".,\"'()")
		if w == "" || w == "mr" || w == "mrs" || w == "ms" || w == "dr" || w == "jr" || w == "sr" || w == "sir" || w == "president" || w == "ii" || w == "iii" {
			continue
		}
		for _, a := range []string{"al-", "el-", "ul-", "as-", "ar-", "ash-", "ad-"} {
			if strings.HasPrefix(w, a) && len(w) > len(a)+2 {
				w = w[len(a):]
				break
			}
		}
		p.words = append(p.words, w)
	}
	if len(p.words) > 1 && (p.words[0] == "al" || p.words[0] == "el") {
		p.words = p.words[1:]
	}
	p.full = len(p.words) > 1
	return p
}

func (p personName) last() string { return p.words[len(p.words)-1] }

// people joins full names of one person, and then each shorter name to the only
// person of the article who bears it.
func (c *chains) people() {
	var all []int
	names := map[int]personName{}
	for _, i := range c.order {
		if c.d.Mentions[i].Type != pipeline.Person {
			continue
		}
		if p := parsePerson(c.fold(i)); len(p.words) > 0 {
			all = append(all, i)
			names[i] = p
		}
	}
	var full []int // one mention of each full name
	written := map[string]int{}
	for _, i := range all {
		if !names[i].full {
			continue
		}
		key := strings.Join(names[i].words, " ")
		if j, ok := written[key]; ok {
			c.join(j, i, "%q is written the same", c.text(i))
			continue
		}
		for _, j := range full {
			if why := samePerson(names[i], names[j]); why != "" && c.join(j, i, "%q is %q: %s", c.text(i), c.text(j), why) {
				break
			}
		}
		if len(full) < reach {
			written[key] = i
			full = append(full, i)
		}
	}
	for _, i := range all {
		p := names[i]
		bearer, how := -1, 0
		clash := false
		for _, j := range full {
			if j == i || c.find(j) == c.find(i) {
				continue
			}
			fit := bears(names[j], p)
			switch {
			case fit == 0 || fit < how:
			case fit > how:
				bearer, how, clash = j, fit, false
			case c.find(j) != c.find(bearer):
				clash = true
			}
		}
		if clash {
			// Two bear it: the office before the name may tell which, or that only one
			// was named so far or named last.
			if bearer = c.sameOffice(i, full, names, how); bearer < 0 {
				bearer = c.foremost(i, full, names, how)
			}
		}
		if bearer >= 0 && !(p.full && how < 3) {
			c.join(bearer, i, "%q is %s of %q, and of no other person here", c.text(i), [...]string{"", "a given name", "part of the name", "the family name"}[how], c.text(bearer))
		}
	}
	short := map[string]int{}
	for _, i := range all {
		if p := names[i]; !p.full {
			if j, ok := short[p.words[0]]; ok && (c.find(j) == c.find(i) || !c.namesOther(i, j)) {
				c.join(j, i, "%q is written the same", c.text(i))
			} else if !ok {
				short[p.words[0]] = i
			}
		}
	}
}

// namesOther reports whether the chains of i and j hold different full names.
func (c *chains) namesOther(i, j int) bool { return c.longest(i) != "" && c.longest(j) != "" }

// longest is the longest name of a person in the chain of i that has several
// words, or empty.
func (c *chains) longest(i int) string {
	best := ""
	for _, j := range c.sample(i) {
		if c.d.Mentions[j].Type == pipeline.Person {
			if t := c.text(j); strings.Contains(t, " ") && len(t) > len(best) {
				best = t
			}
		}
	}
	return best
}

// samePerson says why two full names are one person's, or is empty.
func samePerson(a, b personName) string {
	x, y := strings.Join(a.words, " "), strings.Join(b.words, " ")
	if x == y {
		return "the same name"
	}
	if strings.ReplaceAll(x, "-", "") == strings.ReplaceAll(y, "-", "") || strings.ReplaceAll(x, "-", " ") == strings.ReplaceAll(y, "-", " ") {
		return "the same but for hyphens"
	}
	if a.last() == b.last() {
		f, g := a.words[0], b.words[0]
		if len(a.words) != len(b.words) && (f == g || len(f) == 1 && g[:1] == f || len(g) == 1 && f[:1] == g) {
			return "given and family name agree"
		}
		if len(f) == 1 && strings.HasPrefix(g, f) || len(g) == 1 && strings.HasPrefix(f, g) {
			return "an initial and the family name agree"
		}
	}
	return ""
}

// bears says how well a short name fits a full one: 3 as its family name, last
// or, in names of the East Asian order, first; 2 as another part; 1 as the given
// name; 0 not at all.
func bears(full, short personName) int {
	if len(short.words) >= len(full.words) {
		return 0
	}
	if hasSuffix(full.words, short.words) {
		return 3
	}
	if len(short.words) == 1 && full.words[0] == short.words[0] {
		if familyFirst(full) {
			return 3
		}
		return 1
	}
	if strings.Contains(" "+strings.Join(full.words, " ")+" ", " "+strings.Join(short.words, " ")+" ") {
		if len(short.words) > 1 || !particles[short.words[0]] {
			return 2
		}
	}
	return 0
}

// familyFirst reports whether a name looks as Chinese, Korean and Vietnamese
// names are written: a family name of one syllable first, then one or two more
// syllables ("Hu Jintao", "Ban Ki-moon").
func familyFirst(p personName) bool {
	if len(p.words) > 3 || !eastAsian[p.words[0]] {
		return false
	}
	return true
}

// eastAsian are family names that come first, as the news writes them.
var eastAsian = set(`ban bae cao chang chen cheng cho choe choi chun chung cui dai deng ding do dong du duan fan fang feng fu gao ge geng gong gu guo
	ha han hao he ho hong hou hu hua huang hwang jang jeon jeong jia jiang jin jo ju jung kang ke kim ko kong kwok kwon lai lam lau le lee lei leung li liang liao lim lin
	ling liu lo long lu luo ma mao meng min mo moon na nam ngo nguyen ni no noh oh ouyang paik pan pang park peng pham phan pyon qi qian qiao qin qiu ren ri rim roh ryu
	seo shao shen shi shim shin sin so sohn son song su suh sun tan tang tao tian tran truong tsai tsang tung vo vu wan wang wei wen wong woo wu xi xia xiao xie xiong xu xue
	yan yang yao yau ye yeo yeung yi yim yin yoo yoon you yu yuan yun zeng zha zhai zhang zhao zheng zhong zhou zhu zhuang zuo`)

// sameOffice picks, of several bearers of a name, the one who has the title that
// stands before mention i, or -1.
func (c *chains) sameOffice(i int, full []int, names map[int]personName, how int) int {
	title := c.titleOf(i)
	if title == "" {
		return -1
	}
	found := -1
	for _, j := range full {
		if bears(names[j], names[i]) != how || c.titleOf(j) != title {
			continue
		}
		if found >= 0 && c.find(found) != c.find(j) {
			return -1
		}
		found = j
	}
	return found
}

// foremost picks, of several bearers of a name, the only one named before mention
// i, or one who is named at least three times as often as any other; else -1.
func (c *chains) foremost(i int, full []int, names map[int]personName, how int) int {
	type bearer struct{ mention, before int }
	var bearers []bearer
	for _, j := range full {
		if bears(names[j], names[i]) != how {
			continue
		}
		if slices.ContainsFunc(bearers, func(b bearer) bool { return c.find(b.mention) == c.find(j) }) {
			continue
		}
		b := bearer{mention: j}
		for _, k := range c.chain[c.find(j)] {
			if c.d.Mentions[k].Start < c.d.Mentions[i].Start {
				b.before++
			}
		}
		bearers = append(bearers, b)
	}
	slices.SortStableFunc(bearers, func(a, b bearer) int { return b.before - a.before })
	if len(bearers) < 2 || bearers[0].before == 0 {
		return -1
	}
	if bearers[1].before == 0 || bearers[0].before >= 3*bearers[1].before {
		return bearers[0].mention
	}
	// The only one named in this sentence or the one before.
	near := -1
	m := &c.d.Mentions[i]
	for _, j := range c.inSentences(i, m.Sentence-1, m.Sentence) {
		if c.d.Mentions[j].Type != pipeline.Person || !names[j].full || bears(names[j], names[i]) != how {
			continue
		}
		if near >= 0 && c.find(near) != c.find(j) {
			return -1
		}
		near = j
	}
	return near
}

// titleOf is the title, folded, that the text gives the very mention i, or empty.
func (c *chains) titleOf(i int) string {
	for _, k := range c.held[i] {
		if o := c.offices[k]; o.To > o.From {
			return lists.Fold(c.d.In(pipeline.Span{Start: c.d.Tokens[o.From].Start, End: c.d.Tokens[o.To-1].End}))
		}
	}
	return ""
}
