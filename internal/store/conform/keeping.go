package conform

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
)

// meeting is an article in which two persons are named.
func meeting(t *testing.T, id string, day int) *draft {
	return article(t, id, "naba", day, "لقاء", "التقى كمال الحدادي سعاد المرزوقي.").
		named("كمال الحدادي", isnad.Person, "p/kamal").role("وزير", "MAR").
		named("سعاد المرزوقي", isnad.Person, "p/suad")
}

// minister is an article in which one person is named, by a short name.
func minister(t *testing.T, id string, day int) *draft {
	return article(t, id, "khabar", day, "الحدادي", "سافر الحدادي أمس.").named("الحدادي", isnad.Person, "p/haddadi").role("السفير", "")
}

func thing(t *testing.T, l isnad.Library, id string) isnad.Thing {
	t.Helper()
	x, err := l.Thing(ctx, id)
	must(t, err)
	return x
}

func count(name string, n int) isnad.Count { return isnad.Count{Key: name, Label: name, Articles: n} }

func things(t *testing.T, l isnad.Library) {
	keep(t, l, meeting(t, "m1", 0), meeting(t, "m2", 4), minister(t, "k1", 2))
	same(t, "thing", thing(t, l, "p/kamal"), isnad.Thing{ID: "p/kamal", Name: "كمال الحدادي", Kind: isnad.Person, Country: "MAR", Forms: []isnad.Count{count("كمال الحدادي", 2)},
		Roles: []isnad.Count{count("وزير", 2)}, Articles: 2, First: "2018-04-07", Last: "2018-04-11"})
	find := func(kind isnad.Kind, words ...string) (ids []string) {
		list, err := l.Find(ctx, words, kind, 10)
		must(t, err)
		for _, x := range list {
			ids = append(ids, x.ID)
		}
		return ids
	}
	same(t, "by a word", find("", "حدادي"), []string{"p/kamal", "p/haddadi"})
	same(t, "by two", find("", "حدادي", "كمال"), []string{"p/kamal"})
	same(t, "all", find(""), []string{"p/kamal", "p/suad", "p/haddadi"})
	same(t, "of a kind", find(isnad.Place, "حدادي"), nil)
	beside, err := l.Beside(ctx, "p/kamal", 5)
	must(t, err)
	same(t, "beside", beside, []isnad.Count{{Key: "p/suad", Label: "سعاد المرزوقي", Articles: 2}})
	d := meeting(t, "m1", 0)
	d.Record.Reader, d.Record.Entities, d.Record.Names, d.Identities = "isnad 0.3.0", nil, nil, nil
	keep(t, l, d)
	same(t, "named no more", thing(t, l, "p/suad").Articles, 1)
	same(t, "and last", find("", "كمال"), []string{"p/kamal"})
	d = meeting(t, "m2", 4)
	d.Record.Reader, d.Record.Entities[0].Name = "isnad 0.3.0", "الحدادي"
	keep(t, l, d)
	same(t, "another name", find("", "كمال"), nil)
}

// mergeSurvives holds that two things made one stay one, whatever comes.
func mergeSurvives(t *testing.T, l isnad.Library) {
	d := minister(t, "k1", 2)
	keep(t, l, meeting(t, "m1", 0), d)
	merge := isnad.Correction{Do: "merge", Thing: "p/haddadi", Into: "p/kamal", By: "ليلى", At: day0}
	must(t, l.Correct(ctx, merge))
	see := func(articles int) {
		t.Helper()
		for _, id := range []string{"p/kamal", "p/haddadi"} {
			if x := thing(t, l, id); x.ID != "p/kamal" || x.Articles != articles || x.Name != "كمال الحدادي" {
				t.Errorf("%s: %+v", id, x)
			}
			r, err := l.Search(ctx, isnad.Query{Terms: []isnad.Term{{Field: isnad.OfEntity, Words: []string{id}}}})
			must(t, err)
			if r.Total != articles {
				t.Errorf("%d articles, want %d", r.Total, articles)
			}
		}
	}
	see(2)
	d.Record.Reader = "isnad 0.3.0"
	keep(t, l, d)
	see(2)
	keep(t, l, minister(t, "k2", 3))
	see(3)
	h, err := l.Article(ctx, "k1")
	must(t, err)
	same(t, "as it was given", h.Identities, []string{"p/haddadi"})
	same(t, "as it is", h.Things, []string{"p/kamal"})
	list, err := l.Corrections(ctx)
	must(t, err)
	same(t, "corrections", list, []isnad.Correction{merge})
	must(t, l.Correct(ctx, isnad.Correction{Do: "merge", Thing: "p/kamal", Into: "p/suad", By: "ليلى", At: day0}))
	same(t, "merged on", thing(t, l, "p/haddadi").ID, "p/suad")
	same(t, "once an article", thing(t, l, "p/haddadi").Articles, 3)
}

// splitSurvives holds that a thing that is another in some articles stays another there.
func splitSurvives(t *testing.T, l isnad.Library) {
	d := minister(t, "k1", 2)
	keep(t, l, d, minister(t, "k2", 3), minister(t, "k3", 4))
	must(t, l.Correct(ctx, isnad.Correction{Do: "split", Thing: "p/haddadi", Articles: []string{"k1"}, Name: "الحدادي السفير", By: "ليلى", At: day0}))
	list, err := l.Corrections(ctx)
	must(t, err)
	other := list[0].Into
	see := func() {
		t.Helper()
		if x := thing(t, l, other); x.Articles != 1 || x.Name != "الحدادي السفير" || x.Kind != isnad.Person {
			t.Errorf("%+v", x)
		}
		same(t, "the others", thing(t, l, "p/haddadi").Articles, 2)
	}
	see()
	d.Record.Reader = "isnad 0.3.0"
	keep(t, l, d)
	see()
	must(t, l.Correct(ctx, isnad.Correction{Do: "merge", Thing: other, Into: "p/haddadi", By: "ليلى", At: day0}))
	same(t, "made one again", thing(t, l, "p/haddadi").Articles, 3)
	d.Record.Reader = "isnad 0.4.0"
	keep(t, l, d)
	same(t, "and stays so", thing(t, l, other).Articles, 3)
}

func rename(t *testing.T, l isnad.Library) {
	keep(t, l, minister(t, "k1", 2))
	must(t, l.Correct(ctx, isnad.Correction{Do: "rename", Thing: "p/haddadi", Name: "كمال بن علي الحدادي", By: "ليلى", At: day0}))
	keep(t, l, minister(t, "k2", 3))
	same(t, "name", thing(t, l, "p/haddadi").Name, "كمال بن علي الحدادي")
	list, err := l.Find(ctx, []string{"كمال"}, "", 5)
	must(t, err)
	if len(list) != 1 || list[0].ID != "p/haddadi" {
		t.Errorf("found by its name: %+v", list)
	}
	n, err := l.Tally(ctx, isnad.Query{}, isnad.PerEntity, 5)
	must(t, err)
	same(t, "label", n, []isnad.Count{{Key: "p/haddadi", Label: "كمال بن علي الحدادي", Articles: 2}})
}

func wrongCorrections(t *testing.T, l isnad.Library) {
	keep(t, l, minister(t, "k1", 2), meeting(t, "m1", 0))
	for _, c := range []isnad.Correction{
		{Do: "burn", Thing: "p/haddadi"},
		{Do: "merge", Thing: "p/haddadi", Into: "p/haddadi"},
		{Do: "merge", Thing: "p/haddadi", Into: "p/nobody"},
		{Do: "split", Thing: "p/haddadi"},
		{Do: "split", Thing: "p/haddadi", Articles: []string{"none"}},
		{Do: "rename", Thing: "p/haddadi", Name: " "},
	} {
		if err := l.Correct(ctx, c); err == nil {
			t.Errorf("%+v is taken", c)
		}
	}
	list, err := l.Corrections(ctx)
	must(t, err)
	same(t, "nothing of it stayed", list, nil)
	must(t, l.Correct(ctx, isnad.Correction{Do: "merge", Thing: "p/haddadi", Into: "p/kamal"}))
	if err := l.Correct(ctx, isnad.Correction{Do: "merge", Thing: "p/kamal", Into: "p/haddadi"}); err == nil {
		t.Error("two things that are one are made one again")
	}
}

func story(id string, articles ...string) isnad.Story {
	s := isnad.Story{ID: id, Title: "قصة " + id, First: "2018-04-07", Last: "2018-04-11", Articles: articles}
	s.Disagreements = []isnad.Disagreement{{About: "القتلى", Kind: "count", Values: []isnad.Value{{Value: "4", Claims: []isnad.Claim{{Article: articles[0], Span: isnad.Span{Start: 2, End: 6}, Words: "كلمة"}}}}}}
	return s
}

// waiting gives the dates that wait to be joined.
func waiting(t *testing.T, l isnad.Library) (dates []string) {
	t.Helper()
	days, err := l.Unjoined(ctx)
	must(t, err)
	for _, d := range days {
		dates = append(dates, d.Date)
	}
	return dates
}

// sketches gives sketches without their marks, which are of the library's choice.
func sketches(l isnad.Library, from, to string) ([]isnad.Sketch, error) {
	list, err := l.Sketches(ctx, from, to)
	for i := range list {
		list[i].Mark = 0
	}
	return list, err
}

// shown gives articles as their sketches are now.
func shown(t *testing.T, l isnad.Library, ids ...string) (list []isnad.Done) {
	t.Helper()
	for _, id := range ids {
		h, err := l.Article(ctx, id)
		must(t, err)
		day := h.Record.Article.Published
		day = day[:min(len(day), len("2018-04-07"))]
		all, err := l.Sketches(ctx, day, day)
		must(t, err)
		i := slices.IndexFunc(all, func(s isnad.Sketch) bool { return s.ID == id })
		if i < 0 {
			t.Fatalf("no sketch of %s on %q", id, day)
		}
		list = append(list, isnad.Done{Article: id, Mark: all[i].Mark})
	}
	return list
}

func joins(t *testing.T, l isnad.Library) {
	keep(t, l, meeting(t, "m1", 0), meeting(t, "m2", 4), minister(t, "k1", 2), minister(t, "k0", -1))
	days := waiting(t, l)
	same(t, "days", days, []string{"", "2018-04-07", "2018-04-09", "2018-04-11"})
	list, err := sketches(l, "2018-04-07", "2018-04-09")
	must(t, err)
	same(t, "sketches", list, []isnad.Sketch{{ID: "k1", Sketch: []byte("sketch of k1")}, {ID: "m1", Sketch: []byte("sketch of m1")}})
	list, err = sketches(l, "", "")
	must(t, err)
	same(t, "without a date", list, []isnad.Sketch{{ID: "k0", Sketch: []byte("sketch of k0")}})

	one, two := story("m1", "m1", "k1"), story("m2", "m2")
	two.First = "2018-04-11"
	must(t, l.Join(ctx, isnad.Joining{Done: shown(t, l, "m1", "k1", "m2"), Stories: []isnad.Story{one, two}}))
	days = waiting(t, l)
	same(t, "days left", days, []string{""})
	list, err = sketches(l, "2018-04-07", "2018-04-09")
	must(t, err)
	same(t, "sketches", list, []isnad.Sketch{{ID: "k1", Sketch: []byte("sketch of k1"), Story: "m1", Born: "2018-04-07", Joined: true}, {ID: "m1", Sketch: []byte("sketch of m1"), Story: "m1", Born: "2018-04-07", Joined: true}})
	got, err := l.Story(ctx, "m1")
	must(t, err)
	same(t, "story", got, one)
	told := func(q isnad.Query) (ids []string) {
		t.Helper()
		for {
			r, err := l.Stories(ctx, q)
			must(t, err)
			for _, s := range r.Stories {
				ids = append(ids, s.ID)
			}
			if q.Cursor = r.Next; r.Next == "" {
				return ids
			}
		}
	}
	same(t, "the weightiest", told(isnad.Query{Limit: 1}), []string{"m1", "m2"})
	same(t, "of a query", told(ask(t, "after:2018-04-10")), []string{"m2"})
	same(t, "of words", told(ask(t, "السفر")), nil)
	r, err := l.Search(ctx, ask(t, "story:m1"))
	must(t, err)
	same(t, "articles of a story", hits(r), []string{"k1", "m1"})
	must(t, l.Join(ctx, isnad.Joining{Stories: []isnad.Story{{ID: "m2", First: "2018-04-11", Last: "2018-04-11", Articles: []string{"m2"}}}}))
	same(t, "with disagreements", told(ask(t, "خلاف:any")), []string{"m1"})
	same(t, "without", told(ask(t, "-خلاف:any")), []string{"m2"})

	// All in one, and the other goes into it.
	all := story("m1", "m1", "k1", "m2")
	must(t, l.Join(ctx, isnad.Joining{Stories: []isnad.Story{all}, Moved: []isnad.Moved{{From: "m2", To: "m1"}}}))
	got, err = l.Story(ctx, "m2")
	must(t, err)
	same(t, "the story it went into", got, all)
	r, err = l.Search(ctx, ask(t, "story:m2"))
	must(t, err)
	same(t, "its articles", r.Total, 3)
	h, err := l.Article(ctx, "m2")
	must(t, err)
	same(t, "the story of an article", h.Story, "m1")

	// The first id goes, and with it what went into it.
	must(t, l.Join(ctx, isnad.Joining{Stories: []isnad.Story{story("k1", "k1", "m1", "m2")}, Moved: []isnad.Moved{{From: "m1", To: "k1"}}}))
	got, err = l.Story(ctx, "m2")
	must(t, err)
	same(t, "twice forwarded", got.ID, "k1")

	// What is kept between the giving of its sketch and its joining waits on.
	before := shown(t, l, "k0")
	again := minister(t, "k0", -1)
	again.Record.Reader = "isnad 0.3.0"
	keep(t, l, again)
	must(t, l.Join(ctx, isnad.Joining{Done: before, Stories: []isnad.Story{{ID: "k0", Articles: []string{"k0"}}}}))
	days = waiting(t, l)
	same(t, "kept anew meanwhile", days, []string{""})
	must(t, l.Join(ctx, isnad.Joining{Done: shown(t, l, "k0")}))
	days = waiting(t, l)
	same(t, "joined then", days, nil)

	// An article that changes waits again, in its story.
	d := meeting(t, "m1", 0)
	d.Record.Article.Title = "لقاء آخر"
	keep(t, l, d)
	list, err = sketches(l, "2018-04-07", "2018-04-07")
	must(t, err)
	same(t, "changed", list, []isnad.Sketch{{ID: "m1", Sketch: []byte("sketch of m1"), Story: "k1", Born: "2018-04-07"}})
}

// daysLeft holds that a day waits as long as an article left it since it was looked at.
func daysLeft(t *testing.T, l isnad.Library) {
	keep(t, l, minister(t, "k1", 2), minister(t, "k2", 2))
	must(t, l.Join(ctx, isnad.Joining{Done: shown(t, l, "k1", "k2"), Stories: []isnad.Story{story("k1", "k1", "k2")}}))
	keep(t, l, minister(t, "k1", 4))
	first, err := l.Unjoined(ctx)
	must(t, err)
	keep(t, l, minister(t, "k2", 4))
	must(t, l.Join(ctx, isnad.Joining{Done: shown(t, l, "k1", "k2"), Left: first}))
	same(t, "one left since", waiting(t, l), []string{"2018-04-09"})
	second, err := l.Unjoined(ctx)
	must(t, err)
	must(t, l.Join(ctx, isnad.Joining{Left: second}))
	same(t, "none left since", waiting(t, l), nil)
}

// papers holds that papers stay as they were filed, by kind and name.
func papers(t *testing.T, l isnad.Library) {
	_, err := l.Paper(ctx, "user", "سعاد")
	isError(t, "no paper", err, isnad.ErrNotFound)
	one, two, other := isnad.Paper{Kind: "user", Name: "سعاد", Text: []byte("1")}, isnad.Paper{Kind: "user", Name: "amal", Text: []byte{0, 255}}, isnad.Paper{Kind: "key", Name: "amal", Text: []byte("k")}
	must(t, l.File(ctx, one, two, other))
	list, err := l.Papers(ctx, "user")
	must(t, err)
	same(t, "users", list, []isnad.Paper{two, one})
	one.Text = []byte("2")
	must(t, l.File(ctx, one, isnad.Paper{Kind: "user", Name: "amal"}))
	list, err = l.Papers(ctx, "user")
	must(t, err)
	same(t, "after a change", list, []isnad.Paper{one})
	text, err := l.Paper(ctx, "key", "amal")
	must(t, err)
	same(t, "of another kind", string(text), "k")
	one.Text = []byte("3")
	if err := l.File(ctx, one, isnad.Paper{Kind: "user"}); err == nil {
		t.Error("a paper without a name was filed")
	}
	if err := l.File(ctx, isnad.Paper{Kind: "user", Name: "big", Text: make([]byte, 1<<20+1)}); err == nil {
		t.Error("a paper of more than a MiB was filed")
	}
	text, err = l.Paper(ctx, "user", "سعاد")
	must(t, err)
	same(t, "all or nothing", string(text), "2")
}

// acts holds that the log of what was done by hand keeps all, the latest first.
func acts(t *testing.T, l isnad.Library) {
	var want []isnad.Act
	for i := range 5 {
		a := isnad.Act{At: time.Date(2018, 4, 7, 12, i, 0, 0, time.UTC), By: "سعاد", From: "192.0.2.1", Do: "rename", To: "p/x", Note: strconv.Itoa(i)}
		must(t, l.Note(ctx, a))
		want = slices.Insert(want, 0, a)
	}
	var got []isnad.Act
	for cursor := ""; ; {
		page, next, err := l.Acts(ctx, 2, cursor)
		must(t, err)
		got = append(got, page...)
		if cursor = next; next == "" {
			break
		}
	}
	same(t, "acts", got, want)
	_, _, err := l.Acts(ctx, 2, "of another list")
	isError(t, "a wrong cursor", err, isnad.ErrQuery)
	if err := l.Note(ctx, isnad.Act{At: time.Unix(1, 0)}); err == nil {
		t.Error("an act that does nothing was noted")
	}
}

// turns holds that a task is one's alone until it is given back.
func turns(t *testing.T, l isnad.Library) {
	mine, back, err := l.Turn(ctx, "join")
	must(t, err)
	_, _, err = l.Turn(ctx, "join")
	isError(t, "a second", err, isnad.ErrBusy)
	_, other, err := l.Turn(ctx, "look")
	must(t, err)
	other()
	if mine.Err() != nil {
		t.Error("the turn ended by itself")
	}
	back()
	back()
	if mine.Err() == nil {
		t.Error("the turn goes on after it was given back")
	}
	_, back, err = l.Turn(ctx, "join")
	must(t, err)
	back()
}

// joinIsWhole holds that a joining that fails leaves nothing.
func joinIsWhole(t *testing.T, l isnad.Library) {
	keep(t, l, meeting(t, "m1", 0), minister(t, "k1", 2))
	for _, j := range []isnad.Joining{
		{Done: append(shown(t, l, "m1"), isnad.Done{Article: "none"})},
		{Done: shown(t, l, "m1"), Stories: []isnad.Story{story("m1", "m1"), story("x", "none")}},
		{Done: shown(t, l, "m1"), Stories: []isnad.Story{story("m1", "m1")}, Moved: []isnad.Moved{{From: "m1", To: "m1"}}},
		{Done: shown(t, l, "m1"), Stories: []isnad.Story{story("m1", "m1")}, Known: []isnad.Identity{{Article: "m1", Index: 9, Key: "p/x"}}},
		{Stories: []isnad.Story{{ID: "e"}}},
	} {
		if err := l.Join(ctx, j); err == nil {
			t.Errorf("%+v is taken", j)
		}
		if _, err := l.Story(ctx, "m1"); !errors.Is(err, isnad.ErrNotFound) {
			t.Errorf("a part of %+v stayed: %v", j, err)
		}
	}
	s, err := l.Stats(ctx)
	must(t, err)
	same(t, "unjoined", s.Unjoined, 2)
}

func namesakes(t *testing.T, l isnad.Library) {
	keep(t, l, meeting(t, "m1", 0), minister(t, "k1", 2), talks(t, "z1", "naba", 9))
	list, err := l.Namesakes(ctx, "2018-04-07", "2018-04-09")
	must(t, err)
	want := []isnad.Namesake{
		{Identity: isnad.Identity{Article: "k1", Index: 0, Key: "p/haddadi"}, Now: "p/haddadi", Role: "السفير"},
		{Identity: isnad.Identity{Article: "m1", Index: 0, Key: "p/kamal"}, Now: "p/kamal", Role: "وزير", Country: "MAR"},
		{Identity: isnad.Identity{Article: "m1", Index: 1, Key: "p/suad"}, Now: "p/suad"},
	}
	same(t, "namesakes", list, want)
	must(t, l.Join(ctx, isnad.Joining{Known: []isnad.Identity{{Article: "k1", Index: 0, Key: "p/kamal"}}}))
	list, err = l.Namesakes(ctx, "2018-04-07", "2018-04-09")
	must(t, err)
	want[0].Now = "p/kamal"
	same(t, "known better", list, want)
	same(t, "as a thing", thing(t, l, "p/kamal").Articles, 2)
	same(t, "and the other", thing(t, l, "p/haddadi").Articles, 0)
	h, err := l.Article(ctx, "k1")
	must(t, err)
	same(t, "in the article", h.Things, []string{"p/kamal"})
	// A hand's word goes before what joining knows.
	must(t, l.Correct(ctx, isnad.Correction{Do: "split", Thing: "p/kamal", Articles: []string{"k1"}, Name: "السفير"}))
	must(t, l.Join(ctx, isnad.Joining{Known: []isnad.Identity{{Article: "k1", Index: 0, Key: "p/kamal"}}}))
	same(t, "split by hand", thing(t, l, "p/kamal").Articles, 1)
}

func feeds(t *testing.T, l isnad.Library) {
	a := isnad.Feed{URL: "https://a.example/feed", Title: "أ", Outlet: "naba", Folder: "دولي", Every: 10 * time.Minute, Added: day0, Due: day0.Add(time.Hour)}
	b := isnad.Feed{URL: "https://b.example/feed"}
	must(t, l.Follow(ctx, b))
	must(t, l.Follow(ctx, a))
	a.Checked, a.Fresh, a.ETag, a.LastModified, a.Failures, a.Trouble, a.Articles = day0, day0, `"x"`, "Sat", 2, "refused", 7
	must(t, l.Follow(ctx, a))
	list, err := l.Feeds(ctx)
	must(t, err)
	same(t, "feeds", list, []isnad.Feed{a, b})
	must(t, l.Unfollow(ctx, b.URL))
	list, err = l.Feeds(ctx)
	must(t, err)
	same(t, "one less", list, []isnad.Feed{a})
	if err := l.Follow(ctx, isnad.Feed{}); err == nil {
		t.Error("a feed without an address is followed")
	}
}

func pages(t *testing.T, l isnad.Library) {
	a := isnad.Page{URL: "https://a.example/1", Feed: "f", Title: "عنوان", Published: "2018", Due: day0}
	b := isnad.Page{URL: "https://a.example/2", Feed: "f", Due: day0.Add(-time.Hour)}
	later := isnad.Page{URL: "https://a.example/3", Due: day0.Add(time.Hour)}
	n, err := l.Want(ctx, []isnad.Page{a, b, later, a})
	must(t, err)
	same(t, "new", n, 3)
	list, err := l.Wanted(ctx, day0, 10)
	must(t, err)
	same(t, "wanted", list, []isnad.Page{b, a})
	list, err = l.Wanted(ctx, day0, 1)
	must(t, err)
	same(t, "the first", list, []isnad.Page{b})
	b.Visited, b.Due, b.Article, b.ETag, b.LastModified, b.Failures, b.Trouble = day0, time.Time{}, "a1", `"e"`, "Sat", 1, "slow"
	must(t, l.Visited(ctx, b))
	n, err = l.Want(ctx, []isnad.Page{{URL: b.URL, Due: day0}})
	must(t, err)
	same(t, "known already", n, 0)
	got, err := l.Page(ctx, b.URL)
	must(t, err)
	same(t, "page", got, b)
	list, err = l.Wanted(ctx, day0, 10)
	must(t, err)
	same(t, "left", list, []isnad.Page{a})
	s, err := l.Stats(ctx)
	must(t, err)
	same(t, "wanted", s.Wanted, 2)
}

func bookmarks(t *testing.T, l isnad.Library) {
	at, err := l.Bookmark(ctx, "file")
	must(t, err)
	same(t, "at first", at, "")
	must(t, l.Mark(ctx, "file", "12"))
	must(t, l.Mark(ctx, "file", "34"))
	must(t, l.Mark(ctx, "other", "5"))
	at, err = l.Bookmark(ctx, "file")
	must(t, err)
	same(t, "then", at, "34")
}
