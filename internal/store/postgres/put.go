package postgres

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// prepared is an entry with all that is made of it before its transaction.
type prepared struct {
	*shelf.Made
	indexed
	known []string // the keys of its entities as joining knows them
}

// idLimit bounds the id of an article, in bytes: an index of the server holds no longer ones.
const idLimit = 2000

func (l *Library) prepare(e isnad.Entry) (*prepared, error) {
	if len(e.Record.Article.ID) > idLimit {
		return nil, fmt.Errorf("its id has %d bytes, more than %d", len(e.Record.Article.ID), idLimit)
	}
	m, err := l.Prepare(e)
	if err != nil {
		return nil, err
	}
	return &prepared{m, indexOf(&m.Index), m.Identities}, nil
}

// prepareAll prepares entries on all processors; nil stands for one that is refused.
func (l *Library) prepareAll(entries []isnad.Entry) ([]*prepared, error) {
	made, faults := make([]*prepared, len(entries)), make([]error, len(entries))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(entries)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(entries)); i = next.Add(1) - 1 {
				var err error
				if made[i], err = l.prepare(entries[i]); err != nil {
					faults[i] = fmt.Errorf("article %d, %q, was not kept: %w: %w", i, entries[i].Record.Article.ID, isnad.ErrUnsound, err)
				}
			}
		})
	}
	workers.Wait()
	return made, errors.Join(faults...)
}

// Put keeps entries in one transaction. What they need that outlives its failure, months,
// outlets and things that nobody names yet, is made before it, so that writers of other
// articles do not wait for its end.
func (l *Library) Put(ctx context.Context, entries []isnad.Entry) ([]isnad.Change, error) {
	changes := make([]isnad.Change, len(entries))
	refuse := func() {
		for i := range changes {
			changes[i] = isnad.Refused
		}
	}
	refuse()
	if l.opt.ReadOnly {
		return changes, errReadOnly
	}
	all, faults := l.prepareAll(entries)
	made := slices.DeleteFunc(slices.Clone(all), func(m *prepared) bool { return m == nil })
	if len(made) == 0 {
		return changes, errors.Join(faults, ctx.Err())
	}
	if err := l.makeRoom(ctx, made); err != nil {
		return changes, err
	}
	err := l.write(ctx, func(t *tx) error {
		refuse()
		p, err := t.putter(made)
		if err != nil {
			return err
		}
		for i, m := range all {
			if m != nil {
				changes[i] = p.fold(m)
			}
		}
		return p.pour()
	})
	if err != nil {
		refuse()
		return changes, err
	}
	return changes, faults
}

var errReadOnly = errors.New("the library was opened for reading only")

// makeRoom makes what a batch needs and what is there for good.
func (l *Library) makeRoom(ctx context.Context, made []*prepared) error {
	var days []int64
	var outlets []string
	var things []thing
	for _, m := range made {
		if !slices.Contains(days, m.Day) {
			days = append(days, m.Day)
		}
		if o := m.Entry.Record.Article.Outlet; !slices.Contains(outlets, o) {
			outlets = append(outlets, o)
		}
		for i, e := range m.Entry.Record.Entities {
			things = append(things, thing{m.Identities[i], e.Kind, e.Country})
		}
	}
	if err := l.ensureMonths(ctx, days); err != nil {
		return err
	}
	if err := l.ensureOutlets(ctx, outlets); err != nil {
		return err
	}
	return l.ensureThings(ctx, things)
}

// kept is what is kept of an article and what becomes of it in a transaction.
type kept struct {
	n        int64 // 0 when it is new
	to       int64 // the number that it will have
	row      articleRow
	readings []reading
	captures []isnad.Capture
	fresh    []isnad.Capture // that are new
	content  *prepared       // that takes the place of what was kept; nil when it stays
	revised  bool            // the words are others than before, or there were none
	back     bool            // its page is there again
	as       *isnad.Shelved  // it is loaded, with the marks that it had in another library
}

// articleRow is a row of articles but for what is given when it is written.
type articleRow struct {
	n                   int64
	story               *int64
	words, whole        []byte
	reader              string
	kept, changed, gone int64
	captures            int
	place               int64
}

// reading is isnad.Reading as it is kept.
type reading struct {
	Reader string `json:"r"`
	At     int64  `json:"t"`
	Digest string `json:"d"`
}

// putter keeps the entries of one transaction.
type putter struct {
	*tx
	now    int64
	of     map[string]*kept
	order  []string // ids in the order in which they came
	tally  tallies
	hands  hands
	nextNs []int64
	left   []int64 // days that articles left
}

// putter locks the articles of a batch and reads what is kept of them.
func (t *tx) putter(made []*prepared) (*putter, error) {
	p := &putter{tx: t, now: t.library.opt.Now().UnixMicro(), of: map[string]*kept{}, tally: newTallies()}
	if err := t.share(lockThing); err != nil {
		return nil, err
	}
	if err := t.sameForms(); err != nil {
		return nil, err
	}
	ids := make([]string, len(made))
	for i, m := range made {
		ids[i] = m.Entry.Record.Article.ID
	}
	var err error
	if p.hands, err = t.handsFor(ids); err != nil {
		return nil, err
	}
	if p.nextNs, err = t.numbers("SELECT nextval('numbers') FROM generate_series(1, $1::int)", 2*len(made)); err != nil {
		return nil, err
	}
	return p, p.claim(made)
}

// sameForms proves that the index of words holds the search forms that this program makes.
func (t *tx) sameForms() error {
	v, err := t.number("SELECT value FROM library WHERE key = 'forms'")
	if err == nil && v != t.library.Lang.Edition() {
		err = errors.New("another edition of isnad made the index of words anew: end this program and start that one")
	}
	return err
}

// claim locks the ids of entries in their order, new ones by keeping them.
func (p *putter) claim(made []*prepared) error {
	days := map[string]int64{}
	for _, m := range made {
		id := m.Entry.Record.Article.ID
		if _, again := days[id]; !again {
			p.order = append(p.order, id)
		}
		days[id] = m.Day
	}
	of := make(map[string]int64, len(p.order))
	for _, id := range p.order { // as they came, so that a day keeps the order of keeping
		of[id] = p.next(days[id])
	}
	ids := slices.Sorted(slices.Values(p.order))
	ns := make([]int64, len(ids))
	for i, id := range ids {
		ns[i] = of[id]
	}
	err := p.each("INSERT INTO ids(id, n) SELECT * FROM unnest($1::text[], $2::bigint[]) ON CONFLICT DO NOTHING RETURNING id, n", func(r row) error {
		var id string
		k := new(kept)
		err := r.scan(&id, &k.to)
		p.of[id] = k
		return err
	}, ids, ns)
	if err != nil {
		return err
	}
	old := slices.DeleteFunc(ids, func(id string) bool { return p.of[id] != nil })
	return p.recall(old)
}

// next gives a number that no article has, of a day.
func (p *putter) next(day int64) int64 {
	n := p.nextNs[0]
	p.nextNs = p.nextNs[1:]
	return day<<dayBits | n
}

// recall locks articles that are kept already and reads what is known of them.
func (p *putter) recall(ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	of := map[int64]*kept{}
	var ns []int64
	err := p.each("SELECT id, n FROM ids WHERE id = ANY($1) ORDER BY id FOR UPDATE", func(r row) error {
		var id string
		k := new(kept)
		if err := r.scan(&id, &k.n); err != nil {
			return err
		}
		k.to = k.n
		p.of[id], of[k.n] = k, k
		ns = append(ns, k.n)
		return nil
	}, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if p.of[id] == nil {
			return fmt.Errorf("article %q went while it was being kept: run isnad check", id)
		}
	}
	err = p.each(`SELECT a.n, a.s, a.words, a.whole, a.reader, a.kept, a.changed, a.gone, a.captures, a.place, r.readings`+fromNumbers+at("articles", "a")+at("records", "r"), func(r row) error {
		var x articleRow
		var readings []byte
		if err := r.scan(&x.n, &x.story, &x.words, &x.whole, &x.reader, &x.kept, &x.changed, &x.gone, &x.captures, &x.place, &readings); err != nil {
			return err
		}
		of[x.n].row = x
		return json.Unmarshal(readings, &of[x.n].readings)
	}, ns)
	if err != nil {
		return err
	}
	return p.each("SELECT c.n, "+captureColumns+fromNumbers+at("captures", "c")+" ORDER BY c.n, c.i", func(r row) error {
		n, c, err := scanCapture(r)
		of[n].captures = append(of[n].captures, c)
		return err
	}, ns)
}

// fold lets an entry become what is kept of its article.
func (p *putter) fold(m *prepared) isnad.Change {
	k := p.of[m.Entry.Record.Article.ID]
	change := isnad.Added
	switch {
	case k.n != 0 || k.content != nil:
		if bytes.Equal(k.row.whole, m.Whole) {
			p.capture(k, m.Capture)
			if k.row.gone != 0 && m.Capture.Fetched.UnixMicro() > k.row.gone {
				k.row.gone, k.back = 0, true
			}
			return isnad.Same
		}
		change = isnad.Reread
		if !bytes.Equal(k.row.words, m.Words) {
			change = isnad.Revised
			k.row.changed, k.revised = p.now, true
		}
	default:
		k.row.kept, k.revised = p.now, true
	}
	if k.row.gone != 0 && k.row.gone < shelf.Micros(m.Capture.Fetched) {
		k.row.gone = 0
	}
	k.content = m
	k.row.words, k.row.whole, k.row.reader = m.Words, m.Whole, m.Entry.Record.Reader
	switch {
	case k.to>>dayBits == m.Day:
	case k.n != 0 && k.to == k.n:
		p.left = append(p.left, k.n>>dayBits)
		k.to = p.next(m.Day)
	default:
		k.to = m.Day<<dayBits | k.to&(1<<dayBits-1)
	}
	k.readings = append(k.readings, reading{m.Entry.Record.Reader, p.now, m.Capture.Digest})
	p.capture(k, m.Capture)
	return change
}

// capture notes a capture unless it is there: the same bytes from the same address at the
// same moment, of which two programs may have kept a copy each.
func (p *putter) capture(k *kept, c isnad.Capture) {
	same := func(x isnad.Capture) bool {
		return x.URL == c.URL && x.Digest == c.Digest && shelf.Micros(x.Fetched) == shelf.Micros(c.Fetched)
	}
	if c == (isnad.Capture{}) || slices.ContainsFunc(k.captures, same) {
		return
	}
	k.captures, k.fresh = append(k.captures, c), append(k.fresh, c)
}
