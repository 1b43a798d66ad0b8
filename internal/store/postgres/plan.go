package postgres

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// plan is a query in terms of the tables.
type plan struct {
	match   string   // a tsquery, or empty
	loose   string   // match without places: what long articles must hold; empty where match has no phrases
	without string   // a tsquery that must not match, where match is empty
	phrases []phrase // of match, in order
	exact   []phrase // that must stand, with those that must not: for long articles
	barred  []phrase
	lo, hi  int64 // numbers of articles
	where   []string
	args    []any
	key     string // tells plans apart
}

// phrase is words that follow one another; often one.
type phrase struct {
	words  []string // lexemes
	query  string   // as a tsquery
	weight float64  // 0 when it only says which, not how well
}

// ranks reports whether the plan asks for words that say how well an article fits.
func (p *plan) ranks() bool {
	return slices.ContainsFunc(p.phrases, func(x phrase) bool { return x.weight > 0 })
}

// plain reports whether the plan is one phrase and nothing else: what it finds is all
// articles in which the phrase stands.
func (p *plan) plain() bool {
	return len(p.phrases) == 1 && p.lo == 0 && p.hi == math.MaxInt64 && len(p.where) == 0 && p.match == p.phrases[0].query
}

// arg adds an argument of the conditions and gives its place.
func (p *plan) arg(a any) string {
	p.args = append(p.args, a)
	return "$" + strconv.Itoa(len(p.args))
}

// planFor makes the plan of a query's terms.
func (t *tx) planFor(terms []isnad.Term) (*plan, error) {
	p := &plan{hi: math.MaxInt64, key: fmt.Sprintf("%#v", terms)}
	var yes, no, loose []string
	for _, x := range terms {
		if len(x.Words) == 0 || slices.Contains(x.Words, "") {
			return nil, fmt.Errorf("%w: the condition %q has no words", isnad.ErrQuery, x.Field)
		}
		mark, ok := shelf.Mark(x.Field)
		if !ok {
			if err := t.other(p, x); err != nil {
				return nil, err
			}
			continue
		}
		list := phrasesOf(mark, x)
		if x.Not {
			p.barred = append(p.barred, list...)
			no = append(no, "("+joined(list, exactly)+")")
			if len(list) == 1 && len(list[0].words) == 1 {
				loose = append(loose, "!"+list[0].query)
			}
			continue
		}
		p.phrases, p.exact = append(p.phrases, list...), append(p.exact, list...)
		yes = append(yes, joined(list, exactly))
		loose = append(loose, joined(list, loosely))
	}
	p.match = strings.Join(yes, " & ")
	switch {
	case len(no) > 0 && p.match != "":
		p.match += " & !(" + strings.Join(no, " | ") + ")"
	case len(no) > 0:
		p.without = strings.Join(no, " | ")
	}
	if slices.ContainsFunc(slices.Concat(p.phrases, p.barred), func(x phrase) bool { return len(x.words) > 1 }) {
		p.loose = strings.Join(loose, " & ")
	}
	return p, nil
}

// phrasesOf gives the phrases of a term of words.
func phrasesOf(mark string, t isnad.Term) []phrase {
	words := make([]string, len(t.Words))
	for i, w := range t.Words {
		words[i] = lexeme(mark + w)
	}
	weight := 1.0
	switch t.Field {
	case isnad.InOutlet:
		words, weight = []string{lexeme(mark + shelf.OutletForm(strings.Join(t.Words, " ")))}, 0
	case isnad.InEvent:
		weight = 0
	}
	if t.Phrase {
		return []phrase{newPhrase(words, weight)}
	}
	list := make([]phrase, len(words))
	for i, w := range words {
		list[i] = newPhrase([]string{w}, weight)
	}
	return list
}

// literal makes words harmless in a quoted lexeme of a tsquery.
var literal = strings.NewReplacer(`'`, `''`, `\`, `\\`)

func newPhrase(words []string, weight float64) phrase {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = "'" + literal.Replace(harmless(w)) + "'"
	}
	x := phrase{words, strings.Join(quoted, " <-> "), weight}
	if len(words) > 1 {
		x.query = "(" + x.query + ")"
	}
	return x
}

func exactly(x phrase) string { return x.query }

// loosely gives the words of a phrase wherever they stand.
func loosely(x phrase) string { return strings.ReplaceAll(x.query, " <-> ", " & ") }

func joined(list []phrase, form func(phrase) string) string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = form(x)
	}
	return strings.Join(out, " & ")
}

// other plans a condition that is not one of words.
func (t *tx) other(p *plan, x isnad.Term) error {
	w := x.Words[0]
	set := ""
	switch x.Field {
	case isnad.After, isnad.Before:
		return p.days(x)
	case isnad.Due:
		s, err := shelf.DueStretch(w)
		if err != nil {
			return err
		}
		set = "SELECT n FROM commitments WHERE due >= " + p.arg(s.Lo) + " AND due <= " + p.arg(s.Hi)
	case isnad.OfEntity:
		id, err := t.settled(w)
		if err != nil {
			return err
		}
		set = "SELECT n FROM mentions WHERE t = (SELECT t FROM things WHERE key = " + p.arg(keyOf(id)) + ")"
	case isnad.OfStory:
		id, err := t.story(w)
		if err != nil {
			return err
		}
		set = "SELECT n FROM articles WHERE s = (SELECT s FROM stories WHERE id = " + p.arg(id) + ")"
	case isnad.OfDisagreement:
		set = "SELECT n FROM articles WHERE s IN (SELECT s FROM stories WHERE differs > 0)"
	default:
		return fmt.Errorf("%w: there is no field %q", isnad.ErrQuery, x.Field)
	}
	if x.Not {
		p.where = append(p.where, "w.n NOT IN ("+set+")")
	} else {
		p.where = append(p.where, "w.n IN ("+set+")")
	}
	return nil
}

// days plans a condition on the day of publication.
func (p *plan) days(t isnad.Term) error {
	first, last, err := shelf.Period(t.Words[0])
	if err != nil {
		return err
	}
	lo, hi := int64(1)<<dayBits, int64(math.MaxInt64)
	if t.Field == isnad.After {
		lo = shelf.DayNumber(first) << dayBits
	} else {
		hi = (shelf.DayNumber(last) + 1) << dayBits
	}
	if t.Not {
		p.where = append(p.where, "NOT (w.n >= "+p.arg(lo)+" AND w.n < "+p.arg(hi)+")")
		return nil
	}
	p.lo, p.hi = max(p.lo, lo), min(p.hi, hi)
	return nil
}

// all reports whether the plan asks for nothing but a stretch of days.
func (p *plan) all() bool { return p.match == "" && p.without == "" && len(p.where) == 0 }

// from gives the tables and conditions of the plan, with its arguments, for a stretch of numbers: rows of
// «w», with the number n. Long articles are left out where only their texts can tell.
func (p *plan) from(lo, hi int64) (sql string, args []any) {
	own := &plan{args: slices.Clone(p.args)}
	table := "articles"
	where := slices.Clone(p.where)
	if p.match != "" {
		table = "words"
		where = append(where, "w.forms @@ "+own.arg(p.match)+"::text::tsquery")
		if p.loose != "" {
			where = append(where, "NOT w.long")
		}
	}
	if p.without != "" {
		where = append(where, "w.n NOT IN (SELECT n FROM words WHERE forms @@ "+own.arg(p.without)+"::text::tsquery)")
	}
	if lo > 0 {
		where = append(where, "w.n >= "+own.arg(lo))
	}
	if hi < math.MaxInt64 {
		where = append(where, "w.n < "+own.arg(hi))
	}
	sql = " FROM " + table + " w"
	if len(where) > 0 {
		sql += " WHERE " + strings.Join(where, " AND ")
	}
	return sql, own.args
}
