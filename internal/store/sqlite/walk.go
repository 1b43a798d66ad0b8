package sqlite

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// walk goes through an order of articles and gathers a page. Articles of one score and
// one day are put in order by when they were published, then by id.
type walk struct {
	*conn
	old   bool
	at    *place // the page begins behind it
	limit int
	page  []found
}

// list walks a list that is ordered by score and day.
func (w *walk) list(list []ranked) error {
	for len(list) > 0 && len(w.page) <= w.limit {
		n := 1
		for n < len(list) && list[n].score == list[0].score && list[n].n>>dayBits == list[0].n>>dayBits {
			n++
		}
		if err := w.group(list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// group adds what a group of one score and day has behind the place.
func (w *walk) group(list []ranked) error {
	if w.at != nil {
		d := cmp.Or(cmp.Compare(w.at.Score, list[0].score), w.days(list[0].n>>dayBits, w.at.Day))
		if d < 0 {
			return nil // wholly before it
		}
	}
	group := make([]found, 0, len(list))
	for _, r := range list {
		f := found{ranked: r}
		there, err := w.one("SELECT id, published FROM articles WHERE n = ?", func(s *sqlite3.Stmt) { f.id, f.published = s.ColumnText(0), s.ColumnText(1) }, r.n)
		if err != nil {
			return err
		}
		if there && !w.before(f) {
			group = append(group, f)
		}
	}
	slices.SortFunc(group, w.compare)
	w.page = append(w.page, group...)
	return nil
}

// days compares days in the order of the walk.
func (w *walk) days(a, b int64) int {
	if w.old {
		return cmp.Compare(a, b)
	}
	return cmp.Compare(b, a)
}

// compare orders articles of one score and day.
func (w *walk) compare(a, b found) int {
	p := strings.Compare(b.published, a.published)
	if w.old {
		p = -p
	}
	return cmp.Or(p, strings.Compare(a.id, b.id))
}

// before reports whether an article stands at the place or before it.
func (w *walk) before(f found) bool {
	if w.at == nil || f.score != w.at.Score || f.n>>dayBits != w.at.Day {
		return false
	}
	return w.compare(f, found{id: w.at.ID, published: w.at.Published}) <= 0
}

// stretch walks all articles of a stretch, a day at a time.
func (w *walk) stretch(s *selection) error {
	lo, hi := s.lo, s.hi
	sql := "SELECT n FROM articles WHERE n >= ? AND n < ? ORDER BY n DESC"
	if w.old {
		sql = strings.TrimSuffix(sql, " DESC")
	}
	if w.at != nil && w.old {
		lo = max(lo, w.at.Day<<dayBits)
	} else if w.at != nil {
		hi = min(hi, (w.at.Day+1)<<dayBits)
	}
	var day []ranked
	err := w.each(sql, func(st *sqlite3.Stmt) error {
		n := st.ColumnInt64(0)
		if len(day) > 0 && day[0].n>>dayBits != n>>dayBits {
			if err := w.group(day); err != nil {
				return err
			}
			day = day[:0]
			if len(w.page) > w.limit {
				return errEnough
			}
		}
		day = append(day, ranked{0, n})
		return nil
	}, lo, hi)
	if err == nil && len(day) > 0 {
		err = w.group(day)
	}
	if err == errEnough {
		return nil
	}
	return err
}
