package isnad

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestStoryJSON(t *testing.T) {
	text := "وقع الانفجار فجرا.\n\nمقتل 42 شخصا على الأقل"
	at := strings.Index(text, "مقتل")
	words := "مقتل 42 شخصا"
	s := Story{
		ID: "a1", Title: "انفجار في الميناء", First: "2018-04-07", Last: "2018-04-09",
		Articles: []string{"a1", "a2"},
		Copies:   []Copies{{Origin: "a1", Agency: "رويترز", Articles: []string{"a1", "a2"}}},
		Disagreements: []Disagreement{{About: "عدد القتلى", Kind: "count", Values: []Value{
			{Value: "42", Claims: []Claim{{Article: "a1", Span: Span{at, at + len(words)}, Words: words}}},
			{Value: "70", Claims: []Claim{{Article: "a2", Words: "70 قتيلا"}, {Article: "a2", Words: "سبعون"}}},
		}}},
		Timeline: []Moment{{Day: "2018-04-07", Claim: Claim{Article: "a2", Words: "وقع"}}},
	}
	b, err := s.AppendJSON([]byte("x"), func(id string) (string, bool) { return text, id == "a1" })
	if err != nil {
		t.Fatal(err)
	}
	want := `x{"id":"a1","title":"انفجار في الميناء","first":"2018-04-07","last":"2018-04-09","articles":["a1","a2"],` +
		`"copies":[["a1","a2"]],"origins":[{"article":"a1","agency":"رويترز"}],` +
		`"disagreements":[{"about":"عدد القتلى","kind":"count","values":[` +
		`{"value":"42","articles":["a1"],"words":"مقتل 42 شخصا","claims":[{"article":"a1","start":20,"end":32,"text":"مقتل 42 شخصا"}]},` +
		`{"value":"70","articles":["a2"],"words":"70 قتيلا","claims":[{"article":"a2","start":null,"end":null,"text":"70 قتيلا"},{"article":"a2","start":null,"end":null,"text":"سبعون"}]}]}],` +
		`"timeline":[{"day":"2018-04-07","article":"a2","start":null,"end":null,"text":"وقع"}]}`
	if string(b) != want {
		t.Errorf("got\n%s\nwant\n%s", b, want)
	}
}

func TestStoryJSONWithoutAnything(t *testing.T) {
	b, err := json.Marshal(&Story{ID: "a"})
	want := `{"id":"a","title":"","first":"","last":"","articles":[],"copies":[],"origins":[],"disagreements":[],"timeline":[]}`
	if err != nil || string(b) != want {
		t.Errorf("%v, got %s", err, b)
	}
}

// TestStoryJSONOfOtherText wants no place for words that do not stand where they are said to.
func TestStoryJSONOfOtherText(t *testing.T) {
	s := Story{Timeline: []Moment{{Claim: Claim{Article: "a", Span: Span{0, 400}, Words: "وقع"}}}}
	b, err := s.AppendJSON(nil, func(string) (string, bool) { return "نص آخر", true })
	if err != nil || !strings.Contains(string(b), `"start":null`) {
		t.Errorf("%v, got %s", err, b)
	}
}
