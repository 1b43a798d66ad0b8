package postgres

import (
	"fmt"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
)

// errCursor says that a cursor is of another query.
var errCursor = fmt.Errorf("%w: the cursor is not one of this list", isnad.ErrQuery)

// hits makes what is shown of the articles of a page.
func (t *tx) hits(terms []isnad.Term, page []found) ([]isnad.Hit, error) {
	if len(page) == 0 {
		return nil, nil
	}
	ask, of := make([]int64, len(page)), map[int64]int{}
	for i, f := range page {
		ask[i], of[f.n] = f.n, i
	}
	wanted := query.Wanted(terms)
	out := make([]isnad.Hit, len(page))
	err := t.each(`SELECT a.n, a.id, o.name, a.title, a.published, a.url, coalesce(s.id, ''), r.record `+fromNumbers+at("articles", "a")+at("records", "r")+" JOIN outlets o ON o.o = a.o LEFT JOIN stories s ON s.s = a.s", func(r row) error {
		var n int64
		var h isnad.Hit
		var packed []byte
		if err := r.scan(&n, &h.ID, &h.Outlet, &h.Title, &h.Published, &h.URL, &h.Story, &packed); err != nil {
			return err
		}
		text, err := t.library.Text(packed)
		if err != nil {
			return err
		}
		i := of[n]
		h.Score = max(page[i].score, 0)
		h.TitleMarks = wanted.Marks(t.library.Lang, h.Title)
		h.At, h.Marks = wanted.Snippet(t.library.Lang, text)
		h.Snippet = h.At.Of(text)
		out[i] = h
		return nil
	}, ask)
	return out, err
}
