package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestBeside pours in, follows, checks and copies beside a watch that is running on the
// same library.
func TestBeside(t *testing.T) {
	t.Parallel()
	s, pages := press(t, 2, 8)
	from, dir := t.TempDir(), t.TempDir()
	heap(t, from, 60)
	must(t, "source", "add", "--library", dir, "--allow-private", "--host-delay", "0s", s.Hosts()[0].URL("/feed.xml"))
	watch := start(t, "watch", "--library", dir, "--allow-private", "--host-delay", "100ms")
	must(t, "add", "--library", dir, from)
	must(t, "source", "add", "--library", dir, "--allow-private", "--host-delay", "0s", s.Hosts()[1].URL("/feed.xml"))
	must(t, "backup", "--library", dir, t.TempDir())
	if out := must(t, "check", "--library", dir); !strings.Contains(out, "whole: ") {
		t.Error(out)
	}
	for end := time.Now().Add(2 * time.Minute); len(marked(t, dir, pages)) < len(pages); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d of %d pages came", len(marked(t, dir, pages)), len(pages))
		}
	}
	watch.Process.Signal(os.Interrupt)
	watch.end(t, time.Minute)
	must(t, "watch", "--once", "--library", dir, "--allow-private", "--host-delay", "0s")
	if out := must(t, "check", "--library", dir); !strings.Contains(out, fmt.Sprintf("whole: %d articles ", 60+len(pages))) {
		t.Error(out)
	}
	sums(t, libraryAt(t, dir)) // each once
}

// TestWorkerAlone follows feeds with a worker that has its queues inside, beside a
// second one, and shows how the work stands through the first one's door.
func TestWorkerAlone(t *testing.T) {
	t.Parallel()
	s, pages := press(t, 2, 8)
	dir := t.TempDir()
	for _, h := range s.Hosts() {
		must(t, "source", "add", "--library", dir, "--allow-private", "--host-delay", "0s", h.URL("/feed.xml"))
	}
	visits := []string{"--library", dir, "--allow-private", "--host-delay", "50ms"}
	first := start(t, append([]string{"worker"}, visits...)...)
	second := start(t, append([]string{"worker", "--once"}, visits...)...)
	for end := time.Now().Add(2 * time.Minute); len(marked(t, dir, pages)) < len(pages); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d of %d pages came", len(marked(t, dir, pages)), len(pages))
		}
	}
	second.end(t, time.Minute)
	if out := must(t, "work", "status", "--library", dir); !strings.Contains(out, "0 wait") || !strings.Contains(out, fmt.Sprintf("process %d", first.Process.Pid)) {
		t.Error(out)
	}
	if out := must(t, "work", "failed", "--library", dir); out != "" {
		t.Error(out)
	}
	if out, err := command(t, "work", "retry", "--library", dir, "77").CombinedOutput(); err == nil || !strings.Contains(string(out), "no work with the number 77") {
		t.Errorf("%s, %v", out, err)
	}
	first.Process.Signal(os.Interrupt)
	first.end(t, time.Minute)
	if out := must(t, "work", "status", "--library", dir); !strings.Contains(out, "nobody is at work") {
		t.Error(out)
	}
	if all := held(t, dir); len(all) != len(pages) {
		t.Errorf("%d articles, want %d", len(all), len(pages))
	}
}
