package postgres

import (
	"context"

	"github.com/isnad-project/isnad"
)

// Heads gives what a list shows of articles.
func (l *Library) Heads(ctx context.Context, ids []string) ([]isnad.Head, error) {
	return read(ctx, l, func(t *tx) (list []isnad.Head, err error) {
		err = t.each(`SELECT a.id, o.name, a.title, a.published, a.url, coalesce(s.id, ''), a.kept, a.changed, a.gone FROM unnest($1::text[]) WITH ORDINALITY AS u(id, i)
			JOIN ids ON ids.id = u.id JOIN articles a ON a.n = ids.n JOIN outlets o USING(o) LEFT JOIN stories s USING(s) ORDER BY u.i`, func(r row) error {
			var h isnad.Head
			var kept, changed, gone int64
			err := r.scan(&h.ID, &h.Outlet, &h.Title, &h.Published, &h.URL, &h.Story, &kept, &changed, &gone)
			h.Kept, h.Changed, h.Gone = moment(kept), moment(changed), moment(gone)
			list = append(list, h)
			return err
		}, ids)
		return list, err
	})
}

// State marks what the library holds: which transactions of the server are seen.
func (l *Library) State(ctx context.Context) (string, error) {
	return read(ctx, l, func(t *tx) (string, error) { return t.generation() })
}
