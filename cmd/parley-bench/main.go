// Parley-bench measures the language stages beside those of prose, layer by
// layer: accuracy on the development parts of the treebanks and on labelled
// news, and speed on one core over unlabelled news.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"text/tabwriter"
)

func main() {
	shared := flag.String("shared", "../shared", "folder of the data and labels")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	if err := run(*shared); err != nil {
		fmt.Fprintln(os.Stderr, "parley-bench:", err)
		os.Exit(1)
	}
}

// A row is one measure for the two engines; an empty cell is one that the engine
// does not offer.
type row struct{ what, prose, parley string }

// run measures layer after layer and prints one table.
func run(shared string) error {
	e, err := loadEngines()
	if err != nil {
		return err
	}
	rows := []row{memoryRow()}
	for _, layer := range []func(*engines, string) ([]row, error){
		tokenRows, tagRows, headRows, nameRows, speedRows,
	} {
		more, err := layer(e, shared)
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "measure\tprose\tparley")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.what, r.prose, r.parley)
	}
	return w.Flush()
}

// memoryRow is the memory that all models and lists take, before any text.
func memoryRow() row {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return row{"live heap after loading both engines, MB", "", fmt.Sprintf("%.0f", float64(m.HeapAlloc)/1e6)}
}

// share writes a share with four digits.
func share(n, of int) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%.4f", float64(n)/float64(of))
}
