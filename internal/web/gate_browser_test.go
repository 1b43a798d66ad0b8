package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
)

// TestBrowserDoor signs in in a browser, makes a key and looks at the pages of users in
// both languages, narrow and wide, light and dark, as TestBrowser does at all others.
func TestBrowserDoor(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	ctx := browser(t)
	d := open(t).door(t)
	d.user(t, "رئيسة-التحرير", access.Admin)
	d.user(t, "salma@newsroom.example", access.Editor)
	d.user(t, "قارئ", access.Reader)
	for i := range 40 {
		act := isnad.Act{At: morning.Add(time.Duration(i) * time.Hour), By: "salma@newsroom.example", From: "2001:db8:85a3::8a2e:370:7334", Do: "settle",
			To: "u-9f2c4e1d7a5b/article-with-a-long-name-without-any-space#c3", Note: "kept https://news.example/a/very/long/path/that/does/not/end/soon/and/goes/on"}
		if i%3 == 1 {
			act = isnad.Act{At: act.At, From: "192.0.2.44", Do: "sign-in-failed", To: markup}
		}
		if i%3 == 2 {
			act = isnad.Act{At: act.At, By: "رئيسة-التحرير", From: "192.0.2.7", Do: "rename", To: "person/" + "عبد الله", Note: "عبد الله بن أحمد"}
		}
		if err := d.lib.Note(t.Context(), act); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(d.pages)
	defer server.Close()
	shots := os.Getenv(shotsFolder)
	if shots == "" {
		shots = t.TempDir()
	}
	axe := ""
	if file := os.Getenv(axeFile); file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		axe = string(b)
	}
	c := watch(t, ctx, server.URL)
	each := func(name, path string) {
		for _, lang := range []string{"ar", "en"} {
			for _, width := range []int64{360, 1280} {
				look := "light"
				if (width == 360) == (lang == "en") {
					look = "dark"
				}
				s := shown{name: fmt.Sprintf("%s-%s-%d", name, lang, width), url: server.URL + map[string]string{"en": "/en"}[lang] + path, width: width, look: look, axe: axe}
				t.Run(s.name, func(t *testing.T) { s.check(t, ctx, c, shots) })
			}
		}
	}
	each("sign-in", "/sign-in")

	limited, stop := context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	for _, s := range []struct {
		what     string
		do, sees chromedp.Action[chromedp.Void]
	}{
		{"ask for a page", chromedp.Navigate(server.URL + "/account"), chromedp.WaitVisible(chromedp.CSS(`input[name="password"]`))},
		{"say who", chromedp.SendKeys(chromedp.CSS(`input[name="name"]`), "رئيسة-التحرير"), chromedp.WaitVisible(chromedp.CSS(".gate"))},
		{"give the password", chromedp.SendKeys(chromedp.CSS(`input[name="password"]`), password), chromedp.WaitVisible(chromedp.CSS(".gate"))},
		{"sign in, and see that page", chromedp.Click(chromedp.CSS(".gate button.main")), chromedp.WaitVisible(chromedp.CSS(`form[action="/account/keys"]`))},
		{"say what a key is for", chromedp.SendKeys(chromedp.CSS(`input[name="label"]`), "تقويم الهاتف"), chromedp.WaitVisible(chromedp.CSS(`form[action="/account/keys"]`))},
		{"make it", chromedp.Click(chromedp.CSS(`form[action="/account/keys"] button`)), chromedp.WaitVisible(chromedp.CSS("output.secret"))},
	} {
		if err := press(limited, s.do, s.sees); err != nil {
			t.Fatalf("%s: %v", s.what, err)
		}
	}
	each("account", "/account")
	each("users", "/users")
	each("log", "/log")
	each("signed-in", "/commitments")
	for _, x := range c.take() {
		t.Error(x)
	}
}
