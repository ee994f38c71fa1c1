package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/dgraph-io/badger/v4"

	"parley/pipeline"
)

// Done says which stages made what the store holds of an article.
type Done struct {
	Stages string // fingerprint of the stages and their versions
	Run    string // name of the run
	Order  uint64 // Put sets it: the place among the articles that are no copies, from 1 as they came; 0 for others
}

// syncEvery is after how many articles the store makes sure that the disk has
// them. A killed process loses nothing in between; a power cut may.
const syncEvery = 64

// Put writes an article with its done key in one transaction, in place of what
// the store held of it. An article that is too large for one is stored as
// skipped, without its layers, and d is changed to say so.
func (s *Store) Put(d *pipeline.Document, done Done) error {
	if err := s.put(d, done); err != nil {
		return fmt.Errorf("store article %s (%s, record %d): %w", d.ID, d.Source, d.Record, err)
	}
	if s.written++; s.written%syncEvery == 0 {
		return s.Sync()
	}
	return nil
}

// Sync makes sure that the disk has everything, and that there is room for more.
func (s *Store) Sync() error {
	if err := free(s.Dir); err != nil {
		return err
	}
	if err := s.db.Sync(); err != nil {
		return fmt.Errorf("sync store %s: %w", s.Dir, err)
	}
	return nil
}

func (s *Store) put(d *pipeline.Document, done Done) error {
	if d.ID == "" || strings.Contains(d.ID, "\x00") {
		return errors.New("it has no identifier")
	}
	old, err := s.Article(d.ID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	before, err := s.done(d.ID)
	if err != nil {
		return err
	}
	done.Order = before.Order
	if len(d.Signature) == 0 || d.DuplicateOf != "" {
		done.Order = 0
	} else if done.Order == 0 {
		done.Order = s.order + 1
	}
	err = s.replace(old, before, d, done)
	if errors.Is(err, badger.ErrTxnTooBig) {
		d.Skip = pipeline.Skip{Reason: pipeline.SkipTooLong, Detail: d.Where() + ": it says more than one transaction of the store can hold"}
		d.Sentences, d.Tokens, d.Mentions, d.Entities, d.Relations = nil, nil, nil, nil, nil
		err = s.replace(old, before, d, done)
	}
	if err == nil {
		s.order = max(s.order, done.Order)
	}
	return err
}

// replace writes d and takes away what only old said.
func (s *Store) replace(old *pipeline.Document, before Done, d *pipeline.Document, done Done) error {
	pairs, err := pairsOf(d)
	if err != nil {
		return err
	}
	stamp, err := json.Marshal(done)
	if err != nil {
		return err
	}
	pairs = append(pairs, pair{key(kindDone, d.ID), stamp})
	if done.Order > 0 {
		pairs = append(pairs, pair{signatureKey(done.Order, d.ID), d.Signature})
	}
	txn := s.db.NewTransaction(true)
	defer txn.Discard()
	if old != nil {
		stale, err := pairsOf(old)
		if err != nil {
			return err
		}
		stale = append(stale, pair{key: signatureKey(before.Order, d.ID)})
		keep := make(map[string]bool, len(pairs))
		for _, p := range pairs {
			keep[string(p.key)] = true
		}
		for _, p := range stale {
			if !keep[string(p.key)] {
				if err := txn.Delete(p.key); err != nil {
					return err
				}
			}
		}
	}
	for _, p := range pairs {
		if err := txn.Set(p.key, p.value); err != nil {
			return err
		}
	}
	return txn.Commit()
}

// signatureKey is the key of the signature of an article that is no copy.
func signatureKey(order uint64, document string) []byte {
	return key(kindSignature, fmt.Sprintf("%012x", order), document)
}

// lastOrder is the highest order of a signature in the store.
func (s *Store) lastOrder() (order uint64, err error) {
	err = s.db.View(func(txn *badger.Txn) error {
		o := badger.DefaultIteratorOptions
		o.PrefetchValues, o.Reverse = false, true
		it := txn.NewIterator(o)
		defer it.Close()
		if it.Seek([]byte{kindSignature + 1}); it.ValidForPrefix([]byte{kindSignature}) {
			_, parts := split(it.Item().KeyCopy(nil))
			order, err = strconv.ParseUint(parts[0], 16, 64)
		}
		return err
	})
	return order, err
}

// Done gives the fingerprint of the stages that made what the store holds of an
// article, or the empty string where it holds nothing.
func (s *Store) Done(document string) (stages string, err error) {
	done, err := s.done(document)
	return done.Stages, err
}

func (s *Store) done(document string) (done Done, err error) {
	err = s.get(key(kindDone, document), func(b []byte) error { return json.Unmarshal(b, &done) })
	if errors.Is(err, ErrNotFound) {
		return Done{}, nil
	}
	return done, err
}

// Article gives one article with all its layers but tokens and signature.
func (s *Store) Article(id string) (*pipeline.Document, error) {
	d := new(pipeline.Document)
	err := s.get(key(kindArticle, id), func(b []byte) error { return json.Unmarshal(b, d) })
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", id, err)
	}
	return d, nil
}

// Tokens gives the tokens of one article.
func (s *Store) Tokens(id string) ([]pipeline.Token, error) {
	var columns tokenColumns
	err := s.get(key(kindTokens, id), func(b []byte) error { return json.Unmarshal(b, &columns) })
	if err != nil {
		return nil, fmt.Errorf("tokens of article %s: %w", id, err)
	}
	return columns.tokens()
}

// Articles calls f for every article, in the order of their identifiers.
func (s *Store) Articles(f func(*pipeline.Document) error) error {
	return s.each(prefix(kindArticle), true, func(_ []byte, item *badger.Item) error {
		d := new(pipeline.Document)
		if err := item.Value(func(b []byte) error { return json.Unmarshal(b, d) }); err != nil {
			return fmt.Errorf("article %s: %w", item.Key()[1:], err)
		}
		return f(d)
	})
}

// Signatures calls f with the signature of every article that is no copy, in the
// order in which they came. The bytes are f's to keep.
func (s *Store) Signatures(f func(document string, signature []byte) error) error {
	return s.each(prefix(kindSignature), true, func(k []byte, item *badger.Item) error {
		b, err := item.ValueCopy(nil)
		if err != nil {
			return err
		}
		_, parts := split(k)
		return f(parts[1], b)
	})
}

// Copies gives the identifiers of the articles that are copies of one, sorted.
func (s *Store) Copies(document string) ([]string, error) {
	copies := []string{}
	err := s.each(prefix(kindCopy, document), false, func(k []byte, _ *badger.Item) error {
		_, parts := split(k)
		copies = append(copies, parts[1])
		return nil
	})
	return copies, err
}

// A pair is one key of the store with its value.
type pair struct {
	key   []byte
	value []byte
}

// pairsOf makes what the store holds of d and what follows from it alone.
func pairsOf(d *pipeline.Document) ([]pair, error) {
	slim := *d
	slim.Tokens, slim.Signature = nil, nil
	article, err := json.Marshal(&slim)
	if err != nil {
		return nil, err
	}
	tokens, err := json.Marshal(columnsOf(d.Tokens))
	if err != nil {
		return nil, err
	}
	pairs := []pair{{key(kindArticle, d.ID), article}, {key(kindTokens, d.ID), tokens}}
	if d.DuplicateOf != "" {
		pairs = append(pairs, pair{key(kindCopy, d.DuplicateOf, d.ID), nil})
	}
	v := newView(d)
	for _, e := range v.sightings() {
		value, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, pair{key(kindEntity, e.ID, d.ID), value})
		for _, name := range e.names() {
			pairs = append(pairs, pair{key(kindName, Fold(name), e.ID, d.ID), nil})
		}
	}
	for i, r := range v.relations() {
		n := nth(i)
		first, last := r.days(d)
		pairs = append(pairs,
			pair{key(kindRelation, r.ID), []byte(d.ID + "\x00" + n)},
			pair{key(kindType, r.Type, first, last, d.ID, n), nil},
			pair{key(kindWhen, first, last, d.ID, n), nil})
		for _, p := range r.parties() {
			pairs = append(pairs, pair{key(kindParty, p.who, string(p.role), first, last, d.ID, n), nil})
		}
	}
	return pairs, nil
}

// tokenColumns holds the tokens of one article column by column, which is small
// and quick to write: starts as distances from the token before, lengths, and
// heads, all as varints, and the words of the other columns joined by spaces.
type tokenColumns struct {
	Spans   []byte
	Heads   []byte
	Tags    string
	POS     string
	Rels    string
	Lemmas  string
	Entries int
}

func columnsOf(tokens []pipeline.Token) tokenColumns {
	c := tokenColumns{Entries: len(tokens)}
	tags, poses, rels, lemmas := make([]string, len(tokens)), make([]string, len(tokens)), make([]string, len(tokens)), make([]string, len(tokens))
	end := 0
	for i, t := range tokens {
		c.Spans = binary.AppendVarint(c.Spans, int64(t.Start-end))
		c.Spans = binary.AppendVarint(c.Spans, int64(t.Len()))
		c.Heads = binary.AppendVarint(c.Heads, int64(t.Head))
		tags[i], poses[i], rels[i], lemmas[i] = t.Tag, t.POS, t.Rel, t.Lemma
		end = t.End
	}
	c.Tags, c.POS, c.Rels, c.Lemmas = join(tags), join(poses), join(rels), join(lemmas)
	return c
}

// separator parts the words of a column; no tag, relation or lemma holds it.
const separator = "\n"

func join(words []string) string { return strings.Join(words, separator) }

func (c tokenColumns) tokens() ([]pipeline.Token, error) {
	if c.Entries == 0 {
		return nil, nil
	}
	tags, poses := strings.Split(c.Tags, separator), strings.Split(c.POS, separator)
	rels, lemmas := strings.Split(c.Rels, separator), strings.Split(c.Lemmas, separator)
	if len(tags) != c.Entries || len(poses) != c.Entries || len(rels) != c.Entries || len(lemmas) != c.Entries {
		return nil, errors.New("the columns of its tokens differ in length")
	}
	tokens := make([]pipeline.Token, c.Entries)
	spans, heads, end := c.Spans, c.Heads, 0
	next := func(b *[]byte) int {
		v, n := binary.Varint(*b)
		if n <= 0 {
			*b = nil
			return 0
		}
		*b = (*b)[n:]
		return int(v)
	}
	for i := range tokens {
		t := &tokens[i]
		t.Start = end + next(&spans)
		t.End = t.Start + next(&spans)
		t.Head = next(&heads)
		t.Tag, t.POS, t.Rel, t.Lemma = tags[i], poses[i], rels[i], lemmas[i]
		end = t.End
	}
	return tokens, nil
}
