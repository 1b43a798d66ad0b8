package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// What the tests in a browser take from the environment.
const (
	shotsFolder = "ISNAD_SCREENSHOTS" // where screenshots go; else a folder that is removed
	axeFile     = "ISNAD_AXE"         // axe.min.js of axe-core (npm pack axe-core)
)

// browser starts Chromium, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("there is no browser: install chromium (apt-get install chromium fonts-noto-core)")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", false), chromedp.WSURLReadTimeout(time.Minute))
	alloc, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	if _, err := chromedp.Run(ctx, chromedp.Title()); err != nil {
		t.Skipf("the browser does not start: %v", err)
	}
	return ctx
}

// complaints gathers what a browser finds wrong while it shows pages, and what it asks
// of other hosts than ours.
type complaints struct {
	mu   sync.Mutex
	list []string
}

func (c *complaints) add(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, fmt.Sprintf(format, args...))
}

// take gives what was gathered since it was asked last.
func (c *complaints) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := c.list
	c.list = nil
	return list
}

func watch(t *testing.T, ctx context.Context, ours string) *complaints {
	t.Helper()
	c := &complaints{}
	err := chromedp.Listen(ctx, func(e any) {
		switch e := e.(type) {
		case *log.EventEntryAdded:
			c.add("log: %s %s", e.Entry.Text, e.Entry.URL)
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
				c.add("console: %v", e.Args)
			}
		case *runtime.EventExceptionThrown:
			c.add("exception: %s", e.ExceptionDetails.Text)
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, ours) && !strings.HasPrefix(e.Request.URL, "data:") {
				c.add("request to %s", e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// press does a step until what it leads to is seen: a click that comes while the page
// is still being laid out hits nothing.
func press(ctx context.Context, do, sees chromedp.Action[chromedp.Void]) (err error) {
	for range 6 {
		short, stop := context.WithTimeout(ctx, 10*time.Second)
		if err = chromedp.Do(short, do); err == nil {
			err = chromedp.Do(short, sees)
		}
		stop()
		if err == nil {
			return nil
		}
	}
	return err
}

// TestVisit goes from a disagreement to the marked sentence, opens the record of a
// finding, closes it and opens the original, without any script.
func TestVisit(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	ctx := browser(t)
	r := open(t)
	server := httptest.NewServer(r.pages)
	defer server.Close()
	c := watch(t, ctx, server.URL)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	limited, stop := context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	steps := []struct {
		what     string
		do, sees chromedp.Action[chromedp.Void]
	}{
		{"open the disagreements", chromedp.Navigate(server.URL + "/disagreements"), chromedp.WaitVisible(chromedp.CSS("table.values"))},
		{"follow a value to its words", chromedp.Click(chromedp.CSS("table.values td a")), chromedp.WaitVisible(chromedp.CSS(".text .at"))},
		{"open a record", chromedp.Click(chromedp.CSS(".text a.m")), chromedp.WaitVisible(chromedp.CSS(".card:target .facts"))},
		{"close it", chromedp.Click(chromedp.CSS(".card:target .close")), chromedp.WaitNotPresent(chromedp.CSS(".card:target"))},
		{"open the original", chromedp.Click(chromedp.CSS(`.byline a[href^="/original/"]`)), chromedp.WaitVisible(chromedp.CSS("iframe.original"))},
		{"open the commitments", chromedp.Navigate(server.URL + "/commitments"), chromedp.WaitVisible(chromedp.CSS("details.act"))},
		{"open a form", chromedp.Click(chromedp.CSS("details.act summary")), chromedp.WaitVisible(chromedp.CSS(`details[open] select[name="end"]`))},
		{"say it was kept", chromedp.SetValue(chromedp.CSS(`details[open] select[name="end"]`), "kept"), chromedp.WaitVisible(chromedp.CSS("details[open]"))},
		{"say where that is known from", chromedp.SendKeys(chromedp.CSS(`details[open] input[name="source"]`), "example.org"), chromedp.WaitVisible(chromedp.CSS("details[open]"))},
		{"save, and see that it is kept", chromedp.Click(chromedp.CSS("details[open] button.main")), chromedp.WaitVisible(chromedp.CSS(".said-so"))},
	}
	for _, s := range steps {
		if err := press(limited, s.do, s.sees); err != nil {
			t.Fatalf("%s: %v", s.what, err)
		}
		if shots := os.Getenv(shotsFolder); shots != "" && s.what == "open a record" {
			b, err := chromedp.Run(limited, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(shots, "record.png"), b, 0o666); err != nil {
				t.Error(err)
			}
		}
	}
	for _, x := range c.take() {
		t.Error(x)
	}
}

// TestBrowser shows every page in both languages, narrow and wide, light and dark, and
// wants no complaint, no horizontal scroll, and nothing against accessibility.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	ctx := browser(t)
	r := open(t)
	server := httptest.NewServer(r.pages)
	defer server.Close()
	shots := os.Getenv(shotsFolder)
	if shots == "" {
		shots = t.TempDir()
	}
	if err := os.MkdirAll(shots, 0o777); err != nil {
		t.Fatal(err)
	}
	axe := ""
	if file := os.Getenv(axeFile); file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		axe = string(b)
	} else {
		t.Logf("accessibility is not checked: %s names no file (npm pack axe-core gives axe.min.js)", axeFile)
	}
	c := watch(t, ctx, server.URL)
	for name, path := range r.addresses(t) {
		for _, lang := range []string{"ar", "en"} {
			for _, width := range []int64{360, 1280} {
				look := "light"
				if (width == 360) == (lang == "en") {
					look = "dark" // each page is seen in both looks
				}
				s := shown{name: fmt.Sprintf("%s-%s-%d", name, lang, width), url: server.URL + strings.Repeat("/en", btoi(lang == "en")) + path, width: width, look: look, axe: axe}
				t.Run(s.name, func(t *testing.T) { s.check(t, ctx, c, shots) })
			}
		}
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// shown is a page as a browser shows it.
type shown struct {
	name, url, look, axe string
	width                int64
}

func (s shown) check(t *testing.T, ctx context.Context, c *complaints, shots string) {
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: s.look}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(s.width, 900), chromedp.Navigate(s.url)); err != nil {
		t.Fatal(err)
	}
	over, err := chromedp.Run(ctx, chromedp.Evaluate[string](widest))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if over != "" {
		t.Errorf("the page is wider than the window: %s", over)
	}
	for _, x := range c.take() {
		t.Error(x)
	}
	if err := os.WriteFile(filepath.Join(shots, s.name+".png"), picture, 0o666); err != nil {
		t.Error(err)
	}
	if s.axe != "" {
		s.accessible(t, ctx)
	}
}

// widest names the elements that stand out of a page that scrolls sideways.
const widest = `(() => {
	const room = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= room) { return ""; }
	const out = [];
	for (const e of document.querySelectorAll("body *")) {
		const r = e.getBoundingClientRect();
		if ((r.right > room + 1 || r.left < -1) && !e.closest(".frame, .hidden, .skip")) { out.push(e.tagName + "." + e.className + " " + Math.round(r.left) + ".." + Math.round(r.right)); }
	}
	return "page " + document.documentElement.scrollWidth + ": " + out.slice(0, 5).join("; ");
})()`

// violation is what axe-core finds wrong.
type violation struct {
	ID, Help string
	Nodes    []string
}

func (s shown) accessible(t *testing.T, ctx context.Context) {
	t.Helper()
	ask := `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + " — " + (n.any[0] ? n.any[0].message : ""))})))`
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](s.axe)); err != nil {
		t.Fatal(err)
	}
	list, err := chromedp.Run(ctx, chromedp.Evaluate[[]violation](ask, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		t.Errorf("axe %s: %s\n  %s", v.ID, v.Help, strings.Join(v.Nodes, "\n  "))
	}
}
