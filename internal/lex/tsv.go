package lex

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode/utf8"
)

// sheet is one table as read: header checked, rows of equal length.
type sheet struct {
	file   string
	rows   []row
	faults *faults
}

// row is a line's cells by column name.
type row struct {
	sheet *sheet
	line  int
	cells []string
	index map[string]int
}

// faults collects every bad row of every file.
type faults []error

func (f *faults) add(file string, line int, format string, args ...any) {
	*f = append(*f, fmt.Errorf("%s:%d: %s", file, line, fmt.Sprintf(format, args...)))
}

// readSheet reads a table that must have exactly the given columns.
func readSheet(fsys fs.FS, file string, columns []string, f *faults) *sheet {
	s := &sheet{file: file, faults: f}
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		f.add(file, 0, "%v", err)
		return s
	}
	if !utf8.Valid(b) {
		f.add(file, 0, "not UTF-8")
		return s
	}
	var index map[string]int
	line := 0
	for text := range strings.Lines(string(b)) {
		line++
		text = strings.TrimSuffix(text, "\n")
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		cells := strings.Split(text, "\t")
		if index == nil {
			if index = header(cells, columns); index == nil {
				f.add(file, line, "header %q, want %q", cells, columns)
				return s
			}
			continue
		}
		if s.checkCells(line, cells, columns) {
			s.rows = append(s.rows, row{s, line, cells, index})
		}
	}
	if len(s.rows) == 0 {
		f.add(file, line, "no rows")
	}
	return s
}

func header(cells, columns []string) map[string]int {
	if strings.Join(cells, "\t") != strings.Join(columns, "\t") {
		return nil
	}
	index := make(map[string]int, len(columns))
	for i, c := range columns {
		index[c] = i
	}
	return index
}

func (s *sheet) checkCells(line int, cells, columns []string) bool {
	if len(cells) != len(columns) {
		s.faults.add(s.file, line, "%d cells, want %d", len(cells), len(columns))
		return false
	}
	for i, c := range cells {
		if c != strings.TrimSpace(c) || strings.Contains(c, "  ") {
			s.faults.add(s.file, line, "stray space in %s %q", columns[i], c)
			return false
		}
		if columns[i] == "source" && c == "" {
			s.faults.add(s.file, line, "no source")
			return false
		}
	}
	return true
}

// text gives a cell that may be empty.
func (r row) text(column string) string { return r.cells[r.index[column]] }

// need gives a cell that must not be empty.
func (r row) need(column string) string {
	v := r.text(column)
	if v == "" {
		r.bad("no %s", column)
	}
	return v
}

// list gives the |-separated values of a cell.
func (r row) list(column string) []string {
	v := r.text(column)
	if v == "" {
		return nil
	}
	parts := strings.Split(v, "|")
	for _, p := range parts {
		if p == "" || p != strings.TrimSpace(p) {
			r.bad("bad list in %s: %q", column, v)
			return nil
		}
	}
	return parts
}

// one gives a cell that must be one of the words.
func (r row) one(column string, words ...string) string {
	v := r.text(column)
	for _, w := range words {
		if v == w {
			return v
		}
	}
	r.bad("%s %q, want one of %q", column, v, words)
	return v
}

// integer gives a whole number between lo and hi.
func (r row) integer(column string, lo, hi int) int {
	n, err := strconv.Atoi(r.text(column))
	if err != nil || n < lo || n > hi {
		r.bad("%s %q, want %d to %d", column, r.text(column), lo, hi)
	}
	return n
}

func (r row) bad(format string, args ...any) {
	r.sheet.faults.add(r.sheet.file, r.line, format, args...)
}
