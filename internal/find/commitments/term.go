package commitments

import (
	"strconv"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

// term sets the last day by which the deed is due, from the times in its clause that do
// not lie before publication.
func (f *finder) term(u *undertaking) {
	sent := f.Sents[f.SentenceOf(u.from)]
	begin := u.from
	if u.rule == ruleWord[addressee] {
		begin = u.trigger // «أمهلهم حتى الأحد للخروج»; elsewhere a day before the deed is that of the promise
	}
	if f.termIn(u, begin, u.to) {
		return
	}
	if ahead(u.rule) && f.termIn(u, f.opening(u, sent.First), u.from) {
		return // «الأسبوع المقبل سنعلن القرار»
	}
	f.termIn(u, u.to, min(sent.Last, u.to+14))
}

// opening gives the token from which a day before the deed can be its term: where what is
// said begins.
func (f *finder) opening(u *undertaking, first int) int {
	first = max(first, u.trigger-reach)
	if k := f.statement(u.trigger); k >= 0 {
		first = max(first, f.tokenAt(f.statements[k].Content.Start))
	}
	return first
}

// termIn sets the term from the first time in tokens [first, last) that gives one.
func (f *finder) termIn(u *undertaking, first, last int) bool {
	if first >= last {
		return false
	}
	to := int(f.Tokens[last-1].End)
	for k := f.from(int(f.Tokens[first].Start)); k < len(f.times) && f.times[k].Start < to; k++ {
		if f.elsewhere(u, first, f.tokenAt(f.times[k].Start)) {
			return false
		}
		due, placed := f.due(&f.times[k], u)
		if due == "" {
			u.unplaced = u.unplaced || !placed
			continue
		}
		if f.published == "" || due > f.published {
			u.due, u.unplaced = due, false
			return true
		}
	}
	return false
}

// elsewhere reports whether a relative clause opens in tokens [first, at) of the deed of u
// and its verb goes with the time at token at: «المعاهدة التي تنتهي في 2021».
func (f *finder) elsewhere(u *undertaking, first, at int) bool {
	for j := max(first, u.from); j < at; j++ {
		if t := &f.Tokens[j]; t.Is(lex.TimeConj) && !t.Is(lex.Prep) && !t.Definite() {
			return true // «بعدما زعم أنه يترشح في 2018»
		} else if !t.Is(lex.Rel) || t.Is(lex.Subord|lex.Neg|lex.Inter) {
			continue
		}
		if _, finite := f.VerbAt(j + 1); finite && at-j <= near {
			return true
		}
	}
	return false
}

// due gives the last day of a time; placed is false for a time that has no place in the
// calendar without a publication date.
func (f *finder) due(t *isnad.Time, u *undertaking) (day string, placed bool) {
	switch t.Type {
	case "date", "time":
		return t.Last, t.Last != "" || !strings.HasPrefix(t.Value, "XXXX")
	case "duration":
		if day := f.announced(u); !day.Equal(f.day) && f.bounded(t.Start) {
			return f.within(t.Value, day), true
		}
		if t.Last != "" {
			return t.Last, true // «على مدى السنوات الثلاث المقبلة»
		}
		if f.bounded(t.Start) {
			return f.within(t.Value, f.day), true
		}
	}
	return "", true
}

// bounded reports whether a word for «within» stands before the time at byte start.
func (f *finder) bounded(start int) bool {
	i := f.tokenAt(start)
	for j := max(0, i-3); j < i; j++ {
		if s, end, ok := f.Match(j, lex.TimeWord); ok && end == i && f.Lex.TimeWords[s.Row].Class == "within" {
			return true
		}
	}
	return false
}

// announced gives the day on which it was undertaken, where the sentence tells one of the
// week before publication ahead of the deed, else that of publication.
func (f *finder) announced(u *undertaking) time.Time {
	sent := f.Sents[f.SentenceOf(u.from)]
	from, to := int(f.Tokens[sent.First].Start), int(f.Tokens[u.from].Start)
	for k := f.from(from); k < len(f.times) && f.times[k].Start < to; k++ {
		t := &f.times[k]
		day, err := time.Parse(time.DateOnly, t.Last)
		if err == nil && t.Type == "date" && t.First == t.Last && !day.After(f.day) && f.day.Sub(day) <= 7*24*time.Hour {
			return day
		}
	}
	return f.day
}

// within gives the day on which a period that begins with day ends.
func (f *finder) within(value string, day time.Time) string {
	if f.published == "" || len(value) < 3 || value[0] != 'P' {
		return ""
	}
	hours := value[1] == 'T'
	n, err := strconv.Atoi(strings.TrimPrefix(value[1:len(value)-1], "T"))
	if err != nil || n > 1000 {
		return ""
	}
	switch unit := value[len(value)-1]; {
	case hours && unit == 'H':
		day = day.Add(time.Duration(n) * time.Hour)
	case unit == 'D':
		day = day.AddDate(0, 0, n)
	case unit == 'W':
		day = day.AddDate(0, 0, 7*n)
	case unit == 'M' && !hours:
		day = day.AddDate(0, n, 0)
	default:
		return ""
	}
	return day.Format(time.DateOnly)
}

// past reports whether the deed was due long ago.
func (f *finder) past(u *undertaking) bool {
	if f.published == "" || u.due != "" {
		return false
	}
	old := f.day.AddDate(-1, 0, 0).Format(time.DateOnly)
	first := u.trigger
	if first > 0 && f.Tokens[first-1].Is(lex.Rel) {
		first = max(f.Sents[f.SentenceOf(first)].First, first-near) // «اتفاق 2015 الذي وافقت»
	}
	from, to := int(f.Tokens[first].Start), int(f.Tokens[u.to-1].End)
	for k := f.from(from); k < len(f.times) && f.times[k].End <= to; k++ {
		if t := &f.times[k]; t.Start >= from && t.Type == "date" && t.Last != "" && t.Last < old {
			return true
		}
	}
	return false
}
