package stamp

import (
	"strings"
	"unicode"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// Credit is whom a byline names.
type Credit struct {
	People   []string // as written
	Agencies []string // as written: «رويترز», «أ ف ب», «وكالات»
	Labelled bool     // a word says that authors or a source follow: «بقلم», «المصدر»
}

// Credits reads a byline: people and agencies between commas, strokes, dashes or brackets,
// in any order, with or without the words that announce them. Dates, places and what
// systems write for want of an author are left out.
func Credits(s string, l *lex.Lexicon) (c Credit) {
	if len(s) > Longest {
		return c
	}
	for _, part := range parts(s) {
		words := strings.Fields(part)
		class, n := match(words, l, "by", "source")
		if n > 0 {
			c.Labelled = true
			words = words[n:]
		}
		name := strings.Trim(strings.Join(words, " "), " .:\"'«»")
		switch {
		case name == "":
		case whole(words, l, "agency"):
			c.Agencies = append(c.Agencies, name)
		case digit(name): // «الرياض 15 رمضان 1442 هـ واس»
			if a := last(words, l); a != "" {
				c.Agencies = append(c.Agencies, a)
			}
		case class == "source" || whole(words, l, "nobody") || place(name, l):
		default:
			c.People = append(c.People, name)
		}
	}
	return c
}

// parts cuts a byline at the signs between its names. A dash parts only where space stands
// beside it.
func parts(s string) []string {
	s = strings.NewReplacer(" -", "\n", "- ", "\n", "–", "\n", "—", "\n", "--", "\n").Replace(s)
	return strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case '،', ',', '/', '|', '(', ')', '[', ']', '·', '•', '؛', ';', '\n', '+':
			return true
		}
		return false
	})
}

// match gives the longest row of the classes that words begin with, and how many they are.
func match(words []string, l *lex.Lexicon, classes ...string) (class string, n int) {
	if len(words) == 0 {
		return "", 0
	}
	w := l.Stamp(bare(words[0]))
	for k := 1; w != nil; k++ {
		for _, s := range w.Senses {
			for _, want := range classes {
				if l.Stamps[s.Row].Class == want {
					class, n = want, k
				}
			}
		}
		if k == len(words) {
			break
		}
		w = w.Next(bare(words[k]))
	}
	return class, n
}

// bare folds a word and takes the signs off its ends.
func bare(word string) string {
	return strings.TrimFunc(script.Fold(word), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// whole reports whether words are nothing but a row of a class; points between the letters
// of an abbreviation count for nothing.
func whole(words []string, l *lex.Lexicon, class string) bool {
	words = strings.Fields(strings.ReplaceAll(strings.Join(words, " "), ".", " "))
	_, n := match(words, l, class)
	return n > 0 && n == len(words)
}

// last gives the agency that words end with.
func last(words []string, l *lex.Lexicon) string {
	for n := min(4, len(words)); n > 0; n-- {
		if tail := words[len(words)-n:]; whole(tail, l, "agency") {
			return strings.Join(tail, " ")
		}
	}
	return ""
}

// place reports the name of a place, which agencies set before their own.
func place(name string, l *lex.Lexicon) bool {
	var w *lex.Word
	for i, word := range strings.Fields(name) {
		if i == 0 {
			w = l.Word(bare(word))
		} else {
			w = w.Next(bare(word))
		}
	}
	return w != nil && w.Tables&lex.In(lex.Place, lex.Capital, lex.Country) != 0 && !w.Tables.Has(lex.Person)
}
