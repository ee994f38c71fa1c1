package store

import (
	"strings"
)

// The key schema. The first byte says what a key holds; 0 separates parts.
// DOC, ENTITY and RELATION are the hex identifiers of the record; FIRST and LAST
// are the days (2015-01-29) that an event may lie on, empty where unknown; NTH is
// the place of a relation in its article, as two bytes.
//
//	a DOC                                    the article: JSON of pipeline.Document without its tokens
//	t DOC                                    its tokens, in columns
//	d DOC                                    done: the Done that its stages left
//	c DOC 0 COPY                             COPY is a copy of DOC
//	e ENTITY 0 DOC                           the entity as that article shows it: JSON of a Sighting
//	n NAME 0 ENTITY 0 DOC                    the entity is called NAME there, folded
//	r RELATION                               DOC 0 NTH of the relation
//	p PARTY 0 ROLE 0 FIRST 0 LAST 0 DOC 0 NTH   PARTY, an ENTITY or a country's code, plays ROLE in the relation
//	y TYPE 0 FIRST 0 LAST 0 DOC 0 NTH        the relation is of TYPE
//	w FIRST 0 LAST 0 DOC 0 NTH               the relation lies on these days
//	s ORDER 0 DOC                            the signature of the article's words, for finding copies of it;
//	                                         ORDER counts in hex the articles that are no copies, as they came
//	u START 0 NAME                           a run: JSON of Run
//
// Everything about one article is written in one transaction, so it is there
// whole or not at all. All keys but d, s and u follow from the stored article,
// so that replacing it can first take away what it no longer says.
const (
	kindArticle   = 'a'
	kindTokens    = 't'
	kindDone      = 'd'
	kindCopy      = 'c'
	kindEntity    = 'e'
	kindName      = 'n'
	kindRelation  = 'r'
	kindParty     = 'p'
	kindType      = 'y'
	kindWhen      = 'w'
	kindSignature = 's'
	kindRun       = 'u'
)

// key joins the parts of a key.
func key(kind byte, parts ...string) []byte {
	return append([]byte{kind}, strings.Join(parts, "\x00")...)
}

// prefix is what all keys have in common that begin with the given whole parts.
func prefix(kind byte, parts ...string) []byte {
	k := key(kind, parts...)
	if len(parts) > 0 {
		k = append(k, 0)
	}
	return k
}

// split takes a key apart.
func split(k []byte) (kind byte, parts []string) {
	return k[0], strings.Split(string(k[1:]), "\x00")
}

// nth writes the place of a relation in its article so that it sorts as a
// number and holds no zero byte.
func nth(i int) string { return string([]byte{byte(i/255%255 + 1), byte(i%255 + 1)}) }

// place is the inverse of nth.
func place(s string) int { return int(s[0]-1)*255 + int(s[1]-1) }
