// Command parley reads dumps of news articles and turns them into records of
// entities and relations: who did what to whom about what, where, when, and
// who says so.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli names the subcommands; each is a type of its own in a file of its own,
// with its flags as fields and a method Run(*console) error.
type cli struct {
	Run     runCmd     `cmd:"" help:"Read articles, extract who did what to whom, and store it. Resumable."`
	Export  exportCmd  `cmd:"" help:"Write what a store holds in a form that other programs read."`
	Find    findCmd    `cmd:"" help:"Ask a store who did what to whom, about what, and when."`
	Check   checkCmd   `cmd:"" help:"Run the yes and no sentences of frame files."`
	Explain explainCmd `cmd:"" help:"Show how parley came to what it says: an article layer by layer, a relation, an entity."`
	Eval    evalCmd    `cmd:"" help:"Run on labelled articles and score what is found against the labels."`
	Runs    runsCmd    `cmd:"" help:"List the runs that filled a store."`
	Diff    diffCmd    `cmd:"" help:"Compare what two stores over the same dump say."`
	Verify  verifyCmd  `cmd:"" help:"Walk a store and prove that it is whole."`
	Backup  backupCmd  `cmd:"" help:"Write a store into one file."`
	Restore restoreCmd `cmd:"" help:"Make a store from a backup."`
	Help    helpCmd    `cmd:"" help:"Say what a command does and which flags it has."`
}

// Exit codes of parley, a contract with the scripts that call it.
const (
	exitDone   = 0 // the work ran and nothing failed
	exitFailed = 1 // the work ran and something failed or fell short
	exitUsage  = 2 // wrong usage: nothing ran
)

// A usageError is the caller's mistake: a flag or argument that cannot be.
type usageError struct{ error }

// usagef makes a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// A console is the world as a subcommand sees it: results go to Out, progress
// and logs to Err, and Context ends when the user interrupts.
type console struct {
	Context context.Context
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	Parser  *kong.Kong
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends parley at once
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run parses args, runs the subcommand that they name, and returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	var commands cli
	exited := -1
	parser, err := kong.New(&commands,
		kong.Name("parley"),
		kong.Description("Articles in; who did what to whom about what, where, when, and who says so, out."),
		kong.Writers(out, errs),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.UsageOnError(),
	)
	if err != nil {
		panic(err) // the struct above is wrong; every test sees it
	}
	if len(args) == 0 {
		args = []string{"help"}
	}
	command, err := parser.Parse(args)
	if exited >= 0 { // --help was asked for and printed
		return exited
	}
	if err == nil {
		err = command.Run(&console{Context: ctx, In: in, Out: out, Err: errs, Parser: parser})
	} else {
		err = usageError{err}
	}
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		fmt.Fprintf(errs, "parley: %v\nparley help says what each command takes\n", err)
		return exitUsage
	}
	fmt.Fprintf(errs, "parley: %v\n", err)
	return exitFailed
}
