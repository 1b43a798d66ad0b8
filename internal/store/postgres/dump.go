package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
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

// Dump gives everything that is kept, in one transaction that sees one moment.
func (l *Library) Dump(ctx context.Context, after string) iter.Seq2[isnad.Part, error] {
	return func(yield func(isnad.Part, error) bool) {
		if err := l.dump(ctx, after, yield); err != nil && !errors.Is(err, errEnough) {
			yield(isnad.Part{}, trouble(err))
		}
	}
}

func (l *Library) dump(ctx context.Context, after string, yield func(isnad.Part, error) bool) error {
	t, err := l.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return err
	}
	d := &dumper{tx: &tx{t, ctx, l, nil}, yield: yield}
	begun, key, _ := strings.Cut(after, " ")
	for _, s := range stages {
		if after != "" && s.name != begun {
			continue
		}
		after, d.stage = "", s.name
		if err := s.dump(d, key); err != nil {
			return errors.Join(err, end(t, err))
		}
		key = ""
	}
	return end(t, nil)
}

// errEnough says that whoever reads a dump wants no more of it.
var errEnough = errors.New("enough")

// dumper gives the parts of a library.
type dumper struct {
	*tx
	stage string
	yield func(isnad.Part, error) bool
}

// dumped is how many parts are read at a time.
const dumped = 500

// give gives parts with the keys that tell their places in the stage.
func (d *dumper) give(keys []string, parts []isnad.Part) error {
	for i := range parts {
		parts[i].Place = d.stage + " " + keys[i]
		if !d.yield(parts[i], nil) {
			return errEnough
		}
	}
	return nil
}

// all gives the parts of a statement, some at a time. Its argument is the key to begin behind,
// which next makes of the key that a part tells.
func (d *dumper) all(sql string, from any, next func(key string) any, part func(row) (string, isnad.Part, error)) error {
	for {
		var keys []string
		var parts []isnad.Part
		err := d.each(sql+" LIMIT "+strconv.Itoa(dumped), func(r row) error {
			key, p, err := part(r)
			keys, parts = append(keys, key), append(parts, p)
			return err
		}, from)
		if err != nil {
			return err
		}
		if err := d.give(keys, parts); err != nil || len(parts) < dumped {
			return err
		}
		from = next(keys[len(keys)-1])
	}
}

// byNumber and byText say what kind of key a statement has.
func byNumber(key string) any {
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		n = -1
	}
	return n
}

func byText(key string) any { return key }

func (d *dumper) things(key string) error {
	return d.all("SELECT t, id, kind, country, hand FROM things WHERE t > $1 ORDER BY t", byNumber(key), byNumber, func(r row) (string, isnad.Part, error) {
		var n int64
		var x isnad.Thing
		var kind string
		err := r.scan(&n, &x.ID, &kind, &x.Country, &x.Name)
		x.Kind = isnad.Kind(kind)
		return strconv.FormatInt(n, 10), isnad.Part{Thing: &x}, err
	})
}

func (d *dumper) merges(key string) error {
	return d.all("SELECT old, new FROM merges WHERE old > $1 ORDER BY old", key, byText, func(r row) (string, isnad.Part, error) {
		var m isnad.Moved
		err := r.scan(&m.From, &m.To)
		return m.From, isnad.Part{Merge: &m}, err
	})
}

// splits are given all again: they are few.
func (d *dumper) splits(string) error {
	var keys []string
	var parts []isnad.Part
	err := d.each("SELECT article, old, new FROM splits ORDER BY article, old", func(r row) error {
		var s isnad.Split
		err := r.scan(&s.Article, &s.From, &s.To)
		keys, parts = append(keys, ""), append(parts, isnad.Part{Split: &s})
		return err
	})
	if err != nil {
		return err
	}
	return d.give(keys, parts)
}

func (d *dumper) corrections(key string) error {
	return d.all("SELECT c, do_, thing, target, articles, name, hand, at FROM corrections WHERE c > $1 ORDER BY c", byNumber(key), byNumber, func(r row) (string, isnad.Part, error) {
		var x isnad.Logged[isnad.Correction]
		var articles string
		var at int64
		k := &x.Entry
		if err := r.scan(&x.Number, &k.Do, &k.Thing, &k.Into, &articles, &k.Name, &k.By, &at); err != nil {
			return "", isnad.Part{}, err
		}
		k.At = moment(at)
		return strconv.FormatInt(x.Number, 10), isnad.Part{Correction: &x}, json.Unmarshal([]byte(articles), &k.Articles)
	})
}

// articles gives them in order of their numbers: so they keep their order within a day.
func (d *dumper) articles(key string) error {
	last := byNumber(key).(int64)
	for {
		ns, err := d.numbers("SELECT n FROM articles WHERE n > $1 ORDER BY n LIMIT $2", last, batch)
		if err != nil || len(ns) == 0 {
			return err
		}
		list, err := d.shelved(ns)
		if err != nil {
			return err
		}
		keys, parts := make([]string, len(ns)), make([]isnad.Part, len(ns))
		for i, n := range ns {
			keys[i], parts[i] = strconv.FormatInt(n, 10), isnad.Part{Article: list[n]}
		}
		if err := d.give(keys, parts); err != nil {
			return err
		}
		last = ns[len(ns)-1]
	}
}

// shelved reads articles with all that is known of them.
func (d *dumper) shelved(ns []int64) (map[int64]*isnad.Shelved, error) {
	holdings, err := d.holdings(ns)
	if err != nil {
		return nil, err
	}
	if len(holdings) < len(ns) {
		return nil, errors.New("an article has no record: run isnad check")
	}
	of := make(map[int64]*isnad.Shelved, len(ns))
	for i, n := range ns {
		of[n] = &isnad.Shelved{Holding: holdings[i]}
	}
	known := map[int64][]int64{}
	var all []int64
	err = d.each("SELECT u.n, a.place, coalesce(a.fresh, 0), r.known"+fromNumbers+at("articles", "a")+at("records", "r"), func(r row) error {
		var n, place, waits int64
		var packed []byte
		err := r.scan(&n, &place, &waits, &packed)
		of[n].Place, of[n].Waits, known[n] = place, waits, shelf.Numbers(nil, packed)
		all = append(all, known[n]...)
		return err
	}, ns)
	if err != nil {
		return nil, err
	}
	ids, err := d.idsOf(all)
	if err != nil {
		return nil, err
	}
	for n, x := range of {
		x.Known = ids.of(known[n])
	}
	return of, d.each("SELECT c.n, "+captureColumns+fromNumbers+at("captures", "c")+" ORDER BY c.n, c.i", func(r row) error {
		n, c, err := scanCapture(r)
		of[n].Captures = append(of[n].Captures, c)
		return err
	}, ns)
}

func (d *dumper) settlements(key string) error {
	return d.all(`SELECT s.k, s.article, s.words, s.what, s.ending, s.source, s.note, s.hand, s.at, coalesce((SELECT min(i) FROM commitments c WHERE c.k = s.k), -1) FROM settlements s
		WHERE s.k > $1 ORDER BY s.k`, byNumber(key), byNumber, func(r row) (string, isnad.Part, error) {
		var k, at int64
		var x isnad.Settled
		var ending string
		err := r.scan(&k, &x.Article, &x.Words, &x.What, &ending, &x.Source, &x.Note, &x.By, &at, &x.Index)
		x.End, x.At = isnad.Ending(ending), moment(at)
		return strconv.FormatInt(k, 10), isnad.Part{Settlement: &x}, err
	})
}

func (d *dumper) stories(key string) error {
	return d.all("SELECT id, story FROM stories WHERE id > $1 ORDER BY id", key, byText, func(r row) (string, isnad.Part, error) {
		var id string
		var packed []byte
		if err := r.scan(&id, &packed); err != nil {
			return "", isnad.Part{}, err
		}
		x, err := d.library.Packer.Story(packed)
		return id, isnad.Part{Story: &x}, err
	})
}

func (d *dumper) moved(key string) error {
	return d.all("SELECT old, new FROM moved WHERE old > $1 ORDER BY old", key, byText, func(r row) (string, isnad.Part, error) {
		var m isnad.Moved
		err := r.scan(&m.From, &m.To)
		return m.From, isnad.Part{Moved: &m}, err
	})
}

func (d *dumper) left(key string) error {
	return d.all("SELECT day, turn FROM vacated WHERE day > $1 ORDER BY day", byNumber(key), byNumber, func(r row) (string, isnad.Part, error) {
		var day int64
		var x isnad.Day
		err := r.scan(&day, &x.Mark)
		x.Date = shelf.DayText(day)
		return strconv.FormatInt(day, 10), isnad.Part{Left: &x}, err
	})
}

func (d *dumper) feeds(key string) error {
	return d.all(feedColumns+" WHERE url > $1 ORDER BY url", key, byText, func(r row) (string, isnad.Part, error) {
		f, err := scanFeed(r)
		return f.URL, isnad.Part{Feed: &f}, err
	})
}

func (d *dumper) pages(key string) error {
	return d.all(pageColumns+" WHERE url > $1 ORDER BY url", key, byText, func(r row) (string, isnad.Part, error) {
		p, err := scanPage(r)
		return p.URL, isnad.Part{Page: &p}, err
	})
}

func (d *dumper) bookmarks(key string) error {
	return d.all("SELECT name, position FROM bookmarks WHERE name > $1 ORDER BY name", key, byText, func(r row) (string, isnad.Part, error) {
		var m isnad.Mark
		err := r.scan(&m.Name, &m.Position)
		return m.Name, isnad.Part{Bookmark: &m}, err
	})
}

// papers are given all again: they are few and small.
func (d *dumper) papers(string) error {
	var keys []string
	var parts []isnad.Part
	err := d.each("SELECT kind, name, text FROM papers ORDER BY kind, name", func(r row) error {
		var p isnad.Paper
		err := r.scan(&p.Kind, &p.Name, &p.Text)
		keys, parts = append(keys, ""), append(parts, isnad.Part{Paper: &p})
		return err
	})
	if err != nil {
		return err
	}
	return d.give(keys, parts)
}

func (d *dumper) acts(key string) error {
	return d.all("SELECT a, at, hand, came, do_, done, note FROM acts WHERE a > $1 ORDER BY a", byNumber(key), byNumber, func(r row) (string, isnad.Part, error) {
		var x isnad.Logged[isnad.Act]
		var at int64
		a := &x.Entry
		err := r.scan(&x.Number, &at, &a.By, &a.From, &a.Do, &a.To, &a.Note)
		a.At = moment(at)
		return strconv.FormatInt(x.Number, 10), isnad.Part{Act: &x}, err
	})
}
