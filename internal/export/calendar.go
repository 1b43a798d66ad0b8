package export

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/isnad-project/isnad"
)

// Calendar writes commitments that have a due date as an iCalendar file (RFC 5545), one
// all-day event each. Link gives the address of an article's page, or nothing. Now is
// the time of writing, which the format asks for.
func Calendar(w io.Writer, title string, rows iter.Seq2[isnad.CommitmentRow, error], link func(article string) string, now time.Time) error {
	cal := ics.NewCalendarFor("isnad")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(title)
	for r, err := range rows {
		if err != nil {
			return err
		}
		due, err := time.Parse(time.DateOnly, r.Due)
		if err != nil {
			continue // no day to put it on
		}
		event := cal.AddEvent(number(r) + "@isnad")
		event.SetDtStampTime(now.UTC())
		event.SetAllDayStartAt(due)
		event.SetAllDayEndAt(due.AddDate(0, 0, 1))
		event.SetSummary(summary(r))
		event.SetDescription(fmt.Sprintf("%s\n%s %s\n%s", r.Words, r.Outlet, r.Published, r.Title))
		if u := link(r.Article); u != "" {
			event.SetURL(u)
		}
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows) // RFC 5545, 3.1, whatever the system
}

func summary(r isnad.CommitmentRow) string {
	if len(r.By) == 0 {
		return r.What
	}
	return strings.Join(r.By, separator) + ": " + r.What
}

// number gives what a commitment is known by as long as its words stand, so that a
// calendar that takes it twice has it once.
func number(r isnad.CommitmentRow) string {
	sum := sha256.Sum256([]byte(r.Article + "\x00" + r.Words))
	return hex.EncodeToString(sum[:12])
}
