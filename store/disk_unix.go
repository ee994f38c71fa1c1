//go:build unix

package store

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// free returns ErrFull where the disk that holds dir has less room than writing
// needs. Badger maps its files into memory, so running out of disk would
// otherwise kill the process instead of failing a write.
func free(dir string) error {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return nil // a file system that cannot say
	}
	if room := uint64(fs.Bavail) * uint64(fs.Bsize); room < reserve {
		return fmt.Errorf("%s: %w: %d MB are left and writing needs %d MB; what is stored is whole", dir, ErrFull, room>>20, reserve>>20)
	}
	return nil
}
