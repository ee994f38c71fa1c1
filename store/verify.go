package store

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/dgraph-io/badger/v4"

	"parley/pipeline"
)

// Checked counts what Verify looked at.
type Checked struct {
	Articles, Mentions, Entities, Relations int
	Keys                                    int // all keys of the store
	Faults                                  int
}

// Verify walks the whole store and calls fault for everything that is wrong: a
// block of the database whose checksum differs, a span outside its text, a
// relation whose words or parties do not exist, an index that lacks or invents
// an edge, an article without its done key.
func (s *Store) Verify(fault func(string)) (Checked, error) {
	var c Checked
	report := func(format string, args ...any) {
		c.Faults++
		fault(fmt.Sprintf(format, args...))
	}
	if err := s.db.VerifyChecksum(); err != nil {
		report("the database says: %v", err)
	}
	expected := 0
	err := s.Articles(func(d *pipeline.Document) error {
		c.Articles++
		c.Mentions += len(d.Mentions)
		c.Entities += len(d.Entities)
		c.Relations += len(d.Relations)
		if fault := soundness(d); fault != "" {
			report("article %s (%s): %s", d.ID, d.Where(), fault)
			return nil // its records cannot be made
		}
		n, err := s.verifyPairs(d, report)
		expected += n
		return err
	})
	if err != nil {
		return c, err
	}
	err = s.each(nil, false, func(k []byte, _ *badger.Item) error {
		c.Keys++
		switch k[0] {
		case kindRun:
			expected++
		case kindArticle, kindTokens, kindDone, kindCopy, kindEntity, kindName, kindRelation, kindParty, kindType, kindWhen, kindSignature:
		default:
			report("a key of no known kind: %q", k)
		}
		return nil
	})
	if err == nil && c.Faults == 0 && c.Keys != expected {
		report("the store holds %d keys, and its articles and runs account for %d", c.Keys, expected)
	}
	return c, err
}

// verifyPairs checks that everything that follows from d is in the store, and
// returns how many keys that are.
func (s *Store) verifyPairs(d *pipeline.Document, report func(string, ...any)) (int, error) {
	tokens, err := s.Tokens(d.ID)
	if err != nil {
		report("%v", err)
		return 0, nil
	}
	for i, t := range tokens {
		if !within(d.Text, t.Span) || t.Head < -1 || t.Head >= len(tokens) {
			report("article %s (%s): token %d is not in the text, or its head is no token", d.ID, d.Where(), i)
			return 0, nil
		}
	}
	d.Tokens = tokens
	pairs, err := pairsOf(d)
	if err != nil {
		return 0, err
	}
	keys := map[string]bool{}
	for _, p := range pairs {
		keys[string(p.key)] = true
		err := s.get(p.key, func(b []byte) error {
			if !bytes.Equal(b, p.value) {
				report("article %s (%s): what is stored under %q does not follow from it", d.ID, d.Where(), p.key)
			}
			return nil
		})
		if errors.Is(err, ErrNotFound) {
			report("article %s (%s): the key %q is missing", d.ID, d.Where(), p.key)
		} else if err != nil {
			return 0, err
		}
	}
	done, err := s.done(d.ID)
	if err != nil {
		return 0, err
	}
	if done.Stages == "" {
		report("article %s (%s) has no done key", d.ID, d.Where())
	}
	n := len(keys) + 1
	if done.Order > 0 {
		n++
		if err := s.get(signatureKey(done.Order, d.ID), func([]byte) error { return nil }); err != nil {
			report("article %s (%s) has no signature: %v", d.ID, d.Where(), err)
		}
	}
	return n, nil
}

// soundness says what is wrong with the layers of d, or nothing.
func soundness(d *pipeline.Document) string {
	if !utf8.ValidString(d.Text) {
		return "its text is not UTF-8"
	}
	end := 0
	for i, b := range d.Blocks {
		if !within(d.Text, b.Span) || b.Start < end {
			return fmt.Sprintf("block %d is not in the text, or overlaps the one before", i)
		}
		end = b.End
	}
	for i, x := range d.Sentences {
		if !within(d.Text, x.Span) {
			return fmt.Sprintf("sentence %d is not in the text", i)
		}
	}
	for i, m := range d.Mentions {
		if !within(d.Text, m.Span) || m.Len() == 0 {
			return fmt.Sprintf("mention %d is not in the text", i)
		}
		if m.Entity < -1 || m.Entity >= len(d.Entities) {
			return fmt.Sprintf("mention %d (%q) is of an entity that does not exist", i, d.In(m.Span))
		}
	}
	for i, e := range d.Entities {
		if e.ID == "" {
			return fmt.Sprintf("entity %d (%s) has no identifier", i, e.Name)
		}
		for _, m := range e.Mentions {
			if m < 0 || m >= len(d.Mentions) || d.Mentions[m].Entity != i {
				return fmt.Sprintf("entity %d (%s) claims mention %d, which is not its own", i, e.Name, m)
			}
		}
		for _, m := range e.Members {
			if m < 0 || m >= len(d.Entities) {
				return fmt.Sprintf("entity %d (%s) has a member that does not exist", i, e.Name)
			}
		}
	}
	for i := range d.Relations {
		r := &d.Relations[i]
		if !within(d.Text, r.Trigger) || r.Sentence < -1 || r.Sentence >= len(d.Sentences) {
			return fmt.Sprintf("relation %d (%s) is not in the text", i, r.ID)
		}
		for _, a := range r.Args {
			if !within(d.Text, a.Span) || a.Mention < -1 || a.Mention >= len(d.Mentions) {
				return fmt.Sprintf("the %s of relation %d (%s) is not in the text", a.Role, i, r.ID)
			}
		}
	}
	return ""
}

// within reports whether s lies in text, between whole characters.
func within(text string, s pipeline.Span) bool {
	whole := func(i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) && whole(s.Start) && whole(s.End)
}
