package parse

// The network reads a sentence with the root as word 0:
//
//	x0  = sum of the embedding rows of a word's features
//	xi  = simple recurrent layer i over x(i-1), half its units running forward
//	      and half backward (Lei et al. 2018, "Simple Recurrent Units")
//	q   = projections of the last layer for four parts: as a head, as a
//	      dependent, and for the relation as a head and as a dependent
//	arc = dependent · U · head + bias by the two tags and the distance
//	rel = a hidden layer over the two relation parts
//	      (Dozat and Manning 2017, "Deep Biaffine Attention")
//
// All numbers are whole: a value v is held as round(v·2^bits).
const (
	valueBits = 10 // of x
	partBits  = 9  // of q
	biasBits  = 10 // of the bias of arcs
	leakBits  = 3  // below zero, q falls off 2^3 times less

	maxValue = 1<<(valueBits+3) - 1 // of x: ±8
	maxPart  = 1<<(partBits+3) - 1  // of q: ±8
)

// A network is what parley-train trained, quantized.
type network struct {
	lexicon  lexicon
	rels     []string // "root" first
	width    int      // of x
	arc      int      // of the head and dependent parts
	label    int      // of the relation parts
	embed    []int8   // rows of width, with embedBits
	shift    uint8    // valueBits less the bits of embed
	layers   []weights
	project  weights
	bilinear weights
	bias     []int16 // by tag of the dependent, tag of the head, distance
	relate   weights
}

// Weights are one matrix and the bias of its outputs.
type weights struct {
	inputs, outputs int     // outputs is a multiple of 16
	bits            uint8   // of w
	w               []int16 // in the order of mulAdd
	bias            []int32 // with the bits of w and of the input together
}

// apply sets c to x·w + bias, for a number of rows that is a multiple of 4.
func (w *weights) apply(c []int32, x []int16, rows int) {
	for i := range rows {
		copy(c[i*w.outputs:(i+1)*w.outputs], w.bias)
	}
	mulAdd(c, x, w.w, rows, w.inputs, w.outputs)
}

// scratch is what one sentence needs while it is parsed.
type scratch struct {
	words   []word
	tags    []uint8 // of the root and the words
	rows    []int32 // of the embeddings: slots for every word
	x, y    []int16 // input and output of a layer
	acc     []int32 // of a product: gates, then projections
	state   []int16
	dep     []int16 // dependent parts; then the hidden layer of relations
	mapped  []int16 // dependent parts times U
	head    []int16 // head parts in the order of mulAdd
	score   []int32 // of arcs, then of relations
	columns []int   // by head: where its tag begins in a row of bias
	tree    tree
}

// grow returns s with length n, its content undefined.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// encode runs the embeddings and the layers over the words of s and leaves the
// values of the last layer in s.x, rows of width, padded to a multiple of 4.
func (n *network) encode(s *scratch) (rows int) {
	length, width := len(s.tags), n.width
	rows = (length + 3) &^ 3
	s.x, s.y, s.state = grow(s.x, rows*width), grow(s.y, rows*width), grow(s.state, width)
	s.acc = grow(s.acc, rows*max(3*width, n.project.outputs))
	for i := range length {
		sumRows(s.x[i*width:(i+1)*width], n.embed, s.rows[i*slots:(i+1)*slots], n.shift, maxValue)
	}
	clear(s.x[length*width:])
	clear(s.y[length*width:])
	for i := range n.layers {
		l := &n.layers[i]
		l.apply(s.acc, s.x, rows)
		clear(s.state)
		step := func(t, from, to int) {
			recur(s.state[from:to], s.y[t*width+from:], s.x[t*width+from:], s.acc[3*t*width+from:], width, l.bits, l.bits+valueBits-13)
		}
		for t := range length {
			step(t, 0, width/2)
		}
		for t := length - 1; t >= 0; t-- {
			step(t, width/2, width)
		}
		s.x, s.y = s.y, s.x
	}
	return rows
}

// parse finds heads and relations of the words of s, which features has set,
// and leaves them in s.tree.
func (n *network) parse(s *scratch) {
	rows := n.encode(s)
	n.project.apply(s.acc, s.x, rows)
	stride := n.arcs(s, rows)
	n.addBias(s, stride)
	s.tree.decode(s.score, len(s.tags), stride)
	n.relations(s, rows)
}

// arcs sets s.score to the score of every arc but for its bias: rows of
// dependents, stride apart, with a column for every head. The head parts become
// the weights of the last product.
func (n *network) arcs(s *scratch, rows int) (stride int) {
	a, columns := n.arc, n.project.outputs
	stride = (rows + panel - 1) &^ (panel - 1)
	s.head, s.dep, s.mapped = grow(s.head, a*stride), grow(s.dep, rows*a), grow(s.mapped, rows*a)
	s.score = grow(s.score, rows*stride+rows*a)
	clear(s.head)
	down := n.project.bits + valueBits - partBits
	for i := range rows {
		q := s.acc[i*columns : (i+1)*columns]
		row := s.mapped[:a] // free until the product below
		narrow(row, q[:a], down, leakBits, maxPart)
		for j, v := range row {
			s.head[at(j, i, a)] = v
		}
		narrow(s.dep[i*a:(i+1)*a], q[a:2*a], down, leakBits, maxPart)
	}
	n.bilinear.apply(s.score, s.dep, rows)
	narrow(s.mapped, s.score[:rows*a], n.bilinear.bits, 0, maxPart)
	clear(s.score[:rows*stride])
	mulAdd(s.score, s.mapped, s.head, rows, a, stride)
	return stride
}

// addBias adds to the score of every arc what the two tags and the distance say.
func (n *network) addBias(s *scratch, stride int) {
	const up = 2*partBits - biasBits
	length := len(s.tags)
	s.columns = grow(s.columns, length)
	for h, tag := range s.tags {
		s.columns[h] = int(tag) * distances
	}
	tags := len(n.lexicon.tags) + firstTag
	for d := 1; d < length; d++ {
		row := s.score[d*stride : d*stride+length]
		bias := n.bias[int(s.tags[d])*tags*distances:][:tags*distances]
		columns := s.columns[:len(row)]
		row[0] += int32(bias[columns[0]]) << up
		for h := 1; h < d; h++ {
			row[h] += int32(bias[columns[h]+int(farness[d-h])]) << up
		}
		for h := d + 1; h < len(row); h++ {
			row[h] += int32(bias[columns[h]+afterwards+int(farness[h-d])]) << up
		}
	}
}

// Classes of the distance from a word to its head: the head before the word,
// near to far, then the head after it. That of the root is 0, as its tag says
// enough.
const (
	afterwards = 10
	distances  = 2 * afterwards
)

// farness grows the more slowly, the farther two words are apart.
var farness = func() (f [longest + 1]uint8) {
	for n := range f {
		switch {
		case n <= 5:
			f[n] = uint8(max(0, n-1))
		case n <= 7:
			f[n] = 5
		case n <= 10:
			f[n] = 6
		case n <= 15:
			f[n] = 7
		case n <= 25:
			f[n] = 8
		default:
			f[n] = 9
		}
	}
	return f
}()

// relations chooses the relation of every arc of the tree. Only the arc from
// the root is "root", which is relation 0.
func (n *network) relations(s *scratch, rows int) {
	length, columns, label, outputs := len(s.tags), n.project.outputs, n.label, n.relate.outputs
	down := n.project.bits + valueBits - partBits
	s.dep, s.score, s.tree.rels = grow(s.dep, rows*label), grow(s.score, rows*outputs), grow(s.tree.rels, length)
	clear(s.dep)
	for d := 1; d < length; d++ {
		head := s.acc[s.tree.heads[d]*columns+2*n.arc:][:label]
		dep := s.acc[d*columns+2*n.arc+label:][:label]
		sum := s.score[:label]
		for j := range sum {
			sum[j] = head[j] + dep[j]
		}
		narrow(s.dep[d*label:(d+1)*label], sum, down, leakBits, maxPart)
	}
	n.relate.apply(s.score, s.dep, rows)
	for d := 1; d < length; d++ {
		best := 0
		if s.tree.heads[d] != 0 {
			row := s.score[d*outputs:][:len(n.rels)]
			best = 1
			for r := 2; r < len(row); r++ {
				if row[r] > row[best] {
					best = r
				}
			}
		}
		s.tree.rels[d] = uint8(best)
	}
}
