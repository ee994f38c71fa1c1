package names

import "parley/extract/lists"

// A Feature is a hash of a template and its values.
type Feature = uint64

// The features of a word in its sentence are those of each word of a window by
// itself, one group for each place in the window, and those that join several
// words or know the article. The templates follow Ratinov and Roth (CoNLL 2009),
// with induced word classes, lists, the parts of dates, what the word mostly was in
// unlabelled news, and what it is elsewhere in the article.
//
// The groups of single words do not depend on the sentence, so that their
// weights are summed up once for each form and worker.

// window is how far the window reaches to both sides; places counts its words.
const (
	window = 2
	places = 2*window + 1
)

// appendSingle appends the features of a word that stands at one place of the
// window: window is the word in question, less is before it.
func (w *word) appendSingle(out []Feature, place int) []Feature {
	t := template{n: uint64(100 * (place + 1)), out: out}
	t.add(w.lower)
	switch place {
	case window - 1, window + 1:
		t.add(w.suffix[1])
		t.add(w.cluster[0])
		t.add(w.cluster[1])
		t.add(uint64(w.class))
		t.add(uint64(w.usual))
		t.add(uint64(w.letters))
	case window:
		t.add(1)
		t.add(w.form)
		t.add(w.shape)
		for _, a := range w.prefix {
			t.add(a)
		}
		for _, a := range w.suffix {
			t.add(a)
		}
		t.add(w.cluster[0])
		t.add(w.cluster[1])
		t.add(mix(uint64(w.class), uint64(w.letters)))
		t.add(mix(uint64(w.kinds), uint64(w.letters)))
		t.bits(uint64(w.kinds), uint64(w.letters))
		t.add(mix(uint64(w.usual), uint64(w.letters)))
		t.add(mix(uint64(w.usual), uint64(w.kinds&nameKinds)))
	default:
		t.add(w.cluster[0])
	}
	return t.out
}

// jointTemplates is how many templates appendJoint has.
const jointTemplates = 32

// appendJoint appends the features that join word i with its neighbours, its
// lists and its article.
func (s *sentence) appendJoint(out []Feature, i int) []Feature {
	t := template{out: out}
	w := s.at(i)
	p1, n1 := s.at(i-1), s.at(i+1)
	p2, n2 := s.at(i-2), s.at(i+2)
	style := uint64(s.style)
	first := uint64(0)
	if i == 0 {
		first = 1
	}

	t.add(mix(mix(s.glue(i), uint64(p1.letters)), mix(uint64(w.letters), uint64(n1.letters))))
	t.add(mix(mix(s.glue(i), uint64(p2.letters)), mix(uint64(w.letters), uint64(n2.letters))))
	t.add(mix(p1.lower, w.lower))
	t.add(mix(w.lower, n1.lower))
	t.add(mix(mix(p2.lower, p1.lower), uint64(w.letters)))
	t.add(mix(mix(n1.lower, n2.lower), uint64(w.letters)))
	t.add(mix(p1.lower, n1.lower))
	t.add(mix(p1.shape, w.shape))
	t.add(mix(w.shape, n1.shape))
	t.add(mix(mix(uint64(p1.letters), uint64(w.letters)), mix(uint64(n1.letters), style)))
	t.add(mix(mix(first, uint64(w.letters)), mix(uint64(w.usual), style)))
	t.add(mix(p1.suffix[1], w.suffix[1]))

	for c := range w.cluster {
		t.add(mix(p1.cluster[c], w.cluster[c]))
		t.add(mix(w.cluster[c], n1.cluster[c]))
	}
	t.add(mix(p1.cluster[0], n1.cluster[0]))
	t.add(mix(mix(p1.cluster[0], w.cluster[0]), n1.cluster[0]))

	t.add(mix(uint64(p1.class), uint64(w.class)))
	t.add(mix(uint64(w.class), uint64(n1.class)))
	t.add(mix(mix(uint64(p1.class), uint64(w.class)), uint64(n1.class)))
	t.add(mix(mix(uint64(p2.class), uint64(p1.class)), uint64(w.class)))
	t.add(mix(mix(uint64(w.class), uint64(n1.class)), uint64(n2.class)))

	t.add(mix(uint64(p1.kinds&nameKinds), uint64(w.kinds&nameKinds)))
	t.add(mix(uint64(w.kinds&nameKinds), uint64(n1.kinds&nameKinds)))
	t.add(mix(uint64(p1.usual), uint64(w.usual)))
	t.add(mix(uint64(w.usual), uint64(n1.usual)))
	t.add(mix(p1.cluster[1], mix(uint64(w.usual), uint64(w.letters))))
	t.add(mix(n1.cluster[1], mix(uint64(w.usual), uint64(w.letters))))

	if s.phrases[i] != 0 {
		t.bits(s.phrases[i], 0)
		t.add(mix(s.phrases[i], uint64(w.kinds)))
	} else {
		t.skip(2)
	}
	if i > 0 && s.phrases[i-1] != 0 {
		t.add(s.phrases[i-1])
	} else {
		t.skip(1)
	}
	return t.out
}

// appendElsewhere appends the features of word i that only the second pass has:
// what the first one made of the article.
func (s *sentence) appendElsewhere(out []Feature, i int) []Feature {
	t := template{n: jointTemplates, out: out}
	w := s.at(i)
	e, before, after := s.elsewhere[i], s.elsewhereAt(i-1), s.elsewhereAt(i+1)
	t.add(mix(uint64(e.name), uint64(w.letters)))
	t.add(uint64(e.word))
	t.add(mix(uint64(e.word), uint64(e.label)))
	t.add(uint64(e.label))
	t.add(mix(uint64(e.label), w.lower))
	t.add(mix(uint64(e.acronym), uint64(e.label)))
	t.add(mix(uint64(before.label), uint64(e.label)))
	t.add(mix(uint64(e.label), uint64(after.label)))
	t.add(mix(uint64(before.word), uint64(e.word)))
	t.add(mix(uint64(e.word), uint64(after.word)))
	t.add(mix(uint64(e.phrase), uint64(e.label)))
	return t.out
}

// glue says which of the tokens i-1 to i+2 follow the one before without a gap.
func (s *sentence) glue(i int) uint64 {
	g := uint64(0)
	for j := i - 1; j <= i+2; j++ {
		g <<= 1
		if uint(j) < uint(len(s.glued)) && s.glued[j] {
			g |= 1
		}
	}
	return g
}

// nameKinds are the lists whose combination over neighbours says something.
const nameKinds = lists.KindFirstName | lists.KindSurname | lists.KindCountry | lists.KindDemonym | lists.KindLargeCity | lists.KindOrganisation

// listKinds is how many bits a set of lists takes.
const listKinds = 16

// A template numbers the features of a token, so that the same value in two
// places is two features.
type template struct {
	n   uint64
	out []Feature
}

func (t *template) add(v uint64) {
	t.n++
	t.out = append(t.out, mix(v, t.n<<8))
}

func (t *template) skip(n uint64) { t.n += n }

// bits adds one feature for each bit of v that is set.
func (t *template) bits(v, with uint64) {
	t.n++
	for b := uint64(0); v>>b != 0; b++ {
		if v>>b&1 != 0 {
			t.out = append(t.out, mix(mix(b+1, with), t.n<<8))
		}
	}
}
