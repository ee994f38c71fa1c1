package store

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// A backup is one file: this line, Badger's own backup stream packed with zstd,
// and the SHA-256 of all before it.
const backupHeader = "parley backup 1\n"

// ErrNotBackup says that a file is no backup, or not all of one.
var ErrNotBackup = errors.New("not a whole backup of parley")

// Backup writes everything in the store to the file at path, which appears
// there only when it is complete.
func (s *Store) Backup(path string) error {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part*")
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer os.Remove(part.Name()) // in vain once it is renamed
	if err := s.backup(part); err != nil {
		part.Close()
		return fmt.Errorf("backup: %w", err)
	}
	if err := part.Close(); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

func (s *Store) backup(f *os.File) error {
	sum := sha256.New()
	b := bufio.NewWriterSize(io.MultiWriter(f, sum), 1<<20)
	b.WriteString(backupHeader)
	z, err := zstd.NewWriter(b)
	if err != nil {
		return err
	}
	if _, err := s.db.Backup(z, 0); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	if _, err := f.Write(sum.Sum(nil)); err != nil {
		return err
	}
	return f.Sync()
}

// Restore makes the store dir, which must not exist yet, from the backup at
// path. It checks the backup before and the store after, and dir appears only
// when all is well.
func Restore(path, dir string) (Checked, error) {
	if _, err := os.Stat(dir); err == nil {
		return Checked{}, fmt.Errorf("restore: %s exists; move it away, or restore into another folder", dir)
	}
	f, err := os.Open(path)
	if err != nil {
		return Checked{}, fmt.Errorf("restore: %w", err)
	}
	defer f.Close()
	packed, err := checkBackup(f)
	if err != nil {
		return Checked{}, fmt.Errorf("restore %s: %w", path, err)
	}
	part, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+".part*")
	if err != nil {
		return Checked{}, fmt.Errorf("restore: %w", err)
	}
	defer os.RemoveAll(part) // in vain once it is renamed
	checked, err := restore(packed, part)
	if err == nil {
		err = os.Rename(part, dir)
	}
	if err != nil {
		return checked, fmt.Errorf("restore %s: %w", path, err)
	}
	return checked, nil
}

// checkBackup holds the file against its checksum, and returns the packed
// stream in it.
func checkBackup(f *os.File) (io.Reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	size := info.Size() - sha256.Size
	if size < int64(len(backupHeader)) {
		return nil, ErrNotBackup
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, size)); err != nil {
		return nil, err
	}
	want := make([]byte, sha256.Size)
	if _, err := f.ReadAt(want, size); err != nil {
		return nil, err
	}
	header := make([]byte, len(backupHeader))
	if _, err := f.ReadAt(header, 0); err != nil {
		return nil, err
	}
	if string(header) != backupHeader || !bytes.Equal(sum.Sum(nil), want) {
		return nil, ErrNotBackup
	}
	return io.NewSectionReader(f, int64(len(backupHeader)), size-int64(len(backupHeader))), nil
}

func restore(packed io.Reader, dir string) (c Checked, err error) {
	z, err := zstd.NewReader(packed)
	if err != nil {
		return c, err
	}
	defer z.Close()
	s, err := Open(dir)
	if err != nil {
		return c, err
	}
	defer func() {
		if closeErr := s.Close(); err == nil {
			err = closeErr
		}
	}()
	const pending = 256 // writes in flight
	if err := s.db.Load(z, pending); err != nil {
		return c, err
	}
	var faults []error
	if c, err = s.Verify(func(fault string) { faults = append(faults, errors.New(fault)) }); err != nil {
		return c, err
	}
	return c, errors.Join(faults...)
}
