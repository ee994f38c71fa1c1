package main

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// classWords sorts words into n classes such that the class of a word tells most
// about the class of the next (the exchange algorithm: Martin, Liermann and Ney,
// "Algorithms for bigram and trigram word clustering", Speech Communication 24,
// 1998). Words that occur fewer than least times are left out. Word and class
// numbers depend on the text alone.
func classWords(sentences [][]string, n, least, rounds int) map[string]uint16 {
	count := map[string]int{}
	for _, s := range sentences {
		for _, w := range s {
			count[w]++
		}
	}
	words := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	for len(words) > 0 && count[words[len(words)-1]] < least {
		words = words[:len(words)-1]
	}
	// Word 0 is the border of sentences and every word left out; it keeps class 0.
	number := map[string]int{}
	for i, w := range words {
		number[w] = i + 1
	}
	next, previous := bigrams(sentences, number, len(words)+1)

	class := make([]int, len(words)+1)
	for i := range words {
		class[i+1] = 1 + i%(n-1)
	}
	e := newExchange(n, class, next, previous)
	for range rounds {
		moved := 0
		for w := 1; w < len(class); w++ {
			if e.move(w) {
				moved++
			}
		}
		if moved*500 < len(class) {
			break
		}
	}
	out := map[string]uint16{}
	for i, w := range words {
		out[w] = uint16(class[i+1])
	}
	return out
}

// neighbour is a word and how often it stands next to another.
type neighbour struct{ word, count int }

func bigrams(sentences [][]string, number map[string]int, words int) (next, previous [][]neighbour) {
	counts := map[[2]int]int{}
	for _, s := range sentences {
		last := 0
		for _, w := range s {
			counts[[2]int{last, number[w]}]++
			last = number[w]
		}
		counts[[2]int{last, 0}]++
	}
	next, previous = make([][]neighbour, words), make([][]neighbour, words)
	pairs := slices.SortedFunc(maps.Keys(counts), func(a, b [2]int) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	for _, p := range pairs {
		next[p[0]] = append(next[p[0]], neighbour{p[1], counts[p]})
		previous[p[1]] = append(previous[p[1]], neighbour{p[0], counts[p]})
	}
	return next, previous
}

// exchange holds the counts of classes and of pairs of classes.
type exchange struct {
	class          []int
	next, previous [][]neighbour
	left, right    []int   // how often a class is first and second of a pair
	pair           [][]int // first × second
	after, ahead   []int   // of the word in hand: pairs with each class behind and in front
}

func newExchange(n int, class []int, next, previous [][]neighbour) *exchange {
	e := &exchange{class: class, next: next, previous: previous, left: make([]int, n), right: make([]int, n), pair: make([][]int, n), after: make([]int, n), ahead: make([]int, n)}
	for i := range e.pair {
		e.pair[i] = make([]int, n)
	}
	for w := range class {
		for _, x := range next[w] {
			e.left[class[w]] += x.count
			e.right[class[x.word]] += x.count
			e.pair[class[w]][class[x.word]] += x.count
		}
	}
	return e
}

var xlogx = func() func(int) float64 {
	table := make([]float64, 1<<16)
	for i := 1; i < len(table); i++ {
		table[i] = float64(i) * math.Log(float64(i))
	}
	return func(n int) float64 {
		if n < len(table) {
			return table[max(n, 0)]
		}
		return float64(n) * math.Log(float64(n))
	}
}()

// move puts word w into the class where the likelihood of the text is highest,
// and reports whether that is another one.
func (e *exchange) move(w int) bool {
	clear(e.after)
	clear(e.ahead)
	own, outs, ins := 0, 0, 0
	var behind, front []int
	for _, x := range e.next[w] {
		outs += x.count
		if x.word == w {
			own += x.count
			continue
		}
		c := e.class[x.word]
		if e.after[c] == 0 {
			behind = append(behind, c)
		}
		e.after[c] += x.count
	}
	for _, x := range e.previous[w] {
		ins += x.count
		if x.word == w {
			continue
		}
		c := e.class[x.word]
		if e.ahead[c] == 0 {
			front = append(front, c)
		}
		e.ahead[c] += x.count
	}
	old := e.class[w]
	e.shift(old, -1, behind, front, own, outs, ins)
	best, top := old, math.Inf(-1)
	for c := 1; c < len(e.left); c++ {
		gain := 0.0
		for _, d := range behind {
			if d != c {
				gain += xlogx(e.pair[c][d]+e.after[d]) - xlogx(e.pair[c][d])
			}
		}
		for _, d := range front {
			if d != c {
				gain += xlogx(e.pair[d][c]+e.ahead[d]) - xlogx(e.pair[d][c])
			}
		}
		both := e.after[c] + e.ahead[c] + own
		gain += xlogx(e.pair[c][c]+both) - xlogx(e.pair[c][c])
		gain -= xlogx(e.left[c]+outs) - xlogx(e.left[c])
		gain -= xlogx(e.right[c]+ins) - xlogx(e.right[c])
		if gain > top+1e-9 {
			best, top = c, gain
		}
	}
	e.shift(best, 1, behind, front, own, outs, ins)
	e.class[w] = best
	return best != old
}

// shift adds the pairs of the word in hand to class c, or takes them away.
func (e *exchange) shift(c, sign int, behind, front []int, own, outs, ins int) {
	for _, d := range behind {
		e.pair[c][d] += sign * e.after[d]
	}
	for _, d := range front {
		e.pair[d][c] += sign * e.ahead[d]
	}
	e.pair[c][c] += sign * own
	e.left[c] += sign * outs
	e.right[c] += sign * ins
}
