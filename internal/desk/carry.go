package desk

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/story"
)

// carrying is the bookmark of the days that a walk has to come to because a day before
// them changed. Nothing else in the library tells of them: their own articles are joined.
const carrying = "join"

// Waiting reports whether articles wait to be joined, or a joining was ended early.
func (d *Desk) Waiting(ctx context.Context) (bool, error) {
	days, err := d.Library.Unjoined(ctx)
	if err != nil || len(days) > 0 {
		return len(days) > 0, err
	}
	carried, err := d.carried(ctx)
	return len(carried) > 0, err
}

// carried gives the days that a walk which ended early had yet to come to.
func (d *Desk) carried(ctx context.Context) (map[int]bool, error) {
	noted, err := d.Library.Bookmark(ctx, carrying)
	if err != nil {
		return nil, err
	}
	var days []isnad.Day
	for date := range strings.FieldsSeq(noted) {
		days = append(days, isnad.Day{Date: date})
	}
	numbered, err := numbers(days)
	set := map[int]bool{}
	for k := range numbered {
		set[k] = true
	}
	return set, err
}

// fresh gives the articles of days that are to be joined, with their marks, as they are
// before the persons on those days are recognized: what is kept after that was not seen
// then, and may be placed but not be called joined.
func (d *Desk) fresh(ctx context.Context, days map[int]isnad.Day) (map[string]int64, error) {
	marks := map[string]int64{}
	for k := range days {
		if k == undated {
			continue // nobody is recognized by days near
		}
		kept, err := d.Library.Sketches(ctx, date(k), date(k))
		if err != nil {
			return nil, err
		}
		for _, s := range kept {
			if !s.Joined {
				marks[s.ID] = s.Mark
			}
		}
	}
	return marks, nil
}

// carry notes, before a day is placed, which days the walk has to come to if that day
// changes, beside those that the library itself lists.
func (w *walk) carry(ctx context.Context, k int, pending map[int]bool, listed map[int]isnad.Day) error {
	if k == undated {
		return nil
	}
	days := map[int]bool{}
	for day := range pending {
		days[day] = day != undated
	}
	for day := k + 1; day <= k+story.Window; day++ {
		days[day] = true
	}
	maps.DeleteFunc(days, func(day int, wanted bool) bool {
		_, known := listed[day]
		return known || !wanted
	})
	noted := true
	for day := range days {
		noted = noted && w.carried[day]
	}
	if noted {
		return nil
	}
	w.carried = days
	var dates []string
	for _, day := range slices.Sorted(maps.Keys(days)) {
		dates = append(dates, date(day))
	}
	return w.desk.Library.Mark(ctx, carrying, strings.Join(dates, " "))
}

// arrive notes that the walk came to all its days.
func (w *walk) arrive(ctx context.Context) error {
	if len(w.carried) == 0 {
		return nil
	}
	w.carried = nil
	return w.desk.Library.Mark(ctx, carrying, "")
}
