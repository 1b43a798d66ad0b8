package sqlite

import (
	"context"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
)

// settlement is a row of settlements.
type settlement struct {
	k            int64
	words, what  string
	end          isnad.Ending
	source, note string
}

// undertakings writes a record's commitments, with the settlements that are theirs.
func (p *putter) undertakings(n int64, r *isnad.Record) error {
	if len(r.Commitments) == 0 {
		return nil
	}
	settled, err := p.settlements(r.Article.ID)
	if err != nil {
		return err
	}
	of := attach(p.library.lang, r, settled)
	for i, c := range r.Commitments {
		var k any
		if of[i] != 0 {
			k = of[i]
		}
		due := c.Due
		if due == "" {
			due = noDue
		}
		if err := p.run("INSERT INTO commitments VALUES(?, ?, ?, ?)", n, i, due, k); err != nil {
			return err
		}
	}
	return nil
}

func (c *conn) settlements(article string) (list []settlement, err error) {
	err = c.each("SELECT k, words, what, ending, source, note FROM settlements WHERE article = ? ORDER BY k", func(s *sqlite3.Stmt) error {
		list = append(list, settlement{s.ColumnInt64(0), s.ColumnText(1), s.ColumnText(2), isnad.Ending(s.ColumnText(3)), s.ColumnText(4), s.ColumnText(5)})
		return nil
	}, article)
	return list, err
}

// sameDeed is how much of their words two commitments share at least when they are one.
const sameDeed = 0.5

// attach gives each commitment of a record the settlement of the commitment whose words
// are most like its own; each settlement goes to one.
func attach(lang *query.Language, r *isnad.Record, settled []settlement) []int64 {
	of := make([]int64, len(r.Commitments))
	for _, s := range settled {
		best, most := -1, sameDeed
		what, words := lang.Forms(s.what), lang.Forms(s.words)
		for i, c := range r.Commitments {
			if of[i] != 0 {
				continue
			}
			like := max(alike(what, lang.Forms(c.What.Of(r.Article.Text))), alike(words, lang.Forms(c.Of(r.Article.Text)))-0.01)
			if like > most || like == most && best < 0 {
				best, most = i, like
			}
		}
		if best >= 0 {
			of[best] = s.k
		}
	}
	return of
}

// alike is the share of words that two lists have in common (Jaccard).
func alike(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	in := map[string]int{}
	for _, w := range a {
		in[w] |= 1
	}
	for _, w := range b {
		in[w] |= 2
	}
	both := 0
	for _, v := range in {
		if v == 3 {
			both++
		}
	}
	return float64(both) / float64(len(in))
}

// Settle sets by hand how a commitment ended; Open takes that back.
func (l *Library) Settle(ctx context.Context, s isnad.Settlement) error {
	switch s.End {
	case isnad.Open, isnad.Kept, isnad.Broken, isnad.Dropped:
	default:
		return fmt.Errorf("a commitment can be kept, broken or dropped, not %q", s.End)
	}
	return l.pool.change(ctx, func(c *conn) error {
		n, err := c.article(s.Article)
		if err != nil {
			return err
		}
		r, err := l.recordOf(c, n)
		if err != nil {
			return err
		}
		if s.Index < 0 || s.Index >= len(r.Commitments) {
			return fmt.Errorf("commitment %d of article %q, which has %d: %w", s.Index, s.Article, len(r.Commitments), isnad.ErrNotFound)
		}
		k, err := c.number("SELECT k FROM commitments WHERE n = ? AND i = ?", n, s.Index)
		if err != nil {
			return err
		}
		if k != 0 {
			if err := c.run("DELETE FROM settlements WHERE k = ?", k); err != nil {
				return err
			}
		}
		if s.End == isnad.Open {
			return nil
		}
		x := r.Commitments[s.Index]
		if err := c.run("INSERT INTO settlements(article, words, what, ending, source, note, hand, at) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
			s.Article, x.Of(r.Article.Text), x.What.Of(r.Article.Text), string(s.End), s.Source, s.Note, s.By, s.At); err != nil {
			return err
		}
		return c.run("UPDATE commitments SET k = last_insert_rowid() WHERE n = ? AND i = ?", n, s.Index)
	})
}
