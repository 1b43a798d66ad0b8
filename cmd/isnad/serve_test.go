package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/isnad-project/isnad/internal/gauge"
)

// program is this test binary as the command.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env = append(os.Environ(), "ISNAD_MAIN=1", "NO_COLOR=1", "XDG_CONFIG_HOME="+t.TempDir())
	return cmd
}

// finished runs the command to its end and gives what it printed.
func finished(t *testing.T, args ...string) string {
	t.Helper()
	cmd := program(t, args...)
	var trouble bytes.Buffer
	cmd.Stderr = &trouble
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, trouble.Bytes())
	}
	return string(out)
}

// served is a running isnad serve.
type served struct {
	t    *testing.T
	cmd  *exec.Cmd
	at   string // its address, without the last slash
	mu   sync.Mutex
	logs []string
	read sync.WaitGroup
}

// up starts isnad serve and waits until it says where it is.
func up(t *testing.T, args ...string) *served {
	t.Helper()
	s := &served{t: t, cmd: program(t, append([]string{"serve", "--listen", "127.0.0.1:0", "--log-format", "json"}, args...)...)}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	trouble, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.cmd.Process.Kill(); s.cmd.Wait() })
	s.read.Go(func() {
		lines := bufio.NewScanner(trouble)
		for lines.Scan() {
			s.mu.Lock()
			s.logs = append(s.logs, lines.Text())
			s.mu.Unlock()
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "http://127.0.0.1:") {
		t.Fatalf("%q, %v, %s", line, err, s.log())
	}
	s.at = strings.TrimSuffix(strings.TrimSpace(line), "/")
	return s
}

func (s *served) log() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.logs, "\n")
}

// get asks for a page and wants a status.
func (s *served) get(path string, status int) string {
	s.t.Helper()
	res, err := http.Get(s.at + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != status {
		s.t.Errorf("%s: %d, want %d; %v\n%.300s", path, res.StatusCode, status, err, b)
	}
	return string(b)
}

// down ends it as a service manager does, and wants it to end well.
func (s *served) down() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	s.gone()
}

func (s *served) gone() {
	s.t.Helper()
	s.read.Wait()
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("%v\n%s", err, s.log())
	}
}

// TestServe starts the desk of the sample newsroom, asks for a page, its health and its
// figures, and ends it while a request is under way: that is answered, and the library is
// whole.
func TestServe(t *testing.T) {
	lib := filepath.Join(t.TempDir(), "lib")
	finished(t, "demo", "--keep", lib)
	s := up(t, "--library", lib, "--watch", "--allow-private", "--metrics-token", "figure")
	s.get("/", http.StatusOK)
	s.get("/en/search?q=secret", http.StatusOK)
	if h := s.get("/healthz", http.StatusOK); !strings.Contains(h, `"evidence":"ok"`) {
		t.Error(h)
	}
	s.get("/healthz/live", http.StatusOK)
	s.get("/metrics", http.StatusUnauthorized)

	named(t, s)

	body, text := io.Pipe()
	req, err := http.NewRequest("POST", s.at+"/api/v1/read", body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "text/plain; charset=utf-8")
	answered := make(chan int, 1)
	go func() {
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Error(err)
			answered <- 0
			return
		}
		res.Body.Close()
		answered <- res.StatusCode
	}()
	io.WriteString(text, "قال الوزير إن بلاده ")
	for deadline := time.Now().Add(time.Minute); under(s) < 2 && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	s.cmd.Process.Signal(syscall.SIGTERM)
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if _, err := http.Get(s.at + "/healthz/live"); err != nil {
			break // nobody new is let in
		}
	}
	io.WriteString(text, "سترسل مساعدات.")
	text.Close()
	if status := <-answered; status != http.StatusOK {
		t.Errorf("the request under way was answered with %d", status)
	}
	s.gone()
	logs := strings.Split(s.log(), "\n")
	if !strings.Contains(logs[len(logs)-1], `"msg":"ended"`) {
		t.Errorf("the last line is %s", logs[len(logs)-1])
	}
	for _, l := range logs {
		if !json.Valid([]byte(l)) || strings.Contains(l, "secret") {
			t.Errorf("logged: %s", l)
		}
	}
	finished(t, "check", "--library", lib)
}

// named wants every operation of the API, and every page that the first one leads to, to
// be counted by its name.
func named(t *testing.T, s *served) {
	t.Helper()
	var doc struct {
		Paths map[string]any
	}
	if err := json.Unmarshal([]byte(s.get("/api/v1/openapi.json", http.StatusOK)), &doc); err != nil || len(doc.Paths) == 0 {
		t.Fatal(err)
	}
	for path := range doc.Paths {
		if page := gauge.Page(path); page == "api" || page == "other" {
			t.Errorf("%s is counted as %s", path, page)
		}
	}
	for _, link := range regexp.MustCompile(`(?:href|action)="(/[^"?#]*)`).FindAllStringSubmatch(s.get("/", http.StatusOK), -1) {
		if gauge.Page(link[1]) == "other" {
			t.Errorf("%s is counted as other", link[1])
		}
	}
}

// under says how many requests are under way, that for the figures among them.
func under(s *served) int {
	req, err := http.NewRequest("GET", s.at+"/metrics", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer figure")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "\nisnad_requests_under_way ")
	if rest == "" {
		s.t.Fatalf("%.500s", b)
	}
	return int(rest[0] - '0')
}

// TestHooks saves a search by the command; what is poured in while the desk serves, and
// while it does not, is posted once.
func TestHooks(t *testing.T) {
	dir := t.TempDir()
	lib := filepath.Join(dir, "lib")
	got := make(chan string, 10)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var m struct{ Article struct{ Title string } }
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil || r.Header.Get("webhook-signature") == "" {
			t.Error(err, r.Header)
		}
		got <- m.Article.Title
	}))
	defer receiver.Close()
	pour := func(name, title string) {
		t.Helper()
		file := filepath.Join(dir, name+".jsonl")
		if err := os.WriteFile(file, []byte(`{"id":"`+name+`","outlet":"نبأ","title":"`+title+`","published":"2019-04-05","text":"وصل الغاز إلى الميناء."}`+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		finished(t, "add", "--library", lib, file)
	}
	want := func(title string) {
		t.Helper()
		select {
		case x := <-got:
			if x != title {
				t.Errorf("%q came, want %q", x, title)
			}
		case <-time.After(time.Minute):
			t.Fatalf("%q did not come", title)
		}
	}
	pour("before", "قديم")
	made := finished(t, "hook", "add", "--library", lib, "--allow-private", "--name", "الغاز", receiver.URL, "غاز")
	id, secret, _ := strings.Cut(strings.TrimSpace(made), "\t")
	if id == "" || !strings.HasPrefix(secret, "whsec_") {
		t.Fatalf("%q", made)
	}
	s := up(t, "--library", lib, "--allow-private")
	pour("one", "أول")
	want("أول")
	finished(t, "hook", "test", "--library", lib, "--allow-private", id)
	want("")
	s.down()
	pour("two", "ثان")
	again := up(t, "--library", lib, "--allow-private")
	want("ثان")
	again.down()
	if list := finished(t, "hook", "list", "--library", lib); !strings.Contains(list, "2 taken, 0 waiting") || strings.Contains(list, "whsec_") {
		t.Error(list)
	}
	finished(t, "hook", "remove", "--library", lib, id)
	if list := finished(t, "hook", "list", "--library", lib, "--json"); list != "" {
		t.Error(list)
	}
	if len(got) > 0 {
		t.Errorf("%q came once more", <-got)
	}
}

// TestHooksKilled kills the desk again and again while articles are poured in and their
// receiver fails now and then: in the end each was taken, and few were told of twice,
// which their ids tell.
func TestHooksKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes its time")
	}
	const articles, kills = 120, 4
	dir := t.TempDir()
	lib := filepath.Join(dir, "lib")
	var mu sync.Mutex
	came, ids, asked := map[string]int{}, map[string]bool{}, 0
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m struct {
			ID      string
			Article struct{ ID string }
		}
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			return // cut off in the middle
		}
		mu.Lock()
		defer mu.Unlock()
		if asked++; asked%29 == 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		came[m.Article.ID]++
		ids[m.ID] = true
	}))
	defer receiver.Close()
	finished(t, "hook", "add", "--library", lib, "--allow-private", "--name", "all", receiver.URL)
	for round := range kills + 1 {
		s := up(t, "--library", lib, "--allow-private")
		var lines bytes.Buffer
		for i := range articles / (kills + 1) {
			fmt.Fprintf(&lines, `{"id":"%d-%d","outlet":"نبأ","title":"خبر","published":"20%02d-04-05","text":"وصل الغاز إلى الميناء."}`+"\n", round, i, 24-round)
		}
		file := filepath.Join(dir, fmt.Sprint(round, ".jsonl"))
		if err := os.WriteFile(file, lines.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		finished(t, "add", "--library", lib, file)
		want := articles
		if round < kills {
			want = (round*2 + 1) * articles / (kills + 1) / 2 // in the middle of this round's
		}
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
			mu.Lock()
			n := len(came)
			mu.Unlock()
			if n >= want {
				break
			}
		}
		if round < kills {
			s.cmd.Process.Kill()
			s.read.Wait()
			s.cmd.Wait() //nolint:errcheck // it was killed
			continue
		}
		s.down()
	}
	twice := 0
	for _, n := range came {
		twice += n - 1
	}
	if len(came) != articles || len(ids) != articles || twice > kills {
		t.Errorf("%d articles were taken, want %d; %d ids; %d came once more than needed", len(came), articles, len(ids), twice)
	}
}

// TestDemoServes wants the sample newsroom to be printed and then served until it is
// ended, wherever it finds room.
func TestDemoServes(t *testing.T) {
	s := &served{t: t, cmd: program(t, "demo", "--serve")}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.cmd.Process.Kill(); s.cmd.Wait() })
	printed := ""
	lines := bufio.NewScanner(out)
	for s.at == "" && lines.Scan() {
		printed += lines.Text() + "\n"
		if strings.HasPrefix(lines.Text(), "http://127.0.0.1:") {
			s.at = strings.TrimSuffix(lines.Text(), "/")
		}
	}
	if s.at == "" || !strings.Contains(printed, "خلاف: عدد القتلى") || !strings.Contains(printed, "بوعد") {
		t.Fatalf("printed: %s", printed)
	}
	if page := s.get("/?days=7", http.StatusOK); !strings.Contains(page, "زلزال") {
		t.Error("the page does not show the newsroom")
	}
	s.down()
}
