//go:build unix

package main

import (
	"fmt"
	"time"

	"github.com/isnad-project/isnad/internal/intake/page"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/newsroom"
)

// pages measures how fast the pages of the sample newsroom become articles. Each is made
// as long as a page of the web: news has some sixty kilobytes of frame round it.
func pages() (missed []string) {
	l, err := lex.Default()
	if err != nil {
		return []string{err.Error()}
	}
	all, err := newsroom.Pages(60 << 10)
	if err != nil {
		return []string{err.Error()}
	}
	const rounds = 20
	began := time.Now()
	for range rounds {
		for _, b := range all {
			if _, _, err := page.Read(b, page.Source{}, l); err != nil {
				return []string{err.Error()}
			}
		}
	}
	rate := float64(rounds*len(all)) / time.Since(began).Seconds()
	fmt.Printf("pages to articles: %.0f a second on one core\n\n", rate)
	if rate < pagesWanted {
		missed = append(missed, fmt.Sprintf("%.0f pages/s, bound %.0f", rate, pagesWanted))
	}
	return missed
}
