package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/isnad-project/isnad"
)

// todayPage is what is new.
type todayPage struct {
	Empty      bool
	Day        string // the last of the days shown
	From       string // the first
	Days       int
	Prev, Next string
	Stories    []told
	More       string
	Fresh      int
	Due        []isnad.CommitmentRow
	Named      []isnad.Count
	Chart      *chart
}

// told is a story as a list shows it.
type told struct {
	isnad.Story
	Outlets []isnad.Count
	Copies  int  // articles that only copy another of the story
	New     bool // something of it came since the last visit
}

// The pages' lists.
const (
	storiesShown = 20
	besideShown  = 12
	rowsShown    = 30
)

func (s *site) today(v *visit) error {
	ctx := v.r.Context()
	p := &todayPage{Days: 1}
	if n, err := strconv.Atoi(v.Get("days")); err == nil && (n == 3 || n == 7) {
		p.Days = n
	}
	var err error
	if p.Day, err = s.lastDay(ctx, v.Get("day")); err != nil {
		return err
	}
	v.Title, v.Nav = v.T("nav.today"), "today"
	if p.Day == "" {
		p.Empty = true
		return s.show(v, http.StatusOK, "today", p)
	}
	day, err := time.Parse(time.DateOnly, p.Day)
	if err != nil {
		return err
	}
	back := func(n int) string { return day.AddDate(0, 0, -n).Format(time.DateOnly) }
	p.From, p.Prev, p.Next = back(p.Days-1), back(p.Days), back(-p.Days)
	days := []isnad.Term{{Field: isnad.After, Words: []string{back(p.Days - 1)}}, {Field: isnad.Before, Words: []string{p.Day}}}
	all, err := s.lib.Stories(ctx, isnad.Query{Terms: days, Limit: storiesShown, Cursor: v.Get("cursor")})
	if err != nil {
		return err
	}
	p.More = all.Next
	if p.Stories, err = s.told(ctx, all.Stories, v.Since); err != nil {
		return err
	}
	for _, t := range p.Stories {
		if t.New {
			p.Fresh++
		}
	}
	if p.Named, err = s.lib.Tally(ctx, isnad.Query{Terms: days}, isnad.PerEntity, besideShown); err != nil {
		return err
	}
	month := []isnad.Term{{Field: isnad.After, Words: []string{back(29)}}, {Field: isnad.Before, Words: []string{p.Day}}}
	counts, err := s.lib.Tally(ctx, isnad.Query{Terms: month}, isnad.PerDay, 0)
	if err != nil {
		return err
	}
	p.Chart = v.draw(counts)
	if p.Due, err = s.dueSoon(ctx, v.Now); err != nil {
		return err
	}
	return s.show(v, http.StatusOK, "today", p)
}

// lastDay gives the day that is asked for, or the last day of news.
func (s *site) lastDay(ctx context.Context, asked string) (string, error) {
	if _, err := time.Parse(time.DateOnly, asked); err == nil {
		return asked, nil
	}
	newest, err := s.lib.Search(ctx, isnad.Query{Sort: isnad.ByNewest, Limit: 1})
	if err != nil || len(newest.Hits) == 0 {
		return "", err
	}
	day := newest.Hits[0].Published
	if len(day) >= len(time.DateOnly) {
		day = day[:len(time.DateOnly)]
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return s.opt.Now().UTC().Format(time.DateOnly), nil
	}
	return day, nil
}

// dueSoon gives the open commitments that are due next.
func (s *site) dueSoon(ctx context.Context, now time.Time) ([]isnad.CommitmentRow, error) {
	u, err := s.lib.Commitments(ctx, only(isnad.Due, ">"+now.AddDate(0, 0, -1).Format(time.DateOnly), isnad.ByRank, 2*besideShown))
	if err != nil {
		return nil, err
	}
	var open []isnad.CommitmentRow
	for _, r := range u.Rows {
		if r.End == isnad.Open && len(open) < 6 {
			open = append(open, r)
		}
	}
	return open, nil
}

// told tells stories for a list.
func (s *site) told(ctx context.Context, all []isnad.Story, since time.Time) ([]told, error) {
	var out []told
	for _, story := range all {
		t := told{Story: story}
		for _, c := range story.Copies {
			t.Copies += max(len(c.Articles)-1, 0)
		}
		var err error
		if t.Outlets, err = s.lib.Tally(ctx, only(isnad.OfStory, story.ID, isnad.ByRank, 0), isnad.PerOutlet, besideShown); err != nil {
			return nil, err
		}
		if n := len(story.Articles); n > 0 && !since.IsZero() {
			last, err := s.lib.Heads(ctx, story.Articles[n-1:])
			if err != nil {
				return nil, err
			}
			t.New = len(last) > 0 && (last[0].Kept.After(since) || last[0].Changed.After(since))
		}
		out = append(out, t)
	}
	return out, nil
}

// pause is what parts two visits.
const pause = 30 * time.Minute

// since gives when who asks was here before, and marks that he is now.
func (v *visit) since() time.Time {
	var before, last int64
	if c, err := v.r.Cookie("seen"); err == nil {
		a, b := cutPair(c.Value)
		before, last = a, b
	}
	now := v.Now.Unix()
	if last > now || before > last {
		before, last = 0, 0
	}
	if now-last > int64(pause/time.Second) {
		before = last
	}
	http.SetCookie(v.w, &http.Cookie{Name: "seen", Value: strconv.FormatInt(before, 10) + "." + strconv.FormatInt(now, 10), Path: "/", MaxAge: 365 * 24 * 60 * 60, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	if before == 0 {
		return time.Time{}
	}
	return time.Unix(before, 0)
}

func cutPair(value string) (a, b int64) {
	for i := range value {
		if value[i] == '.' {
			a, errA := strconv.ParseInt(value[:i], 10, 64)
			b, errB := strconv.ParseInt(value[i+1:], 10, 64)
			if errA == nil && errB == nil && a >= 0 && b >= 0 {
				return a, b
			}
		}
	}
	return 0, 0
}
