package parse

import (
	"fmt"
	"io"
	"math/rand/v2"
	"sort"
)

// A Tree is one hand-parsed sentence to learn from.
type Tree struct {
	Forms, Tags []string
	Heads       []int // 1-based; 0 for the root
	Rels        []string
}

// averaged is a table of weights with the sums that averaging needs.
type averaged struct {
	w, sum []float32
}

func (a *averaged) add(i uint64, v, now float32) {
	a.w[i] += v
	a.sum[i] += v * now
}

// mean returns the averaged weights scaled to int8.
func (a *averaged) mean(now float32, scale float32) []int8 {
	out := make([]int8, len(a.w))
	for i, w := range a.w {
		v := (w - a.sum[i]/now) * scale
		out[i] = int8(max(-127, min(127, v+float32(sign(v))*0.5)))
	}
	return out
}

func sign(v float32) int {
	if v < 0 {
		return -1
	}
	return 1
}

// Train learns a model from trees by the averaged perceptron with a dynamic
// oracle (Goldberg and Nivre 2013) and writes it to w. The same trees give the
// same bytes. After every epoch it reports to progress.
func Train(w io.Writer, trees []Tree, epochs int, progress func(string)) error {
	m := &model{rels: relations(trees)}
	number := map[string]uint8{}
	for i, r := range m.rels {
		number[r] = uint8(i)
	}
	n := uint64(len(m.rels))
	actions := averaged{make([]float32, transitions<<actionBits), make([]float32, transitions<<actionBits)}
	labels := averaged{make([]float32, n<<labelBits), make([]float32, n<<labelBits)}
	rng := rand.New(rand.NewPCG(1, 2))
	order := make([]int, len(trees))
	for i := range order {
		order[i] = i
	}
	var s state
	now := float32(1)
	for epoch := range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, steps := 0, 0
		for _, i := range order {
			t := trees[i]
			s.reset(len(t.Forms))
			for j := range t.Forms {
				s.setWord(j+1, t.Forms[j], t.Tags[j])
			}
			gold := append([]int{-1}, t.Heads...)
			kids := make([][]int, len(gold))
			for d, h := range gold {
				if d > 0 {
					kids[h] = append(kids[h], d)
				}
			}
			for !s.done() {
				s.extract()
				var score [transitions]float32
				for _, f := range s.features[:s.count] {
					k := f >> (64 - actionBits) * transitions
					for a := range transitions {
						score[a] += actions.w[k+uint64(a)]
					}
				}
				best, good, least := -1, -1, 1<<30
				var costs [transitions]int
				for a := range transitions {
					if s.allowed(a) {
						costs[a] = s.cost(a, gold, kids)
						least = min(least, costs[a])
						if best < 0 || score[a] > score[best] {
							best = a
						}
					}
				}
				for a := range transitions {
					if s.allowed(a) && costs[a] == least && (good < 0 || score[a] > score[good]) {
						good = a
					}
				}
				steps++
				if costs[best] > least {
					wrong++
					for _, f := range s.features[:s.count] {
						k := f >> (64 - actionBits) * transitions
						actions.add(k+uint64(good), 1, now)
						actions.add(k+uint64(best), -1, now)
					}
				}
				take := best
				if epoch == 0 {
					take = good
				}
				var rel uint8
				if take != shift {
					h, d := s.arc(take)
					want := -1
					if gold[d] == int(h) {
						want = int(number[t.Rels[d-1]])
					}
					if h != 0 {
						got := 1
						var scores [256]float32
						for _, f := range s.features[:s.count] {
							k := labelIndex(f, take) * n
							for r, v := range labels.w[k : k+n] {
								scores[r] += v
							}
						}
						for r := 2; r < int(n); r++ {
							if scores[r] > scores[got] {
								got = r
							}
						}
						if want > 0 && got != want {
							for _, f := range s.features[:s.count] {
								k := labelIndex(f, take) * n
								labels.add(k+uint64(want), 1, now)
								labels.add(k+uint64(got), -1, now)
							}
						}
						rel = uint8(got)
					}
				}
				s.apply(take, rel)
				now++
			}
		}
		progress(fmt.Sprintf("epoch %d: %d of %d transitions wrong", epoch+1, wrong, steps))
	}
	m.actions = actions.mean(now, 6)
	m.labels = labels.mean(now, 6)
	return m.write(w)
}

// cost is the number of gold arcs that transition t puts out of reach.
func (s *state) cost(t int, gold []int, kids [][]int) int {
	top := int(s.stack[len(s.stack)-1])
	c := 0
	if t == shift {
		b := s.next
		for i, x := range s.stack {
			if int(x) == gold[b] && i < len(s.stack)-1 || x != 0 && gold[x] == b {
				c++
			}
		}
		return c
	}
	for _, d := range kids[top] {
		if d >= s.next {
			c++
		}
	}
	h, _ := s.arc(t)
	g := gold[top]
	if g != int(h) && (g >= s.next || t == left && g == int(s.stack[len(s.stack)-2])) {
		c++
	}
	return c
}

// relations lists the relations of trees, "root" first.
func relations(trees []Tree) []string {
	seen := map[string]bool{"root": true}
	var out []string
	for _, t := range trees {
		for _, r := range t.Rels {
			if !seen[r] {
				seen[r] = true
				out = append(out, r)
			}
		}
	}
	sort.Strings(out)
	return append([]string{"root"}, out...)
}
