package pipeline

import (
	"strings"
	"testing"
)

func TestIdentify(t *testing.T) {
	for _, c := range []struct{ text, language string }{
		{"The ministers of Ghana and Togo signed a treaty on fishing in Lome on Friday. It lets boats of both countries cross the border by day.", "en"},
		{"Les ministres du Ghana et du Togo ont signé vendredi à Lomé un traité sur la pêche, qui permet aux bateaux des deux pays de passer la frontière le jour.", "fr"},
		{"Los ministros de Ghana y Togo firmaron el viernes en Lomé un tratado de pesca que permite a los barcos de ambos países cruzar la frontera durante el día.", "es"},
		{"Die Minister von Ghana und Togo haben am Freitag in Lome einen Vertrag über die Fischerei unterzeichnet, der Booten beider Länder die Fahrt über die Grenze erlaubt.", "de"},
		{"Министры Ганы и Того подписали в пятницу в Ломе договор о рыболовстве, который разрешает лодкам обеих стран пересекать границу днём.", "ru"},
		{"加纳和多哥的部长们周五在洛美签署了一项渔业条约，允许两国的船只在白天越过边界。", "zh"},
		{"وقع وزراء غانا وتوغو يوم الجمعة في لومي معاهدة بشأن الصيد تسمح لقوارب البلدين بعبور الحدود نهارا.", "ar"},
		{"Ghana, Togo sign fishing treaty in Lome.", ""},
	} {
		d := &Document{Source: "f", Single: true, Text: c.text}
		clean(d)
		if c.language == "" {
			if d.Skip.Reason == SkipLanguage {
				t.Errorf("in doubt a document stays, this one is taken for %s: %s", d.Language, c.text)
			}
			continue
		}
		if d.Language != c.language || (d.Skip.Reason == SkipLanguage) != (c.language != "en") {
			t.Errorf("language %q, skip %+v, want %q: %s", d.Language, d.Skip, c.language, c.text)
		}
	}
}

// TestIdentifySparesEnglish reads short articles of English news.
func TestIdentifySparesEnglish(t *testing.T) {
	sentences := 0
	for _, a := range newsArticles(t, 1000) {
		for _, text := range append([]string{strings.Join(a, "\n")}, a...) {
			d := &Document{Source: "f", Text: text, Blocks: []Block{{Span{0, len(text)}, Body}}}
			identify(d)
			sentences++
			if d.Skip.Reason == SkipLanguage {
				t.Errorf("taken for %s: %s", d.Language, text)
			}
		}
	}
	t.Logf("%d articles and sentences", sentences)
}
