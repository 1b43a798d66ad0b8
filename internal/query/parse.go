package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

// Error says what of a query cannot be understood, and where.
type Error struct {
	At   int    // the byte of the query at which it stands
	Part string // the words of the query
	Why  string
}

func (e *Error) Error() string {
	return fmt.Sprintf("«%s» at letter %d: %s", e.Part, e.At+1, e.Why)
}

// Unwrap makes every Error an isnad.ErrQuery.
func (e *Error) Unwrap() error { return isnad.ErrQuery }

// queryLimit bounds a query, in bytes and in conditions.
const (
	queryLimit = 4096
	termLimit  = 64
)

// Parse reads what a person types: words, "exact phrases", field:value, and any of these
// after a minus when it must not hold. Fields and event types have names in English and
// Arabic, dates may be given in ISO form, in figures with the day first, or with the name of
// the month. It works on any input; the error is an *Error.
func (l *Language) Parse(s string) (isnad.Query, error) {
	var q isnad.Query
	if len(s) > queryLimit {
		return q, &Error{queryLimit, "…", fmt.Sprintf("a query has at most %d bytes", queryLimit)}
	}
	p := &parser{lang: l, s: s}
	for p.space(); p.at < len(s); p.space() {
		at := p.at
		t, ok, err := p.term()
		if err != nil {
			return isnad.Query{}, err
		}
		if ok {
			q.Terms = append(q.Terms, t)
		}
		if len(q.Terms) > termLimit {
			return isnad.Query{}, &Error{p.letters(at), s[at:p.at], fmt.Sprintf("a query has at most %d conditions", termLimit)}
		}
	}
	return q, nil
}

type parser struct {
	lang *Language
	s    string
	at   int
}

func (p *parser) fail(at int, why string, args ...any) error {
	return &Error{p.letters(at), strings.TrimSpace(p.s[at:p.at]), fmt.Sprintf(why, args...)}
}

// letters gives the number of letters before a byte: people count letters.
func (p *parser) letters(at int) int { return utf8.RuneCountInString(p.s[:at]) }

func (p *parser) space() {
	for p.at < len(p.s) {
		r, n := utf8.DecodeRuneInString(p.s[p.at:])
		if !unicode.IsSpace(r) && !script.IsInvisible(r) && (r != utf8.RuneError || n != 1) {
			return
		}
		p.at += n
	}
}

// term reads one condition; ok is false when there was none, only signs.
func (p *parser) term() (t isnad.Term, ok bool, err error) {
	start := p.at
	if p.s[p.at] == '-' && p.at+1 < len(p.s) && p.s[p.at+1] != ' ' {
		t.Not = true
		p.at++
	}
	field, named := p.field()
	if named {
		p.space()
	}
	t.Field = isnad.Field(field)
	value, quoted, err := p.value(start)
	if err != nil {
		return t, false, err
	}
	if named && value == "" {
		return t, false, p.fail(start, "nothing stands after the colon")
	}
	switch t.Field {
	case isnad.After, isnad.Before, isnad.Due:
		err = p.date(&t, start, value)
	case isnad.InEvent:
		err = p.event(&t, start, value)
	case isnad.InOutlet, isnad.OfEntity, isnad.OfStory, isnad.OfDisagreement:
		t.Words = []string{value}
	default:
		t.Words = p.lang.Forms(value)
		t.Phrase = len(t.Words) > 1 // a quotation, or a word of several parts: «كوفيد-19»
		if len(t.Words) == 0 && (named || quoted && value != "") {
			err = p.fail(start, "there are no words in it")
		}
	}
	return t, err == nil && len(t.Words) > 0, err
}

// field reads a field's name with its colon, if one stands here.
func (p *parser) field() (string, bool) {
	for i, r := range p.s[p.at:] {
		if r == ':' {
			f, ok := p.lang.words.fields[script.Fold(p.s[p.at:p.at+i])]
			if ok {
				p.at += i + 1
			}
			return f, ok
		}
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !script.IsInvisible(r) {
			break
		}
	}
	return "", false
}

// value reads a quotation or what stands up to a space.
func (p *parser) value(start int) (string, bool, error) {
	if p.at >= len(p.s) {
		return "", false, nil
	}
	r, n := utf8.DecodeRuneInString(p.s[p.at:])
	if closing := closers(r); closing != "" {
		i := strings.IndexAny(p.s[p.at+n:], closing)
		if i < 0 {
			p.at = len(p.s)
			return "", true, p.fail(start, "the quotation is not closed")
		}
		v := p.s[p.at+n : p.at+n+i]
		_, m := utf8.DecodeRuneInString(p.s[p.at+n+i:])
		p.at += n + i + m
		return v, true, nil
	}
	from := p.at
	for p.at < len(p.s) {
		r, n := utf8.DecodeRuneInString(p.s[p.at:])
		if unicode.IsSpace(r) || p.at > from && closers(r) != "" && r != '"' {
			break
		}
		p.at += n
	}
	return p.s[from:p.at], false, nil
}

// closers gives the marks that may close a quotation which r opens.
func closers(r rune) string {
	switch r {
	case '"', '“', '”', '„':
		return "\"“”"
	case '«':
		return "»"
	}
	return ""
}

// event reads an event type, in capitals or by a word for it.
func (p *parser) event(t *isnad.Term, start int, value string) error {
	kind, ok := p.lang.words.events[script.Fold(value)]
	if !ok {
		return p.fail(start, "there is no such event; there are %s", strings.Join(p.lang.words.types, ", "))
	}
	t.Words = []string{kind}
	return nil
}

// dateWords bounds the words that a date may have after its first: «7 كانون الثاني 2018».
const dateWords = 4

// date reads a date and as many of the words that follow as belong to it.
func (p *parser) date(t *isnad.Term, start int, value string) error {
	sign := ""
	if t.Field == isnad.Due && value != "" && strings.ContainsRune("<>", rune(value[0])) {
		sign, value = value[:1], value[1:]
	}
	day, ok := p.lang.Date(value)
	end := p.at
	more := *p
	for range dateWords {
		more.space()
		word, quoted, err := more.value(more.at)
		if err != nil || quoted || word == "" {
			break
		}
		value += " " + word
		if longer, fits := p.lang.Date(value); fits {
			day, ok, end = longer, true, more.at
		}
	}
	if !ok {
		return p.fail(start, "that is no date; write 2018, 2018-04, 2018-04-07 or the day, the month's name and the year")
	}
	p.at = end
	t.Words = []string{sign + day}
	return nil
}
