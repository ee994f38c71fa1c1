// Package store keeps what the stages found in a Badger database, one
// transaction an article, and gives it back: whole articles, relations that
// match a question, and exports.
package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

// format is the version of the key schema. Badger keeps it in its manifest and
// refuses a database that was written with another.
const format = 1

// Sizes, in bytes. They bound memory to some 100 MiB however large a store
// grows. A transaction may hold 15 % of a memtable, which bounds an article.
type sizes struct{ memTable, valueLog, blockCache int64 }

var usual = sizes{memTable: 16 << 20, valueLog: 128 << 20, blockCache: 16 << 20}

const (
	memTables = 2
	reserve   = 96 << 20 // free disk space that writing needs: memtables on their way to disk, and merging
)

// Faults that a caller may want to tell apart.
var (
	ErrNone     = errors.New("there is no store")
	ErrNotStore = errors.New("not a store of parley")
	ErrLocked   = errors.New("another process is using the store")
	ErrFull     = errors.New("the disk is full")
	ErrNotFound = errors.New("not in the store")
)

// A Store is an open database. Its methods may be used from many goroutines, but
// only one may Put.
type Store struct {
	Dir     string // as it was opened
	db      *badger.DB
	written int    // articles put
	order   uint64 // of the last signature
}

// Open opens the store in dir for reading and writing and makes it where there
// is none. One process can write at a time.
func Open(dir string) (*Store, error) {
	if err := free(dir); err != nil {
		return nil, err
	}
	return open(dir, usual, false)
}

// OpenReadOnly opens the store in dir, which must exist. A store that a killed
// process left behind is mended first, for which it must be writable.
func OpenReadOnly(dir string) (*Store, error) {
	if _, err := os.Stat(filepath.Join(dir, badger.ManifestFilename)); errors.Is(err, fs.ErrNotExist) {
		if err := mustBeStore(dir); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w here; parley run makes one", dir, ErrNone)
	}
	s, err := open(dir, usual, true)
	if err == nil || !strings.Contains(err.Error(), badger.ErrTruncateNeeded.Error()) {
		return s, err
	}
	if s, err = Open(dir); err != nil {
		return nil, fmt.Errorf("%s was left by a killed process and could not be mended: %w", dir, err)
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return open(dir, usual, true)
}

func open(dir string, size sizes, readOnly bool) (*Store, error) {
	if err := mustBeStore(dir); err != nil {
		return nil, err
	}
	o := badger.DefaultOptions(dir).
		WithReadOnly(readOnly).
		WithLogger(nil).
		WithMetricsEnabled(false).
		WithExternalMagic(format).
		WithNumVersionsToKeep(1).
		WithDetectConflicts(false). // one goroutine writes
		WithCompression(options.ZSTD).
		WithMemTableSize(size.memTable).
		WithNumMemtables(memTables).
		WithBlockCacheSize(size.blockCache).
		WithValueLogFileSize(size.valueLog).
		WithNumCompactors(2)
	db, err := badger.Open(o)
	switch {
	case err == nil:
		s := &Store{Dir: dir, db: db}
		if s.order, err = s.lastOrder(); err != nil {
			db.Close()
			return nil, fmt.Errorf("open store %s: %w", dir, err)
		}
		return s, nil
	case strings.Contains(err.Error(), "Cannot acquire directory lock"):
		return nil, fmt.Errorf("%s: %w; wait until it ends", dir, ErrLocked)
	case strings.Contains(err.Error(), "magic version"):
		return nil, fmt.Errorf("%s: %w, or of another version of it (%v)", dir, ErrNotStore, err)
	}
	return nil, fmt.Errorf("open store %s: %w", dir, err)
}

// mustBeStore refuses a folder that holds something else.
func mustBeStore(dir string) error {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if !info.IsDir() {
		return fmt.Errorf("%s: %w: it is a file", dir, ErrNotStore)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	for _, e := range entries {
		switch e.Name() {
		case badger.ManifestFilename, badger.KeyRegistryFileName, "LOCK": // the last two are older than the first
			return nil
		}
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s: %w: the folder holds other files", dir, ErrNotStore)
	}
	return nil
}

// Close writes what is in memory to disk and frees the store for others.
func (s *Store) Close() error {
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close store %s: %w", s.Dir, err)
	}
	return nil
}

// each calls f for every key with the prefix p, in order, until f returns an
// error. Where values is false only keys are read, which is much faster.
func (s *Store) each(p []byte, values bool, f func(key []byte, item *badger.Item) error) error {
	return s.db.View(func(txn *badger.Txn) error {
		o := badger.DefaultIteratorOptions
		o.Prefix, o.PrefetchValues, o.PrefetchSize = p, values, 16
		it := txn.NewIterator(o)
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if err := f(it.Item().KeyCopy(nil), it.Item()); err != nil {
				return err
			}
		}
		return nil
	})
}

// get reads the value of one key into f. The bytes are valid only during f.
func (s *Store) get(k []byte, f func([]byte) error) error {
	return s.db.View(func(txn *badger.Txn) error {
		item, err := txn.Get(k)
		if errors.Is(err, badger.ErrKeyNotFound) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		return item.Value(f)
	})
}
