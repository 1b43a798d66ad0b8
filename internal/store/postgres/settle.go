package postgres

import (
	"context"
	"fmt"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// settlements gives the settlements of articles.
func (t *tx) settlements(articles []string) (map[string][]shelf.Settled, error) {
	of := map[string][]shelf.Settled{}
	err := t.each("SELECT article, k, words, what, ending, source, note FROM settlements WHERE article = ANY($1) ORDER BY k", func(r row) error {
		var article, end string
		var s shelf.Settled
		err := r.scan(&article, &s.K, &s.Words, &s.What, &end, &s.Source, &s.Note)
		s.End = isnad.Ending(end)
		of[article] = append(of[article], s)
		return err
	}, articles)
	return of, err
}

// Settle sets by hand how a commitment ended; Open takes that back.
func (l *Library) Settle(ctx context.Context, s isnad.Settlement) error {
	switch s.End {
	case isnad.Open, isnad.Kept, isnad.Broken, isnad.Dropped:
	default:
		return fmt.Errorf("a commitment can be kept, broken or dropped, not %q", s.End)
	}
	return l.write(ctx, func(t *tx) error {
		n, err := t.claimed(s.Article)
		if err != nil {
			return err
		}
		r, err := t.recordOf(n)
		if err != nil {
			return err
		}
		if s.Index < 0 || s.Index >= len(r.Commitments) {
			return fmt.Errorf("commitment %d of article %q, which has %d: %w", s.Index, s.Article, len(r.Commitments), isnad.ErrNotFound)
		}
		if err := t.run("DELETE FROM settlements WHERE k = (SELECT k FROM commitments WHERE n = $1 AND i = $2)", n, s.Index); err != nil {
			return err
		}
		if s.End == isnad.Open {
			return t.run("UPDATE commitments SET k = NULL WHERE n = $1 AND i = $2", n, s.Index)
		}
		x := r.Commitments[s.Index]
		k, err := t.number("INSERT INTO settlements(article, words, what, ending, source, note, hand, at) VALUES($1, $2, $3, $4, $5, $6, $7, $8) RETURNING k",
			s.Article, x.Of(r.Article.Text), x.What.Of(r.Article.Text), s.End, s.Source, s.Note, s.By, s.At)
		if err != nil {
			return err
		}
		return t.run("UPDATE commitments SET k = $3 WHERE n = $1 AND i = $2", n, s.Index, k)
	})
}
