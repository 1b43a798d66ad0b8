package pgtest

import "syscall"

// endWithParent makes the system stop the server when the tests end without a word.
func endWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGQUIT }
