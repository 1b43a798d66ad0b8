package page

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/isnad-project/isnad"
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

// parse is Read for a page of no known source, its doubts in one sentence.
func parse(b []byte, l *lex.Lexicon) (a isnad.Article, doubt string, err error) {
	a, doubts, err := Read(b, Source{}, l)
	return a, strings.Join(doubts, "; "), err
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
			"its author by a class", `<title>جسر جديد</title>`,
			`<h1>جسر جديد</h1><div class="author_name big">بقلم: <a href="/l">ليلى</a></div><div>` + paragraphsOf("p") + `</div><div class="author">سمير</div>`, "جسر جديد", "", "", "ليلى",
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
		a, _, err := parse([]byte(page), lexicon(t))
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
	a, _, err := parse([]byte(page), lexicon(t))
	if err != nil || !strings.Contains(a.Text, two) {
		t.Errorf("%v, text is\n%s", err, a.Text)
	}
}

// TestCharsets reads one page in every charset, declared rightly, wrongly and not at all.
func TestCharsets(t *testing.T) {
	text := strings.ReplaceAll(paragraphsOf("p"), "»", "")
	for _, c := range []struct {
		name, declared, header string
		e                      encoding.Encoding
	}{
		{"UTF-8", "utf-8", "", encoding.Nop},
		{"UTF-8, not declared", "", "", encoding.Nop},
		{"UTF-8, declared windows-1256", "windows-1256", "text/html; charset=windows-1256", encoding.Nop},
		{"windows-1256", "windows-1256", "", charmap.Windows1256},
		{"windows-1256, not declared", "", "", charmap.Windows1256},
		{"windows-1256, declared UTF-8", "utf-8", "text/html; charset=utf-8", charmap.Windows1256},
		{"windows-1256, declared ISO 8859-1", "iso-8859-1", "", charmap.Windows1256},
		{"ISO 8859-6", "iso-8859-6", "", charmap.ISO8859_6},
		{"ISO 8859-6, not declared", "", "", charmap.ISO8859_6},
		{"ISO 8859-6, declared windows-1256", "windows-1256", "", charmap.ISO8859_6},
		{"UTF-16 with a mark", "utf-16", "", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"UTF-16 without one", "", "", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	} {
		head := ""
		if c.declared != "" {
			head = `<meta charset="` + c.declared + `">`
		}
		b, err := c.e.NewEncoder().String("<html><head>" + head + "<title>جسر</title></head><body><article>" + text + "</article></body></html>")
		if err != nil {
			t.Fatal(err)
		}
		a, _, err := Read([]byte(b), Source{ContentType: c.header}, lexicon(t))
		if err != nil || a.Title != "جسر" || a.Text != body {
			t.Errorf("%s: %v: %q\n%s", c.name, err, a.Title, a.Text)
		}
	}
}

// TestFetched does not take the server's clock for the time of publication.
func TestFetched(t *testing.T) {
	page := func(shown string) []byte {
		return []byte(`<html><head><meta charset=utf-8><title>جسر جديد</title><meta property="article:published_time" content="2021-08-29T10:00:30Z"></head><body><h1>جسر جديد</h1><div>` + shown + "</div><div>" + paragraphsOf("p") + "</div></body></html>")
	}
	from := Source{Fetched: time.Date(2021, 8, 29, 10, 0, 45, 0, time.UTC)}
	for shown, want := range map[string]string{
		"نشر في 26 تموز 2021": "2021-07-26", "": "2021-08-29T10:00:30Z", "نشر في 29 آب 2021": "2021-08-29T10:00:30Z",
	} {
		a, doubts, err := Read(page(shown), from, lexicon(t))
		if err != nil || a.Published != want || (want == "2021-07-26") != (len(doubts) == 1) {
			t.Errorf("%q: %v, published %q, want %q; doubts %q", shown, err, a.Published, want, doubts)
		}
	}
}

// TestModifiedAlone does not take the day of a change for that of publication.
func TestModifiedAlone(t *testing.T) {
	page := "<html><head><meta charset=utf-8><title>جسر جديد</title></head><body><h1>جسر جديد</h1><div>آخر تحديث: 26 تموز 2021</div><div>" + paragraphsOf("p") + "</div></body></html>"
	a, doubt, err := parse([]byte(page), lexicon(t))
	if err != nil || a.Published != "" || a.Modified != "2021-07-26" || doubt == "" {
		t.Errorf("%v: published %q, modified %q, doubt %q", err, a.Published, a.Modified, doubt)
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct{ head, from, want string }{
		{`<link rel="canonical" href="/n/1">`, "https://example.org/amp/n/1", "https://example.org/n/1"},
		{`<link rel="canonical" href="https://example.org/">`, "https://example.org/n/1", "https://example.org/n/1"},
		{`<link rel="canonical" href="javascript:x"><meta property="og:url" content="https://example.org/n/2#top">`, "", "https://example.org/n/2"},
		{``, "https://example.org/n/1", "https://example.org/n/1"},
	} {
		a, _, err := Read([]byte("<html><head><meta charset=utf-8>"+c.head+"</head><body>"+paragraphsOf("p")+"</body></html>"), Source{Address: c.from}, lexicon(t))
		if err != nil || a.URL != c.want {
			t.Errorf("%s from %s: %v, %q", c.head, c.from, err, a.URL)
		}
	}
}

// TestLimits reads pages made to be slow, deep or large.
func TestLimits(t *testing.T) {
	for _, s := range []string{"<div>", "<article>", "<div itemprop=author>", "<h1>", "<time datetime=x>", "<a><h2>", "<table><tr><td>", "<script type=application/ld+json>[[[[[", `<meta name=author content="رويترز،">`} {
		page := strings.Repeat(s, 1<<20/len(s)) + paragraphsOf("p")
		a, _, err := parse([]byte(page), lexicon(t))
		if !strings.HasPrefix(s, "<script") && (err != nil || !strings.Contains(a.Text, two)) {
			t.Errorf("%s: %v", s, err)
		}
	}
	if _, _, err := parse(make([]byte, Limit+1), lexicon(t)); !errors.Is(err, ErrLarge) {
		t.Errorf("too large: %v", err)
	}
}

func TestNoText(t *testing.T) {
	if _, _, err := parse([]byte("<html><body></body></html>"), lexicon(t)); !errors.Is(err, ErrNoText) {
		t.Errorf("error %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("<html><article><p>" + one + "</p></article>"))
	f.Add([]byte(`<title>الجسر - جسر جديد</title><h2>جسر جديد</h2><div>نشر في 15 رمضان 1442 هـ</div><p>` + one))
	f.Add([]byte(`<link rel=canonical href="//"><meta name=author content="رويترز"><table><td><a><h3>ا</a><h3><a>ا</a>`))
	f.Add([]byte(`<script type="application/ld+json">[[[{"@graph":{"@type":"Article","headline":[]}}]]]</script><p>`))
	l := lexicon(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		a, _, err := Read(b, Source{Address: "https://example.org/n/1", Fetched: time.Unix(1627293600, 0)}, l)
		if err == nil && (a.Text == "" || a.Extractor == "") {
			t.Error("an article without text")
		}
		if !utf8.ValidString(a.Text + a.Title + a.Byline + a.Agency + a.Outlet) {
			t.Error("not UTF-8")
		}
	})
}
