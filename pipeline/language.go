package pipeline

import (
	"fmt"
	"strings"

	"github.com/abadojack/whatlanggo"
)

// englishWords are so frequent that no running English text does without them,
// and are words of hardly any other language.
var englishWords = wordSet(`the of to and that is was for on with as by at from his her has have had be been were are it its this which
	said says who will would after not their they he she but about more than when over into also out other there than we you`)

// languageWords is how many words are looked at.
const languageWords = 300

// identify sets the language of d from its body, and skips d when that is surely
// not English, or when its record says so and the body does not say otherwise. Languages are hard to tell in short texts, and what is lost that way
// is never seen, so that in doubt a document stays.
func identify(d *Document) {
	text := languageSample(d)
	words := splitWords(text, languageWords)
	english := 0
	for _, w := range words {
		if englishWords[w.lower] {
			english++
		}
	}
	if len(words) > 0 && english*6 >= len(words) {
		d.Language = "en"
		return
	}
	if len(words) > 0 {
		text = text[:words[len(words)-1].End]
	}
	found := whatlanggo.Detect(text)
	code := found.Lang.Iso6391()
	if declared := d.Language; declared != "" && !strings.HasPrefix(declared, "en") && english*10 < len(words) {
		d.Skip = Skip{SkipLanguage, fmt.Sprintf("%s: its record says that it is in %s", d.Where(), declared)}
		return
	}
	switch {
	case found.Lang == whatlanggo.Eng:
		d.Language = "en"
	case code == "" || found.Lang < 0:
	case found.Script != nil && whatlanggo.Scripts[found.Script] != "Latin", len(words) >= 20 && found.IsReliable() && english*20 < len(words):
		d.Language = code
		if d.Skip.Reason == NotSkipped || d.Skip.Reason == SkipNoArticle {
			d.Skip = Skip{SkipLanguage, fmt.Sprintf("%s: in %s", d.Where(), found.Lang.String())}
		}
	}
}

// languageSample is the body, or all text where clean found none, cut to a length
// that is enough to tell.
func languageSample(d *Document) string {
	const enough = 4 << 10
	var b strings.Builder
	for _, block := range d.Blocks {
		if block.Kind == Body {
			b.WriteString(d.In(block.Span))
			b.WriteByte('\n')
			if b.Len() > enough {
				break
			}
		}
	}
	if b.Len() > 0 {
		return b.String()
	}
	return strings.ToValidUTF8(d.Text[:min(len(d.Text), enough)], "")
}
