package corpus

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
)

// body gives raw without its cuts, which stand in it in order: the paragraphs that are
// left, joined by a blank line.
func body(raw string, cuts []isnad.Cut) (string, error) {
	var kept strings.Builder
	for _, c := range cuts {
		start, end := locate(raw, c.Text)
		if start < 0 {
			return "", fmt.Errorf("cut %s «%s» is not in the text, or not in this order", c.Reason, c.Text)
		}
		kept.WriteString(raw[:start])
		raw = raw[end:]
	}
	kept.WriteString(raw)
	var paragraphs []string
	for p := range strings.SplitSeq(kept.String(), "\n") {
		if p = strings.TrimSpace(p); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return strings.Join(paragraphs, "\n\n"), nil
}

// locate finds words in text, where any stretch of space stands for any other.
// It gives -1 when they are not there.
func locate(text, words string) (start, end int) {
	first, _, _ := strings.Cut(words, " ")
	for at := 0; ; {
		i := strings.Index(text[at:], first)
		if i < 0 || first == "" {
			return -1, -1
		}
		if n := follow(text[at+i:], words); n >= 0 {
			return at + i, at + i + n
		}
		at += i + len(first)
	}
}

// follow gives the length of the stretch at the start of text that spells words, or -1.
func follow(text, words string) int {
	at := 0
	for _, r := range words {
		if at == len(text) {
			return -1
		}
		got, n := utf8.DecodeRuneInString(text[at:])
		if r != ' ' {
			if got != r {
				return -1
			}
			at += n
			continue
		}
		if !unicode.IsSpace(got) {
			return -1
		}
		at = len(text) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
	}
	return at
}
