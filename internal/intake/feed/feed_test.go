package feed

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const base = "https://example.org/rss/all.xml"

func parse(t testing.TB, s string) Feed {
	t.Helper()
	f, err := Parse([]byte(s), "", base)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// check compares a feed of one item.
func check(t *testing.T, name string, got Feed, want Item) {
	t.Helper()
	if len(got.Items) != 1 || got.Items[0] != want {
		t.Errorf("%s: %d items:\n%+v\nwant\n%+v", name, len(got.Items), got.Items, want)
	}
}

const rss = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>صحيفة الجسر</title><link>https://example.org/</link><atom:link href="https://example.org/rss/all.xml" rel="self" type="application/rss+xml"/>
<image><title>شعار</title><url>https://example.org/logo.png</url><link>https://example.org/x</link></image>
<item><title><![CDATA[جسر جديد في &quot;السلط&quot;]]></title><link>
/news/1 </link><guid isPermaLink="false">1</guid><media:content url="a.jpg"><media:title>صورة</media:title></media:content>
<description>&lt;p&gt;افتتح الوزير &lt;b&gt;الجسر&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;والسير&amp;nbsp;الأحد.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>افتتح الوزير الجسر.</p><p>وقال إن السير يبدأ الأحد.</p>]]></content:encoded>
<dc:creator>ليلى الحسن</dc:creator><pubDate>Mon, 26 Jul 2021 10:00:00 +0300</pubDate><source url="https://example.com">وكالة المدينة</source></item>
</channel></rss>`

var one = Item{
	URL: "https://example.org/news/1", ID: "1", Title: `جسر جديد في "السلط"`, Summary: "افتتح الوزير الجسر. والسير الأحد.",
	Content: "<p>افتتح الوزير الجسر.</p><p>وقال إن السير يبدأ الأحد.</p>", Author: "ليلى الحسن", Outlet: "وكالة المدينة", Published: "2021-07-26T10:00:00+03:00",
}

func TestRSS(t *testing.T) {
	f := parse(t, rss)
	check(t, "RSS", f, one)
	if f.Kind != RSS || f.Title != "صحيفة الجسر" || f.Link != "https://example.org/" || len(f.Doubts) != 0 || len(f.More) != 0 {
		t.Errorf("%+v", f)
	}
}

func TestRSSForms(t *testing.T) {
	wrap := func(item string) string { return `<rss version="2.0"><channel>` + item + `</channel></rss>` }
	for _, c := range []struct {
		name, in string
		want     Item
	}{
		{"the guid is the link", wrap(`<item><guid>https://example.org/2</guid><title>ا</title></item>`), Item{URL: "https://example.org/2", ID: "https://example.org/2", Title: "ا"}},
		{"an Atom link in an item", wrap(`<item><atom:link href="/3"/><title>ا</title></item>`), Item{URL: "https://example.org/3", Title: "ا"}},
		{"no web address", wrap(`<item><link>javascript:alert(1)</link><title>ا</title></item>`), Item{Title: "ا"}},
		{"Arabic and a stray percent sign in the address", wrap(`<item><link>https://example.org/خبر 50%</link></item>`), Item{URL: "https://example.org/%D8%AE%D8%A8%D8%B1%2050%25"}},
		{"markup that is not escaped", wrap(`<item><title>ا</title><description><p>افتتح <b>الوزير</b> الجسر.<br>والسير الأحد.</p></description></item>`), Item{Title: "ا", Summary: "افتتح الوزير الجسر. والسير الأحد."}},
		{"entities of HTML, and a bare &", wrap(`<item><title>&laquo;الجسر&raquo; & الطريق &nosuch; &amp;amp;</title></item>`), Item{Title: "«الجسر» & الطريق &nosuch; &"}},
		{"an author with a mail address", wrap(`<item><title>ا</title><author>a@example.org (ليلى)</author></item>`), Item{Title: "ا", Author: "ليلى"}},
		{"an Arabic date", wrap(`<item><title>ا</title><pubDate>الأربعاء، 07 أكتوبر 2020 - 12:09 م</pubDate></item>`), Item{Title: "ا", Published: "2020-10-07"}},
		{"a Hijri date", wrap(`<item><title>ا</title><pubDate>15 رمضان 1442 هـ</pubDate></item>`), Item{Title: "ا", Published: "2021-04-27"}},
		{"no date", wrap(`<item><title>ا</title><pubDate>أمس</pubDate></item>`), Item{Title: "ا"}},
		{"names in capitals", `<RSS><Channel><ITEM><Title>ا</Title><PUBDATE>2021-07-26</PUBDATE></ITEM></Channel></RSS>`, Item{Title: "ا", Published: "2021-07-26"}},
		{"another prefix", `<rss xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:d="http://purl.org/dc/elements/1.1/"><channel><item><d:date>2021-07-26</d:date><c:encoded>&lt;p&gt;ا&lt;/p&gt;</c:encoded></item></channel></rss>`, Item{Content: "<p>ا</p>", Published: "2021-07-26"}},
		{"RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>ج</title><items><rdf:Seq><rdf:li resource="y"/></rdf:Seq></items></channel><item rdf:about="https://example.org/4"><title>ا</title><dc:date>2021-07-26T10:00:00Z</dc:date></item></rdf:RDF>`, Item{URL: "https://example.org/4", Title: "ا", Published: "2021-07-26T10:00:00Z"}},
		{"a channel alone", `<channel><item><title>ا</title></item></channel>`, Item{Title: "ا"}},
		{"a warning of the server before it", "<br />\n<b>Warning</b>: in line 3<br />\n" + wrap(`<item><title>ا</title></item>`), Item{Title: "ا"}},
		{"a document type and a comment", `<?xml version="1.1"?><!DOCTYPE rss [<!ENTITY a "b">]><!-- <rss> -->` + wrap(`<item><title>ا</title></item>`), Item{Title: "ا"}},
		{"control characters", wrap("<item><title>ا\x0bب</title></item>"), Item{Title: "اب"}},
		{"tags closed in the wrong order", wrap(`<item><title>ا</title><a><b></a></b><author>ليلى</author></item>`), Item{Title: "ا", Author: "ليلى"}},
	} {
		check(t, c.name, parse(t, c.in), c.want)
	}
}

func TestAtom(t *testing.T) {
	const entry = `<entry><title type="html">جسر &amp;quot;جديد&amp;quot;</title><id>tag:example.org,2021:5</id>
<link rel="edit" href="/edit/5"/><link rel="alternate" type="application/json" href="/5.json"/><link rel="alternate" type="text/html" href="5"/>
<author><name>ليلى</name></author><author><name>سمير</name></author><published>2021-07-26T10:00:00Z</published><updated>2021-07-27T10:00:00Z</updated>
<summary>افتتح الوزير الجسر.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>افتتح <b>الوزير</b> الجسر.</p></div></content><source><title>الأولى</title></source></entry>`
	want := Item{
		URL: "https://example.org/news/5", ID: "tag:example.org,2021:5", Title: `جسر "جديد"`, Summary: "افتتح الوزير الجسر.", Author: "ليلى، سمير", Outlet: "الأولى",
		Content:   `<div xmlns="http://www.w3.org/1999/xhtml"><p>افتتح <b>الوزير</b> الجسر.</p></div>`,
		Published: "2021-07-26T10:00:00Z", Updated: "2021-07-27T10:00:00Z",
	}
	f := parse(t, `<feed xmlns="http://www.w3.org/2005/Atom"><title>الجسر</title><link rel="self" href="/atom"/><link href="/"/>`+strings.Replace(entry, "<entry>", `<entry xml:base="/news/">`, 1)+`</feed>`)
	check(t, "Atom", f, want)
	if f.Kind != Atom || f.Title != "الجسر" || f.Link != "https://example.org/" {
		t.Errorf("%+v", f)
	}
	prefixed := strings.NewReplacer("</", "</a:", "<", "<a:", `xmlns="http://www.w3.org/1999/xhtml"`, "").Replace(strings.Replace(entry, "<entry>", `<entry xml:base="/news/">`, 1))
	prefixed = strings.ReplaceAll(prefixed, "<a:/", "</")
	f = parse(t, `<a:feed xmlns:a="http://www.w3.org/2005/Atom">`+prefixed+`</a:feed>`)
	if len(f.Items) != 1 || f.Items[0].URL != want.URL || f.Items[0].Author != want.Author {
		t.Errorf("with a prefix: %+v", f)
	}
}

func TestJSON(t *testing.T) {
	const in = `{"version":"https://jsonfeed.org/version/1.1","title":"الجسر","home_page_url":"https://example.org","items":[
{"id":7,"url":"/7","title":"جسر","summary":"افتتح","content_text":"أ < ب","date_published":"2021-07-26T10:00:00+03:00","date_modified":"2021-07-27","authors":[{"name":"ليلى"},{"name":"سمير"}],"image":null,"tags":[1]}`
	want := Item{URL: "https://example.org/7", ID: "7", Title: "جسر", Summary: "افتتح", Content: "أ &lt; ب", Author: "ليلى، سمير", Published: "2021-07-26T10:00:00+03:00", Updated: "2021-07-27"}
	f := parse(t, in+"]}")
	check(t, "JSON", f, want)
	if f.Kind != JSON || f.Title != "الجسر" || f.Link != "https://example.org" || len(f.Doubts) != 0 {
		t.Errorf("%+v", f)
	}
	f = parse(t, in+`,{"id":"8","title":"نصف`)
	if check(t, "cut JSON", f, want); len(f.Doubts) != 1 {
		t.Errorf("doubts %q", f.Doubts)
	}
	f = parse(t, in+`,3,[],{"id":"9","title":{"a":1},"author":"x"}]}`)
	if len(f.Items) != 2 || len(f.Doubts) != 2 || f.Items[1].ID != "9" {
		t.Errorf("odd items: %+v", f)
	}
	if _, err := Parse([]byte(`{"a":1}`), "", ""); !errors.Is(err, ErrUnknown) {
		t.Errorf("other JSON: %v", err)
	}
}

func TestSitemap(t *testing.T) {
	const in = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://example.org/1</loc><lastmod>2021-07-27T10:00:00+03:00</lastmod><image:image><image:loc>https://example.org/a.jpg</image:loc></image:image>
<n:news><n:publication><n:name>الجسر</n:name><n:language>ar</n:language></n:publication><n:publication_date>2021-07-26</n:publication_date><n:title>جسر جديد</n:title></n:news></url></urlset>`
	want := Item{URL: "https://example.org/1", Title: "جسر جديد", Outlet: "الجسر", Published: "2021-07-26", Updated: "2021-07-27T10:00:00+03:00"}
	f := parse(t, in)
	if check(t, "sitemap", f, want); f.Kind != Sitemap {
		t.Errorf("kind %s", f.Kind)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte(in))
	z.Close()
	f = parse(t, packed.String())
	check(t, "gzipped", f, want)
	f = parse(t, packed.String()[:packed.Len()-20])
	if len(f.Doubts) == 0 {
		t.Error("cut gzip data without a doubt")
	}

	f = parse(t, `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://example.org/a.xml.gz</loc><lastmod>2021-07-27</lastmod></sitemap><sitemap><loc> /b.xml </loc></sitemap></sitemapindex>`)
	if got := strings.Join(f.More, " "); f.Kind != Index || got != "https://example.org/a.xml.gz https://example.org/b.xml" {
		t.Errorf("%s: %s", f.Kind, got)
	}
	f = parse(t, "https://example.org/1\nhttps://example.org/2\nشيء\n")
	if f.Kind != Sitemap || len(f.Items) != 2 || len(f.Doubts) != 1 {
		t.Errorf("a list: %+v", f)
	}
}

func TestPage(t *testing.T) {
	f := parse(t, `<!doctype html><html><head><title>الجسر</title><link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="/comments/feed/">
<link rel=alternate hreflang=en href=/en><link rel="alternate" type="application/atom+xml; charset=utf-8" href="/atom"></head><body><a href="/other/rss">ر</a></body></html>`)
	if got := strings.Join(f.More, " "); f.Kind != Page || f.Title != "الجسر" || got != "https://example.org/feed https://example.org/atom" || len(f.Items) != 0 {
		t.Errorf("%+v", f)
	}
	f = parse(t, `<html><body><a href="/politics/rss.xml">سياسة</a><a href="/about">عنا</a></body></html>`)
	if len(f.More) != 1 || len(f.Doubts) != 1 {
		t.Errorf("%+v", f)
	}
}

// TestBroken wants what can be read of a broken feed, and a doubt.
func TestBroken(t *testing.T) {
	item := func(n int) string {
		return fmt.Sprintf("<item><title>خبر %d</title><link>/%d</link><description>وصف %d</description></item>", n, n, n)
	}
	for _, c := range []struct {
		name, in string
		items    int
	}{
		{"cut between items", "<rss><channel>" + item(1) + item(2), 2},
		{"cut in an item", "<rss><channel>" + item(1) + item(2)[:60], 2},
		{"cut in a tag", "<rss><channel>" + item(1) + "<item><link>/2</link><tit", 2},
		{"a stray <", "<rss><channel>" + item(1) + "<item><link>/2</link><title>3 < 5</title></item>" + item(3) + "</channel></rss>", 3},
		{"CDATA without an end", "<rss><channel>" + item(1) + "<item><link>/2</link><title><![CDATA[خبر</title></item>" + item(3) + item(4) + "</channel></rss>", 4},
		{"a comment without an end", "<rss><channel><!-- " + item(1) + item(2) + "</channel></rss>", 2},
		{"an item without an end", "<rss><channel>" + strings.TrimSuffix(item(1), "</item>") + item(2) + "</channel></rss>", 2},
		{"an attribute without an end", `<rss><channel><item><link>/1</link><enclosure url="a.mp3></item>` + item(2) + "</channel></rss>", 2},
	} {
		f := parse(t, c.in)
		if len(f.Items) != c.items || len(f.Doubts) == 0 {
			t.Errorf("%s: %d items, want %d; doubts %q\n%+v", c.name, len(f.Items), c.items, f.Doubts, f.Items)
		}
	}
}

func TestCharsets(t *testing.T) {
	declare := func(name string) string { return strings.Replace(rss, "UTF-8", name, 1) }
	for _, c := range []struct {
		name, in, contentType string
		e                     encoding.Encoding
	}{
		{"windows-1256", declare("windows-1256"), "", charmap.Windows1256},
		{"windows-1256, declared UTF-8", rss, "application/rss+xml; charset=utf-8", charmap.Windows1256},
		{"windows-1256, by the header", declare("UTF-8"), "text/xml; charset=windows-1256", charmap.Windows1256},
		{"UTF-16 with a mark", declare("UTF-16"), "", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"UTF-16 without one", declare("UTF-16"), "", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"UTF-8 with a mark, declared windows-1256", "\ufeff" + declare("windows-1256"), "", encoding.Nop},
	} {
		b, err := c.e.NewEncoder().String(c.in)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Parse([]byte(b), c.contentType, base)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		check(t, c.name, f, one)
	}
	b, _ := charmap.ISO8859_6.NewEncoder().String(strings.ReplaceAll(rss, "&quot;", "'"))
	if f, err := Parse([]byte(b), "", base); err != nil || f.Title != "صحيفة الجسر" {
		t.Errorf("ISO 8859-6: %v, %+v", err, f)
	}
}

func TestRefused(t *testing.T) {
	for in, want := range map[string]error{
		"": ErrEmpty, " \n": ErrEmpty, "كلام": ErrUnknown, "<x><y/></x>": ErrUnknown,
		`<opml version="2.0"><head><title>x</title></head></opml>`: ErrUnknown,
	} {
		if _, err := Parse([]byte(in), "", ""); !errors.Is(err, want) {
			t.Errorf("Parse(%q): %v", in, err)
		}
	}
}

// TestLimits gives what is deep, long or made to be slow.
func TestLimits(t *testing.T) {
	f := parse(t, "<rss><channel>"+strings.Repeat("<item><title>ا</title></item>", MaxItems+5)+"</channel></rss>")
	if len(f.Items) != MaxItems || len(f.Doubts) != 1 {
		t.Errorf("%d items, %q", len(f.Items), f.Doubts)
	}
	f = parse(t, "<rss><channel><item>"+strings.Repeat("<a>", 1<<20)+strings.Repeat("</a>", 1<<20)+"<title>ا</title></item></channel></rss>")
	if len(f.Items) != 1 || f.Items[0].Title != "ا" {
		t.Errorf("deep: %+v", f)
	}
	for _, s := range []string{"<item>", "<item <item ", "<item><![CDATA[", "<!--<item>", "<item><a b='"} {
		f = parse(t, "<rss><channel>"+strings.Repeat(s, 1<<20/len(s)))
		if len(f.Doubts) == 0 {
			t.Errorf("%s again and again, without a doubt", s)
		}
	}
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	z.Write([]byte("<rss><channel><item><title>ا</title></item>"))
	blank := bytes.Repeat([]byte(" "), 1<<20)
	for range Limit>>20 + 10 {
		z.Write(blank)
	}
	z.Close()
	if f = parse(t, bomb.String()); len(f.Items) != 1 || len(f.Doubts) < 1 {
		t.Errorf("bomb: %d items, %q", len(f.Items), f.Doubts)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rss))
	f.Add([]byte("<feed><entry><content type=xhtml><p>ا</content></entry><entry xml:base='%'><link href='::'/>"))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"author":{"name":[]}}]}`))
	f.Add([]byte("<urlset><url><loc>https://a/</loc></url><url>"))
	f.Add([]byte("<html><base href=//><a href=/feed>"))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := Parse(b, "text/xml; charset=windows-1256", base)
		if err == nil && got.Kind == "" {
			t.Error("a feed of no kind")
		}
		for _, i := range got.Items {
			if i == (Item{}) {
				t.Error("an empty item")
			}
			if i.URL != "" && !strings.HasPrefix(i.URL, "http") {
				t.Errorf("address %q", i.URL)
			}
		}
	})
}

func BenchmarkSitemap(b *testing.B) {
	var s strings.Builder
	s.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for n := range 50_000 {
		fmt.Fprintf(&s, "<url><loc>https://example.org/news/%d</loc><lastmod>2021-07-27T10:00:00+03:00</lastmod></url>\n", n)
	}
	s.WriteString("</urlset>")
	in := []byte(s.String())
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		if f, err := Parse(in, "", base); err != nil || len(f.Items) != 50_000 {
			b.Fatal(len(f.Items), err)
		}
	}
}
