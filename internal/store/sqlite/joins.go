package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// Unjoined gives the days on which articles wait to be joined.
func (l *Library) Unjoined(ctx context.Context) (days []isnad.Day, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		return c.each(`SELECT day, max(mark) FROM (SELECT DISTINCT n >> ? AS day, 0 AS mark FROM articles WHERE fresh IS NOT NULL
			UNION ALL SELECT day, turn FROM vacated) GROUP BY day ORDER BY day`, func(s *sqlite3.Stmt) error {
			days = append(days, isnad.Day{Date: dayText(s.ColumnInt64(0)), Mark: s.ColumnInt64(1)})
			return nil
		}, dayBits)
	})
	return days, err
}

// numbers gives the stretch of numbers of a stretch of days; empty days stand for the
// articles without a date.
func numbers(from, to string) (lo, hi int64, err error) {
	lo, hi = dayOf(from)<<dayBits, (dayOf(to)+1)<<dayBits
	if (from != "" || to != "") && (lo == 0 || dayOf(to) == 0) {
		err = fmt.Errorf("%w: %q to %q are no days", isnad.ErrQuery, from, to)
	}
	return lo, hi, err
}

// undated is how many sketches of articles without a date are given at a time.
const undated = 500

// Sketches gives the sketches of a stretch of days.
func (l *Library) Sketches(ctx context.Context, from, to string) (list []isnad.Sketch, err error) {
	lo, hi, err := numbers(from, to)
	if err != nil {
		return nil, err
	}
	some := ""
	if lo == 0 {
		some = "AND n IN (SELECT n FROM articles WHERE fresh IS NOT NULL AND n < ?2 ORDER BY fresh LIMIT " + strconv.Itoa(undated) + ")"
	}
	err = l.pool.read(ctx, func(c *conn) error {
		return c.each(`SELECT a.id, k.sketch, coalesce(t.id, ''), coalesce(t.first, ''), a.fresh IS NULL, a.fresh FROM articles a
			JOIN sketches k USING(n) LEFT JOIN stories t USING(s) WHERE n >= ?1 AND n < ?2 `+some+` ORDER BY a.id`, func(s *sqlite3.Stmt) error {
			list = append(list, isnad.Sketch{ID: s.ColumnText(0), Sketch: s.ColumnBlob(1, nil), Story: s.ColumnText(2), Born: s.ColumnText(3), Joined: s.ColumnBool(4), Mark: s.ColumnInt64(5)})
			return nil
		}, lo, hi)
	})
	return list, err
}

// Namesakes gives the persons of a stretch of days.
func (l *Library) Namesakes(ctx context.Context, from, to string) (list []isnad.Namesake, err error) {
	lo, hi, err := numbers(from, to)
	if err != nil {
		return nil, err
	}
	err = l.pool.read(ctx, func(c *conn) error {
		ids := map[int64]string{}
		id := func(t int64) string {
			if _, ok := ids[t]; !ok {
				one, err2 := c.idsOf([]int64{t})
				ids[t], err = one[0], errors.Join(err, err2)
			}
			return ids[t]
		}
		err2 := c.each("SELECT a.id, m.given, m.known, m.persons FROM articles a JOIN named m USING(n) WHERE n >= ? AND n < ? ORDER BY a.id", func(s *sqlite3.Stmt) error {
			article := s.ColumnText(0)
			given, known := unpack(nil, s.ColumnRawBlob(1)), unpack(nil, s.ColumnRawBlob(2))
			for b := s.ColumnBlob(3, nil); len(b) > 0; {
				i, role, country, rest, ok := nextPerson(b)
				if !ok || i >= len(given) || i >= len(known) {
					return fmt.Errorf("the persons of article %q are damaged: run isnad check", article)
				}
				b = rest
				list = append(list, isnad.Namesake{Identity: isnad.Identity{Article: article, Index: i, Key: id(given[i])}, Now: id(known[i]), Role: role, Country: country})
			}
			return err
		}, lo, hi)
		return errors.Join(err, err2)
	})
	return list, err
}

// Join keeps what joining found.
func (l *Library) Join(ctx context.Context, j isnad.Joining) error {
	return l.pool.change(ctx, func(c *conn) error {
		p, err := l.putter(c)
		if err != nil {
			return err
		}
		for _, step := range [...]func(isnad.Joining) error{p.joined, p.left, p.moved, p.stories, p.identified} {
			if err := step(j); err != nil {
				return err
			}
		}
		return p.tally.write(c)
	})
}

// joined takes articles from those to be joined, unless they were kept anew since.
func (p *putter) joined(j isnad.Joining) error {
	for _, d := range j.Done {
		n, err := p.article(d.Article)
		if err != nil {
			return err
		}
		if err := p.run("UPDATE articles SET fresh = NULL WHERE n = ? AND fresh = ?", n, d.Mark); err != nil {
			return err
		}
	}
	return nil
}

// left takes days from those that articles left, unless one left since.
func (p *putter) left(j isnad.Joining) error {
	for _, d := range j.Left {
		if err := p.run("DELETE FROM vacated WHERE day = ? AND turn = ?", dayOf(d.Date), d.Mark); err != nil {
			return err
		}
	}
	return nil
}

// moved forwards stories that are no more, and what was forwarded to them.
func (p *putter) moved(j isnad.Joining) error {
	for _, m := range j.Moved {
		if m.From == m.To {
			return fmt.Errorf("story %q moves into itself", m.From)
		}
		if err := errors.Join(
			p.run("UPDATE articles SET s = NULL WHERE s = (SELECT s FROM stories WHERE id = ?)", m.From),
			p.run("DELETE FROM stories WHERE id = ?", m.From),
			p.run("DELETE FROM moved WHERE old = ?", m.To),
			p.run("INSERT INTO moved VALUES(?, ?) ON CONFLICT DO UPDATE SET new = excluded.new", m.From, m.To),
		); err != nil {
			return err
		}
	}
	return nil
}

func (p *putter) stories(j isnad.Joining) error {
	for i := range j.Stories {
		if err := p.keepStory(&j.Stories[i]); err != nil {
			return fmt.Errorf("story %q: %w", j.Stories[i].ID, err)
		}
	}
	return nil
}

// storyAsKept is a story with the bytes of its claims, which the published form has not.
type storyAsKept isnad.Story

func (p *putter) keepStory(t *isnad.Story) error {
	if t.ID == "" || len(t.Articles) == 0 {
		return errors.New("it has no id or no articles")
	}
	b, err := json.Marshal((*storyAsKept)(t))
	if err != nil {
		return err
	}
	if err := p.run(`INSERT INTO stories(id, first, last, outlets, differs, story) VALUES(?, ?, ?, 0, ?, ?)
		ON CONFLICT DO UPDATE SET first = excluded.first, last = excluded.last, differs = excluded.differs, story = excluded.story`,
		t.ID, t.First, t.Last, len(t.Disagreements), p.library.enc.EncodeAll(b, nil)); err != nil {
		return err
	}
	s, err := p.number("SELECT s FROM stories WHERE id = ?", t.ID)
	if err != nil {
		return err
	}
	if err := errors.Join(p.run("DELETE FROM moved WHERE old = ?", t.ID), p.run("UPDATE articles SET s = NULL WHERE s = ?", s)); err != nil {
		return err
	}
	for _, id := range t.Articles {
		n, err := p.article(id)
		if err != nil {
			return err
		}
		if err := p.run("UPDATE articles SET s = ? WHERE n = ?", s, n); err != nil {
			return err
		}
	}
	return p.run("UPDATE stories SET outlets = (SELECT count(DISTINCT o) FROM articles WHERE s = ?1) WHERE s = ?1", s)
}

// identified keeps what joining found of which thing an entity is.
func (p *putter) identified(j isnad.Joining) error {
	for _, k := range j.Known {
		n, err := p.article(k.Article)
		if err != nil {
			return err
		}
		list, err := p.namedIn(n)
		if err != nil {
			return err
		}
		if k.Index < 0 || k.Index >= len(list) || k.Key == "" {
			return fmt.Errorf("entity %d of article %q, which has %d: %w", k.Index, k.Article, len(list), isnad.ErrNotFound)
		}
		var kind isnad.Kind
		country := ""
		if _, err := p.one("SELECT kind, country FROM things WHERE t = ?", func(s *sqlite3.Stmt) { kind, country = isnad.Kind(s.ColumnText(0)), s.ColumnText(1) }, list[k.Index]); err != nil {
			return err
		}
		t, err := p.thing(k.Key, k.Article, kind, country)
		if err != nil {
			return err
		}
		if err := p.turnInto(n, k.Index, list[k.Index], t); err != nil {
			return err
		}
		raw, err := p.makeThing(k.Key, kind, country)
		if err != nil {
			return err
		}
		var known []int64
		if _, err := p.one("SELECT known FROM named WHERE n = ?", func(s *sqlite3.Stmt) { known = unpack(nil, s.ColumnRawBlob(0)) }, n); err != nil {
			return err
		}
		known[k.Index] = raw
		if err := p.run("UPDATE named SET known = ? WHERE n = ?", uvarints(known), n); err != nil {
			return err
		}
	}
	return nil
}
