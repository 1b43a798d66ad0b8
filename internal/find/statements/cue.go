package statements

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// cue is a verb, participle or noun of saying.
type cue struct {
	at, end int // tokens
	pattern lex.Pattern
	class   string
	form    lex.Form // of the sense: tense, participle or verbal noun
	verb    ling.Verb
	pron    bool // its object hangs on it
}

// speech gives the cue at token i in one of the forms of mask, with the patterns of all
// its rows. A phrase of several words is taken before its first word.
func (f *finder) speech(i int, mask lex.Form) (cue, bool) {
	c := cue{at: i, end: i + 1}
	if i >= len(f.Tokens) {
		return c, false
	}
	for _, p := range f.PhrasesAt(i) {
		if s, ok := p.Word.Sense(lex.Speech); ok && s.Form&mask != 0 {
			row := &f.Lex.Speeches[s.Row]
			whole := cue{at: i, end: p.Last, pattern: row.Pattern, class: row.Class, form: s.Form}
			if !f.Tokens[i].Tables.Has(lex.Speech) || f.frames(whole) {
				return whole, true // else «أعرب عن» with what he expressed: «أمله في»
			}
		}
	}
	f.Tokens[i].Senses(lex.Speech, func(s lex.Sense) bool {
		if s.Form&mask == 0 || s.Form&lex.Spoken != 0 && s.Form&lex.Imperfect != 0 {
			return true // «نقل» is seldom «we say»
		}
		row := &f.Lex.Speeches[s.Row]
		if s.Form&lex.Imperfect != 0 && shortened(f.Tokens[i].Base, row.Imperfect) {
			return true
		}
		if c.class == "" {
			c.class, c.form = row.Class, s.Form
		}
		c.pattern |= row.Pattern
		return true
	})
	if c.class == "" {
		return f.suffixed(c, mask)
	}
	return c, c.class != ""
}

// frames reports whether words said follow the cue c. Inside another such question it is
// taken for granted: questions do not nest.
func (f *finder) frames(c cue) bool {
	if f.deep {
		return true
	}
	f.deep = true
	defer func() { f.deep = false }()
	_, ok := f.frameOf(c, false)
	return ok
}

// shortened reports whether an imperfect is the form after لم, which says nothing: «يجب»
// is seldom the «يجيب» of «لم يجب». Both are folded.
func shortened(form, imperfect string) bool {
	first, _, _ := strings.Cut(imperfect, " ")
	if len(form) < 4 || len(first) < 4 {
		return false
	}
	body, full := form[2:], first[2:]
	if w := strings.TrimSuffix(strings.TrimSuffix(full, script.Ya), script.Waw); w != full {
		return body == w
	}
	return !strings.HasPrefix(body, full) && len(body) < len(full)
}

// suffixed is speech for a word in «ـه», whose folded form the lexicon knows as a noun in
// «ـة»: «وصفه», «قوله».
func (f *finder) suffixed(c cue, mask lex.Form) (cue, bool) {
	t := &f.Tokens[c.at]
	rest, ok := strings.CutSuffix(t.Base, script.Ha)
	if !ok || t.Definite() || !strings.HasSuffix(f.Text[t.Start:t.End], script.Ha) {
		return c, false
	}
	w := f.Lex.Word(rest)
	if w == nil {
		return c, false
	}
	for _, s := range w.Senses {
		if s.Table == lex.Speech && s.Form&mask != 0 {
			row := &f.Lex.Speeches[s.Row]
			c.class, c.form = row.Class, s.Form
			c.pattern |= row.Pattern
		}
	}
	c.pron = true
	return c, c.class != ""
}

// verb gives the finite verb of saying at token i.
func (f *finder) verb(i int) (cue, bool) {
	t := &f.Tokens[i]
	if t.Kind != ling.Word || !t.Tables.Has(lex.Speech) && len(f.PhrasesAt(i)) == 0 && !strings.HasSuffix(t.Base, script.Ha) {
		return f.joined(i)
	}
	c, ok := f.speech(i, lex.Verb)
	if !ok || t.Is(lex.TimeConj) && t.Is(lex.Prep) && t.Conj == 0 || c.form&lex.Dual != 0 && c.form&lex.Perfect != 0 && f.answering(i) {
		return cue{}, false
	}
	c.pron = c.pron || t.Pron
	if c.verb, ok = f.VerbAt(i); !ok && c.form&lex.Verb != 0 && !t.Tables.Has(lex.Speech) {
		c.verb = ling.Verb{Tense: c.form & lex.Verb, Feminine: c.form&lex.Feminine != 0, Plural: c.form&lex.Plural != 0}
		ok = i > f.first && (t.Conj != 0 || f.Tokens[i-1].Is(lex.Rel|lex.While|lex.But) && !f.Tokens[i-1].Is(lex.Prep))
	}
	return c, ok || c.form&lex.Perfect != 0 && (f.inscribed(c) || f.described(c))
}

// joined gives a short verb of saying that the tokenizer left joined to the «و» before it,
// since the two are a word of their own too: «ورد الوزير بأن». Somebody has to speak and to
// say something.
func (f *finder) joined(i int) (cue, bool) {
	t := &f.Tokens[i]
	rest, ok := strings.CutPrefix(t.Base, script.Waw)
	if !ok || t.Kind != ling.Word || t.Conj != 0 || t.Prep != 0 || f.deep || i != f.first && !f.comma(i-1) {
		return cue{}, false
	}
	w := f.Lex.Word(rest)
	s, known := w.Sense(lex.Speech)
	if !known || s.Form&lex.Perfect == 0 || f.Lex.Speeches[s.Row].Class != "say" {
		return cue{}, false
	}
	c := cue{at: i, end: i + 1, pattern: f.Lex.Speeches[s.Row].Pattern, class: "say", form: s.Form,
		verb: ling.Verb{Tense: lex.Perfect, Feminine: s.Form&lex.Feminine != 0, Plural: s.Form&lex.Plural != 0}}
	f.deep = true
	defer func() { f.deep = false }()
	fr, ok := f.frameOf(c, false)
	return c, ok && (fr.how == that || fr.how == colon || fr.how == quoted) && some(fr.subject) && f.agent(fr.subject[0], fr.subject[1])
}

// answering reports «ردا على»: a noun in the accusative, not a dual.
func (f *finder) answering(i int) bool {
	w := f.Lex.Word(strings.TrimSuffix(f.Tokens[i].Base, script.Alef))
	if w == nil || i == f.first || f.Tokens[i].Conj != 0 || f.prepositionAt(i+1) != lex.WithAla {
		return false
	}
	for _, s := range w.Senses {
		if s.Table == lex.Speech && s.Form&lex.VerbalNoun != 0 {
			return true
		}
	}
	return false
}

// described reports «حادث وصفه الوزير ب»: a form that looks like a noun, with its object on
// it and somebody who speaks behind it.
func (f *finder) described(c cue) bool {
	k := c.end
	for k < f.last && (f.timely(k) || f.Tokens[k].Is(lex.Adverb)) {
		k++ // «وصفه آنذاك الوزير ب»
	}
	if k >= f.last {
		return false
	}
	n := f.NounPhrase(k)
	if !c.pron || c.class != "describe" || n <= k || !f.agent(k, n) {
		return false
	}
	if m, end, ok := f.nameAt(n); ok && f.names[m].Kind == isnad.Person {
		n = end
	}
	return n < f.last && f.preposition(n) == lex.WithBi
}

// inscribed reports «كتب عليها "…"»: a form that looks like a noun, with a pronoun behind
// a preposition and a quotation.
func (f *finder) inscribed(c cue) bool {
	if c.pattern&lex.WithQuote == 0 || c.end+1 >= f.last || !f.Tokens[c.end].Is(lex.Prep) {
		return false
	}
	return f.holdsPronoun(c.end) && f.mark(c.end+1) || f.mark(f.NounPhrase(c.end+1))
}

// participle gives the participle of saying at token i that stands as a circumstance:
// «مؤكدا», «مشيرة», «مطالبين».
func (f *finder) participle(i int) (cue, bool) {
	t := &f.Tokens[i]
	if t.Kind != ling.Word || t.Definite() || t.Prep != 0 || t.Pron || !t.Tables.Has(lex.Speech) {
		return cue{}, false
	}
	if i > f.first && f.Tokens[i-1].Kind == ling.Number || f.named(i) {
		return cue{}, false // «54 متهما»: people counted; «طالبان»: a name
	}
	c, ok := f.speech(i, lex.Participle)
	if !ok || c.form&(lex.Accusative|lex.Feminine|lex.Plural|lex.Dual) == 0 {
		return cue{}, false
	}
	if t.Tables.Has(lex.SpeechNoun) && c.form&lex.Feminine != 0 && !f.complementizer(i+1) {
		return cue{}, false // «مذكرة»
	}
	if strings.HasSuffix(t.Base, script.On) {
		return cue{}, false // a predicate: «هم مطالبون ب»
	}
	c.verb = ling.Verb{Feminine: c.form&lex.Feminine != 0, Plural: c.form&(lex.Plural|lex.Dual) != 0}
	return c, true
}

// complementizer reports whether token i is أن or إن, with or without a pronoun, ب or ف.
func (f *finder) complementizer(i int) bool {
	if i >= len(f.Tokens) {
		return false
	}
	t := &f.Tokens[i]
	if !t.Is(lex.Subord) {
		return false
	}
	w := strings.TrimPrefix(strings.TrimPrefix(t.Base, script.Fa), script.Ba)
	return strings.HasPrefix(w, script.Alef+script.Nun) && !strings.HasSuffix(w, script.Mim+script.Alef) || strings.HasSuffix(w, script.Huma)
}

// fronted reports whether the complementizer at i carries ب or ف.
func (f *finder) fronted(i int) bool {
	return strings.HasPrefix(f.Tokens[i].Base, script.Fa) || f.Tokens[i].Conj == 'f'
}

// sign reports whether token i is the given sign.
func (f *finder) sign(i int, fold string) bool {
	return i < len(f.Tokens) && f.Tokens[i].Kind == ling.Punct && f.Tokens[i].Fold == fold
}

// comma reports whether token i is a comma.
func (f *finder) comma(i int) bool {
	return f.sign(i, "،") || f.sign(i, ",") || f.sign(i, "؛")
}

// mark reports whether token i is a quotation mark.
func (f *finder) mark(i int) bool {
	return i < len(f.Tokens) && f.Tokens[i].Kind == ling.Mark
}

// negated reports whether the verb at i is denied, hoped for or supposed: after a
// negation, أن or a condition.
func (f *finder) negated(i int) bool {
	for j := i - 1; j >= max(f.first, i-2); j-- {
		p := &f.Tokens[j]
		switch {
		case p.Is(lex.Qad):
			continue
		case p.Is(lex.Neg) && p.Kind == ling.Word && !p.Is(lex.Rel), p.Is(lex.Cond) && !p.Is(lex.Subord):
			return true
		case f.complementizer(j):
			return f.Tokens[i].Conj == 0 && f.tense(i) == lex.Imperfect && p.Base == script.Alef+script.Nun && p.Hamza != ling.Below
		}
		return false
	}
	return false
}

func (f *finder) tense(i int) lex.Form {
	v, _ := f.VerbAt(i)
	return v.Tense
}
