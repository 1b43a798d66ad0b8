package sqlite

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// Ranking is BM25 (Robertson and Zaragoza 2009) over one field in which a word of the
// headline counts as several of the text. Where very many articles match, only the newest
// of them are ranked; the others follow, newest first: a word that stands everywhere says
// little about fit, and much about time.
const (
	k1          = 1.2
	b           = 0.75
	titleWeight = 4
	rankLimit   = 5000 // articles ranked, if the library does not say otherwise
)

// heard bounds the places of an article that are counted: the headline's and the first ones
// of the text. BM25 makes little of more, and what a report begins with it is about.
const heard = 16

// scorer is the state of the ranking function of one connection.
type scorer struct {
	idf    []float64 // of each phrase
	length float64   // of the average text, in words
	times  []float64 // how often each phrase stands in a row
}

// fit ranks a row of the index. The sixteen bytes at scratch are its to use; what is not 0
// in the end is SQLite's code of an error.
func (r *scorer) fit(x *index, row, scratch int32) (score float64, rc int32) {
	if rc = x.Xfts5_xColumnSize(row, 1, scratch); rc != 0 {
		return 0, rc
	}
	size := x.word(scratch)
	if rc = x.Xfts5_xInstCount(row, scratch); rc != 0 {
		return 0, rc
	}
	if len(r.times) < len(r.idf) {
		r.times = make([]float64, len(r.idf))
	}
	times := r.times[:len(r.idf)]
	clear(times)
	for i := range min(x.word(scratch), heard) {
		if rc = x.Xfts5_xInst(row, i, scratch, scratch+4, scratch+8); rc != 0 {
			return 0, rc
		}
		switch p := int(x.word(scratch)); {
		case p >= len(times):
		case x.word(scratch+4) == 0:
			times[p] += titleWeight
		default:
			times[p]++
		}
	}
	norm := k1 * (1 - b + b*float64(size)/r.length)
	for p, idf := range r.idf {
		score += idf * times[p] * (k1 + 1) / (times[p] + norm)
	}
	return score, 0
}

// ranked is an article with its fit; -1 for those that were not ranked.
type ranked struct {
	score float64
	n     int64
}

// place is where a page of results ends: the article after which the next page begins,
// and what the ranking rested on, so that articles kept meanwhile change no score.
type place struct {
	Score     float64
	Day       int64
	Published string
	ID        string
	Cut       int64     `json:",omitempty"` // the oldest article that was ranked
	IDF       []float64 `json:",omitempty"`
	Length    float64   `json:",omitempty"`
}

// Search gives a page of what a query finds.
func (l *Library) Search(ctx context.Context, q isnad.Query) (r isnad.Results, err error) {
	var at *place
	if q.Cursor != "" {
		at = new(place)
		if err := readCursor(q.Cursor, at); err != nil {
			return r, err
		}
	}
	err = l.pool.read(ctx, func(c *conn) error {
		r, err = answer(l, c, question("search", q), sizeOfResults, func() (isnad.Results, error) { return l.results(c, q, at) })
		return err
	})
	return r, err
}

// results gives the page of a search behind a place.
func (l *Library) results(c *conn, q isnad.Query, at *place) (r isnad.Results, err error) {
	p, err := c.planFor(q.Terms)
	if err != nil {
		return r, err
	}
	s, err := l.selected(c, p)
	if err != nil {
		return r, err
	}
	if r.Total, err = c.total(s); err != nil {
		return r, err
	}
	page, more, next, err := l.page(c, p, s, q, at)
	if err != nil {
		return r, err
	}
	if more {
		r.Next = writeCursor(next)
	}
	r.Hits, err = l.hits(c, q.Terms, page)
	return r, err
}

// found is an article of a page.
type found struct {
	ranked
	id, published string
}

// page gives the articles of a page, whether others follow, and where it ends.
func (l *Library) page(c *conn, p *plan, s *selection, q isnad.Query, at *place) (page []found, more bool, next place, err error) {
	if at != nil {
		next.Cut, next.IDF, next.Length = at.Cut, at.IDF, at.Length
	}
	limit := atMost(q.Limit)
	w := &walk{conn: c, old: q.Sort == isnad.ByOldest, at: at, limit: limit}
	switch {
	case s.all:
		err = w.stretch(s)
	case q.Sort == isnad.ByRank && p.ranks():
		var list []ranked
		if list, err = l.rank(c, p, s, &next); err == nil {
			err = w.list(list)
		}
	default:
		err = w.list(unranked(s.list, w.old))
	}
	page = w.page
	if len(page) > limit {
		page, more = page[:limit], true
	}
	if len(page) > 0 {
		last := page[len(page)-1]
		next.Score, next.Day, next.Published, next.ID = last.score, last.n>>dayBits, last.published, last.id
	}
	return page, more, next, err
}

// unranked gives a list in the order of its days.
func unranked(list []int64, old bool) []ranked {
	out := make([]ranked, len(list))
	for i, n := range list {
		if !old {
			i = len(list) - 1 - i
		}
		out[i] = ranked{0, n}
	}
	return out
}

// rank orders a selection by fit. The basis of an earlier page is kept.
func (l *Library) rank(c *conn, p *plan, s *selection, basis *place) ([]ranked, error) {
	if len(s.list) == 0 {
		return nil, nil
	}
	if basis.IDF == nil {
		if err := l.basis(c, p, s, basis); err != nil {
			return nil, err
		}
		basis.Cut = s.list[max(0, len(s.list)-l.ranked)]
	}
	c.index.score.idf, c.index.score.length = basis.IDF, basis.Length
	out := make([]ranked, 0, len(s.list))
	err := c.each("SELECT rowid, fit(words) FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ?", func(st *sqlite3.Stmt) error {
		if n := st.ColumnInt64(0); s.has(n) {
			out = append(out, ranked{st.ColumnFloat(1), n})
		}
		return nil
	}, p.match, max(basis.Cut, p.lo), p.hi)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b ranked) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.n, a.n)) })
	rest, _ := slices.BinarySearch(s.list, basis.Cut)
	for _, n := range slices.Backward(s.list[:rest]) {
		out = append(out, ranked{-1, n})
	}
	return out, nil
}

// basis gathers what a ranking rests on: how rare each phrase is, how long a text.
func (l *Library) basis(c *conn, p *plan, s *selection, basis *place) error {
	all, err := c.number("SELECT count(*) FROM articles")
	if err != nil {
		return err
	}
	basis.Length = usualLength
	basis.IDF = make([]float64, len(p.phrases))
	for i, ph := range p.phrases {
		if ph.weight == 0 {
			continue
		}
		df := int64(len(s.list))
		if !p.plain() {
			df, err = answer(l, c, "count "+ph.text, func(int64) int { return 0 }, func() (int64, error) {
				return c.number("SELECT count(*) FROM words WHERE words MATCH ?", ph.text)
			})
			if err != nil {
				return err
			}
		}
		basis.IDF[i] = ph.weight * math.Log1p((float64(all-df)+0.5)/(float64(df)+0.5))
	}
	return nil
}

// usualLength is the length of a usual article in words; the true mean of a library would change
// with every article kept and move nothing much.
const usualLength = 250
