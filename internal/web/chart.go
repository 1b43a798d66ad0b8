package web

import (
	"time"

	"github.com/isnad-project/isnad"
)

// chart is a row of bars: articles by day, or by week, month or year where the days are many.
type chart struct {
	Bars        []bar
	Width       int
	Unit        string // day, week, month, year
	First, Last string
	Most        int
	Total       int
}

// bar is one of them. In Arabic time runs from the right.
type bar struct {
	X, Y, W, H  float64
	First, Last string // days it stands for
	N           int
}

// The chart's own units of length, which the page stretches.
const (
	chartWidth  = 600
	chartHeight = 64
	mostBars    = 100
)

// scales are the widths of bars, the finest first.
var scales = [...]struct {
	unit  string
	floor func(time.Time) time.Time
	next  func(time.Time) time.Time
}{
	{"day", func(t time.Time) time.Time { return t }, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
	{"week", func(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }, func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }},
	{"month", func(t time.Time) time.Time { return t.AddDate(0, 0, 1-t.Day()) }, func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
	{"year", func(t time.Time) time.Time { return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC) }, func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
}

// draw makes a chart of counts by day, which are in order. It gives nothing for fewer
// than two days.
func (t *tongue) draw(counts []isnad.Count) *chart {
	days := make([]time.Time, 0, len(counts))
	var dated []isnad.Count
	for _, c := range counts {
		if d, err := time.Parse(time.DateOnly, c.Key); err == nil {
			days, dated = append(days, d), append(dated, c)
		}
	}
	if len(days) < 2 {
		return nil
	}
	last := days[len(days)-1]
	for _, s := range scales {
		n := 0
		for at := s.floor(days[0]); !at.After(last) && n <= mostBars; at = s.next(at) {
			n++
		}
		if n > mostBars && s.unit != "year" {
			continue
		}
		c := &chart{Width: chartWidth, Unit: s.unit, First: dated[0].Key, Last: dated[len(dated)-1].Key}
		i := 0
		for at := s.floor(days[0]); !at.After(last) && len(c.Bars) <= 4*mostBars; at = s.next(at) {
			b := bar{First: at.Format(time.DateOnly), Last: s.next(at).AddDate(0, 0, -1).Format(time.DateOnly)}
			for ; i < len(days) && days[i].Before(s.next(at)); i++ {
				b.N += dated[i].Articles
			}
			c.Most, c.Total = max(c.Most, b.N), c.Total+b.N
			c.Bars = append(c.Bars, b)
		}
		c.place(t.Dir == "rtl")
		return c
	}
	return nil
}

// place sets the bars.
func (c *chart) place(rtl bool) {
	step := float64(chartWidth) / float64(len(c.Bars))
	for i := range c.Bars {
		b := &c.Bars[i]
		b.X, b.W = float64(i)*step, min(step*0.8, 40)
		if rtl {
			b.X = float64(chartWidth) - b.X - b.W
		}
		if c.Most > 0 {
			b.H = float64(b.N) / float64(c.Most) * chartHeight
		}
		if b.N > 0 {
			b.H = max(b.H, 2)
		}
		b.Y = chartHeight - b.H
	}
}
