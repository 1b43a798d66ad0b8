package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
)

// mark is a finding as it is set into the text.
type mark struct {
	isnad.Span
	ID    string // of its card: n3 is the fourth name
	Kind  string // name, time, quantity, statement, event, commitment, at
	Class string // its kind, and of a name what it is of
	Long  bool   // it spans a sentence: set as ground, with a reference at its end
}

// paragraph is a line of the text in pieces.
type paragraph []piece

// piece is a stretch of text that the same findings cover.
type piece struct {
	Text  string
	Class string // of all findings that cover it
	Link  string // the card of the innermost short finding
	Label string // what kind it is, a key of a message; empty but at its first piece
	ID    string // where the way back from the card leads
	Refs  []ref  // of findings that end here and have no link of their own
	At    bool   // the words asked for begin here
}

// ref is a reference at the end of a finding.
type ref struct {
	Card, ID, Kind string
	N              int
}

// partLimit is about how many bytes of text a page shows; what is longer has parts.
const partLimit = 12 << 10

// parts cuts a text into pages at ends of lines, or of words where a line is too long.
func parts(text string) []isnad.Span {
	var out []isnad.Span
	for start := 0; start < len(text); {
		end := len(text)
		if end-start > partLimit+partLimit/2 {
			end = breakNear(text, start, start+partLimit)
		}
		out = append(out, isnad.Span{Start: start, End: end})
		start = end
	}
	if len(out) == 0 {
		out = append(out, isnad.Span{})
	}
	return out
}

// breakNear finds where to cut before limit: behind a line, a word, or a letter.
func breakNear(text string, start, limit int) int {
	for _, sep := range [...]string{"\n", " "} {
		if i := strings.LastIndex(text[start:limit], sep); i > partLimit/2 {
			return start + i + 1
		}
	}
	for limit > start+1 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return limit
}

// setter sets findings into a stretch of text.
type setter struct {
	text    string
	marks   []mark
	linked  map[string]bool // findings that a piece leads to
	numbers map[string]int
}

// set gives a stretch of a text in paragraphs with the findings in it marked. However
// findings overlap, each piece is one element, and each finding is led to from its own
// words or from a reference at their end.
func set(text string, window isnad.Span, marks []mark) []paragraph {
	s := &setter{text: text, linked: map[string]bool{}, numbers: map[string]int{}}
	for _, m := range marks {
		if m.Overlaps(window) {
			s.marks = append(s.marks, m)
		}
	}
	slices.SortStableFunc(s.marks, func(a, b mark) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	s.choose(window)
	var out []paragraph
	for start := window.Start; start < window.End; {
		end := window.End
		if i := strings.IndexByte(text[start:end], '\n'); i >= 0 {
			end = start + i
		}
		if strings.TrimSpace(text[start:end]) != "" {
			out = append(out, s.paragraph(isnad.Span{Start: start, End: end}))
		}
		start = end + 1
	}
	return out
}

// choose finds which short findings get a link of their own: those that are the
// innermost of some piece.
func (s *setter) choose(window isnad.Span) {
	for _, p := range s.bounds(window) {
		if m := innermost(s.over(p)); m != nil {
			s.linked[m.ID] = true
		}
	}
}

// bounds cuts a stretch wherever a finding begins or ends.
func (s *setter) bounds(in isnad.Span) []isnad.Span {
	at := []int{in.Start, in.End}
	for _, m := range s.marks {
		if !m.Overlaps(in) {
			continue
		}
		at = append(at, max(m.Start, in.Start), min(m.End, in.End))
	}
	slices.Sort(at)
	at = slices.Compact(at)
	var out []isnad.Span
	for i := 1; i < len(at); i++ {
		out = append(out, isnad.Span{Start: at[i-1], End: at[i]})
	}
	return out
}

// over gives the findings that cover a piece.
func (s *setter) over(p isnad.Span) []*mark {
	var out []*mark
	for i := range s.marks {
		if s.marks[i].Start > p.Start {
			break
		}
		if s.marks[i].Contains(p) {
			out = append(out, &s.marks[i])
		}
	}
	return out
}

// innermost gives the shortest of the short findings that cover a piece.
func innermost(over []*mark) *mark {
	var best *mark
	for _, m := range over {
		if !m.Long && (best == nil || m.End-m.Start < best.End-best.Start) {
			best = m
		}
	}
	return best
}

func (s *setter) paragraph(in isnad.Span) paragraph {
	var out paragraph
	for _, p := range s.bounds(in) {
		out = append(out, s.piece(p, in))
	}
	return out
}

func (s *setter) piece(p, in isnad.Span) piece {
	over := s.over(p)
	out := piece{Text: p.Of(s.text)}
	var classes []string
	for _, m := range over {
		classes = append(classes, m.Class)
		out.At = out.At || m.Kind == "at" && m.Start == p.Start
		if m.Kind == "at" || min(m.End, in.End) != p.End {
			continue
		}
		if m.Long && m.End <= in.End || !m.Long && !s.linked[m.ID] {
			s.numbers[m.Kind]++
			out.Refs = append(out.Refs, ref{Card: m.ID, ID: "m-" + m.ID, Kind: m.Kind, N: s.numbers[m.Kind]})
		}
	}
	slices.Sort(classes)
	out.Class = strings.Join(slices.Compact(classes), " ")
	if m := innermost(over); m != nil {
		out.Link, out.Label = m.ID, m.Kind
		if m.Start == p.Start {
			out.ID = "m-" + m.ID
		}
	}
	return out
}
