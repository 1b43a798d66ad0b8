package natstest

import "syscall"

// endWithParent makes the system end the server when the tests end without a word.
func endWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }
