package corpus

import (
	"reflect"
	"strings"
	"testing"
)

func TestLinesReadBack(t *testing.T) {
	for _, l := range []string{
		"cut  dateline  «عمان (وكالة) -»",
		"name  person  «سلمى» = سلمى الحداد",
		"name  place  «عمان»",
		"time  date  2021 end  «نهاية 2021»",
		"time  date  2003-05-01  «الأول من مايو أيار 2003»",
		"quantity  2500 جندي  «2500 جندي»",
		"quantity  5..7 متر مكعب approx  «بين 5 و7 أمتار مكعبة»",
		"quantity  33.5 %  «33.5 بالمئة»",
		"statement  named «سلمى» = سلمى الحداد  via «البيان», «القناة» = قناة الغد  direct  «لن نتراجع»",
		"statement  implied = سلمى الحداد  indirect  «الطريق «مفتوح»",
		"event  AGREE  «وقع»  USA,IRQ → -  2021-07-26 happened",
		"event  ASSAULT  «قصف»  - → حزب الغد,SYR  - denied",
		"commitment  «أ» = أحمد علي, «ب»  «سحب القوات»  due 2021-12-31  agreement",
		"commitment  «أ»  «الرد»  due -  ultimatum",
	} {
		var m Marked
		if err := m.parse(l + "\n# a comment\n"); err != nil {
			t.Errorf("%s: %v", l, err)
			continue
		}
		if got := m.lines(); len(got) != 1 || got[0].text != l {
			t.Errorf("read back %v\nwant %s", got, l)
		}
	}
}

func TestBadLines(t *testing.T) {
	for line, want := range map[string]string{
		"name  «أ»":                     "fields",
		"person  «أ»  «ب»":              "no kind",
		"quantity  many جندي  «جنود»":   "invalid syntax",
		"statement  named «أ»  «قال»":   "a statement is",
		"event  AGREE  «وقع»  USA  - -": "an event ends",
	} {
		var m Marked
		if err := m.parse(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", line, err, want)
		}
	}
}

func TestDifferences(t *testing.T) {
	truth, given := &Marked{}, &Marked{}
	for m, text := range map[*Marked]string{
		truth: "name  place  «عمان»\nname  place  «عمان»\ntime  date  2021  «2021»\nnote  published",
		given: "name  place  «عمان»\ntime  date  2022  «2021»\nnote  published\nnote  text",
	} {
		if err := m.parse(text); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"missing: name  place  «عمان»", "missing: time  date  2021  «2021»", "extra: time  date  2022  «2021»"}
	if got := Differences(truth, given); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestBody(t *testing.T) {
	var m Marked
	m.parse("cut  dateline  «عمان -»\ncut  related  «اقرأ أيضا خبر ثان»")
	got, err := body("عمان - وقع أحمد.\n\n\nوقال.\n\nاقرأ  أيضا\nخبر ثان\nوأضاف.", m.Cuts)
	if want := "وقع أحمد.\n\nوقال.\n\nوأضاف."; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if _, err := body("وقع أحمد.", m.Cuts); err == nil {
		t.Error("a cut that is not in the text gives no error")
	}
}

func TestEnds(t *testing.T) {
	if got := ends("1 2 3 4 5 6 7 8 9"); got != "1 2 3 4 5 6 7 8 9" {
		t.Error(got)
	}
	if got := ends("1 2 3 4 5 6 7 8 9 10"); got != "1 2 3 4 … 7 8 9 10" {
		t.Error(got)
	}
}
