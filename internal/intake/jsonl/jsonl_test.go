package jsonl

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

// next gives the next line, parsed.
func next(r *Reader) (Line, error) {
	number, b, err := r.Raw()
	switch {
	case errors.Is(err, ErrLong):
		return Line{Number: number, Err: err}, nil
	case err != nil:
		return Line{}, err
	}
	return Parse(number, b), nil
}

func all(t testing.TB, in string) (lines []Line) {
	t.Helper()
	r := NewReader(strings.NewReader(in))
	for {
		l, err := next(r)
		if errors.Is(err, io.EOF) {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l)
	}
}

func TestNext(t *testing.T) {
	got := all(t, "\ufeff{\"id\":7,\"url\":\"u\",\"outlet\":\"o\",\"title\":\"t\",\"published\":\"2021-07-27\",\"text\":\"نص\",\"more\":[1,{}]}\r\n\n \n{\"text\":\"آخر\"}")
	want := []Line{
		{Number: 1, Article: isnad.Article{ID: "7", URL: "u", Outlet: "o", Title: "t", Published: "2021-07-27", Text: "نص"}},
		{Number: 4, Article: isnad.Article{Text: "آخر"}},
	}
	if len(got) != len(want) {
		t.Fatalf("%d lines: %+v", len(got), got)
	}
	for i := range want {
		if g, w := got[i], want[i]; g.Number != w.Number || g.Err != nil || g.Article.Text != w.Article.Text || g.Article.ID != w.Article.ID || g.Article.Published != w.Article.Published {
			t.Errorf("line %+v, want %+v", g, w)
		}
	}
}

func TestBadLines(t *testing.T) {
	for in, want := range map[string]string{
		`{"text":`:             "not a JSON object",
		`{"text":"a"} x`:       "not a JSON object",
		`{}`:                   `no "text" in it`,
		`{"text":null}`:        `no "text" in it`,
		`{"text":""}`:          `"text" is empty`,
		`{"text":["a"]}`:       `"text" is a JSON array, and must be a string`,
		`{"text":"a","id":{}}`: `"id" is a JSON value, and must be a string`,
		`7`:                    "a JSON number, and must be an object",
		`null`:                 `no "text" in it`,
	} {
		got := all(t, in+"\n{\"text\":\"b\"}\n")
		if len(got) != 2 || got[0].Err == nil || !strings.Contains(got[0].Err.Error(), want) {
			t.Errorf("%s: %+v, want %q", in, got, want)
		} else if got[1].Err != nil || got[1].Number != 2 {
			t.Errorf("%s: the line after it is %+v", in, got[1])
		}
	}
}

func FuzzNext(f *testing.F) {
	f.Add("{\"text\":\"نص\"}\n{\"text\":5}\n")
	f.Add("\xff\xfe{\x00}\x00\n\x00")
	f.Fuzz(func(t *testing.T, in string) {
		last := 0
		for _, l := range all(t, in) {
			if l.Number <= last {
				t.Errorf("line %d after line %d", l.Number, last)
			}
			last = l.Number
			if l.Err == nil && l.Article.Text == "" {
				t.Error("an article without text")
			}
		}
	})
}

// TestOtherNames wants what corpora call otherwise, where our own names are missing.
func TestOtherNames(t *testing.T) {
	for in, want := range map[string]isnad.Article{
		`{"text":"a","date":"2018-04-07T00:06:31+00:00","source":"bbc"}`:                      {Published: "2018-04-07T00:06:31+00:00", Outlet: "bbc"},
		`{"text":"a","date":"2018-04-07","published":"2019-01-01","outlet":"o","source":"s"}`: {Published: "2019-01-01", Outlet: "o"},
		`{"text":"a","date":"7 April","source":{"name":"x"}}`:                                 {},
		`{"text":"a","date":1523059591}`:                                                      {},
	} {
		got := all(t, in)[0]
		if got.Err != nil || got.Article.Published != want.Published || got.Article.Outlet != want.Outlet {
			t.Errorf("%s: %+v", in, got)
		}
	}
}
