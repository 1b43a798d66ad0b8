package postgres

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// pour writes what the entries of a transaction came to: first what others may write at the
// same time, then, alone, what gives an article its place in the order of keeping.
func (p *putter) pour() error {
	var changed, touched []*kept
	for _, id := range p.order {
		switch k := p.of[id]; {
		case k.content != nil:
			changed = append(changed, k)
		case len(k.fresh) > 0 || k.back:
			touched = append(touched, k)
		}
	}
	if err := p.forget(changed); err != nil {
		return err
	}
	for _, step := range [...]func([]*kept) error{p.pourRecords, p.pourWords, p.pourMentions, p.pourCommitments} {
		if err := step(changed); err != nil {
			return err
		}
	}
	if err := p.pourCaptures(slices.Concat(changed, touched)); err != nil {
		return err
	}
	for _, k := range touched {
		if err := p.run("UPDATE articles SET captures = captures + $2, gone = $3 WHERE n = $1", k.n, len(k.fresh), k.row.gone); err != nil {
			return err
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return p.last(changed)
}

// last takes the turn of a transaction, which the others wait for until it is kept.
func (p *putter) last(changed []*kept) error {
	if err := p.lock(lockTail); err != nil {
		return err
	}
	added := 0
	for _, k := range changed {
		if k.n == 0 {
			added++
		}
	}
	turns := len(changed) + len(p.left)
	turn, err := p.number("UPDATE counts SET turn = turn + $1, articles = articles + $2 RETURNING turn", turns, added)
	if err != nil {
		return err
	}
	turn -= int64(turns)
	rows := make([][]any, len(changed))
	for i, k := range changed {
		turn++
		fresh := any(turn)
		if k.revised {
			k.row.place = turn
		}
		if k.as != nil {
			k.row.place, fresh = k.as.Place, nil
			if k.as.Waits != 0 {
				fresh = k.as.Waits
			}
		}
		if rows[i], err = p.articleRow(k, fresh); err != nil {
			return err
		}
	}
	if err := p.copy("articles", articleColumns, rows); err != nil {
		return err
	}
	for _, day := range p.left {
		turn++
		if err := p.run("INSERT INTO vacated VALUES($1, $2) ON CONFLICT (day) DO UPDATE SET turn = excluded.turn", day, turn); err != nil {
			return err
		}
	}
	return p.tally.write(p.tx)
}

var articleColumns = []string{"n", "id", "o", "s", "published", "title", "url", "reader", "words", "whole", "kept", "changed", "gone", "captures",
	"statements", "events", "commitments", "kinds", "things", "speakers", "fresh", "place"}

// articleRow makes a row of articles.
func (p *putter) articleRow(k *kept, fresh any) ([]any, error) {
	m := k.content
	r := &m.Entry.Record
	a := &r.Article
	o, ok := p.library.met.outlet(a.Outlet)
	if !ok {
		return nil, fmt.Errorf("the outlet %q was not made", a.Outlet)
	}
	things, err := p.thingsNow(m)
	if err != nil {
		return nil, err
	}
	kinds := m.Events
	if kinds == nil {
		kinds = []string{}
	}
	return []any{k.to, a.ID, o, k.row.story, a.Published, a.Title, a.URL, r.Reader, m.Words, m.Whole, k.row.kept, k.row.changed, k.row.gone, len(k.captures),
		len(r.Statements), len(r.Events), len(r.Commitments), kinds, shelf.Uvarints(things), shelf.Uvarints(speaking(things, m.Says)), fresh, k.row.place}, nil
}

// speaking gives the things that speak, each once.
func speaking(things []int64, says []int) (list []int64) {
	for i, t := range things {
		if says[i] > 0 && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// thingsNow gives the things of an entry's entities, corrections applied.
func (p *putter) thingsNow(m *prepared) ([]int64, error) {
	list := make([]int64, len(m.known))
	for i, key := range m.known {
		t, err := p.thing(p.hands.settled(key, m.Entry.Record.Article.ID))
		if err != nil {
			return nil, err
		}
		list[i] = t
	}
	return list, nil
}

// forget takes out what was made of entries that others take the place of.
func (p *putter) forget(changed []*kept) error {
	var ns, tos []int64
	var ids []string
	for _, k := range changed {
		if k.n != 0 {
			ns = append(ns, k.n)
		}
		if k.n != k.to {
			ids, tos = append(ids, k.content.Entry.Record.Article.ID), append(tos, k.to)
		}
	}
	if err := p.move(changed, ids, tos); err != nil || len(ns) == 0 {
		return err
	}
	lo, hi := slices.Min(ns), slices.Max(ns)
	type pair struct{ n, t int64 }
	named := map[pair]bool{}
	err := p.each("DELETE FROM mentions WHERE n = ANY($1) AND n >= $2 AND n <= $3 RETURNING n, t, name", func(r row) error {
		var x pair
		var name string
		if err := r.scan(&x.n, &x.t, &name); err != nil {
			return err
		}
		if !named[x] {
			named[x] = true
			p.tally.articles[x.t]--
		}
		p.tally.forms[form{x.t, name}]--
		return nil
	}, ns, lo, hi)
	if err != nil {
		return err
	}
	for _, table := range [...]string{"records", "words", "commitments", "articles"} {
		if err := p.run("DELETE FROM "+table+" WHERE n = ANY($1) AND n >= $2 AND n <= $3", ns, lo, hi); err != nil {
			return err
		}
	}
	return nil
}

// move gives articles their numbers of another day, and their captures with them.
func (p *putter) move(changed []*kept, ids []string, to []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if err := p.run("UPDATE ids SET n = u.n FROM unnest($1::text[], $2::bigint[]) AS u(id, n) WHERE ids.id = u.id AND ids.n <> u.n", ids, to); err != nil {
		return err
	}
	for _, k := range changed {
		if k.n != 0 && k.n != k.to {
			if err := p.run("UPDATE captures SET n = $2 WHERE n = $1", k.n, k.to); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *putter) pourRecords(changed []*kept) error {
	rows := make([][]any, len(changed))
	for i, k := range changed {
		m := k.content
		given := make([]int64, len(m.Identities))
		var persons []byte
		for j, key := range m.Identities {
			var err error
			if given[j], err = p.thing(key); err != nil {
				return err
			}
			if e := m.Entry.Record.Entities[j]; e.Kind == isnad.Person {
				persons = shelf.AppendPerson(persons, j, e)
			}
		}
		readings, err := json.Marshal(k.readings)
		if err != nil {
			return err
		}
		known := make([]int64, len(m.known))
		for j, key := range m.known {
			if known[j], err = p.thing(key); err != nil {
				return err
			}
		}
		rows[i] = []any{k.to, m.Packed, m.Sketch, shelf.Uvarints(given), shelf.Uvarints(known), persons, readings}
	}
	return p.copy("records", []string{"n", "record", "sketch", "given", "known", "persons", "readings"}, rows)
}

func (p *putter) pourWords(changed []*kept) error {
	rows := make([][]any, len(changed))
	for i, k := range changed {
		rows[i] = k.content.indexed.row(k.to)
	}
	return p.copy("words", wordColumns, rows)
}

var wordColumns = []string{"n", "size", "long", "heard", "marked", "forms"}

func (x *indexed) row(n int64) []any {
	return []any{n, x.size, x.long, x.heard, x.marked, x.forms}
}

func (p *putter) pourMentions(changed []*kept) error {
	var rows [][]any
	for _, k := range changed {
		m := k.content
		things, err := p.thingsNow(m)
		if err != nil {
			return err
		}
		for i, e := range m.Entry.Record.Entities {
			if !slices.Contains(things[:i], things[i]) {
				p.tally.articles[things[i]]++
			}
			p.tally.forms[form{things[i], e.Name}]++
			rows = append(rows, []any{k.to, i, things[i], m.Says[i], e.Name, e.Role})
		}
	}
	return p.copy("mentions", []string{"n", "i", "t", "says", "name", "role"}, rows)
}

// pourCommitments writes the commitments, with the settlements that are theirs.
func (p *putter) pourCommitments(changed []*kept) error {
	var ids []string
	for _, k := range changed {
		if len(k.content.Entry.Record.Commitments) > 0 {
			ids = append(ids, k.content.Entry.Record.Article.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	settled, err := p.settlements(ids)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, k := range changed {
		r := &k.content.Entry.Record
		of := shelf.Attach(p.library.Lang, r, settled[r.Article.ID])
		for i, c := range r.Commitments {
			var settlement any
			if of[i] != 0 {
				settlement = of[i]
			}
			due := c.Due
			if due == "" {
				due = shelf.NoDue
			}
			rows = append(rows, []any{k.to, i, due, settlement})
		}
	}
	return p.copy("commitments", []string{"n", "i", "due", "k"}, rows)
}

func (p *putter) pourCaptures(list []*kept) error {
	var rows [][]any
	for _, k := range list {
		for i, c := range k.fresh {
			rows = append(rows, captureRow(k.to, len(k.captures)-len(k.fresh)+i, c))
		}
	}
	return p.copy("captures", captureNames, rows)
}

var captureNames = []string{"n", "i", "url", "feed", "at", "status", "form", "media", "file", "start", "size", "digest", "outlet", "title", "published"}

const captureColumns = "c.url, c.feed, c.at, c.status, c.form, c.media, c.file, c.start, c.size, c.digest, c.outlet, c.title, c.published"

func captureRow(n int64, i int, c isnad.Capture) []any {
	return []any{n, i, c.URL, c.Feed, c.Fetched, c.Status, c.Form, c.MediaType, c.File, c.Offset, c.Length, c.Digest, c.Outlet, c.Title, c.Published}
}

// scanCapture reads an article's number and a capture.
func scanCapture(r row) (n int64, c isnad.Capture, err error) {
	var at int64
	err = r.scan(&n, &c.URL, &c.Feed, &at, &c.Status, &c.Form, &c.MediaType, &c.File, &c.Offset, &c.Length, &c.Digest, &c.Outlet, &c.Title, &c.Published)
	c.Fetched = shelf.Moment(at)
	return n, c, err
}
