package postgres

import (
	"cmp"
	"maps"
	"slices"
)

// tallies gathers what a transaction changes about how often things are named, so that
// each count is written once.
type tallies struct {
	articles map[int64]int // by how much
	forms    map[form]int
}

type form struct {
	t    int64
	name string
}

func newTallies() tallies { return tallies{map[int64]int{}, map[form]int{}} }

// write writes the gathered counts, and the words of names that are new or gone. Its writers
// take turns (lockTail).
func (y *tallies) write(t *tx) error {
	maps.DeleteFunc(y.articles, func(_ int64, d int) bool { return d == 0 })
	if len(y.articles) > 0 {
		ts, by := make([]int64, 0, len(y.articles)), make([]int32, 0, len(y.articles))
		for _, n := range slices.Sorted(maps.Keys(y.articles)) {
			ts, by = append(ts, n), append(by, int32(y.articles[n]))
		}
		if err := t.run("UPDATE things SET articles = articles + u.d FROM unnest($1::bigint[], $2::int[]) AS u(t, d) WHERE things.t = u.t", ts, by); err != nil {
			return err
		}
	}
	return y.writeForms(t)
}

func (y *tallies) writeForms(t *tx) error {
	maps.DeleteFunc(y.forms, func(_ form, d int) bool { return d == 0 })
	if len(y.forms) == 0 {
		return nil
	}
	list := slices.SortedFunc(maps.Keys(y.forms), func(a, b form) int {
		return cmp.Or(cmp.Compare(a.t, b.t), cmp.Compare(a.name, b.name))
	})
	ts, names, by := make([]int64, len(list)), make([]string, len(list)), make([]int32, len(list))
	for i, f := range list {
		ts[i], names[i], by[i] = f.t, f.name, int32(y.forms[f])
	}
	var fresh []form
	var gone []int64
	err := t.each(`INSERT INTO forms(t, key, name, mentions) SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::int[])
		ON CONFLICT (t, key) DO UPDATE SET mentions = forms.mentions + excluded.mentions RETURNING t, name, mentions`, func(r row) error {
		var f form
		var now int
		if err := r.scan(&f.t, &f.name, &now); err != nil {
			return err
		}
		switch {
		case now <= 0:
			gone = append(gone, f.t)
		case now == y.forms[f]:
			fresh = append(fresh, f)
		}
		return nil
	}, ts, keysOf(names), names, by)
	if err != nil {
		return err
	}
	if err := t.nameWords(fresh); err != nil || len(gone) == 0 {
		return err
	}
	slices.Sort(gone)
	gone = slices.Compact(gone)
	if err := t.run("DELETE FROM forms WHERE t = ANY($1) AND mentions <= 0", gone); err != nil {
		return err
	}
	return t.nameAgain(gone)
}

// nameWords makes things findable by the words of names.
func (t *tx) nameWords(list []form) error {
	var keys [][]byte
	var ts []int64
	for _, f := range list {
		for _, w := range t.library.Lang.Forms(f.name) {
			keys, ts = append(keys, keyOf(w)), append(ts, f.t)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	return t.run("INSERT INTO namewords SELECT * FROM unnest($1::bytea[], $2::bigint[]) ON CONFLICT DO NOTHING", keys, ts)
}

// nameAgain makes things findable by the names that they have now.
func (t *tx) nameAgain(things []int64) error {
	var list []form
	err := t.each("SELECT t, name FROM forms WHERE t = ANY($1) UNION SELECT t, hand FROM things WHERE t = ANY($1) AND hand <> ''", func(r row) error {
		var f form
		err := r.scan(&f.t, &f.name)
		list = append(list, f)
		return err
	}, things)
	if err != nil {
		return err
	}
	if err := t.run("DELETE FROM namewords WHERE t = ANY($1)", things); err != nil {
		return err
	}
	return t.nameWords(list)
}
