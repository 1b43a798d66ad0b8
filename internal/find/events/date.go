package events

import (
	"sort"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// day cuts a TIMEX value to its day.
func day(value string) string { return value[:min(len(value), len("2006-01-02"))] }

// past reports whether a time beside g lies more than a year back.
func (f *finder) past(g *deed) bool {
	if f.old == "" {
		return false
	}
	if t, ok := f.time(g); ok {
		return t.Last != "" && t.Last < f.old
	}
	return f.bygone(g)
}

// bygone reports whether the sentence of g opens with a day or year that lies more than a year
// back («وفي عام كذا، هاجم الجيش»): all that it tells is of then.
func (f *finder) bygone(g *deed) bool {
	first := f.Sents[f.SentenceOf(g.first)].First
	from, to := int(f.Tokens[first].Start), int(f.Tokens[min(first+opening, g.first)].Start)
	k := sort.Search(len(f.times), func(k int) bool { return f.times[k].Start >= from })
	if k == len(f.times) || f.times[k].Start >= to {
		return false
	}
	t := &f.times[k]
	return (t.Type == "date" || t.Type == "time") && t.Last != "" && t.Last < f.old
}

// opening is how far into a sentence the words stand that say when all of it happened, in tokens.
const opening = 5

// date gives the time of the clause of g.
func (f *finder) date(g *deed) string {
	if t, ok := f.time(g); ok {
		return t.Value
	}
	return ""
}

// time gives the date of the clause of g: the first after it, else the last before it with
// no comma between.
func (f *finder) time(g *deed) (isnad.Time, bool) {
	sent := f.Sents[f.SentenceOf(g.first)]
	first := max(sent.First, g.first-10)
	for f.timeAt < len(f.times) && f.times[f.timeAt].End <= int(f.Tokens[first].Start) {
		f.timeAt++
	}
	at := int(f.Tokens[g.first].Start)
	before := -1
	for k := f.timeAt; k < len(f.times); k++ {
		t := &f.times[k]
		if t.Type != "date" && t.Type != "time" {
			continue
		}
		if t.Start < at {
			before = k
			continue
		}
		reach := 16
		if g.kind == "ACCUSE" {
			reach = 5 // what follows is when the thing was done that one is accused of
		}
		if f.reaches(g.last, min(sent.Last, g.last+reach), t.Start, false) {
			return *t, true
		}
		break
	}
	if before >= 0 && f.reaches(first, g.first, f.times[before].Start, true) {
		return f.times[before], true
	}
	return isnad.Time{}, false
}

// reaches reports whether the time at byte start stands among tokens [from, to) with no
// clause between it and the trigger: behind it, or in front of it.
func (f *finder) reaches(from, to, start int, front bool) bool {
	if front {
		for j := to - 1; j >= from; j-- {
			if int(f.Tokens[j].Start) <= start {
				return true
			}
			if f.Tokens[j].Kind == ling.Punct {
				return false
			}
		}
		return false
	}
	for j := from; j < to; j++ {
		if int(f.Tokens[j].End) > start {
			return true
		}
		if f.Tokens[j].Is(lex.Rel|lex.Subord|lex.While|lex.But) && !f.Tokens[j].Definite() {
			return false
		}
	}
	return false
}
