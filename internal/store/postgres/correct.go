package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad"
)

// corrector changes by hand which thing is which, while nobody writes mentions.
type corrector struct {
	*tx
	tally tallies
}

// Correct changes by hand which thing is which.
func (l *Library) Correct(ctx context.Context, k isnad.Correction) error {
	return l.write(ctx, func(t *tx) error {
		if err := t.lock(lockThing); err != nil {
			return err
		}
		p := &corrector{t, newTallies()}
		n, id, err := t.known(k.Thing)
		if err != nil {
			return err
		}
		target := ""
		switch k.Do {
		case "merge":
			target, err = p.merge(n, id, k)
		case "split":
			target, err = p.split(n, id, k)
		case "rename":
			err = p.rename(n, k)
		default:
			err = fmt.Errorf("a correction can merge, split or rename, not %q", k.Do)
		}
		if err != nil {
			return err
		}
		if err := t.lock(lockTail); err != nil {
			return err
		}
		if err := p.tally.write(t); err != nil {
			return err
		}
		articles, err := json.Marshal(k.Articles)
		if err != nil {
			return err
		}
		return t.run("INSERT INTO corrections(do_, thing, target, articles, name, hand, at) VALUES($1, $2, $3, $4, $5, $6, $7)",
			k.Do, id, target, string(articles), k.Name, k.By, k.At)
	})
}

// merge makes one thing of two.
func (p *corrector) merge(t int64, id string, k isnad.Correction) (string, error) {
	into, target, err := p.known(k.Into)
	if err != nil {
		return "", err
	}
	if into == t {
		return "", fmt.Errorf("%q and %q are one thing already", k.Thing, k.Into)
	}
	if err := p.run("INSERT INTO merges VALUES($1, $2)", id, target); err != nil {
		return "", err
	}
	return target, p.move(t, into, "SELECT DISTINCT n FROM mentions WHERE t = $1", t)
}

// split makes another thing of one in some articles.
func (p *corrector) split(t int64, id string, k isnad.Correction) (string, error) {
	if len(k.Articles) == 0 {
		return "", errors.New("a split names the articles in which it is another thing")
	}
	next, err := p.number("SELECT count(DISTINCT new) FROM splits WHERE old = $1", id)
	if err != nil {
		return "", err
	}
	target := id + "#" + strconv.FormatInt(next+1, 10)
	into, err := p.makeThing(thing{id: target})
	if err != nil {
		return "", err
	}
	if err := p.run("UPDATE things SET hand = $1, kind = o.kind, country = o.country FROM things o WHERE o.t = $2 AND things.t = $3", k.Name, t, into); err != nil {
		return "", err
	}
	for _, a := range k.Articles {
		n, err := p.article(a)
		if err != nil {
			return "", err
		}
		if err := p.run("INSERT INTO splits VALUES($1, $2, $3)", a, id, target); err != nil {
			return "", err
		}
		if err := p.move(t, into, "SELECT DISTINCT n FROM mentions WHERE t = $1 AND n = $2", t, n); err != nil {
			return "", err
		}
	}
	if k.Name != "" {
		err = p.nameWords([]form{{into, k.Name}})
	}
	return target, err
}

// move turns a thing into another in the articles that a statement gives.
func (p *corrector) move(t, into int64, sql string, args ...any) error {
	articles, err := p.numbers(sql, args...)
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
			if err := p.turnInto(&p.tally, n, i, t, into); err != nil {
				return err
			}
		}
	}
	return nil
}

// rename gives a thing its name by hand.
func (p *corrector) rename(t int64, k isnad.Correction) error {
	if strings.TrimSpace(k.Name) == "" {
		return errors.New("a renaming gives a name")
	}
	if err := p.run("UPDATE things SET hand = $2 WHERE t = $1", t, k.Name); err != nil {
		return err
	}
	return p.nameAgain([]int64{t})
}

// Corrections gives all corrections.
func (l *Library) Corrections(ctx context.Context) ([]isnad.Correction, error) {
	return read(ctx, l, func(t *tx) (list []isnad.Correction, err error) {
		err = t.each("SELECT do_, thing, target, articles, name, hand, at FROM corrections ORDER BY c", func(r row) error {
			var k isnad.Correction
			var articles string
			var at int64
			if err := r.scan(&k.Do, &k.Thing, &k.Into, &articles, &k.Name, &k.By, &at); err != nil {
				return err
			}
			k.At = moment(at)
			err := json.Unmarshal([]byte(articles), &k.Articles)
			list = append(list, k)
			return err
		})
		return list, err
	})
}
