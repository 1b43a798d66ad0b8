package corpus

import (
	"strings"
	"testing"
	"unicode"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
	"github.com/isnad-project/isnad/reader"
)

// variants are ways to write a text that say nothing else.
var variants = map[string]func(string) string{
	"tatweel":             func(s string) string { return after(s, 'ـ') },
	"sukun":               func(s string) string { return after(s, 'ْ') },
	"bidi marks":          func(s string) string { return strings.ReplaceAll(s, " ", "\u200f \u200f") },
	"alef without hamza":  strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا").Replace,
	"Arabic-Indic digits": func(s string) string { return strings.Map(indic, s) },
}

// after puts mark behind the second letter of every word of four Arabic letters or more,
// where a word goes on in the same script.
func after(s string, mark rune) string {
	var b strings.Builder
	for i, w := range strings.Split(s, " ") {
		if i > 0 {
			b.WriteByte(' ')
		}
		r := []rune(w)
		if len(r) >= 4 && strings.IndexFunc(w, func(r rune) bool { return !unicode.Is(unicode.Arabic, r) || !unicode.IsLetter(r) }) < 0 {
			w = string(r[:2]) + string(mark) + string(r[2:])
		}
		b.WriteString(w)
	}
	return b.String()
}

func indic(r rune) rune {
	if r >= '0' && r <= '9' {
		return r - '0' + '٠'
	}
	return r
}

// TestVariants reads every article in another spelling: the record must say the same.
func TestVariants(t *testing.T) {
	r, err := reader.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range load(t) {
		want := said(r.Read(f.Marked.Article))
		for name, change := range variants {
			a := f.Marked.Article
			a.Text, a.Title = change(a.Text), change(a.Title)
			got := said(r.Read(a))
			for _, l := range without(want, got) {
				t.Errorf("%s with %s: lost %s", a.ID, name, l)
			}
			for _, l := range without(got, want) {
				t.Errorf("%s with %s: new %s", a.ID, name, l)
			}
		}
	}
}

// said gives the findings of a record in folded words.
func said(rec isnad.Record) []string {
	given := Of(&rec)
	for i, c := range given.Cuts {
		given.Cuts[i].Text = flat(script.Fold(c.Text))
	}
	for i, n := range given.Names {
		given.Names[i] = Name{script.Fold(n.Text), n.Kind, script.Fold(n.Entity)}
	}
	for i, s := range given.Statements {
		given.Statements[i].Speaker = folded(s.Speaker)
		fold(s.Via)
	}
	for _, c := range given.Commitments {
		fold(c.By)
	}
	var out []string
	for _, l := range given.lines() {
		out = append(out, flat(script.Fold(l.text)))
	}
	return out
}

func fold(list []Party) {
	for i, p := range list {
		list[i] = folded(p)
	}
}

func folded(p Party) Party { return Party{script.Fold(p.Words), script.Fold(p.Entity)} }
