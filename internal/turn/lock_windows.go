package turn

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/windows"

	"github.com/isnad-project/isnad"
)

// lock locks a file for this process alone, or says that another has it.
func lock(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return fmt.Errorf("%w: %w", isnad.ErrBusy, err)
	}
	return err
}
