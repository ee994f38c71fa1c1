package pipeline

// Limits on what a dump may hold. What is over a limit is skipped, and its Skip
// says which limit it was. The README shows this table.
const (
	MaxDocument  = 2 << 20   // bytes of text in one article
	MaxLine      = 256 << 10 // bytes in one line of an article
	MaxRecord    = 16 << 20  // bytes of one JSON or WARC record
	MaxPage      = 4 << 20   // bytes of one HTML page
	MaxElements  = 50_000    // elements of one HTML page
	MaxInMemory  = 256 << 20 // bytes of a zip archive that cannot be read in place: inside another archive, or from standard input
	MaxNesting   = 4         // archives and compressions around one another
	MaxInflation = 250       // times its size that a compressed file may grow to, once it is over 64 MiB
)
