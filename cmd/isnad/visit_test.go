package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/newsroom"
)

// shotsFolder names the folder for screenshots, as for the tests of the pages; else they
// go where they are removed.
const shotsFolder = "ISNAD_SCREENSHOTS"

// TestWholeVisit is a morning at the desk: an editor signs in, adds sources, sees their
// stories appear, follows a disagreement to the marked sentence and to the original, says
// that a commitment was kept, and subscribes to the calendar; once with a script and once
// without. The desk is the command itself, its outlets the sample newsroom.
func TestWholeVisit(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	for name, script := range map[string]bool{"script": true, "plain": false} {
		t.Run(name, func(t *testing.T) {
			v := &guest{t: t, name: name}
			v.enter(script)
			v.whole()
		})
	}
}

// guest is an editor in a browser, before a desk of his own.
type guest struct {
	t     *testing.T
	name  string
	lib   string
	desk  *served
	ctx   context.Context
	shots string
	n     int        // of screenshots
	bytes chan int64 // statuses of originals that the browser got
}

const visitPassword = "جملة قصيرة للدخول"

// enter makes the library with its users, and starts the desk and the browser.
func (v *guest) enter(script bool) {
	t := v.t
	v.lib = filepath.Join(t.TempDir(), "lib")
	for _, u := range []string{"amal admin", "salma editor"} {
		name, role, _ := strings.Cut(u, " ")
		cmd := program(t, "user", "add", "--library", v.lib, "--role", role, name)
		cmd.Stdin = strings.NewReader(visitPassword + "\n")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	v.ctx = chromium(t)
	v.listen()
	if !script {
		if _, err := chromedp.Call(v.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			t.Fatal(err)
		}
	}
	if err := chromedp.Do(v.ctx, chromedp.EmulateViewport(1100, 900)); err != nil {
		t.Fatal(err)
	}
	if v.shots = os.Getenv(shotsFolder); v.shots == "" {
		v.shots = t.TempDir()
	}
	if err := os.MkdirAll(v.shots, 0o777); err != nil {
		t.Fatal(err)
	}
	v.desk = up(t, "--library", v.lib, "--watch", "--allow-private", "--host-delay", "0s")
}

// chromium starts the browser, or skips the test where there is none.
func chromium(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no browser: install chromium (apt-get install chromium fonts-noto-core)")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.WSURLReadTimeout(time.Minute))
	alloc, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	if _, err := chromedp.Run(ctx, chromedp.Title()); err != nil {
		t.Skipf("the browser does not start: %v", err)
	}
	return ctx
}

// listen gathers what the browser finds wrong, and what it asks of others than the desk.
func (v *guest) listen() {
	wrong := make(chan string, 1000)
	v.bytes = make(chan int64, 1000)
	err := chromedp.Listen(v.ctx, func(e any) {
		say := ""
		switch e := e.(type) {
		case *cdplog.EventEntryAdded:
			say = "log: " + e.Entry.Text + " " + e.Entry.URL
		case *runtime.EventConsoleAPICalled:
			say = "console: " + string(e.Type)
		case *runtime.EventExceptionThrown:
			say = "exception: " + e.ExceptionDetails.Text
		case *network.EventResponseReceived:
			if strings.HasPrefix(e.Response.URL, v.desk.at+"/bytes/") {
				v.bytes <- e.Response.Status
			}
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, v.desk.at+"/") && !strings.HasPrefix(e.Request.URL, "data:") {
				say = "request to " + e.Request.URL
			}
		}
		if say != "" {
			select {
			case wrong <- say:
			default:
			}
		}
	})
	if err != nil {
		v.t.Fatal(err)
	}
	v.t.Cleanup(func() {
		for len(wrong) > 0 {
			v.t.Error(<-wrong)
		}
	})
}

// step does something until what it leads to is seen, and keeps a picture of that. A
// click that comes while the page is still being laid out hits nothing.
func (v *guest) step(what string, do chromedp.Action[chromedp.Void], sees string) {
	v.t.Helper()
	var err error
	for range 6 {
		short, stop := context.WithTimeout(v.ctx, 10*time.Second)
		if err = chromedp.Do(short, do); err == nil {
			err = chromedp.Do(short, chromedp.WaitVisible(chromedp.CSS(sees)))
		}
		stop()
		if err == nil {
			v.shoot(what)
			return
		}
	}
	v.shoot(what)
	v.t.Fatalf("%s: %s is not seen: %v\n%s", what, sees, err, v.desk.log())
}

func (v *guest) shoot(what string) {
	v.n++
	b, err := chromedp.Run(v.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(v.shots, fmt.Sprintf("visit-%s-%02d-%s.png", v.name, v.n, strings.ReplaceAll(what, " ", "-"))), b, 0o666)
	}
	if err != nil {
		v.t.Error(err)
	}
}

func (v *guest) to(path string) chromedp.Action[chromedp.Void] {
	return chromedp.Navigate(v.desk.at + path)
}

func click(css string) chromedp.Action[chromedp.Void] { return chromedp.Click(chromedp.CSS(css)) }

// fill types into a field.
func (v *guest) fill(css, words string) {
	v.t.Helper()
	if err := chromedp.Do(v.ctx, chromedp.WaitVisible(chromedp.CSS(css)), chromedp.SendKeys(chromedp.CSS(css), words)); err != nil {
		v.t.Fatalf("%s: %v", css, err)
	}
}

// whole is the visit.
func (v *guest) whole() {
	site, err := newsroom.Open()
	if err != nil {
		v.t.Fatal(err)
	}
	defer site.Close()
	v.step("ask for the first page", v.to("/"), ".gate")
	v.fill(`input[name="name"]`, "salma")
	v.fill(`input[name="password"]`, visitPassword)
	v.step("sign in", click(".gate button.main"), `nav.menu a[href="/sources"]`)
	for _, h := range site.Hosts() {
		v.step("go to the sources", click(`nav.menu a[href="/sources"]`), `input[type="url"]`)
		v.fill(`input[type="url"]`, h.URL("/"))
		v.fill(`form[action="/sources/follow"] input[name="outlet"]`, h.Name())
		v.step("add a source", click(`form[action="/sources/follow"] button`), ".said-so")
	}
	v.appear()
	v.step("open the disagreements", click(`nav.menu a[href="/disagreements"]`), "table.values")
	v.step("follow a value to its words", click("table.values td a"), ".text .at")
	v.step("open a record", click(".text a.m"), ".card:target .facts")
	if err := chromedp.Do(v.ctx, chromedp.Click(chromedp.CSS(".card:target .close")), chromedp.WaitNotPresent(chromedp.CSS(".card:target"))); err != nil {
		v.t.Fatal(err)
	}
	v.original()
	v.commitment()
	v.step("sign out", click(".out button"), ".gate")
	v.step("find the desk shut", v.to("/commitments"), ".gate")
	v.logged(len(site.Hosts()))
	v.desk.down()
}

// appear waits until the sources' stories are there and differ, reloading as people do.
func (v *guest) appear() {
	v.t.Helper()
	const quake = `//main//h2/a[contains(., "الشلف")]`
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(time.Second) {
		if err := chromedp.Do(v.ctx, v.to("/?days=7")); err != nil {
			v.t.Fatal(err)
		}
		titles, err := chromedp.Run(v.ctx, chromedp.Text(chromedp.CSS("main")))
		if err != nil {
			v.t.Fatal(err)
		}
		if strings.Contains(titles, "الشلف") && strings.Contains(titles, "4 منافذ") {
			v.step("see the stories", v.to("/?days=7"), "main h2 a")
			if err := chromedp.Do(v.ctx, chromedp.Click(chromedp.Search(quake)), chromedp.WaitVisible(chromedp.CSS("#differ"))); err != nil {
				v.t.Fatal(err)
			}
			v.shoot("open a story")
			return
		}
	}
	v.t.Fatalf("no story appeared\n%s", v.desk.log())
}

// original opens the page that an article was made from, which comes in a frame.
func (v *guest) original() {
	v.t.Helper()
	v.step("open the original", click(`.byline a[href^="/original/"]`), "iframe.original")
	v.step("see it as a page", click(`.chips a[href*="as=page"]`), `iframe.original[src*="as=page"]`)
	for range 2 {
		select {
		case status := <-v.bytes:
			if status != http.StatusOK {
				v.t.Errorf("the bytes of the original: status %d", status)
			}
		case <-time.After(time.Minute):
			v.t.Fatal("the frame asks for no bytes")
		}
	}
	time.Sleep(time.Second) // until the frame is painted, for the picture alone
	v.shoot("the original as a page")
}

// commitment says of one that is due in years that it was kept, and finds it in the
// calendar that a program gets with a key.
func (v *guest) commitment() {
	v.t.Helper()
	v.step("open the commitments", click(`nav.menu a[href="/commitments"]`), "details.act")
	v.step("see what is due later", click(`.chips a[href*="when=later"]`), "details.act")
	what, err := chromedp.Run(v.ctx, chromedp.Text(chromedp.CSS("main .list blockquote, main .list .said")))
	if err != nil || strings.TrimSpace(what) == "" {
		v.t.Fatalf("%q, %v", what, err)
	}
	v.step("open its form", click("details.act summary"), `details[open] select[name="end"]`)
	if err := chromedp.Do(v.ctx, chromedp.SetValue(chromedp.CSS(`details[open] select[name="end"]`), "kept")); err != nil {
		v.t.Fatal(err)
	}
	v.fill(`details[open] input[name="source"]`, "https://example.org/kept")
	v.step("say that it was kept", click("details[open] button.main"), ".said-so")
	if err := chromedp.Do(v.ctx, chromedp.WaitVisible(chromedp.CSS(".list .tag.good"))); err != nil {
		v.t.Fatal(err)
	}
	calendar, err := chromedp.Run(v.ctx, chromedp.AttributeValue(chromedp.CSS(`.lead a.button[href^="/commitments.ics"]`), "href"))
	if err != nil {
		v.t.Fatal(err)
	}
	v.step("go to the account", click(`.me a[href="/account"]`), `form[action="/account/keys"]`)
	v.fill(`form[action="/account/keys"] input[name="label"]`, "تقويم الهاتف")
	v.step("make a key", click(`form[action="/account/keys"] button`), "output.secret")
	key, err := chromedp.Run(v.ctx, chromedp.Text(chromedp.CSS("output.secret")))
	if err != nil {
		v.t.Fatal(err)
	}
	if status, _ := v.subscribe(calendar.Value, ""); status != http.StatusUnauthorized {
		v.t.Errorf("without a key the calendar's status is %d", status)
	}
	status, ics := v.subscribe(calendar.Value, strings.TrimSpace(key))
	words := strings.Fields(strings.Trim(what, "«» \n"))
	if status != http.StatusOK || !strings.HasPrefix(ics, "BEGIN:VCALENDAR") || !strings.Contains(ics, strings.Join(words[:min(4, len(words))], " ")) {
		v.t.Errorf("the calendar (%d) does not have %q:\n%.2000s", status, what, ics)
	}
}

// subscribe asks for a calendar as a calendar program does, and gives it with its lines
// unfolded.
func (v *guest) subscribe(path, key string) (int, string) {
	v.t.Helper()
	q, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, v.desk.at+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	q.Header.Set("Accept", "text/calendar")
	if key != "" {
		q.SetBasicAuth("salma", key)
	}
	res, err := http.DefaultClient.Do(q)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res.StatusCode, strings.ReplaceAll(string(b), "\r\n ", "")
}

// logged wants all that was done in the log.
func (v *guest) logged(sources int) {
	v.t.Helper()
	did := map[string]int{}
	for line := range strings.Lines(finished(v.t, "log", "--library", v.lib, "--json", "--limit", "0")) {
		var a isnad.Act
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			v.t.Fatal(err)
		}
		if a.By == "salma" && a.From == "127.0.0.1" {
			did[a.Do]++
		}
	}
	for do, n := range map[string]int{"sign-in": 1, "follow": sources, "settle": 1, "key-made": 1, "sign-out": 1} {
		if did[do] != n {
			v.t.Errorf("%s is %d times in the log, want %d", do, did[do], n)
		}
	}
}
