package postgres

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// paperLimit is how many bytes a paper may have.
const paperLimit = 1 << 20

// Paper gives a paper's text.
func (l *Library) Paper(ctx context.Context, kind, name string) ([]byte, error) {
	return read(ctx, l, func(t *tx) (text []byte, err error) {
		found, err := t.one("SELECT text FROM papers WHERE kind = $1 AND key = $2", []any{&text}, kind, keyOf(name))
		if err == nil && !found {
			err = absent(kind, name)
		}
		return text, err
	})
}

// Papers gives the papers of a kind.
func (l *Library) Papers(ctx context.Context, kind string) ([]isnad.Paper, error) {
	return read(ctx, l, func(t *tx) (list []isnad.Paper, err error) {
		err = t.each("SELECT name, text FROM papers WHERE kind = $1 ORDER BY name", func(r row) error {
			p := isnad.Paper{Kind: kind}
			err := r.scan(&p.Name, &p.Text)
			list = append(list, p)
			return err
		}, kind)
		return list, err
	})
}

// File keeps papers.
func (l *Library) File(ctx context.Context, papers ...isnad.Paper) error {
	for _, p := range papers {
		if p.Kind == "" || p.Name == "" || len(p.Text) > paperLimit {
			return fmt.Errorf("%s %q of %d bytes: a paper has a kind, a name, and at most %d bytes", p.Kind, p.Name, len(p.Text), paperLimit)
		}
	}
	return l.write(ctx, func(t *tx) error {
		for _, p := range papers {
			if err := t.file(p); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) file(p isnad.Paper) error {
	if len(p.Text) == 0 {
		return t.run("DELETE FROM papers WHERE kind = $1 AND key = $2", p.Kind, keyOf(p.Name))
	}
	return t.run("INSERT INTO papers VALUES($1, $2, $3, $4) ON CONFLICT (kind, key) DO UPDATE SET text = excluded.text", p.Kind, keyOf(p.Name), p.Name, p.Text)
}

// Note adds to the log of what was done by hand. The log's numbers are given to one writer
// after the other, so that who reads on misses none.
func (l *Library) Note(ctx context.Context, a isnad.Act) error {
	if a.Do == "" {
		return errors.New("an act says what was done")
	}
	return l.write(ctx, func(t *tx) error {
		if err := t.lock(lockTail); err != nil {
			return err
		}
		return t.note(a)
	})
}

func (t *tx) note(a isnad.Act) error {
	return t.run("INSERT INTO acts(at, hand, came, do_, done, note) VALUES($1, $2, $3, $4, $5, $6)", a.At, a.By, a.From, a.Do, a.To, a.Note)
}

// Acts gives a page of the log, the latest first.
func (l *Library) Acts(ctx context.Context, limit int, cursor string) ([]isnad.Act, string, error) {
	before := int64(math.MaxInt64)
	if cursor != "" {
		var err error
		if before, err = strconv.ParseInt(cursor, 10, 64); err != nil {
			return nil, "", fmt.Errorf("%w: the cursor %q is of another list", isnad.ErrQuery, cursor)
		}
	}
	type page struct {
		acts []isnad.Act
		next string
	}
	limit = shelf.AtMost(limit)
	p, err := read(ctx, l, func(t *tx) (p page, err error) {
		var last int64
		err = t.each("SELECT a, at, hand, came, do_, done, note FROM acts WHERE a < $1 ORDER BY a DESC LIMIT $2", func(r row) error {
			if len(p.acts) == limit {
				p.next = strconv.FormatInt(last, 10)
				return nil
			}
			var a isnad.Act
			var at int64
			err := r.scan(&last, &at, &a.By, &a.From, &a.Do, &a.To, &a.Note)
			a.At = moment(at)
			p.acts = append(p.acts, a)
			return err
		}, before, limit+1)
		return p, err
	})
	return p.acts, p.next, err
}
