package charset

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const news = "وصل الوفد إلى عمان مساء الاثنين، وقال رئيسه للصحفيين إن الزيارة تستغرق ثلاثة أيام."

func encode(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	for name, b := range map[string][]byte{
		"UTF-8":               []byte(news),
		"UTF-8 with mark":     []byte("\ufeff" + news),
		"UTF-16LE with mark":  encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), news),
		"UTF-16BE with mark":  encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), news),
		"UTF-16LE":            encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), news),
		"UTF-16BE":            encode(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), news),
		"windows-1256":        encode(t, charmap.Windows1256, news),
		"ISO 8859-6":          encode(t, charmap.ISO8859_6, news),
		"windows-1256, short": encode(t, charmap.Windows1256, "وصل الوفد"),
	} {
		if got, err := Decode(b); err != nil || strings.TrimSpace(got) != strings.TrimSpace(news) && !strings.HasSuffix(name, "short") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestBroken(t *testing.T) {
	in := strings.Replace(news, " ", " \xff ", 1)
	if got, err := Decode([]byte(in)); err != nil || got != in {
		t.Errorf("%q, %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	for in, want := range map[string]error{
		"\x7fELF\x02\x01\x00\x00\x00":            ErrBinary,
		"\x89PNG\r\n\x1a\n\x00\x00\x00":          ErrBinary,
		strings.Repeat("\x01\x02\x03", 10):       ErrBinary,
		"\xff\xfe\x00\x00\x00\x00":               ErrBinary,
		strings.Repeat("caf\xe9 ol\xe9 ", 10):    ErrUnknown,
		strings.Repeat("\xa4\xb3\xa4\xf3 ok", 9): ErrUnknown,
	} {
		if got, err := Decode([]byte(in)); !errors.Is(err, want) {
			t.Errorf("Decode(%q) = %q, %v; want %v", in, got, err, want)
		}
	}
}

func TestDeclared(t *testing.T) {
	const french = "L'été dernier, le théâtre a été rouvert à Tunis après des années de travaux."
	page := "<html><head>" + strings.Repeat("<script>var a = 1;</script>\n", 2000) + "</head><p>" + news + "</p>"
	for _, c := range []struct {
		name, label, want string
		b                 []byte
	}{
		{"French as declared", "windows-1252", french, encode(t, charmap.Windows1252, french)},
		{"declared wrongly", "iso-8859-1", news, encode(t, charmap.Windows1256, news)},
		{"declared UTF-8, and is not", "utf-8", news, encode(t, charmap.Windows1256, news)},
		{"declared windows-1256, and is ISO 8859-6", "windows-1256", news, encode(t, charmap.ISO8859_6, news)},
		{"declared windows-1256, and is UTF-8", "windows-1256", news, []byte(news)},
		{"not declared, far behind", "", page, encode(t, charmap.Windows1256, page)},
		{"ISO 8859-6, far behind", "", page, encode(t, charmap.ISO8859_6, page)},
		{"UTF-16 markup", "", "<rss><channel><title>جسر</title></channel></rss>", encode(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "<rss><channel><title>جسر</title></channel></rss>")},
		{"no such label", "x-none", news, encode(t, charmap.Windows1256, news)},
	} {
		if got, err := DecodeAs(c.b, c.label); err != nil || got != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}

func TestReader(t *testing.T) {
	for _, b := range [][]byte{
		[]byte(news), []byte("\ufeff" + news),
		encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), news),
	} {
		if got, err := io.ReadAll(NewReader(strings.NewReader(string(b)))); err != nil || string(got) != news {
			t.Errorf("%q, %v", got, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(news))
	f.Add([]byte("\xfe\xff\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Decode(b)
		if err != nil && s != "" {
			t.Error("an error and a text")
		}
		if utf8.Valid(b) && err == nil && !utf8.ValidString(s) {
			t.Error("valid bytes made invalid")
		}
	})
}
