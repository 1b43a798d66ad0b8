package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/isnad-project/isnad/internal/intake/page"
	"github.com/isnad-project/isnad/internal/lex"
)

// webPage is a page with what is known of it; what is not known is empty.
type webPage struct {
	file, address, published, text string
}

// pages measures the intake of web pages: on our own, in the styles of publishing systems, and
// on real ones where they are.
func (m *measure) pages() (string, error) {
	own, err := ownPages(filepath.Join(m.root, "internal", "intake", "page", "testdata"))
	if err != nil {
		return "", err
	}
	real, err := realPages(filepath.Join(m.root, "..", "shared", "data", "pages"))
	if err != nil {
		return "", err
	}
	l, err := lex.Default()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("| pages | number | with a known date | right | with a known text | mean F1 of words | least |\n|:--|--:|--:|--:|--:|--:|--:|\n")
	for _, set := range []struct {
		name  string
		pages []webPage
	}{{"our own", own}, {"real", real}} {
		if len(set.pages) == 0 {
			continue
		}
		c, err := countPages(set.pages, l)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %.3f | %.3f |\n", set.name, len(set.pages), c.dated, c.right, c.texts, c.sum/float64(max(1, c.texts)), c.least)
	}
	return b.String(), nil
}

// pageCount is what became of a set of pages.
type pageCount struct {
	dated, right, texts int
	sum, least          float64
}

func countPages(list []webPage, l *lex.Lexicon) (c pageCount, err error) {
	c.least = 1
	for _, p := range list {
		b, err := os.ReadFile(p.file)
		if err != nil {
			return c, err
		}
		a, _, err := page.Read(b, page.Source{Address: p.address}, l)
		if err != nil {
			return c, fmt.Errorf("%s: %w", p.file, err)
		}
		if p.published != "" {
			c.dated++
			if strings.HasPrefix(a.Published, p.published) {
				c.right++
			}
		}
		if p.text != "" {
			f := wordF1(a.Text, p.text)
			c.texts, c.sum, c.least = c.texts+1, c.sum+f, min(c.least, f)
		}
	}
	return c, nil
}

// wordF1 is the harmonic mean of the shares of their words that two texts have in common.
func wordF1(got, want string) float64 {
	count := map[string]int{}
	g, w := strings.Fields(got), strings.Fields(want)
	for _, s := range w {
		count[s]++
	}
	both := 0
	for _, s := range g {
		if count[s] > 0 {
			count[s]--
			both++
		}
	}
	return 2 * float64(both) / float64(max(1, len(g)+len(w)))
}

// ownPages reads the list of our own pages.
func ownPages(dir string) ([]webPage, error) {
	b, err := os.ReadFile(filepath.Join(dir, "gold.json"))
	if err != nil {
		return nil, err
	}
	var list []struct {
		File, Address, Published string
		Text                     []string
	}
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	var out []webPage
	for _, p := range list {
		out = append(out, webPage{filepath.Join(dir, p.File), p.Address, p.Published, strings.Join(p.Text, "\n\n")})
	}
	return out, nil
}

// realPages reads the list of real pages; it is empty where they are not.
func realPages(dir string) ([]webPage, error) {
	b, err := os.ReadFile(filepath.Join(dir, "gold.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []struct {
		File, URL string
		Gold      struct {
			Date string
			V1   struct {
				PublishingDate string `json:"publishing_date"`
				Body           struct {
					Summary  []string
					Sections []struct{ Headline, Paragraphs []string }
				}
			}
		}
	}
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	var out []webPage
	for _, p := range list {
		v := p.Gold.V1
		text := v.Body.Summary
		for _, s := range v.Body.Sections {
			text = append(append(text, s.Headline...), s.Paragraphs...)
		}
		date := cmp.Or(p.Gold.Date, v.PublishingDate)
		out = append(out, webPage{filepath.Join(dir, p.File), p.URL, date[:min(len(date), 10)], strings.Join(text, "\n\n")})
	}
	return out, nil
}
