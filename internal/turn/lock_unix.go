//go:build unix

package turn

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/isnad-project/isnad"
)

// lock locks a file for this process alone, or says that another has it.
func lock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return fmt.Errorf("%w: %w", isnad.ErrBusy, err)
	}
	return err
}
