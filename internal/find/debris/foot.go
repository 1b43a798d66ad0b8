package debris

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// foot cuts the signatures under the last paragraph: agencies, an author's name alone,
// editors' initials, and agencies in brackets behind the last full stop.
func (t *cutting) foot() {
	for i := t.last(len(t.lines)); i > 0; i = t.last(i) {
		if !t.signature(i, false) && !t.bracketed(i) && !t.author(i) && !t.initials(i) {
			return
		}
	}
}

// author cuts line i if it is a person's name under a paragraph.
func (t *cutting) author(i int) bool {
	l, before := t.lines[i], t.last(i)
	if l.long || l.stop || l.words < 2 || l.words > 6 || before < 0 || !t.lines[before].body() {
		return false
	}
	for p := range strings.SplitSeq(l.fold, "/") {
		if !t.person(p) {
			return false
		}
	}
	t.wrote(i, l.text)
	return true
}

// correspondent cuts line i above the first paragraph if it is a name, a dash and a place
// or outlet.
func (t *cutting) correspondent(i int) bool {
	l := t.lines[i]
	at := strings.LastIndexAny(l.text, "-–—")
	if l.long || l.stop || l.words > 7 || at < 0 || !t.person(script.Fold(l.text[:at])) {
		return false
	}
	_, n := utf8.DecodeRuneInString(l.text[at:])
	if _, all, parts := t.stamp(l.text[at+n:]).parse(); !all || parts.parts[place] == 0 && !parts.signed() {
		return false
	}
	t.wrote(i, l.text[:at])
	return true
}

// wrote cuts line i as its author's, and keeps the name.
func (t *cutting) wrote(i int, name string) {
	t.cut(i, isnad.AuthorBox)
	if t.article.Byline == "" {
		t.article.Byline = strings.TrimFunc(name, edge)
	}
}

// person reports whether folded words are a name: two to four, the first a forename and
// nothing else.
func (t *cutting) person(folded string) bool {
	w := words(folded)
	if len(w) < 2 || len(w) > 4 {
		return false
	}
	word := t.lex.Word(w[0])
	return word != nil && word.Tables&lex.In(lex.Forename) != 0 && word.Tables&^lex.In(lex.Forename, lex.Surname, lex.Short) == 0 && word.Class == 0
}

// bracketed cuts agencies in brackets off the end of line i; a line of editors' initials
// before them goes whole.
func (t *cutting) bracketed(i int) bool {
	l := &t.lines[i]
	end := suffix(l.text, tail)
	at := strings.LastIndexByte(end, '(')
	if at < 0 || !strings.HasSuffix(end, ")") {
		return false
	}
	_, all, n := t.stamp(end[at:]).parse()
	if !all || !n.signed() {
		return false
	}
	at += len(l.text) - len(end)
	before := strings.TrimFunc(l.text[:at], blank)
	switch {
	case ends(before):
		l.pieces = append(l.pieces, isnad.Cut{Text: l.text[at:], Reason: isnad.Dateline})
		t.shorten(i, before)
	case initials(before):
		t.cut(i, isnad.Dateline)
	default:
		return false
	}
	t.sent(n)
	return true
}

// initials cuts line i if it is nothing but editors' initials between strokes.
func (t *cutting) initials(i int) bool {
	l := t.lines[i]
	if l.long || !strings.Contains(l.text, "/") || !initials(l.text) {
		return false
	}
	t.cut(i, isnad.AuthorBox)
	return true
}

// initials reports whether s is a few parts of a few letters: «ب ر/ج ص».
func initials(s string) bool {
	if len(s) > 48 {
		return false
	}
	for p := range strings.SplitSeq(s, "/") {
		parts := words(p)
		if len(parts) == 0 || len(parts) > 3 {
			return false
		}
		for _, w := range parts {
			if utf8.RuneCountInString(w) > 3 {
				return false
			}
		}
	}
	return true
}
