// Package debris parts an article's own words from what a page hangs on them: datelines,
// teasers, captions, share lines, adverts, repeated headlines. It judges lines by the
// markers of the lexicon and by their shape; when unsure it keeps them. It knows nothing
// of what the words of a paragraph mean.
package debris

import (
	"strings"
	"sync"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// Cutter cuts debris. It is read only once made, and safe for concurrent use.
type Cutter struct {
	lex     *lex.Lexicon
	markers markers
	stamps  stamps
	folders sync.Pool // of *script.Folder
}

// New makes a cutter of a lexicon's markers and agencies.
func New(l *lex.Lexicon) *Cutter {
	c := &Cutter{lex: l, markers: index(l.Debris), stamps: agencies(l)}
	c.folders.New = func() any { return new(script.Folder) }
	return c
}

// Cut gives a with Text reduced to the body (paragraphs joined by a blank line) and Cut
// listing what was taken out and why; Agency and Byline are filled from what was cut
// where they are empty. It takes time linear in the text.
func (c *Cutter) Cut(a isnad.Article) isnad.Article {
	t := &cutting{Cutter: c, article: a, folder: c.folders.Get().(*script.Folder)}
	defer c.folders.Put(t.folder)
	t.lines = split(a.Text, t.folder)
	t.repeats()
	t.marked()
	t.blocks()
	t.head()
	t.foot()
	t.teasers()
	t.separators()
	t.join()
	return t.article
}

// cutting is one article under the knife. Each step marks lines or shortens them.
type cutting struct {
	*Cutter
	article isnad.Article
	lines   []line
	folder  *script.Folder
}

// cut takes line i out.
func (t *cutting) cut(i int, reason isnad.Reason) { t.lines[i].cut = reason }

// shorten leaves line i the words that are its own.
func (t *cutting) shorten(i int, text string) {
	pieces := t.lines[i].pieces
	t.lines[i] = newLine(text, t.folder)
	t.lines[i].pieces = pieces
}

// next gives the first line at or after i that is not cut, or len(t.lines).
func (t *cutting) next(i int) int {
	for i < len(t.lines) && t.lines[i].cut != "" {
		i++
	}
	return i
}

// last gives the last line before i that is not cut, or -1.
func (t *cutting) last(i int) int {
	i--
	for i >= 0 && t.lines[i].cut != "" {
		i--
	}
	return i
}

// join makes the body of what stays and the list of what does not. Lines cut in a row
// for one reason are one cut.
func (t *cutting) join() {
	body := make([]string, 0, len(t.lines))
	var cuts []isnad.Cut
	for i := 0; i < len(t.lines); {
		l := t.lines[i]
		cuts = append(cuts, l.pieces...)
		if l.cut != "" {
			first := i
			for i < len(t.lines) && t.lines[i].cut == l.cut && (i == first || len(t.lines[i].pieces) == 0) {
				i++
			}
			cuts = append(cuts, isnad.Cut{Text: together(t.lines[first:i]), Reason: l.cut})
			continue
		}
		if l.text != "" {
			body = append(body, l.text)
		}
		i++
	}
	t.article.Text, t.article.Cut = strings.Join(body, "\n\n"), cuts
}

func together(lines []line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	return strings.Join(texts, "\n")
}
