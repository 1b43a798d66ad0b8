package story

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

func editor(t testing.TB) *Editor {
	t.Helper()
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// article is a record without findings.
func article(id, outlet, published, title, text string) *isnad.Record {
	return &isnad.Record{Article: isnad.Article{ID: id, Outlet: outlet, Published: published, Title: title, Text: text, Language: "ar"}}
}

const (
	flood = "اجتاحت السيول بلدة الزهراء فجر الثلاثاء وجرفت جسر الوادي القديم وعشرات السيارات. وقال رئيس البلدية إن فرق الإنقاذ " +
		"انتشلت ستة من السكان وإن الطريق إلى السد مقطوع. وفتحت المدارس أبوابها لإيواء الأسر التي غمرت المياه بيوتها. " +
		"وحذرت هيئة الأرصاد من أمطار غزيرة أخرى مساء الأربعاء."
	floodToo = "قطعت السيول الطريق إلى سد الزهراء بعد أن جرفت جسر الوادي. وانتشل رجال الإنقاذ ستة أشخاص من مياه السيول، وتقيم أسر " +
		"كثيرة في مدارس البلدة. وتوقعت الأرصاد هطول أمطار أخرى الأربعاء."
	market = "ارتفعت أسعار القطن في البورصة بعد تقرير عن تراجع المحصول، وقال تجار إن المصانع زادت مشترياتها قبل موسم الشتاء. " +
		"وسجل العقد الآجل أعلى مستوى منذ عامين."
)

func TestSimilarity(t *testing.T) {
	e := editor(t)
	a := e.Sketch(article("a", "x", "2018-04-07", "السيول تجتاح الزهراء", flood))
	b := e.Sketch(article("b", "y", "2018-04-08", "سيول الزهراء تقطع طريق السد", floodToo))
	c := e.Sketch(article("c", "z", "2018-04-08", "القطن يرتفع", market))
	if s := Similarity(&a, &b); s < Same || s != Similarity(&b, &a) {
		t.Errorf("of one happening: %.2f and %.2f, want %.2f at least and both the same", s, Similarity(&b, &a), Same)
	}
	if s := Similarity(&a, &c); s > Same/3 {
		t.Errorf("of two happenings: %.2f", s)
	}
	if s := Similarity(&a, &a); math.Abs(s-1) > 0.001 {
		t.Errorf("of itself: %.3f", s)
	}
}

// TestSpelling wants marks and other spellings of a letter to change nothing.
func TestSpelling(t *testing.T) {
	e := editor(t)
	a := e.Sketch(article("a", "x", "2018-04-07", "السيول تجتاح الزهراء", flood))
	b := e.Sketch(article("a", "x", "2018-04-07", "السّيول تجتـاح الزهراء", strings.NewReplacer("أ", "ا", "السيول", "السُّيول").Replace(flood)))
	if !reflect.DeepEqual(a, b) {
		t.Error("the sketches differ")
	}
}

func TestCopy(t *testing.T) {
	e := editor(t)
	sentences := strings.SplitAfter(flood, ". ")
	a := e.Sketch(article("a", "x", "2018-04-07", "السيول تجتاح الزهراء", flood))
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"the same", flood, true},
		{"cut", strings.Join(sentences[:2], ""), true},
		{"with a beginning of its own", "أفاد مراسلنا بأن الوضع ما زال صعبا هذا المساء. " + flood, true},
		{"with a word changed", strings.Replace(flood, "ستة", "سبعة", 1), true},
		{"told in other words", floodToo, false},
		{"of something else", market, false},
		{"too short to tell", "اجتاحت السيول بلدة الزهراء فجر الثلاثاء", false},
		{"empty", "", false},
	} {
		b := e.Sketch(article("b", "y", "2018-04-07", "عنوان آخر", c.text))
		if Copy(&a, &b) != c.want || Copy(&b, &a) != c.want {
			t.Errorf("%s: %v, containment %.2f", c.name, Copy(&a, &b), containment(&a, &b))
		}
	}
}

func TestAlone(t *testing.T) {
	e := editor(t)
	for _, c := range []struct {
		name string
		r    *isnad.Record
	}{
		{"no day", article("a", "x", "", "السيول", flood)},
		{"a day that is none", article("a", "x", "2018-02-31", "السيول", flood)},
		{"empty", article("a", "x", "2018-04-07", "", "")},
		{"another language", &isnad.Record{Article: isnad.Article{ID: "a", Published: "2018-04-07", Language: "fr", Text: flood}}},
	} {
		if s := e.Sketch(c.r); !s.alone() {
			t.Errorf("%s: not alone: %d terms, minute %d", c.name, len(s.Terms), s.Minute)
		}
	}
}

func TestDay(t *testing.T) {
	for published, want := range map[string]string{
		"2018-04-07":                "2018-04-07",
		"2018-04-07T23:37:23+00:00": "2018-04-07",
		"2018-04-07T00:41:21+04:00": "2018-04-06",
		"2018-04-07 23:59:59":       "2018-04-07",
		"1969-12-31T23:00:00Z":      "1969-12-31",
		"أمس":                       "",
	} {
		s := Sketch{Minute: minute(published)}
		if got := date(&s); got != want {
			t.Errorf("%s: day %q, want %q", published, got, want)
		}
	}
	if s := (Sketch{Minute: -1}); s.Day() != -1 {
		t.Errorf("the minute before 1970 is of day %d", s.Day())
	}
}

func TestCodec(t *testing.T) {
	e := editor(t)
	for _, r := range []*isnad.Record{
		article("a/1", "x", "2018-04-07T10:00:00Z", "السيول تجتاح الزهراء", flood+" "+market),
		article("", "", "", "", ""),
	} {
		s := e.Sketch(r)
		b, err := s.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var back Sketch
		if err := back.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(s, back) {
			t.Errorf("%v: back comes %+v of %+v", err, back, s)
		}
		for n := range b {
			if err := back.UnmarshalBinary(b[:n]); err == nil {
				t.Fatalf("no error for the first %d of %d bytes", n, len(b))
			}
		}
		if err := back.UnmarshalBinary(append(b, 0)); err == nil {
			t.Error("no error for a byte too many")
		}
		b[0]++
		if err := back.UnmarshalBinary(b); err == nil {
			t.Error("no error for another version")
		}
	}
}

// FuzzSketch reads any bytes as a kept sketch: what is read is kept as it was, and can be
// compared.
func FuzzSketch(f *testing.F) {
	e := editor(f)
	s := e.Sketch(article("a", "x", "2018-04-07", "السيول تجتاح الزهراء", flood))
	b, _ := s.MarshalBinary()
	f.Add(b)
	f.Add([]byte{version, 0, 0, 0, 0, 0})
	f.Add([]byte{version, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		var got Sketch
		if got.UnmarshalBinary(b) != nil {
			return
		}
		kept, _ := got.MarshalBinary()
		var again Sketch
		if err := again.UnmarshalBinary(kept); err != nil || !reflect.DeepEqual(got, again) {
			t.Errorf("%v: %+v and %+v", err, got, again)
		}
		if x := Similarity(&got, &s); x < 0 || x > 1 || Copy(&got, &s) != Copy(&s, &got) {
			t.Errorf("similarity %v", x)
		}
	})
}
