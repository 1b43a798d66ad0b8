package main

import (
	"bufio"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

const packaging = "../../packaging/"

func packaged(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(packaging + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestUnit lets systemd check the unit, and wants its command line to be one of ours.
func TestUnit(t *testing.T) {
	unit := packaged(t, "isnad.service")
	line := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/isnad (.*)$`).FindStringSubmatch(unit)
	if line == nil {
		t.Fatal("the unit starts something else")
	}
	finished(t, append(strings.Fields(line[1]), "--help")...)
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("there is no systemd-analyze here to check the unit")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "isnad.service")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(unit, "/usr/local/bin/isnad", exe)), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("systemd-analyze", "verify", file).CombinedOutput(); err != nil || strings.Contains(string(out), "isnad.service") {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestSettings wants the sample file of settings to be sound, also where what is
// commented out is not.
func TestSettings(t *testing.T) {
	sample := packaged(t, "isnad.yaml")
	for _, text := range []string{sample, regexp.MustCompile(`(?m)^( *)# ([a-z-]+: )`).ReplaceAllString(sample, "$1$2")} {
		file := filepath.Join(t.TempDir(), "isnad.yaml")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if out := finished(t, "--config", file, "config", "serve"); !strings.Contains(out, "log-format: json") || !strings.Contains(out, file+":") {
			t.Error(out)
		}
	}
}

// TestContainer runs the build command of the Containerfile and wants a static binary
// that serves in a tree with nothing else in it, as the user that the container has.
func TestContainer(t *testing.T) {
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("building takes its time")
	}
	file := packaged(t, "Containerfile")
	run := regexp.MustCompile(`(?m)^RUN (CGO_ENABLED=0 go build .*) -o /out/isnad ./cmd/isnad$`).FindStringSubmatch(file)
	if run == nil {
		t.Fatal("the Containerfile builds in another way")
	}
	tree := t.TempDir()
	exe := filepath.Join(tree, "usr/local/bin/isnad")
	for dir, mode := range map[string]os.FileMode{"usr/local/bin": 0o755, "tmp": 0o777, "var/lib/isnad": 0o777} {
		if err := os.MkdirAll(filepath.Join(tree, dir), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(tree, dir), mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(tree, 0o755); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("sh", "-c", run[1]+" -o "+exe+" ./cmd/isnad")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	f, err := elf.Open(exe)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the binary needs a loader: it is not static")
		}
	}
	if !regexp.MustCompile(`(?m)^USER 65532:65532$`).MatchString(file) || !strings.Contains(file, "STOPSIGNAL SIGTERM") {
		t.Error("the container runs as root, or is ended in another way")
	}
	if os.Getuid() != 0 {
		t.Skip("only root may try the binary in a tree of its own")
	}
	alone := func(args ...string) *exec.Cmd {
		cmd := exec.Command("/usr/local/bin/isnad", args...)
		cmd.Env = []string{"ISNAD_LIBRARY=/var/lib/isnad"}
		cmd.Dir = "/"
		confine(cmd, tree, 65532)
		return cmd
	}
	serve := regexp.MustCompile(`(?m)^CMD \["(.*)"\]$`).FindStringSubmatch(file)
	if serve == nil {
		t.Fatal("the Containerfile runs nothing")
	}
	out, err := alone(strings.Split(serve[1], `", "`)...).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "isnad user add") {
		t.Errorf("it is open to everybody: %v\n%s", err, out)
	}
	desk := alone("serve", "--demo", "--listen", "127.0.0.1:0")
	said, err := desk.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.Start(); err != nil {
		t.Fatal(err)
	}
	defer desk.Wait()
	defer desk.Process.Kill()
	at, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	health := regexp.MustCompile(`CMD \["/usr/local/bin/isnad", "(health)", "http`).FindStringSubmatch(file)
	if health == nil {
		t.Fatal("the container's health is not asked for")
	}
	if out, err := alone(health[1], strings.TrimSpace(at)).CombinedOutput(); err != nil || !strings.Contains(string(out), `"status":"ok"`) {
		t.Errorf("%v\n%s", err, out)
	}
}
