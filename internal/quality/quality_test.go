package main

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/quality/score"
)

func TestReplace(t *testing.T) {
	doc := "a\n<!-- begin x: written by make quality -->\nold\n<!-- end x -->\nb\n"
	got, err := replace(doc, "x", "new\n")
	if want := "a\n<!-- begin x: written by make quality -->\n\nnew\n\n<!-- end x -->\nb\n"; err != nil || got != want {
		t.Errorf("got %q, %v", got, err)
	}
	again, err := replace(got, "x", "new\n")
	if err != nil || again != got {
		t.Errorf("written twice: %q, %v", again, err)
	}
	if _, err := replace(doc, "y", ""); err == nil {
		t.Error("a section without a place gives no error")
	}
}

func TestLevels(t *testing.T) {
	given := []score.Given{
		{Trust: isnad.Trust{Confidence: 1}, Right: true}, {Trust: isnad.Trust{Confidence: 0.95}},
		{Trust: isnad.Trust{Confidence: 0.9}, Right: true}, {Trust: isnad.Trust{Confidence: 0}},
	}
	got := levels(given)
	if len(got) != 3 || got[0].name() != "0.00 to 0.50" || got[2].name() != "0.95 and more" || got[2].given != 2 || got[2].right != 1 {
		t.Errorf("%+v", got)
	}
}

func TestContext(t *testing.T) {
	text := "قبل " + "كلمة" + "\n\nبعد"
	start := strings.Index(text, "كلمة")
	if got := context(text, isnad.Span{Start: start, End: start + len("كلمة")}); got != "قبل [كلمة] بعد" {
		t.Error(got)
	}
}
