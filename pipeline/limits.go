package pipeline

// Limits on what a dump may hold. What is over a limit is skipped, and its Skip
// says which limit it was.
const (
	MaxDocument = 2 << 20   // bytes of text in one article
	MaxLine     = 256 << 10 // bytes in one line of an article
	MaxRecord   = 16 << 20  // bytes of one JSON record
)
