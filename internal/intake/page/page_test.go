package page

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/isnad-project/isnad/internal/lex"
)

// The paragraphs of the test pages: our own sentences.
const (
	one   = "افتتح وزير النقل في مدينة السلط جسرا جديدا يربط الحي القديم بالمستشفى الجامعي بعد ثلاث سنوات من العمل."
	two   = "وقال الوزير للصحفيين إن كلفة المشروع بلغت مليوني دينار، وإن الحركة عليه تبدأ صباح الأحد المقبل."
	three = "ويأمل سكان الحي القديم أن يخفف الجسر ازدحاما عرفته شوارعهم في السنوات العشر الماضية كل صباح."
)

const body = one + "\n\n" + two + "\n\n" + three

func paragraphsOf(tag string) string {
	open, end := "<"+tag+">", "</"+tag+">"
	return open + one + end + "\n" + open + two + end + "<figure><figcaption>الجسر</figcaption></figure>" + open + three + end
}

func lexicon(t testing.TB) *lex.Lexicon {
	t.Helper()
	l, err := lex.Default()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestWritten(t *testing.T) {
	l := lexicon(t)
	for in, want := range map[string]string{
		"تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً": "2020-04-24",
		"الأربعاء، 07 أكتوبر 2020 - 12:09 م":               "2020-10-07",
		"٣ تشرين الأول ٢٠٢١":                               "2021-10-03",
		"2021-07-26 | 12:42":                               "2021-07-26",
		"نشر في 26/7/2021":                                 "2021-07-26",
		"31 شباط 2021":                                     "",
		"5 آلاف جندي في 2020":                              "",
		"12 أبريل أيار 2020":                               "",
		"26 يوليو":                                         "",
	} {
		if got := written(in, l); got != want {
			t.Errorf("written(%s) = %q, want %q", in, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, head, body, title, published, outlet, byline string }{
		{
			"JSON-LD in a graph", `<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["Article","NewsArticle"],"headline":"جسر &quot;جديد&quot;","datePublished":"2021-07-26T10:00:00+0300","author":[{"name":"ليلى"}],"publisher":{"name":"الجسر"}}]}</script>`,
			"<article>" + paragraphsOf("p") + "</article>", `جسر "جديد"`, "2021-07-26T10:00:00+03:00", "الجسر", "ليلى",
		},
		{
			"OpenGraph", `<meta property="og:title" content="جسر جديد - الجسر"><meta property="og:site_name" content="الجسر"><meta property="article:published_time" content="2021-07-26T07:00:00Z"><meta name="author" content="ليلى">`,
			"<div>" + paragraphsOf("p") + "</div>", "جسر جديد", "2021-07-26T07:00:00Z", "الجسر", "ليلى",
		},
		{
			"its words alone", `<title>جسر جديد</title>`,
			`<h1>جسر جديد</h1><time datetime="2021-07-26">الاثنين</time><div id="c">` + paragraphsOf("p") + `</div>`, "جسر جديد", "2021-07-26", "", "",
		},
		{
			"the day in its address", `<title>جسر</title><link rel="canonical" href="https://example.org/news/2021/7/26/bridge">`,
			"<div>" + paragraphsOf("p") + "</div>", "جسر", "2021-07-26", "", "",
		},
		{
			"its outlet in its titles", `<title>جسر جديد - الجسر</title><meta property="og:title" content="الجسر - جسر جديد">`,
			"<div>" + paragraphsOf("p") + "</div>", "جسر جديد", "", "الجسر", "",
		},
		{
			"the day it shows", `<title>جسر جديد</title>`,
			`<h1>جسر جديد</h1><span>نشر في 26 تموز / يوليو 2021</span><div>` + paragraphsOf("p") + `</div>`, "جسر جديد", "2021-07-26", "", "",
		},
		{
			"broken JSON-LD", `<title>جسر</title><script type="application/ld+json">{"@type":"NewsArticle",</script>`,
			"<article>" + paragraphsOf("p") + "</article>", "جسر", "", "", "",
		},
		{
			"an impossible date", `<title>جسر</title><meta property="article:published_time" content="2021-13-40">`,
			"<article>" + paragraphsOf("p") + "</article>", "جسر", "", "", "",
		},
	} {
		page := "<!doctype html><html lang=ar><head><meta charset=utf-8>" + c.head + "</head><body><nav><ul><li><a href=/>الرئيسية</a></ul></nav>" + c.body + "<footer>جميع الحقوق محفوظة</footer></body></html>"
		a, _, err := Parse([]byte(page), lexicon(t))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if a.Title != c.title || a.Published != c.published || a.Outlet != c.outlet || a.Byline != c.byline {
			t.Errorf("%s: title %q, published %q, outlet %q, byline %q", c.name, a.Title, a.Published, a.Outlet, a.Byline)
		}
		got := strings.TrimPrefix(strings.TrimPrefix(a.Text, c.title+"\n\n"), "نشر في 26 تموز / يوليو 2021\n\n") // cut later, as debris
		if got != body {
			t.Errorf("%s: text is\n%s", c.name, got)
		}
	}
}

// TestSecondOpinion wants the part that the page marks where readability looks elsewhere.
func TestSecondOpinion(t *testing.T) {
	long := strings.Repeat("<p>نص طويل عن شيء آخر، فيه كلام كثير، لا شأن للخبر به، يطول ويطول حتى يظن أنه هو المقصود.</p>", 30)
	page := `<html><head><meta charset=utf-8><title>جسر</title><meta name="description" content="` + one + `"></head><body><div itemprop="articleBody">` +
		strings.ReplaceAll(body, "\n\n", "<br><br>") + `</div><div class="content">` + long + `</div></body></html>`
	a, _, err := Parse([]byte(page), lexicon(t))
	if err != nil || !strings.Contains(a.Text, two) {
		t.Errorf("%v, text is\n%s", err, a.Text)
	}
}

func TestDeclaredCharset(t *testing.T) {
	page := `<html><head><meta charset="windows-1256"><title>جسر</title></head><body><article>` + paragraphsOf("p") + `</article></body></html>`
	b, err := charmap.Windows1256.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	a, _, err := Parse([]byte(b), lexicon(t))
	if err != nil || a.Title != "جسر" || a.Text != body {
		t.Errorf("%v: %q\n%s", err, a.Title, a.Text)
	}
}

func TestNoText(t *testing.T) {
	if _, _, err := Parse([]byte("<html><body></body></html>"), lexicon(t)); !errors.Is(err, ErrNoText) {
		t.Errorf("error %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("<html><article><p>" + one + "</p></article>"))
	f.Add([]byte(`<script type="application/ld+json">[[[{"@graph":{"@type":"Article","headline":[]}}]]]</script><p>`))
	l := lexicon(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		a, _, err := Parse(b, l)
		if err == nil && a.Text == "" {
			t.Error("an article without text")
		}
	})
}
