package names

import "math"

// decoder finds the best labels of a run (Viterbi). Its tables grow with the
// longest run that it has met.
type decoder struct {
	features []Feature
	scores   [][Labels]int32
	back     [][Labels]Label
	live     []Label
}

// label sets labels, one for each token of the document, for all runs of a, by
// the weights of one pass of its model.
func (dec *decoder) label(a *Article, pass int, labels []Label) {
	w := &a.model.Passes[pass]
	for _, r := range a.runs {
		n := r.To - r.From
		for len(dec.scores) < n {
			dec.scores = append(dec.scores, [Labels]int32{})
			dec.back = append(dec.back, [Labels]Label{})
		}
		s := &a.sentences[r.Sentence]
		for i := range n {
			at := r.From + i
			sum := s.at(at).sums[pass][1]
			sum.add(&s.at(at - 1).sums[pass][0])
			sum.add(&s.at(at + 1).sums[pass][2])
			sum.unpack(&dec.scores[i], 3)
			dec.features = s.at(at-2).appendSingle(dec.features[:0], 0)
			dec.features = s.at(at+2).appendSingle(dec.features, places-1)
			dec.features = s.appendJoint(dec.features, at)
			w.score(&dec.scores[i], dec.features)
		}
		at := a.Token(r, 0)
		dec.best(w, labels[at:at+n])
	}
}

// best sets labels to the sequence with the highest sum of scores and
// transitions. Before and after the run is Outside.
func (dec *decoder) best(w *Weights, labels []Label) {
	n := len(labels)
	s := &dec.scores[0]
	for l := range Label(Labels) {
		if Outside.Follows(l) {
			s[l] += w.transitions[Outside][l]
		} else {
			s[l] = impossible
		}
	}
	for i := 1; i < n; i++ {
		before, now, back := &dec.scores[i-1], &dec.scores[i], &dec.back[i]
		top := int32(math.MinInt32)
		for _, k := range closed {
			top = max(top, before[k])
		}
		// Labels so far behind the best that no transition makes up for it.
		dec.live = dec.live[:0]
		for _, k := range closed {
			if before[k] >= top-w.spread {
				dec.live = append(dec.live, k)
			}
		}
		for _, l := range starting {
			best, from := int32(math.MinInt32), Outside
			for _, k := range dec.live {
				if x := before[k] + w.transitions[k][l]; x > best {
					best, from = x, k
				}
			}
			now[l] += best
			back[l] = from
		}
		for t := range Types {
			b, in := LabelOf(t, Begin), LabelOf(t, Inside)
			for _, l := range [...]Label{in, LabelOf(t, Last)} {
				x, y := before[b]+w.transitions[b][l], before[in]+w.transitions[in][l]
				if x >= y {
					now[l] += x
					back[l] = b
				} else {
					now[l] += y
					back[l] = in
				}
			}
		}
	}
	end := &dec.scores[n-1]
	best := Outside
	for _, l := range closed {
		if end[l]+w.transitions[l][Outside] > end[best]+w.transitions[best][Outside] {
			best = l
		}
	}
	for i := n - 1; i >= 0; i-- {
		labels[i] = best
		best = dec.back[i][best]
	}
}

const impossible = -1 << 28
