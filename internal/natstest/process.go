package natstest

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// process is a server that runs.
type process struct {
	*os.Process
	ended chan struct{} // closed when it has ended
}

// run starts a program that ends with this one. The thread that starts it lives as long
// as it does: where the system ends children with their parent, it means the thread.
func run(program string, args []string, log string) (*process, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{}
	endWithParent(cmd.SysProcAttr)
	p, started := &process{ended: make(chan struct{})}, make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		p.Process = cmd.Process
		started <- err
		if err == nil {
			_ = cmd.Wait()
			close(p.ended)
		}
	}()
	return p, <-started
}

// kill kills the process and waits for its end.
func (p *process) kill() error {
	select {
	case <-p.ended:
		return nil
	default:
	}
	if err := p.Kill(); err != nil {
		return err
	}
	<-p.ended
	return nil
}
