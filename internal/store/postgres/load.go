package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// Load keeps parts as they are, in one transaction.
func (l *Library) Load(ctx context.Context, parts []isnad.Part) error {
	if l.opt.ReadOnly {
		return errReadOnly
	}
	var list []*isnad.Shelved
	var things []thing
	for i := range parts {
		if t := parts[i].Thing; t != nil {
			things = append(things, thing{t.ID, t.Kind, t.Country})
		}
		if a := parts[i].Article; a != nil {
			list = append(list, a)
		}
	}
	made, err := l.prepareShelved(ctx, list)
	if err != nil {
		return err
	}
	if err := l.ensureThings(ctx, things); err != nil {
		return err
	}
	return l.write(ctx, func(t *tx) error {
		if len(made) > 0 {
			if err := t.loadArticles(made, list); err != nil {
				return err
			}
		}
		if err := t.loadStories(parts); err != nil {
			return err
		}
		for i := range parts {
			if err := t.load(&parts[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// prepareShelved makes all that keeping articles needs, and room for them.
func (l *Library) prepareShelved(ctx context.Context, list []*isnad.Shelved) ([]*prepared, error) {
	if len(list) == 0 {
		return nil, nil
	}
	entries := make([]isnad.Entry, len(list))
	for i, x := range list {
		entries[i] = x.Entry
	}
	made, err := l.prepareAll(entries)
	if err != nil {
		return nil, err
	}
	var things []thing
	for i, m := range made {
		m.known = list[i].Known
		if len(m.known) != len(m.Identities) {
			return nil, fmt.Errorf("article %q: %w: %d known things for %d entities", m.Entry.Record.Article.ID, isnad.ErrUnsound, len(m.known), len(m.Identities))
		}
		for j, e := range m.Entry.Record.Entities {
			things = append(things, thing{m.known[j], e.Kind, e.Country})
		}
	}
	if err := l.makeRoom(ctx, made); err != nil {
		return nil, err
	}
	return made, l.ensureThings(ctx, things)
}

// loadArticles keeps articles with the marks that they have.
func (t *tx) loadArticles(made []*prepared, list []*isnad.Shelved) error {
	p, err := t.putter(made)
	if err != nil {
		return err
	}
	turn := int64(0)
	for i, m := range made {
		x, k := list[i], p.of[m.Entry.Record.Article.ID]
		if k.n != 0 {
			if err := t.run("DELETE FROM captures WHERE n = $1", k.n); err != nil {
				return err
			}
		}
		p.fold(m)
		k.as, k.content = x, m
		k.captures, k.fresh, k.readings = x.Captures, x.Captures, nil
		k.row.words, k.row.whole = m.Words, m.Whole
		k.row.kept, k.row.changed, k.row.gone = shelf.Micros(x.Kept), shelf.Micros(x.Changed), shelf.Micros(x.Gone)
		for _, r := range x.Readings {
			k.readings = append(k.readings, reading{r.Reader, shelf.Micros(r.At), r.Digest})
		}
		turn = max(turn, x.Place, x.Waits)
	}
	if err := p.pour(); err != nil {
		return err
	}
	return t.run("UPDATE counts SET turn = $1 WHERE turn < $1", turn)
}

// loadStories keeps stories and puts their articles into them.
func (t *tx) loadStories(parts []isnad.Part) error {
	var j isnad.Joining
	for i := range parts {
		if s := parts[i].Story; s != nil {
			j.Stories = append(j.Stories, *s)
		}
	}
	if len(j.Stories) == 0 {
		return nil
	}
	p, err := t.joiner(j)
	if err != nil {
		return err
	}
	return p.stories(j)
}

// load keeps a part that is no article and no story.
func (t *tx) load(x *isnad.Part) error {
	switch {
	case x.Thing != nil:
		return t.loadThing(x.Thing)
	case x.Merge != nil:
		return t.run("INSERT INTO merges VALUES($1, $2) ON CONFLICT (old) DO UPDATE SET new = excluded.new", x.Merge.From, x.Merge.To)
	case x.Split != nil:
		return t.run("INSERT INTO splits VALUES($1, $2, $3) ON CONFLICT (article, old) DO UPDATE SET new = excluded.new", x.Split.Article, x.Split.From, x.Split.To)
	case x.Correction != nil:
		return t.loadCorrection(x.Correction)
	case x.Settlement != nil:
		return t.loadSettlement(x.Settlement)
	case x.Moved != nil:
		return t.run("INSERT INTO moved VALUES($1, $2) ON CONFLICT (old) DO UPDATE SET new = excluded.new", x.Moved.From, x.Moved.To)
	case x.Left != nil:
		if err := t.run("UPDATE counts SET turn = $1 WHERE turn < $1", x.Left.Mark); err != nil {
			return err
		}
		return t.run("INSERT INTO vacated VALUES($1, $2) ON CONFLICT (day) DO UPDATE SET turn = excluded.turn", shelf.DayOf(x.Left.Date), x.Left.Mark)
	case x.Feed != nil:
		return t.keepFeed(*x.Feed)
	case x.Page != nil:
		return t.keepPage(*x.Page)
	case x.Bookmark != nil:
		return t.mark(x.Bookmark.Name, x.Bookmark.Position)
	case x.Paper != nil:
		return t.file(*x.Paper)
	case x.Act != nil:
		return t.loadAct(x.Act)
	}
	return nil
}

func (t *tx) loadThing(x *isnad.Thing) error {
	n, err := t.thing(x.ID)
	if err != nil {
		return err
	}
	if err := t.run("UPDATE things SET kind = $2, country = $3, hand = $4 WHERE t = $1 AND (kind, country, hand) IS DISTINCT FROM ($2, $3, $4)", n, x.Kind, x.Country, x.Name); err != nil || x.Name == "" {
		return err
	}
	return t.nameWords([]form{{n, x.Name}})
}

func (t *tx) loadCorrection(x *isnad.Logged[isnad.Correction]) error {
	k := &x.Entry
	articles, err := json.Marshal(k.Articles)
	if err != nil {
		return err
	}
	return errors.Join(
		t.run("DELETE FROM corrections WHERE c = $1", x.Number),
		t.run("INSERT INTO corrections(c, do_, thing, target, articles, name, hand, at) OVERRIDING SYSTEM VALUE VALUES($1, $2, $3, $4, $5, $6, $7, $8)",
			x.Number, k.Do, k.Thing, k.Into, string(articles), k.Name, k.By, k.At),
		t.run("SELECT setval(pg_get_serial_sequence('corrections', 'c'), (SELECT max(c) FROM corrections))"))
}

func (t *tx) loadSettlement(x *isnad.Settled) error {
	if err := t.run("DELETE FROM settlements WHERE article = $1 AND words = $2 AND what = $3 AND at = $4", x.Article, x.Words, x.What, x.At); err != nil {
		return err
	}
	k, err := t.number("INSERT INTO settlements(article, words, what, ending, source, note, hand, at) VALUES($1, $2, $3, $4, $5, $6, $7, $8) RETURNING k",
		x.Article, x.Words, x.What, x.End, x.Source, x.Note, x.By, x.At)
	if err != nil || x.Index < 0 {
		return err
	}
	return t.run("UPDATE commitments SET k = $3 WHERE n = (SELECT n FROM ids WHERE id = $1) AND i = $2", x.Article, x.Index, k)
}

func (t *tx) loadAct(x *isnad.Logged[isnad.Act]) error {
	a := &x.Entry
	return errors.Join(
		t.run("DELETE FROM acts WHERE a = $1", x.Number),
		t.run("INSERT INTO acts(a, at, hand, came, do_, done, note) OVERRIDING SYSTEM VALUE VALUES($1, $2, $3, $4, $5, $6, $7)", x.Number, a.At, a.By, a.From, a.Do, a.To, a.Note),
		t.run("SELECT setval(pg_get_serial_sequence('acts', 'a'), (SELECT max(a) FROM acts))"))
}
