package postgres

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/isnad-project/isnad/internal/store/shelf"
)

// dayBits are the bits of an article's number within its day.
const dayBits = 40

// parted are the tables with a partition for every month.
var parted = [...]string{"articles", "records", "words", "captures", "mentions"}

// month is a partition: a stretch of numbers.
type month struct {
	name   string
	lo, hi int64
}

// The years that have a partition for every month; those before and after have one together.
const (
	firstYear = 1900
	lastYear  = 2099
)

// monthOf gives the partition of a day.
func monthOf(day int64) month {
	d := shelf.Date(day)
	switch {
	case day == 0:
		return month{"undated", 0, 1 << dayBits}
	case d.Year() < firstYear:
		return month{"before", 1 << dayBits, numberOf(firstYear, 1)}
	case d.Year() > lastYear:
		return month{"after", numberOf(lastYear+1, 1), math.MaxInt64}
	}
	return month{d.Format("200601"), numberOf(d.Year(), d.Month()), numberOf(d.Year(), d.Month()+1)}
}

func numberOf(year int, m time.Month) int64 {
	return shelf.DayNumber(time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)) << dayBits
}

// ensureMonths makes the partitions of some days that are not there. It is done before the
// transaction that needs them: a partition that is made holds up nobody who reads or writes.
func (l *Library) ensureMonths(ctx context.Context, days []int64) error {
	var missing []month
	l.mu.Lock()
	for _, d := range days {
		m := monthOf(d)
		if !l.months[m.name] && !slices.Contains(missing, m) {
			missing = append(missing, m)
		}
	}
	l.mu.Unlock()
	for _, m := range missing {
		if err := l.again(ctx, func() error { return l.makeMonth(ctx, m) }); err != nil {
			return fmt.Errorf("make the partition %s: %w", m.name, err)
		}
		l.mu.Lock()
		l.months[m.name] = true
		l.mu.Unlock()
	}
	return nil
}

// makeMonth makes a month's partitions if they are not there.
func (l *Library) makeMonth(ctx context.Context, m month) error {
	return pgx.BeginFunc(ctx, l.pool, func(t pgx.Tx) error {
		there := false
		last := parted[len(parted)-1] + "_" + m.name
		if err := t.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", last).Scan(&there); err != nil || there {
			return err
		}
		if _, err := t.Exec(ctx, "SELECT pg_advisory_xact_lock($1, $2)", locks, lockShape); err != nil {
			return err
		}
		for _, table := range parted {
			name := table + "_" + m.name
			sql := fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (LIKE %s INCLUDING ALL)", name, table)
			if table == "words" {
				sql += " WITH (toast_tuple_target = 128)"
			}
			if _, err := t.Exec(ctx, sql); err != nil {
				return err
			}
			if err := t.QueryRow(ctx, "SELECT relispartition FROM pg_class WHERE oid = $1::regclass", name).Scan(&there); err != nil {
				return err
			}
			if there {
				continue
			}
			sql = fmt.Sprintf("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)", table, name, m.lo, m.hi)
			if _, err := t.Exec(ctx, sql); err != nil {
				return err
			}
		}
		return nil
	})
}
