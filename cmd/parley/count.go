package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// tally lists counts, the highest first.
func tally(counts map[string]int) string {
	if len(counts) == 0 {
		return "none"
	}
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s %s", thousands(counts[name]), name)
	}
	return strings.Join(names, ", ")
}

func total(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// count says how many there are of something.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return thousands(n) + " " + noun
}

// thousands writes n with commas.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}

func isAre(n int) string {
	if n == 1 {
		return "it is"
	}
	return "all are"
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
