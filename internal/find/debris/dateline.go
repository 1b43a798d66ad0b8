package debris

import (
	"strings"
	"unicode"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// part is what one part of a dateline is.
type part uint8

const (
	unknown part = iota
	place
	agency
	outlet
	date
)

// stamp is a dateline under parsing.
type stamp struct {
	*cutting
	view   script.View
	ts     []token // of the view
	outlet stamps  // the article's own
}

func (t *cutting) stamp(text string) stamp {
	own := stamps{}
	own.add(script.Fold(t.article.Outlet))
	v := t.folder.View(text)
	return stamp{t, v, tokens(v.Text), own}
}

// source gives tokens [i, j) as they stand in the article.
func (s stamp) source(i, j int) string {
	return s.view.Source[s.view.Start(s.ts[i].start):s.view.End(s.ts[j-1].end)]
}

// part gives what stands at token i and the token after it.
func (s stamp) part(i int) (part, int) {
	if end := s.outlet.longest(s.ts, i); end > 0 {
		return outlet, end
	}
	if end := s.stamps.longest(s.ts, i); end > 0 {
		return agency, end
	}
	w, end := s.lex.Word(s.ts[i].text), 0
	kind := unknown
	for j := i; w != nil; {
		j++
		if w.Tables&places != 0 {
			kind, end = place, j
		} else if w.Tables&dates != 0 {
			kind, end = date, j
		}
		if j == len(s.ts) {
			break
		}
		w = w.Next(s.ts[j].text)
	}
	if kind == unknown && unicode.IsDigit(initial(s.ts[i].text)) {
		return date, i + 1
	}
	return kind, max(end, i+1)
}

const (
	places = lex.Mask(1<<lex.Country | 1<<lex.Capital | 1<<lex.Place)
	dates  = lex.Mask(1<<lex.Month | 1<<lex.Weekday)
)

// seen counts the parts that a dateline has.
type seen struct {
	parts  [date + 1]int
	agency string // as it stands
}

func (n seen) signed() bool { return n.parts[agency]+n.parts[outlet] > 0 }

// parse reads parts from the beginning of the tokens. It gives the tokens of the
// dateline up to and with its last dash or colon (0 for none), and whether parts are all
// there is. Only parts of the dateline, or all, are counted.
func (s stamp) parse() (end int, all bool, counted seen) {
	var n seen
	for i := 0; i < len(s.ts); {
		t := s.ts[i]
		switch {
		case t.dash() && i == 0:
			i++
		case t.dash() || t.colon():
			if n.signed() || t.dash() && n.parts[place] > 0 && n.parts[date] == 0 && s.spaced(i) && !s.places(i+1) {
				end, counted = i+1, n
			} else if t.colon() {
				return end, false, counted
			}
			i++
		case t.between():
			i++
		default:
			kind, after := s.part(i)
			if kind == unknown {
				return end, false, counted
			}
			if kind == agency {
				n.agency = s.source(i, after)
			}
			n.parts[kind]++
			i = after
		}
	}
	return end, true, n
}

// places reports whether a place stands at token i.
func (s stamp) places(i int) bool {
	kind, _ := s.part(i)
	return kind == place
}

// spaced reports whether the dash at i has space on both sides.
func (s stamp) spaced(i int) bool {
	return s.ts[i-1].end < s.ts[i].start && i+1 < len(s.ts) && s.ts[i].end < s.ts[i+1].start
}

// reach is how many tokens before an agency may be a place that the lexicon lacks.
const reach = 10

// anywhere finds an agency in brackets or after a dash or stroke, with a dash or colon
// behind it, among the first tokens: what stands before it is a place then.
func (s stamp) anywhere() int {
	for i := 0; i < min(reach, len(s.ts)); i++ {
		t := s.ts[i]
		if t.colon() || t.text == "." || t.text == "\"" {
			return 0
		}
		kind, after := s.part(i)
		if kind != agency && kind != outlet || i > 0 && !s.ts[i-1].dash() && s.ts[i-1].text != "(" && s.ts[i-1].text != "/" {
			continue
		}
		bracket := i > 0 && s.ts[i-1].text == "("
		if bracket && after < len(s.ts) && s.ts[after].text == ")" {
			after++
		}
		if after < len(s.ts) && (s.ts[after].dash() || s.ts[after].colon()) {
			return after + 1
		}
	}
	return 0
}

// head cuts what stands before the article's first words: stamps and dates on lines of
// their own, marked lines, and the dateline of the first paragraph.
func (t *cutting) head() {
	for i := t.next(0); i < len(t.lines); i = t.next(i + 1) {
		if t.lines[i].long || t.lines[i].stop {
			t.dateline(i)
			return
		}
		if k, ok := find(t.markers.head, t.lines[i]); ok {
			t.cut(i, k.reason)
			t.credit(k, t.lines[i])
			continue
		}
		if !t.signature(i, true) && !t.correspondent(i) && (t.dateline(i) || i >= lead) {
			return
		}
	}
}

// lead is how many lines without a full stop may stand before the first paragraph.
const lead = 4

// opening is how many bytes of a paragraph are searched for a dateline.
const opening = 200

// dateline cuts the stamp off the beginning of line i and reports whether it has one.
func (t *cutting) dateline(i int) bool {
	l := &t.lines[i]
	s := t.stamp(prefix(l.text, opening))
	end, _, n := s.parse()
	if end == 0 {
		end = s.anywhere()
	}
	if end == 0 || end >= len(s.ts) {
		return false
	}
	from := s.view.Start(s.ts[end].start)
	t.sent(n)
	l.pieces = append([]isnad.Cut{{Text: l.text[:from], Reason: isnad.Dateline}}, l.pieces...)
	t.shorten(i, l.text[from:])
	return true
}

// sent keeps the agency that sent the article.
func (t *cutting) sent(n seen) {
	if t.article.Agency == "" {
		t.article.Agency = n.agency
	}
}

// signature cuts line i if it is nothing but stamps: agencies, places and dates, or names
// between strokes with an agency. A date alone signs only the head.
func (t *cutting) signature(i int, head bool) bool {
	l := t.lines[i]
	if l.long || l.stop || l.words > shortLine {
		return false
	}
	_, all, n := t.stamp(l.text).parse()
	switch {
	case all && n.signed():
		t.cut(i, isnad.Dateline)
		t.sent(n)
	case all && head && n.parts[date] > 1:
		t.cut(i, isnad.OtherCut)
	case strings.Contains(l.fold, "/") && t.strokes(l):
		t.cut(i, isnad.Dateline)
	default:
		return false
	}
	return true
}

// strokes reports whether one of the parts of a line between strokes is an agency and
// the others are short as names are; what is no place is its author.
func (t *cutting) strokes(l line) bool {
	signed, author := false, ""
	for p := range strings.SplitSeq(l.text, "/") {
		_, all, n := t.stamp(p).parse()
		switch {
		case all && n.signed():
			signed = true
			t.sent(n)
		case all:
		case len(strings.Fields(p)) > 4:
			return false
		case author == "":
			author = strings.TrimFunc(p, edge)
		}
	}
	if signed && t.article.Byline == "" {
		t.article.Byline = author
	}
	return signed
}
