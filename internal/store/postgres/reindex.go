package postgres

import (
	"context"
	"fmt"
)

// reindex makes the index of words anew when it holds the search forms of another edition
// of the language: what is asked for and what is searched must come to the same forms. It
// happens wholly or not at all, while nobody writes; programs of the other edition that
// still run are refused from then on.
func (l *Library) reindex(ctx context.Context) error {
	var v int64
	if err := l.pool.QueryRow(ctx, "SELECT value FROM library WHERE key = 'forms'").Scan(&v); err != nil || v == l.Lang.Edition() {
		return err
	}
	err := l.write(ctx, func(t *tx) error {
		if err := t.lock(lockThing); err != nil {
			return err
		}
		if v, err := t.number("SELECT value FROM library WHERE key = 'forms'"); err != nil || v == l.Lang.Edition() {
			return err // another program did it meanwhile
		}
		if err := t.run("DELETE FROM namewords"); err != nil {
			return err
		}
		if err := t.indexNames(); err != nil {
			return err
		}
		if err := t.run("UPDATE library SET value = $1 WHERE key = 'forms'", l.Lang.Edition()); err != nil {
			return err
		}
		return t.indexWords()
	})
	if err != nil {
		return fmt.Errorf("make the index of words anew: %w", err)
	}
	return nil
}

func (t *tx) indexNames() error {
	for last := int64(0); ; {
		var some []int64
		some, err := t.numbers("SELECT t FROM things WHERE t > $1 ORDER BY t LIMIT 5000", last)
		if err != nil || len(some) == 0 {
			return err
		}
		if err := t.nameAgain(some); err != nil {
			return err
		}
		last = some[len(some)-1]
	}
}

func (t *tx) indexWords() error {
	if err := t.run("TRUNCATE words"); err != nil {
		return err
	}
	for last := int64(-1); ; {
		var ns []int64
		var rows [][]any
		err := t.each("SELECT n, record FROM records WHERE n > $1 ORDER BY n LIMIT 500", func(r row) error {
			var n int64
			var packed []byte
			if err := r.scan(&n, &packed); err != nil {
				return err
			}
			record, err := t.library.Record(packed)
			if err != nil {
				return fmt.Errorf("article number %d: %w", n, err)
			}
			x := indexOf(&t.library.IndexOf(record).Index)
			ns, rows = append(ns, n), append(rows, x.row(n))
			return nil
		}, last)
		if err != nil || len(ns) == 0 {
			return err
		}
		if err := t.copy("words", wordColumns, rows); err != nil {
			return err
		}
		last = ns[len(ns)-1]
	}
}
