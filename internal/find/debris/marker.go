package debris

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

// marker is a row of the debris table made ready.
type marker struct {
	text   string // folded
	bare   string // without the signs round it
	reason isnad.Reason
	signed bool // has a sign that no running sentence has: «اقرأ..», «صورة:»
	words  int
}

// markers are the rows by where they stand and by the first (of end: last) word of bare.
type markers struct{ line, block, head, end map[string][]marker }

func index(rows []lex.DebrisRow) markers {
	m := markers{map[string][]marker{}, map[string][]marker{}, map[string][]marker{}, map[string][]marker{}}
	for _, r := range rows {
		k := newMarker(r)
		if k.bare == "" {
			continue // separators are known by their shape
		}
		switch r.Where {
		case "line":
			m.line[first(k.bare)] = append(m.line[first(k.bare)], k)
		case "block":
			m.block[first(k.bare)] = append(m.block[first(k.bare)], k)
		case "head":
			m.head[first(k.bare)] = append(m.head[first(k.bare)], k)
		case "end":
			m.end[final(k.bare)] = append(m.end[final(k.bare)], k)
		}
	}
	return m
}

func newMarker(r lex.DebrisRow) marker {
	bare := strings.TrimFunc(r.Marker, edge)
	return marker{
		text: r.Marker, bare: bare, reason: isnad.Reason(r.Reason),
		signed: len(bare) < len(r.Marker), words: len(strings.Fields(bare)),
	}
}

// first gives the letters and digits that a bare string begins with.
func first(s string) string {
	if i := strings.IndexFunc(s, edge); i >= 0 {
		return s[:i]
	}
	return s
}

// final gives the letters and digits that a bare string ends with.
func final(s string) string {
	if i := strings.LastIndexFunc(s, edge); i >= 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		return s[i+n:]
	}
	return s
}

// whole reports whether the line is the marker and nothing else.
func (k marker) whole(l line) bool { return !l.long && l.bare() == k.bare }

// begins reports whether the line begins with the marker, bullets before it aside.
func (k marker) begins(l line) bool {
	if l.long {
		return false
	}
	for _, s := range [2]string{l.fold, strings.TrimLeftFunc(l.fold, edge)} {
		if rest, ok := strings.CutPrefix(s, k.text); ok && (rest == "" || !unicode.IsLetter(initial(rest)) || k.closed()) {
			return true
		}
	}
	return false
}

// closed reports whether the marker ends with a sign, so that a letter may follow.
func (k marker) closed() bool {
	return edge(lastly(k.text))
}

// The longest lines in words that a marker may take with it.
const (
	shortLine  = 12
	creditLine = 20
	teaserLine = 26
)

// takes reports whether the marker, which the line begins with, makes it debris: a mark
// without a sign of its own may also begin a sentence.
func (k marker) takes(l line) bool {
	switch {
	case k.whole(l):
		return true
	case k.words == 1 && !k.signed:
		return false
	case !k.signed && k.reason == isnad.Related:
		return !l.stop && l.words <= teaserLine
	case k.reason == isnad.AuthorBox && k.signed:
		return l.words <= creditLine
	case k.reason == isnad.AuthorBox || k.reason == isnad.Share:
		return l.words <= max(shortLine, 3*k.words)
	}
	return l.words <= teaserLine+k.words
}

// find gives the marker of m that takes the line.
func find(m map[string][]marker, l line) (marker, bool) {
	if l.long {
		return marker{}, false
	}
	for _, k := range m[first(strings.TrimLeftFunc(l.fold, edge))] {
		if k.begins(l) && k.takes(l) || k.whole(l) {
			return k, true
		}
	}
	return marker{}, false
}

// marked cuts the lines that a marker begins, with the teasers under a marker that
// stands alone, and the ends of lines that are markers.
func (t *cutting) marked() {
	for i := range t.lines {
		if t.lines[i].cut != "" {
			continue
		}
		t.tail(i)
		k, ok := find(t.markers.line, t.lines[i])
		if !ok {
			continue
		}
		t.cut(i, k.reason)
		t.credit(k, t.lines[i])
		if k.reason == isnad.Related && k.whole(t.lines[i]) {
			t.under(i + 1)
		}
	}
}

// under cuts the teasers that follow a heading: lines without a full stop up to the next
// paragraph.
func (t *cutting) under(i int) {
	for ; i < len(t.lines) && !t.lines[i].stop && !t.lines[i].long && t.lines[i].words <= teaserLine && t.lines[i].cut == ""; i++ {
		t.cut(i, isnad.Related)
	}
}

// tail is how many bytes at the end of a line are searched for a marker.
const tail = 96

// tail cuts a marker off the end of line i. In a caption that ends with its mark the whole
// line goes.
func (t *cutting) tail(i int) {
	l := &t.lines[i]
	end := suffix(l.text, tail)
	v := t.folder.View(end)
	s := strings.TrimRightFunc(v.Text, edge)
	for _, k := range t.markers.end[final(s)] {
		if !strings.HasSuffix(s, k.bare) || k.reason == isnad.Dateline {
			continue
		}
		at := len(s) - len(k.bare)
		before := strings.TrimRightFunc(v.Text[:at], blank)
		switch {
		case k.reason == isnad.Caption && k.signed:
			if !strings.HasSuffix(before, k.text[:strings.Index(k.text, k.bare)]) {
				continue
			}
			if !l.long && !l.stop && l.words <= teaserLine {
				t.cut(i, isnad.Caption)
				return
			}
		case len(end) == len(l.text) && before == "":
			t.cut(i, k.reason)
			return
		case closes(before):
			from := len(l.text) - len(end) + v.Start(at)
			l.pieces = append(l.pieces, isnad.Cut{Text: l.text[from:], Reason: k.reason})
			t.shorten(i, strings.TrimRightFunc(l.text[:from], blank))
			return
		}
	}
}

// closes reports whether a sentence has closed at the end of s.
func closes(s string) bool {
	return strings.ContainsRune(".!؟?:…\"”“»)", lastly(s))
}

// blocks cuts from a block's heading to the end of the text. If the article goes on after
// it, only the heading and its teasers go.
func (t *cutting) blocks() {
	resumes := t.resumes()
	for i := range t.lines {
		if t.lines[i].cut != "" && t.lines[i].cut != isnad.Related {
			continue
		}
		k, ok := find(t.markers.block, t.lines[i])
		if !ok || (k.words <= 2 || k.reason == isnad.Related) && !k.whole(t.lines[i]) {
			continue
		}
		if i < resumes {
			t.cut(i, k.reason)
			t.under(i + 1)
			continue
		}
		for j := i; j < len(t.lines); j++ {
			t.cut(j, k.reason)
		}
		return
	}
}

// resumes gives the last line at which two paragraphs in a row begin, or -1: teasers come
// with a headline each, so before it the article goes on.
func (t *cutting) resumes() int {
	for i := len(t.lines) - 2; i >= 0; i-- {
		if t.lines[i].body() && t.lines[i+1].body() {
			return i
		}
	}
	return -1
}

// separators cuts what is left of lines of signs.
func (t *cutting) separators() {
	for i := range t.lines {
		if t.lines[i].cut == "" && t.lines[i].separator() {
			t.cut(i, isnad.OtherCut)
		}
	}
}

// credit keeps the fact that a cut line states: who wrote it, which agency sent it.
func (t *cutting) credit(k marker, l line) {
	if k.reason != isnad.AuthorBox || t.article.Byline != "" || !k.signed && k.words > 1 {
		return
	}
	words := strings.Fields(l.text)
	if n := len(strings.Fields(k.text)); len(words) > n && len(words) <= n+4 {
		t.article.Byline = strings.TrimFunc(strings.Join(words[n:], " "), edge)
	}
}
