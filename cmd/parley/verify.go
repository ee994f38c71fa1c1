package main

import (
	"fmt"

	"parley/store"
)

// verifyCmd proves that a store is whole.
type verifyCmd struct {
	database
}

// Run prints every fault, and what was looked at.
func (c *verifyCmd) Run(x *console) error {
	s, err := store.OpenReadOnly(c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	checked, err := s.Verify(func(fault string) { fmt.Fprintln(x.Out, fault) })
	if err != nil {
		return err
	}
	if checked.Faults > 0 {
		return fmt.Errorf("%s: %s in %s", c.DB, count(checked.Faults, "fault"), describe(checked))
	}
	fmt.Fprintf(x.Out, "%s is sound: %s.\n", c.DB, describe(checked))
	return nil
}

// describe says what a check looked at.
func describe(c store.Checked) string {
	return fmt.Sprintf("%s, %s, %s of entities, %s, %s", count(c.Articles, "article"), count(c.Mentions, "mention"),
		count(c.Entities, "sighting"), count(c.Relations, "relation"), count(c.Keys, "key"))
}
