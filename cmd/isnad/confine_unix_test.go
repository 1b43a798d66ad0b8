//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// confine lets a command see nothing but a tree, and be nobody in it.
func confine(cmd *exec.Cmd, tree string, user uint32) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: tree, Credential: &syscall.Credential{Uid: user, Gid: user}}
}
