package query

import (
	"runtime"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/isnad-project/isnad/internal/script"
)

// Token is a word of a text with its search form.
type Token struct {
	Start, End int    // bytes of the text
	Form       string // never empty, of letters and digits only, at most formLimit bytes
}

// formLimit bounds a search form: longer words are told by how they begin.
const formLimit = 60

// memoLimit bounds the forms that are remembered in each half of a memory.
const memoLimit = 1 << 16

// scratch is the memory of one call.
type scratch struct {
	folder script.Folder
	memo   map[string]string
	old    map[string]string // the half filled before: what is met again moves over
}

// spares are memories for the next calls: as many as work at once. A sync.Pool would lose
// what they remember whenever memory is collected.
type spares struct {
	mu   sync.Mutex
	list []*scratch
}

func (s *spares) take() *scratch {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.list); n > 0 {
		last := s.list[n-1]
		s.list = s.list[:n-1]
		return last
	}
	return &scratch{memo: make(map[string]string, 1<<12)}
}

func (s *spares) give(back *scratch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.list) < runtime.GOMAXPROCS(0) {
		s.list = append(s.list, back)
	}
}

// Terms cuts a text into words and numbers and gives the search form of each. It takes
// time linear in the text, which should be shorter than 2 GiB.
func (l *Language) Terms(text string) []Token {
	return l.AppendTerms(make([]Token, 0, len(text)/10), text)
}

// AppendTerms is Terms with the caller's memory.
func (l *Language) AppendTerms(dst []Token, text string) []Token {
	l.each(text, func(start, end int, form string) bool {
		dst = append(dst, Token{start, end, form})
		return true
	})
	return dst
}

// Forms gives the search forms of a text alone.
func (l *Language) Forms(text string) []string {
	var out []string
	l.each(text, func(_, _ int, form string) bool {
		out = append(out, form)
		return true
	})
	return out
}

// Each calls f with each word of a text, its bytes and its search form, until f returns
// false. It is Terms without a list.
func (l *Language) Each(text string, f func(start, end int, form string) bool) { l.each(text, f) }

func (l *Language) each(text string, f func(start, end int, form string) bool) {
	s := l.spares.take()
	v := s.folder.View(text)
	for i := 0; i < len(v.Text); {
		c, n := classify(v.Text[i:])
		if c == between {
			i += n
			continue
		}
		end := i + n
		if c == digit {
			end = number(v.Text, end)
		} else {
			end = word(v.Text, end, c)
		}
		if form := l.form(s, v.Text[i:end], c); form != "" && !f(v.Start(i), v.End(end), form) {
			break
		}
		i = end
	}
	l.spares.give(s)
}

// class is what a folded rune is to the cutter.
type class uint8

const (
	between class = iota
	arabic
	letter // of other scripts
	digit
	joined // a mark: part of the word it follows, none by itself
)

func classify(s string) (class, int) {
	c := s[0]
	switch {
	case 'a' <= c && c <= 'z':
		return letter, 1
	case '0' <= c && c <= '9':
		return digit, 1
	case c < utf8.RuneSelf:
		return between, 1
	}
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case script.IsArabic(r):
		return arabic, n
	case unicode.IsLetter(r):
		return letter, n
	case unicode.IsDigit(r):
		return digit, n
	case unicode.IsMark(r):
		return joined, n
	}
	return between, n
}

// word gives the end of a word that begins with a letter of class c. Latin words keep
// their digits («f16», «covid19»), Arabic ones do not.
func word(text string, i int, c class) int {
	for i < len(text) {
		next, n := classify(text[i:])
		if next != c && next != joined && (next != digit || c != letter) {
			return i
		}
		i += n
	}
	return i
}

// number gives the end of a number that begins before i: digits, with a point or comma
// only between two of them.
func number(text string, i int) int {
	for i < len(text) {
		next, n := classify(text[i:])
		switch {
		case next == digit:
			i += n
		case (text[i] == '.' || text[i] == ',') && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9':
			i += 2
		default:
			return i
		}
	}
	return i
}

// form gives the search form of a folded word.
func (l *Language) form(s *scratch, w string, c class) string {
	if c == digit {
		return clip(strings.ReplaceAll(w, ",", ""))
	}
	if c == letter && ascii(w) {
		return clip(w)
	}
	if known, ok := s.memo[w]; ok {
		return known
	}
	form, known := s.old[w]
	switch {
	case known:
	case len(w) > formLimit:
		form = clip(w)
	case c == arabic:
		form = l.stem(w)
	default:
		form = clip(bare(w))
	}
	if !known {
		form = strings.Clone(form)
	}
	if len(s.memo) >= memoLimit {
		s.old, s.memo = s.memo, make(map[string]string, memoLimit)
	}
	if len(w) <= formLimit {
		s.memo[strings.Clone(w)] = form
	}
	return form
}

func ascii(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// bare takes accents off the letters of w.
func bare(w string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(w) {
		if !unicode.IsMark(r) && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func clip(w string) string {
	if len(w) <= formLimit {
		return w
	}
	end := formLimit
	for end > 0 && !utf8.RuneStart(w[end]) {
		end--
	}
	return w[:end]
}
