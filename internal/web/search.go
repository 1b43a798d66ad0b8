package web

import (
	"net/http"

	"github.com/isnad-project/isnad"
)

// searchPage is what a search found.
type searchPage struct {
	isnad.Results
	Asked    bool
	Sort     string
	Outlets  []isnad.Count
	Entities []isnad.Count
	Chart    *chart
	Hits     []hit
	Thing    isnad.Thing // asked for by id
}

// hit is an article found, in pieces.
type hit struct {
	isnad.Hit
	Head, Body []stretchOf
}

// stretchOf is a stretch of text that is marked or not.
type stretchOf struct {
	Text   string
	Marked bool
}

func (s *site) search(v *visit) error {
	ctx := v.r.Context()
	a := s.asking(v).typed("q").plain(isnad.InOutlet, "outlet").plain(isnad.OfEntity, "entity").day(isnad.After, "after").day(isnad.Before, "before")
	p := &searchPage{Sort: v.Get("sort")}
	sort := isnad.Sort(p.Sort)
	if sort != isnad.ByNewest && sort != isnad.ByOldest {
		sort, p.Sort = isnad.ByRank, ""
	}
	q, err := a.query(sort, storiesShown)
	if err != nil {
		return err
	}
	v.Title, v.Nav = v.T("nav.search"), "search"
	p.Asked = len(q.Terms) > 0
	if p.Results, err = s.lib.Search(ctx, q); err != nil {
		return err
	}
	for _, h := range p.Results.Hits {
		p.Hits = append(p.Hits, hit{h, marked(h.Title, h.TitleMarks), marked(h.Snippet, h.Marks)})
	}
	q.Cursor = ""
	counts, err := s.lib.Tally(ctx, q, isnad.PerDay, 0)
	if err != nil {
		return err
	}
	p.Chart = v.draw(counts)
	if p.Outlets, err = s.lib.Tally(ctx, q, isnad.PerOutlet, besideShown); err != nil {
		return err
	}
	if p.Asked {
		if p.Entities, err = s.lib.Tally(ctx, q, isnad.PerEntity, besideShown); err != nil {
			return err
		}
	}
	if id := v.Get("entity"); id != "" {
		if p.Thing, err = s.lib.Thing(ctx, id); err != nil {
			return err
		}
	}
	return s.show(v, http.StatusOK, "search", p)
}

// marked cuts a text into stretches; marks that do not fit are left out, and a long text is cut.
func marked(text string, marks []isnad.Span) []stretchOf {
	var out []stretchOf
	at, room := 0, 2*titleLimit
	add := func(s string, is bool) {
		if s == "" || room <= 0 {
			return
		}
		short := cut(s, room)
		room -= len([]rune(short))
		out = append(out, stretchOf{short, is})
	}
	for _, m := range marks {
		if m.Start < at || m.End > len(text) || m.Start >= m.End {
			continue
		}
		add(text[at:m.Start], false)
		add(m.Of(text), true)
		at = m.End
	}
	add(text[at:], false)
	return out
}
