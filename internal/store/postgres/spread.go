package postgres

import (
	"math"
	"slices"
	"strings"
	"time"
)

// simple reports whether a plan asks for words and days only.
func (p *plan) simple() bool { return p.match != "" && p.without == "" && len(p.where) == 0 }

// spread counts what a simple plan finds, month by month, and gives the total and the number
// from which on the newest stand, at least so many. Counting reads the index of words and
// little else; reading the newest then looks into their months only.
func (t *tx) spread(p *plan, newest int) (total int64, from int64, err error) {
	months, err := t.monthsThere()
	if err != nil {
		return 0, 0, err
	}
	months = slices.DeleteFunc(months, func(m month) bool { return m.hi <= p.lo || m.lo >= p.hi })
	if len(months) == 0 {
		return 0, p.lo, nil
	}
	counts, err := t.perMonth(p, months)
	if err != nil {
		return 0, 0, err
	}
	from = -1
	for i, n := range counts {
		if total += n; from < 0 && total >= int64(newest) {
			from = months[i].lo
		}
	}
	return total, max(from, p.lo), nil
}

// perMonth counts what a plan finds in some months.
func (t *tx) perMonth(p *plan, months []month) ([]int64, error) {
	own := &plan{}
	match := own.arg(p.match)
	var sql []string
	for _, m := range months {
		one := "(SELECT count(*) FROM words_" + m.name + " w WHERE w.forms @@ " + match + "::text::tsquery"
		if p.loose != "" {
			one += " AND NOT w.long"
		}
		if m.lo < p.lo {
			one += " AND w.n >= " + own.arg(p.lo)
		}
		if m.hi > p.hi {
			one += " AND w.n < " + own.arg(p.hi)
		}
		sql = append(sql, one+")")
	}
	counts := make([]int64, len(months))
	to := make([]any, len(months))
	for i := range counts {
		to[i] = &counts[i]
	}
	_, err := t.one("SELECT "+strings.Join(sql, ", "), to, own.args...)
	return counts, err
}

// monthsThere gives the months that have partitions, the newest first.
func (t *tx) monthsThere() (list []month, err error) {
	const prefix = "words_"
	err = t.each("SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'words'::regclass", func(r row) error {
		var name string
		if err := r.scan(&name); err != nil {
			return err
		}
		if m, ok := monthNamed(strings.TrimPrefix(name, prefix)); ok {
			list = append(list, m)
		}
		return nil
	})
	slices.SortFunc(list, func(a, b month) int { return int(b.lo>>dayBits - a.lo>>dayBits) })
	return list, err
}

// monthNamed gives the partition of a name.
func monthNamed(name string) (month, bool) {
	switch name {
	case "undated":
		return monthOf(0), true
	case "before":
		return monthOf(1), true
	case "after":
		return monthOf(math.MaxInt64 >> dayBits), true
	}
	d, err := time.Parse("200601", name)
	if err != nil {
		return month{}, false
	}
	return month{name, numberOf(d.Year(), d.Month()), numberOf(d.Year(), d.Month()+1)}, true
}
