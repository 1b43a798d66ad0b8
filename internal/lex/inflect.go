package lex

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad/internal/script"
)

// inflected is one form of a word, in folded spelling.
type inflected struct {
	text string
	form Form
}

// ha is ta marbuta, hamza a hamza on waw or ya, as folding leaves them.
const (
	ha    = script.Ha
	hamza = script.Hamza
)

// chop gives s without its last letter.
func chop(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[:len(s)-n]
}

// letters is the number of letters of s.
func letters(s string) int { return utf8.RuneCountInString(s) }

// noun gives the forms of a noun whose folded singular is given: dictionary form,
// accusative with alef, dual, sound plurals. A noun in ta marbuta takes ـات for it; one
// with root ends in a ه of its own («وجه»), which stays.
func noun(s string, root bool) []inflected {
	if strings.HasSuffix(s, ha) && !root {
		stem := chop(s)
		return []inflected{
			{s, 0},
			{stem + script.Ta + script.An, Dual}, {stem + script.Ta + script.In, Dual},
			{stem + script.Ta + script.Ya, Dual}, {stem + script.Ta + script.Alef, Dual},
			{stem + script.At, Plural | Feminine},
		}
	}
	out := []inflected{{s, 0}, {s + script.An, Dual}, {s + script.In, Dual | Plural}}
	if !strings.HasSuffix(s, script.Alef) && !strings.HasSuffix(s, script.Ya+script.Alef) {
		out = append(out, inflected{s + script.Alef, Accusative})
	}
	return append(out,
		inflected{s + script.On, Plural},
		inflected{s + script.At, Plural | Feminine},
		inflected{s + script.Waw, Plural},
	)
}

// adjective gives the forms of an adjective or of a noun with a feminine in ta marbuta.
func adjective(s string, root bool) []inflected {
	out := noun(s, root)
	if strings.HasSuffix(s, ha) && !root {
		return out
	}
	for _, f := range noun(s+ha, false) {
		f.form |= Feminine
		out = append(out, f)
	}
	return out
}

// weak reports whether the folded perfect ends in a weak letter (دعا, نفى).
func weak(perfect string) bool {
	return strings.HasSuffix(perfect, script.Alef) || strings.HasSuffix(perfect, script.Ya)
}

// perfect gives the forms of a folded perfect: third persons, and the first and second
// where spelling tells them (they share a spelling with the feminine).
func (v VerbForms) perfect(p string) []inflected {
	out := []inflected{{p, Perfect}}
	stem, plural := p, p+script.Wa
	if v.hamza {
		out = append(out, inflected{chop(p) + hamza + script.Wa, Perfect | Plural}) // بدؤوا beside بدأوا
	}
	if !v.hamza && weak(p) && letters(p) > 2 {
		stem = chop(p)
		plural = stem + script.Wa
		out = append(out,
			inflected{stem + script.Ya + script.Ta, Perfect | Spoken},
			inflected{stem + script.Ya + script.Na, Perfect | Spoken},
			inflected{stem + script.Ya + script.Alef, Perfect | Dual})
		if strings.HasSuffix(p, script.Alef) {
			out = append(out, inflected{stem + script.Waw + script.Ta, Perfect | Spoken})
		}
	} else {
		out = append(out,
			inflected{p + script.Alef, Perfect | Dual},
			inflected{p + script.Nun, Perfect | Plural | Feminine})
		if !strings.HasSuffix(p, script.Nun) {
			out = append(out, inflected{p + script.Na, Perfect | Spoken})
		}
	}
	return append(out,
		inflected{stem + script.Ta, Perfect | Feminine},
		inflected{stem + script.Ta + script.Alef, Perfect | Dual | Feminine},
		inflected{plural, Perfect | Plural})
}

// imperfect gives the forms of a folded imperfect (يكتب): persons by prefix and ending,
// with the shortened forms after لم.
func (v VerbForms) imperfect(i string) []inflected {
	_, n := utf8.DecodeRuneInString(i)
	body := i[n:]
	var out []inflected
	if v.hamza && strings.HasSuffix(body, script.Alef) {
		seat := script.Ya + chop(body) + hamza // يبدؤون beside يبدأون
		out = append(out, inflected{seat + script.On, Imperfect | Plural}, inflected{seat + script.Wa, Imperfect | Plural})
	}
	persons := []inflected{
		{script.Ya, Imperfect}, {script.Ta, Imperfect | Feminine},
		{script.Nun, Imperfect | Spoken | Plural}, {script.Alef, Imperfect | Spoken},
	}
	if v.Perfect == "" {
		persons = persons[:3] // «أستمر» is spelled like a perfect that the row does not give
	}
	for _, p := range persons {
		out = append(out, inflected{p.text + body, p.form})
		if short := jussive(body); short != "" && !v.hamza {
			out = append(out, inflected{p.text + short, p.form})
		}
	}
	stem := body
	if !v.hamza && (strings.HasSuffix(body, script.Waw) || strings.HasSuffix(body, script.Ya) || strings.HasSuffix(body, script.Alef)) {
		stem = chop(body)
		out = append(out, inflected{script.Ya + stem + script.Ya + script.An, Imperfect | Dual})
	}
	for _, p := range persons[:2] {
		out = append(out,
			inflected{p.text + stem + script.On, p.form | Plural},
			inflected{p.text + stem + script.Wa, p.form | Plural},
			inflected{p.text + stem + script.An, p.form | Dual},
			inflected{p.text + stem + script.Nun, p.form | Plural | Feminine})
	}
	return out
}

// jussive shortens the body of an imperfect: a weak last letter or the long vowel of a
// hollow verb falls (يدعو → يدع, يقول → يقل). Empty when nothing falls.
func jussive(body string) string {
	last, n := utf8.DecodeLastRuneInString(body)
	if longVowel(last) {
		return body[:len(body)-n]
	}
	before, m := utf8.DecodeLastRuneInString(body[:len(body)-n])
	if letters(body) == 3 && longVowel(before) {
		return body[:len(body)-n-m] + body[len(body)-n:]
	}
	return ""
}

func longVowel(r rune) bool { return r == 'ا' || r == 'و' || r == 'ي' }

// verbs gives all forms of a verb from its four given ones.
func (v VerbForms) forms() []inflected {
	var out []inflected
	out = append(out, each(v.Perfect, v.perfect)...)
	out = append(out, each(v.Imperfect, v.imperfect)...)
	out = append(out, mark(each(v.Noun, folded(noun)), VerbalNoun)...)
	return append(out, mark(each(v.Participle, v.participle), Participle)...)
}

// folded gives inflect for words whose spelling before folding is not known.
func folded(inflect func(string, bool) []inflected) func(string) []inflected {
	return func(s string) []inflected { return inflect(s, false) }
}

// each inflects every |-separated phrase of a cell.
func each(cell string, inflect func(string) []inflected) []inflected {
	var out []inflected
	for phrase := range strings.SplitSeq(cell, "|") {
		if phrase != "" {
			out = append(out, first(phrase, inflect)...)
		}
	}
	return out
}

// participle gives the forms of an active participle; those of weak verbs lose or
// regain their ya (داع, داعيا).
func (v VerbForms) participle(p string) []inflected {
	out := adjective(p, false)
	if !v.hamza && weak(v.Perfect) {
		full := p
		if strings.HasSuffix(p, script.Ya) {
			out = append(out, inflected{chop(p), 0})
		} else {
			full = p + script.Ya
			out = append(out, adjective(full, false)...)
		}
		out = append(out, inflected{chop(full) + script.In, Plural}, inflected{chop(full) + script.On, Plural})
	}
	return out
}

// first inflects the first word of a phrase and keeps the rest.
func first(phrase string, inflect func(string) []inflected) []inflected {
	word, rest, more := strings.Cut(phrase, " ")
	out := inflect(word)
	if more {
		for i := range out {
			out[i].text += " " + rest
		}
	}
	return out
}

func mark(list []inflected, f Form) []inflected {
	for i := range list {
		list[i].form |= f
	}
	return list
}
