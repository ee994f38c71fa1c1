// Parley-train trains every model and builds every list that parley embeds,
// from named data sets.
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// trainers are the models by name: each reads data sets below a folder and
// writes one file, the same bytes from the same data.
var trainers = map[string]func(data, out string) error{
	"classes":   trainClasses,
	"events":    trainEvents,
	"instances": writeInstances,
	"lists":     buildLists,
	"names":     trainNames,
	"names-cv":  crossValidateNames,
	"parse":     trainParse,
	"starters":  buildStarters,
	"tag":       trainTag,
}

func main() {
	data := flag.String("data", "../shared/data", "folder of the data sets")
	out := flag.String("out", "", "file to write")
	flag.Usage = func() {
		models := slices.Sorted(maps.Keys(trainers))
		fmt.Fprintf(os.Stderr, "usage: parley-train MODEL [--data DIR] --out FILE\nmodels: %s\n", strings.Join(models, " "))
		flag.PrintDefaults()
	}
	// Flags may stand before the model, behind it, or both.
	flag.Parse()
	train, ok := trainers[flag.Arg(0)]
	if ok {
		_ = flag.CommandLine.Parse(flag.Args()[1:]) // exits where it fails
	}
	if !ok || *out == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := train(*data, *out); err != nil {
		fmt.Fprintln(os.Stderr, "parley-train:", err)
		os.Exit(1)
	}
}
