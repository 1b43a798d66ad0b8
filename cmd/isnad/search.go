package main

import (
	"strings"

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
		return jsonLines(w, r.Hits)
	}
	return show(w, func(s view.Style) []byte { return view.AppendHits(nil, r, s) })
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
