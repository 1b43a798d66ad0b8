package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTour runs the README's tour in a folder of its own and wants every line to succeed
// and to show what it says.
func TestTour(t *testing.T) {
	for _, tool := range []string{"sh", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s here", tool)
		}
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "<!-- begin tour -->\n```sh\n")
	tour, _, ok := strings.Cut(rest, "```\n<!-- end tour -->")
	if !ok {
		t.Fatal("the README has no tour")
	}
	dir := t.TempDir()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(exe, filepath.Join(dir, "bin", "isnad")); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	l.Close()
	cmd := exec.Command("sh", "-eu", "-c", strings.ReplaceAll(tour, "127.0.0.1:8040", at)+"\nwait $desk\n")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Join(dir, "bin")+":"+os.Getenv("PATH"), "ISNAD_MAIN=1", "ISNAD_LISTEN="+at, "NO_COLOR=1", "HOME="+dir, "XDG_CONFIG_HOME="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"خلاف: عدد القتلى", "توريد الغاز", "شركة الحراسة", `"status":"ok"`, `"speaker":`, `"commitments":[{`, "الجزائر"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the tour does not show %q", want)
		}
	}
	for _, file := range []string{"newsroom.txt", "statements.csv", "commitments.ics"} {
		if b, err := os.ReadFile(filepath.Join(dir, file)); err != nil || len(b) < 200 {
			t.Errorf("%s: %d bytes, %v", file, len(b), err)
		}
	}
	if t.Failed() {
		t.Logf("%s", out)
	}
}
