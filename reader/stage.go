package reader

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

// run is one reading under way.
type run struct {
	record *isnad.Record
	trace  func(Step)
}

func (r *run) note(format string, args ...any) {
	r.record.Notes = append(r.record.Notes, fmt.Sprintf(format, args...))
}

// stage runs one finder. Its panic becomes a note and costs its findings only.
func stage[T any](r *run, name string, find func() []T) (found []T) {
	var began time.Time
	if r.trace != nil {
		began = time.Now()
	}
	defer func() {
		if fault := recover(); fault != nil {
			found = nil
			r.note("%s: the finder failed and its findings are missing: %v", name, fault)
		}
		if r.trace != nil {
			r.trace(Step{name, len(found), time.Since(began)})
		}
	}()
	return find()
}

// intake makes the article's text fit to read: valid UTF-8 in NFC, of known language.
func intake(r *run, a isnad.Article) isnad.Article {
	a.Cut = nil
	if script.Composed(a.Text) && script.Composed(a.Title) {
		return a
	}
	if !utf8.ValidString(a.Text) {
		r.note("text: bytes that are not UTF-8 were replaced")
		a.Text = strings.ToValidUTF8(a.Text, string(utf8.RuneError))
	}
	a.Text = norm.NFC.String(a.Text)
	a.Title = norm.NFC.String(strings.ToValidUTF8(a.Title, string(utf8.RuneError)))
	return a
}

// day gives the day of publication, or nothing and a note.
func day(r *run, published string) string {
	if published == "" {
		r.note("published: not given, so no date is placed by it")
		return ""
	}
	if len(published) > 10 {
		if _, err := time.Parse(time.RFC3339, published); err == nil {
			return published[:10]
		}
	}
	if _, err := time.Parse(time.DateOnly, published); err != nil {
		r.note("published: %q is no date (YYYY-MM-DD), so no date is placed by it", published)
		return ""
	}
	return published
}
