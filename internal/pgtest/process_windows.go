package pgtest

import (
	"os/exec"
	"time"
)

// process is a postmaster; nobody starts one for tests on this system.
type process struct{ ended chan struct{} }

func run(string, []string, string, string) (*process, error) { return nil, ErrAbsent }

func (*process) kill() error { return nil }

func (*process) stop(time.Duration) error { return nil }

func as(*exec.Cmd) {}

func own(string) error { return ErrAbsent }
