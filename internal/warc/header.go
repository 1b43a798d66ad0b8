package warc

import (
	"bytes"
	"strings"
	"time"
)

// Field is one named value of a header.
type Field struct{ Name, Value string }

// Header holds the fields of a record or an HTTP message in the order in which they
// stood. Names are compared without regard to case.
type Header []Field

// Get is the first value of that name, or "".
func (h Header) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Has reports whether there is a field of that name.
func (h Header) Has(name string) bool {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return true
		}
	}
	return false
}

// add gives h with the field of one line, or with a line that continues the last field.
// It reports whether the line is one of a header.
func (h Header) add(line []byte) (Header, bool) {
	if line[0] == ' ' || line[0] == '\t' {
		if len(h) == 0 {
			return h, false
		}
		h[len(h)-1].Value += " " + string(bytes.TrimSpace(line))
		return h, true
	}
	name, value, found := bytes.Cut(line, []byte(":"))
	if !found || len(name) == 0 {
		return h, false
	}
	return append(h, Field{string(bytes.TrimSpace(name)), string(bytes.TrimSpace(value))}), true
}

// parseDate reads the dates that archives hold: W3C dates of every precision (ISO 28500,
// 5.4), and the fourteen digits of older tools. What is none gives the zero time.
func parseDate(s string) time.Time {
	for _, layout := range []string{
		time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15Z07:00",
		time.DateOnly, "2006-01", "2006", "20060102150405",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// formatDate writes the date as version 1.1 wants it.
func formatDate(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999999999Z") }
