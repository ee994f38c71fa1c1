package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/google/go-cmp/cmp"

	"parley/pipeline"
)

// open makes an empty store for one test.
func openTemp(t testing.TB) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func put(t testing.TB, s *Store, documents ...*pipeline.Document) {
	t.Helper()
	for _, d := range documents {
		if err := s.Put(d, Done{Stages: "v1", Run: "test"}); err != nil {
			t.Fatal(err)
		}
	}
}

// A builder makes a Document as the stages would, from phrases of its text.
type builder struct {
	t *testing.T
	d *pipeline.Document
}

func build(t *testing.T, id, text string) *builder {
	d := &pipeline.Document{ID: id, Source: "dump/" + id + ".txt", Single: true, Language: "en", Text: text}
	d.Published = time.Date(2015, 1, 30, 0, 0, 0, 0, time.UTC)
	d.Blocks = []pipeline.Block{{Span: pipeline.Span{End: len(text)}, Kind: pipeline.Body}}
	d.Sentences = []pipeline.Sentence{{Span: pipeline.Span{End: len(text)}}}
	d.Signature = []byte("signature of " + id)
	return &builder{t, d}
}

func (b *builder) span(phrase string) pipeline.Span {
	i := strings.Index(b.d.Text, phrase)
	if i < 0 {
		b.t.Fatalf("%q is not in %q", phrase, b.d.Text)
	}
	return pipeline.Span{Start: i, End: i + len(phrase)}
}

// mention adds a mention of entity, which may be -1.
func (b *builder) mention(phrase string, kind pipeline.MentionType, entity int) int {
	m := len(b.d.Mentions)
	b.d.Mentions = append(b.d.Mentions, pipeline.Mention{Span: b.span(phrase), Type: kind, Entity: entity})
	if entity >= 0 {
		b.d.Entities[entity].Mentions = append(b.d.Entities[entity].Mentions, m)
	}
	return m
}

func (b *builder) entity(e pipeline.Entity) int {
	b.d.Entities = append(b.d.Entities, e)
	return len(b.d.Entities) - 1
}

func (b *builder) relation(r pipeline.Relation, trigger string, args ...pipeline.Argument) {
	r.Trigger = b.span(trigger)
	for _, a := range args {
		if a.Mention >= 0 {
			a.Span = b.d.Mentions[a.Mention].Span
		}
		r.Args = append(r.Args, a)
	}
	b.d.Relations = append(b.d.Relations, r)
}

// talks is an article with everything in it: a group, a topic, a place, a date,
// a source, an office, a pronoun that nothing needs, and code points of more
// than one byte before them all.
func talks(t *testing.T, id string) *pipeline.Document {
	b := build(t, id, "“Übel” 🕊 Norway and Chad met. The two sides held talks about fishing in Oslo on Thursday, "+
		"Foreign Minister Ada Berg told NRK. It rained.")
	norway := b.entity(pipeline.Entity{ID: "e-nor", Type: pipeline.GPE, Name: "Norway", Country: "NOR", Sector: "GOV"})
	chad := b.entity(pipeline.Entity{ID: "e-tcd", Type: pipeline.GPE, Name: "Chad", Country: "TCD", Sector: "GOV"})
	oslo := b.entity(pipeline.Entity{ID: "e-osl", Type: pipeline.GPE, Name: "Oslo", Country: "NOR", Place: pipeline.Place{GeoNames: 3143244}})
	berg := b.entity(pipeline.Entity{ID: "e-ber", Type: pipeline.Person, Name: "Ada Berg", Country: "NOR", Sector: "GOV"})
	sides := b.entity(pipeline.Entity{ID: "e-sid", Type: pipeline.Nominal, Name: "The two sides", Members: []int{norway, chad}})
	it := b.entity(pipeline.Entity{ID: "e-it", Type: pipeline.Nominal, Name: "It"})
	b.mention("Norway", pipeline.GPE, norway)
	b.mention("Chad", pipeline.GPE, chad)
	atOslo := b.mention("Oslo", pipeline.GPE, oslo)
	thursday := b.mention("Thursday", pipeline.Date, -1)
	b.d.Mentions[thursday].When = pipeline.When{Value: "2015-01-29", Granularity: "day"}
	ada := b.mention("Ada Berg", pipeline.Person, berg)
	b.mention("Foreign Minister", pipeline.Title, -1)
	two := b.mention("The two sides", pipeline.Nominal, sides)
	b.mention("It", pipeline.Nominal, it)
	b.relation(pipeline.Relation{ID: id + "-r1", Type: "CONSULT", Lemma: "talk", Status: pipeline.Happened, Context: []string{"diplomatic"},
		Rule: "consult.talks", Confidence: 0.91234, Text: "Norway and Chad held talks about fishing in Oslo on 2015-01-29, according to Ada Berg"}, "talks",
		pipeline.Argument{Role: pipeline.Actor, Mention: two},
		pipeline.Argument{Role: pipeline.Topic, Mention: -1, Span: b.span("fishing")},
		pipeline.Argument{Role: pipeline.At, Mention: atOslo},
		pipeline.Argument{Role: pipeline.On, Mention: thursday},
		pipeline.Argument{Role: pipeline.Source, Mention: ada})
	b.relation(pipeline.Relation{ID: id + "-r2", Type: Holds, Lemma: "foreign minister", Status: pipeline.Happened, Rule: "holds.title", Confidence: 0.97,
		Text: "Ada Berg is foreign minister"}, "Foreign Minister",
		pipeline.Argument{Role: pipeline.Holder, Mention: ada})
	b.d.Tokens = []pipeline.Token{
		{Span: b.span("Norway"), Tag: "NNP", POS: "PROPN", Lemma: "Norway", Head: 3, Rel: "nsubj"},
		{Span: b.span("and"), Tag: "CC", POS: "CCONJ", Lemma: "and", Head: 2, Rel: "cc"},
		{Span: b.span("Chad"), Tag: "NNP", POS: "PROPN", Lemma: "Chad", Head: 0, Rel: "conj"},
		{Span: b.span("met"), Tag: "VBD", POS: "VERB", Lemma: "meet", Head: -1, Rel: "root"},
	}
	return b.d
}

func TestPutGivesBackEveryLayer(t *testing.T) {
	s := openTemp(t)
	d := talks(t, "d1")
	put(t, s, d)
	got, err := s.Article("d1")
	if err != nil {
		t.Fatal(err)
	}
	if got.Tokens, err = s.Tokens("d1"); err != nil {
		t.Fatal(err)
	}
	err = s.Signatures(func(id string, signature []byte) error {
		if id != "d1" {
			t.Errorf("signature of %s", id)
		}
		got.Signature = signature
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, got); diff != "" {
		t.Errorf("stored and read back (-want +got):\n%s", diff)
	}
	if done, err := s.Done("d1"); done != "v1" || err != nil {
		t.Errorf("Done = %q, %v", done, err)
	}
	if done, err := s.Done("d2"); done != "" || err != nil {
		t.Errorf("Done of what is not there = %q, %v", done, err)
	}
}

// Replacing an article leaves nothing of what it said before.
func TestPutReplaces(t *testing.T) {
	replaced, fresh := openTemp(t), openTemp(t)
	d := talks(t, "d1")
	d.DuplicateOf = "d0"
	put(t, replaced, d)
	after := build(t, "d1", "Peru slept.").d
	put(t, replaced, after)
	put(t, fresh, after)
	if a, b := dump(t, replaced), dump(t, fresh); a != b {
		t.Errorf("a replaced article left something behind:\n%s", cmp.Diff(b, a))
	}
}

// Signatures come back in the order in which the articles came, without copies,
// also after an article was done again.
func TestSignatureOrder(t *testing.T) {
	s := openTemp(t)
	duplicate := build(t, "c", "Peru slept.").d
	duplicate.DuplicateOf = "z"
	put(t, s, build(t, "z", "Peru slept.").d, duplicate, build(t, "b", "Chad slept.").d, build(t, "z", "Peru slept.").d)
	again := &Store{Dir: s.Dir, db: s.db}
	var err error
	if again.order, err = again.lastOrder(); err != nil || again.order != 2 {
		t.Errorf("last order %d, %v", again.order, err)
	}
	put(t, again, build(t, "a", "Togo slept.").d)
	var got []string
	err = s.Signatures(func(id string, _ []byte) error {
		got = append(got, id)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"z", "b", "a"}, got); diff != "" {
		t.Error(diff)
	}
}

// dump lists every key and value of a store.
func dump(t *testing.T, s *Store) string {
	var b strings.Builder
	err := s.each(nil, true, func(k []byte, item *badger.Item) error {
		return item.Value(func(v []byte) error {
			b.WriteString(strings.ReplaceAll(string(k), "\x00", "|") + " = " + string(v) + "\n")
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTooLargeForOneTransaction(t *testing.T) {
	s := openTemp(t)
	b := build(t, "big", "Peru and Chile met.")
	for i := range 60_000 {
		b.relation(pipeline.Relation{ID: fmt.Sprintf("r%d", i), Type: "CONSULT"}, "met")
	}
	d := b.d
	put(t, s, d)
	if d.Skip.Reason != pipeline.SkipTooLong {
		t.Errorf("Skip = %+v", d.Skip)
	}
	if got, err := s.Article("big"); err != nil || got.Skip != d.Skip {
		t.Errorf("stored as %+v, %v", got, err)
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	if _, err := OpenReadOnly(filepath.Join(dir, "none")); !errors.Is(err, ErrNone) {
		t.Errorf("no store: %v", err)
	}
	other := filepath.Join(dir, "other")
	if err := os.MkdirAll(other, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "letter.txt"), []byte("Dear"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(other); !errors.Is(err, ErrNotStore) {
		t.Errorf("a folder of something else, to write: %v", err)
	}
	if _, err := OpenReadOnly(other); !errors.Is(err, ErrNotStore) {
		t.Errorf("a folder of something else, to read: %v", err)
	}
	if _, err := Open(filepath.Join(other, "letter.txt")); !errors.Is(err, ErrNotStore) {
		t.Errorf("a file: %v", err)
	}
	s, err := Open(filepath.Join(dir, "db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(s.Dir); !errors.Is(err, ErrLocked) {
		t.Errorf("opened twice: %v", err)
	}
	if _, err := OpenReadOnly(s.Dir); !errors.Is(err, ErrLocked) {
		t.Errorf("read while it is written: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := OpenReadOnly(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

// A copy of the files of an open store is what a killed process leaves.
func TestOpenReadOnlyAfterACrash(t *testing.T) {
	s, err := open(filepath.Join(t.TempDir(), "db"), sizes{memTable: 8 << 20, valueLog: 1 << 20, blockCache: 1 << 20}, false) // files that are quick to copy
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	put(t, s, talks(t, "d1"))
	left := filepath.Join(t.TempDir(), "left")
	if err := os.CopyFS(left, os.DirFS(s.Dir)); err != nil {
		t.Fatal(err)
	}
	r, err := OpenReadOnly(left)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var a, b bytes.Buffer
	if err := s.WriteJSONL(&a, Query{}); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteJSONL(&b, Query{}); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() || a.Len() == 0 {
		t.Errorf("the mended store differs:\n%s", cmp.Diff(a.String(), b.String()))
	}
}

func TestRuns(t *testing.T) {
	s := openTemp(t)
	first := Run{Name: "b", Started: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Skipped: map[string]int{"empty": 2}}
	second := Run{Name: "a", Started: first.Started.Add(time.Second), State: "running"}
	for _, r := range []Run{second, first} {
		if err := s.PutRun(&r); err != nil {
			t.Fatal(err)
		}
	}
	second.State = "done"
	if err := s.PutRun(&second); err != nil {
		t.Fatal(err)
	}
	got, err := s.Runs()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Run{first, second}, got); diff != "" {
		t.Error(diff)
	}
}
