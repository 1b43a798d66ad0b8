package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// stages are the parts of a library in the order in which they are moved: what a part rests
// on comes before it.
var stages = [...]struct {
	name string
	dump func(*dumper, string) error
}{
	{"things", (*dumper).things}, {"merges", (*dumper).merges}, {"splits", (*dumper).splits}, {"corrections", (*dumper).corrections},
	{"articles", (*dumper).articles}, {"settlements", (*dumper).settlements}, {"stories", (*dumper).stories}, {"moved", (*dumper).moved}, {"left", (*dumper).left},
	{"feeds", (*dumper).feeds}, {"pages", (*dumper).pages}, {"bookmarks", (*dumper).bookmarks}, {"papers", (*dumper).papers}, {"acts", (*dumper).acts},
}

// Dump gives everything that is kept, in one read.
func (l *Library) Dump(ctx context.Context, after string) iter.Seq2[isnad.Part, error] {
	return func(yield func(isnad.Part, error) bool) {
		err := l.pool.read(ctx, func(c *conn) error {
			d := &dumper{conn: c, library: l, yield: yield}
			begun, key, _ := strings.Cut(after, " ")
			for _, s := range stages {
				if after != "" && s.name != begun {
					continue
				}
				after, d.stage = "", s.name
				if err := s.dump(d, key); err != nil {
					return err
				}
				key = ""
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(isnad.Part{}, err)
		}
	}
}

// dumper gives the parts of a library.
type dumper struct {
	*conn
	library *Library
	stage   string
	yield   func(isnad.Part, error) bool
}

// give gives a part, whose key tells its place in the stage.
func (d *dumper) give(key string, p isnad.Part) error {
	p.Place = d.stage + " " + key
	if !d.yield(p, nil) {
		return errEnough
	}
	return nil
}

// number reads a key that is a number; -1 stands before all.
func number(key string) int64 {
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func (d *dumper) things(key string) error {
	return d.each("SELECT id, kind, country, hand FROM things WHERE id > ? ORDER BY id", func(s *sqlite3.Stmt) error {
		t := isnad.Thing{ID: s.ColumnText(0), Kind: isnad.Kind(s.ColumnText(1)), Country: s.ColumnText(2), Name: s.ColumnText(3)}
		return d.give(t.ID, isnad.Part{Thing: &t})
	}, key)
}

func (d *dumper) merges(key string) error {
	return d.each("SELECT old, new FROM merges WHERE old > ? ORDER BY old", func(s *sqlite3.Stmt) error {
		m := isnad.Moved{From: s.ColumnText(0), To: s.ColumnText(1)}
		return d.give(m.From, isnad.Part{Merge: &m})
	}, key)
}

// splits are given all again: they are few.
func (d *dumper) splits(string) error {
	return d.each("SELECT article, old, new FROM splits ORDER BY article, old", func(s *sqlite3.Stmt) error {
		return d.give("", isnad.Part{Split: &isnad.Split{Article: s.ColumnText(0), From: s.ColumnText(1), To: s.ColumnText(2)}})
	})
}

func (d *dumper) corrections(key string) error {
	return d.each("SELECT c, do, thing, target, articles, name, hand, at FROM corrections WHERE c > ? ORDER BY c", func(s *sqlite3.Stmt) error {
		k := isnad.Correction{Do: s.ColumnText(1), Thing: s.ColumnText(2), Into: s.ColumnText(3), Name: s.ColumnText(5), By: s.ColumnText(6), At: moment(s.ColumnInt64(7))}
		if err := json.Unmarshal(s.ColumnRawText(4), &k.Articles); err != nil {
			return err
		}
		return d.give(s.ColumnText(0), isnad.Part{Correction: &isnad.Logged[isnad.Correction]{Number: s.ColumnInt64(0), Entry: k}})
	}, number(key))
}

func (d *dumper) articles(key string) error {
	return d.each("SELECT n, place, coalesce(fresh, 0) FROM articles WHERE n > ? ORDER BY n", func(s *sqlite3.Stmt) error {
		n := s.ColumnInt64(0)
		a := isnad.Shelved{Place: s.ColumnInt64(1), Waits: s.ColumnInt64(2)}
		var err error
		if a.Holding, err = d.library.holding(d.conn, n); err != nil {
			return err
		}
		if a.Captures, err = d.comings(n); err != nil {
			return err
		}
		var known []int64
		if _, err := d.one("SELECT known FROM named WHERE n = ?", func(s *sqlite3.Stmt) { known = unpack(nil, s.ColumnRawBlob(0)) }, n); err != nil {
			return err
		}
		if a.Known, err = d.idsOf(known); err != nil {
			return err
		}
		return d.give(strconv.FormatInt(n, 10), isnad.Part{Article: &a})
	}, number(key))
}

// comings gives an article's captures in the order in which they came.
func (d *dumper) comings(n int64) (list []isnad.Capture, err error) {
	err = d.each(captureColumns+" WHERE n = ? ORDER BY i", func(s *sqlite3.Stmt) error {
		list = append(list, captureOf(s))
		return nil
	}, n)
	return list, err
}

func (d *dumper) settlements(key string) error {
	return d.each(`SELECT s.k, s.article, s.words, s.what, s.ending, s.source, s.note, s.hand, s.at, coalesce(c.i, -1) FROM settlements s LEFT JOIN commitments c USING(k)
		WHERE s.k > ? ORDER BY s.k`, func(s *sqlite3.Stmt) error {
		x := isnad.Settled{Words: s.ColumnText(2), What: s.ColumnText(3)}
		x.Settlement = isnad.Settlement{Article: s.ColumnText(1), Index: s.ColumnInt(9), End: isnad.Ending(s.ColumnText(4)), Source: s.ColumnText(5), Note: s.ColumnText(6), By: s.ColumnText(7), At: moment(s.ColumnInt64(8))}
		return d.give(s.ColumnText(0), isnad.Part{Settlement: &x})
	}, number(key))
}

func (d *dumper) stories(key string) error {
	return d.each("SELECT id, story FROM stories WHERE id > ? ORDER BY id", func(s *sqlite3.Stmt) error {
		t, err := d.library.unpackStory(s.ColumnBlob(1, nil))
		if err != nil {
			return err
		}
		return d.give(s.ColumnText(0), isnad.Part{Story: &t})
	}, key)
}

func (d *dumper) moved(key string) error {
	return d.each("SELECT old, new FROM moved WHERE old > ? ORDER BY old", func(s *sqlite3.Stmt) error {
		m := isnad.Moved{From: s.ColumnText(0), To: s.ColumnText(1)}
		return d.give(m.From, isnad.Part{Moved: &m})
	}, key)
}

func (d *dumper) left(key string) error {
	return d.each("SELECT day, turn FROM vacated WHERE day > ? ORDER BY day", func(s *sqlite3.Stmt) error {
		return d.give(s.ColumnText(0), isnad.Part{Left: &isnad.Day{Date: dayText(s.ColumnInt64(0)), Mark: s.ColumnInt64(1)}})
	}, number(key))
}

func (d *dumper) feeds(key string) error {
	return d.each(feedColumns+" WHERE url > ? ORDER BY url", func(s *sqlite3.Stmt) error {
		f := feedOf(s)
		return d.give(f.URL, isnad.Part{Feed: &f})
	}, key)
}

func (d *dumper) pages(key string) error {
	return d.each(pageColumns+" WHERE url > ? ORDER BY url", func(s *sqlite3.Stmt) error {
		p := pageOf(s)
		return d.give(p.URL, isnad.Part{Page: &p})
	}, key)
}

func (d *dumper) bookmarks(key string) error {
	return d.each("SELECT name, position FROM bookmarks WHERE name > ? ORDER BY name", func(s *sqlite3.Stmt) error {
		return d.give(s.ColumnText(0), isnad.Part{Bookmark: &isnad.Mark{Name: s.ColumnText(0), Position: s.ColumnText(1)}})
	}, key)
}

// papers are given all again: they are few and small.
func (d *dumper) papers(string) error {
	return d.each("SELECT kind, name, text FROM papers ORDER BY kind, name", func(s *sqlite3.Stmt) error {
		return d.give("", isnad.Part{Paper: &isnad.Paper{Kind: s.ColumnText(0), Name: s.ColumnText(1), Text: s.ColumnBlob(2, nil)}})
	})
}

func (d *dumper) acts(key string) error {
	return d.each("SELECT a, at, hand, came, do, done, note FROM acts WHERE a > ? ORDER BY a", func(s *sqlite3.Stmt) error {
		a := isnad.Act{At: moment(s.ColumnInt64(1)), By: s.ColumnText(2), From: s.ColumnText(3), Do: s.ColumnText(4), To: s.ColumnText(5), Note: s.ColumnText(6)}
		return d.give(s.ColumnText(0), isnad.Part{Act: &isnad.Logged[isnad.Act]{Number: s.ColumnInt64(0), Entry: a}})
	}, number(key))
}

// Load keeps parts as they are.
func (l *Library) Load(ctx context.Context, parts []isnad.Part) error {
	return l.pool.change(ctx, func(c *conn) error {
		p, err := l.putter(c)
		if err != nil {
			return err
		}
		for i := range parts {
			if err := p.load(&parts[i]); err != nil {
				return err
			}
		}
		return p.end()
	})
}

// load keeps a part.
func (p *putter) load(x *isnad.Part) error {
	switch {
	case x.Thing != nil:
		return p.loadThing(x.Thing)
	case x.Merge != nil:
		p.corrected = true
		return p.run("REPLACE INTO merges VALUES(?, ?)", x.Merge.From, x.Merge.To)
	case x.Split != nil:
		p.corrected = true
		return p.run("REPLACE INTO splits VALUES(?, ?, ?)", x.Split.Article, x.Split.From, x.Split.To)
	case x.Correction != nil:
		k := &x.Correction.Entry
		articles, err := json.Marshal(k.Articles)
		if err != nil {
			return err
		}
		return p.run("REPLACE INTO corrections(c, do, thing, target, articles, name, hand, at) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
			x.Correction.Number, k.Do, k.Thing, k.Into, string(articles), k.Name, k.By, k.At)
	case x.Article != nil:
		return p.loadArticle(x.Article)
	case x.Settlement != nil:
		return p.loadSettlement(x.Settlement)
	case x.Story != nil:
		return p.keepStory(x.Story)
	case x.Moved != nil:
		return p.run("REPLACE INTO moved VALUES(?, ?)", x.Moved.From, x.Moved.To)
	case x.Left != nil:
		p.turn = max(p.turn, x.Left.Mark)
		return p.run("REPLACE INTO vacated VALUES(?, ?)", dayOf(x.Left.Date), x.Left.Mark)
	}
	return p.loadDesk(x)
}

// loadDesk keeps a part of what bringing news in remembers, or a paper.
func (p *putter) loadDesk(x *isnad.Part) error {
	switch {
	case x.Feed != nil:
		return p.keepFeed(*x.Feed)
	case x.Page != nil:
		return p.keepPage("REPLACE INTO pages VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *x.Page)
	case x.Bookmark != nil:
		return p.run("REPLACE INTO bookmarks VALUES(?, ?)", x.Bookmark.Name, x.Bookmark.Position)
	case x.Paper != nil:
		return p.run("REPLACE INTO papers VALUES(?, ?, ?)", x.Paper.Kind, x.Paper.Name, x.Paper.Text)
	case x.Act != nil:
		a := &x.Act.Entry
		return p.run("REPLACE INTO acts(a, at, hand, came, do, done, note) VALUES(?, ?, ?, ?, ?, ?, ?)", x.Act.Number, a.At, a.By, a.From, a.Do, a.To, a.Note)
	}
	return nil
}

func (p *putter) loadThing(x *isnad.Thing) error {
	t, err := p.makeThing(x.ID, x.Kind, x.Country)
	if err != nil {
		return err
	}
	if err := p.run("UPDATE things SET kind = ?, country = ?, hand = ? WHERE t = ?", string(x.Kind), x.Country, x.Name, t); err != nil || x.Name == "" {
		return err
	}
	return p.nameWords(t, x.Name)
}

// passing is a place behind all others: an article is kept there until it gets its own.
const passing = math.MaxInt64 - 8

func (p *putter) loadArticle(x *isnad.Shelved) error {
	m, err := p.library.prepare(x.Entry)
	if err != nil {
		return errors.Join(isnad.ErrUnsound, err)
	}
	turn := p.turn
	p.turn = passing
	id := m.Record.Article.ID
	n, err := p.article(id)
	switch {
	case err == nil:
		err = p.replace(before{n: n}, m, isnad.Reread)
	case errors.Is(err, isnad.ErrNotFound):
		err = p.add(m)
	}
	if err != nil {
		return err
	}
	p.turn = max(turn, x.Place, x.Waits)
	if n, err = p.article(id); err != nil {
		return err
	}
	if err := p.run("DELETE FROM vacated WHERE turn >= ?", int64(passing)); err != nil {
		return err
	}
	var waits any
	if x.Waits != 0 {
		waits = x.Waits
	}
	if err := p.run("UPDATE articles SET kept = ?, changed = ?, gone = ?, captures = 0, fresh = ?, place = ? WHERE n = ?", x.Kept, x.Changed, x.Gone, waits, x.Place, n); err != nil {
		return err
	}
	return errors.Join(p.loadComings(n, x), p.loadKnown(id, x))
}

// loadComings keeps the captures and readings of an article, and no others.
func (p *putter) loadComings(n int64, x *isnad.Shelved) error {
	if err := errors.Join(p.run("DELETE FROM captures WHERE n = ?", n), p.run("DELETE FROM readings WHERE n = ?", n)); err != nil {
		return err
	}
	for _, c := range x.Captures {
		if err := p.capture(n, c); err != nil {
			return err
		}
	}
	for i, r := range x.Readings {
		if err := p.run("INSERT INTO readings VALUES(?, ?, ?, ?, ?)", n, i, r.Reader, r.At, r.Digest); err != nil {
			return err
		}
	}
	return nil
}

// loadKnown keeps which things joining found an article's entities to be.
func (p *putter) loadKnown(id string, x *isnad.Shelved) error {
	var known []isnad.Identity
	for i, key := range x.Known {
		if i < len(x.Identities) && key != x.Identities[i] {
			known = append(known, isnad.Identity{Article: id, Index: i, Key: key})
		}
	}
	return p.identified(isnad.Joining{Known: known})
}

func (p *putter) loadSettlement(x *isnad.Settled) error {
	at := x.At
	if err := p.run("DELETE FROM settlements WHERE article = ? AND words = ? AND what = ? AND at = ?", x.Article, x.Words, x.What, at); err != nil {
		return err
	}
	if err := p.run("INSERT INTO settlements(article, words, what, ending, source, note, hand, at) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
		x.Article, x.Words, x.What, string(x.End), x.Source, x.Note, x.By, at); err != nil || x.Index < 0 {
		return err
	}
	return p.run("UPDATE commitments SET k = last_insert_rowid() WHERE n = (SELECT n FROM articles WHERE id = ?) AND i = ?", x.Article, x.Index)
}
