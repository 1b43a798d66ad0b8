package postgres

import (
	"context"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// Stats counts what is kept.
func (l *Library) Stats(ctx context.Context) (isnad.Stats, error) {
	return read(ctx, l, func(t *tx) (s isnad.Stats, err error) {
		var first, last int64
		_, err = t.one(`SELECT count(*), coalesce(sum(captures), 0), coalesce(sum(statements), 0), coalesce(sum(events), 0), coalesce(sum(commitments), 0),
			count(fresh), coalesce(min(n) FILTER (WHERE n >= $1), 0), coalesce(max(n), 0) FROM articles`,
			[]any{&s.Articles, &s.Captures, &s.Statements, &s.Events, &s.Commitments, &s.Unjoined, &first, &last}, int64(1)<<dayBits)
		if err != nil {
			return s, err
		}
		s.First, s.Last = shelf.DayText(first>>dayBits), shelf.DayText(last>>dayBits)
		_, err = t.one(`SELECT (SELECT count(*) FROM things WHERE articles > 0), (SELECT count(*) FROM stories), (SELECT count(*) FROM feeds),
			(SELECT count(*) FROM pages WHERE due <> 0), pg_database_size(current_database())`, []any{&s.Things, &s.Stories, &s.Feeds, &s.Wanted, &s.Bytes})
		return s, err
	})
}
