package pipeline

import "fmt"

// A Layer names what a stage adds to a Document.
type Layer string

const (
	LayerText      Layer = "text"      // Text and the fields that reading sets
	LayerBlocks    Layer = "blocks"    // Blocks, Language, and Title and Published where reading left them empty
	LayerSignature Layer = "signature" // Signature
	LayerCopies    Layer = "copies"    // DuplicateOf and Similarity
	LayerTokens    Layer = "tokens"    // Sentences, and Tokens with their spans
	LayerTags      Layer = "tags"      // Tag, POS and Lemma of every token
	LayerHeads     Layer = "heads"     // Head and Rel of every token
	LayerNames     Layer = "names"     // Mentions of names, dates, times and money
	LayerNominals  Layer = "nominals"  // Mentions of titles, pronouns and common noun phrases, appended
	LayerEntities  Layer = "entities"  // Entities, and Entity and When of every mention
	LayerRelations Layer = "relations" // Relations
)

// A Stage adds one layer to a Document. It reads only the layers that it needs
// and changes none of them. Run depends on nothing but its document, so that
// the same stages run unchanged inside another engine; it is safe for concurrent
// use on different documents, unless the stage is Ordered.
type Stage struct {
	Name    string
	Version string // changes whenever code, lists or weights would give another result
	Needs   []Layer
	Adds    Layer
	Ordered bool // Run must see one document at a time, in input order
	Run     func(*Document) error
}

// Check reports the first stage of the list whose needs no earlier stage adds,
// or that adds what is already there.
func Check(stages []Stage) error {
	have := map[Layer]bool{LayerText: true}
	for _, s := range stages {
		for _, n := range s.Needs {
			if !have[n] {
				return fmt.Errorf("stage %s needs the layer %s, which no stage before it adds", s.Name, n)
			}
		}
		if have[s.Adds] {
			return fmt.Errorf("stage %s adds the layer %s, which is there already", s.Name, s.Adds)
		}
		have[s.Adds] = true
	}
	return nil
}
