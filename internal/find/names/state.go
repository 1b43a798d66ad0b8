package names

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// adverbial reports whether the state's name at place p is rather the adjective of
// another one or of money, without the article: «فساد مالي», «طيارا روسيا».
func (f *finder) adverbial(p int) bool {
	t := f.token(p)
	if nation(t) && t.Tables.Has(lex.Country) {
		return f.attributive(p)
	}
	if t.Tanwin && t.Tables.Has(lex.Country) {
		return true
	}
	if t.Def || t.Prep != 0 || t.Conj != 0 || !t.Tables.Has(lex.Country) || t.Vocab.POS&vocab.Adj == 0 {
		return false
	}
	before, ok := f.word(p, p-1)
	if !ok || before.Class != 0 {
		return false
	}
	if t.Tables.Has(lex.Nation) && strings.HasSuffix(t.Fold, script.Ha) {
		_, seen := f.taggedAt(p)
		return !seen && !before.Def && before.Vocab.POS&(vocab.Noun|vocab.Adj) != 0
	}
	if t.Tables.Has(lex.Nation) {
		return strings.HasSuffix(before.Fold, script.Alef) && before.Vocab.POS&(vocab.Noun|vocab.Adj) != 0 && !before.Tables.Has(lex.Country)
	}
	return before.Tables&lex.In(lex.Head, lex.Title) == 0 && before.Vocab.POS&(vocab.Noun|vocab.Adj) != 0 && before.Vocab.POS&vocab.Verb == 0
}

// attributive reports whether a state's name that is also its adjective in the feminine
// («السعودية») belongs to the noun before it.
func (f *finder) attributive(p int) bool {
	if s, ok := f.taggedAt(p); ok && s.First == p && s.Kind == tag.Place && s.Confidence > 0.8 {
		return false
	}
	if before := f.token(p - 1); before.Kind == ling.Mark {
		return f.taken[max(p-2, 0)]
	}
	before, ok := f.word(p, p-1)
	if !ok || before.Class != 0 {
		return false
	}
	feminine := strings.HasSuffix(before.Base, script.Ha) || strings.HasSuffix(before.Base, script.At)
	return before.Def && feminine || f.taken[p-1]
}
