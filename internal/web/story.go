package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
)

// storyPage is one story.
type storyPage struct {
	isnad.Story
	Outlets  []isnad.Count
	Copied   int
	Articles []isnad.Head
	More     string
	Agreed   []isnad.Count // things that nearly all articles name
	Tables   []table
	Groups   []copyGroup
	Timeline []moment
	Speakers []speaker
	Rest     bool // there are more statements than are shown
}

// table is a disagreement as values against those who state them.
type table struct {
	isnad.Disagreement
	Lines []line
}

// line is what one article says to each value.
type line struct {
	Head  isnad.Head
	Cells [][]isnad.Claim // one a value
}

// copyGroup is articles of one text.
type copyGroup struct {
	Agency string
	Heads  []isnad.Head // the origin first
}

// moment is a happening with the sentence that tells it.
type moment struct {
	isnad.Moment
	Head          isnad.Head
	Before, After string // of its sentence, where it is known
}

// speaker is somebody with what he says in the story.
type speaker struct {
	Name, Entity string
	Rows         []isnad.StatementRow
}

const articlesShown = 40

func (s *site) story(v *visit) error {
	ctx := v.r.Context()
	t, err := s.lib.Story(ctx, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := &storyPage{Story: t}
	v.Title = v.Short(t.Title)
	h := heads{s: s, ctx: ctx, of: map[string]isnad.Head{}}
	h.load(t.Articles[:min(len(t.Articles), headsAtOnce)])
	articles := t.Articles[slices.Index(t.Articles, v.Get("cursor"))+1:]
	p.Articles = h.all(articles)
	if len(articles) > articlesShown {
		p.More = articles[articlesShown-1]
	}
	q := only(isnad.OfStory, t.ID, isnad.ByOldest, 2*rowsShown)
	if p.Outlets, err = s.lib.Tally(ctx, q, isnad.PerOutlet, articlesShown); err != nil {
		return err
	}
	if err := s.agreed(ctx, q, p); err != nil {
		return err
	}
	for _, d := range t.Disagreements[:min(len(t.Disagreements), rowsShown)] {
		p.Tables = append(p.Tables, h.table(d))
	}
	for _, c := range t.Copies {
		p.Copied += max(len(c.Articles)-1, 0)
		p.Groups = append(p.Groups, copyGroup{c.Agency, h.all(c.Articles)})
	}
	for _, m := range t.Timeline[:min(len(t.Timeline), rowsShown)] {
		p.Timeline = append(p.Timeline, h.moment(m))
	}
	said, err := s.lib.Statements(ctx, q)
	if err != nil {
		return err
	}
	p.Speakers, p.Rest = bySpeaker(said.Rows), said.Next != ""
	if h.err != nil {
		return h.err
	}
	return s.show(v, http.StatusOK, "story", p)
}

// agreed finds what all who tell the story name.
func (s *site) agreed(ctx context.Context, q isnad.Query, p *storyPage) error {
	n := len(p.Story.Articles)
	if n < 2 {
		return nil
	}
	things, err := s.lib.Tally(ctx, q, isnad.PerEntity, besideShown)
	for _, c := range things {
		if c.Articles == n || n > 3 && c.Articles*5 >= n*4 {
			p.Agreed = append(p.Agreed, c)
		}
	}
	return err
}

// heads finds what is shown of articles, each once.
type heads struct {
	s   *site
	ctx context.Context
	of  map[string]isnad.Head
	err error

	whole int // moments shown with their sentence
}

// headsAtOnce is how many articles of a story are looked up together.
const headsAtOnce = 300

// load looks articles up together.
func (h *heads) load(ids []string) {
	list, err := h.s.lib.Heads(h.ctx, ids)
	for _, x := range list {
		h.of[x.ID] = x
	}
	h.err = errors.Join(h.err, err)
}

// head gives what is shown of an article; of one that is not kept its id.
func (h *heads) head(id string) isnad.Head {
	if _, ok := h.of[id]; !ok && h.err == nil {
		h.load([]string{id})
	}
	if x, ok := h.of[id]; ok {
		return x
	}
	return isnad.Head{ID: id}
}

// momentsWhole is how many moments are shown with their sentence: each costs a record.
const momentsWhole = 12

func (h *heads) moment(m isnad.Moment) moment {
	out := moment{Moment: m}
	if h.whole++; h.whole <= momentsWhole && h.err == nil {
		a, err := h.s.lib.Article(h.ctx, m.Article)
		if err != nil {
			h.err = err
			return out
		}
		if text := a.Record.Article.Text; m.Start >= 0 && m.Start <= m.End && m.End <= len(text) && m.Of(text) == m.Words {
			s := sentence(text, m.Span)
			out.Before, out.After = text[s.Start:m.Start], text[m.End:s.End]
		}
	}
	out.Head = h.head(m.Article)
	return out
}

// sentence widens a span to its sentence, roughly, and at most by a few lines.
func sentence(text string, s isnad.Span) isnad.Span {
	const far = 400
	lo, hi := max(0, s.Start-far), min(len(text), s.End+far)
	for lo < s.Start && !utf8.RuneStart(text[lo]) {
		lo++
	}
	for hi > s.End && hi < len(text) && !utf8.RuneStart(text[hi]) {
		hi--
	}
	if i := strings.LastIndexByte(text[lo:s.Start], '\n'); i >= 0 {
		lo += i + 1
	}
	if i := strings.LastIndex(text[lo:s.Start], ". "); i >= 0 {
		lo += i + 2
	}
	if i := strings.IndexByte(text[s.End:hi], '\n'); i >= 0 {
		hi = s.End + i
	}
	if i := strings.Index(text[s.End:hi], ". "); i >= 0 {
		hi = s.End + i + 1
	}
	return isnad.Span{Start: lo, End: hi}
}

func (h *heads) all(ids []string) []isnad.Head {
	var out []isnad.Head
	for _, id := range ids[:min(len(ids), articlesShown)] {
		out = append(out, h.head(id))
	}
	return out
}

// table sets a disagreement with a line for each article that states one of its values.
func (h *heads) table(d isnad.Disagreement) table {
	t := table{Disagreement: d}
	at := map[string]int{}
	for k, value := range d.Values {
		for _, c := range value.Claims {
			i, ok := at[c.Article]
			if !ok {
				if len(t.Lines) == articlesShown {
					continue
				}
				i = len(t.Lines)
				at[c.Article] = i
				t.Lines = append(t.Lines, line{h.head(c.Article), make([][]isnad.Claim, len(d.Values))})
			}
			t.Lines[i].Cells[k] = append(t.Lines[i].Cells[k], c)
		}
	}
	return t
}

// bySpeaker groups statements by who made them: by entity, else by the words; who says
// most first.
func bySpeaker(rows []isnad.StatementRow) []speaker {
	var out []speaker
	at := map[string]int{}
	for _, r := range rows {
		key := r.Entity
		if key == "" {
			key = "\x00" + r.Speaker
		}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, speaker{Name: r.Speaker, Entity: r.Entity})
		}
		if len(r.Speaker) > len(out[i].Name) {
			out[i].Name = r.Speaker
		}
		out[i].Rows = append(out[i].Rows, r)
	}
	slices.SortStableFunc(out, func(a, b speaker) int { return len(b.Rows) - len(a.Rows) })
	return out
}

// Place gives the way to the words of a claim in their article.
func (t *tongue) Place(c isnad.Claim) string {
	return t.Of("article", c.Article) + "?from=" + strconv.Itoa(c.Start) + "&to=" + strconv.Itoa(c.End) + "#at"
}
