package main

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/view"
)

type searchVerb struct {
	library
	JSON   bool       `name:"json" help:"Give JSON Lines, one hit a line."`
	Limit  int        `help:"How many hits at most." default:"20"`
	Cursor string     `help:"Go on after the page that gave this cursor."`
	Sort   isnad.Sort `help:"rank, newest or oldest." enum:"rank,newest,oldest" default:"rank"`
	Count  string     `help:"Count the hits by day, outlet, entity, speaker or event instead of showing them." enum:"day,outlet,entity,speaker,event," default:""`
	Words  []string   `arg:"" name:"query" help:"Words, \"exact phrases\" and conditions: name: place: speaker: said: outlet: event: by: after: before: due: (or their Arabic names); - before one excludes."`
}

// Run searches the library.
func (v *searchVerb) Run(w world) error {
	q, err := asked(strings.Join(v.Words, " "), v.Limit)
	if err != nil {
		return err
	}
	q.Cursor = v.Cursor
	if q.Sort = v.Sort; v.Sort == "rank" {
		q.Sort = isnad.ByRank
	}
	lib, err := v.read(w.ctx)
	if err != nil {
		return err
	}
	defer lib.Close()
	if v.Count != "" {
		return v.tally(w, lib, q)
	}
	r, err := lib.Search(w.ctx, q)
	if err != nil {
		return err
	}
	if v.JSON {
		return hitLines(w, lib, r.Hits)
	}
	return show(w, func(s view.Style) []byte { return view.AppendHits(nil, r, s) })
}

// hitLine is a hit as it is published: places are pairs of code points, counted from 0,
// the end left out.
type hitLine struct {
	isnad.Hit
	At         [2]int   `json:"at"`
	Marks      [][2]int `json:"marks"`
	TitleMarks [][2]int `json:"title_marks"`
}

func hitLines(w world, lib isnad.Library, hits []isnad.Hit) error {
	var lines []hitLine
	for _, h := range hits {
		a, err := lib.Article(w.ctx, h.ID)
		if err != nil {
			return err
		}
		lines = append(lines, hitLine{h, points(a.Record.Article.Text, h.At), pairs(h.Snippet, h.Marks), pairs(h.Title, h.TitleMarks)})
	}
	return jsonLines(w, lines)
}

func pairs(text string, spans []isnad.Span) [][2]int {
	out := make([][2]int, len(spans))
	for i, s := range spans {
		out[i] = points(text, s)
	}
	return out
}

// points tells a span in code points; a text changed meanwhile may be too short for it.
func points(text string, s isnad.Span) [2]int {
	end := min(s.End, len(text))
	start := min(s.Start, end)
	from := utf8.RuneCountInString(text[:start])
	return [2]int{from, from + utf8.RuneCountInString(text[start:end])}
}

func (v *searchVerb) tally(w world, lib isnad.Library, q isnad.Query) error {
	all, err := lib.Tally(w.ctx, q, isnad.Facet(v.Count), v.Limit)
	if err != nil {
		return err
	}
	if v.JSON {
		return jsonLines(w, all)
	}
	return show(w, func(s view.Style) []byte { return view.AppendCounts(nil, all, s) })
}

type commitmentsVerb struct {
	library
	JSON      bool     `name:"json" help:"Give JSON Lines, one commitment a line."`
	Limit     int      `help:"How many at most." default:"50"`
	DueBefore string   `help:"Only those due on or before this day." placeholder:"DATE"`
	DueAfter  string   `help:"Only those due on or after this day." placeholder:"DATE"`
	Words     []string `arg:"" optional:"" name:"query" help:"Only those of articles that this query finds."`
}

// Run lists commitments by due date.
func (v *commitmentsVerb) Run(w world) error {
	q, err := asked(strings.Join(v.Words, " "), v.Limit)
	if err != nil {
		return err
	}
	for _, d := range [...]struct{ sign, day string }{{"<", v.DueBefore}, {">", v.DueAfter}} {
		if d.day != "" {
			q.Terms = append(q.Terms, isnad.Term{Field: isnad.Due, Words: []string{d.sign + d.day}})
		}
	}
	lib, err := v.read(w.ctx)
	if err != nil {
		return err
	}
	defer lib.Close()
	r, err := lib.Commitments(w.ctx, q)
	if err != nil {
		return err
	}
	if v.JSON {
		return jsonLines(w, r.Rows)
	}
	return show(w, func(s view.Style) []byte { return view.AppendCommitments(nil, r.Rows, today(), s) })
}
