package names

import "math"

// decoder finds the best labels of the runs of an article (Viterbi). Its tables
// grow with the longest run that it has met.
type decoder struct {
	features []Feature
	scores   [][Labels]int32 // of a run, in the first pass
	second   [][Labels]int32 // of all runs, as far as the second pass is like the first
	back     [][Labels]Label
	live     []Label
}

// keptScores bounds second: of an article with more words in runs, the scores of
// the rest are worked out twice.
const keptScores = 1 << 13

// first sets labels, one for each token of the document, for all runs of a, by
// the first pass of its model.
func (dec *decoder) first(a *Article, labels []Label) {
	dec.second = dec.second[:0]
	for _, r := range a.runs {
		n := r.To - r.From
		dec.grow(n)
		for i := range n {
			if len(dec.second) < keptScores {
				dec.second = append(dec.second, [Labels]int32{})
				dec.score(a, r, i, &dec.scores[i], &dec.second[len(dec.second)-1])
			} else {
				var unused [Labels]int32
				dec.score(a, r, i, &dec.scores[i], &unused)
			}
		}
		at := a.Token(r, 0)
		dec.best(&a.model.chains[0], dec.scores[:n], labels[at:at+n])
	}
}

// again sets labels by the second pass, once a remembers the labels of the first.
func (dec *decoder) again(a *Article, labels []Label) {
	kept := dec.second
	for _, r := range a.runs {
		n := r.To - r.From
		dec.grow(n)
		scores := dec.scores[:n]
		if n <= len(kept) {
			scores, kept = kept[:n], kept[n:]
		} else {
			kept = nil
			for i := range n {
				var unused [Labels]int32
				dec.score(a, r, i, &unused, &scores[i])
			}
		}
		s := &a.sentences[r.Sentence]
		for i := range n {
			var unused [Labels]int32
			dec.features = s.appendElsewhere(dec.features[:0], r.From+i)
			a.model.table.score(&unused, &scores[i], dec.features)
		}
		at := a.Token(r, 0)
		dec.best(&a.model.chains[1], scores, labels[at:at+n])
	}
}

func (dec *decoder) grow(n int) {
	for len(dec.scores) < n {
		dec.scores = append(dec.scores, [Labels]int32{})
		dec.back = append(dec.back, [Labels]Label{})
	}
}

// score sets the scores of a run's i-th word, for both passes, as far as they do
// not depend on the rest of the article.
func (dec *decoder) score(a *Article, r Run, i int, first, second *[Labels]int32) {
	s, at := &a.sentences[r.Sentence], r.From+i
	for p, scores := range [...]*[Labels]int32{first, second} {
		sum := s.at(at).sums[p][1]
		sum.add(&s.at(at - 1).sums[p][0])
		sum.add(&s.at(at + 1).sums[p][2])
		sum.unpack(scores, 3)
	}
	dec.features = s.at(at-window).appendSingle(dec.features[:0], 0)
	dec.features = s.at(at+window).appendSingle(dec.features, places-1)
	dec.features = s.appendJoint(dec.features, at)
	a.model.table.score(first, second, dec.features)
}

// best sets labels to the sequence with the highest sum of scores, which it
// changes, and transitions. Before and after the run is Outside.
func (dec *decoder) best(w *chain, scores [][Labels]int32, labels []Label) {
	n := len(labels)
	s := &scores[0]
	for l := range Label(Labels) {
		if Outside.Follows(l) {
			s[l] += w.transitions[Outside][l]
		} else {
			s[l] = impossible
		}
	}
	for i := 1; i < n; i++ {
		before, now, back := &scores[i-1], &scores[i], &dec.back[i]
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
	end := &scores[n-1]
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
