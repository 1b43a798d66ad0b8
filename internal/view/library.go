package view

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad"
)

// AppendHits appends a page of what a search found, the words found set strong.
func AppendHits(dst []byte, r isnad.Results, s Style) []byte {
	p := page{Style: s, out: dst}
	if len(r.Hits) == 0 {
		p.line(0, stretch{pale, notFound})
		return p.out
	}
	for _, h := range r.Hits {
		p.blank()
		p.line(0, marked(h.Title, h.TitleMarks, strong)...)
		p.line(0, about(h.Outlet, day(h.Published), h.ID)...)
		p.line(2, marked(h.Snippet, h.Marks, normal)...)
	}
	p.blank()
	p.line(0, stretch{pale, fmt.Sprintf("%d %s %d %s", len(r.Hits), outOf, r.Total, found)})
	return p.out
}

// marked sets a text with stretches of it found.
func marked(text string, marks []isnad.Span, ground ink) []stretch {
	var out []stretch
	at := 0
	for _, m := range marks {
		if m.Start < at || m.End > len(text) {
			continue
		}
		out = append(out, stretch{ground, text[at:m.Start]}, stretch{warn, text[m.Start:m.End]})
		at = m.End
	}
	return append(out, stretch{ground, text[at:]})
}

// about sets what is known of an article on a pale line.
func about(all ...string) []stretch {
	var known []string
	for _, w := range all {
		if w != "" {
			known = append(known, w)
		}
	}
	return []stretch{{pale, strings.Join(known, " · ")}}
}

// counted gives a number with its noun, which alone says one and two.
func counted(n int, noun func(int) string) string {
	if n <= 2 {
		return noun(n)
	}
	return strconv.Itoa(n) + " " + noun(n)
}

// AppendStories appends stories, a few lines each: what it is, when, how many tell it
// and on what they differ. Source says who published an article, and when.
func AppendStories(dst []byte, all []isnad.Story, source Source, s Style) []byte {
	p := page{Style: s, out: dst}
	if len(all) == 0 {
		p.line(0, stretch{pale, noStories})
	}
	for i := range all {
		p.blank()
		p.story(&all[i], source)
	}
	return p.out
}

// Source gives the outlet of an article and its date of publication, both empty where they
// are not known.
type Source func(id string) (outlet, published string)

// told sets who tells something, and when; the id pale.
func (of Source) told(id string) []stretch {
	outlet, published := of(id)
	line := []stretch{{normal, " " + outlet}}
	if published != "" {
		line = append(line, stretch{pale, " " + day(published)})
	}
	return append(line, stretch{pale, " (" + id + ")"})
}

func (p *page) story(s *isnad.Story, source Source) {
	p.line(0, stretch{strong, title(s.Title)})
	when := day(s.First)
	if s.Last != s.First {
		when += " – " + day(s.Last)
	}
	p.line(0, about(when, counted(len(s.Articles), articles), s.ID)...)
	for _, c := range s.Copies {
		p.copies(c, source)
	}
	for _, d := range s.Disagreements {
		p.disagreement(d, source)
	}
}

// copies sets who has a text, the one that it goes back to first.
func (p *page) copies(c isnad.Copies, source Source) {
	line := []stretch{{pale, "•"}, {normal, " " + copiesOf + ":"}}
	for i, id := range c.Articles {
		if i > 0 {
			line = append(line, stretch{normal, strings.TrimSpace(comma)})
		}
		line = append(line, source.told(id)...)
		if id == c.Origin {
			line = append(line, stretch{pale, " " + openMark + origin + closeMark})
		}
	}
	p.line(2, line...)
}

func (p *page) disagreement(d isnad.Disagreement, source Source) {
	p.line(2, stretch{warn, "•"}, stretch{warn, " " + differs + ": "}, stretch{strong, " " + d.About})
	for _, v := range d.Values {
		line := []stretch{{sure, v.Value}, {normal, ":"}}
		for i, c := range v.Claims {
			if i > 0 {
				line = append(line, stretch{normal, ";"})
			}
			line = append(line, source.told(c.Article)...)
			line = append(line, stretch{normal, " " + quoted(c.Words)})
		}
		p.line(4, line...)
	}
}

func title(t string) string {
	if t == "" {
		return untitled
	}
	return t
}

// AppendStory appends one story with its articles, in order.
func AppendStory(dst []byte, s *isnad.Story, told []isnad.Holding, style Style) []byte {
	p := page{Style: style, out: dst}
	p.story(s, func(id string) (string, string) {
		for _, h := range told {
			if a := &h.Record.Article; a.ID == id {
				return a.Outlet, a.Published
			}
		}
		return "", ""
	})
	for _, h := range told {
		a := &h.Record.Article
		p.blank()
		p.line(2, stretch{strong, title(a.Title)})
		p.line(2, about(a.Outlet, a.Agency, day(a.Published), a.ID)...)
	}
	return p.out
}

// AppendCommitments appends commitments by due date. Today (an ISO date) says which of
// them are overdue; empty says nothing of that.
func AppendCommitments(dst []byte, rows []isnad.CommitmentRow, today string, s Style) []byte {
	p := page{Style: s, out: dst}
	if len(rows) == 0 {
		p.line(0, stretch{pale, noPromises})
	}
	for _, told := range undertakings(rows) {
		r := told[0]
		p.blank()
		p.line(0, p.term(r, today)...)
		by := strings.Join(r.By, comma)
		if by == "" {
			by = nobody
		}
		p.line(2, stretch{strong, by}, stretch{normal, ":"}, stretch{normal, " " + r.What}, stretch{pale, " (" + word(r.Basis) + ")"})
		p.line(2, stretch{normal, quoted(r.Words)})
		for _, r := range told {
			p.line(2, about(r.Outlet, day(r.Published), r.Article, strconv.Itoa(r.Index))...)
		}
	}
	return p.out
}

// undertakings gives commitments by due date, those without one last, of one day by when
// they were told; those told in the same words, as copies of one text do, are one.
func undertakings(rows []isnad.CommitmentRow) (out [][]isnad.CommitmentRow) {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b isnad.CommitmentRow) int {
		switch {
		case a.Due == "" && b.Due != "":
			return 1
		case b.Due == "" && a.Due != "":
			return -1
		}
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Published, b.Published), cmp.Compare(a.Article, b.Article), cmp.Compare(a.Index, b.Index))
	})
	type same struct {
		due, words, what string
		end              isnad.Ending
	}
	at := map[same]int{}
	for _, r := range rows {
		k := same{r.Due, r.Words, r.What, r.End}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k], out = i, append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return out
}

// term sets when a commitment is due and how it ended.
func (p *page) term(r isnad.CommitmentRow, today string) []stretch {
	due := []stretch{{head, noDue}}
	if r.Due != "" {
		due = []stretch{{head, until + " " + day(r.Due)}}
	}
	switch {
	case r.End != isnad.Open:
		due = append(due, stretch{sure, " · " + ending(string(r.End))})
	case r.Due != "" && today != "" && r.Due < today:
		due = append(due, stretch{warn, " · " + overdue})
	}
	return due
}

// AppendThing appends what is known of one thing and beside whom it is named.
func AppendThing(dst []byte, t isnad.Thing, beside []isnad.Count, s Style) []byte {
	p := page{Style: s, out: dst}
	p.line(0, stretch{strong, t.Name}, stretch{normal, comma + p.country(t.Country)})
	p.line(0, about(counted(t.Articles, articles), between+" "+day(t.First)+" – "+day(t.Last), t.ID)...)
	p.counts(alsoCalled, t.Forms)
	p.counts(knownAs, t.Roles)
	p.counts(alongside, beside)
	return p.out
}

// counts sets a tally on one line.
func (p *page) counts(name string, all []isnad.Count) {
	if len(all) == 0 {
		return
	}
	line := []stretch{{head, name + ":"}}
	for i, c := range all {
		if i > 0 {
			line = append(line, stretch{normal, comma})
		}
		line = append(line, stretch{normal, " " + c.Label}, stretch{pale, " " + strconv.Itoa(c.Articles)})
	}
	p.line(2, line...)
}

// AppendThings appends things, a line each.
func AppendThings(dst []byte, all []isnad.Thing, s Style) []byte {
	p := page{Style: s, out: dst}
	if len(all) == 0 {
		p.line(0, stretch{pale, notFound})
	}
	for _, t := range all {
		p.line(0, stretch{strong, t.Name}, stretch{pale, " " + counted(t.Articles, articles) + " · " + t.ID})
	}
	return p.out
}

// AppendFeeds appends the feeds that are followed and how they are.
func AppendFeeds(dst []byte, all []isnad.Feed, s Style) []byte {
	p := page{Style: s, out: dst}
	if len(all) == 0 {
		p.line(0, stretch{pale, noFeeds})
	}
	for _, f := range all {
		p.line(0, stretch{strong, title(f.Outlet)}, stretch{normal, " " + f.URL})
		looked := neverLooked
		if !f.Checked.IsZero() {
			looked = f.Checked.UTC().Format("2006-01-02 15:04")
		}
		p.line(2, about(looked, counted(f.Articles, articles))...)
		if f.Trouble != "" {
			p.line(2, stretch{warn, f.Trouble})
		}
	}
	return p.out
}

// AppendCounts appends a tally, a line each.
func AppendCounts(dst []byte, all []isnad.Count, s Style) []byte {
	p := page{Style: s, out: dst}
	if len(all) == 0 {
		p.line(0, stretch{pale, notFound})
	}
	for _, c := range all {
		p.line(0, stretch{strong, p.country(c.Label)}, stretch{normal, " " + strconv.Itoa(c.Articles)})
	}
	return p.out
}
