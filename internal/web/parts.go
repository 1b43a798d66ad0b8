package web

import (
	"net/url"
	"time"

	"github.com/isnad-project/isnad"
)

// entry is one of the menu.
type entry struct {
	Text, Href string
	Here       bool
}

// Menu gives the entries of the menu.
func (v *visit) Menu() []entry {
	var out []entry
	for _, k := range [...]string{"today", "statements", "commitments", "disagreements", "entities", "search", "sources", "quality"} {
		path := "/" + k
		if k == "today" {
			path = "/"
		}
		out = append(out, entry{v.T("nav." + k), v.To(path), k == v.Nav})
	}
	return out
}

// Themes gives the looks there are.
func (v *visit) Themes() []string { return []string{"auto", "light", "dark"} }

// OtherCode is the code of the other language.
func (v *visit) OtherCode() string { return v.other.Code }

// Spans gives how many days the first page can show.
func (v *visit) Spans() []string { return []string{"1", "3", "7"} }

// Dues gives the sections of commitments.
func (v *visit) Dues() []string { return []string{"overdue", "week", "later", "none", "all"} }

// Endings gives how a commitment can have ended.
func (v *visit) Endings() []string {
	return []string{string(isnad.Open), string(isnad.Kept), string(isnad.Broken), string(isnad.Dropped)}
}

// Past reports whether a due date is over.
func (v *visit) Past(due string) bool { return due != "" && due < v.Now.Format(time.DateOnly) }

// Moment gives a moment, in UTC.
func (v *visit) Moment(at time.Time) string {
	if at.IsZero() {
		return v.T("never")
	}
	return v.When(at.UTC().Format(time.RFC3339)) + " UTC"
}

// Kept gives those of some parameters that the page has.
func (v *visit) Kept(keys ...string) []string {
	var out []string
	for _, k := range keys {
		if v.Get(k) != "" {
			out = append(out, k)
		}
	}
	return out
}

// Record is the address of an article's record.
func (v *visit) Record(id string) string { return "/article/" + segment(id) + "/record.json" }

// Calendar is the address of the commitments of this page as a calendar.
func (v *visit) Calendar() string {
	q := url.Values{}
	for _, k := range v.Kept("by", "entity", "outlet") {
		q.Set(k, v.Get(k))
	}
	if len(q) == 0 {
		return "/commitments.ics"
	}
	return "/commitments.ics?" + q.Encode()
}

// Days is a search in some days: on a search page that search narrowed, on a thing's
// page what names it then.
func (v *visit) Days(first, last string) string {
	q := url.Values{}
	switch p := v.Body.(type) {
	case *searchPage:
		q = v.query()
		q.Del("cursor")
	case *entityPage:
		q.Set("entity", p.Thing.ID)
	}
	q.Set("after", first)
	q.Set("before", last)
	return v.To("/search") + "?" + q.Encode()
}

// stat is one count of a library.
type stat struct {
	Kind string
	N    int
}

// Stats gives the counts of a library in their order.
func (v *visit) Stats(s isnad.Stats) []stat {
	return []stat{{"articles", s.Articles}, {"stories", s.Stories}, {"things", s.Things}, {"statements", s.Statements},
		{"commitments", s.Commitments}, {"events", s.Events}, {"captures", s.Captures}, {"feeds", s.Feeds}, {"wanted", s.Wanted}}
}
