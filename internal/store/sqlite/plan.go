package sqlite

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
)

// plan is a query in terms of the tables: what the index of words must match, which
// days, and what other sets articles must be in.
type plan struct {
	match   string   // an expression of FTS5, or empty
	phrases []phrase // of match, in order
	without string   // an expression that must not match, where match is empty
	lo, hi  int64    // numbers of articles
	holes   []stretch64
	sets    []set
	as      part   // of the things that are asked for
	key     string // tells plans apart
}

// phrase is one phrase of an expression.
type phrase struct {
	text   string
	weight float64 // 0 when it only says which, not how well
}

type stretch64 struct{ lo, hi int64 }

// ranks reports whether the plan asks for words that say how well an article fits.
func (p *plan) ranks() bool {
	return slices.ContainsFunc(p.phrases, func(x phrase) bool { return x.weight > 0 })
}

// plain reports whether the plan is one phrase and nothing else: what it finds is all
// articles in which the phrase stands.
func (p *plan) plain() bool {
	return len(p.phrases) == 1 && p.lo == 0 && p.hi == math.MaxInt64 && len(p.sets) == 0 && len(p.holes) == 0 && p.match == "("+p.phrases[0].text+")"
}

// set is a condition that a table other than the index of words answers, in order of n.
type set struct {
	sql  string
	args []any
	not  bool
}

// prefixes are the letters before the forms of a field.
func prefix(f isnad.Field) (string, bool) {
	switch f {
	case isnad.Anywhere:
		return "", true
	case isnad.InName:
		return markName, true
	case isnad.InPlace:
		return markPlace, true
	case isnad.InSpeaker:
		return markSpeaker, true
	case isnad.InSaid:
		return markSaid, true
	case isnad.InVia:
		return markVia, true
	case isnad.InBy:
		return markBy, true
	case isnad.InOutlet:
		return markOutlet, true
	case isnad.InEvent:
		return markEvent, true
	}
	return "", false
}

// part is what a thing that is asked for does in an article.
type part string

// The parts of a thing in an article.
const (
	asNamed   part = ""
	asSpeaker part = "speaker" // of a statement
	asHolder  part = "holder"  // of a commitment
)

// planFor makes the plan of a query's terms.
func (c *conn) planFor(terms []isnad.Term) (*plan, error) { return c.planAs(terms, asNamed) }

// planAs makes the plan of terms whose things have a part.
func (c *conn) planAs(terms []isnad.Term, as part) (*plan, error) {
	p := &plan{hi: math.MaxInt64, as: as, key: string(as) + termsKey(terms)}
	var yes, no []string
	for _, t := range terms {
		if len(t.Words) == 0 || slices.Contains(t.Words, "") {
			return nil, fmt.Errorf("%w: the condition %q has no words", isnad.ErrQuery, t.Field)
		}
		if mark, ok := prefix(t.Field); ok {
			if !t.Not {
				yes = append(yes, expression(mark, t, &p.phrases))
				continue
			}
			no = append(no, expression(mark, t, nil))
			continue
		}
		if err := p.other(c, t); err != nil {
			return nil, err
		}
	}
	p.match = strings.Join(yes, " AND ")
	switch {
	case len(no) > 0 && p.match != "":
		p.match = "(" + p.match + ") NOT (" + strings.Join(no, " OR ") + ")"
	case len(no) > 0:
		p.without = strings.Join(no, " OR ")
	}
	return p, nil
}

// literal makes words harmless in a quoted string of FTS5.
var literal = strings.NewReplacer(`"`, `""`, "\x00", "\uFFFD")

// expression gives the expression of FTS5 for a term of words, and adds its phrases.
func expression(mark string, t isnad.Term, phrases *[]phrase) string {
	words := make([]string, len(t.Words))
	for i, w := range t.Words {
		words[i] = mark + literal.Replace(w)
	}
	weight := 1.0
	switch t.Field {
	case isnad.InOutlet:
		words, weight = []string{mark + literal.Replace(outletForm(strings.Join(t.Words, " ")))}, 0
	case isnad.InEvent:
		weight = 0
	}
	if t.Phrase {
		words = []string{strings.Join(words, " ")}
	}
	for i, w := range words {
		words[i] = `"` + w + `"`
		if phrases != nil {
			*phrases = append(*phrases, phrase{words[i], weight})
		}
	}
	return "(" + strings.Join(words, " AND ") + ")"
}

// other plans a condition that is not one of words.
func (p *plan) other(c *conn, t isnad.Term) error {
	w := t.Words[0]
	switch t.Field {
	case isnad.After, isnad.Before:
		return p.days(t)
	case isnad.Due:
		s, err := dueStretch(w)
		if err != nil {
			return err
		}
		p.sets = append(p.sets, set{"SELECT DISTINCT n FROM commitments WHERE due >= ? AND due <= ? ORDER BY n", []any{s.lo, s.hi}, t.Not})
	case isnad.OfEntity:
		id, err := c.settled(w, "")
		if err != nil {
			return err
		}
		sql := "SELECT DISTINCT n FROM mentions WHERE t = (SELECT t FROM things WHERE id = ?) ORDER BY n"
		switch {
		case t.Not: // it must not be named at all
		case p.as == asSpeaker:
			sql = "SELECT DISTINCT n FROM mentions INDEXED BY mentions_says WHERE t = (SELECT t FROM things WHERE id = ?) AND says > 0 ORDER BY n"
		case p.as == asHolder:
			sql = "SELECT DISTINCT n FROM holders WHERE t = (SELECT t FROM things WHERE id = ?) ORDER BY n"
		}
		p.sets = append(p.sets, set{sql, []any{id}, t.Not})
	case isnad.OfStory:
		id, err := c.story(w)
		if err != nil {
			return err
		}
		p.sets = append(p.sets, set{"SELECT n FROM articles WHERE s = (SELECT s FROM stories WHERE id = ?) ORDER BY n", []any{id}, t.Not})
	case isnad.OfDisagreement:
		p.sets = append(p.sets, set{"SELECT n FROM articles WHERE s IN (SELECT s FROM stories WHERE differs > 0) ORDER BY n", nil, t.Not})
	default:
		return fmt.Errorf("%w: there is no field %q", isnad.ErrQuery, t.Field)
	}
	return nil
}

// days plans a condition on the day of publication.
func (p *plan) days(t isnad.Term) error {
	first, last, err := period(t.Words[0])
	if err != nil {
		return err
	}
	lo, hi := int64(1)<<dayBits, int64(math.MaxInt64)
	if t.Field == isnad.After {
		lo = dayNumber(first) << dayBits
	} else {
		hi = (dayNumber(last) + 1) << dayBits
	}
	if t.Not {
		p.holes = append(p.holes, stretch64{lo, hi})
		return nil
	}
	p.lo, p.hi = max(p.lo, lo), min(p.hi, hi)
	return nil
}

// period gives the first and last day of a year, month or day: «2018», «2018-04», «2018-04-07».
func period(s string) (first, last time.Time, err error) {
	switch {
	case len(s) == 4:
		first, err = time.Parse("2006", s)
		last = first.AddDate(1, 0, -1)
	case len(s) == 7:
		first, err = time.Parse("2006-01", s)
		last = first.AddDate(0, 1, -1)
	default:
		first, err = time.Parse(time.DateOnly, s)
		last = first
	}
	if err != nil || first.Year() < 1 {
		err = fmt.Errorf("%w: %q is no year, month or day, as 2018, 2018-04 or 2018-04-07", isnad.ErrQuery, s)
	}
	return first, last, err
}

// stretch is a stretch of days in ISO dates, both included.
type stretch struct{ lo, hi string }

func (s stretch) holds(day string) bool { return s.lo <= day && day <= s.hi }

// dueStretch reads the word of a condition on due dates.
func dueStretch(w string) (stretch, error) {
	if w == "none" {
		return stretch{noDue, noDue}, nil
	}
	day := strings.TrimLeft(w, "<>")
	first, last, err := period(day)
	if err != nil {
		return stretch{}, err
	}
	switch w[:len(w)-len(day)] {
	case "":
		return stretch{first.Format(time.DateOnly), last.Format(time.DateOnly)}, nil
	case "<":
		return stretch{"0000-00-00", first.AddDate(0, 0, -1).Format(time.DateOnly)}, nil
	case ">":
		return stretch{last.AddDate(0, 0, 1).Format(time.DateOnly), "9999-12-31"}, nil
	}
	return stretch{}, fmt.Errorf("%w: %q is no due date", isnad.ErrQuery, w)
}

// duesOf gives the stretches that every listed commitment must be due in.
func duesOf(terms []isnad.Term) (list []stretch, err error) {
	for _, t := range terms {
		if t.Field != isnad.Due || t.Not || len(t.Words) == 0 {
			continue
		}
		s, err := dueStretch(t.Words[0])
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// common gives the days that all stretches have in common.
func common(list []stretch) stretch {
	in := stretch{"", noDue}
	for _, s := range list {
		in.lo, in.hi = max(in.lo, s.lo), min(in.hi, s.hi)
	}
	return in
}

func allHold(list []stretch, day string) bool {
	for _, s := range list {
		if !s.holds(day) {
			return false
		}
	}
	return true
}
