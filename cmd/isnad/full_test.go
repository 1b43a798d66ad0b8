//go:build linux

package main

import (
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk pours into a disk with too little room and wants a clear error, nothing
// acknowledged lost, and the rest kept once there is room; and then into a read-only one.
func TestFullDisk(t *testing.T) {
	const n = 400
	dir, from := t.TempDir(), t.TempDir()
	if err := syscall.Mount("isnad", dir, "tmpfs", 0, "size=1200k"); err != nil {
		t.Skip("a small disk cannot be mounted here:", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, 0) })
	heap(t, from, n)
	c := command(t, "add", "--json", "--library", dir, from)
	var said strings.Builder
	c.Stderr = &said
	out, err := c.Output()
	if err == nil {
		t.Fatal("the disk was not filled")
	}
	if !strings.Contains(said.String(), "full") {
		t.Errorf("it says %q", said.String())
	}
	told := strings.Count(string(out), `"change"`)
	if err := syscall.Mount("isnad", dir, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	if all := held(t, dir); len(all) < told {
		t.Errorf("%d acknowledged, %d there", told, len(all))
	}
	must(t, "add", "--library", dir, from)
	if all := held(t, dir); len(all) != n {
		t.Errorf("%d articles, want %d", len(all), n)
	}
	if err := syscall.Mount("isnad", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	said.Reset()
	c = command(t, "add", "--library", dir, from)
	c.Stderr = &said
	if err := c.Run(); err == nil || !strings.Contains(said.String(), dir) {
		t.Errorf("read-only: %v, it says %q", err, said.String())
	}
}
