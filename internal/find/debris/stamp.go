package debris

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// token is a word or sign at the start of a paragraph.
type token struct {
	text       string // folded
	start, end int    // in the folded text
}

// stamps are the agencies and outlets that sign datelines: the folded tokens of each, one
// space apart. The beginnings of a longer one stand in it as false.
type stamps map[string]bool

// agencies gathers the stamps of the debris table and the agencies and media of the
// lexicon.
func agencies(l *lex.Lexicon) stamps {
	s := stamps{}
	for _, r := range l.Debris {
		if isnad.Reason(r.Reason) == isnad.Dateline {
			for part := range strings.SplitSeq(r.Marker, "/") {
				s.add(part)
			}
		}
	}
	for _, o := range l.Orgs {
		if o.Class == "agency" || o.Class == "media" {
			s.add(script.Fold(o.Name))
			for _, v := range o.Variants {
				s.add(script.Fold(v))
			}
		}
	}
	return s
}

func (s stamps) add(folded string) {
	ts := tokens(strings.TrimFunc(folded, edge))
	for n := 1; n < len(ts); n++ {
		if k := key(ts[:n]); !s[k] {
			s[k] = false
		}
	}
	if len(ts) > 0 {
		s[key(ts)] = true
	}
}

// longest gives the token after the longest stamp that begins at ts[i], or 0.
func (s stamps) longest(ts []token, i int) int {
	end, k := 0, ts[i].text
	for j := i; ; k += " " + ts[j].text {
		whole, begun := s[k]
		if !begun {
			return end
		}
		if j++; whole {
			end = j
		}
		if j == len(ts) {
			return end
		}
	}
}

func key(ts []token) string {
	words := make([]string, len(ts))
	for i, t := range ts {
		words[i] = t.text
	}
	return strings.Join(words, " ")
}

// tokens cuts a folded text into words and signs; a run of one sign is one token.
func tokens(s string) []token {
	var ts []token
	from := -1
	for i, r := range s {
		if !edge(r) {
			if from < 0 {
				from = i
			}
			continue
		}
		if from >= 0 {
			ts = append(ts, token{s[from:i], from, i})
			from = -1
		}
		if n := len(string(r)); !blank(r) {
			if k := len(ts) - 1; k >= 0 && ts[k].end == i && strings.HasSuffix(ts[k].text, string(r)) {
				ts[k] = token{s[ts[k].start : i+n], ts[k].start, i + n}
			} else {
				ts = append(ts, token{s[i : i+n], i, i + n})
			}
		}
	}
	if from >= 0 {
		ts = append(ts, token{s[from:], from, len(s)})
	}
	return ts
}

func (t token) dash() bool  { return strings.Trim(t.text, "-–—") == "" }
func (t token) colon() bool { return t.text == ":" }

// between reports a sign that stands between the parts of a dateline.
func (t token) between() bool { return strings.Contains("،,/()|.", t.text) }
