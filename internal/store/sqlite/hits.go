package sqlite

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
)

// hits makes what is shown of the articles of a page.
func (l *Library) hits(c *conn, terms []isnad.Term, page []found) ([]isnad.Hit, error) {
	wanted := query.Wanted(terms)
	out := make([]isnad.Hit, len(page))
	for i, f := range page {
		h := &out[i]
		var packed []byte
		there, err := c.one(`SELECT a.id, o.name, a.title, a.published, a.url, coalesce(t.id, ''), r.record FROM articles a
			JOIN outlets o USING(o) JOIN records r USING(n) LEFT JOIN stories t USING(s) WHERE n = ?`, func(s *sqlite3.Stmt) {
			*h = isnad.Hit{ID: s.ColumnText(0), Outlet: s.ColumnText(1), Title: s.ColumnText(2), Published: s.ColumnText(3), URL: s.ColumnText(4), Story: s.ColumnText(5)}
			packed = s.ColumnBlob(6, nil)
		}, f.n)
		if err != nil || !there {
			return nil, errors.Join(err, notFound(there))
		}
		h.Score = max(f.score, 0)
		text, err := l.textOf(packed)
		if err != nil {
			return nil, err
		}
		h.TitleMarks = wanted.Marks(l.lang, h.Title)
		h.At, h.Marks = wanted.Snippet(l.lang, text)
		h.Snippet = h.At.Of(text)
	}
	return out, nil
}

// textOf reads the text of a packed record and no more of it than it must.
func (l *Library) textOf(packed []byte) (string, error) {
	b, err := l.dec.DecodeAll(packed, nil)
	if err != nil {
		return "", fmt.Errorf("unpack a record: %w", err)
	}
	_, rest, there := bytes.Cut(b, textName)
	if !there {
		return "", errors.New("read a record's text: it is not there")
	}
	text, err := leading(rest)
	if err != nil {
		return "", fmt.Errorf("read a record's text: %w", err)
	}
	return text, nil
}

// textName stands before an article's text in a record's JSON as it is written, and in no
// string before it: there a quotation mark has a backslash.
var textName = []byte(`,"text":"`)

// leading reads the rest of a JSON string, up to its end.
func leading(rest []byte) (text string, err error) {
	end, plain := 0, true
	for end < len(rest) && rest[end] != '"' {
		if rest[end] == '\\' {
			plain = false
			end++
		}
		end++
	}
	if end >= len(rest) {
		return "", errors.New("it has no end")
	}
	if plain {
		return string(rest[:end]), nil
	}
	quoted := make([]byte, 0, end+2)
	quoted = append(append(append(quoted, '"'), rest[:end]...), '"')
	err = json.Unmarshal(quoted, &text)
	return text, err
}
