package pipeline

import (
	"crypto/sha256"
	"iter"
)

// Sign adds the signature of the kept text, by which Dedupe knows copies. Two
// articles with the same words in body and captions have the same signature,
// whatever their headline, punctuation and layout.
func Sign() Stage {
	return Stage{Name: "sign", Version: "1", Needs: []Layer{LayerBlocks}, Adds: LayerSignature, Run: sign}
}

func sign(d *Document) error {
	h := sha256.New()
	for _, b := range d.Blocks {
		if b.Kind == Body || b.Kind == Caption {
			h.Write([]byte(compareKey(d.In(b.Span))))
			h.Write([]byte{' '})
		}
	}
	d.Signature = h.Sum(nil)[:16]
	return nil
}

// A Dedupe finds articles that came before. It sees documents in input order, so
// that the first one of several copies is always the one that is kept.
type Dedupe struct {
	first map[string]string // signature to ID of the document that had it first
}

// NewDedupe makes a Dedupe that knows the documents of earlier runs: their IDs and
// signatures, without those that were skipped as copies. known may be nil. A
// document whose own ID is known is no copy of itself.
func NewDedupe(known iter.Seq2[string, []byte]) *Dedupe {
	x := &Dedupe{first: make(map[string]string)}
	if known != nil {
		for id, signature := range known {
			if _, there := x.first[string(signature)]; !there {
				x.first[string(signature)] = id
			}
		}
	}
	return x
}

// Stage marks a copy with what it is a copy of, and skips it.
func (x *Dedupe) Stage() Stage {
	return Stage{Name: "dedupe", Version: "1", Needs: []Layer{LayerSignature}, Adds: LayerCopies, Ordered: true, Run: x.run}
}

func (x *Dedupe) run(d *Document) error {
	first, there := x.first[string(d.Signature)]
	if !there {
		x.first[string(d.Signature)] = d.ID
		return nil
	}
	if first != d.ID {
		d.DuplicateOf, d.Similarity = first, 1
		d.Skip = Skip{SkipDuplicate, d.Where() + ": a copy of " + first}
	}
	return nil
}
