package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// torture is how many times the long form of the tests below kills a run; the
// short form, which go test runs, kills twice over a small dump.
func torture() int {
	n, _ := strconv.Atoi(os.Getenv("PARLEY_TORTURE"))
	return n
}

// writeDump makes a dump of JSON lines with n articles, some of them copies of
// others. The long form takes real text where it lies beside the checkout.
func writeDump(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dump.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	next := inventedArticles()
	if torture() > 0 {
		if real := realArticles(t); real != nil {
			next = real
		}
	}
	enc := json.NewEncoder(w)
	texts := make([]string, n)
	for i := range n {
		if texts[i] = next(); i%7 == 6 {
			texts[i] = texts[i/2]
		}
		if err := enc.Encode(map[string]string{"text": texts[i], "published": "2015-01-29"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// inventedArticles gives short articles, no two alike.
func inventedArticles() func() string {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	country := func() string {
		return pick("Norway", "Chad", "Peru", "Togo", "Kenya", "Fiji", "Malta", "Nepal", "Chile", "Ghana", "Oman", "Laos")
	}
	i := 0
	return func() string {
		i++
		var b strings.Builder
		for range 6 {
			fmt.Fprintf(&b, "%s %s %s about %s on %s, officials in %s said. ", country(),
				pick("held talks with", "signed an agreement with", "accused", "sent aid to", "imposed sanctions on", "asked"), country(),
				pick("fishing rights", "the border", "a pipeline", "arms control", "refugees", "the harbour"),
				pick("Monday", "Tuesday", "Wednesday", "Thursday"), country())
		}
		fmt.Fprintf(&b, "It was statement number %d of the year.", i)
		return b.String()
	}
}

// realArticles cuts the unlabelled news beside the checkout into articles of six
// lines, or returns nil where it is not there.
func realArticles(t *testing.T) func() string {
	f, err := os.Open("../../../shared/data/text/voa.txt.gz")
	if err != nil {
		return nil
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	return func() string {
		var b strings.Builder
		for i := 0; i < 6 && lines.Scan(); i++ {
			b.WriteString(lines.Text() + "\n")
		}
		if lines.Err() != nil || b.Len() == 0 {
			t.Fatalf("the text is at its end: %v", lines.Err())
		}
		return b.String()
	}
}

// parley runs the command, which TestMain has put on the path, and returns its
// standard output and exit code.
func parley(t *testing.T, args ...string) (out string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c := exec.Command("parley", args...)
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if c.ProcessState.ExitCode() != 0 {
		t.Logf("parley %s: %s", strings.Join(args, " "), stderr.String())
	}
	return stdout.String(), c.ProcessState.ExitCode()
}

// mustEqual wants the store to be sound and its export to be want.
func mustEqual(t *testing.T, db, want string) {
	t.Helper()
	if out, code := parley(t, "verify", "--db", db); code != 0 {
		t.Fatalf("the store is not sound: %s", out)
	}
	got, code := parley(t, "export", "--db", db)
	if code != 0 {
		t.Fatal("export failed")
	}
	if got != want {
		t.Fatalf("the export differs from that of an undisturbed run: %d bytes, want %d", len(got), len(want))
	}
}

// TestTorture disturbs runs in every way that a machine has, and wants the store
// of an undisturbed run in the end.
func TestTorture(t *testing.T) {
	articles, kills := 300, 2
	if n := torture(); n > 0 {
		articles, kills = 5000, n
	}
	dump := writeDump(t, articles)
	calm := filepath.Join(t.TempDir(), "calm.db")
	start := time.Now()
	if out, code := parley(t, "run", "--db", calm, dump); code != 0 {
		t.Fatal(out)
	}
	took := time.Since(start)
	want, _ := parley(t, "export", "--db", calm)

	disturb := func(t *testing.T, db string, signal syscall.Signal, after time.Duration) error {
		c := exec.Command("parley", "run", "--db", db, dump)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after)
		for wait := 0; signal == syscall.SIGINT && wait < 600; wait++ {
			if _, err := os.Stat(filepath.Join(db, "MANIFEST")); err == nil {
				break // it is past its start, where an interrupt ends any program
			}
			time.Sleep(50 * time.Millisecond)
		}
		_ = c.Process.Signal(signal) // it may have ended
		return c.Wait()
	}
	finish := func(t *testing.T, db string) {
		t.Helper()
		if out, code := parley(t, "run", "--db", db, dump); code != 0 {
			t.Fatalf("the run that was to finish ended with %d: %s", code, out)
		}
		mustEqual(t, db, want)
	}

	t.Run("killed", func(t *testing.T) {
		db := filepath.Join(t.TempDir(), "parley.db")
		r := rand.New(rand.NewPCG(uint64(start.UnixNano()), 0))
		for i := range kills {
			if i%10 == 9 { // a store that was killed until it was complete says no more
				finish(t, db)
				db = filepath.Join(t.TempDir(), "parley.db")
			}
			_ = disturb(t, db, syscall.SIGKILL, time.Duration(r.Int64N(int64(took/2)))+took/20)
			if _, err := os.Stat(filepath.Join(db, "MANIFEST")); err != nil {
				continue // killed before there was a store
			}
			if out, code := parley(t, "verify", "--db", db); code != 0 {
				t.Fatalf("after kill %d the store is not sound: %s", i+1, out)
			}
		}
		finish(t, db)
	})

	t.Run("interrupted", func(t *testing.T) {
		db := filepath.Join(t.TempDir(), "parley.db")
		err := disturb(t, db, syscall.SIGINT, took/3)
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != exitFailed) {
			t.Errorf("an interrupted run ended with %v", err)
		}
		finish(t, db)
	})

	t.Run("two at once", func(t *testing.T) {
		db := filepath.Join(t.TempDir(), "parley.db")
		first := exec.Command("parley", "run", "--db", db, dump)
		if err := first.Start(); err != nil {
			t.Fatal(err)
		}
		for range 5000 { // until it has the store open
			if _, err := os.Stat(filepath.Join(db, "LOCK")); err == nil {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if err := first.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		if out, code := parley(t, "run", "--db", db, dump); code != exitFailed {
			t.Errorf("a second writer ended with %d: %s", code, out)
		}
		if err := first.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		if err := first.Wait(); err != nil {
			t.Error(err)
		}
		finish(t, db)
	})

	t.Run("a file that vanishes", func(t *testing.T) {
		db := filepath.Join(t.TempDir(), "parley.db")
		doomed := filepath.Join(t.TempDir(), "dump.jsonl")
		whole, err := os.ReadFile(dump)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(doomed, whole, 0o666); err != nil {
			t.Fatal(err)
		}
		c := exec.Command("parley", "run", "--db", db, doomed)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(took / 3)
		if err := os.Truncate(doomed, 0); err != nil { // the worst way to vanish: while it is open
			t.Fatal(err)
		}
		_ = c.Wait() // the last record may be half a record
		if out, code := parley(t, "verify", "--db", db); code != 0 {
			t.Errorf("the store is not sound: %s", out)
		}
	})

	t.Run("disk full", func(t *testing.T) {
		if torture() == 0 || runtime.GOOS != "linux" || os.Geteuid() != 0 {
			t.Skip("mounts a small disk, in the long form and as root only")
		}
		small := t.TempDir()
		if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=134m", "tmpfs", small).CombinedOutput(); err != nil {
			t.Skipf("mount: %v: %s", err, out)
		}
		defer exec.Command("umount", small).Run()
		filler, err := os.Create(filepath.Join(small, "filler"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(filler, zeros{}, 37<<20); err != nil {
			t.Fatal(err)
		}
		filler.Close()
		db := filepath.Join(small, "parley.db")
		out, code := parley(t, "run", "--db", db, dump)
		if code != exitFailed {
			t.Fatalf("on a full disk the run ended with %d: %s", code, out)
		}
		if err := os.Remove(filler.Name()); err != nil {
			t.Fatal(err)
		}
		if err := exec.Command("mount", "-o", "remount,size=2g", small).Run(); err != nil {
			t.Fatal(err)
		}
		finish(t, db)
	})
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
