package sqlite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// Check proves the library whole: first the file, then that what its tables hold goes
// together, then every record with all that was made of it.
func (l *Library) Check(ctx context.Context, problem func(string)) error {
	k := &checker{library: l, problem: problem}
	if err := k.fresh(ctx); err != nil {
		return err
	}
	if !l.opt.ReadOnly {
		if err := k.index(ctx); err != nil {
			return err
		}
	}
	if err := l.pool.read(ctx, k.tables); err != nil {
		return err
	}
	last, first := "", true
	for {
		var ids []string
		err := l.pool.read(ctx, func(c *conn) (err error) {
			ids, err = c.after(last, first)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := k.articles(ctx, ids); err != nil {
			return err
		}
		last, first = ids[len(ids)-1], false
	}
}

type checker struct {
	library *Library
	problem func(string)
}

func (k *checker) tell(format string, args ...any) { k.problem(fmt.Sprintf(format, args...)) }

// articles proves a batch of articles on all processors, and tells what is found in order.
func (k *checker) articles(ctx context.Context, ids []string) error {
	told, errs := make([][]string, len(ids)), make([]error, len(ids))
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), k.library.opt.Readers)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(ids); i += workers {
				own := &checker{library: k.library, problem: func(p string) { told[i] = append(told[i], p) }}
				errs[i] = k.library.pool.read(ctx, func(c *conn) error { return own.article(c, ids[i]) })
			}
		})
	}
	wg.Wait()
	for _, list := range told {
		for _, p := range list {
			k.problem(p)
		}
	}
	return errors.Join(errs...)
}

// fresh looks at the file by a connection of its own: FTS5 finds faults where there are none
// by one that read the index before it was written to.
func (k *checker) fresh(ctx context.Context) error {
	c, err := connect(k.library.pool.name, sqlite3.OPEN_READONLY|sqlite3.OPEN_URI, k.library.opt.Wait)
	if err != nil {
		return err
	}
	defer c.close()
	c.SetInterrupt(ctx)
	return reason(ctx, k.file(c))
}

// file asks SQLite whether the file is whole.
func (k *checker) file(c *conn) error {
	err := c.each("PRAGMA integrity_check(100)", func(s *sqlite3.Stmt) error {
		if t := s.ColumnText(0); t != "ok" {
			k.tell("the file: %s", t)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.each("PRAGMA foreign_key_check", func(s *sqlite3.Stmt) error {
		k.tell("table %s, row %d: it points to a row of %s that is not there", s.ColumnText(0), s.ColumnInt64(1), s.ColumnText(2))
		return nil
	})
}

// index asks FTS5 whether the index of words is whole. That is put as an insertion.
func (k *checker) index(ctx context.Context) error {
	err := k.library.pool.alone(ctx, func(c *conn) error { return c.run("INSERT INTO words(words) VALUES('integrity-check')") })
	if errors.Is(err, sqlite3.CORRUPT) {
		k.tell("the index of words: %v", err)
		return nil
	}
	return err
}

// claims are what must hold among the tables: a query that gives the ids of what is wrong, and what it is.
var claims = [...]struct{ sql, fault string }{
	{"SELECT id FROM articles WHERE n NOT IN (SELECT n FROM records)", "article %s has no record"},
	{"SELECT id FROM articles WHERE n NOT IN (SELECT n FROM sketches)", "article %s has no sketch"},
	{"SELECT id FROM articles WHERE n NOT IN (SELECT n FROM named)", "article %s has no list of things"},
	{"SELECT id FROM articles WHERE n NOT IN (SELECT id FROM words_docsize)", "article %s is not in the index of words"},
	{"SELECT id FROM words_docsize WHERE id NOT IN (SELECT n FROM articles)", "the index of words has a row %s of no article"},
	{"SELECT id FROM articles WHERE n NOT IN (SELECT n FROM readings)", "article %s was never read"},
	{"SELECT id FROM articles WHERE n NOT IN (SELECT n FROM captures)", "article %s has no capture: nothing says what it was made from"},
	{"SELECT id FROM articles a WHERE captures <> (SELECT count(*) FROM captures c WHERE c.n = a.n)", "article %s has not as many captures as is noted"},
	{"SELECT a.id FROM captures c JOIN articles a USING(n) WHERE c.file = '' OR c.digest = '' OR c.size <= 0 OR c.start < 0", "a capture of article %s does not point to its bytes"},
	{"SELECT id FROM articles WHERE fresh IS NULL AND s IS NULL", "article %s was joined and is in no story"},
	{"SELECT id FROM stories WHERE s NOT IN (SELECT s FROM articles WHERE s IS NOT NULL)", "story %s has no article"},
	{"SELECT old FROM moved WHERE new NOT IN (SELECT id FROM stories) AND new NOT IN (SELECT old FROM moved)", "story %s moved into one that is not there"},
	{"SELECT a.id FROM holders h JOIN articles a USING(n) WHERE NOT EXISTS (SELECT 1 FROM mentions m WHERE m.t = h.t AND m.n = h.n AND m.i = h.e) OR NOT EXISTS (SELECT 1 FROM commitments c WHERE c.n = h.n AND c.i = h.i)", "article %s is listed with a holder of no commitment"},
	{"SELECT id FROM articles WHERE n >> 24 NOT IN (SELECT day FROM days)", "the day of article %s is not listed"},
	{"SELECT DISTINCT t FROM mentions WHERE t NOT IN (SELECT t FROM things)", "thing number %s is named and not listed"},
	{"SELECT DISTINCT n FROM mentions WHERE n NOT IN (SELECT n FROM articles)", "article number %s names things and is not there"},
	{"SELECT DISTINCT t FROM forms WHERE t NOT IN (SELECT t FROM things)", "thing number %s has names and is not listed"},
	{"SELECT DISTINCT t FROM namewords WHERE t NOT IN (SELECT t FROM things)", "thing number %s is found by words and is not listed"},
	{"SELECT DISTINCT n FROM holders WHERE n NOT IN (SELECT n FROM articles) OR t NOT IN (SELECT t FROM things)", "article number %s or its holder of a commitment is not there"},
	{"SELECT id FROM things JOIN merges ON old = id WHERE articles > 0", "thing %s was made one with another and is still named"},
	{"SELECT x.id FROM things x WHERE articles <> (SELECT count(DISTINCT n) FROM mentions m WHERE m.t = x.t)", "thing %s is not named in as many articles as is noted"},
	{"SELECT x.id FROM things x WHERE EXISTS (SELECT name, count(*) FROM mentions m WHERE m.t = x.t GROUP BY name EXCEPT SELECT name, mentions FROM forms f WHERE f.t = x.t)", "thing %s has a name that is not noted"},
	{"SELECT x.id FROM things x WHERE EXISTS (SELECT 1 FROM forms f WHERE f.t = x.t AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.t = f.t AND m.name = f.name))", "thing %s is noted with a name that it has in no article"},
}

func (k *checker) tables(c *conn) error {
	if v, err := c.number("SELECT value FROM library WHERE key = 'forms'"); err != nil {
		return err
	} else if v != k.library.lang.Edition() {
		k.tell("the index of words holds search forms of another edition: open the library for writing once")
	}
	for _, x := range claims {
		err := c.each(x.sql, func(s *sqlite3.Stmt) error { k.tell(x.fault, s.ColumnText(0)); return nil })
		if err != nil {
			return err
		}
	}
	return k.stories(c)
}

// stories proves that stories and articles tell the same of each other.
func (k *checker) stories(c *conn) error {
	return c.each("SELECT s, id, story FROM stories", func(s *sqlite3.Stmt) error {
		id := s.ColumnText(1)
		t, err := k.library.unpackStory(s.ColumnBlob(2, nil))
		if err != nil {
			k.tell("story %s: %v", id, err)
			return nil
		}
		var have []string
		if err := c.each("SELECT id FROM articles WHERE s = ?", func(s *sqlite3.Stmt) error { have = append(have, s.ColumnText(0)); return nil }, s.ColumnInt64(0)); err != nil {
			return err
		}
		want := slices.Clone(t.Articles)
		slices.Sort(want)
		slices.Sort(have)
		if t.ID != id || !slices.Equal(want, have) {
			k.tell("story %s is said to have the articles %q, and has %q", id, want, have)
		}
		return nil
	})
}

// article proves one record sound and all that was made of it the same as if it were
// made now.
func (k *checker) article(c *conn, id string) error {
	n, err := c.article(id)
	if errors.Is(err, isnad.ErrNotFound) {
		return nil // it went meanwhile
	}
	if err != nil {
		return err
	}
	h, err := k.library.holding(c, n)
	if err != nil {
		if errors.Is(err, context.Canceled) {
			return err
		}
		k.tell("article %s: %v", id, err)
		return nil
	}
	m, err := k.library.prepare(h.Entry)
	if err != nil {
		k.tell("article %s: %v", id, err)
		return nil
	}
	if h.Record.Article.ID != id {
		k.tell("article %s has the record of %q", id, h.Record.Article.ID)
	}
	return k.rows(c, n, id, m)
}

// rows proves an article's rows to be those of its record.
func (k *checker) rows(c *conn, n int64, id string, m *made) error {
	a := &m.Record.Article
	_, err := c.one(`SELECT a.published, a.title, a.url, a.reader, a.words, a.whole, a.statements, a.events, a.commitments, o.name
		FROM articles a JOIN outlets o USING(o) WHERE n = ?`, func(s *sqlite3.Stmt) {
		same := s.ColumnText(0) == a.Published && s.ColumnText(1) == a.Title && s.ColumnText(2) == a.URL && s.ColumnText(3) == m.Record.Reader &&
			s.ColumnInt(6) == len(m.Record.Statements) && s.ColumnInt(7) == len(m.Record.Events) && s.ColumnInt(8) == len(m.Record.Commitments) && s.ColumnText(9) == a.Outlet
		if !same || n>>dayBits != m.day {
			k.tell("article %s is listed otherwise than its record says", id)
		}
		if !bytes.Equal(s.ColumnRawBlob(4), m.words) || !bytes.Equal(s.ColumnRawBlob(5), m.whole) {
			k.tell("article %s has another digest than was noted", id)
		}
	}, n)
	if err != nil {
		return err
	}
	var events []string
	if err := c.each("SELECT type FROM events WHERE n = ? ORDER BY type", func(s *sqlite3.Stmt) error { events = append(events, s.ColumnText(0)); return nil }, n); err != nil {
		return err
	}
	if !slices.Equal(events, m.events) {
		k.tell("article %s is listed with the events %q, its record has %q", id, events, m.events)
	}
	var dues, want []string
	for _, x := range m.Record.Commitments {
		want = append(want, x.Due)
	}
	if err := c.each("SELECT iif(due = '~', '', due) FROM commitments WHERE n = ? ORDER BY i", func(s *sqlite3.Stmt) error { dues = append(dues, s.ColumnText(0)); return nil }, n); err != nil {
		return err
	}
	if !slices.Equal(dues, want) {
		k.tell("article %s is listed with commitments due %q, its record has %q", id, dues, want)
	}
	_, err = c.one("SELECT sz FROM words_docsize WHERE id = ?", func(s *sqlite3.Stmt) {
		if got, want := sizes(s.ColumnRawBlob(0)), []int{words(m.title), words(m.text), words(m.fields)}; !slices.Equal(got, want) {
			k.tell("article %s is in the index with %d words, its record has %d", id, got, want)
		}
	}, n)
	if err != nil {
		return err
	}
	return k.mentions(c, n, id, &m.Record)
}

// words counts the search forms of a column.
func words(column string) int { return len(strings.Fields(column)) }

// sizes reads how many words FTS5 has noted of each column: numbers of seven bits a byte,
// the highest first.
func sizes(b []byte) (list []int) {
	n := 0
	for _, c := range b {
		if n = n<<7 | int(c&0x7F); c < 0x80 {
			list, n = append(list, n), 0
		}
	}
	return list
}

// mentions proves that an article's entities are listed as the things that they are.
func (k *checker) mentions(c *conn, n int64, id string, r *isnad.Record) error {
	list, err := c.namedIn(n)
	if err != nil {
		return err
	}
	if len(list) != len(r.Entities) {
		k.tell("article %s has %d entities and %d things", id, len(r.Entities), len(list))
		return nil
	}
	for i, t := range list {
		name := ""
		if _, err := c.one("SELECT name FROM mentions WHERE t = ? AND n = ? AND i = ?", func(s *sqlite3.Stmt) { name = s.ColumnText(0) }, t, n, i); err != nil {
			return err
		}
		if name != r.Entities[i].Name {
			k.tell("entity %d of article %s, %q, is listed as %q", i, id, r.Entities[i].Name, name)
		}
	}
	for _, h := range holdersOf(r, list) {
		there, err := c.number("SELECT count(*) FROM holders WHERE t = ? AND n = ? AND i = ? AND e = ?", h.t, n, h.i, h.e)
		if err != nil {
			return err
		}
		if there == 0 {
			k.tell("commitment %d of article %s is not listed with its holder", h.i, id)
		}
	}
	return nil
}
