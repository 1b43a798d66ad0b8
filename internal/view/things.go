package view

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
)

// entities answers who, then where, then what else has a name.
func (v *view) entities() {
	count := make([]int, len(v.rec.Entities))
	trust := make([]isnad.Trust, len(v.rec.Entities))
	for _, n := range v.rec.Names {
		if count[n.Entity] == 0 {
			trust[n.Entity] = n.Trust
		}
		count[n.Entity]++
	}
	section := func(q string, kinds ...isnad.Kind) {
		opened := false
		for i, e := range v.rec.Entities {
			if !slices.Contains(kinds, e.Kind) {
				continue
			}
			if !opened {
				v.question(q)
				opened = true
			}
			v.entity(e, count[i], trust[i])
		}
	}
	section(who, isnad.Person, isnad.Organization)
	section(where, isnad.Place)
	section(besides, isnad.Other)
}

func (v *view) entity(e isnad.Entity, count int, t isnad.Trust) {
	line := []stretch{{strong, " " + e.Name}}
	if e.Role != "" {
		line = append(line, stretch{normal, comma + e.Role})
	}
	if c := v.country(e.Country); c != "" && !strings.HasPrefix(e.Name, c) {
		line = append(line, stretch{pale, " (" + c + ")"})
	}
	switch {
	case count == 2:
		line = append(line, stretch{pale, " " + mentions(2)})
	case count > 2:
		line = append(line, stretch{pale, " " + strconv.Itoa(count) + " " + mentions(count)})
	}
	v.item(t, line...)
}

// times answers when: each time once, with all words that tell it.
func (v *view) times() {
	type told struct {
		words []string
		first isnad.Time
	}
	var all []told
	for _, t := range v.rec.Times {
		at := slices.IndexFunc(all, func(x told) bool { return x.first.Value == t.Value && x.first.Mod == t.Mod && x.first.Type == t.Type })
		if at < 0 {
			all = append(all, told{nil, t})
			at = len(all) - 1
		}
		if w := quoted(t.Of(v.text)); !slices.Contains(all[at].words, w) {
			all[at].words = append(all[at].words, w)
		}
	}
	if len(all) > 0 {
		v.question(when)
	}
	for _, t := range all {
		v.item(t.first.Trust, stretch{strong, " " + placed(t.first)}, stretch{pale, " " + strings.Join(t.words, comma)})
	}
}

// placed tells a time in words.
func placed(t isnad.Time) string {
	switch {
	case t.Type == "duration" || t.Type == "set":
		return word(t.Type)
	case word(t.Value) != t.Value:
		return word(t.Value)
	case t.First == "" || t.Last == "":
		return unplaced
	case t.First == t.Last && (t.Mod == "before" || t.Mod == "after" || t.Mod == "approx"):
		return word(t.Mod) + " " + day(t.First)
	}
	return days(t.First, t.Last)
}

// days tells a stretch of days as briefly as can be: a day, a month, a year, or from one
// day to another.
func days(first, last string) string {
	a, err := time.Parse(time.DateOnly, first)
	b, err2 := time.Parse(time.DateOnly, last)
	month, year := month(int(a.Month())), strconv.Itoa(a.Year())
	switch end := b.AddDate(0, 0, 1); {
	case err != nil || err2 != nil || a.Equal(b):
		return day(first)
	case a.Day() == 1 && end.Equal(a.AddDate(0, 1, 0)):
		return month + " " + year
	case a.YearDay() == 1 && end.Equal(a.AddDate(1, 0, 0)):
		return year
	case a.Month() == b.Month() && a.Year() == b.Year():
		return from + " " + strconv.Itoa(a.Day()) + " " + toWhom + " " + day(last)
	}
	return from + " " + day(first) + " " + toWhom + " " + day(last)
}

// day tells an ISO date in words; of anything else it gives what it got.
func day(iso string) string {
	if len(iso) < len(time.DateOnly) {
		return iso
	}
	t, err := time.Parse(time.DateOnly, iso[:len(time.DateOnly)])
	if err != nil {
		return iso
	}
	return strconv.Itoa(t.Day()) + " " + month(int(t.Month())) + " " + strconv.Itoa(t.Year())
}

func (v *view) quantities() {
	if len(v.rec.Quantities) > 0 {
		v.question(howMany)
	}
	for _, q := range v.rec.Quantities {
		n := number(q.Value)
		if q.Max != 0 {
			n += " " + toWhom + " " + number(q.Max)
		}
		if q.Mod != "" {
			n = word(q.Mod) + " " + n
		}
		v.item(q.Trust, stretch{strong, " " + n + " " + q.Unit}, stretch{pale, " " + quoted(q.Of(v.text))})
	}
}

// number writes a value without an exponent, its thousands apart.
func number(x float64) string {
	s := strconv.FormatFloat(x, 'f', -1, 64)
	whole, rest, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		whole += "." + rest
	}
	return whole
}
