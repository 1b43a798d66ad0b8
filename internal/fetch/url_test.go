package fetch

import (
	"net/url"
	"strings"
	"testing"
)

func TestCanonical(t *testing.T) {
	for raw, want := range map[string]string{
		"HTTP://Example.COM":                                     "http://example.com/",
		"http://example.com:80/a":                                "http://example.com/a",
		"https://example.com:443/a#top":                          "https://example.com/a",
		"https://example.com:8443/a":                             "https://example.com:8443/a",
		"http://example.com:443/a":                               "http://example.com:443/a",
		"https://user:pass@example.com./a":                       "https://example.com/a",
		"https://example.com/a/../b/./c":                         "https://example.com/b/c",
		"https://example.com/a?utm_source=x&id=7&fbclid=z":       "https://example.com/a?id=7",
		"https://example.com/a?UTM_Source=x":                     "https://example.com/a",
		"https://example.com/a?b=2&a=1&&":                        "https://example.com/a?b=2&a=1",
		"https://example.com/?":                                  "https://example.com/",
		"https://example.com/%7euser/%2f%d8%a7":                  "https://example.com/~user/%2F%D8%A7",
		"https://example.com/الأخبار/خبر عاجل?ق=نعم":             "https://example.com/%D8%A7%D9%84%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%AE%D8%A8%D8%B1%20%D8%B9%D8%A7%D8%AC%D9%84?%D9%82=%D9%86%D8%B9%D9%85",
		"https://example.com/%D8%A7%D9%84%d8%a3خبار":             "https://example.com/%D8%A7%D9%84%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1",
		"https://example.com/\xc7\xe1":                           "https://example.com/%C7%E1",
		"https://example.com/50%-off":                            "https://example.com/50%25-off",
		" https://example.com/a\n b ":                            "https://example.com/a%20b",
		"https://موقع.وزارة-الاتصالات.مصر/أ":                     "https://xn--4gbrim.xn----ymcbaaajlc6dj7bxne2c.xn--wgbh1c/%D8%A3",
		"http://[::1]:80/":                                       "http://[::1]/",
		"http://[2001:DB8::1]:81/":                               "http://[2001:db8::1]:81/",
		"https://www.example.com/a/":                             "https://www.example.com/a/",
		"https://example.com/a?u=https://other.example/?utm_a=1": "https://example.com/a?u=https://other.example/?utm_a=1",
	} {
		got, err := Canonical(raw)
		if err != nil || got != want {
			t.Errorf("%q:\n got %q, %v\nwant %q", raw, got, err, want)
		}
	}
}

func TestNotCanonical(t *testing.T) {
	for _, raw := range []string{"", "a", "//example.com/", "mailto:a@example.com", "http:///a", "http://:80/", "http://a b/", "http://exa%6dple.com/", "data:text/html,a", "http://[::1", "http://example.com:99999999/x:y@/", "http://a<b>/"} {
		if got, err := Canonical(raw); err == nil && !strings.Contains(raw, "99999999") {
			t.Errorf("%q: %q", raw, got)
		} else if err != nil && KindOf(err) != BadURL {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

// FuzzCanonical wants an address that stands: itself when made again, ASCII, and of the
// web.
func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"http://Example.com:80/أ b?utm_a=1&c=%zz#d", "https://[::1]:443/%7e/../x", "https://موقع.مصر/", "http://a.b/\xc7?\xff", "//x", "http://a/?//b", "http://a//b/..//c", "http://a:/", "http://a/;x?a;b=c", "http://..", "http://0.."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		one, err := Canonical(raw)
		if err != nil {
			if KindOf(err) != BadURL {
				t.Fatal(err)
			}
			return
		}
		two, err := Canonical(one)
		if err != nil || one != two {
			t.Errorf("%q: %q, then %q, %v", raw, one, two, err)
		}
		u, err := url.Parse(one)
		if err != nil || u.Host == "" || u.Fragment != "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
			t.Errorf("%q: %q: %v", raw, one, err)
		}
		for i := range len(one) {
			if one[i] <= ' ' || one[i] >= 0x7f {
				t.Errorf("%q: %q", raw, one)
			}
		}
	})
}
