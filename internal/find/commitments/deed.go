package commitments

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// reach is how far behind word and subject the deed may begin, in tokens.
const reach = 14

// deed gives the token at which the deed begins, by one of the patterns of the row.
func (f *finder) deed(row *lex.CommitmentRow, i int, r role) (int, bool) {
	if i >= len(f.Tokens) {
		return 0, false
	}
	last := min(f.Sents[f.SentenceOf(i)].Last, i+reach)
	if r == addressee {
		last = min(f.Sents[f.SentenceOf(i)].Last, i+2*reach)
	}
	for j := i; j < last; j++ {
		t := &f.Tokens[j]
		switch {
		case t.Is(lex.Subord) && has(row.Pattern, "an_verb") && j+1 < last && f.verbAfter(j):
			return j + 1, true
		case has(row.Pattern, "bi") && f.with(j, 'b', script.Ba) && !f.dated(j):
			return f.noun(j, last)
		case t.Is(lex.Prep) && t.Base == script.Ala && has(row.Pattern, "ala") && j+1 < last && (!f.Tokens[j+1].Is(lex.Rel) || f.Tokens[j+1].Is(lex.Subord)):
			return f.behind(j+1, last)
		case r == addressee && row.Basis == "order" && t.Prep == 'l' && (f.able(j) || !has(row.Pattern, "li") && !f.doing(j)):
			continue // «أصدر تعليمات للوزارة بدفع»
		case f.prepares(j) > 0 && r != addressee:
			j = f.prepares(j) - 1
		case f.with(j, 'l', script.Lam) && !f.belongs(j) && (has(row.Pattern, "li") || r == addressee || written(row) || j == i && has(row.Pattern, "masdar") && !f.able(j) && !t.Definite() && !t.Tables.Has(lex.Title) && !t.Tables.Has(lex.Head)):
			return f.noun(j, last)
		case r == addressee && f.purpose(j) > 0:
			return f.purpose(j), true
		case has(row.Pattern, "masdar") && (r != addressee || row.Perfect == "") && f.bare(i, j):
			return j, true
		case written(row) && f.described(j):
			return j, true
		case f.breaks(j) && !t.Is(lex.Rel):
			return 0, false
		}
	}
	return 0, false
}

// belongs reports whether the definite noun at token j, after ل, only says whose or what
// for something is («اتفاقية للنفط والغاز»): nothing goes on with it.
func (f *finder) belongs(j int) bool {
	if !f.Tokens[j].Definite() || f.masdar(j) {
		return false
	}
	last := f.Sents[f.SentenceOf(j)].Last
	if j+1 >= last || f.Tokens[j+1].Kind == ling.Punct {
		return j+1 < last
	}
	n := &f.Tokens[j+1]
	return n.Conj == 'w' && n.Definite()
}

// written reports whether the row is of an agreement put down or reached («وقع اتفاقا»):
// what it is for follows with ل. «اتفق» has «على».
func written(row *lex.CommitmentRow) bool {
	return row.Basis == "agreement" && strings.Contains(row.Perfect, " ")
}

// prepares gives the token after a preposition of several words at token j that only looks
// like ب and a deed («بالنسبة إلى»), or 0.
func (f *finder) prepares(j int) int {
	if f.Tokens[j].Prep != 'b' && f.Tokens[j].Prep != 'l' {
		return 0
	}
	return f.purpose(j)
}

// purpose gives the token after a preposition of several words at token j («من أجل»), or 0.
func (f *finder) purpose(j int) int {
	for _, p := range f.PhrasesAt(j) {
		if p.Word.Class&lex.Prep != 0 && p.Last < len(f.Tokens) && f.Tokens[p.Last].Kind == ling.Word {
			return p.Last
		}
	}
	return 0
}

// with reports whether the preposition p, written together or apart, stands at token j.
func (f *finder) with(j int, p byte, letter string) bool {
	t := &f.Tokens[j]
	return t.Prep == p && t.Kind == ling.Word && !t.Is(lex.Prep|lex.Subord|lex.Demo) || t.Fold == letter
}

// noun gives the first word at or after token j: «بـ "إغلاق"» has two signs before it.
func (f *finder) noun(j, last int) (int, bool) {
	for ; j < last; j++ {
		if t := &f.Tokens[j]; t.Kind == ling.Word && len(t.Fold) > len(script.Ba) {
			return j, true
		}
	}
	return 0, false
}

// bare reports whether a verbal noun stands at token j as the object of the word before i:
// right behind it, or past what goes with the subject.
func (f *finder) bare(i, j int) bool {
	t := &f.Tokens[j]
	_, _, named := f.Name(j)
	if named || t.Kind != ling.Word || t.Prep != 0 || t.Conj != 0 || t.Class != 0 || f.dated(j) {
		return false
	}
	if j > 0 && f.Tokens[j-1].Fold == "(" || t.Vocab.POS == 0 && strings.HasPrefix(t.Base, script.Al) && t.Hamza == ling.Bare {
		return false // an adjective with the article that no list knows
	}
	if t.Definite() {
		return j == i && j > 0 && (f.told(j-1) || f.fronted(j-1) || f.masdar(j) || f.named(j-1) && t.Vocab.POS&vocab.Adj == 0) && !f.can(t)
	}
	if j == i {
		return !t.Tables.Has(lex.Number) && !f.accusative(j) && (t.Vocab.POS&vocab.Adj == 0 || t.Vocab.POS&vocab.Noun != 0)
	}
	if !f.verbal(j) || f.accusative(j) {
		return false
	}
	p := &f.Tokens[j-1]
	_, _, behind := f.Name(j - 1)
	return (t.Vocab.POS == 0 || t.Vocab.POS&vocab.Noun != 0 && t.Vocab.POS&vocab.Adj == 0) && (p.Kind == ling.Punct || behind || f.dated(j-1) || p.Definite() && p.Prep == 0)
}

// named reports whether token i stands in a name.
func (f *finder) named(i int) bool {
	_, _, ok := f.Name(i)
	return ok
}

// behind gives the deed behind «على»: the verb where «أن» comes between; «أن» and a noun
// is what all hold, not what they will do.
func (f *finder) behind(j, last int) (int, bool) {
	if f.Tokens[j].Is(lex.Subord) {
		return j + 1, j+1 < last && f.verbAfter(j)
	}
	return j, j < last
}

// verbAfter reports whether a verb follows «أن» at token j, past «لن» and quotation marks.
func (f *finder) verbAfter(j int) bool {
	last := f.Sents[f.SentenceOf(j)].Last
	for j++; j < last && (f.Tokens[j].Kind == ling.Mark || f.wont(j) || f.Tokens[j].Is(lex.Future)); {
		j++
	}
	if j >= last {
		return false
	}
	_, finite := f.VerbAt(j)
	return finite
}

// dated reports whether token j stands in a time.
func (f *finder) dated(j int) bool { return f.timed[j] }

// describes reports whether the verb at token j opens a clause on the indefinite noun
// before it («خطة تهدف إلى»).
func (f *finder) describes(j int) bool {
	v, finite := f.VerbAt(j)
	t := &f.Tokens[j-1]
	_, _, named := f.Name(j - 1)
	return finite && v.Tense == lex.Imperfect && !v.Spoken && !f.Tokens[j].Fut && t.Kind == ling.Word &&
		!named && !t.Definite() && !t.Pron && t.Class == 0 && !f.dated(j-1) && t.Vocab.POS&vocab.Noun != 0
}

// concerning reports whether «فيما» at token j opens what the deed is about («فيما يتعلق
// بالغرامة»), not another clause.
func (f *finder) concerning(j, last int) bool {
	if j+2 >= last {
		return false
	}
	v, finite := f.VerbAt(j + 1)
	t := &f.Tokens[j+2]
	return finite && v.Tense == lex.Imperfect && (t.Prep == 'b' || t.Is(lex.Demo) && strings.HasPrefix(t.Base, script.Ba))
}

// described reports whether the verb at token j tells what an agreement just named brings
// («اتفاق تشتري بموجبه»).
func (f *finder) described(j int) bool {
	if j+1 >= len(f.Tokens) || j == 0 || !f.describes(j) {
		return false
	}
	t := &f.Tokens[j+1]
	return t.Is(lex.Adverb) && (strings.HasSuffix(t.Fold, script.Ha) || strings.HasSuffix(t.Fold, script.Hna))
}

// longest is the most tokens of a deed.
const longest = 40

// entitled gives the second comma round the title that stands behind a person's name at the
// comma at token j («ستقيم فلانة، رئيسة الوزراء، حفلا»), or j.
func (f *finder) entitled(j, last int) int {
	if j == 0 || j+1 >= last || !f.named(j-1) || !f.Tokens[j+1].Tables.Has(lex.Title) || f.Tokens[j+1].Conj != 0 {
		return j
	}
	for n := j + 2; n < min(last, j+2*near); n++ {
		if f.Tokens[n].Fold == f.Tokens[j].Fold {
			return n
		}
		if f.Tokens[n].Kind == ling.Punct {
			break
		}
	}
	return j
}

// governed reports whether a preposition of its own stands before token j, so that it is a
// noun («من خلال», «على "ردع»).
func (f *finder) governed(j int) bool {
	for j--; j > 0 && f.Tokens[j].Kind == ling.Mark; {
		j--
	}
	return j >= 0 && f.Tokens[j].Kind == ling.Word && (f.Tokens[j].Class == lex.Prep || f.Tokens[j].Base == script.From)
}

// supposes reports whether token j ends a condition of several words («في حال»).
func (f *finder) supposes(j int) bool {
	if j == 0 {
		return false
	}
	for _, p := range f.PhrasesAt(j - 1) {
		if p.Last == j+1 && p.Word.Class&lex.Cond != 0 {
			return true
		}
	}
	return false
}

// deedEnd gives the token after the deed that begins at token at: it ends with its
// clause, at a comma that opens no relative clause, or with the quotation it stands in.
func (f *finder) deedEnd(at int) int {
	last := min(f.Sents[f.SentenceOf(at)].Last, at+longest)
	quote := f.QuoteOf(at)
	free := true // a verb may follow
	j := at
	for ; j < last; j++ {
		t := &f.Tokens[j]
		if quote >= 0 && j >= f.Quotes[quote].Close {
			break
		}
		if t.Kind == ling.Punct {
			if t.Fold == "#" || t.Fold == "/" || t.Fold == "-" || t.Fold == "_" {
				continue
			}
			if j+1 < last && f.Tokens[j+1].Is(lex.Rel) && t.Fold != "." {
				free = true
				continue
			}
			if n := f.entitled(j, last); n > j {
				j = n
				continue
			}
			if n := f.apposed(j); n > j && n < last && f.Tokens[n].Fold == t.Fold {
				j = n
				continue
			}
			break
		}
		if t.Is(lex.While|lex.But) && !t.Definite() && j > at {
			if j == at+1 && f.concerning(j, last) {
				j++
				continue
			}
			break
		}
		if t.Is(lex.TimeConj) && t.Is(lex.Prep) && j > at+1 && j+1 < last && !f.timed[j+1] && f.Tokens[j+1].Class == 0 && !f.governed(j) {
			break // «بعد مقتل …»: when it was, not what is to be done
		}
		if t.Is(lex.Rel|lex.Subord|lex.Cond|lex.Neg|lex.TimeConj|lex.Qad) || f.supposes(j) {
			free = true
			continue
		}
		if _, finite := f.VerbAt(j); finite && j > at && !t.Is(lex.Prep) && t.Hamza != ling.Below && !f.governed(j) {
			if !free && t.Conj == 0 && !(t.Pron && t.Nominal()) && !f.describes(j) {
				break
			}
		}
		free = j == at || free && t.Kind == ling.Mark
	}
	for j > at+1 && (f.Tokens[j-1].Kind == ling.Punct || f.Tokens[j-1].Kind == ling.Mark || f.Tokens[j-1].Base == script.From || f.Tokens[j-1].Is(lex.Prep|lex.Conj) && f.Tokens[j-1].Class&^(lex.Prep|lex.Conj) == 0) {
		j--
	}
	return j
}
