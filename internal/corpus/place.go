package corpus

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

// Place is where the findings of a marked article stand in its body, in the order of
// their lists; the zero Span is that of a finding whose words are not there.
type Place struct {
	Names, Times, Quantities, Statements, Events, Commitments []isnad.Span
}

// Place finds the words of every finding, and the faults of those that cannot be found.
// Names, times, quantities and triggers stand in text order, each after the one before.
func (m *Marked) Place() (Place, []error) {
	var faults []error
	lost := func(kind, words string) {
		faults = append(faults, fmt.Errorf("%s «%s» is not in the text, or not in this order", kind, words))
	}
	forward := func(kind string, n int, words func(int) string) []isnad.Span {
		out := make([]isnad.Span, n)
		at := 0
		for i := range out {
			if k := find(m.Body, words(i), at); k >= 0 {
				out[i] = isnad.Span{Start: k, End: k + len(words(i))}
				at = out[i].End
				continue
			}
			lost(kind, words(i))
		}
		return out
	}
	anywhere := func(kind string, n int, words func(int) string) []isnad.Span {
		out := make([]isnad.Span, n)
		at := 0 // the same words said twice stand at two places
		for i := range out {
			k := strings.Index(m.Body[at:], words(i))
			if k >= 0 {
				k, at = k+at, next(m.Body, k+at)
			} else if k = strings.Index(m.Body, words(i)); k < 0 {
				lost(kind, words(i))
				continue
			}
			out[i] = isnad.Span{Start: k, End: k + len(words(i))}
		}
		return out
	}
	return Place{
		Names:       forward(kindName, len(m.Names), func(i int) string { return m.Names[i].Text }),
		Times:       forward(kindTime, len(m.Times), func(i int) string { return m.Times[i].Text }),
		Quantities:  forward(kindQuantity, len(m.Quantities), func(i int) string { return m.Quantities[i].Text }),
		Events:      forward(kindEvent, len(m.Events), func(i int) string { return m.Events[i].Trigger }),
		Statements:  anywhere(kindStatement, len(m.Statements), func(i int) string { return m.Statements[i].Content }),
		Commitments: anywhere(kindCommitment, len(m.Commitments), func(i int) string { return m.Commitments[i].What }),
	}, faults
}

// next is the byte after the rune at i.
func next(s string, i int) int {
	_, n := utf8.DecodeRuneInString(s[i:])
	return i + n
}

// find gives where words stand in text at or after at, not inside a longer word, else -1.
func find(text, words string, at int) int {
	for words != "" {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return -1
		}
		i += at
		if alone(text[:i], words, text[i+len(words):]) {
			return i
		}
		at = next(text, i)
	}
	return -1
}

// alone reports whether words that stand between two stretches of text are no part of a
// longer word: one letter of و ف ب ل ك س may stand before them, and any before digits.
func alone(before, words, after string) bool {
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return !unicode.IsLetter(next) && (!unicode.IsLetter(last) || unicode.IsDigit(first) || strings.ContainsRune(leading, last))
}

// leading are the letters that are written to the next word.
const leading = script.Waw + script.Fa + script.Ba + script.Lam + script.Kaf + script.Sin
