package pipeline

import (
	"strings"
)

// isCaption reports whether a paragraph reads like the caption of a picture: it
// says where people stand in it, or ends in a credit.
func isCaption(p *paragraph) bool {
	if p.Words < 5 || p.Words > 120 {
		return false
	}
	if captionStarts.begin(p.Key) || captionParts.in(p.Key) {
		return true
	}
	if strings.Contains(p.Text, "Credit...") || strings.Contains(p.Text, "Credit:") || strings.Contains(p.Text, "Image:") || strings.Contains(p.Text, "Photo:") {
		return true
	}
	open := strings.LastIndexAny(p.Text, "[(")
	if open <= 0 || len(p.Text)-open > 80 || !strings.HasSuffix(p.Text, "]") && !strings.HasSuffix(p.Text, ")") {
		return false
	}
	credit := p.Text[open:]
	if credit[0] == '[' && credit == strings.ToUpper(credit) {
		return true
	}
	credit = strings.ToLower(credit)
	for _, s := range []string{"photo", "image", "getty", "courtesy", "handout", "file)", "via "} {
		if strings.Contains(credit, s) {
			return true
		}
	}
	return false
}

var (
	captionParts  = byLongestWord("file photo", "from left", "from right", "left to right", "l to r", "photo by", "photo courtesy", "pictured", "screengrab", "getty images", "afp via", "handout photo", "handout via")
	captionStarts = byFirstWord("from left", "from right", "file photo", "file image", "a file photo", "in this photo", "in this image", "in this picture", "in this file", "this photo", "this image", "this picture", "this handout", "pictured", "photo shows", "the photo shows", "image caption", "photo caption", "caption")
)
