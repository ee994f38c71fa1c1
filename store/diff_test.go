package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/pipeline"
)

func TestDiff(t *testing.T) {
	before, after := openTemp(t), openTemp(t)
	put(t, before, talks(t, "d1"), talks(t, "d2"), talks(t, "d3"), build(t, "gone", "Peru slept.").d)
	changed := talks(t, "d2")
	changed.Relations[0].Status = pipeline.Future
	changed.Relations[0].Args = changed.Relations[0].Args[:1]
	changed.Relations[1].Confidence -= 0.001
	fewer := talks(t, "d3")
	fewer.Relations[0].Type = "AGREE"
	put(t, after, talks(t, "d1"), changed, fewer, build(t, "here", "Peru slept.").d)
	type difference struct {
		Kind, Document string
		Fields         []string
	}
	var got []difference
	err := Diff(before, after, func(d *Difference) error {
		got = append(got, difference{d.Kind, d.Document, d.Fields})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []difference{
		{"changed", "d2", []string{"status", "topic", "place", "date", "source"}},
		{"appeared", "d3", nil},
		{"vanished", "d3", nil},
		{"article vanished", "gone", nil},
		{"article appeared", "here", nil},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDiffOfEqualStores(t *testing.T) {
	a, b := openTemp(t), openTemp(t)
	put(t, a, talks(t, "d1"))
	put(t, b, talks(t, "d1"))
	err := Diff(a, b, func(d *Difference) error {
		t.Errorf("%+v", d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
