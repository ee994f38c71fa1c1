package relate

import (
	"math"
	"testing"
)

// TestSlates: rivals that look alike but for one feature are told apart by it,
// and a slate of which none is right by what it lacks.
func TestSlates(t *testing.T) {
	const common, good, bad = 1, 2, 3
	names := map[uint64]string{common: "common", good: "good", bad: "bad"}
	var slates []slate
	for range 20 {
		right, wrong := slate{weight: 1}, slate{weight: 1}
		right.add([]uint64{common, bad}, false)
		right.add([]uint64{common, good}, true)
		wrong.add([]uint64{common, bad}, false)
		slates = append(slates, right, wrong)
	}
	d := fitSlates(slates, names, 0.1, 2)
	weight := func(h uint64) float32 { return d.weights.row(h)[0] }
	if weight(common)+weight(good) < 1 {
		t.Errorf("the good rival has odds %.2f", weight(common)+weight(good))
	}
	if weight(common)+weight(bad) > -1 {
		t.Errorf("the bad rival has odds %.2f", weight(common)+weight(bad))
	}
}

// TestWeight: an example of weight 3 teaches what three alike teach.
func TestWeight(t *testing.T) {
	names := map[uint64]string{1: "one", 2: "two"}
	a, b := example{[]uint64{1, 2}, 1, 1}, example{[]uint64{1}, 0, 1}
	three := fit([]example{a, a, a, b}, names, []string{"no", "yes"}, 0.1, 1)
	a.weight = 3
	one := fit([]example{a, b}, names, []string{"no", "yes"}, 0.1, 1)
	for h, name := range names {
		if x, y := one.weights.row(h)[0], three.weights.row(h)[0]; math.Abs(float64(x-y)) > 1e-3 || x == 0 {
			t.Errorf("%s weighs %.4f, want %.4f", name, x, y)
		}
	}
}

// TestLeaningIsNotKept: what only our own lessons have is fitted and left out.
func TestLeaningIsNotKept(t *testing.T) {
	x := example{[]uint64{1, 1 ^ lean}, 1, 1}
	d := fit([]example{x, x}, map[uint64]string{1: "one"}, []string{"no", "yes"}, 0.1, 2)
	if d.weights.row(1) == nil || d.weights.row(1^lean) != nil {
		t.Errorf("kept %v and %v", d.weights.row(1), d.weights.row(1^lean))
	}
}
