package ling_test

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// chunks cuts a text whose persons stand between braces.
func chunks(t *testing.T, s string) (*ling.Chunks, string) {
	t.Helper()
	l, err := lex.Default()
	if err != nil {
		t.Fatal(err)
	}
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var names []isnad.Name
	start := 0
	for _, r := range s {
		switch r {
		case '{':
			start = b.Len()
		case '}':
			names = append(names, isnad.Name{Span: isnad.Span{Start: start, End: b.Len()}, Kind: isnad.Person})
		default:
			b.WriteRune(r)
		}
	}
	d := ling.New(l, v).Analyze(b.String())
	return d.Chunks(names), d.Text
}

func words(c *ling.Chunks, text string, first, last int) string {
	if first >= last {
		return ""
	}
	return text[c.Tokens[first].Start:c.Tokens[last-1].End]
}

func TestNounPhrase(t *testing.T) {
	for _, x := range []struct{ text, want string }{
		{"وزير الصحة الأردني في العاصمة", "وزير الصحة الأردني"},
		{"رئيس البلدية {سامر حداد} إن", "رئيس البلدية سامر حداد"},
		{"{سامر حداد} {ليلى عون}", "سامر حداد"},
		{"مصادر طبية محلية مقتل عامل", "مصادر طبية محلية"},
		{"الشرطة والدفاع المدني أن", "الشرطة والدفاع المدني"},
		{"هذه القرية التي", "هذه القرية"},
		{"مهندسون المزيد من", "مهندسون"},
		{"إلغاء الرحلة أمس", "إلغاء الرحلة"},
		{"في البيت", ""},
		{"مصادر عسكرية يونانية، أمس", "مصادر عسكرية يونانية"},
		{"كبير مفاوضي الاتحاد في", "كبير مفاوضي الاتحاد"},
		{"الصحيفة نفسها أن", "الصحيفة نفسها"},
		{"دبلوماسي شرقي إن", "دبلوماسي شرقي"},
		{"الوزارة 3 مدارس", "الوزارة"},
	} {
		c, text := chunks(t, x.text)
		if got := words(c, text, 0, c.NounPhrase(0)); got != x.want {
			t.Errorf("%s: noun phrase «%s», want «%s»", text, got, x.want)
		}
	}
}

func TestVerbAt(t *testing.T) {
	for _, x := range []struct {
		text  string
		token int
		want  ling.Verb
		ok    bool
	}{
		{"أعلنت الوزارة", 0, ling.Verb{Tense: lex.Perfect, Feminine: true}, true},
		{"الوزراء يؤكدون أن", 1, ling.Verb{Tense: lex.Imperfect, Plural: true}, true},
		{"طلب القاضي من الشاهد", 0, ling.Verb{Tense: lex.Perfect}, true},
		{"بعد طلب القاضي", 1, ling.Verb{}, false},
		{"إلى نقل السجناء", 1, ling.Verb{}, false},
		{"ونقل المدير", 0, ling.Verb{Tense: lex.Perfect}, true},
		{"دراسة جديدة", 0, ling.Verb{}, false},
	} {
		c, text := chunks(t, x.text)
		got, ok := c.VerbAt(x.token)
		if ok != x.ok || ok && got != x.want {
			t.Errorf("%s: token %d: %+v %v, want %+v %v", text, x.token, got, ok, x.want, x.ok)
		}
	}
}

func TestSubject(t *testing.T) {
	for _, x := range []struct {
		text  string
		token int
		want  string
	}{
		{"أعلن الثلاثاء رئيس البلدية أن", 0, "رئيس البلدية"},
		{"أكدت، في بيان، وزارة الصحة أن", 0, "وزارة الصحة"},
		{"كانت الشرطة قد قالت إن", 3, "الشرطة"},
		{"لكن المدير قال إن", 2, "المدير"},
		{"وأضاف أن", 0, ""},
	} {
		c, text := chunks(t, x.text)
		first, last, _ := c.Subject(x.token)
		if got := words(c, text, first, last); got != x.want {
			t.Errorf("%s: subject «%s», want «%s»", text, got, x.want)
		}
	}
}
