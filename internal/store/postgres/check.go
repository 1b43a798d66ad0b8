package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// Check proves the library whole: that what its tables hold goes together, then every record
// with all that was made of it. Whether the server's files are whole is the server's to say
// (pg_amcheck, data checksums).
func (l *Library) Check(ctx context.Context, problem func(string)) error {
	told, err := read(ctx, l, func(t *tx) ([]string, error) {
		k := &checker{tx: t}
		err := k.tables()
		return k.problems, err
	})
	if err != nil {
		return err
	}
	for _, p := range told {
		problem(p)
	}
	last, begun := "", false
	for {
		k, err := read(ctx, l, func(t *tx) (*checker, error) {
			k := &checker{tx: t}
			ns, err := t.after(last, begun)
			if err == nil && len(ns) > 0 {
				err = k.articles(ns)
			}
			return k, err
		})
		if err != nil {
			return err
		}
		for _, p := range k.problems {
			problem(p)
		}
		if k.last == "" {
			return nil
		}
		last, begun = k.last, true
	}
}

// checker gathers the problems of one transaction.
type checker struct {
	*tx
	problems []string
	last     string // the id of the last article that was looked at
}

func (k *checker) tell(format string, args ...any) {
	k.problems = append(k.problems, fmt.Sprintf(format, args...))
}

// claims are what must hold among the tables: a query that gives the ids of what is wrong, and what it is.
var claims = [...]struct{ sql, fault string }{
	{"SELECT i.id FROM ids i LEFT JOIN articles a ON a.n = i.n WHERE a.id IS DISTINCT FROM i.id", "article %s is not where it is noted"},
	{"SELECT a.id FROM articles a LEFT JOIN ids i ON i.id = a.id WHERE i.n IS DISTINCT FROM a.n", "article %s is there and is not noted"},
	{"SELECT a.id FROM articles a LEFT JOIN records r USING(n) WHERE r.n IS NULL", "article %s has no record"},
	{"SELECT a.id FROM articles a LEFT JOIN words w USING(n) WHERE w.n IS NULL", "article %s is not in the index of words"},
	{"SELECT w.n::text FROM words w LEFT JOIN articles a USING(n) WHERE a.n IS NULL", "the index of words has a row %s of no article"},
	{"SELECT r.n::text FROM records r LEFT JOIN articles a USING(n) WHERE a.n IS NULL", "record %s is of no article"},
	{"SELECT DISTINCT m.n::text FROM mentions m LEFT JOIN articles a USING(n) WHERE a.n IS NULL", "the mentions of number %s are of no article"},
	{"SELECT DISTINCT c.n::text FROM captures c LEFT JOIN articles a USING(n) WHERE a.n IS NULL", "the captures of number %s are of no article"},
	{"SELECT DISTINCT c.n::text FROM commitments c LEFT JOIN articles a USING(n) WHERE a.n IS NULL", "the commitments of number %s are of no article"},
	{"SELECT a.id FROM articles a LEFT JOIN (SELECT n, count(*) AS k FROM captures GROUP BY n) c USING(n) WHERE a.captures <> coalesce(c.k, 0)", "article %s has not as many captures as is noted"},
	{"SELECT id FROM articles WHERE captures = 0", "article %s has no capture: nothing says what it was made from"},
	{"SELECT DISTINCT a.id FROM captures c JOIN articles a USING(n) WHERE c.file = '' OR c.digest = '' OR c.size <= 0 OR c.start < 0", "a capture of article %s does not point to its bytes"},
	{"SELECT id FROM articles WHERE fresh IS NULL AND s IS NULL", "article %s was joined and is in no story"},
	{"SELECT a.id FROM articles a LEFT JOIN stories s USING(s) WHERE a.s IS NOT NULL AND s.s IS NULL", "article %s is in a story that is not there"},
	{"SELECT id FROM stories WHERE s NOT IN (SELECT s FROM articles WHERE s IS NOT NULL)", "story %s has no article"},
	{"SELECT old FROM moved WHERE new NOT IN (SELECT id FROM stories) AND new NOT IN (SELECT old FROM moved)", "story %s moved into one that is not there"},
	{"SELECT id FROM things JOIN merges ON old = id WHERE articles > 0", "thing %s was made one with another and is still named"},
	{"SELECT x.id FROM things x LEFT JOIN (SELECT t, count(DISTINCT n) AS k FROM mentions GROUP BY t) m USING(t) WHERE x.articles <> coalesce(m.k, 0)", "thing %s is not named in as many articles as is noted"},
	{"SELECT DISTINCT m.t::text FROM mentions m LEFT JOIN things x USING(t) WHERE x.t IS NULL", "the thing with number %s is named and is not there"},
	{`SELECT DISTINCT x.id FROM (SELECT t, name, count(*) AS k FROM mentions GROUP BY t, name) m FULL JOIN forms f ON f.t = m.t AND f.name = m.name
		JOIN things x ON x.t = coalesce(m.t, f.t) WHERE m.k IS DISTINCT FROM f.mentions`, "the names of thing %s are not those that it has in articles"},
	{"SELECT 'articles' FROM counts WHERE articles <> (SELECT count(*) FROM ids)", "the count of %s is not their number"},
}

func (k *checker) tables() error {
	v, err := k.number("SELECT value FROM library WHERE key = 'forms'")
	if err != nil {
		return err
	}
	if v != k.library.Lang.Edition() {
		k.tell("the index of words holds search forms of another edition: open the library for writing once")
	}
	fsync := ""
	if _, err := k.one("SELECT current_setting('fsync')", []any{&fsync}); err != nil {
		return err
	}
	if fsync != "on" {
		k.tell("the PostgreSQL server runs with fsync=%s: what is kept may be gone when its machine falls", fsync)
	}
	for _, x := range claims {
		err := k.each(x.sql, func(r row) error {
			var id string
			err := r.scan(&id)
			k.tell(x.fault, id)
			return err
		})
		if err != nil {
			return err
		}
	}
	return k.stories()
}

// stories proves that stories and articles tell the same of each other.
func (k *checker) stories() error {
	of := map[int64][]string{}
	err := k.each("SELECT s, id FROM articles WHERE s IS NOT NULL ORDER BY s, id", func(r row) error {
		var s int64
		var id string
		err := r.scan(&s, &id)
		of[s] = append(of[s], id)
		return err
	})
	if err != nil {
		return err
	}
	return k.each("SELECT s, id, story FROM stories", func(r row) error {
		var s int64
		var id string
		var packed []byte
		if err := r.scan(&s, &id, &packed); err != nil {
			return err
		}
		x, err := k.library.Packer.Story(packed)
		if err != nil {
			k.tell("story %s: %v", id, err)
			return nil
		}
		want := slices.Sorted(slices.Values(x.Articles))
		if x.ID != id || !slices.Equal(want, of[s]) {
			k.tell("story %s is said to have the articles %q, and has %q", id, want, of[s])
		}
		return nil
	})
}

// articles proves records sound and all that was made of them the same as if it were made now.
func (k *checker) articles(ns []int64) error {
	list, err := k.holdings(ns)
	if err != nil {
		if errors.Is(err, context.Canceled) || passing(err) {
			return err
		}
		k.tell("an article of the numbers %d to %d: %v", ns[0], ns[len(ns)-1], err)
		return k.skip(ns)
	}
	of := map[int64]*prepared{}
	for i, h := range list {
		k.last = h.Record.Article.ID
		m, err := k.library.prepare(h.Entry)
		if err != nil {
			k.tell("article %s: %v", k.last, err)
			continue
		}
		of[ns[i]] = m
		if len(h.Readings) == 0 {
			k.tell("article %s was never read", k.last)
		}
	}
	if len(list) < len(ns) {
		return k.skip(ns)
	}
	return k.rows(ns, of)
}

// skip goes on behind articles that cannot be read.
func (k *checker) skip(ns []int64) error {
	_, err := k.one("SELECT id FROM ids WHERE n = $1", []any{&k.last}, ns[len(ns)-1])
	return err
}

// rows proves articles' rows to be those of their records.
func (k *checker) rows(ns []int64, of map[int64]*prepared) error {
	err := k.each(`SELECT a.n, a.id, a.published, a.title, a.url, a.reader, a.words, a.whole, a.statements, a.events, a.commitments, a.kinds, o.name, w.size, w.long, w.heard, w.marked, length(w.forms)`+fromNumbers+at("articles", "a")+at("words", "w")+" JOIN outlets o ON o.o = a.o", func(r row) error {
		var n int64
		var id, published, title, url, reader, outlet string
		var words, whole, heard, marked []byte
		var statements, events, commitments, size, forms int
		var long bool
		var kinds []string
		if err := r.scan(&n, &id, &published, &title, &url, &reader, &words, &whole, &statements, &events, &commitments, &kinds, &outlet, &size, &long, &heard, &marked, &forms); err != nil {
			return err
		}
		m := of[n]
		if m == nil {
			return nil
		}
		a := &m.Entry.Record.Article
		same := id == a.ID && published == a.Published && title == a.Title && url == a.URL && reader == m.Entry.Record.Reader && outlet == a.Outlet && n>>dayBits == m.Day &&
			statements == len(m.Entry.Record.Statements) && events == len(m.Entry.Record.Events) && commitments == len(m.Entry.Record.Commitments)
		if !same {
			k.tell("article %s is listed otherwise than its record says", id)
		}
		if !bytes.Equal(words, m.Words) || !bytes.Equal(whole, m.Whole) {
			k.tell("article %s has another digest than was noted", id)
		}
		if !slices.Equal(kinds, m.Events) {
			k.tell("article %s is listed with the events %q, its record has %q", id, kinds, m.Events)
		}
		if size != m.size || long != m.long || !bytes.Equal(heard, m.heard) || !bytes.Equal(marked, m.marked) || forms != m.indexed.count() {
			k.tell("article %s is in the index with other words than its record has", id)
		}
		return nil
	}, ns)
	if err != nil {
		return err
	}
	if err := k.dues(ns, of); err != nil {
		return err
	}
	return k.mentions(ns, of)
}

// dues proves that commitments are listed as they are due.
func (k *checker) dues(ns []int64, of map[int64]*prepared) error {
	have := map[int64][]string{}
	err := k.each("SELECT n, nullif(due, '~') IS NULL, due FROM commitments WHERE n = ANY($1) ORDER BY n, i", func(r row) error {
		var n int64
		var none bool
		var due string
		err := r.scan(&n, &none, &due)
		if none {
			due = ""
		}
		have[n] = append(have[n], due)
		return err
	}, ns)
	for n, m := range of {
		var want []string
		for _, x := range m.Entry.Record.Commitments {
			want = append(want, x.Due)
		}
		if !slices.Equal(have[n], want) {
			k.tell("article %s is listed with commitments due %q, its record has %q", m.Entry.Record.Article.ID, have[n], want)
		}
	}
	return err
}

// mentions proves that articles' entities are listed as the things that they are.
func (k *checker) mentions(ns []int64, of map[int64]*prepared) error {
	type mention struct {
		t    int64
		name string
	}
	have, things := map[int64][]mention{}, map[int64][]int64{}
	err := k.each("SELECT m.n, m.t, m.name"+fromNumbers+at("mentions", "m")+" ORDER BY m.n, m.i", func(r row) error {
		var n int64
		var m mention
		err := r.scan(&n, &m.t, &m.name)
		have[n] = append(have[n], m)
		return err
	}, ns)
	if err != nil {
		return err
	}
	err = k.each("SELECT a.n, a.things"+fromNumbers+at("articles", "a"), func(r row) error {
		var n int64
		var packed []byte
		err := r.scan(&n, &packed)
		things[n] = shelf.Numbers(nil, packed)
		return err
	}, ns)
	for n, m := range of {
		r := &m.Entry.Record
		if len(things[n]) != len(r.Entities) || len(have[n]) != len(r.Entities) {
			k.tell("article %s has %d entities and %d things", r.Article.ID, len(r.Entities), len(things[n]))
			continue
		}
		for i, x := range have[n] {
			if x.name != r.Entities[i].Name || x.t != things[n][i] {
				k.tell("entity %d of article %s, %q, is listed as %q", i, r.Article.ID, r.Entities[i].Name, x.name)
			}
		}
	}
	return err
}

var _ isnad.Library = (*Library)(nil)
