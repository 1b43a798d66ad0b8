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
