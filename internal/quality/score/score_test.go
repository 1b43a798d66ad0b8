package score

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/corpus"
	"github.com/isnad-project/isnad/reader"
)

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"الكاظمي", "مصطفى الكاظمي", true},
		{"للأمم المتحدة", "الأمم المتحدة", true},
		{"والحكومة", "حكومة", true},
		{"وزير الدفاع", "وزير الخارجية", true},
		{"مصر", "قطر", false},
		{"", "", true},
		{"", "قطر", false},
	} {
		if got := alike(c.a, c.b); got != c.want {
			t.Errorf("alike(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestAlign(t *testing.T) {
	a, b := strings.Fields("س ق ا ب ج د ر"), strings.Fields("ا ب ز ج د")
	if got, want := align(b, a), []int{2, 3, -1, 4, 5}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTokens(t *testing.T) {
	got := tokenize("قال: «نعم». ثم مضى-وحده\nوعاد.")
	if want := []string{"قال", "نعم", "ثم", "مضي", "وحده", "وعاد"}; !reflect.DeepEqual(got.words, want) {
		t.Errorf("words %q", got.words)
	}
	if want := []int{0, 0, 1, 1, 1, 2}; !reflect.DeepEqual(got.sentences, want) {
		t.Errorf("sentences %v", got.sentences)
	}
}

func TestMatch(t *testing.T) {
	worth := [][]float64{{0.5, 0.9}, {0.4, 0.8}}
	got := match(2, 2, func(i, j int) float64 { return worth[i][j] })
	if want := []pair{{0, 1, 0.9}, {1, 0, 0.4}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

// TestPerfect gives a record that says what the truth says full marks.
func TestPerfect(t *testing.T) {
	text := "وقعت مصر اتفاقا. وقالت مصر إن المطر قريب."
	at := func(s string, from int) isnad.Span {
		i := strings.Index(text[from:], s) + from
		return isnad.Span{Start: i, End: i + len(s)}
	}
	tr := isnad.Trust{Rule: "hand", Confidence: 1}
	second := at("مصر", at("قالت", 0).End)
	said := at("المطر قريب", 0)
	m := &corpus.Marked{
		Body:       text,
		Names:      []corpus.Name{{Text: "مصر", Kind: "place", Entity: "مصر"}, {Text: "مصر", Kind: "place", Entity: "مصر"}},
		Statements: []corpus.Statement{{Kind: "body", Speaker: corpus.Party{Words: "مصر"}, Content: "المطر قريب"}},
		Events:     []corpus.Event{{Type: "AGREE", Trigger: "وقعت", Actors: []string{"EGY"}}},
	}
	r := &isnad.Record{
		Article:    isnad.Article{Text: text},
		Entities:   []isnad.Entity{{Name: "مصر", Kind: isnad.Place}},
		Names:      []isnad.Name{{Span: at("مصر", 0), Kind: isnad.Place, Trust: tr}, {Span: second, Kind: isnad.Place, Trust: tr}},
		Statements: []isnad.Statement{{Span: said, Content: said, Speaker: isnad.Source{Span: second}, SpeakerKind: isnad.Body, Trust: tr}},
		Events:     []isnad.Event{{Span: at("وقعت", 0), Trigger: at("وقعت", 0), Type: "AGREE", Actors: []string{"EGY"}, Trust: tr}},
	}
	var s Sheet
	s.Add(m, r)
	for _, k := range []Kind{Text, Names, NamesLoose, Entities, StatementsFound, Statements, Chain, Events, Actors} {
		if c := s.Count(k); c.F1() != 1 {
			t.Errorf("%s: %v", k, c)
		}
	}
	if n := len(s.Given(Names)); n != 2 {
		t.Errorf("%d names given", n)
	}
}

// TestAgreement holds the figures against those of the program that the marked articles
// came with, where both are at hand.
func TestAgreement(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "..", "shared")
	script, dir := filepath.Join(shared, "score.py"), filepath.Join(shared, "gold", "dev")
	python, err := exec.LookPath("python3")
	if _, missing := os.Stat(script); missing != nil || err != nil {
		t.Skip("the other scorer is not there")
	}
	list, err := corpus.LoadGold(dir)
	if err != nil || len(list) == 0 {
		t.Skip("no marked articles: ", err)
	}
	r, err := reader.New()
	if err != nil {
		t.Fatal(err)
	}
	var s Sheet
	var lines []byte
	for i := range list {
		rec := r.Read(list[i].Article)
		s.Add(&list[i], &rec)
		if lines, err = rec.AppendJSON(lines); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, '\n')
	}
	cmd := exec.Command(python, script, "score", dir, "--json")
	cmd.Stdin = strings.NewReader(string(lines))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	checkFigures(t, &s, out)
}

func checkFigures(t *testing.T, s *Sheet, out []byte) {
	t.Helper()
	var theirs map[string]json.RawMessage
	if err := json.Unmarshal(out, &theirs); err != nil {
		t.Fatal(err)
	}
	for _, k := range Kinds() {
		var want [5]float64
		if err := json.Unmarshal(theirs[string(k)], &want); err != nil {
			t.Fatalf("%s: %v", k, err)
		}
		c := s.Count(k)
		got := [5]float64{c.Precision(), c.Recall(), c.F1(), float64(c.Marked), float64(c.Given)}
		for i := range got {
			if math.Abs(got[i]-want[i]) > 0.0006 {
				t.Errorf("%s: got %.4f, the other scorer %.4f", k, got, want)
				break
			}
		}
	}
}
