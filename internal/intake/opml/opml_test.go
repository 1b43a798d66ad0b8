package opml

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

const list = `<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>صحف &amp; وكالات</title></head><body>
<outline text="الجسر" title="صحيفة الجسر" type="rss" xmlUrl="https://example.org/rss?a=1&b=2" htmlUrl="https://example.org/"/>
<outline text="عربية"><outline text="سياسة"><outline type="rss" text="المدينة" xmlUrl="feed:https://example.com/rss"></outline></outline>
<outline text="الساحل" xmlurl="http://example.net/atom"/></outline>
<outline text="مكرر" xmlUrl="https://example.com/rss"/><outline text="محلي" xmlUrl="file:///etc/passwd"/>
</body></opml>`

var feeds = []Feed{
	{"صحيفة الجسر", "https://example.org/rss?a=1&b=2", "https://example.org/", nil},
	{"المدينة", "https://example.com/rss", "", []string{"عربية", "سياسة"}},
	{"الساحل", "http://example.net/atom", "", []string{"عربية"}},
}

func check(t *testing.T, name string, b []byte, doubts int) List {
	t.Helper()
	l, err := Parse(b)
	if err != nil || !reflect.DeepEqual(l.Feeds, feeds) || len(l.Doubts) != doubts {
		t.Errorf("%s: %v, doubts %q\n%q", name, err, l.Doubts, l.Feeds)
	}
	return l
}

func TestParse(t *testing.T) {
	if l := check(t, "whole", []byte(list), 1); l.Title != "صحف & وكالات" {
		t.Errorf("title %q", l.Title)
	}
	b, err := charmap.Windows1256.NewEncoder().String(strings.Replace(list, "UTF-8", "windows-1256", 1))
	if err != nil {
		t.Fatal(err)
	}
	check(t, "windows-1256", []byte(b), 1)
	check(t, "cut", []byte(list[:strings.Index(list, "</body>")]), 1)
	check(t, "a stray <", []byte(strings.Replace(list, `<outline text="مكرر"`, `5 < 6 <outline text="مكرر"`, 1)), 2)
	check(t, "a quotation mark too few", []byte(strings.Replace(list, `<outline text="مكرر"`, `<outline text="مكرر><outline text="مكرر"`, 1)), 2)
}

func TestRefused(t *testing.T) {
	for _, s := range []string{"", "كلام", "<html><body></body></html>"} {
		if _, err := Parse([]byte(s)); !errors.Is(err, ErrUnknown) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// TestWrite wants what was written to be read back.
func TestWrite(t *testing.T) {
	var b bytes.Buffer
	if err := (List{Title: "صحف & وكالات", Feeds: feeds}).Write(&b); err != nil {
		t.Fatal(err)
	}
	if l := check(t, "written", b.Bytes(), 0); l.Title != "صحف & وكالات" {
		t.Errorf("title %q in\n%s", l.Title, b.String())
	}
	if n := strings.Count(b.String(), `<outline text="عربية">`); n != 1 {
		t.Errorf("a folder stands %d times in\n%s", n, b.String())
	}
}

// TestLimits reads what is deep or made to be slow.
func TestLimits(t *testing.T) {
	l, err := Parse([]byte(strings.Repeat(`<outline text="ا">`, 1<<16) + `<outline xmlUrl="https://example.org/1"/>`))
	if err != nil || len(l.Feeds) != 1 || len(l.Feeds[0].Folder) != deep {
		t.Errorf("%v, %+v", err, l)
	}
	for _, s := range []string{"<outline <", "<outline a='"} {
		if l, err = Parse([]byte(strings.Repeat(s, 1<<16))); err != nil || len(l.Doubts) == 0 {
			t.Errorf("%s: %v, %q", s, err, l.Doubts)
		}
	}
	var b strings.Builder
	for n := range MaxFeeds + 1 {
		fmt.Fprintf(&b, `<outline xmlUrl="https://example.org/%d"/>`, n)
	}
	if l, err = Parse([]byte(b.String())); err != nil || len(l.Feeds) != MaxFeeds || len(l.Doubts) != 1 {
		t.Errorf("%v, %d feeds, %q", err, len(l.Feeds), l.Doubts)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(list))
	f.Add([]byte("<outline <outline xmlUrl=https://a>"))
	f.Add([]byte("\xff\xfe<\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := Parse(b)
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := l.Write(&out); err != nil {
			t.Fatal(err)
		}
		again, err := Parse(out.Bytes())
		if len(l.Feeds) > 0 && (err != nil || len(again.Feeds) != len(l.Feeds)) {
			t.Errorf("%d feeds written, %d read: %v\n%s", len(l.Feeds), len(again.Feeds), err, out.String())
		}
	})
}
