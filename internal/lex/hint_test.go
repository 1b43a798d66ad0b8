package lex

import "testing"

// TestNextIsTheMap follows every phrase of the lexicon by every word that follows anywhere: the hints may turn away none
// that the map knows.
func TestNextIsTheMap(t *testing.T) {
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]bool{"": true, "a": true}
	var all []*Word
	var walk func(*Word)
	walk = func(w *Word) {
		all = append(all, w)
		for form, next := range w.next {
			forms[form] = true
			walk(next)
		}
	}
	for _, w := range l.words {
		walk(w)
	}
	for i, w := range all {
		if w.Begins() {
			for form, next := range w.next {
				if w.Next(form) != next {
					t.Fatalf("%s does not go on with %q", w.Form, form)
				}
			}
		}
		if i%997 > 0 {
			continue
		}
		for form := range forms {
			if w.Next(form) != w.next[form] {
				t.Fatalf("%s and %q: not what the map says", w.Form, form)
			}
		}
	}
}
