package main

import (
	"fmt"

	"github.com/alecthomas/kong"
)

// helpCmd prints what kong knows of one command, or of all.
type helpCmd struct {
	Command []string `arg:"" optional:"" help:"The command to explain."`
}

// Run prints the help of the command that is named, or the list of commands.
func (h *helpCmd) Run(c *console) error {
	about, err := kong.Trace(c.Parser, h.Command)
	if err == nil && about.Error != nil && len(h.Command) > 0 && about.Selected() == nil {
		err = about.Error
	}
	if err != nil {
		return usagef("help: %w", err)
	}
	if err := about.PrintUsage(false); err != nil {
		return fmt.Errorf("help: %w", err)
	}
	return nil
}
