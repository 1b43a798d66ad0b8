// Package score compares records with articles marked by hand: precision, recall and F1
// for each kind of finding. Its rules of matching are written out in docs/quality.md. It
// knows words only as far as two spellings of one must count as one.
package score

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

// fold unites the seats of alef, ya with alef maqsura and ha with ta marbuta, and drops
// vowel marks, tatweel and bidi controls. It folds less than package script: figures must
// not change with the reader.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x64B && r <= 0x652, r == 0x670, r == 0x640, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		case r == 0x622, r == 0x623, r == 0x625, r == 0x671:
			return 0x627
		case r == 0x649:
			return 0x64A
		case r == 0x629:
			return 0x647
		}
		return r
	}, s)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_' }

// core folds a stretch without spaces and takes off what is no letter or digit at its ends.
func core(s string) string { return strings.TrimFunc(fold(s), func(r rune) bool { return !isWord(r) }) }

// isGap reports whether r parts words: space, hyphen, dash, slash.
func isGap(r rune) bool {
	return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F || r == '-' || r == '–' || r == '—' || r == '/'
}

// words gives the set of words of a short phrase, each without the article and what is
// written to it.
func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.FieldsFunc(s, isGap) {
		if w = core(w); w != "" {
			set[stripped(w)] = true
		}
	}
	return set
}

func stripped(w string) string {
	if rest, yes := strings.CutPrefix(w, script.LiAl); yes {
		return rest
	}
	rest := w
	for _, letter := range []string{script.Waw, script.Fa, script.Ba, script.Lam, script.Kaf} {
		if r, yes := strings.CutPrefix(w, letter); yes {
			rest = r
			break
		}
	}
	if r, yes := strings.CutPrefix(rest, script.Al); yes {
		return r
	}
	if r, yes := strings.CutPrefix(w, script.Al); yes {
		return r
	}
	return w
}

// alike reports whether two short phrases name the same thing: they share half of the
// words of the shorter one. Two empty ones do.
func alike(a, b string) bool {
	x, y := words(a), words(b)
	if len(x) == 0 || len(y) == 0 {
		return len(x) == len(y)
	}
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	return 2*both >= min(len(x), len(y))
}

// stretch is a half-open stretch of tokens; ok is false for none.
type stretch struct {
	from, to int
	ok       bool
}

// overlap gives the share of tokens that two stretches have in common, as F1.
func overlap(a, b stretch) float64 {
	if !a.ok || !b.ok {
		return 0
	}
	both := max(0, min(a.to, b.to)-max(a.from, b.from))
	return 2 * float64(both) / float64(a.to-a.from+b.to-b.from)
}

// tokens is a text cut into words.
type tokens struct {
	words     []string
	spans     []isnad.Span // where each stands, with its punctuation
	sentences []int        // the sentence of each
}

func tokenize(s string) *tokens {
	t := &tokens{}
	sentence := 0
	for at := 0; at < len(s); {
		r, n := utf8.DecodeRuneInString(s[at:])
		if isGap(r) {
			if r == '\n' {
				sentence++
			}
			at += n
			continue
		}
		end := strings.IndexFunc(s[at:], isGap)
		if end < 0 {
			end = len(s) - at
		}
		w := s[at : at+end]
		if c := core(w); c != "" {
			t.words = append(t.words, c)
			t.spans = append(t.spans, isnad.Span{Start: at, End: at + end})
			t.sentences = append(t.sentences, sentence)
		}
		if ends(w) {
			sentence++
		}
		at += end
	}
	return t
}

// ends reports whether a sentence ends with w; initials and abbreviations are too short.
func ends(w string) bool {
	bare := strings.TrimRight(w, "\"”“»'")
	last, _ := utf8.DecodeLastRuneInString(bare)
	return utf8.RuneCountInString(w) > 3 && strings.ContainsRune(".!؟?", last) && bare != ""
}

// stretch gives the tokens that a span of bytes touches.
func (t *tokens) stretch(s isnad.Span) stretch {
	var out stretch
	for i, w := range t.spans {
		if w.Overlaps(s) {
			if !out.ok {
				out = stretch{from: i, ok: true}
			}
			out.to = i + 1
		}
	}
	return out
}
