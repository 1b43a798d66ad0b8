package postgres

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

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
}

// Search gives a page of what a query finds.
func (l *Library) Search(ctx context.Context, q isnad.Query) (isnad.Results, error) {
	var at *place
	if q.Cursor != "" {
		at = new(place)
		if err := shelf.ReadCursor(q.Cursor, at); err != nil {
			return isnad.Results{}, err
		}
	}
	return read(ctx, l, func(t *tx) (r isnad.Results, err error) {
		p, err := t.planFor(q.Terms)
		if err != nil {
			return r, err
		}
		w := &walk{tx: t, old: q.Sort == isnad.ByOldest, at: at, limit: shelf.AtMost(q.Limit)}
		var next place
		if q.Sort == isnad.ByRank && p.ranks() {
			r.Total, err = t.best(p, w, &next)
		} else {
			r.Total, err = t.inTime(p, w)
		}
		if err != nil {
			return r, err
		}
		page := w.page
		if len(page) > w.limit {
			page = page[:w.limit]
			last := page[w.limit-1]
			next.Score, next.Day, next.Published, next.ID = last.score, last.n>>dayBits, last.published, last.id
			r.Next = shelf.WriteCursor(next)
		}
		r.Hits, err = t.hits(q.Terms, page)
		return r, err
	})
}

// inTime walks what a plan finds in order of time.
func (t *tx) inTime(p *plan, w *walk) (total int, err error) {
	s, err := t.selected(p)
	if err != nil {
		return 0, err
	}
	if total, err = t.total(s); err != nil {
		return 0, err
	}
	if s.all {
		return total, w.stretch(s)
	}
	return total, w.list(unranked(s.list, w.old))
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

// best walks what a plan finds, the best first. The basis of an earlier page is kept.
func (t *tx) best(p *plan, w *walk, basis *place) (total int, err error) {
	g, err := t.generation()
	if err != nil {
		return 0, err
	}
	known := t.library.recent.get(g, p.key)
	newest, err := t.newest(g, p, known, w.at)
	if err != nil {
		return 0, err
	}
	if total, err = t.basis(g, p, known, newest, w.at, basis); err != nil {
		return 0, err
	}
	list, err := t.score(p, newest, basis.IDF)
	if err != nil {
		return 0, err
	}
	if err := w.list(list); err != nil || len(w.page) > w.limit || total <= len(newest) {
		return total, err
	}
	// The page goes on with articles that are too many to be ranked.
	s, err := t.selected(p)
	if err != nil {
		return 0, err
	}
	rest, _ := slices.BinarySearch(s.list, basis.Cut)
	var older []ranked
	for _, n := range slices.Backward(s.list[:rest]) {
		older = append(older, ranked{-1, n})
	}
	return total, w.list(older)
}

// heard is an article that a plan finds, with how often words stand in it.
type heard struct {
	n     int64
	size  int
	tally [2][]byte // of headline and text, and of the other fields
	forms []byte
	long  bool
}

// newest gives the newest articles that a plan finds, as many as are ranked, or all those
// not older than the cut of an earlier page.
func (t *tx) newest(g string, p *plan, known *selection, at *place) ([]heard, error) {
	lo, limit := p.lo, t.library.ranked
	switch {
	case at != nil && at.IDF != nil:
		lo, limit = max(lo, at.Cut), math.MaxInt32
	case known != nil && len(known.list) > 0:
		lo = max(lo, known.list[max(0, len(known.list)-limit)])
	case p.simple():
		total, from, err := t.spread(p, limit)
		if err != nil {
			return nil, err
		}
		lo = from
		if p.loose == "" {
			t.library.recent.keep(g, p.key, total)
		}
	}
	sql, args := p.from(lo, p.hi)
	rows, err := t.Query(t.ctx, "SELECT w.n, w.size, "+p.columns()+sql+" ORDER BY w.n DESC LIMIT "+p.limit(limit), append([]any{pgx.QueryResultFormats{pgx.BinaryFormatCode}}, bound(args)...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []heard
	var arena []byte
	for rows.Next() {
		v := rows.RawValues()
		from := len(arena)
		for _, b := range v[2:] {
			arena = append(arena, b...)
		}
		x := heard{n: int64(number(v[0])), size: int(int32(number(v[1])))}
		for i, b := range v[2:] {
			own := arena[from : from+len(b) : from+len(b)]
			if from += len(b); p.loose != "" {
				x.forms = own
			} else {
				x.tally[i] = own
			}
		}
		list = append(list, x)
	}
	if err := rows.Err(); err != nil || p.loose == "" {
		return list, err
	}
	return t.withLong(p, lo, limit, list)
}

// number reads a number of the binary form.
func number(b []byte) (n uint64) {
	for _, x := range b {
		n = n<<8 | uint64(x)
	}
	return n
}

// limit gives a limit as it stands in a statement.
func (p *plan) limit(n int) string {
	if n == math.MaxInt32 {
		return "ALL"
	}
	return strconv.Itoa(n)
}

// columns are those of the index of words that tell how often the plan's words stand in an article.
func (p *plan) columns() string {
	if p.loose != "" {
		return "w.forms"
	}
	text, fields := "''::bytea", "''::bytea"
	for _, x := range p.phrases {
		if x.marked() {
			fields = "w.marked"
		} else {
			text = "w.heard"
		}
	}
	return text + ", " + fields
}

// marked reports whether a phrase is of a field.
func (x *phrase) marked() bool { return x.words[0][0] >= 'A' && x.words[0][0] <= 'Z' }

// withLong puts the long articles of a plan with phrases among the newest.
func (t *tx) withLong(p *plan, lo int64, limit int, list []heard) ([]heard, error) {
	long, err := t.listedLong(p, lo, p.hi)
	if err != nil || len(long) == 0 {
		return list, err
	}
	for _, n := range long {
		list = append(list, heard{n: n, long: true})
	}
	slices.SortFunc(list, func(a, b heard) int { return cmp.Compare(b.n, a.n) })
	return list[:min(len(list), limit)], nil
}

// basis gathers what a ranking rests on, how rare each phrase is and where the ranked articles
// end, and counts what the plan finds.
func (t *tx) basis(g string, p *plan, known *selection, newest []heard, at, basis *place) (total int, err error) {
	switch {
	case known != nil:
		total = len(known.list)
	case len(newest) < t.library.ranked && (at == nil || at.IDF == nil):
		total = len(newest)
	default:
		n, err := t.counted(g, p, p.key, p.lo, p.hi)
		if err != nil {
			return 0, err
		}
		total = int(n)
	}
	if at != nil && at.IDF != nil {
		basis.Cut, basis.IDF = at.Cut, at.IDF
		if len(basis.IDF) != len(p.phrases) {
			return 0, errCursor
		}
		return total, nil
	}
	if len(newest) == 0 {
		return 0, nil
	}
	basis.Cut = newest[len(newest)-1].n
	basis.IDF = make([]float64, len(p.phrases))
	all, err := t.number("SELECT articles FROM counts")
	if err != nil {
		return 0, err
	}
	for i, x := range p.phrases {
		if x.weight == 0 {
			continue
		}
		df := int64(total)
		if !p.plain() {
			one := &plan{match: x.query, phrases: []phrase{x}, exact: []phrase{x}, hi: math.MaxInt64}
			if len(x.words) > 1 {
				one.loose = loosely(x)
			}
			if df, err = t.counted(g, one, x.query, 0, math.MaxInt64); err != nil {
				return 0, err
			}
		}
		basis.IDF[i] = x.weight * shelf.Rarity(all, df)
	}
	return total, nil
}

// counted counts what a plan finds, remembered under a key.
func (t *tx) counted(g string, p *plan, key string, lo, hi int64) (int64, error) {
	if n, ok := t.library.recent.count(g, key); ok {
		return n, nil
	}
	sql, args := p.from(lo, hi)
	n, err := t.number("SELECT count(*)"+sql, args...)
	if err == nil && p.loose != "" {
		var long []int64
		long, err = t.listedLong(p, lo, hi)
		n += int64(len(long))
	}
	if err == nil {
		t.library.recent.keep(g, key, n)
	}
	return n, err
}

// score orders articles by fit.
func (t *tx) score(p *plan, list []heard, idf []float64) ([]ranked, error) {
	digests := make([]uint32, len(p.phrases))
	for i, x := range p.phrases {
		digests[i] = wordDigest(x.words[0])
	}
	out := make([]ranked, len(list))
	times := make([]shelf.Times, len(p.phrases))
	var unsure []int
	for i := range list {
		x := &list[i]
		if ok := p.loose == "" && p.told(x, digests, times); !ok {
			unsure = append(unsure, i)
			continue
		}
		out[i] = ranked{shelf.Fit(idf, times, x.size), x.n}
	}
	if err := t.listen(p, list, unsure, func(i int, h *hearing) {
		out[i] = ranked{shelf.Fit(idf, h.times(p.phrases), h.size), list[i].n}
	}); err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b ranked) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.n, a.n)) })
	return out, nil
}

// told counts the phrases, all of one word, by an article's tallies. ok is false where they do
// not tell: where more places than are heard are of several words, it depends on their order.
func (p *plan) told(x *heard, digests []uint32, times []shelf.Times) (ok bool) {
	left := shelf.Heard
	for i := range p.phrases {
		which := 0
		if p.phrases[i].marked() {
			which = 1
		}
		if times[i], ok = timesIn(x.tally[which], digests[i]); !ok {
			return false
		}
		left -= times[i].Title
	}
	if left < 0 {
		return len(p.phrases) == 1 && onlyTitle(times)
	}
	for _, marked := range [...]bool{false, true} {
		sum, words := 0, 0
		for i := range p.phrases {
			if p.phrases[i].marked() == marked && times[i].Text > 0 {
				sum += times[i].Text
				words++
			}
		}
		if sum > left && words > 1 {
			return false
		}
		for i := range p.phrases {
			if p.phrases[i].marked() == marked {
				times[i].Text = min(times[i].Text, left)
			}
		}
		left -= min(sum, left)
	}
	return true
}

func onlyTitle(times []shelf.Times) bool {
	times[0] = shelf.Times{Title: shelf.Heard}
	return true
}

// listen counts phrases by the places of their words, for the articles of a list that are named.
func (t *tx) listen(p *plan, list []heard, which []int, tell func(int, *hearing)) error {
	var ask []int64
	of := map[int64]int{}
	for _, i := range which {
		switch x := &list[i]; {
		case x.long:
			h, err := t.hearingOf(x.n)
			if err != nil {
				return err
			}
			tell(i, h)
		case x.forms != nil:
			h, err := hear(x.forms, p.phrases, x.size)
			if err != nil {
				return err
			}
			tell(i, h)
		default:
			ask = append(ask, x.n)
			of[x.n] = i
		}
	}
	if len(ask) == 0 {
		return nil
	}
	var long []int64
	rows, err := t.Query(t.ctx, "SELECT w.n, w.size, w.long, w.forms"+fromNumbers+at("words", "w"), pgx.QueryResultFormats{pgx.BinaryFormatCode}, ask)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		v := rows.RawValues()
		n := int64(number(v[0]))
		if v[2][0] != 0 {
			long = append(long, n)
			continue
		}
		h, err := hear(v[3], p.phrases, int(int32(number(v[1]))))
		if err != nil {
			return err
		}
		tell(of[n], h)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, n := range long {
		h, err := t.hearingOf(n)
		if err != nil {
			return err
		}
		tell(of[n], h)
	}
	return nil
}

// found is an article of a page.
type found struct {
	ranked
	id, published string
}

// walk goes through an order of articles and gathers a page. Articles of one score and
// one day are put in order by when they were published, then by id.
type walk struct {
	*tx
	old   bool
	at    *place // the page begins behind it
	limit int
	page  []found
}

// list walks a list that is ordered by score and day.
func (w *walk) list(list []ranked) error {
	for len(list) > 0 && len(w.page) <= w.limit {
		// As many groups at once as may fill the page.
		n := 0
		for n < len(list) && n <= w.limit+1 {
			n = sameGroup(list, n)
		}
		names, err := w.names(list[:n])
		if err != nil {
			return err
		}
		for k := 0; k < n; {
			end := sameGroup(list[:n], k)
			w.group(list[k:end], names)
			k = end
		}
		list = list[n:]
	}
	return nil
}

// sameGroup gives the end of the group of one score and day that begins at i.
func sameGroup(list []ranked, i int) int {
	end := i + 1
	for end < len(list) && list[end].score == list[i].score && list[end].n>>dayBits == list[i].n>>dayBits {
		end++
	}
	return end
}

type named struct{ id, published string }

// names reads ids and dates of articles that may stand behind the place.
func (w *walk) names(list []ranked) (map[int64]named, error) {
	var ask []int64
	for _, r := range list {
		if !w.past(r) {
			ask = append(ask, r.n)
		}
	}
	out := make(map[int64]named, len(ask))
	if len(ask) == 0 {
		return out, nil
	}
	err := w.each("SELECT a.n, a.id, a.published"+fromNumbers+at("articles", "a"), func(r row) error {
		var n int64
		var x named
		err := r.scan(&n, &x.id, &x.published)
		out[n] = x
		return err
	}, ask)
	return out, err
}

// past reports whether an article's score and day stand wholly before the place.
func (w *walk) past(r ranked) bool {
	return w.at != nil && cmp.Or(cmp.Compare(w.at.Score, r.score), w.days(r.n>>dayBits, w.at.Day)) < 0
}

// group adds what a group of one score and day has behind the place.
func (w *walk) group(list []ranked, names map[int64]named) {
	group := make([]found, 0, len(list))
	for _, r := range list {
		x, there := names[r.n]
		f := found{r, x.id, x.published}
		if there && !w.past(r) && !w.before(f) {
			group = append(group, f)
		}
	}
	slices.SortFunc(group, w.compare)
	w.page = append(w.page, group...)
}

// days compares days in the order of the walk.
func (w *walk) days(a, b int64) int {
	if w.old {
		return cmp.Compare(a, b)
	}
	return cmp.Compare(b, a)
}

// compare orders articles of one score and day.
func (w *walk) compare(a, b found) int {
	p := strings.Compare(b.published, a.published)
	if w.old {
		p = -p
	}
	return cmp.Or(p, strings.Compare(a.id, b.id))
}

// before reports whether an article stands at the place or before it.
func (w *walk) before(f found) bool {
	if w.at == nil || f.score != w.at.Score || f.n>>dayBits != w.at.Day {
		return false
	}
	return w.compare(f, found{id: w.at.ID, published: w.at.Published}) <= 0
}

// stretch walks all articles of a stretch, some days at a time.
func (w *walk) stretch(s *selection) error {
	lo, hi := s.lo, s.hi
	if w.at != nil && w.old {
		lo = max(lo, w.at.Day<<dayBits)
	} else if w.at != nil {
		hi = min(hi, (w.at.Day+1)<<dayBits)
	}
	for len(w.page) <= w.limit && lo < hi {
		days, end, err := w.someDays(lo, hi)
		if err != nil || len(days) == 0 {
			return err
		}
		if err := w.list(days); err != nil {
			return err
		}
		if w.old {
			lo = end
		} else {
			hi = end
		}
	}
	return nil
}

// someDays gives the articles of the first days of a stretch, whole days, in the order of the
// walk, and where the rest of the stretch ends or begins.
func (w *walk) someDays(lo, hi int64) (list []ranked, end int64, err error) {
	order, limit := " DESC", w.limit+1
	if w.old {
		order = ""
	}
	some, err := w.numbers("SELECT n FROM articles WHERE n >= $1 AND n < $2 ORDER BY n"+order+" LIMIT $3", lo, hi, limit)
	if err != nil || len(some) == 0 {
		return nil, 0, err
	}
	last := some[len(some)-1] >> dayBits
	for len(some) > 0 && some[len(some)-1]>>dayBits == last {
		some = some[:len(some)-1]
	}
	day, err := w.numbers("SELECT n FROM articles WHERE n >= $1 AND n < $2 ORDER BY n"+order, max(lo, last<<dayBits), min(hi, (last+1)<<dayBits))
	for _, n := range append(some, day...) {
		list = append(list, ranked{0, n})
	}
	if w.old {
		return list, (last + 1) << dayBits, err
	}
	return list, last << dayBits, err
}
