package sqlite

import (
	"testing"

	"github.com/isnad-project/isnad"
)

// TestTextOf holds that the quick way to a record's text gives the text, whatever stands
// in it and before it.
func TestTextOf(t *testing.T) {
	l := open(t, t.TempDir(), Options{})
	for _, text := range []string{"", "قال", "«قال» \"نعم\"", `\`, `"`, `\"`, "سطر\nوسطر\t\u2028\u0001", `{"text":"x"}`, `,"text":"`, "\\u0041 😀"} {
		for _, title := range []string{"", `,"text":"`, `\`, "\"", `a","text":"b`} {
			r := isnad.Record{Article: isnad.Article{ID: title, URL: title, Title: title, Text: text, Cut: []isnad.Cut{{Text: `,"text":"`}}}}
			b, err := r.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := l.textOf(l.enc.EncodeAll(b, nil)); err != nil || got != text {
				t.Errorf("%q under %q: %q, %v", text, title, got, err)
			}
		}
	}
	for _, damaged := range []string{"", "{}", `{"article":{"title":"","text":"x`, `{"article":{"title":"","text":"x\`} {
		if got, err := l.textOf(l.enc.EncodeAll([]byte(damaged), nil)); err == nil {
			t.Errorf("%s: %q", damaged, got)
		}
	}
}

// TestRemembered holds that what was unpacked holds as long as its bytes stand in the file.
func TestRemembered(t *testing.T) {
	l := open(t, t.TempDir(), Options{})
	put(t, l, 0, 3)
	first, err := l.Article(ctx, "made-0001")
	if err != nil {
		t.Fatal(err)
	}
	changed := first.Entry
	changed.Record.Article.Title = "عنوان آخر"
	if _, err := l.Put(ctx, []isnad.Entry{changed}); err != nil {
		t.Fatal(err)
	}
	again, err := l.Article(ctx, "made-0001")
	if err != nil || again.Record.Article.Title != "عنوان آخر" {
		t.Errorf("%q, %v", again.Record.Article.Title, err)
	}
	if first.Record.Article.Title == again.Record.Article.Title {
		t.Error("what was given before was changed")
	}
}

// TestCountedOfDays holds that what is counted of a day follows every change of it.
func TestCountedOfDays(t *testing.T) {
	l := open(t, t.TempDir(), Options{})
	put(t, l, 0, 40)
	count := func() map[string]int {
		t.Helper()
		list, err := l.Tally(ctx, isnad.Query{}, isnad.PerEntity, 1000)
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]int{}
		for _, c := range list {
			of[c.Key] = c.Articles
		}
		return of
	}
	check := func(what string) {
		t.Helper()
		for id, n := range count() {
			x, err := l.Thing(ctx, id)
			if err != nil || x.Articles != n {
				t.Errorf("%s: %s is counted in %d articles, noted in %d, %v", what, id, n, x.Articles, err)
			}
		}
	}
	check("at first")
	h, err := l.Article(ctx, "made-0001")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Join(ctx, isnad.Joining{Known: []isnad.Identity{{Article: "made-0001", Index: 0, Key: "p/another"}}}); err != nil {
		t.Fatal(err)
	}
	check("one known better")
	if count()["p/another"] != 1 {
		t.Error("who is known better is not counted")
	}
	moved := h.Entry
	moved.Record.Article.Published = "2018-09-01"
	if _, err := l.Put(ctx, []isnad.Entry{moved}); err != nil {
		t.Fatal(err)
	}
	check("one moved to another day")
	if err := l.Correct(ctx, isnad.Correction{Do: "merge", Thing: h.Things[0], Into: h.Things[1]}); err != nil {
		t.Fatal(err)
	}
	check("two made one")
}
