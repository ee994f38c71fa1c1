// Package seeds holds two dozen sample articles, written for parley in its own
// words about real and plausible events of the years 2006 to 2024. They are the
// default input of the main job and, labelled by hand in eval/labels, what the
// quality sheet is measured on. They have the faults of real dumps: a body that
// comes twice, site furniture, a broken line, captions, datelines, one article
// syndicated under another headline, and sport, business, weather and culture,
// in which words of conflict tell of none.
package seeds

import "embed"

// FS holds the articles as a dump: plain-text files and one of JSON lines.
//
//go:embed *.txt *.jsonl
var FS embed.FS
