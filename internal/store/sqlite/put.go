package sqlite

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// Put keeps entries in one transaction. What can be wrong with an entry is found before its
// first row is written; one is prepared while another is written.
func (l *Library) Put(ctx context.Context, entries []isnad.Entry) ([]isnad.Change, error) {
	changes := make([]isnad.Change, len(entries))
	x := l.prepareAll(entries)
	defer x.workers.Wait()
	err := l.pool.change(ctx, func(c *conn) error {
		p, err := l.putter(c)
		if err != nil {
			return err
		}
		for i := range entries {
			<-x.ready[i]
			if changes[i] = isnad.Refused; x.made[i] == nil {
				continue
			}
			if changes[i], err = p.entry(x.made[i]); err != nil {
				return fmt.Errorf("keep %q: %w", entries[i].Record.Article.ID, err)
			}
		}
		return p.end()
	})
	if err != nil {
		for i := range changes {
			changes[i] = isnad.Refused
		}
		return changes, err
	}
	return changes, errors.Join(x.faults...)
}

// preparation is entries that are being prepared, in their order.
type preparation struct {
	made    []*made // nil where an entry is refused
	faults  []error
	ready   []chan struct{}
	next    atomic.Int64
	workers sync.WaitGroup
}

// prepareAll prepares entries on all processors.
func (l *Library) prepareAll(entries []isnad.Entry) *preparation {
	x := &preparation{made: make([]*made, len(entries)), faults: make([]error, len(entries)), ready: make([]chan struct{}, len(entries))}
	for i := range x.ready {
		x.ready[i] = make(chan struct{})
	}
	for range min(runtime.GOMAXPROCS(0), len(entries)) {
		x.workers.Go(func() {
			for i := x.next.Add(1) - 1; i < int64(len(entries)); i = x.next.Add(1) - 1 {
				m, err := l.prepare(entries[i])
				if err != nil {
					err = fmt.Errorf("article %d, %q, was not kept: %w: %w", i, entries[i].Record.Article.ID, isnad.ErrUnsound, err)
				}
				x.made[i], x.faults[i] = m, err
				close(x.ready[i])
			}
		})
	}
	return x
}

// putter keeps the entries of one transaction.
type putter struct {
	library *Library
	*conn
	now   time.Time
	turn  int64 // the last place given among those to be joined
	tally *tallies
	seqs  map[int64]int64 // the last number of a day
	outs  map[string]int64

	corrected bool // there are merges or splits to follow

	// The index of words is written last: FTS5 writes a segment whenever another
	// statement opens a savepoint between its rows.
	words []wordRow
}

// wordRow is a change to the index of words: a row that goes, or with m one that comes.
type wordRow struct {
	n int64
	m *made
}

func (l *Library) putter(c *conn) (*putter, error) {
	p := &putter{library: l, conn: c, now: l.opt.Now(), tally: newTallies(), seqs: map[int64]int64{}, outs: map[string]int64{}}
	_, err := p.one("SELECT (SELECT value FROM library WHERE key = 'turn'), EXISTS (SELECT 1 FROM merges) OR EXISTS (SELECT 1 FROM splits)",
		func(s *sqlite3.Stmt) { p.turn, p.corrected = s.ColumnInt64(0), s.ColumnBool(1) })
	return p, err
}

func (p *putter) end() error {
	if err := p.tally.write(p.conn); err != nil {
		return err
	}
	if err := p.run("UPDATE library SET value = ? WHERE key = 'turn'", p.turn); err != nil {
		return err
	}
	for _, w := range p.words {
		var err error
		if w.m == nil {
			err = p.run("DELETE FROM words WHERE rowid = ?", w.n)
		} else {
			err = p.insertWords(w.n, w.m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// before is what is kept of an article.
type before struct {
	n            int64
	words, whole []byte
	reader       string
	gone         int64
}

func (p *putter) entry(m *made) (isnad.Change, error) {
	var b before
	known, err := p.one("SELECT n, words, whole, reader, gone FROM articles WHERE id = ?", func(s *sqlite3.Stmt) {
		b = before{s.ColumnInt64(0), s.ColumnBlob(1, nil), s.ColumnBlob(2, nil), s.ColumnText(3), s.ColumnInt64(4)}
	}, m.Record.Article.ID)
	if err != nil {
		return isnad.Refused, err
	}
	if !known {
		return isnad.Added, p.add(m)
	}
	if bytes.Equal(b.whole, m.whole) {
		return isnad.Same, p.again(b, m)
	}
	change := isnad.Reread
	if !bytes.Equal(b.words, m.words) {
		change = isnad.Revised
	}
	return change, p.replace(b, m, change)
}

// place gives the next number of a day.
func (p *putter) place(day int64) (int64, error) {
	last, ok := p.seqs[day]
	if !ok {
		n, err := p.number("SELECT coalesce(max(n), ?1 - 1) FROM articles WHERE n >= ?1 AND n < ?2", day<<dayBits, (day+1)<<dayBits)
		if err != nil {
			return 0, err
		}
		last = n
	}
	if last+1 >= (day+1)<<dayBits {
		return 0, fmt.Errorf("more than %d articles of one day", 1<<dayBits)
	}
	p.seqs[day] = last + 1
	return last + 1, nil
}

func (p *putter) outlet(name string) (int64, error) {
	if o, ok := p.outs[name]; ok {
		return o, nil
	}
	if err := p.run("INSERT INTO outlets(name, fold) VALUES(?, ?) ON CONFLICT DO NOTHING", name, foldOutlet(name)); err != nil {
		return 0, err
	}
	o, err := p.number("SELECT o FROM outlets WHERE name = ?", name)
	p.outs[name] = o
	return o, err
}

func (p *putter) add(m *made) error {
	a := &m.Record.Article
	n, err := p.place(m.day)
	if err != nil {
		return err
	}
	o, err := p.outlet(a.Outlet)
	if err != nil {
		return err
	}
	p.turn++
	if err := p.run(`INSERT INTO articles(n, id, o, published, title, url, reader, words, whole, kept, changed, gone, captures, statements, events, commitments, fresh, place)
		VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0, 0, ?11, ?12, ?13, ?14, ?14)`, n, a.ID, o, a.Published, a.Title, a.URL, m.Record.Reader, m.words, m.whole, p.now,
		len(m.Record.Statements), len(m.Record.Events), len(m.Record.Commitments), p.turn); err != nil {
		return err
	}
	if err := p.rows(n, m); err != nil {
		return err
	}
	return p.mark(n, m)
}

// rows writes everything that is made of an entry, for number n.
func (p *putter) rows(n int64, m *made) error {
	if err := p.run("INSERT INTO records VALUES(?, ?)", n, m.record); err != nil {
		return err
	}
	if err := p.run("INSERT INTO sketches VALUES(?, ?)", n, m.Sketch); err != nil {
		return err
	}
	p.words = append(p.words, wordRow{n, m})
	for _, t := range m.events {
		if err := p.run("INSERT INTO events VALUES(?, ?)", n, t); err != nil {
			return err
		}
	}
	if err := p.things(n, m); err != nil {
		return err
	}
	if err := p.undertakings(n, &m.Record); err != nil {
		return err
	}
	return p.holders(n, &m.Record, m.things)
}

// mark keeps the capture that an entry was made from and the reading of it.
func (p *putter) mark(n int64, m *made) error {
	if err := p.capture(n, m.Capture); err != nil {
		return err
	}
	i, err := p.number("SELECT coalesce(max(i) + 1, 0) FROM readings WHERE n = ?", n)
	if err != nil {
		return err
	}
	return p.run("INSERT INTO readings VALUES(?, ?, ?, ?, ?)", n, i, m.Record.Reader, p.now, m.Capture.Digest)
}

// capture keeps a capture unless it is there: the same bytes from the same address at the
// same moment, of which two programs may have kept a copy each.
func (p *putter) capture(n int64, c isnad.Capture) error {
	if c == (isnad.Capture{}) {
		return nil
	}
	known, next := false, int64(0)
	err := p.each("SELECT i, url, digest, at FROM captures WHERE n = ? ORDER BY i", func(s *sqlite3.Stmt) error {
		next = s.ColumnInt64(0) + 1
		known = known || s.ColumnText(1) == c.URL && s.ColumnText(2) == c.Digest && s.ColumnInt64(3) == micros(c.Fetched)
		return nil
	}, n)
	if err != nil || known {
		return err
	}
	if err := p.run("UPDATE articles SET captures = captures + 1 WHERE n = ?", n); err != nil {
		return err
	}
	return p.run("INSERT INTO captures VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		n, next, c.URL, c.Feed, c.Fetched, c.Status, c.Form, c.MediaType, c.File, c.Offset, c.Length, c.Digest, c.Outlet, c.Title, c.Published)
}

// again keeps what a second coming of the same tells: its capture, and that the page is there.
func (p *putter) again(b before, m *made) error {
	if b.gone != 0 && m.Capture.Fetched.UnixMicro() > b.gone {
		if err := p.run("UPDATE articles SET gone = 0 WHERE n = ?", b.n); err != nil {
			return err
		}
	}
	return p.capture(b.n, m.Capture)
}

// replace puts a new reading or text in the place of what was kept.
func (p *putter) replace(b before, m *made, change isnad.Change) error {
	if err := p.clear(b.n); err != nil {
		return err
	}
	a := &m.Record.Article
	n := b.n
	if n>>dayBits != m.day {
		var err error
		if n, err = p.place(m.day); err != nil {
			return err
		}
		p.turn++
		if err := p.run("INSERT INTO vacated VALUES(?, ?) ON CONFLICT DO UPDATE SET turn = excluded.turn", b.n>>dayBits, p.turn); err != nil {
			return err
		}
		if err := p.run("UPDATE articles SET n = ? WHERE n = ?", n, b.n); err != nil {
			return err
		}
	}
	o, err := p.outlet(a.Outlet)
	if err != nil {
		return err
	}
	p.turn++
	if err := p.run(`UPDATE articles SET o = ?1, published = ?2, title = ?3, url = ?4, reader = ?5, words = ?6, whole = ?7,
		changed = iif(?8, ?9, changed), gone = iif(gone < ?10, 0, gone), statements = ?11, events = ?12, commitments = ?13, fresh = ?14,
		place = iif(?8, ?14, place) WHERE n = ?15`,
		o, a.Published, a.Title, a.URL, m.Record.Reader, m.words, m.whole, change == isnad.Revised, p.now, m.Capture.Fetched,
		len(m.Record.Statements), len(m.Record.Events), len(m.Record.Commitments), p.turn, n); err != nil {
		return err
	}
	if err := p.rows(n, m); err != nil {
		return err
	}
	return p.mark(n, m)
}

// clear takes out everything that was made of an entry.
func (p *putter) clear(n int64) error {
	if err := p.forget(n); err != nil {
		return err
	}
	p.words = append(p.words, wordRow{n: n})
	for _, sql := range [...]string{
		"DELETE FROM records WHERE n = ?", "DELETE FROM sketches WHERE n = ?",
		"DELETE FROM events WHERE n = ?", "DELETE FROM commitments WHERE n = ?",
	} {
		if err := p.run(sql, n); err != nil {
			return err
		}
	}
	return nil
}

// uvarints packs numbers.
func uvarints(list []int64) []byte {
	var b []byte
	for _, v := range list {
		b = binary.AppendUvarint(b, uint64(v))
	}
	return b
}

// unpack gives the numbers of a blob; what does not fit ends them.
func unpack(dst []int64, b []byte) []int64 {
	for len(b) > 0 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			break
		}
		dst = append(dst, int64(v))
		b = b[n:]
	}
	return dst
}
