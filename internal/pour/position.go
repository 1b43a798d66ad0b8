package pour

import (
	"path/filepath"
	"strconv"
	"strings"
)

// Position says where an item stands, so that a walk that was stopped can go on after
// it: a file, a line of it, or a record of it.
type Position struct {
	Path           string // as the walk came to it
	Line           int    // from 1; 0 where the item is no line
	Place          bool   // the item is a record of an archive
	Offset, Within int64  // of the record: see package warc
}

// String is the key of a position: path, path#line, path@offset or path@offset+within.
func (p Position) String() string {
	switch {
	case p.Line > 0:
		return p.Path + "#" + strconv.Itoa(p.Line)
	case p.Place && p.Within > 0:
		return p.Path + "@" + strconv.FormatInt(p.Offset, 10) + "+" + strconv.FormatInt(p.Within, 10)
	case p.Place:
		return p.Path + "@" + strconv.FormatInt(p.Offset, 10)
	case Parse(p.Path).Path != p.Path:
		return p.Path + "#0" // the name itself ends as a position does
	}
	return p.Path
}

// Parse reads the key of a position; every string is one.
func Parse(key string) Position {
	if path, n, ok := number(key, "#"); ok {
		return Position{Path: path, Line: int(n)}
	}
	head, within, ok := number(key, "+")
	if !ok {
		head, within = key, 0
	}
	if path, offset, ok := number(head, "@"); ok {
		return Position{Path: path, Place: true, Offset: offset, Within: within}
	}
	return Position{Path: key}
}

// number cuts a number off the end of s, with the mark before it.
func number(s, mark string) (rest string, n int64, ok bool) {
	at := strings.LastIndex(s, mark)
	if at < 0 {
		return s, 0, false
	}
	digits := s[at+1:]
	n, err := strconv.ParseInt(digits, 10, 48)
	if err != nil || strconv.FormatInt(n, 10) != digits {
		return s, 0, false
	}
	return s[:at], n, true
}

// Shown is the position for people: a line is given as in messages of compilers.
func (p Position) Shown() string {
	path := p.Path
	if path == Stdin {
		path = "standard input"
	}
	switch {
	case p.Line > 0:
		return path + ":" + strconv.Itoa(p.Line)
	case p.Place:
		return path + strings.TrimPrefix(p.String(), p.Path)
	}
	return path
}

// order compares two paths below one root as a walk comes to them: folder by folder, by
// the bytes of the names.
func order(a, b string) int {
	a, b = filepath.ToSlash(a), filepath.ToSlash(b)
	return strings.Compare(strings.ReplaceAll(a, "/", "\x00"), strings.ReplaceAll(b, "/", "\x00"))
}

// holds reports whether a path is root or stands below it.
func holds(root, path string) bool {
	if root == "." {
		return path != Stdin && !filepath.IsAbs(path) && path != ".." && !strings.HasPrefix(filepath.ToSlash(path), "../")
	}
	rest, ok := strings.CutPrefix(filepath.ToSlash(path), strings.TrimSuffix(filepath.ToSlash(root), "/"))
	return ok && (rest == "" || rest[0] == '/')
}
