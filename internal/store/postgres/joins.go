package postgres

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// Unjoined gives the days on which articles wait to be joined.
func (l *Library) Unjoined(ctx context.Context) ([]isnad.Day, error) {
	return read(ctx, l, func(t *tx) (days []isnad.Day, err error) {
		err = t.each(`SELECT day, max(mark) FROM (SELECT DISTINCT n >> $1::int AS day, 0::bigint AS mark FROM articles WHERE fresh IS NOT NULL
			UNION ALL SELECT day, turn FROM vacated) x GROUP BY day ORDER BY day`, func(r row) error {
			var day int64
			var d isnad.Day
			err := r.scan(&day, &d.Mark)
			d.Date = shelf.DayText(day)
			days = append(days, d)
			return err
		}, dayBits)
		return days, err
	})
}

// numbersOf gives the stretch of numbers of a stretch of days; empty days stand for the
// articles without a date.
func numbersOf(from, to string) (lo, hi int64, err error) {
	first, last, err := shelf.Days(from, to)
	return first << dayBits, (last + 1) << dayBits, err
}

// undated is how many sketches of articles without a date are given at a time.
const undated = 500

// Sketches gives the sketches of a stretch of days.
func (l *Library) Sketches(ctx context.Context, from, to string) ([]isnad.Sketch, error) {
	lo, hi, err := numbersOf(from, to)
	if err != nil {
		return nil, err
	}
	some := ""
	if lo == 0 {
		some = "AND a.n IN (SELECT n FROM articles WHERE fresh IS NOT NULL AND n < $2 ORDER BY fresh LIMIT " + strconv.Itoa(undated) + ")"
	}
	return read(ctx, l, func(t *tx) (list []isnad.Sketch, err error) {
		err = t.each(`SELECT a.id, r.sketch, coalesce(s.id, ''), coalesce(s.first, ''), a.fresh IS NULL, coalesce(a.fresh, 0) FROM articles a
			JOIN records r ON r.n = a.n AND r.n >= $1 AND r.n < $2 LEFT JOIN stories s USING(s) WHERE a.n >= $1 AND a.n < $2 `+some+` ORDER BY a.id`, func(r row) error {
			var s isnad.Sketch
			err := r.scan(&s.ID, &s.Sketch, &s.Story, &s.Born, &s.Joined, &s.Mark)
			list = append(list, s)
			return err
		}, lo, hi)
		return list, err
	})
}

// Namesakes gives the persons of a stretch of days.
func (l *Library) Namesakes(ctx context.Context, from, to string) ([]isnad.Namesake, error) {
	lo, hi, err := numbersOf(from, to)
	if err != nil {
		return nil, err
	}
	return read(ctx, l, func(t *tx) ([]isnad.Namesake, error) {
		var list []isnad.Namesake
		var firsts, nows, all []int64
		err := t.each(`SELECT a.id, r.given, r.known, r.persons FROM articles a JOIN records r ON r.n = a.n AND r.n >= $1 AND r.n < $2
			WHERE a.n >= $1 AND a.n < $2 ORDER BY a.id`, func(r row) error {
			var article string
			var packed, packedNow, persons []byte
			if err := r.scan(&article, &packed, &packedNow, &persons); err != nil {
				return err
			}
			given, known := shelf.Numbers(nil, packed), shelf.Numbers(nil, packedNow)
			for len(persons) > 0 {
				i, role, country, rest, ok := shelf.NextPerson(persons)
				if !ok || i >= len(given) || i >= len(known) {
					return fmt.Errorf("the persons of article %q are damaged: run isnad check", article)
				}
				persons = rest
				list = append(list, isnad.Namesake{Identity: isnad.Identity{Article: article, Index: i}, Role: role, Country: country})
				firsts, nows = append(firsts, given[i]), append(nows, known[i])
			}
			return nil
		}, lo, hi)
		if err != nil {
			return nil, err
		}
		all = slices.Concat(firsts, nows)
		ids, err := t.idsOf(all)
		for i := range list {
			list[i].Key, list[i].Now = ids[firsts[i]], ids[nows[i]]
		}
		return list, err
	})
}

// Join keeps what joining found.
func (l *Library) Join(ctx context.Context, j isnad.Joining) error {
	return l.write(ctx, func(t *tx) error {
		p, err := t.joiner(j)
		if err != nil {
			return err
		}
		for _, step := range [...]func(isnad.Joining) error{p.leave, p.moved, p.stories, p.identified} {
			if err := step(j); err != nil {
				return err
			}
		}
		if len(p.tally.articles) == 0 && len(p.tally.forms) == 0 {
			return nil
		}
		if err := t.lock(lockTail); err != nil {
			return err
		}
		return p.tally.write(t)
	})
}

// joiner keeps what joining found.
type joiner struct {
	*tx
	at    map[string]int64 // the numbers of all articles that it tells of
	hands hands
	tally tallies

	emptied []int64 // stories that are no more
}

// joiner locks the articles that a joining tells of.
func (t *tx) joiner(j isnad.Joining) (*joiner, error) {
	if err := t.share(lockThing); err != nil {
		return nil, err
	}
	var ids []string
	for _, d := range j.Done {
		ids = append(ids, d.Article)
	}
	for _, s := range j.Stories {
		ids = append(ids, s.Articles...)
	}
	for _, k := range j.Known {
		ids = append(ids, k.Article)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	p := &joiner{tx: t, tally: newTallies()}
	var err error
	if p.at, err = t.claimedAll(ids); err != nil {
		return nil, err
	}
	if len(j.Known) > 0 {
		p.hands, err = t.handsFor(ids)
	}
	return p, err
}

// leave takes days from those that articles left, unless one left since.
func (p *joiner) leave(j isnad.Joining) error {
	for _, d := range j.Left {
		if err := p.run("DELETE FROM vacated WHERE day = $1 AND turn = $2", shelf.DayOf(d.Date), d.Mark); err != nil {
			return err
		}
	}
	return nil
}

// moved forwards stories that are no more, and what was forwarded to them.
func (p *joiner) moved(j isnad.Joining) error {
	for _, m := range j.Moved {
		if m.From == m.To {
			return fmt.Errorf("story %q moves into itself", m.From)
		}
		s, err := p.number("DELETE FROM stories WHERE id = $1 RETURNING s", m.From)
		if err != nil {
			return err
		}
		if s != 0 {
			p.emptied = append(p.emptied, s)
		}
		if err := p.run("DELETE FROM moved WHERE old = $1", m.To); err != nil {
			return err
		}
		if err := p.run("INSERT INTO moved VALUES($1, $2) ON CONFLICT (old) DO UPDATE SET new = excluded.new", m.From, m.To); err != nil {
			return err
		}
	}
	return nil
}

// stories keeps stories.
func (p *joiner) stories(j isnad.Joining) error {
	var ids, firsts, lasts []string
	var differs []int32
	var packed [][]byte
	for i := range j.Stories {
		x := &j.Stories[i]
		if x.ID == "" || len(x.Articles) == 0 {
			return fmt.Errorf("story %q: it has no id or no articles", x.ID)
		}
		b, err := p.library.PackStory(x)
		if err != nil {
			return fmt.Errorf("story %q: %w", x.ID, err)
		}
		ids, firsts, lasts, differs, packed = append(ids, x.ID), append(firsts, x.First), append(lasts, x.Last), append(differs, int32(len(x.Disagreements))), append(packed, b)
	}
	of := map[string]int64{}
	err := p.each(`INSERT INTO stories(id, first, last, outlets, differs, story) SELECT i, f, l, 0, d, s FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::bytea[]) AS u(i, f, l, d, s)
		ON CONFLICT (id) DO UPDATE SET first = excluded.first, last = excluded.last, differs = excluded.differs, story = excluded.story RETURNING id, s`, func(r row) error {
		var id string
		var s int64
		err := r.scan(&id, &s)
		of[id] = s
		return err
	}, ids, firsts, lasts, differs, packed)
	if err != nil {
		return err
	}
	if err := p.run("DELETE FROM moved WHERE old = ANY($1)", ids); err != nil {
		return err
	}
	return p.place(j, of)
}

// place puts articles into their stories, takes them from others, and notes which are joined.
func (p *joiner) place(j isnad.Joining, of map[string]int64) error {
	in, told := map[int64]int64{}, slices.Clone(p.emptied)
	for _, x := range j.Stories {
		told = append(told, of[x.ID])
		for _, id := range x.Articles {
			in[p.at[id]] = of[x.ID]
		}
	}
	out, err := p.numbers("SELECT n FROM articles WHERE s = ANY($1)", told)
	if err != nil {
		return err
	}
	out = slices.DeleteFunc(out, func(n int64) bool { _, stays := in[n]; return stays })
	if err := p.within("UPDATE articles SET s = NULL WHERE n = ANY($1)", out); err != nil {
		return err
	}
	marks := map[int64]int64{}
	for _, d := range j.Done {
		n := p.at[d.Article]
		marks[n] = d.Mark
	}
	if err := p.settle(in, marks); err != nil {
		return err
	}
	if len(j.Stories) == 0 {
		return nil
	}
	ns := slices.Sorted(maps.Keys(in))
	return p.run(`UPDATE stories SET outlets = x.outlets FROM (SELECT s, count(DISTINCT o) AS outlets FROM articles WHERE n = ANY($1) AND n >= $2 AND n <= $3 GROUP BY s) x
		WHERE stories.s = x.s`, ns, ns[0], ns[len(ns)-1])
}

// settle writes the stories of articles and takes them from those to be joined, unless they
// were kept anew since they were looked at.
func (p *joiner) settle(in, marks map[int64]int64) error {
	var ns, ss, ms []int64
	for n, s := range in {
		ns, ss, ms = append(ns, n), append(ss, s), append(ms, marks[n])
	}
	for n, m := range marks {
		if _, again := in[n]; !again {
			ns, ss, ms = append(ns, n), append(ss, 0), append(ms, m)
		}
	}
	if len(ns) == 0 {
		return nil
	}
	return p.run(`UPDATE articles a SET s = coalesce(nullif(u.s, 0), a.s), fresh = nullif(a.fresh, u.mark) FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS u(n, s, mark)
		WHERE a.n = u.n AND a.n >= $4 AND a.n <= $5 AND (u.s <> 0 AND a.s IS DISTINCT FROM u.s OR a.fresh = u.mark)`, ns, ss, ms, slices.Min(ns), slices.Max(ns))
}

// within runs a statement on articles by their numbers, in the partitions that they are in.
func (t *tx) within(sql string, ns []int64) error {
	if len(ns) == 0 {
		return nil
	}
	return t.run(sql+" AND n >= $2 AND n <= $3", ns, slices.Min(ns), slices.Max(ns))
}

// identified keeps what joining found of which thing an entity is.
func (p *joiner) identified(j isnad.Joining) error {
	for _, k := range j.Known {
		if err := p.identify(k); err != nil {
			return err
		}
	}
	return nil
}

func (p *joiner) identify(k isnad.Identity) error {
	n := p.at[k.Article]
	list, err := p.namedIn(n)
	if err != nil {
		return err
	}
	if k.Index < 0 || k.Index >= len(list) || k.Key == "" {
		return fmt.Errorf("entity %d of article %q, which has %d: %w", k.Index, k.Article, len(list), isnad.ErrNotFound)
	}
	var x thing
	var kind string
	if _, err := p.one("SELECT kind, country FROM things WHERE t = $1", []any{&kind, &x.country}, list[k.Index]); err != nil {
		return err
	}
	x.kind = isnad.Kind(kind)
	x.id = k.Key
	raw, err := p.makeThing(x)
	if err != nil {
		return err
	}
	x.id = p.hands.settled(k.Key, k.Article)
	t, err := p.makeThing(x)
	if err != nil {
		return err
	}
	if err := p.turnInto(&p.tally, n, k.Index, list[k.Index], t); err != nil {
		return err
	}
	var packed []byte
	if _, err := p.one("SELECT known FROM records WHERE n = $1", []any{&packed}, n); err != nil {
		return err
	}
	known := shelf.Numbers(nil, packed)
	if k.Index >= len(known) {
		return fmt.Errorf("the entities of article %q are damaged: run isnad check", k.Article)
	}
	known[k.Index] = raw
	return p.run("UPDATE records SET known = $2 WHERE n = $1", n, shelf.Uvarints(known))
}
