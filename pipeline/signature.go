package pipeline

import (
	"encoding/binary"
	"math/bits"
	"strings"

	"github.com/zeebo/xxh3"
)

// A signature stands for the kept text of a document: a hash of all its words,
// and a MinHash of its pairs of neighbouring words, of which the share of equal
// values estimates the Jaccard similarity of two texts (Broder 1997), 16 bits a
// value (Li and König 2010).
//
//	bytes 0–7    XXH3 of the words
//	bytes 8–11   number of different pairs
//	bytes 12–139 minHashes values
const (
	minHashes     = 64
	signatureSize = 12 + 2*minHashes
)

// fewPairs is the number of pairs under which only equal texts count as copies.
const fewPairs = 20

// Sign adds the signature of the kept text, by which Dedupe knows copies. It looks
// at the words of body and captions; headline, punctuation and layout make no
// difference.
func Sign() Stage {
	return Stage{Name: "sign", Version: "2", Needs: []Layer{LayerBlocks}, Adds: LayerSignature, Run: sign}
}

func sign(d *Document) error {
	var words []string
	for _, b := range d.Blocks {
		if b.Kind == Body || b.Kind == Caption {
			words = append(words, strings.Fields(compareKey(d.In(b.Span)))...)
		}
	}
	if len(words) > 0 {
		d.Signature = signatureOf(words)
	}
	return nil
}

// signatureOf makes the signature of a text from its words in small letters.
// Pairs in which neither word carries meaning, such as "of the", are in every
// text and tell nothing.
func signatureOf(words []string) []byte {
	all := xxh3.New()
	pairs := make(map[uint64]struct{}, len(words))
	last, lastCarries := uint64(0), false
	for i, w := range words {
		h := xxh3.HashString(w)
		carries := len(w) > 3 && !stopWords[w]
		if i > 0 && (carries || lastCarries) {
			pairs[mix(last*3+h)] = struct{}{}
		}
		last, lastCarries = h, carries
		all.WriteString(w)
		all.Write([]byte{' '})
	}
	var least [minHashes]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	for p := range pairs {
		for i := range least {
			// Multiply and add by odd constants, then fold: as good as a random
			// permutation for this purpose, and one multiplication a value.
			hi, lo := bits.Mul64(p^permutations[i], 0x9e3779b97f4a7c15)
			least[i] = min(least[i], hi^lo)
		}
	}
	out := make([]byte, signatureSize)
	binary.LittleEndian.PutUint64(out, all.Sum64())
	binary.LittleEndian.PutUint32(out[8:], uint32(len(pairs)))
	for i, v := range least {
		binary.LittleEndian.PutUint16(out[12+2*i:], uint16(v))
	}
	return out
}

// permutations are fixed for ever: stores hold what was made with them.
var permutations = func() (p [minHashes]uint64) {
	seed := uint64(0x7061726c6579) // "parley"
	for i := range p {
		seed += 0x9e3779b97f4a7c15
		p[i] = mix(seed)
	}
	return p
}()

// mix spreads the bits of x (SplitMix64, Steele et al. 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// similarity estimates how much two texts have in common by their signatures: 1
// for the same words in the same order, otherwise the share of pairs of words that
// are in both among those that are in either.
func similarity(a, b []byte) float64 {
	if string(a[:8]) == string(b[:8]) {
		return 1
	}
	if pairsOf(a) < fewPairs || pairsOf(b) < fewPairs {
		return 0
	}
	equal := 0
	for i := 12; i < signatureSize; i += 2 {
		if a[i] == b[i] && a[i+1] == b[i+1] {
			equal++
		}
	}
	return float64(equal) / minHashes
}

func pairsOf(signature []byte) uint32 { return binary.LittleEndian.Uint32(signature[8:]) }
