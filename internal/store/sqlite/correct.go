package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// Correct changes by hand which thing is which.
func (l *Library) Correct(ctx context.Context, k isnad.Correction) error {
	return l.pool.change(ctx, func(c *conn) error {
		p, err := l.putter(c)
		if err != nil {
			return err
		}
		t, id, err := p.known(k.Thing)
		if err != nil {
			return err
		}
		target := ""
		switch k.Do {
		case "merge":
			target, err = p.merge(t, id, k)
		case "split":
			target, err = p.split(t, id, k)
		case "rename":
			err = p.rename(t, k)
		default:
			err = fmt.Errorf("a correction can merge, split or rename, not %q", k.Do)
		}
		if err != nil {
			return err
		}
		if err := p.tally.write(c); err != nil {
			return err
		}
		articles, err := json.Marshal(k.Articles)
		if err != nil {
			return err
		}
		return p.run("INSERT INTO corrections(do, thing, target, articles, name, hand, at) VALUES(?, ?, ?, ?, ?, ?, ?)",
			k.Do, id, target, string(articles), k.Name, k.By, k.At)
	})
}

// merge makes one thing of two.
func (p *putter) merge(t int64, id string, k isnad.Correction) (string, error) {
	into, target, err := p.known(k.Into)
	if err != nil {
		return "", err
	}
	if into == t {
		return "", fmt.Errorf("%q and %q are one thing already", k.Thing, k.Into)
	}
	if err := p.run("INSERT INTO merges VALUES(?, ?)", id, target); err != nil {
		return "", err
	}
	return target, p.move(t, into, "SELECT DISTINCT n FROM mentions WHERE t = ?", t)
}

// split makes another thing of one in some articles.
func (p *putter) split(t int64, id string, k isnad.Correction) (string, error) {
	if len(k.Articles) == 0 {
		return "", errors.New("a split names the articles in which it is another thing")
	}
	next, err := p.number("SELECT count(DISTINCT new) FROM splits WHERE old = ?", id)
	if err != nil {
		return "", err
	}
	target := id + "#" + strconv.FormatInt(next+1, 10)
	into, err := p.makeThing(target, "", "")
	if err != nil {
		return "", err
	}
	if err := p.run("UPDATE things SET hand = ?1, kind = (SELECT kind FROM things WHERE t = ?2), country = (SELECT country FROM things WHERE t = ?2) WHERE t = ?3", k.Name, t, into); err != nil {
		return "", err
	}
	for _, a := range k.Articles {
		n, err := p.article(a)
		if err != nil {
			return "", err
		}
		if err := p.run("INSERT INTO splits VALUES(?, ?, ?)", a, id, target); err != nil {
			return "", err
		}
		if err := p.move(t, into, "SELECT DISTINCT n FROM mentions WHERE t = ? AND n = ?", t, n); err != nil {
			return "", err
		}
	}
	if k.Name != "" {
		err = p.nameWords(into, k.Name)
	}
	return target, err
}

// move turns a thing into another in the articles that a statement gives.
func (p *putter) move(t, into int64, sql string, args ...any) error {
	articles, err := p.column(sql, args...)
	if err != nil {
		return err
	}
	for _, n := range articles {
		list, err := p.namedIn(n)
		if err != nil {
			return err
		}
		for i, x := range list {
			if x != t {
				continue
			}
			if err := p.turnInto(n, i, t, into); err != nil {
				return err
			}
		}
	}
	return nil
}

// rename gives a thing its name by hand.
func (p *putter) rename(t int64, k isnad.Correction) error {
	if strings.TrimSpace(k.Name) == "" {
		return errors.New("a renaming gives a name")
	}
	before := ""
	if _, err := p.one("SELECT hand FROM things WHERE t = ?", func(s *sqlite3.Stmt) { before = s.ColumnText(0) }, t); err != nil {
		return err
	}
	if err := p.run("UPDATE things SET hand = ? WHERE t = ?", k.Name, t); err != nil {
		return err
	}
	if err := p.dropWords(t, before); err != nil {
		return err
	}
	return p.nameWords(t, k.Name)
}

// Corrections gives all corrections.
func (l *Library) Corrections(ctx context.Context) (list []isnad.Correction, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		return c.each("SELECT do, thing, target, articles, name, hand, at FROM corrections ORDER BY c", func(s *sqlite3.Stmt) error {
			k := isnad.Correction{Do: s.ColumnText(0), Thing: s.ColumnText(1), Into: s.ColumnText(2), Name: s.ColumnText(4), By: s.ColumnText(5), At: moment(s.ColumnInt64(6))}
			list = append(list, k)
			return json.Unmarshal(s.ColumnRawText(3), &list[len(list)-1].Articles)
		})
	})
	return list, err
}
