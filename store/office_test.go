package store

import (
	"slices"
	"testing"
)

// TestOfficesSpanArticles: one office of several articles has the days of all; a
// former one, and one of another state, are others.
func TestOfficesSpanArticles(t *testing.T) {
	got := span([]Office{
		{Title: "Foreign Minister", Of: "Norway", First: "2015-02-03", Last: "2015-02-03"},
		{Title: "foreign minister", Of: "Norway"},
		{Title: "Foreign Minister", Of: "Norway", First: "2015-01-29", Last: "2015-01-29"},
		{Title: "Foreign Minister", Of: "Norway", Former: true, First: "2019-05-01", Last: "2019-05-01"},
		{Title: "envoy", Of: "Chad"},
	})
	want := []Office{
		{Title: "envoy", Of: "Chad"},
		{Title: "Foreign Minister", Of: "Norway", First: "2015-01-29", Last: "2015-02-03"},
		{Title: "Foreign Minister", Of: "Norway", Former: true, First: "2019-05-01", Last: "2019-05-01"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("offices %+v, want %+v", got, want)
	}
}
