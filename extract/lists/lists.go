// Package lists knows the names of the world: states and what their people and
// capitals are called, cities, persons' names, organisations, leaders with the
// years of their offices, and words for kinds of actors.
//
// Every list is an embedded table, read once, when it is first asked. Names are
// compared as [Fold] leaves them, so letter case, diacritics and a leading
// article do not matter; only a name that is written all in capitals ("US") is
// found just as written. Tables in source/ are written by hand and say so;
// the others are built by `parley-train lists` from the data sets that
// NOTICE.md names.
package lists
