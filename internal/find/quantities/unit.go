package quantities

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// unit is what a number counts.
type unit struct {
	word    string // dictionary singular, "%", or a currency code
	class   string // of the row of the unit, if there is one
	code    string // of the same row
	last    int
	carries bool
	share   bool
	trust   isnad.Trust
}

func trust(rule string, confidence float64) isnad.Trust {
	return isnad.Trust{Rule: rule, Confidence: confidence}
}

// percent is the unit of shares.
const percent = "%"

// unit reads what stands after a number: a per cent, money, a noun, or «من» and a noun.
func (f *finder) unit(q counted, n number.Number) (unit, bool) {
	i, j := q.start, q.last
	if s := f.sign(i); s != i {
		if f.fold(s, percent) {
			return unit{word: percent, last: j, share: true, trust: trust("unit/percent", 0.98)}, true
		}
		return unit{word: f.money(f.currencySign(s)), last: j, trust: trust("unit/currency sign", 0.95)}, true
	}
	for j < len(f.d.Tokens) && f.d.Tokens[j].Kind == ling.Mark && f.same(i, j) {
		j++ // «"500" شخص»
	}
	if j >= len(f.d.Tokens) || !f.same(i, j) {
		return unit{}, false
	}
	if u, ok := f.rate(j); ok {
		return u, true
	}
	if f.d.Tokens[j].Kind != ling.Word || f.d.Tokens[j].Conj != 0 || j > q.last && f.d.Tokens[j].Definite() {
		return unit{}, false
	}
	if u, ok := f.currency(j); ok {
		return u, true
	}
	if f.d.Tokens[j].Prep != 0 {
		return unit{}, false
	}
	if _, last, ok := f.word(j, "of"); ok {
		return f.partitive(last, n)
	}
	if u, ok := f.nounOf(j, n.Value); ok {
		return f.fitting(j, u, n)
	}
	return f.unknown(j, q, n)
}

// rate reads a per cent after a number: «%», «في المئة», «بالمئة».
func (f *finder) rate(j int) (unit, bool) {
	if f.fold(j, percent) {
		return unit{word: percent, last: j + 1, share: true, trust: trust("unit/percent", 0.98)}, true
	}
	s, last, ok := f.d.Match(j, lex.Unit)
	if !ok || f.d.Lex.Units[s.Row].Code != percent {
		return unit{}, false
	}
	return unit{word: percent, last: last, share: true, trust: trust("unit/percent", 0.98)}, true
}

// currency reads money after a number.
func (f *finder) currency(j int) (unit, bool) {
	s, last, ok := f.d.Match(j, lex.Currency)
	if !ok {
		if row := f.currencySign(j); row >= 0 {
			return unit{word: f.money(row), last: j + 1, trust: trust("unit/currency sign", 0.95)}, true
		}
		return unit{}, false
	}
	if f.d.Tokens[j].Prep != 0 || s.Form&lex.Dual != 0 && s.Form&lex.Plural == 0 {
		return unit{}, false
	}
	return unit{word: f.money(int(s.Row)), last: last, trust: trust("unit/currency", 0.97)}, true
}

// currencySign gives the row of a sign or code of money at token i, or -1.
func (f *finder) currencySign(i int) int {
	if s, ok := f.d.Lex.Word(f.d.Tokens[i].Fold).Sense(lex.Currency); ok && f.d.Tokens[i].Kind == ling.Punct {
		return int(s.Row)
	}
	return -1
}

// money gives the code of a currency row. Where the name alone does not tell, the state
// that the article speaks most of decides among those with money of that name.
func (f *finder) money(row int) string {
	r := &f.d.Lex.Currencies[row]
	if r.ISO4217 != "" {
		return r.ISO4217
	}
	if code, ok := f.codes[row]; ok {
		return code
	}
	best, most := r.Name, 0
	for i := range f.d.Lex.Currencies {
		c := &f.d.Lex.Currencies[i]
		if c.ISO4217 == "" || c.ISO3 == "" || !strings.HasPrefix(c.Name, r.Name+" ") {
			continue
		}
		if n := f.mentions(c.ISO3); n > most {
			best, most = c.ISO4217, n
		}
	}
	if f.codes == nil {
		f.codes = map[int]string{}
	}
	f.codes[row] = best
	return best
}

// mentions counts the names in the article of entities of a country.
func (f *finder) mentions(iso3 string) int {
	n := 0
	for i := range f.names {
		if e := f.names[i].Entity; e >= 0 && e < len(f.entities) && f.entities[e].Country == iso3 {
			n++
		}
	}
	return n
}

// partitive reads the noun after «من»: «50 من القوات», «اثنان من أعضائه». A collective like
// «المجموعة» is not what is counted.
func (f *finder) partitive(j int, n number.Number) (unit, bool) {
	if j >= len(f.d.Tokens) || !f.same(j-1, j) || f.d.Tokens[j].Kind != ling.Word || f.d.Tokens[j].Conj != 0 {
		return unit{}, false
	}
	if a, _, ok := f.word(j, "age"); ok && a != "" {
		return unit{word: a, last: j - 1, trust: trust("unit/age", 0.9)}, true
	}
	if u, ok := f.ofTheirs(j); ok {
		return u, true
	}
	if t := &f.d.Tokens[j]; t.Vocab.POS&vocab.Adj != 0 && !t.Def && !t.Pron && !strings.HasSuffix(t.Base, script.Ya) && t.Tables&countable == 0 && j+1 < len(f.d.Tokens) && f.same(j, j+1) && f.d.Tokens[j+1].Def {
		j++ // «من كبار المسؤولين»
	}
	s, last, ok := f.d.Match(j, lex.Unit)
	if ok && s.Form&lex.Plural != 0 {
		r := &f.d.Lex.Units[s.Row]
		if r.Class == "time" {
			return unit{}, false
		}
		return unit{word: r.Name, class: r.Class, last: last, carries: true, trust: trust("unit/partitive", 0.85)}, true
	}
	u, ok := f.noun(j)
	if !ok || s.Form&lex.Plural == 0 && !f.plural(j) {
		return unit{}, false
	}
	u.trust = trust("unit/partitive", 0.8)
	return u, true
}

// ofTheirs reads a sound plural with a pronoun or a noun after it, which lose its nun:
// «من موظفيها», «من موظفي الشركة».
func (f *finder) ofTheirs(j int) (unit, bool) {
	t := &f.d.Tokens[j]
	stem, ok := strings.CutSuffix(bare(t.Base), script.Ya)
	if !ok || t.Definite() {
		return unit{}, false
	}
	w := f.d.Lex.Word(stem + script.In)
	if w == nil {
		return unit{}, false
	}
	if s, ok := w.Sense(lex.Unit); ok && s.Form&lex.Plural != 0 {
		r := &f.d.Lex.Units[s.Row]
		return unit{word: r.Name, class: r.Class, last: j + 1, carries: true, trust: trust("unit/partitive", 0.85)}, r.Class != "time"
	}
	if s, ok := w.Sense(lex.Title); ok && s.Form&lex.Plural != 0 {
		u := f.person(j, f.d.Lex.Titles[s.Row].Title)
		u.trust = trust("unit/partitive", 0.8)
		return u, true
	}
	return unit{}, false
}

// bare gives a word without the pronoun it ends in.
func bare(word string) string {
	for _, p := range [...]string{script.Huma, script.Hna, script.Hum, script.Hunn, script.Na, script.Ha} {
		if s, ok := strings.CutSuffix(word, p); ok {
			return s
		}
	}
	return word
}

// countable are the tables of nouns that may be counted.
var countable = lex.In(lex.Unit, lex.Nation, lex.People, lex.Demonym, lex.Title, lex.Head)

// plural reports whether token j is known as a plural of a nation or title.
func (f *finder) plural(j int) bool {
	for _, t := range [...]lex.Table{lex.Nation, lex.People, lex.Demonym, lex.Title, lex.Head} {
		if s, ok := f.d.Tokens[j].Sense(t); ok && s.Form&lex.Plural != 0 {
			return true
		}
	}
	return false
}
