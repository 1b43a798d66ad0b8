package lex

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/isnad-project/isnad/internal/script"
)

func load(t testing.TB) *Lexicon {
	t.Helper()
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestInflection names a form and the dictionary form it must lead back to.
func TestInflection(t *testing.T) {
	l := load(t)
	speech := func(s Sense) string { return l.Speeches[s.Row].Perfect }
	nation := func(s Sense) string { return l.Countries[s.Row].ISO3 }
	title := func(s Sense) string { return l.Titles[s.Row].Title }
	currency := func(s Sense) string { return l.Currencies[s.Row].Name }
	for _, c := range []struct {
		form  string
		table Table
		want  string
		row   func(Sense) string
	}{
		{"قالت", Speech, "قال", speech},
		{"يقولون", Speech, "قال", speech},
		{"يقل", Speech, "قال", speech},
		{"دعت", Speech, "دعا", speech},
		{"دعوا", Speech, "دعا", speech},
		{"نفوا", Speech, "نفي", speech},
		{"مؤكدا", Speech, "اكد", speech},
		{"داعيا", Speech, "دعا", speech},
		{"مشيرة", Speech, "اشار", speech},
		{"عراقيون", Nation, "IRQ", nation},
		{"أمريكية", Nation, "USA", nation},
		{"وزيرة", Title, "وزير", title},
		{"وزراء", Title, "وزير", title},
		{"جنيها", Currency, "جنيه", currency},
		{"جنيهان", Currency, "جنيه", currency},
		{"ليرتان", Currency, "ليرة", currency},
	} {
		s, ok := l.Word(script.Fold(c.form)).Sense(c.table)
		if !ok {
			t.Errorf("%s is not known", c.form)
		} else if got := c.row(s); got != c.want {
			t.Errorf("%s leads to %s, want %s", c.form, got, c.want)
		}
	}
}

func TestPhrase(t *testing.T) {
	l := load(t)
	w := l.Word("الولايات").Next("المتحده")
	if s, ok := w.Sense(Country); !ok || l.Countries[s.Row].ISO3 != "USA" {
		t.Errorf("الولايات المتحدة is %v", w)
	}
	if w.Next("الامريكيه") == nil {
		t.Error("no longer name goes on from it")
	}
}

// TestStrict breaks a table in each way and wants every fault named by file and line.
func TestStrict(t *testing.T) {
	broken := fstest.MapFS{"weekdays.tsv": {Data: []byte("# comment\nname\tnumber\tsource\n" +
		"الاثنين\t1\town\n" + "الاثنين\t1\town\n" + "الثلاثاء\t9\town\n" + "الأربعاء\t3\n" + "الخميس\t4\t\n" + " الجمعة\t5\town\n")}}
	_, err := Load(broken)
	if err == nil {
		t.Fatal("loaded")
	}
	for _, want := range []string{"weekdays.tsv:4:", "weekdays.tsv:5:", "weekdays.tsv:6:", "weekdays.tsv:7:", "weekdays.tsv:8:", "months.tsv:0:"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no fault at %s in:\n%v", want, err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		l, err := Load(data())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(l.Forms()), "forms")
	}
}
