package page

import (
	"strings"

	"github.com/isnad-project/isnad/internal/script"
	"github.com/isnad-project/isnad/internal/stamp"
)

// How far from the headline, in lines, a page shows its dates and credits, and how long such
// lines are in bytes. Above the headline stands at most its section and date; further up, the day
// of the visit.
const (
	above  = 2
	below  = 14
	after  = 6 // behind the text
	widest = 220
)

// shownHeader is what a page shows its readers by its headline.
type shownHeader struct {
	published, modified string
	credit              stamp.Credit
}

// shown reads the lines round the headline and behind the text. A date elsewhere may be
// another article's, or today's.
func (p *page) shown(text string) {
	title := p.title()
	first, last := p.place(text, title)
	if title >= 0 {
		p.read(p.lines[title:first], true)
		p.read(p.lines[max(0, title-above):title], true)
	}
	p.read(p.lines[min(last+1, len(p.lines)):min(last+1+after, len(p.lines))], false)
}

// title gives the line of the headline, -1 for none.
func (p *page) title() int {
	folded := script.Fold(p.said.title)
	if folded == "" {
		return -1
	}
	for i, s := range p.lines {
		if sameWords(s, p.said.title) || len(s) < 2*len(p.said.title) && strings.Contains(script.Fold(s), folded) {
			return i
		}
	}
	return -1
}

// place gives the lines of the text's first and last paragraph, the first no further below
// the headline than dates stand.
func (p *page) place(text string, title int) (first, last int) {
	own := map[string]bool{}
	for s := range strings.SplitSeq(text, "\n\n") {
		if long(s) {
			own[s] = true
		}
	}
	title = max(title, 0)
	first, last = min(title+below, len(p.lines)), len(p.lines)
	found := false
	for i, s := range p.lines[title:] {
		if !own[s] {
			continue
		}
		if last = title + i; !found {
			first, found = min(first, last), true
		}
	}
	return first, last
}

// long reports a line of the length of a sentence.
func long(s string) bool { return len(strings.Fields(s)) >= sentenceWords }

// sentenceWords is how many words a line has at least that is no label, date or credit.
const sentenceWords = 10

// read takes what lines tell; bare says that a date counts without a word of what it is.
func (p *page) read(lines []string, bare bool) {
	for _, s := range lines {
		if len(s) > widest {
			continue
		}
		short := len(strings.Fields(s)) <= dateline && !sentence(s)
		for _, d := range stamp.Find(s, p.lexicon) {
			p.seen.date(d, bare && short)
		}
		p.seen.credits(stamp.Credits(s, p.lexicon))
	}
}

func (h *shownHeader) date(d stamp.Date, bare bool) {
	switch {
	case d.Role == stamp.Modified && h.modified == "":
		h.modified = d.Value
	case h.published == "" && (d.Role == stamp.Published || bare && d.Role == stamp.Bare):
		h.published = d.Value
	}
}

// longName is how many words a person's name has at most.
const longName = 5

// credits keeps the agencies of a line that holds nothing else, and the people of a line that
// says that it names its authors.
func (h *shownHeader) credits(c stamp.Credit) {
	if len(c.People) == 0 || c.Labelled {
		h.credit.Agencies = union(h.credit.Agencies, c.Agencies)
	}
	if c.Labelled && len(h.credit.People) == 0 && len(c.People) <= 3 {
		for _, name := range c.People {
			if short(name) == "" || len(strings.Fields(name)) > longName {
				return
			}
		}
		h.credit.People = c.People
	}
}
