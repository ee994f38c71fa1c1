// Parley-bench measures, over data sets beside the checkout,
//
//	parley-bench [language]        the language stages beside those of prose, layer by layer: accuracy
//	                               on the development parts of the treebanks and on labelled news, and
//	                               speed on one core over unlabelled news
//	parley-bench run PROGRAM       runs of the program parley from every format: speed with one and two
//	                               workers, and memory
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
)

func main() {
	shared := flag.String("shared", "../shared", "folder of the data and labels")
	flag.Parse()
	if err := measure(*shared, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "parley-bench:", err)
		os.Exit(1)
	}
}

func measure(shared string, args []string) error {
	switch {
	case len(args) == 0 || len(args) == 1 && args[0] == "language":
		runtime.GOMAXPROCS(1)
		return run(shared)
	case len(args) == 2 && args[0] == "run":
		return benchRuns(shared, args[1])
	case len(args) == 3 && args[0] == "front": // a child of run
		workers, err := strconv.Atoi(args[2])
		if err != nil {
			return err
		}
		return front(args[1], workers)
	}
	return fmt.Errorf("want language, or run PROGRAM, not %q", args)
}

// A row is one measure for the two engines; an empty cell is one that the engine
// does not offer.
type row struct{ what, prose, parley string }

// run measures layer after layer and prints each as soon as it is known.
func run(shared string) error {
	e, err := loadEngines()
	if err != nil {
		return err
	}
	fmt.Printf("%-46s %10s %10s\n", "measure", "prose", "parley")
	write := func(rows ...row) {
		for _, r := range rows {
			fmt.Printf("%-46s %10s %10s\n", r.what, r.prose, r.parley)
		}
	}
	write(memoryRow())
	for _, layer := range []func(*engines, string) ([]row, error){
		tokenRows, tagRows, headRows, nameRows, speedRows,
	} {
		rows, err := layer(e, shared)
		if err != nil {
			return err
		}
		write(rows...)
	}
	return nil
}

// memoryRow is the memory that all models and lists take, before any text.
func memoryRow() row {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return row{"live heap with both engines loaded, MB", "", fmt.Sprintf("%.0f", float64(m.HeapAlloc)/1e6)}
}

// share writes a share with four digits.
func share(n, of int) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%.4f", float64(n)/float64(of))
}
