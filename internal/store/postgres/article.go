package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// Withdraw marks an article's page as deleted; the first time stays.
func (l *Library) Withdraw(ctx context.Context, id string, at time.Time) error {
	return l.write(ctx, func(t *tx) error {
		n, err := t.claimed(id)
		if err != nil {
			return err
		}
		return t.run("UPDATE articles SET gone = $2 WHERE n = $1 AND gone = 0", n, at)
	})
}

func absent(what, id string) error { return fmt.Errorf("%s %q: %w", what, id, isnad.ErrNotFound) }

// article gives the number of an article.
func (t *tx) article(id string) (n int64, err error) {
	found, err := t.one("SELECT n FROM ids WHERE id = $1", []any{&n}, id)
	if err == nil && !found {
		err = absent("article", id)
	}
	return n, err
}

// claimed gives the number of an article and locks it.
func (t *tx) claimed(id string) (int64, error) {
	of, err := t.claimedAll([]string{id})
	return of[id], err
}

// claimedAll gives the numbers of articles and locks them, in order of id as all who write do.
func (t *tx) claimedAll(ids []string) (map[string]int64, error) {
	of := make(map[string]int64, len(ids))
	err := t.each("SELECT id, n FROM ids WHERE id = ANY($1) ORDER BY id FOR UPDATE", func(r row) error {
		var id string
		var n int64
		err := r.scan(&id, &n)
		of[id] = n
		return err
	}, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if _, ok := of[id]; !ok {
			return nil, absent("article", id)
		}
	}
	return of, nil
}

// at joins the row of a table for each number of «u», quickly where the numbers lie in few
// months: the server looks into the month of each.
func at(table, name string) string {
	return " CROSS JOIN LATERAL (SELECT * FROM " + table + " x WHERE x.n = u.n OFFSET 0) " + name
}

const fromNumbers = " FROM unnest($1::bigint[]) AS u(n)"

// holdingColumns are those of an article «a», its record «r» and its story «s».
const holdingColumns = "SELECT u.n, a.kept, a.changed, a.gone, coalesce(s.id, ''), r.record, r.sketch, a.things, r.given, r.readings"

// held is an article as it is read, things by their numbers.
type held struct {
	isnad.Holding
	things, given []int64
}

func (l *Library) scanHeld(r row) (n int64, h held, err error) {
	var kept, changed, gone int64
	var packed, things, given, readings []byte
	if err := r.scan(&n, &kept, &changed, &gone, &h.Story, &packed, &h.Sketch, &things, &given, &readings); err != nil {
		return n, h, err
	}
	if h.Record, err = l.Record(packed); err != nil {
		return n, h, err
	}
	h.Kept, h.Changed, h.Gone = shelf.Moment(kept), shelf.Moment(changed), shelf.Moment(gone)
	h.things, h.given = shelf.Numbers(nil, things), shelf.Numbers(nil, given)
	var read []reading
	err = json.Unmarshal(readings, &read)
	for _, x := range read {
		h.Readings = append(h.Readings, isnad.Reading{Reader: x.Reader, At: shelf.Moment(x.At), Digest: x.Digest})
	}
	return n, h, err
}

// Article gives one article. Its two statements go to the server together: a desk asks for
// many articles one after the other.
func (l *Library) Article(ctx context.Context, id string) (isnad.Holding, error) {
	var h *held
	var captures []isnad.Capture
	err := l.again(ctx, func() error {
		h, captures = nil, nil
		of := " FROM ids u"
		var b pgx.Batch
		b.Queue(holdingColumns+of+at("articles", "a")+at("records", "r")+" LEFT JOIN stories s ON s.s = a.s WHERE u.id = $1", harmless(id))
		b.Queue("SELECT u.n, "+captureColumns+of+at("captures", "c")+" WHERE u.id = $1 ORDER BY c.at, c.i", harmless(id))
		answers := l.pool.SendBatch(ctx, &b)
		err := eachOf(answers, func(r row) error {
			_, x, err := l.scanHeld(r)
			h = &x
			return err
		})
		if err == nil {
			err = eachOf(answers, func(r row) error {
				_, c, err := scanCapture(r)
				captures = append(captures, c)
				return err
			})
		}
		return errors.Join(err, answers.Close())
	})
	if err == nil && h == nil {
		err = absent("article", id)
	}
	if err != nil {
		return isnad.Holding{}, err
	}
	ids, err := l.met.idsOf(slices.Concat(h.things, h.given))
	if err != nil {
		if ids, err = read(ctx, l, func(t *tx) (thingIDs, error) { return t.idsOf(slices.Concat(h.things, h.given)) }); err != nil {
			return isnad.Holding{}, err
		}
	}
	h.Things, h.Identities, h.Capture = ids.of(h.things), ids.of(h.given), readFrom(captures, h.Readings)
	return h.Holding, nil
}

// eachOf gives the rows of the next answer of a batch.
func eachOf(answers pgx.BatchResults, f func(row) error) error {
	rows, err := answers.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(row{rows}); err != nil {
			return err
		}
	}
	return rows.Err()
}

// holdings gives articles by their numbers, in that order; those that are not there are left out.
func (t *tx) holdings(ns []int64) ([]isnad.Holding, error) {
	of := map[int64]held{}
	var all []int64
	err := t.each(holdingColumns+fromNumbers+at("articles", "a")+at("records", "r")+" LEFT JOIN stories s ON s.s = a.s", func(r row) error {
		n, h, err := t.library.scanHeld(r)
		of[n] = h
		all = append(append(all, h.things...), h.given...)
		return err
	}, ns)
	if err != nil {
		return nil, err
	}
	ids, err := t.idsOf(all)
	if err != nil {
		return nil, err
	}
	captures, err := t.capturesOf(ns)
	if err != nil {
		return nil, err
	}
	var list []isnad.Holding
	for _, n := range ns {
		if h, there := of[n]; there {
			h.Things, h.Identities, h.Capture = ids.of(h.things), ids.of(h.given), readFrom(captures[n], h.Readings)
			list = append(list, h.Holding)
		}
	}
	return list, nil
}

// readFrom gives the capture that the last reading was made from.
func readFrom(captures []isnad.Capture, readings []isnad.Reading) isnad.Capture {
	if len(captures) == 0 {
		return isnad.Capture{}
	}
	last := captures[len(captures)-1]
	if len(readings) == 0 {
		return last
	}
	for _, c := range slices.Backward(captures) {
		if c.Digest == readings[len(readings)-1].Digest {
			return c
		}
	}
	return last
}

// idsOf gives the ids of things.
func (t *tx) idsOf(list []int64) (thingIDs, error) {
	out, err := t.library.met.idsOf(list)
	if err == nil {
		return out, nil
	}
	var missing []int64
	for _, n := range list {
		if _, ok := out[n]; !ok {
			out[n] = ""
			missing = append(missing, n)
		}
	}
	err = t.each("SELECT t, id FROM things WHERE t = ANY($1)", func(r row) error {
		var n int64
		var id string
		err := r.scan(&n, &id)
		out[n] = id
		return err
	}, missing)
	if err == nil {
		t.library.met.keepIDs(out)
	}
	return out, err
}

// recordOf reads an article's record.
func (t *tx) recordOf(n int64) (isnad.Record, error) {
	var packed []byte
	found, err := t.one("SELECT record FROM records WHERE n = $1", []any{&packed}, n)
	if err == nil && !found {
		err = isnad.ErrNotFound
	}
	if err != nil {
		return isnad.Record{}, err
	}
	return t.library.Record(packed)
}

// Captures gives all comings of an article.
func (l *Library) Captures(ctx context.Context, id string) ([]isnad.Capture, error) {
	return read(ctx, l, func(t *tx) ([]isnad.Capture, error) {
		n, err := t.article(id)
		if err != nil {
			return nil, err
		}
		of, err := t.capturesOf([]int64{n})
		return of[n], err
	})
}

// capturesOf gives the captures of articles, oldest first.
func (t *tx) capturesOf(ns []int64) (map[int64][]isnad.Capture, error) {
	of := map[int64][]isnad.Capture{}
	err := t.each("SELECT c.n, "+captureColumns+fromNumbers+at("captures", "c")+" ORDER BY c.n, c.at, c.i", func(r row) error {
		n, c, err := scanCapture(r)
		of[n] = append(of[n], c)
		return err
	}, ns)
	return of, err
}
