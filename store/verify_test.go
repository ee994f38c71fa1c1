package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"parley/pipeline"
)

// faultsOf lists what Verify finds wrong.
func faultsOf(t *testing.T, s *Store) []string {
	t.Helper()
	var faults []string
	if _, err := s.Verify(func(f string) { faults = append(faults, f) }); err != nil {
		t.Fatal(err)
	}
	return faults
}

func TestVerify(t *testing.T) {
	s := openTemp(t)
	duplicate := talks(t, "d2")
	duplicate.DuplicateOf = "d1"
	put(t, s, talks(t, "d1"), duplicate, talks(t, "d1"))
	if err := s.PutRun(&Run{Name: "r"}); err != nil {
		t.Fatal(err)
	}
	if faults := faultsOf(t, s); len(faults) > 0 {
		t.Errorf("a sound store: %v", faults)
	}
}

// Every kind of damage is found.
func TestVerifyFindsDamage(t *testing.T) {
	for name, test := range map[string]struct {
		damage func(txn *badger.Txn) error
		want   string
	}{
		"a missing edge":      {func(txn *badger.Txn) error { return txn.Delete(prefixed(txn, kindParty)) }, "missing"},
		"a missing done key":  {func(txn *badger.Txn) error { return txn.Delete(key(kindDone, "d1")) }, "no done key"},
		"missing tokens":      {func(txn *badger.Txn) error { return txn.Delete(key(kindTokens, "d1")) }, "tokens"},
		"an invented edge":    {func(txn *badger.Txn) error { return txn.Set(key(kindType, "AID", "", "", "d1", nth(7)), nil) }, "account for"},
		"another value":       {func(txn *badger.Txn) error { return txn.Set(key(kindRelation, "d1-r1"), []byte("d9\x00"+nth(0))) }, "does not follow"},
		"a missing signature": {func(txn *badger.Txn) error { return txn.Delete(prefixed(txn, kindSignature)) }, "no signature"},
		"a key of no kind":    {func(txn *badger.Txn) error { return txn.Set([]byte("zebra"), nil) }, "no known kind"},
	} {
		t.Run(name, func(t *testing.T) {
			s := openTemp(t)
			put(t, s, talks(t, "d1"))
			if err := s.db.Update(test.damage); err != nil {
				t.Fatal(err)
			}
			if faults := faultsOf(t, s); len(faults) == 0 || !strings.Contains(strings.Join(faults, "\n"), test.want) {
				t.Errorf("Verify found %q, want something with %q", faults, test.want)
			}
		})
	}
}

// prefixed is the first key of a kind.
func prefixed(txn *badger.Txn, kind byte) []byte {
	it := txn.NewIterator(badger.DefaultIteratorOptions)
	defer it.Close()
	it.Seek([]byte{kind})
	return it.Item().KeyCopy(nil)
}

func TestSoundness(t *testing.T) {
	for name, damage := range map[string]func(*pipeline.Document){
		"a block beyond the text":      func(d *pipeline.Document) { d.Blocks[0].End++ },
		"blocks that overlap":          func(d *pipeline.Document) { d.Blocks = append(d.Blocks, d.Blocks[0]) },
		"a mention inside a character": func(d *pipeline.Document) { d.Mentions[0].Start = 1 },
		"an empty mention":             func(d *pipeline.Document) { d.Mentions[0].End = d.Mentions[0].Start },
		"an entity that is not there":  func(d *pipeline.Document) { d.Mentions[0].Entity = 99 },
		"a mention of another entity":  func(d *pipeline.Document) { d.Mentions[0].Entity = 1 },
		"a member that is not there":   func(d *pipeline.Document) { d.Entities[0].Members = []int{99} },
		"an argument without mention":  func(d *pipeline.Document) { d.Relations[0].Args[0].Mention = 99 },
		"a trigger beyond the text":    func(d *pipeline.Document) { d.Relations[0].Trigger.End = 9999 },
		"an entity without identifier": func(d *pipeline.Document) { d.Entities[0].ID = "" },
		"a text that is no UTF-8":      func(d *pipeline.Document) { d.Text += "\xff" },
	} {
		d := talks(t, "d1")
		if fault := soundness(d); fault != "" {
			t.Fatalf("a sound article: %s", fault)
		}
		damage(d)
		if soundness(d) == "" {
			t.Errorf("%s was not seen", name)
		}
	}
}

func TestBackupAndRestore(t *testing.T) {
	s := openTemp(t)
	put(t, s, talks(t, "d1"), talks(t, "d2"))
	dir := t.TempDir()
	file := filepath.Join(dir, "a.backup")
	if err := s.Backup(file); err != nil {
		t.Fatal(err)
	}
	restored := filepath.Join(dir, "restored")
	checked, err := Restore(file, restored)
	if err != nil || checked.Articles != 2 {
		t.Fatalf("Restore = %+v, %v", checked, err)
	}
	r, err := OpenReadOnly(restored)
	if err != nil {
		t.Fatal(err)
	}
	if dump(t, s) != dump(t, r) {
		t.Error("what was restored differs from what was backed up")
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := Restore(file, restored); err == nil {
		t.Error("Restore overwrote a store")
	}

	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte{}, whole...)
	flipped[len(flipped)/2] ^= 1
	for name, bytes := range map[string][]byte{"cut": whole[:len(whole)-40], "flipped": flipped, "empty": nil, "other": []byte(strings.Repeat("x", 100))} {
		bad := filepath.Join(dir, name)
		if err := os.WriteFile(bad, bytes, 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(bad, filepath.Join(dir, "from-"+name)); !errors.Is(err, ErrNotBackup) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(dir, "from-"+name)); err == nil {
			t.Errorf("%s: left a store behind", name)
		}
	}
}
