package names

// decoder finds the best labels of a run (Viterbi). Its tables grow with the
// longest run that it has met.
type decoder struct {
	features []Feature
	scores   [][Labels]int32
	back     [][Labels]Label
}

// label sets labels, one for each token of the document, for all runs of a.
func (dec *decoder) label(a *Article, w *Weights, labels []Label) {
	for _, r := range a.runs {
		n := r.To - r.From
		for len(dec.scores) < n {
			dec.scores = append(dec.scores, [Labels]int32{})
			dec.back = append(dec.back, [Labels]Label{})
		}
		for i := range n {
			dec.features = a.Features(dec.features[:0], r, i)
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
		for _, l := range starting {
			best, from := int32(impossible)*2, Outside
			for _, k := range closed {
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
