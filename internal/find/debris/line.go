package debris

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

// line is a line of the raw text that is not blank.
type line struct {
	text  string // as it stands, without space round it
	fold  string // folded, its spaces single; of a line that is not long
	words int    // of a line that is not long
	long  bool   // longer than anything but a paragraph
	stop  bool   // ends as a sentence does

	cut    isnad.Reason // why the line goes, or empty
	pieces []isnad.Cut  // cut off its ends
}

// paragraph is the length in bytes past which a line can only be a paragraph.
const paragraph = 400

// split makes lines of a text.
func split(text string, f *script.Folder) []line {
	lines := make([]line, 0, strings.Count(text, "\n")/2+1)
	for raw := range strings.Lines(text) {
		s := strings.TrimFunc(raw, blank)
		if s != "" {
			lines = append(lines, newLine(s, f))
		}
	}
	return lines
}

func newLine(s string, f *script.Folder) line {
	l := line{text: s, long: len(s) > paragraph, stop: ends(s)}
	if !l.long {
		l.fold, l.words = single(f.View(s).Text)
		l.fold = strings.ReplaceAll(l.fold, " :", ":")
	}
	return l
}

// single makes the spaces of a folded line single and counts its words. Most lines have no others.
func single(fold string) (string, int) {
	n := 1
	for i := 0; i < len(fold); i++ {
		switch fold[i] {
		case ' ':
			n++
			if i == 0 || i+1 == len(fold) || fold[i-1] == ' ' {
				words := strings.Fields(fold)
				return strings.Join(words, " "), len(words)
			}
		case '\n', '\r', 0xE1, 0xE2: // or a space that folding leaves
			words := strings.Fields(fold)
			return strings.Join(words, " "), len(words)
		}
	}
	return fold, min(n, len(fold))
}

func blank(r rune) bool { return unicode.IsSpace(r) || script.IsInvisible(r) }

// prefix gives the first n bytes of s or a little less, in whole code points.
func prefix(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// suffix gives the last n bytes of s or a little less, in whole code points.
func suffix(s string, n int) string {
	if len(s) <= n {
		return s
	}
	at := len(s) - n
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}

// ends reports whether s ends as a sentence does: with a full stop or exclamation mark,
// closing marks aside. A question mark also ends headlines and says nothing.
func ends(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool { return blank(r) || strings.ContainsRune("\"'”“»›)]*", r) })
	last, _ := utf8.DecodeLastRuneInString(s)
	return last == '.' && !strings.HasSuffix(s, "..") || last == '!' || last == '۔'
}

// question reports whether the line ends with a question mark.
func (l line) question() bool {
	return strings.HasSuffix(l.text, "؟") || strings.HasSuffix(l.text, "?")
}

// broken reports whether the line breaks off with an ellipsis.
func (l line) broken() bool {
	s := strings.TrimRight(l.text, " ]")
	return strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...")
}

// body reports whether the line is a paragraph beyond doubt.
func (l line) body() bool { return l.stop && (l.long || l.words >= 12) }

// sign reports whether r is neither letter, digit nor space.
func sign(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !blank(r) }

func edge(r rune) bool { return sign(r) || blank(r) }

// bare gives the folded line without the signs round it.
func (l line) bare() string { return strings.TrimFunc(l.fold, edge) }

// separator reports whether a line is nothing but signs.
func (l line) separator() bool {
	return !l.long && l.bare() == ""
}

// initial gives the first code point of s.
func initial(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// lastly gives the last code point of s.
func lastly(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
