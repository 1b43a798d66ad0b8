package camel

import (
	"os"
	"slices"
	"testing"
)

func TestPassives(t *testing.T) {
	for _, tc := range []struct {
		class, form string
		asks, gives []string
		want        string
		ending      string
	}{
		{"[STEM-PV]", "qaAl", []string{"v-suff"}, []string{"trans"}, "qiyl", ""},
		{"[STEM-PV]", "qaAtal", nil, []string{"trans"}, "qauwtal", ""},
		{"[STEM-IV]", "quwl", []string{"v-suff"}, []string{"a-#"}, "qaAl", ""},
		{"[STEM-PV]", "daE", nil, []string{"#-aw"}, "daE", "#-iy"},
		{"[STEM-IV]", "doE", nil, []string{"#-uw"}, "doE", "#-aY"},
	} {
		got := Passives([]Stem{{Class: tc.class, Form: tc.form, Asks: tc.asks, Gives: tc.gives}})
		if len(got) != 1 || letters(got[0].Form) != letters(tc.want) || tc.ending != "" && !slices.Contains(got[0].Gives, tc.ending) {
			t.Errorf("%s: %+v, want %s %s", tc.form, got, tc.want, tc.ending)
		}
	}
	if got := Passives([]Stem{{Class: "[STEM-PV]", Form: "katab"}}); len(got) != 0 {
		t.Errorf("katab: %+v, want none: it is written alike", got)
	}
}

func TestElse(t *testing.T) {
	g := &Grammar{classes: map[string][]morpheme{
		"[BUFF]": {{group: "b", form: "Y", asks: []string{"weak", "end"}}, {group: "b", form: "y", asks: []string{"weak", "else"}}, {group: "b", asks: []string{"else"}}},
		"[SUFF]": {{group: "3", gives: []string{"end"}}, {group: "1", form: "t"}},
	}, orders: []order{{stem: "[S]", suffix: []string{"[BUFF]", "[SUFF]"}}}}
	for _, tc := range []struct {
		gives []string
		want  []Affixes
	}{
		{[]string{"weak"}, []Affixes{{"", "Y"}, {"", "yt"}}},
		{nil, []Affixes{{"", ""}, {"", "t"}}},
	} {
		if got := g.Finish(Stem{Class: "[S]", Gives: tc.gives}); !slices.Equal(got, tc.want) {
			t.Errorf("%v: %v, want %v", tc.gives, got, tc.want)
		}
	}
}

// TestTables inflects a verb by the real tables, where they are at hand.
func TestTables(t *testing.T) {
	dir := os.Getenv("ISNAD_DATA")
	if dir == "" {
		dir = "../../../../../shared/data"
	}
	dir += "/lexicon/camel_morph"
	g, err := ReadGrammar(dir, "MSA-Verb-MORPH.csv", "MSA-Verb-ORDER.csv", func(c string) bool { return c == "[STEM-PV]" })
	if err != nil {
		t.Skip("no tables:", err)
	}
	after := map[string]bool{}
	for _, a := range g.Finish(Stem{Class: "[STEM-PV]", Form: "katab", Gives: []string{"trans"}}) {
		after[a.After] = true
	}
	for _, want := range []string{"", "t", "wA", "hA", "whA", "nA"} {
		if !after[want] {
			t.Errorf("katab+%s is not made", want)
		}
	}
	if after["w"] {
		t.Error("katab+w is made without a pronoun")
	}
}
