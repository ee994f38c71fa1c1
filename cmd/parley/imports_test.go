package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rooms says which packages of parley each may import, itself and what lies
// below it apart. Arrows point one way: cmd → eval, store, extract → pipeline.
var rooms = map[string][]string{
	"parley/pipeline":         {},
	"parley/extract":          {"parley/pipeline"},
	"parley/store":            {"parley/pipeline"},
	"parley/seeds":            {},
	"parley/eval":             {"parley/pipeline"},
	"parley/cmd/parley":       {"parley/pipeline", "parley/extract", "parley/store", "parley/eval", "parley/seeds"},
	"parley/cmd/parley-bench": {"parley/pipeline", "parley/extract", "parley/eval"},
	"parley/cmd/parley-train": {"parley/pipeline", "parley/extract", "parley/eval", "parley/store"},
}

// outside says which rooms alone may know a library that a room wraps.
var outside = map[string][]string{
	"github.com/dgraph-io/badger":      {"parley/store"},
	"github.com/alecthomas/kong":       {"parley/cmd/parley", "parley/cmd/parley-train"},
	"github.com/jdkato/prose":          {"parley/extract"},
	"github.com/parquet-go/parquet-go": {"parley/store"},
	"github.com/goccy/go-yaml":         {"parley/extract"},
	"github.com/markusmobius":          {"parley/pipeline"},
	"codeberg.org/readeck":             {"parley/pipeline"},
	"github.com/abadojack/whatlanggo":  {"parley/pipeline"},
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "parley/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		room := roomOf(p.ImportPath)
		allowed, ok := rooms[room]
		if !ok {
			t.Errorf("%s lies in no room of the table", p.ImportPath)
		}
		for _, i := range p.Imports {
			if in := roomOf(i); in != "" && in != room && !slices.Contains(allowed, in) {
				t.Errorf("%s must not import %s", p.ImportPath, i)
			}
			for library, rooms := range outside {
				if below(i, library) && !slices.Contains(rooms, room) {
					t.Errorf("%s must not import %s: only %s may", p.ImportPath, i, strings.Join(rooms, ", "))
				}
			}
		}
	}
}

// roomOf is the room that holds a package, or empty.
func roomOf(path string) string {
	best := ""
	for room := range rooms {
		if below(path, room) && len(room) > len(best) {
			best = room
		}
	}
	return best
}

func below(path, room string) bool { return path == room || strings.HasPrefix(path, room+"/") }
