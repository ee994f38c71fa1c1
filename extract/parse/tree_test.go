package parse

import (
	"math/rand/v2"
	"testing"
)

// TestDecode compares with trying every tree, on random scores of small sentences.
func TestDecode(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var tr tree
	for range 3000 {
		n, stride := 2+r.IntN(5), 16
		score := make([]int32, n*stride)
		for i := range score {
			score[i] = int32(r.IntN(41) - 20)
		}
		want := bestSum(score, n, stride)
		kept := append([]int32(nil), score...)
		tr.decode(score, n, stride)
		if got, ok := treeSum(kept, tr.heads[:n], stride); !ok || got != want {
			t.Fatalf("n %d: heads %v sum to %d (tree %v), the best tree to %d", n, tr.heads[:n], got, ok, want)
		}
	}
}

// treeSum sums the scores of heads and reports whether they are a tree with one root.
func treeSum(score []int32, heads []int, stride int) (sum int32, ok bool) {
	roots := 0
	for d := 1; d < len(heads); d++ {
		sum += score[d*stride+heads[d]]
		if heads[d] == 0 {
			roots++
		}
		steps := 0
		for j := d; j != 0; j = heads[j] {
			if steps++; steps > len(heads) {
				return 0, false
			}
		}
	}
	return sum, roots == 1
}

func bestSum(score []int32, n, stride int) int32 {
	heads := make([]int, n)
	best := int32(-1 << 31)
	var try func(d int)
	try = func(d int) {
		if d == n {
			if sum, ok := treeSum(score, heads, stride); ok {
				best = max(best, sum)
			}
			return
		}
		for h := range n {
			if h != d {
				heads[d] = h
				try(d + 1)
			}
		}
	}
	try(1)
	return best
}
