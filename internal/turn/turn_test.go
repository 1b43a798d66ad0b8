package turn

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/isnad-project/isnad"
)

// TestTake holds that a lock is one's alone until it is given back.
func TestTake(t *testing.T) {
	name := filepath.Join(t.TempDir(), "task.turn")
	first, err := Take(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Take(name); !errors.Is(err, isnad.ErrBusy) {
		t.Errorf("a second took it: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Take(name)
	if err != nil {
		t.Fatalf("after it was given back: %v", err)
	}
	again.Close()
	if _, err := Take(filepath.Join(t.TempDir(), "none", "task.turn")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("in a folder that is not there: %v", err)
	}
}

// TestKilled holds that a program that is killed gives its lock back.
func TestKilled(t *testing.T) {
	const asked = "ISNAD_TURN"
	if name := os.Getenv(asked); name != "" { // this test, run as another program
		f, err := Take(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close() // keeps it from being collected
		os.Stdout.WriteString("taken\n")
		os.Stdin.Read(make([]byte, 1)) // until it is killed
		return
	}
	name := filepath.Join(t.TempDir(), "task.turn")
	other := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	other.Env = append(os.Environ(), asked+"="+name)
	if _, err := other.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 6)); err != nil {
		t.Fatal(err)
	}
	_, err = Take(name)
	if !errors.Is(err, isnad.ErrBusy) {
		t.Errorf("while another program has it: %v", err)
	}
	other.Process.Kill()
	other.Wait()
	f, err := Take(name)
	if err != nil {
		t.Fatalf("after the other program was killed: %v", err)
	}
	f.Close()
}
