package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/sqlite"
	"github.com/isnad-project/isnad/internal/testsite"
)

// kills is how often each test kills; ISNAD_KILLS asks for more.
func kills(t *testing.T) int {
	n := 6
	if s := os.Getenv("ISNAD_KILLS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal("ISNAD_KILLS:", err)
		}
	}
	return n
}

// dice are the same at every run.
func dice() *rand.Rand { return rand.New(rand.NewPCG(4, 2024)) }

// command is the command under test.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe, args...)
	c.Env = append(os.Environ(), "ISNAD_MAIN=1", "NO_COLOR=1")
	return c
}

// must runs the command and wants it to succeed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	out, err := command(t, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("isnad %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// end is when a run is killed: after some lines of acknowledgement and then some time.
type end struct {
	lines int
	then  time.Duration
	most  time.Duration // by when, however few lines came; 0: never
}

// until runs the command until its end and gives what it acknowledged: what line finds
// in the lines of a stream. It reports whether the command ended by itself before.
func until(t *testing.T, c *exec.Cmd, stream func() (io.ReadCloser, error), e end, line func(string) string) (told []string, whole bool) {
	t.Helper()
	out, err := stream()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { time.AfterFunc(e.then, func() { c.Process.Kill() }) }
	if e.lines == 0 {
		kill()
	} else if e.most > 0 {
		time.AfterFunc(e.most, func() { c.Process.Kill() })
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if id := line(lines.Text()); id != "" {
			if told = append(told, id); len(told) == e.lines {
				kill()
			}
		}
	}
	err = c.Wait()
	return told, err == nil
}

// held gives what a library holds: each article's captures. It wants the library clean.
func held(t *testing.T, dir string) map[string]isnad.Holding {
	t.Helper()
	if out := must(t, "check", "--library", dir); !strings.Contains(out, "whole: ") {
		t.Fatal(out)
	}
	lib, err := sqlite.Open(t.Context(), dir, sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	all := map[string]isnad.Holding{}
	texts := map[string]string{}
	for h, err := range lib.Each(t.Context(), isnad.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		a := &h.Record.Article
		if other := texts[a.Text]; other != "" {
			t.Errorf("articles %s and %s are the same", other, a.ID)
		}
		all[a.ID], texts[a.Text] = h, a.ID
		if captures, err := lib.Captures(t.Context(), a.ID); err != nil || len(captures) != 1 {
			t.Errorf("article %s: %d captures, %v", a.ID, len(captures), err)
		}
	}
	return all
}

// goods are what the made articles are about.
var goods = [...]string{"القمح", "الوقود", "السكر", "الأدوية", "الإسمنت", "الأرز", "الحديد", "الزيت"}

// made makes the text of an article, another for every number.
func made(i int) (title, text string) {
	good := goods[i%len(goods)]
	title = fmt.Sprintf("وزير التجارة يعلن وصول %d طنا من %s", 100+i, good)
	text = fmt.Sprintf("أعلن وزير التجارة سامر العطار وصول %d طنا من %s إلى ميناء المدينة.\n\nوقال العطار إن الوزارة ستوزع الشحنة على %d سوقا قبل نهاية الشهر، مؤكدا أن الأسعار لن تتغير هذا العام.", 100+i, good, 3+i/7)
	return title, text
}

// heap writes articles to pour in: lines of one file, and files beside it.
func heap(t *testing.T, dir string, n int) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "lines.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	enc := json.NewEncoder(f)
	for i := range n {
		title, text := made(i)
		if i%5 == 4 {
			err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), []byte(title+"\n\n"+text), 0o666)
		} else {
			err = enc.Encode(map[string]string{"id": fmt.Sprintf("made-%d", i), "title": title, "text": text, "published": fmt.Sprintf("2024-03-%02d", 1+i%20), "outlet": "المدى"})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilledAdd kills a pouring at random moments, again and again until it is through,
// and wants everything acknowledged there, once, and the library whole.
func TestKilledAdd(t *testing.T) {
	t.Parallel()
	const n = 400
	from, d := t.TempDir(), dice()
	heap(t, from, n)
	acknowledged := func(line string) string {
		var a struct{ ID, Change string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Errorf("%q: %v", line, err)
		}
		return a.ID
	}
	for left := kills(t); left > 0; {
		dir, told := t.TempDir(), map[string]bool{}
		for life := 0; ; life++ {
			c := command(t, "add", "--json", "--library", dir, from)
			e := end{d.IntN(n / 2), time.Duration(d.IntN(300)) * time.Millisecond, 0}
			if left == 0 {
				e.lines = n + 1 // let it end
			}
			ids, whole := until(t, c, c.StdoutPipe, e, acknowledged)
			for _, id := range ids {
				told[id] = true
			}
			if whole {
				break
			}
			left--
			all := held(t, dir)
			for id := range told {
				if _, ok := all[id]; !ok {
					t.Errorf("after %d kills: %s was acknowledged and is not there", life+1, id)
				}
			}
			if t.Failed() {
				return
			}
		}
		all := held(t, dir)
		if len(all) != n {
			t.Errorf("%d articles at the end, want %d", len(all), n)
		}
		for id, h := range all {
			if h.Story == "" {
				t.Errorf("%s stands in no story", id)
			}
		}
	}
}

// TestKilledWatch kills the live loop at random moments and wants every page that has an
// article to have it once and to keep it, and the library whole.
func TestKilledWatch(t *testing.T) {
	t.Parallel()
	d := dice()
	for left := kills(t); left > 0; {
		s, pages := press(t, 3, 20)
		dir, told := t.TempDir(), map[string]bool{}
		for _, h := range s.Hosts() {
			must(t, "source", "add", "--library", dir, "--allow-private", "--host-delay", "0s", h.URL("/feed.xml"))
		}
		for done := false; !done && left > 0; left-- {
			c := command(t, "watch", "-v", "--library", dir, "--allow-private", "--host-delay", "0s")
			ids, _ := until(t, c, c.StderrPipe, end{d.IntN(20), time.Duration(d.IntN(400)) * time.Millisecond, time.Second}, func(line string) string {
				if _, after, ok := strings.Cut(line, " article="); ok && strings.Contains(line, "msg=page") {
					return strings.Fields(after)[0]
				}
				return ""
			})
			for _, id := range ids {
				told[id] = true
			}
			all := held(t, dir)
			marked := marked(t, dir, pages)
			maps.Copy(told, marked)
			for id := range told {
				if _, ok := all[id]; !ok {
					t.Errorf("%s was acknowledged and is not there", id)
				}
			}
			if done = len(marked) == len(pages); t.Failed() {
				return
			}
		}
		must(t, "watch", "--once", "--library", dir, "--allow-private", "--host-delay", "0s")
		if all := held(t, dir); len(all) != len(pages) {
			t.Errorf("%d articles at the end, want %d", len(all), len(pages))
		}
	}
}

// press opens outlets with some pages each, and gives the addresses of all pages.
func press(t *testing.T, outlets, each int) (*testsite.Site, []string) {
	t.Helper()
	var list []testsite.Outlet
	for o := range outlets {
		out := testsite.Outlet{Key: fmt.Sprint("press", o), Name: fmt.Sprint("الصحيفة ", o)}
		for i := range each {
			title, text := made(o*each + i)
			out.Pages = append(out.Pages, testsite.Page{Slug: fmt.Sprint("p", i), Title: title, Body: text, Published: time.Date(2024, 3, 1+i%9, 8, i, 0, 0, time.UTC)})
		}
		list = append(list, out)
	}
	s, err := testsite.New(list...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	var pages []string
	for _, h := range s.Hosts() {
		for i := range each {
			pages = append(pages, h.Page(fmt.Sprint("p", i)))
		}
	}
	return s, pages
}

// marked gives the articles that pages are marked with.
func marked(t *testing.T, dir string, pages []string) map[string]bool {
	t.Helper()
	lib, err := sqlite.Open(t.Context(), dir, sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	ids := map[string]bool{}
	for _, u := range pages {
		p, err := lib.Page(t.Context(), u)
		switch {
		case errors.Is(err, isnad.ErrNotFound):
		case err != nil:
			t.Fatal(err)
		case p.Article != "" && ids[p.Article]:
			t.Errorf("two pages have the article %s", p.Article)
		case p.Article != "":
			ids[p.Article] = true
		}
	}
	return ids
}
