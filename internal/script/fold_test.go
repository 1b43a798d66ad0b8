package script

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"أُنجِزَت", "انجزت"},
		{"إلى آخرِه ٱلآن", "الي اخره الان"},
		{"المســـؤول والمسئول", "المسءول والمسءول"},
		{"مستشفى مدرسة", "مستشفي مدرسه"},
		{"کیف", "كيف"},
		{"ﷲ ﻻ ﺍﻟﻌﺮﺍﻕ", "الله لا العراق"},
		{"١٢٣٫٥ ۴۵۶ ٪", "123.5 456 %"},
		{"CNN", "cnn"},
		{"\u202bالعراق\u202c\u200f", "العراق"},
		{"أيضاً", "ايضا"},
		{"a\u00a0b\tc\nd", "a b c\nd"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestWayBack(t *testing.T) {
	src := "\u202bقالَ\u202c ﻻ"
	v := new(Folder).View(src)
	if v.Text != "قال لا" {
		t.Fatalf("folded to %q", v.Text)
	}
	if got := src[v.Start(0):v.End(6)]; got != "قالَ" {
		t.Errorf("first word comes back as %q", got)
	}
	if got := src[v.Start(7):v.End(9)]; got != "ﻻ" {
		t.Errorf("first letter of the ligature comes back as %q", got)
	}
}

func FuzzView(f *testing.F) {
	f.Add("قالَ ﻻ \u202bأُنجزت\xff")
	f.Fuzz(func(t *testing.T, s string) {
		v := new(Folder).View(s)
		if len(v.back) != len(v.Text) {
			t.Fatal("way back and text differ in length")
		}
		for i := range v.Text {
			if v.Start(i) < 0 || v.End(i+1) > len(s) || v.Start(i) >= v.End(i+1) {
				t.Fatalf("byte %d goes back to %d, %d of %d", i, v.Start(i), v.End(i+1), len(s))
			}
			if i > 0 && v.Start(i) < v.Start(i-1) {
				t.Fatal("way back runs backwards")
			}
		}
		if utf8.ValidString(s) && Fold(v.Text) != v.Text {
			t.Fatalf("folding twice differs: %q then %q", v.Text, Fold(v.Text))
		}
	})
}
