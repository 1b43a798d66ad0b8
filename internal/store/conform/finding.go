package conform

import (
	"errors"
	"fmt"
	"testing"

	"github.com/isnad-project/isnad"
)

// shelf is a handful of articles that the tests of finding look through.
func shelf(t *testing.T, l isnad.Library) {
	keep(t, l,
		talks(t, "a1", "naba", 0),
		talks(t, "a2", "khabar", 1),
		article(t, "b1", "naba", 2, "المفاوضات تتعثر", "قالت الوزارة إن المفاوضات تعثرت، ونفى كمال الحدادي ذلك.").
			named("كمال الحدادي", isnad.Person, "p/kamal").says("كمال الحدادي", "ونفى", "ذلك").does("REJECT", "ونفى", "كمال الحدادي"),
		article(t, "b2", "khabar", 3, "وزارات جديدة", "أعلنت الحكومة إنشاء ثلاث وزارات. وجرت مفاوضات طويلة قبل ذلك في الدار البيضاء بين أطراف كثيرة لم تعلن أسماؤها.").
			named("الدار البيضاء", isnad.Place, "l/casa").does("AGREE", "أعلنت", "MAR"),
		article(t, "c1", "Naba Live", -1, "ميناء", "عاد الصيادون إلى الميناء."),
	)
}

// search holds what is found and in which rank.
func search(t *testing.T, l isnad.Library) {
	shelf(t, l)
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"المفاوضات", []string{"b1", "b2"}}, // in the headline counts more
		{"مفاوضات", []string{"b1", "b2"}},
		{"وزارة", []string{"b2", "b1"}},
		{"مفاوضات وزارة", []string{"b1", "b2"}},
		{"مفاوضات -وزارة", []string{}},
		{"محادثات", []string{"a2", "a1"}}, // of equals the newest
		{`"سعاد المرزوقي"`, []string{"a2", "a1"}},
		{`"المرزوقي سعاد"`, []string{}},
		{"name:المرزوقي", []string{"a2", "a1"}},
		{"name:الميناء", []string{}},
		{`name:"كمال الحدادي"`, []string{"b1"}},
		{"name:كمال -name:سعاد", []string{"b1"}},
		{"place:الدار", []string{"b2"}},
		{"place:سعاد", []string{}},
		{"speaker:سعاد", []string{"a2", "a1"}},
		{"متحدث:الحدادي", []string{"b1"}},
		{"said:الاتفاق", []string{"a2", "a1"}},
		{"said:الرباط", []string{}},
		{"outlet:khabar", []string{"b2", "a2"}},
		{`outlet:"NABA live"`, []string{"c1"}},
		{"outlet:nab", []string{}},
		{"event:AGREE", []string{"b2"}},
		{"حدث:رفض", []string{"b1"}},
		{"by:MAR", []string{"b2", "a2", "a1"}},
		{"by:سعاد", []string{"a2", "a1"}},
		{"after:2018-04-09", []string{"b2", "b1"}},
		{"before:2018-04-08", []string{"a2", "a1"}},
		{"-before:2018-04-08", []string{"b2", "b1", "c1"}},
		{"after:2018-04-08 before:2018-04-09 -event:REJECT", []string{"a2"}},
		{"due:2018-04", []string{"a2", "a1"}},
		{"due:<2018-04-13", []string{}},
		{"due:>2018-04-12 outlet:naba", []string{"a1"}},
		{"entity:p/kamal", []string{"b1"}},
		{"entity:p/suad -entity:l/rabat", []string{}},
		{"-entity:p/suad", []string{"b2", "b1", "c1"}},
		{"entity:p/nobody", []string{}},
		{"story:s/none", []string{}},
		{"-المفاوضات", []string{"a2", "a1", "c1"}},
		{"الميناء", []string{"c1"}},
		{"صيادون", []string{"c1"}},
	} {
		r, err := l.Search(ctx, ask(t, c.query))
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		same(t, c.query, hits(r), c.want)
		if r.Total != len(c.want) || r.Next != "" {
			t.Errorf("%s: total %d, next %q", c.query, r.Total, r.Next)
		}
	}
}

func newest(t *testing.T, l isnad.Library) {
	shelf(t, l)
	early := article(t, "a0", "naba", 0, "فجر", "خبر الفجر")
	early.Record.Article.Published = "2018-04-07T04:00:00Z"
	late := article(t, "z9", "naba", 0, "ليل", "خبر الليل")
	late.Record.Article.Published = "2018-04-07T23:00:00Z"
	keep(t, l, late, early)
	r, err := l.Search(ctx, isnad.Query{Sort: isnad.ByNewest})
	must(t, err)
	same(t, "newest", hits(r), []string{"b2", "b1", "a2", "z9", "a1", "a0", "c1"})
	r, err = l.Search(ctx, isnad.Query{Sort: isnad.ByOldest})
	must(t, err)
	same(t, "oldest", hits(r), []string{"c1", "a0", "a1", "z9", "a2", "b1", "b2"})
	q := ask(t, "خبر")
	q.Sort = isnad.ByOldest
	r, err = l.Search(ctx, q)
	must(t, err)
	same(t, "oldest of some", hits(r), []string{"a0", "z9"})
}

// paging holds that the pages of a list are the list: none twice, none missing.
func paging(t *testing.T, l isnad.Library) {
	for i := range 60 {
		text := "خبر عن الميناء"
		for range i % 7 {
			text += " والميناء مغلق"
		}
		keep(t, l, article(t, fmt.Sprintf("a%02d", (i*17)%60), "naba", i%5, "عنوان", text))
	}
	for _, s := range []string{"", "ميناء", "outlet:naba", "after:2018-04-08"} {
		for _, by := range []isnad.Sort{isnad.ByRank, isnad.ByNewest, isnad.ByOldest} {
			q := ask(t, s)
			q.Sort, q.Limit = by, 1000
			all, err := l.Search(ctx, q)
			must(t, err)
			var got []string
			for q.Limit = 7; ; {
				r, err := l.Search(ctx, q)
				must(t, err)
				got = append(got, hits(r)...)
				if len(r.Hits) > 7 || r.Total != all.Total {
					t.Errorf("%q by %q: %d hits, total %d", s, by, len(r.Hits), r.Total)
				}
				if q.Cursor = r.Next; r.Next == "" {
					break
				}
			}
			same(t, fmt.Sprintf("%q by %q", s, by), got, hits(all))
		}
	}
}

func pagingWhileKeeping(t *testing.T, l isnad.Library) {
	want := map[string]int{}
	for i := range 30 {
		id := fmt.Sprintf("a%02d", i)
		text := "خبر عن الميناء"
		for range i % 4 {
			text += " والميناء مغلق"
		}
		keep(t, l, article(t, id, "naba", i%3, "عنوان", text))
		want[id] = 1
	}
	for _, by := range []isnad.Sort{isnad.ByRank, isnad.ByNewest} {
		got := map[string]int{}
		q := ask(t, "ميناء")
		q.Sort, q.Limit = by, 4
		for n := 0; ; n++ {
			r, err := l.Search(ctx, q)
			must(t, err)
			for _, h := range r.Hits {
				if h.ID[0] == 'a' {
					got[h.ID]++
				}
			}
			if q.Cursor = r.Next; r.Next == "" {
				break
			}
			keep(t, l, article(t, fmt.Sprintf("%s-new%02d", "x"+string(by), n), "naba", n%3, "الميناء", "الميناء الميناء"))
		}
		same(t, "old articles by "+string(by), got, want)
	}
}

func marks(t *testing.T, l isnad.Library) {
	shelf(t, l)
	r, err := l.Search(ctx, ask(t, "وزارة مفاوضات"))
	must(t, err)
	h := r.Hits[0]
	if h.ID != "b1" || h.Outlet != "naba" || h.Published == "" || h.URL == "" || h.Score <= 0 {
		t.Errorf("%+v", h)
	}
	words := []string{}
	for _, m := range h.TitleMarks {
		words = append(words, m.Of(h.Title))
	}
	for _, m := range h.Marks {
		words = append(words, m.Of(h.Snippet))
	}
	same(t, "marked", words, []string{"المفاوضات", "الوزارة", "المفاوضات"})
	a, err := l.Article(ctx, "b1")
	must(t, err)
	if h.At.Of(a.Record.Article.Text) != h.Snippet {
		t.Errorf("the snippet %q is not at %v", h.Snippet, h.At)
	}
}

func tally(t *testing.T, l isnad.Library) {
	shelf(t, l)
	for _, c := range []struct {
		query string
		by    isnad.Facet
		want  []isnad.Count
	}{
		{"", isnad.PerDay, []isnad.Count{{Articles: 1}, {Key: "2018-04-07", Articles: 1}, {Key: "2018-04-08", Articles: 1}, {Key: "2018-04-09", Articles: 1}, {Key: "2018-04-10", Articles: 1}}},
		{"محادثات", isnad.PerDay, []isnad.Count{{Key: "2018-04-07", Articles: 1}, {Key: "2018-04-08", Articles: 1}}},
		{"", isnad.PerOutlet, []isnad.Count{{Key: "khabar", Articles: 2}, {Key: "naba", Articles: 2}, {Key: "Naba Live", Articles: 1}}},
		{"مفاوضات", isnad.PerOutlet, []isnad.Count{{Key: "khabar", Articles: 1}, {Key: "naba", Articles: 1}}},
		{"", isnad.PerEvent, []isnad.Count{{Key: "CONSULT", Articles: 2}, {Key: "AGREE", Articles: 1}, {Key: "REJECT", Articles: 1}}},
		{"محادثات", isnad.PerEntity, []isnad.Count{{Key: "l/rabat", Label: "الرباط", Articles: 2}, {Key: "p/suad", Label: "سعاد المرزوقي", Articles: 2}}},
		{"", isnad.PerSpeaker, []isnad.Count{{Key: "p/suad", Label: "سعاد المرزوقي", Articles: 2}, {Key: "p/kamal", Label: "كمال الحدادي", Articles: 1}}},
	} {
		for i := range c.want {
			if c.want[i].Label == "" {
				c.want[i].Label = c.want[i].Key
			}
		}
		got, err := l.Tally(ctx, ask(t, c.query), c.by, 0)
		must(t, err)
		same(t, c.query+" by "+string(c.by), got, c.want)
	}
	got, err := l.Tally(ctx, isnad.Query{}, isnad.PerEvent, 1)
	must(t, err)
	same(t, "the first", got, []isnad.Count{{Key: "CONSULT", Label: "CONSULT", Articles: 2}})
}

func statements(t *testing.T, l isnad.Library) {
	shelf(t, l)
	list := func(s string, limit int) (ids []string) {
		q := ask(t, s)
		for q.Limit = limit; ; {
			r, err := l.Statements(ctx, q)
			must(t, err)
			for _, x := range r.Rows {
				ids = append(ids, fmt.Sprintf("%s/%d %s: %s", x.Article, x.Index, x.Speaker, x.Content))
			}
			if q.Cursor = r.Next; r.Next == "" {
				return ids
			}
		}
	}
	all := []string{"b1/0 كمال الحدادي: ذلك", "a2/0 سعاد المرزوقي: الاتفاق قريب", "a1/0 سعاد المرزوقي: الاتفاق قريب"}
	for limit := 1; limit < 5; limit++ {
		same(t, fmt.Sprintf("all by %d", limit), list("", limit), all)
	}
	same(t, "of a speaker", list("speaker:سعاد", 1), all[1:])
	same(t, "passed on by nobody", list("via:سعاد", 1), nil)
	d := article(t, "v1", "naba", 9, "نقل", "قال سالم العيسى إن الطريق مفتوح، بحسب إذاعة الوادي.").says("سالم العيسى", "قال", "الطريق مفتوح").says("إذاعة الوادي", "بحسب", "الطريق مفتوح")
	d.Record.Statements[0].Via = []isnad.Source{d.source("إذاعة الوادي")}
	keep(t, l, d)
	same(t, "passed on", list("عبر:إذاعة", 1), []string{"v1/0 سالم العيسى: الطريق مفتوح"})
	same(t, "with words", list("said:ذلك", 5), all[:1])
	same(t, "of an entity", list("entity:p/kamal", 5), all[:1])
	same(t, "of an entity that does not speak", list("entity:l/rabat", 5), nil)
	r, err := l.Statements(ctx, ask(t, "entity:p/kamal"))
	must(t, err)
	same(t, "row", r.Rows, []isnad.StatementRow{{Article: "b1", Outlet: "naba", Published: "2018-04-09T09:00:00Z", Title: "المفاوضات تتعثر", Speaker: "كمال الحدادي",
		SpeakerKind: isnad.Named, Entity: "p/kamal", Cue: "ونفى", Content: "ذلك", Trust: trust}})
}

func promise(t *testing.T, id, due string) *draft {
	return article(t, id, "naba", 1, "وعد", "وعد كمال الحدادي ببناء المدرسة قريبا.").named("كمال الحدادي", isnad.Person, "p/kamal").
		promises("كمال الحدادي", "وعد كمال الحدادي ببناء المدرسة", "ببناء المدرسة", due)
}

func commitments(t *testing.T, l isnad.Library) {
	keep(t, l, talks(t, "a1", "naba", 0), promise(t, "a2", ""), promise(t, "a3", "2018-01-31"), promise(t, "a4", "2018-12-31"))
	list := func(s string, limit int) (ids []string) {
		q := ask(t, s)
		for q.Limit = limit; ; {
			r, err := l.Commitments(ctx, q)
			must(t, err)
			for _, x := range r.Rows {
				ids = append(ids, x.Article+" "+x.Due)
			}
			if q.Cursor = r.Next; r.Next == "" {
				return ids
			}
		}
	}
	all := []string{"a3 2018-01-31", "a1 2018-04-13", "a4 2018-12-31", "a2 "}
	for limit := 1; limit < 5; limit++ {
		same(t, fmt.Sprintf("all by %d", limit), list("", limit), all)
	}
	same(t, "before", list("due:<2018-05", 5), all[:2])
	none, err := l.Commitments(ctx, isnad.Query{Terms: []isnad.Term{{Field: isnad.Due, Words: []string{"none"}}}})
	must(t, err)
	if len(none.Rows) != 1 || none.Rows[0].Article != "a2" || none.Next != "" {
		t.Errorf("without a due date: %+v", none)
	}
	same(t, "of a holder", list("by:سعاد", 5), all[1:2])
	same(t, "of an entity", list("entity:p/kamal", 2), []string{all[0], all[2], all[3]})
	r, err := l.Commitments(ctx, ask(t, "by:سعاد"))
	must(t, err)
	same(t, "row", r.Rows, []isnad.CommitmentRow{{Article: "a1", Outlet: "naba", Published: "2018-04-07T09:00:00Z", Title: "محادثات في الرباط", By: []string{"سعاد المرزوقي"},
		Entities: []string{"p/suad"}, What: "بفتح الطريق", Words: "وتعهدت سعاد المرزوقي بفتح الطريق بحلول الجمعة", Due: "2018-04-13", Basis: "promise", Trust: trust}})
}

// settlementSurvives holds that a hand's word stays with the words of the commitment.
func settlementSurvives(t *testing.T, l isnad.Library) {
	d := talks(t, "a1", "naba", 0)
	keep(t, l, d)
	must(t, l.Settle(ctx, isnad.Settlement{Article: "a1", Index: 0, End: isnad.Kept, Source: "https://site.example/proof", Note: "رأيناه", By: "ليلى", At: day0}))
	ending := func() (ends []isnad.Ending) {
		t.Helper()
		u, err := l.Commitments(ctx, isnad.Query{})
		must(t, err)
		for _, x := range u.Rows {
			ends = append(ends, x.End)
			if x.End != isnad.Open && (x.Source != "https://site.example/proof" || x.Note != "رأيناه") {
				t.Errorf("%+v", x)
			}
		}
		return ends
	}
	same(t, "settled", ending(), []isnad.Ending{isnad.Kept})
	other := isnad.Commitment{Span: d.span("بدأت سعاد المرزوقي محادثات"), What: d.span("محادثات"), To: isnad.Source{Entity: isnad.None}, Basis: "decision", Due: "2018-01-01", Statement: isnad.None, Trust: trust}
	old := d.Record.Commitments[0]
	d.Record.Reader, d.Record.Commitments = "isnad 0.3.0", []isnad.Commitment{other, old}
	keep(t, l, d)
	same(t, "read anew, another place in the list", ending(), []isnad.Ending{isnad.Open, isnad.Kept})
	d.Record.Reader, d.Record.Commitments = "isnad 0.4.0", []isnad.Commitment{other}
	keep(t, l, d)
	same(t, "not found any more", ending(), []isnad.Ending{isnad.Open})
	old.Span = d.span("سعاد المرزوقي بفتح الطريق بحلول الجمعة")
	d.Record.Reader, d.Record.Commitments = "isnad 0.5.0", []isnad.Commitment{old, other}
	keep(t, l, d)
	same(t, "found again, other words round it", ending(), []isnad.Ending{isnad.Open, isnad.Kept})
	must(t, l.Settle(ctx, isnad.Settlement{Article: "a1", Index: 0, End: isnad.Open}))
	same(t, "taken back", ending(), []isnad.Ending{isnad.Open, isnad.Open})
	if err := l.Settle(ctx, isnad.Settlement{Article: "a1", Index: 7, End: isnad.Kept}); !errors.Is(err, isnad.ErrNotFound) {
		t.Errorf("no such commitment: %v", err)
	}
	if err := l.Settle(ctx, isnad.Settlement{Article: "a1", End: "well"}); err == nil {
		t.Error("any word is taken for an ending")
	}
}

func queriesRefused(t *testing.T, l isnad.Library) {
	shelf(t, l)
	for _, q := range []isnad.Query{
		{Terms: []isnad.Term{{Field: "colour", Words: []string{"x"}}}},
		{Terms: []isnad.Term{{Field: isnad.InName}}},
		{Terms: []isnad.Term{{Field: isnad.After, Words: []string{"spring"}}}},
		{Terms: []isnad.Term{{Field: isnad.Due, Words: []string{"<>2018"}}}},
		{Cursor: "???"},
		{Cursor: "eyJ4"},
	} {
		if _, err := l.Search(ctx, q); !errors.Is(err, isnad.ErrQuery) {
			t.Errorf("%+v: %v", q, err)
		}
	}
	for _, w := range []string{`"`, `a" OR "b`, "NEAR(a b)", "*", "^x", "a:b", "\x00", "'); DROP TABLE articles; --"} {
		for _, f := range []isnad.Field{isnad.Anywhere, isnad.InName, isnad.InOutlet, isnad.InEvent, isnad.OfEntity, isnad.OfStory} {
			if r, err := l.Search(ctx, isnad.Query{Terms: []isnad.Term{{Field: f, Words: []string{w}}}}); err != nil || r.Total != 0 {
				t.Errorf("%q in %q: %d, %v", w, f, r.Total, err)
			}
		}
	}
	if _, err := l.Tally(ctx, isnad.Query{}, "colour", 1); !errors.Is(err, isnad.ErrQuery) {
		t.Errorf("tally: %v", err)
	}
}
