package relate

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/zeebo/xxh3"
)

// A Model holds the weights of every decision that is learnt: whether a
// candidate is an event, which mention fills which role, status, mode,
// context and how sure a relation is. Each decision is a multinomial logistic
// regression over named features; the first class of each is the outcome that
// needs no evidence and has no weights.
type Model struct {
	decisions map[string]*decision
}

// A decision is one logistic regression.
type decision struct {
	classes []string
	weights *table            // of a feature → weight for each class but the first
	names   map[uint64]string // hash of a feature → its name, for explanation
}

func newDecision(classes []string) *decision {
	return &decision{classes, newTable(len(classes) - 1), map[uint64]string{}}
}

// features are the evidence for one decision, as hashes of their names.
type features struct {
	hashes []uint64
	names  []string // filled only while keep is set
	keep   bool
	scores []float64 // room for those of one decision
}

func (f *features) reset() { f.hashes, f.names = f.hashes[:0], f.names[:0] }

// add adds the feature that the parts name together.
func (f *features) add(parts ...string) {
	h := uint64(0)
	for _, p := range parts {
		h = mix(h, p)
	}
	f.hashes = append(f.hashes, h)
	if f.keep {
		f.names = append(f.names, strings.Join(parts, separator))
	}
}

// mix adds one part to the hash of a feature: XXH3 of the part, folded in by a
// multiplication, so that the order of parts counts.
func mix(h uint64, part string) uint64 {
	h = (h ^ xxh3.HashString(part)) * 0x9e3779b97f4a7c15
	return h ^ h>>32
}

// separator stands between the parts of a feature's name, which may have blanks.
const separator = "\x1f"

// hashFeature is the hash that add gives a feature of that name.
func hashFeature(name string) uint64 {
	h := uint64(0)
	for p := range strings.SplitSeq(name, separator) {
		h = mix(h, p)
	}
	return h
}

// probabilities gives the share of each class of a decision, which sum to 1.
// A decision that the model lacks gives its first class. The shares hold until
// f is used again.
func (m *Model) probabilities(name string, f *features) []float64 {
	d := m.decisions[name]
	if d == nil {
		return []float64{1}
	}
	if cap(f.scores) < len(d.classes) {
		f.scores = make([]float64, len(d.classes))
	}
	scores := f.scores[:len(d.classes)]
	clear(scores)
	for _, h := range f.hashes {
		for c, w := range d.weights.row(h) {
			scores[c+1] += float64(w)
		}
	}
	softmax(scores)
	return scores
}

// odds is how strongly the evidence speaks for one rival of a slate: the
// logarithm of its chance against taking none.
func (m *Model) odds(name string, f *features) float64 {
	d := m.decisions[name]
	if d == nil {
		return math.Inf(-1)
	}
	score := 0.0
	for _, h := range f.hashes {
		for _, w := range d.weights.row(h) {
			score += float64(w)
		}
	}
	return score
}

// chance is the probability of the second class of a decision between two.
func (m *Model) chance(name string, f *features) float64 {
	p := m.probabilities(name, f)
	if len(p) < 2 {
		return 0
	}
	return p[1]
}

func softmax(scores []float64) {
	top := scores[0]
	for _, s := range scores {
		top = math.Max(top, s)
	}
	sum := 0.0
	for i, s := range scores {
		scores[i] = math.Exp(s - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// A Weight is what one feature adds to the score of one class.
type Weight struct {
	Feature string
	Class   string
	Weight  float64
}

// why lists the features that moved a decision towards or away from a class,
// the heaviest first.
func (m *Model) why(name, class string, f *features, most int) []Weight {
	d := m.decisions[name]
	if d == nil {
		return nil
	}
	var out []Weight
	for _, h := range f.hashes {
		for c, w := range d.weights.row(h) {
			if d.classes[c+1] == class && w != 0 {
				out = append(out, Weight{strings.ReplaceAll(d.names[h], separator, " "), class, float64(w)})
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return math.Abs(out[i].Weight) > math.Abs(out[j].Weight) })
	return out[:min(most, len(out))]
}

// write stores the model as gzipped lines "decision<TAB>feature<TAB>weights",
// sorted; the first line of each decision names its classes. The same model
// gives the same bytes.
func (m *Model) write(w io.Writer) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(z)
	for _, name := range sortedNames(m.decisions) {
		d := m.decisions[name]
		fmt.Fprintf(b, "%s\t\t%s\n", name, strings.Join(d.classes, " "))
		var lines []string
		for h, ws := range d.weights.each {
			var cells []string
			heavy := false
			for _, x := range ws {
				cells = append(cells, strconv.FormatFloat(float64(x), 'f', 2, 32))
				heavy = heavy || math.Abs(float64(x)) >= lightest
			}
			if heavy {
				lines = append(lines, fmt.Sprintf("%s\t%s\t%s\n", name, d.names[h], strings.Join(cells, " ")))
			}
		}
		sort.Strings(lines)
		for _, l := range lines {
			b.WriteString(l)
		}
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return z.Close()
}

// lightest is the weight below which a feature is not kept: it moves a
// probability by less than one in two hundred.
const lightest = 0.02

func sortedNames(m map[string]*decision) []string {
	var out []string
	for n := range m {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}

// readModel reads what write wrote.
func readModel(r io.Reader) (*Model, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	m := &Model{decisions: map[string]*decision{}}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		f := strings.Split(lines.Text(), "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("line %d: want three fields", n)
		}
		d := m.decisions[f[0]]
		if f[1] == "" {
			m.decisions[f[0]] = newDecision(strings.Fields(f[2]))
			continue
		}
		if d == nil {
			return nil, fmt.Errorf("line %d: decision %s has no classes", n, f[0])
		}
		var ws []float32
		for _, c := range strings.Fields(f[2]) {
			x, err := strconv.ParseFloat(c, 32)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			ws = append(ws, float32(x))
		}
		if len(ws) != len(d.classes)-1 {
			return nil, fmt.Errorf("line %d: %d weights for %d classes", n, len(ws), len(d.classes))
		}
		h := hashFeature(f[1])
		d.weights.set(h, ws)
		d.names[h] = f[1]
	}
	return m, lines.Err()
}
