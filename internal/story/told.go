package story

import (
	"sort"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// when gives the days told within a span of the text, the nearest before or after a token,
// and whether it tells of a period.
func (e *Editor) when(d *ling.Doc, r *isnad.Record, token int, within isnad.Span) (from, to string, long bool) {
	start, end := within.Start, within.End
	at := int(d.Tokens[token].Start)
	near := end - start + 1
	first := sort.Search(len(r.Times), func(i int) bool { return r.Times[i].End > start })
	for i := first; i < len(r.Times) && r.Times[i].Start < end; i++ {
		x := &r.Times[i]
		if x.End > end {
			continue
		}
		if x.Type == "duration" || x.Type == "set" || e.since(d, x.Start) {
			long = true
			continue
		}
		gap := max(at-x.End, x.Start-at)
		if x.First == "" || gap >= near || r.Article.Published != "" && x.First > r.Article.Published {
			continue // what is to come is no day of what was
		}
		near, from, to = gap, x.First, x.Last
		if x.First == x.Last && ofSaying(r, x.Span, at) {
			from = dayBefore(x.First)
		}
		if x.First != x.Last && x.Type != "time" && len(x.Value) < len("2006-01-02") && !strings.Contains(x.Value, "WE") {
			long = true // a week, a month or a year, not a day or a weekend
		}
	}
	return from, to, long
}

// ofSaying reports whether a time is that of a statement in whose words the byte at stands:
// «قالت الشرطة الجمعة إن 37 متهما…» were seen then or the day before.
func ofSaying(r *isnad.Record, x isnad.Span, at int) bool {
	for i := range r.Statements {
		s := &r.Statements[i]
		if s.Start <= x.Start && x.End <= s.Content.Start && s.Content.Start <= at && at < s.Content.End {
			return true
		}
	}
	return false
}

// dayBefore gives the day before an ISO date, or what is none as it is.
func dayBefore(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, -1).Format(time.DateOnly)
}

// since reports whether a time's first word or one before it makes it the beginning of a period.
func (e *Editor) since(d *ling.Doc, start int) bool {
	return e.side(d, tokenAt(d, start)) == "since"
}

// side tells what a time that begins at token i bounds, by its first word or one before it:
// since, by or to, "" where it is when something was.
func (e *Editor) side(d *ling.Doc, i int) string {
	for k := i; k >= max(0, i-2) && (k == i || d.Tokens[k].Kind == ling.Word); k-- {
		if w, ok := d.Tokens[k].Sense(lex.TimeWord); ok {
			if c := e.lexicon.TimeWords[w.Row].Class; c == "since" || c == "by" || c == "to" {
				return c
			}
		}
	}
	return ""
}
