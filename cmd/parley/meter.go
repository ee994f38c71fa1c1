package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"parley/pipeline"
)

// A logger writes messages to standard error, around the progress line where
// there is one.
type logger struct {
	mu     sync.Mutex
	out    io.Writer
	slog   *slog.Logger // for --log json, or nil
	status string       // the progress line that is on the screen
}

func newLogger(out io.Writer, form string) *logger {
	l := &logger{out: out}
	if form == "json" {
		l.slog = slog.New(slog.NewJSONHandler(out, nil))
	}
	return l
}

// info writes one line: a message and what belongs to it, as keys and values.
func (l *logger) info(message string, about ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.slog != nil {
		l.slog.Info(message, about...)
		return
	}
	l.clear()
	fmt.Fprintf(l.out, "parley: %s", message)
	for i := 1; i < len(about); i += 2 {
		fmt.Fprintf(l.out, ": %v", about[i])
	}
	fmt.Fprintln(l.out)
	fmt.Fprint(l.out, l.status)
}

// show puts a progress line in place of the one before.
func (l *logger) show(status string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clear()
	l.status = status
	fmt.Fprint(l.out, status)
}

func (l *logger) clear() {
	if l.status != "" {
		fmt.Fprint(l.out, "\r\x1b[K")
	}
}

// startMeter says how far the run is: a line that moves where errs is a
// terminal, and otherwise a log line every half minute. The function that it
// returns stops it and cleans the line away.
func startMeter(errs io.Writer, l *logger, p *pipeline.Progress, started time.Time) (stop func()) {
	file, isFile := errs.(*os.File)
	moving := isFile && l.slog == nil && term.IsTerminal(int(file.Fd()))
	every := 30 * time.Second
	if moving {
		every = 200 * time.Millisecond
	}
	tick := time.NewTicker(every)
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-tick.C:
				m := measure(p, time.Since(started))
				switch {
				case moving:
					l.show(m.String())
				case l.slog != nil:
					l.info("progress", "share", m.share, "articles", m.articles, "words_per_second", m.rate, "seconds_left", int(m.left.Seconds()))
				default:
					l.info(m.String())
				}
			case <-end:
				return
			}
		}
	}()
	return func() {
		tick.Stop()
		close(end)
		<-ended
		l.show("")
	}
}

// A reading is what the meter shows.
type reading struct {
	share    float64 // of the bytes of the dump, 0 where its size is unknown
	articles int
	rate     int           // words a second
	left     time.Duration // 0 where unknown
}

func measure(p *pipeline.Progress, spent time.Duration) reading {
	m := reading{articles: int(p.Documents.Load()), rate: int(float64(p.Words.Load()) / spent.Seconds())}
	if all := p.Total.Load(); all > 0 {
		m.share = min(float64(p.Read.Load())/float64(all), 1)
	}
	if m.share > 0 {
		m.left = time.Duration(float64(spent) * (1 - m.share) / m.share).Round(time.Second)
	}
	return m
}

func (m reading) String() string {
	share, left := "", ""
	if m.share > 0 {
		share, left = fmt.Sprintf("%.0f %%, ", 100*m.share), fmt.Sprintf(", %v left", m.left)
	}
	return fmt.Sprintf("%s%s, %s words a second%s", share, count(m.articles, "article"), thousands(m.rate), left)
}
