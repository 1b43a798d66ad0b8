// Package turn lets programs take turns: a lock file is one program's until it gives it
// back or ends. It knows files; what is done in a turn it must not know.
package turn

import (
	"fmt"
	"os"
)

// Take takes a lock file for this program alone, and makes it where there is none. Closing
// it gives it back; the system does so when the program ends. The error is ErrBusy of
// package isnad while another has it, in this program too.
func Take(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, err
	}
	if err := lock(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f, nil
}
