package parse

import (
	"math"
	"math/bits"
)

// quantize returns the trained network in whole numbers.
func (l *Learner) quantize() *network {
	n := &network{
		lexicon: l.lexicon, rels: l.rels,
		width: l.Width, arc: l.Arc, label: l.Label,
		project:  quantizeWeights(l.project, l.projectB, valueBits, maxValue),
		bilinear: quantizeWeights(l.bilinear, l.headBias, partBits, maxPart),
		relate:   quantizeWeights(l.relate, l.relateB, partBits, maxPart),
	}
	for _, r := range l.layers {
		n.layers = append(n.layers, quantizeWeights(r.w, r.b, valueBits, maxValue))
	}
	n.embed, n.shift = quantizeEmbeddings(l.embed)
	tags := len(l.lexicon.tags) + firstTag
	for pair := range tags * tags {
		for _, v := range l.bias.row(pair)[:distances] {
			n.bias = append(n.bias, int16(max(math.MinInt16, min(math.MaxInt16, round(v, biasBits)))))
		}
	}
	return n
}

// round is v·2^bits as a whole number.
func round(v float32, bits uint8) int {
	return int(math.Round(math.Ldexp(float64(v), int(bits))))
}

// quantizeWeights takes inputs of at most limit, with the given bits.
func quantizeWeights(w, bias *param, inputBits uint8, limit int) weights {
	most, sum := 0.0, 0.0
	for j := range w.cols {
		column := math.Abs(float64(bias.v[j])) / (float64(limit+1) / float64(int(1)<<inputBits))
		for i := range w.rows {
			v := math.Abs(float64(w.row(i)[j]))
			column, most = column+v, max(most, v)
		}
		sum = max(sum, column)
	}
	q := weights{inputs: w.rows, outputs: w.cols, bits: fit(sum, most, limit)}
	q.w = make([]int16, len(w.v))
	for i := range w.rows {
		for j, v := range w.row(i) {
			q.w[at(i, j, w.rows)] = int16(round(v, q.bits))
		}
	}
	for _, v := range bias.v[:w.cols] {
		q.bias = append(q.bias, int32(round(v, q.bits+inputBits)))
	}
	return q
}

// quantizeEmbeddings chooses the step that loses least, and returns by how many
// bits it is coarser than that of values.
func quantizeEmbeddings(p *param) (embed []int8, shift uint8) {
	best := math.Inf(1)
	for s := range uint8(5) { // more could leave 16 bits
		loss := 0.0
		scale := math.Ldexp(1, valueBits-int(s))
		for _, v := range p.v[:p.rows*p.cols] {
			q := max(-127, min(127, math.Round(float64(v)*scale))) / scale
			loss += (q - float64(v)) * (q - float64(v))
		}
		if loss < best {
			best, shift = loss, s
		}
	}
	for _, v := range p.v[:p.rows*p.cols] {
		embed = append(embed, int8(max(-127, min(127, round(v, valueBits-shift)))))
	}
	return embed, shift
}

// fit is the largest number of bits with which a matrix whose largest column
// sum of absolute weights is sum, and whose largest weight is most, multiplies
// inputs of at most limit without leaving int32 or int16.
func fit(sum, most float64, limit int) uint8 {
	room := float64(math.MaxInt32/2) / (sum * float64(limit))
	room = min(room, math.MaxInt16/most)
	return uint8(min(14, bits.Len64(uint64(room))-1))
}
