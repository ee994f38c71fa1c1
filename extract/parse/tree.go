package parse

// A tree holds the heads and relations of a sentence, and the room that finding
// the best tree takes. Word 0 is the root.
type tree struct {
	heads []int
	rels  []uint8 // indexes into the relations of the network; set by relations
	mark  []int

	weight  []int64 // by row of a dependent and column of a head
	origin  []arc   // the arc between words that a weight stands for
	row     []int   // of a node in weight and origin
	best    []int   // the node that heads a node best
	chosen  []arc   // the arc into a node
	outer   []int   // the node that a node was contracted into, or 0
	active  []int   // nodes that were not contracted
	members []int   // of the cycle at hand
}

// An arc joins two words.
type arc struct{ dependent, head int32 }

// rootPrice is more than all other scores of a sentence can add up to. Taken
// off every arc of the root, it leaves the best tree one of them.
const rootPrice = 1 << 44

// decode sets heads to the tree with exactly one word under the root that has
// the highest sum of scores: score[d*stride+h] is that of h as the head of d.
func (t *tree) decode(score []int32, n, stride int) {
	t.heads, t.mark = grow(t.heads, n), grow(t.mark, n)
	t.heads[0] = -1
	roots := 0
	for d := 1; d < n; d++ {
		row := score[d*stride : d*stride+n]
		row[d] = -1 << 31
		best := 0
		for h, v := range row {
			if v > row[best] {
				best = h
			}
		}
		t.heads[d] = best
		if best == 0 {
			roots++
		}
	}
	// The best head of every word makes the best tree, if it makes one at all.
	if n == 1 || roots == 1 && findCycle(t.heads, t.mark) == 0 {
		return
	}
	t.span(score, n, stride)
}

// findCycle returns a word of a cycle, or 0 where there is none.
func findCycle(heads, mark []int) int {
	clear(mark)
	for i := 1; i < len(heads); i++ {
		j := i
		for j > 0 && mark[j] == 0 {
			mark[j] = i
			j = heads[j]
		}
		if j > 0 && mark[j] == i {
			return j
		}
	}
	return 0
}

// span finds the best tree by contracting cycles (Chu and Liu 1965; Edmonds
// 1967): the words of a cycle become one node, which takes the row and column of
// one of them, until no cycle is left. Nodes are words, then contracted cycles.
func (t *tree) span(score []int32, n, stride int) {
	t.weight, t.origin = grow(t.weight, n*n), grow(t.origin, n*n)
	t.row, t.best, t.chosen, t.outer = grow(t.row, 2*n), grow(t.best, 2*n), grow(t.chosen, 2*n), grow(t.outer, 2*n)
	t.mark, t.active = grow(t.mark, 2*n), t.active[:0]
	clear(t.outer)
	for d := range n {
		t.row[d] = d
		t.active = append(t.active, d)
		for h := range n {
			t.weight[d*n+h], t.origin[d*n+h] = int64(score[d*stride+h]), arc{int32(d), int32(h)}
		}
		t.weight[d*n] -= rootPrice
	}
	for _, d := range t.active[1:] {
		t.choose(d, n)
	}
	nodes := n
	for t.cycle() {
		t.contract(nodes, n)
		nodes++
	}
	// Where an arc enters a contracted cycle, it replaces the one that the
	// entered member had within the cycle.
	for node := nodes - 1; node >= n; node-- {
		in := int(t.chosen[node].dependent)
		for t.outer[in] != node {
			in = t.outer[in]
		}
		t.chosen[in] = t.chosen[node]
	}
	for d := 1; d < n; d++ {
		t.heads[d] = int(t.chosen[d].head)
	}
}

// choose sets the best head of node d among the active ones.
func (t *tree) choose(d, n int) {
	best := -1
	for _, h := range t.active {
		if h != d && (best < 0 || t.weight[t.row[d]*n+t.row[h]] > t.weight[t.row[d]*n+t.row[best]]) {
			best = h
		}
	}
	t.best[d], t.chosen[d] = best, t.origin[t.row[d]*n+t.row[best]]
}

// cycle sets members to those of a cycle of active nodes and reports whether
// there is one.
func (t *tree) cycle() bool {
	for _, i := range t.active {
		t.mark[i] = 0
	}
	for _, i := range t.active[1:] {
		j := i
		for j != 0 && t.mark[j] == 0 {
			t.mark[j] = i
			j = t.best[j]
		}
		if j != 0 && t.mark[j] == i {
			t.members = append(t.members[:0], j)
			for k := t.best[j]; k != j; k = t.best[k] {
				t.members = append(t.members, k)
			}
			return true
		}
	}
	return false
}

// contract makes members the new node, which takes the row of the first.
func (t *tree) contract(node, n int) {
	for _, v := range t.members {
		t.outer[v] = node
	}
	rest := t.active[:0]
	for _, u := range t.active {
		if t.outer[u] == 0 {
			rest = append(rest, u)
		}
	}
	r := t.row[t.members[0]]
	t.row[node], t.outer[node] = r, 0
	for _, u := range rest {
		// The member that heads u best, and the member that gains most, or
		// loses least, by taking u for its head.
		out, in := t.members[0], t.members[0]
		gain := func(v int) int64 {
			return t.weight[t.row[v]*n+t.row[u]] - t.weight[t.row[v]*n+t.row[t.best[v]]]
		}
		most := gain(in)
		for _, v := range t.members[1:] {
			if t.weight[t.row[u]*n+t.row[v]] > t.weight[t.row[u]*n+t.row[out]] {
				out = v
			}
			if g := gain(v); g > most {
				in, most = v, g
			}
		}
		own, cycle := t.row[u]*n+r, r*n+t.row[u]
		t.weight[own], t.origin[own] = t.weight[t.row[u]*n+t.row[out]], t.origin[t.row[u]*n+t.row[out]]
		t.weight[cycle], t.origin[cycle] = most, t.origin[t.row[in]*n+t.row[u]]
		if u != 0 && t.outer[t.best[u]] == node {
			t.best[u], t.chosen[u] = node, t.origin[own]
		}
	}
	t.active = append(rest, node)
	t.choose(node, n)
}
