//go:build unix

package pgtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

// process is a postmaster.
type process struct {
	*os.Process
	ended chan struct{} // closed when it has ended
}

// run starts a program that ends with this one. The thread that starts it lives as long
// as it does: where the system ends children with their parent, it means the thread.
func run(program string, args []string, dir, log string) (*process, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, out, out
	as(cmd)
	endWithParent(cmd.SysProcAttr)
	p := &process{ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		p.Process = cmd.Process
		started <- err
		if err == nil {
			cmd.Wait()
			close(p.ended)
		}
	}()
	return p, <-started
}

// kill kills the process and waits for its end.
func (p *process) kill() error { return p.end(syscall.SIGKILL, time.Minute) }

// stop stops the server at once but in order: SIGINT is PostgreSQL's fast shutdown.
func (p *process) stop(patience time.Duration) error { return p.end(syscall.SIGINT, patience) }

func (p *process) end(by syscall.Signal, patience time.Duration) error {
	if err := p.Signal(by); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
		return nil
	case <-time.After(patience):
		return errors.Join(fmt.Errorf("PostgreSQL does not end by %v", by), p.Process.Kill())
	}
}

// as makes a command run as a user other than root, as PostgreSQL wants.
func as(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{}
	if os.Getuid() != 0 {
		return
	}
	if uid, gid, err := account(); err == nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uid, Gid: gid}
	}
}

// own gives a file to the user that the server runs as.
func own(file string) error {
	if os.Getuid() != 0 {
		return nil
	}
	uid, gid, err := account()
	if err != nil {
		return err
	}
	return os.Chown(file, int(uid), int(gid))
}

// account is the user that the server runs as when root starts it.
func account() (uid, gid uint32, err error) {
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		return 0, 0, fmt.Errorf("PostgreSQL does not run as root, and there is no user for it: %w", err)
	}
	ui, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gi, err2 := strconv.ParseUint(u.Gid, 10, 32)
	return uint32(ui), uint32(gi), errors.Join(err1, err2)
}
