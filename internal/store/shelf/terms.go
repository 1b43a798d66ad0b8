package shelf

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
)

// Period gives the first and last day of a year, month or day: «2018», «2018-04», «2018-04-07».
// The error is isnad.ErrQuery.
func Period(s string) (first, last time.Time, err error) {
	switch {
	case len(s) == 4:
		first, err = time.Parse("2006", s)
		last = first.AddDate(1, 0, -1)
	case len(s) == 7:
		first, err = time.Parse("2006-01", s)
		last = first.AddDate(0, 1, -1)
	default:
		first, err = time.Parse(time.DateOnly, s)
		last = first
	}
	if err != nil || first.Year() < 1 {
		err = fmt.Errorf("%w: %q is no year, month or day, as 2018, 2018-04 or 2018-04-07", isnad.ErrQuery, s)
	}
	return first, last, err
}

// NoDue stands for no due date and sorts behind every date.
const NoDue = "~"

// Stretch is a stretch of days in ISO dates, both included.
type Stretch struct{ Lo, Hi string }

// Holds reports whether a day lies in the stretch.
func (s Stretch) Holds(day string) bool { return s.Lo <= day && day <= s.Hi }

// DueStretch reads the word of a condition on due dates.
func DueStretch(w string) (Stretch, error) {
	if w == "none" {
		return Stretch{NoDue, NoDue}, nil
	}
	day := strings.TrimLeft(w, "<>")
	first, last, err := Period(day)
	if err != nil {
		return Stretch{}, err
	}
	switch w[:len(w)-len(day)] {
	case "":
		return Stretch{first.Format(time.DateOnly), last.Format(time.DateOnly)}, nil
	case "<":
		return Stretch{"0000-00-00", first.AddDate(0, 0, -1).Format(time.DateOnly)}, nil
	case ">":
		return Stretch{last.AddDate(0, 0, 1).Format(time.DateOnly), "9999-12-31"}, nil
	}
	return Stretch{}, fmt.Errorf("%w: %q is no due date", isnad.ErrQuery, w)
}

// DuesOf gives the stretches that every listed commitment must be due in.
func DuesOf(terms []isnad.Term) (list []Stretch, err error) {
	for _, t := range terms {
		if t.Field != isnad.Due || t.Not || len(t.Words) == 0 {
			continue
		}
		s, err := DueStretch(t.Words[0])
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// Usual is how many are given when no limit is named.
const Usual = 20

// AtMost gives the limit of a list.
func AtMost(limit int) int {
	if limit <= 0 {
		return Usual
	}
	return limit
}

// A cursor is the place after which a list goes on, in JSON and base 64. It names what
// stands there, not a number of rows: what is kept meanwhile neither moves nor repeats
// what comes after.

// WriteCursor writes a place, which is of numbers and strings.
func WriteCursor(at any) string {
	b, err := json.Marshal(at)
	if err != nil {
		return "" // cannot be: cursors are numbers and strings
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// ReadCursor reads a cursor into at, which stays as it is when the cursor is empty. The
// error is isnad.ErrQuery.
func ReadCursor(cursor string, at any) error {
	if cursor == "" {
		return nil
	}
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(b, at)
	}
	if err != nil {
		return fmt.Errorf("%w: the cursor is not one of this list: %w", isnad.ErrQuery, err)
	}
	return nil
}
