package resolve

import (
	"fmt"
	"sort"
	"strings"
)

// set is the set of the words in a text.
func set(words string) map[string]bool {
	s := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// sortBy sorts ints by a strict order, keeping the order of equals.
func sortBy(list []int, less func(a, b int) bool) {
	sort.SliceStable(list, func(i, j int) bool { return less(list[i], list[j]) })
}
