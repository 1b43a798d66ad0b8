package desk

import (
	"context"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/authority"
)

// near is how many days before and after an article tell who a family name alone is.
const near = 3

// recognize says who is who in the articles of some days and of those near them. The
// days are in order.
func (d *Desk) recognize(ctx context.Context, days []int) error {
	held := map[int][]isnad.Namesake{}
	done := undated // the last day that was recognized
	for _, k := range days {
		if k == undated {
			continue // without a day there are no days near
		}
		for day := max(k-near, done+1); day <= k+near; day++ {
			if err := d.hold(ctx, held, day); err != nil {
				return err
			}
			known := who(held, day)
			if len(known) > 0 {
				if err := d.Library.Join(ctx, isnad.Joining{Known: known}); err != nil {
					return err
				}
			}
			done = day
		}
	}
	return nil
}

// hold brings the persons of a day and of those near it into memory, and drops what lies
// before.
func (d *Desk) hold(ctx context.Context, held map[int][]isnad.Namesake, day int) error {
	for k := range held {
		if k < day-near {
			delete(held, k)
		}
	}
	for k := day - near; k <= day+near; k++ {
		if _, ok := held[k]; ok {
			continue
		}
		persons, err := d.Library.Namesakes(ctx, date(k), date(k))
		if err != nil {
			return err
		}
		held[k] = persons
	}
	return nil
}

// who gives the persons of a day that are others than was known before.
func who(held map[int][]isnad.Namesake, day int) []isnad.Identity {
	families := map[string][]authority.Mention{}
	asked := map[string][]int{} // places of the day's own mentions among their family's
	var own []isnad.Namesake
	for k := day - near; k <= day+near; k++ {
		for _, n := range held[k] {
			family := authority.Family(n.Key)
			if k == day {
				asked[family] = append(asked[family], len(families[family]))
				own = append(own, n)
			}
			families[family] = append(families[family], authority.Mention{Key: n.Key, Role: n.Role, Country: n.Country})
		}
	}
	answer := map[string][]string{}
	for family := range asked {
		answer[family] = authority.Resolve(families[family])
	}
	var known []isnad.Identity
	for _, n := range own {
		family := authority.Family(n.Key)
		at := asked[family][0]
		asked[family] = asked[family][1:]
		if key := answer[family][at]; key != n.Now {
			known = append(known, isnad.Identity{Article: n.Article, Index: n.Index, Key: key})
		}
	}
	return known
}
