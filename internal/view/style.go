package view

import (
	"os"

	"golang.org/x/term"

	"github.com/isnad-project/isnad/internal/lex"
)

// Style is how a view looks.
type Style struct {
	Width     int               // columns to wrap at; 0 leaves lines whole
	Color     bool              // escape sequences for weight and colour
	Marks     bool              // right-to-left marks where a terminal would misplace letters or signs
	Rules     bool              // the rule and confidence of every finding
	Countries map[string]string // names of states by ISO alpha-3; a code without a name is shown as it is
}

// widest is the longest line in columns that is good to read.
const widest = 100

// For gives the style that suits f: wrapped and coloured on a terminal (NO_COLOR set, or a
// dumb terminal: without colour), whole plain lines elsewhere.
func For(f *os.File, l *lex.Lexicon) Style {
	s := Style{Countries: make(map[string]string, len(l.Countries))}
	for _, c := range l.Countries {
		s.Countries[c.ISO3] = c.Name
	}
	if !term.IsTerminal(int(f.Fd())) {
		return s
	}
	s.Marks = true
	s.Color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	s.Width = widest
	if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
		s.Width = min(w, widest)
	}
	return s
}

// country gives the name of a state by its code, and other words as they are.
func (s Style) country(code string) string {
	if name := s.Countries[code]; name != "" {
		return name
	}
	return code
}
