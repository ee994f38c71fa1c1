package main

import (
	"fmt"

	"parley/store"
)

// backupCmd writes a store into one file.
type backupCmd struct {
	database
	File string `arg:"" help:"The file to write. It appears only when it is complete."`
}

// Run writes the backup.
func (c *backupCmd) Run(x *console) error {
	s, err := store.OpenReadOnly(c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Backup(c.File); err != nil {
		return err
	}
	fmt.Fprintf(x.Out, "%s is in %s.\n", c.DB, c.File)
	return nil
}

// restoreCmd makes a store from a backup.
type restoreCmd struct {
	database
	File string `arg:"" help:"A file that parley backup wrote."`
}

// Run checks the backup, restores it, and checks the store that it makes.
func (c *restoreCmd) Run(x *console) error {
	checked, err := store.Restore(c.File, c.DB)
	if err != nil {
		return err
	}
	fmt.Fprintf(x.Out, "%s is restored from %s: %s.\n", c.DB, c.File, describe(checked))
	return nil
}
