package shelf

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

func TestText(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, text := range []string{"", "قال", `قال "نعم" \ لا`, "\"", "سطر\nسطر\t\x01"} {
		r := isnad.Record{Reader: `,"text":"`, Article: isnad.Article{ID: "a", Title: `,"text":"no`, Text: text}}
		b, err := r.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Text(s.Pack(b)); got != text || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for _, damaged := range []string{"", "{}", `{"article":{"id":"a","text":"x`, `{"a":1,"text":"\`} {
		if got, err := s.Text(s.Pack([]byte(damaged))); err == nil {
			t.Errorf("%q: %q", damaged, got)
		}
	}
}

func TestDays(t *testing.T) {
	for date, want := range map[string]int64{"0001-01-01": 1, "1970-01-01": daysBeforeUnix, "2018-04-07T09:00:00Z": 736791, "": 0, "2018": 0, "2018-02-31": 0} {
		if got := DayOf(date); got != want || got != 0 && DayText(got) != date[:10] {
			t.Errorf("%s: day %d (%s), want %d", date, got, DayText(got), want)
		}
	}
}

// TestFit holds that a word of the headline weighs more than one of the text, and a rare one
// more than a frequent one.
func TestFit(t *testing.T) {
	rare, often := Rarity(1000, 3), Rarity(1000, 900)
	fit := func(title, text int) float64 { return Fit([]float64{rare}, []Times{{title, text}}, 250) }
	if !(fit(1, 0) > fit(0, 3) && fit(0, 3) > fit(0, 1) && fit(0, 0) == 0 && rare > 5*often) {
		t.Errorf("%v %v %v %v, %v %v", fit(1, 0), fit(0, 3), fit(0, 1), fit(0, 0), rare, often)
	}
}

// TestAttach holds that a settlement finds the commitment with its words, and none without.
func TestAttach(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	text := "وعد بفتح الطريق غدا. وعد ببناء المدرسة."
	at := func(words string) isnad.Span {
		i := strings.Index(text, words)
		return isnad.Span{Start: i, End: i + len(words)}
	}
	r := isnad.Record{Article: isnad.Article{Text: text}, Commitments: []isnad.Commitment{
		{Span: at("وعد ببناء المدرسة"), What: at("ببناء المدرسة")}, {Span: at("وعد بفتح الطريق غدا"), What: at("بفتح الطريق")}}}
	of := Attach(s.Lang, &r, []Settled{{K: 7, What: "بفتح الطريق", Words: "وتعهد بفتح الطريق"}, {K: 8, What: "إلغاء الرسوم", Words: "قرر إلغاء الرسوم"}})
	if of[0] != 0 || of[1] != 7 {
		t.Errorf("%v", of)
	}
}
