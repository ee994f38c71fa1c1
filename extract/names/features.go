package names

import "parley/extract/lists"

// maxFeatures bounds how many features one token has.
const maxFeatures = 112

// A Feature is a hash of a template and its values.
type Feature = uint64

// appendFeatures appends what is known of word i in its sentence: the word
// itself, how it is written, its neighbours, the lists it is in, the parts of
// dates, and what the article says elsewhere.
//
// The templates follow those of Ratinov and Roth (CoNLL 2009), with induced
// word classes, gazetteers, and what the article says elsewhere.
func (s *sentence) appendFeatures(out []Feature, i int) []Feature {
	t := template{out: out}
	w := s.at(i)
	p1, n1 := s.at(i-1), s.at(i+1)
	p2, n2 := s.at(i-2), s.at(i+2)
	style := uint64(s.style)

	t.add(1)
	t.add(w.lower)
	t.add(w.form)
	t.add(p1.lower)
	t.add(n1.lower)
	t.add(p2.lower)
	t.add(n2.lower)
	t.add(mix(p1.lower, w.lower))
	t.add(mix(w.lower, n1.lower))
	t.add(mix(mix(p2.lower, p1.lower), uint64(w.letters)))
	t.add(mix(mix(n1.lower, n2.lower), uint64(w.letters)))
	t.add(mix(p1.lower, n1.lower))

	t.add(w.shape)
	t.add(mix(p1.shape, w.shape))
	t.add(mix(w.shape, n1.shape))
	t.add(mix(mix(uint64(p1.letters), uint64(w.letters)), mix(uint64(n1.letters), style)))
	first := uint64(0)
	if i == 0 {
		first = 1
	}
	t.add(mix(mix(first, uint64(w.letters)), style))
	for _, a := range w.prefix {
		t.add(a)
	}
	for _, a := range w.suffix {
		t.add(a)
	}
	t.add(mix(p1.suffix[1], w.suffix[1]))
	t.add(p1.suffix[1])
	t.add(n1.suffix[1])

	for c := range w.cluster {
		t.add(w.cluster[c])
		t.add(p1.cluster[c])
		t.add(n1.cluster[c])
		t.add(mix(p1.cluster[c], w.cluster[c]))
		t.add(mix(w.cluster[c], n1.cluster[c]))
	}
	t.add(p2.cluster[0])
	t.add(n2.cluster[0])
	t.add(mix(p1.cluster[0], n1.cluster[0]))
	t.add(mix(mix(p1.cluster[0], w.cluster[0]), n1.cluster[0]))

	t.add(mix(uint64(w.class), uint64(w.letters)))
	t.add(uint64(p1.class))
	t.add(uint64(n1.class))
	t.add(mix(uint64(p1.class), uint64(w.class)))
	t.add(mix(uint64(w.class), uint64(n1.class)))
	t.add(mix(mix(uint64(p1.class), uint64(w.class)), uint64(n1.class)))
	t.add(mix(mix(uint64(p2.class), uint64(p1.class)), uint64(w.class)))
	t.add(mix(mix(uint64(w.class), uint64(n1.class)), uint64(n2.class)))

	t.add(mix(uint64(w.kinds), uint64(w.letters)))
	t.add(mix(uint64(p1.kinds&nameKinds), uint64(w.kinds&nameKinds)))
	t.add(mix(uint64(w.kinds&nameKinds), uint64(n1.kinds&nameKinds)))
	t.bits(uint64(w.kinds), uint64(w.letters))
	t.bits(uint64(s.phrases[i]), 0)
	t.add(mix(uint64(s.phrases[i]), uint64(w.kinds)))
	if i > 0 {
		t.add(uint64(s.phrases[i-1]))
	} else {
		t.skip()
	}
	if s.elsewhere != nil {
		e := &s.elsewhere[i]
		t.add(mix(uint64(e.name), uint64(w.letters)))
		t.add(uint64(e.word))
		t.add(mix(uint64(e.word), uint64(e.label)))
		t.add(uint64(e.label))
		t.add(mix(uint64(e.label), w.lower))
		t.add(mix(uint64(e.acronym), uint64(e.label)))
		t.add(mix(uint64(s.elsewhereAt(i-1).label), uint64(e.label)))
		t.add(mix(uint64(e.label), uint64(s.elsewhereAt(i+1).label)))
		t.add(mix(uint64(s.elsewhereAt(i-1).word), uint64(e.word)))
		t.add(mix(uint64(e.word), uint64(s.elsewhereAt(i+1).word)))
		t.add(uint64(e.phrase))
	}
	return t.out
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

func (t *template) skip() { t.n++ }

// bits adds one feature for each bit of v that is set.
func (t *template) bits(v, with uint64) {
	t.n++
	for b := uint64(0); v>>b != 0; b++ {
		if v>>b&1 != 0 {
			t.out = append(t.out, mix(mix(b+1, with), t.n<<8))
		}
	}
}
