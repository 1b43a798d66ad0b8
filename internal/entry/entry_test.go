package entry

import (
	"errors"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/pour"
)

// TestMaker holds which id an article gets.
func TestMaker(t *testing.T) {
	m, err := New()
	if err != nil {
		t.Fatal(err)
	}
	line := `{"id":"x1","title":"عنوان","text":"قال الوزير إن الجسر سيفتتح غدا."}`
	e, _, err := m.Entry("", isnad.Capture{Form: string(pour.Lines)}, []byte(line))
	if err != nil || e.Record.Article.ID != "x1" || len(e.Identities) != len(e.Record.Entities) || len(e.Sketch) == 0 {
		t.Errorf("%+v, %v", e.Record.Article, err)
	}
	for claimed, want := range map[string]string{
		"https://www.example.org/a":    "https://www.example.org/a",
		"https://elsewhere.example/a":  "https://example.org/page?x=1",
		"":                             "https://example.org/page?x=1",
		"https://m.example.org/mobile": "https://m.example.org/mobile",
	} {
		if got := own(claimed, "https://example.org/page?x=1"); got != want {
			t.Errorf("own(%q) = %q", claimed, got)
		}
	}
	if _, _, err := m.Entry("", isnad.Capture{Form: string(pour.Text)}, []byte("  \n")); !errors.Is(err, errNothing) && err == nil {
		t.Errorf("empty text: %v", err)
	}
}

// TestWhoIsBelieved holds which of a page's claims are believed.
func TestWhoIsBelieved(t *testing.T) {
	const at = "https://outlet.example/news/1"
	if got := own("https://outlet.example/", at); got != at {
		t.Errorf("a front page claimed for every page is believed: %q", got)
	}
	for pair, want := range map[[2]string]bool{
		{"", at}:                                 true,
		{"https://feeds.outlet.example/rss", at}: true,
		{"https://aggregator.example.org/all.xml", at}:     false,
		{"http://127.0.0.1:80/f", "http://127.0.0.1:81/p"}: true,
	} {
		if got := sameSite(pair[0], pair[1]); got != want {
			t.Errorf("sameSite(%q, %q) = %v", pair[0], pair[1], got)
		}
	}
}
