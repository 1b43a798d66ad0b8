package story

import (
	"slices"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// dated is a date or a span of years that an article tells in so many words («30 مارس»,
// «من 2003 إلى 2011»), not by the day of the week: that is a matter of when it was written.
type dated struct {
	article int
	from    string // ISO date or year
	to      string // year, "" for a date
	words   isnad.Span
	about   isnad.Span // the words around it in its clause
	span    isnad.Span // the sentence
	year    bool       // the year is written
	old     bool       // it was long ago when the article told of it
	side    string     // since, by, to: what the date bounds; "" where it is the day of something
	gist    gist
}

const (
	// sameTime is how near the words of two sentences that date one thing must be.
	sameTime = 0.3
	// sameBackground is how near where nothing but the year of the dates is the same.
	sameBackground = 0.45
	// slips is by how many years in all two spans of one thing may differ.
	slips = 2
	// longestTerm is how many years a span that is told so may have.
	longestTerm = 60
)

// dated gives the dates of an article.
func (e *Editor) dated(d *ling.Doc, t Telling, article int) []dated {
	var out []dated
	times := t.Record.Times
	for i := range times {
		x := &times[i]
		from, to, words := x.Value, "", x.Span
		switch {
		case x.Type != "date":
			continue
		case len(from) == len("2006/2010") && from[4] == '/':
			from, to = from[:4], from[5:]
		case isYear(from) && i+1 < len(times) && isYear(times[i+1].Value) && tokenAt(d, times[i+1].Start)-tokenAt(d, x.End-1) <= 2 && e.until(d, tokenAt(d, times[i+1].Start)):
			to, words.End = times[i+1].Value, times[i+1].End
		case len(from) != len("2006-01-02") || !e.spelt(d, x.Span):
			continue
		}
		s := d.Sents[d.SentenceOf(tokenAt(d, words.Start))]
		out = append(out, dated{
			article: article, from: from, to: to, words: words, gist: e.wordsOf(d, s),
			about: around(d, s, words),
			span:  sentenceSpan(d, s),
			year:  e.spelt(d, words) && yearly(d, words),
			side:  e.side(d, tokenAt(d, words.Start)),
			old:   old(t.Sketch.Minute, from),
		})
	}
	return out
}

func isYear(value string) bool { return len(value) == 4 && strings.Trim(value, "0123456789") == "" }

// until reports whether a preposition or a sign stands before a token.
func (e *Editor) until(d *ling.Doc, i int) bool {
	return i > 0 && (d.Tokens[i-1].Kind == ling.Punct || d.Tokens[i-1].Kind == ling.Word && d.Tokens[i-1].Is(lex.Prep))
}

// around gives the words of a clause around some of it, no more than can be read at a glance.
func around(d *ling.Doc, s ling.Sentence, words isnad.Span) isnad.Span {
	first, last := tokenAt(d, words.Start), tokenAt(d, words.End-1)
	for n := 0; n < brief/2 && first > s.First && !ends(&d.Tokens[first-1]); n++ {
		first--
	}
	for n := 0; n < brief/2 && last+1 < s.Last && !ends(&d.Tokens[last+1]); n++ {
		last++
	}
	return isnad.Span{Start: int(d.Tokens[first].Start), End: int(d.Tokens[last].End)}
}

// yearly reports whether a number of four digits stands in a date.
func yearly(d *ling.Doc, s isnad.Span) bool {
	for i := tokenAt(d, s.Start); i < len(d.Tokens) && int(d.Tokens[i].Start) < s.End; i++ {
		if d.Tokens[i].Kind == ling.Number && len(d.Tokens[i].Fold) == 4 {
			return true
		}
	}
	return false
}

// spelt reports whether a date has the day's number and the month's name.
func (e *Editor) spelt(d *ling.Doc, s isnad.Span) bool {
	number, month := false, false
	for i := tokenAt(d, s.Start); i < len(d.Tokens) && int(d.Tokens[i].Start) < s.End; i++ {
		number = number || d.Tokens[i].Kind == ling.Number
		_, ok := d.Tokens[i].Sense(lex.Month)
		month = month || ok
	}
	return number && month
}

// dates gives the dates on which outlets differ.
func dates(list []Telling, text []int, all []dated) []isnad.Disagreement {
	var out []isnad.Disagreement
	used := make([]bool, len(all))
	for i := range all {
		if used[i] {
			continue
		}
		group := [][]int{{i}}
		for k := i + 1; k < len(all); k++ {
			if used[k] || !all[i].same(all[k]) && (!all[i].rival(all[k]) || tells(all, all[k].article, all[i]) || tells(all, all[i].article, all[k])) {
				continue // who tells both holds them apart
			}
			at := slices.IndexFunc(group, func(v []int) bool { return all[v[0]].same(all[k]) })
			if at < 0 {
				group, at = append(group, nil), len(group)
			}
			group[at] = append(group[at], k)
		}
		if len(group) < 2 || !outletsDiffer(func(k int) string { return list[all[k].article].Record.Article.Outlet }, group) {
			continue
		}
		d := isnad.Disagreement{Kind: "date", About: all[i].about.Of(list[all[i].article].Record.Article.Text)}
		for _, v := range group {
			value := isnad.Value{Value: all[v[0]].words.Of(list[all[v[0]].article].Record.Article.Text)}
			told := map[int]bool{}
			for _, k := range v {
				used[k] = true
				if a := all[k].article; !told[text[a]] {
					told[text[a]] = true
					value.Claims = append(value.Claims, claim(list[a], all[k].span))
				}
			}
			d.Values = append(d.Values, value)
		}
		out = append(out, d)
	}
	return out
}

// tells reports whether an article tells a date too.
func tells(all []dated, article int, a dated) bool {
	return slices.ContainsFunc(all, func(b dated) bool { return b.article == article && b.same(a) })
}

func (a dated) same(b dated) bool { return a.from == b.from && a.to == b.to }

// rival reports whether two dates may be of one thing and differ: dates in one of month and
// year alone, those of long ago of one year in any way, spans of several years, which
// hardly ever are nearly the same by chance, by few years.
func (a dated) rival(b dated) bool {
	if (a.to == "") != (b.to == "") || a.same(b) || a.side != b.side {
		return false
	}
	if a.to != "" {
		from, to := year(a.from)-year(b.from), year(a.to)-year(b.to)
		return max(from, -from)+max(to, -to) <= slips && year(a.to)-year(a.from) > 1 && year(a.to)-year(a.from) <= longestTerm && a.gist.shares(b.gist)
	}
	if a.from[:4] != b.from[:4] && !(a.year && b.year) {
		return false // the reader's year, not the article's
	}
	if n := year(a.from) - year(b.from); max(n, -n) > slips {
		return false
	}
	month, day, years := a.from[5:7] == b.from[5:7], a.from[8:] == b.from[8:], a.from[:4] == b.from[:4]
	if years && a.old && b.old && a.gist.cosine(b.gist) >= sameBackground {
		return true // of these days it may be another step of what goes on
	}
	return day && month != years && a.gist.cosine(b.gist) >= sameTime
}

// year reads four digits.
func year(s string) (n int) {
	for i := range min(len(s), 4) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// outletsDiffer reports whether two outlets tell different values.
func outletsDiffer(outlet func(k int) string, group [][]int) bool {
	for i, v := range group {
		for _, w := range group[:i] {
			for _, k := range v {
				if slices.ContainsFunc(w, func(o int) bool { return outlet(o) != outlet(k) }) {
					return true
				}
			}
		}
	}
	return false
}

func sentenceSpan(d *ling.Doc, s ling.Sentence) isnad.Span {
	return isnad.Span{Start: int(d.Tokens[s.First].Start), End: int(d.Tokens[s.Last-1].End)}
}

// wordsOf gives the gist of a sentence without its numbers.
func (e *Editor) wordsOf(d *ling.Doc, s ling.Sentence) gist {
	g := e.gist(d, s.First, s.Last)
	for k := range g {
		if k[0] >= '0' && k[0] <= '9' {
			delete(g, k)
		}
	}
	return g
}
