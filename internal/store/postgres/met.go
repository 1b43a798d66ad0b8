package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/isnad-project/isnad"
)

// met remembers the numbers of outlets and things, which never change.
type met struct {
	mu      sync.Mutex
	outlets map[string]int32
	things  map[string]metThing
	ids     thingIDs
}

type metThing struct {
	t       int64
	country bool // it has one
}

// metLimit bounds how many things are remembered.
const metLimit = 1 << 19

func (m *met) outlet(name string) (int32, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.outlets[name]
	return o, ok
}

func (m *met) keepOutlet(name string, o int32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.outlets == nil || len(m.outlets) > metLimit {
		m.outlets = map[string]int32{}
	}
	m.outlets[name] = o
}

func (m *met) thing(id string) (metThing, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	x, ok := m.things[id]
	return x, ok
}

func (m *met) keepThing(id string, x metThing) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.things == nil || len(m.things) > metLimit {
		m.things = map[string]metThing{}
	}
	m.things[id] = x
}

// thingIDs are the ids of things by number.
type thingIDs map[int64]string

func (x thingIDs) of(list []int64) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = x[t]
	}
	return out
}

var errUnmet = errors.New("a thing was not met yet")

// idsOf gives the ids of things that were met; the error says that some were not.
func (m *met) idsOf(list []int64) (thingIDs, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var err error
	out := make(thingIDs, len(list))
	for _, t := range list {
		id, ok := m.ids[t]
		if !ok {
			err = errUnmet
			continue
		}
		out[t] = id
	}
	return out, err
}

func (m *met) keepIDs(ids thingIDs) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ids == nil || len(m.ids) > metLimit {
		m.ids = thingIDs{}
	}
	maps.Copy(m.ids, ids)
}

// ensureOutlets makes the outlets that are not there.
func (l *Library) ensureOutlets(ctx context.Context, names []string) error {
	names = slices.DeleteFunc(names, func(name string) bool { _, ok := l.met.outlet(name); return ok })
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	of := map[string]int32{}
	err := l.write(ctx, func(t *tx) error {
		if err := t.run("INSERT INTO outlets(key, name) SELECT * FROM unnest($1::bytea[], $2::text[]) ON CONFLICT DO NOTHING", keysOf(names), names); err != nil {
			return err
		}
		return t.each("SELECT o, name FROM outlets WHERE key = ANY($1)", func(r row) error {
			var o int32
			var name string
			err := r.scan(&o, &name)
			of[name] = o
			return err
		}, keysOf(names))
	})
	if err != nil {
		return err
	}
	for name, o := range of {
		l.met.keepOutlet(name, o)
	}
	return nil
}

// thing is a thing that an entry names.
type thing struct {
	id      string
	kind    isnad.Kind
	country string
}

// ensureThings makes the things that are not there, and gives those without a country one.
func (l *Library) ensureThings(ctx context.Context, all []thing) error {
	list := l.unmet(all)
	if len(list) == 0 {
		return nil
	}
	var made map[string]int64
	err := l.write(ctx, func(t *tx) (err error) {
		made, err = t.makeThings(list)
		return err
	})
	if err != nil {
		return err
	}
	for _, x := range list {
		l.met.keepThing(x.id, metThing{made[x.id], x.country != ""})
	}
	return nil
}

// unmet gives the things that are not known to be there with a country, each once, in order of id,
// with the first kind and country that is told of it.
func (l *Library) unmet(all []thing) (list []thing) {
	at := map[string]int{}
	for _, x := range all {
		if m, ok := l.met.thing(x.id); ok && (m.country || x.country == "") {
			continue
		}
		i, again := at[x.id]
		switch {
		case !again:
			at[x.id] = len(list)
			list = append(list, x)
		case list[i].country == "":
			list[i].country = x.country
		}
	}
	slices.SortFunc(list, func(a, b thing) int { return cmp.Compare(a.id, b.id) })
	return list
}

// makeThings makes things that are not there, and gives the numbers of all.
func (t *tx) makeThings(list []thing) (made map[string]int64, err error) {
	made = make(map[string]int64, len(list))
	ids, of := make([]string, len(list)), map[string]thing{}
	for i, x := range list {
		ids[i], of[x.id] = x.id, x
	}
	var bare []int64
	var countries []string
	look := func() error {
		return t.each("SELECT t, id, country FROM things WHERE key = ANY($1)", func(r row) error {
			var n int64
			var id, country string
			if err := r.scan(&n, &id, &country); err != nil {
				return err
			}
			x := of[id]
			if country == "" && x.country != "" {
				bare, countries = append(bare, n), append(countries, x.country)
			}
			delete(of, id)
			made[id] = n
			return nil
		}, keysOf(ids))
	}
	if err := look(); err != nil {
		return nil, err
	}
	if len(of) > 0 {
		list = slices.DeleteFunc(slices.Clone(list), func(x thing) bool { _, missing := of[x.id]; return !missing })
		ids = ids[:0]
		kinds, lands := make([]string, len(list)), make([]string, len(list))
		for i, x := range list {
			ids, kinds[i], lands[i] = append(ids, x.id), string(x.kind), x.country
		}
		if err := t.run(`INSERT INTO things(key, id, kind, country, hand, articles) SELECT k, i, d, c, '', 0 FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[]) AS u(k, i, d, c)
			ON CONFLICT DO NOTHING`, keysOf(ids), ids, kinds, lands); err != nil {
			return nil, err
		}
		if err := look(); err != nil {
			return nil, err
		}
	}
	if len(bare) == 0 {
		return made, nil
	}
	return made, t.run("UPDATE things SET country = u.c FROM unnest($1::bigint[], $2::text[]) AS u(t, c) WHERE things.t = u.t AND things.country = ''", bare, countries)
}

// thing gives the number of a thing that is there.
func (t *tx) thing(id string) (int64, error) {
	if n, ok := t.made[id]; ok {
		return n, nil
	}
	if x, ok := t.library.met.thing(id); ok {
		return x.t, nil
	}
	var n int64
	found, err := t.one("SELECT t FROM things WHERE key = $1", []any{&n}, keyOf(id))
	if err == nil && !found {
		err = fmt.Errorf("thing %q: %w", id, isnad.ErrNotFound)
	}
	return n, err
}

// makeThing gives the number of a thing; a new one is made.
func (t *tx) makeThing(x thing) (int64, error) {
	made, err := t.makeThings([]thing{x})
	return made[x.id], err
}
