package web

import (
	"fmt"
	"time"

	"github.com/isnad-project/isnad"
)

// asking gathers the conditions of a page's parameters.
type asking struct {
	site  *site
	v     *visit
	terms []isnad.Term
	err   error
}

func (s *site) asking(v *visit) *asking { return &asking{site: s, v: v} }

// add adds a condition of one word as it stands.
func (a *asking) add(f isnad.Field, word string) *asking {
	if word != "" {
		a.terms = append(a.terms, isnad.Term{Field: f, Words: []string{word}})
	}
	return a
}

// plain adds the parameter of that name as it stands.
func (a *asking) plain(f isnad.Field, param string) *asking {
	return a.add(f, cut(a.v.Get(param), titleLimit))
}

// words adds the search forms of a parameter's words.
func (a *asking) words(f isnad.Field, param string) *asking {
	if forms := a.site.lang.Forms(cut(a.v.Get(param), titleLimit)); len(forms) > 0 {
		a.terms = append(a.terms, isnad.Term{Field: f, Words: forms})
	}
	return a
}

// day adds a condition on days, written as a year, month or day.
func (a *asking) day(f isnad.Field, param string) *asking {
	d := a.v.Get(param)
	if d == "" {
		return a
	}
	if !isDay(d) {
		a.err = fmt.Errorf("%w: %q is no date, as 2024, 2024-05 or 2024-05-06", isnad.ErrQuery, cut(d, 40))
		return a
	}
	return a.add(f, d)
}

func isDay(d string) bool {
	for _, layout := range [...]string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, d); err == nil {
			return true
		}
	}
	return false
}

// typed adds what stands in the search box.
func (a *asking) typed(param string) *asking {
	text := cut(a.v.Get(param), 1000)
	a.v.Sought = text
	if text == "" {
		return a
	}
	q, err := a.site.lang.Parse(text)
	if err != nil {
		a.err = err
	}
	a.terms = append(a.terms, q.Terms...)
	return a
}

// query gives the query of a page with its place.
func (a *asking) query(sort isnad.Sort, limit int) (isnad.Query, error) {
	return isnad.Query{Terms: a.terms, Sort: sort, Limit: limit, Cursor: a.v.Get("cursor")}, a.err
}

// only gives a query of one condition.
func only(f isnad.Field, word string, sort isnad.Sort, limit int) isnad.Query {
	return isnad.Query{Terms: []isnad.Term{{Field: f, Words: []string{word}}}, Sort: sort, Limit: limit}
}
