package query

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
)

// Set is the words that a query looks for, for showing where they stand.
type Set struct {
	phrases [][]string
}

// Wanted gives the words and phrases that must stand in an article, in any field of words.
func Wanted(terms []isnad.Term) *Set {
	s := &Set{}
	for _, t := range terms {
		switch t.Field {
		case isnad.Anywhere, isnad.InName, isnad.InPlace, isnad.InSpeaker, isnad.InSaid, isnad.InVia, isnad.InBy:
		default:
			continue
		}
		if t.Not {
			continue
		}
		if t.Phrase {
			s.phrases = append(s.phrases, t.Words)
			continue
		}
		for _, w := range t.Words {
			s.phrases = append(s.phrases, []string{w})
		}
	}
	return s
}

// hit is a place where a phrase stands: tokens [first, last).
type hit struct{ phrase, first, last int }

func (s *Set) find(tokens []Token) []hit {
	var out []hit
	for i := range tokens {
		for p, phrase := range s.phrases {
			if i+len(phrase) <= len(tokens) && stands(phrase, tokens[i:]) {
				out = append(out, hit{p, i, i + len(phrase)})
				break
			}
		}
	}
	return out
}

func stands(phrase []string, tokens []Token) bool {
	for i, w := range phrase {
		if tokens[i].Form != w {
			return false
		}
	}
	return true
}

// Marks gives where the words stand in a text, in order and apart from each other.
func (s *Set) Marks(l *Language, text string) []isnad.Span {
	if len(s.phrases) == 0 {
		return nil
	}
	tokens := l.Terms(text)
	return marks(tokens, s.find(tokens), 0)
}

func marks(tokens []Token, hits []hit, from int) []isnad.Span {
	var out []isnad.Span
	for _, h := range hits {
		m := isnad.Span{Start: tokens[h.first].Start - from, End: tokens[h.last-1].End - from}
		if n := len(out); n > 0 && out[n-1].End > m.Start {
			out[n-1].End = max(out[n-1].End, m.End)
			continue
		}
		out = append(out, m)
	}
	return out
}

// A snippet has at most so many words, and begins a few before the first that is wanted.
const (
	snippetWords = 32
	leadWords    = 6
)

// Snippet gives the stretch of a text that shows the words best: the most different ones
// within a few lines, of equals the first. Its marks are in bytes from the stretch's start.
func (s *Set) Snippet(l *Language, text string) (isnad.Span, []isnad.Span) {
	tokens := l.Terms(s.searched(text))
	if len(tokens) == 0 {
		return isnad.Span{}, nil
	}
	hits := s.find(tokens)
	first, last := s.window(hits)
	from := 0
	if len(hits) > 0 {
		from = opening(text, tokens, hits[first].first)
		hits = hits[first:last]
	}
	to := min(from+snippetWords, len(tokens))
	for len(hits) > 0 && hits[len(hits)-1].last > to {
		if len(hits) == 1 {
			to = hits[0].last
			break
		}
		hits = hits[:len(hits)-1]
	}
	at := isnad.Span{Start: tokens[from].Start, End: tokens[to-1].End}
	at.End = closing(text, at.End)
	return at, marks(tokens, hits, at.Start)
}

// beginning is how many bytes of a text are looked at where no words are wanted: enough
// for a snippet's words.
const beginning = 2 << 10

// searched gives what of a text must be looked through.
func (s *Set) searched(text string) string {
	if len(s.phrases) > 0 || len(text) <= beginning {
		return text
	}
	if end := strings.LastIndexByte(text[:beginning], ' '); end > beginning/2 {
		return text[:end]
	}
	return text
}

// window gives the run of hits [first, last) that has the most different phrases, then
// the most hits, within a snippet.
func (s *Set) window(hits []hit) (first, last int) {
	count := make([]int, len(s.phrases))
	best, end, kinds := -1, 0, 0
	for i := range hits {
		for end < len(hits) && hits[end].last <= hits[i].first+snippetWords-leadWords {
			if count[hits[end].phrase]++; count[hits[end].phrase] == 1 {
				kinds++
			}
			end++
		}
		if worth := kinds*len(hits)*2 + end - i; worth > best {
			best, first, last = worth, i, max(end, i+1)
		}
		if end <= i {
			end = i + 1
			continue
		}
		if count[hits[i].phrase]--; count[hits[i].phrase] == 0 {
			kinds--
		}
	}
	return first, last
}

// opening gives the token at which a snippet for a hit begins: that of its sentence when it
// is near.
func opening(text string, tokens []Token, hit int) int {
	for i := hit; i > 0 && i > hit-2*leadWords; i-- {
		if strings.ContainsAny(text[tokens[i-1].End:tokens[i].Start], ".!?\n:") || strings.ContainsRune(text[tokens[i-1].End:tokens[i].Start], question) {
			return i
		}
	}
	return max(0, hit-leadWords)
}

// closing takes the sign that ends a sentence into a snippet.
func closing(text string, end int) int {
	if r, n := utf8.DecodeRuneInString(text[end:]); r == '.' || r == '!' || r == '?' || r == question {
		return end + n
	}
	return end
}

const question = '\u061F'
