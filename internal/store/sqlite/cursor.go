package sqlite

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/isnad-project/isnad"
)

// A cursor is the place after which a list goes on, in JSON and base 64. It names what
// stands there, not a number of rows: what is kept meanwhile neither moves nor repeats
// what comes after.

func writeCursor(at any) string {
	b, err := json.Marshal(at)
	if err != nil {
		return "" // cannot be: cursors are numbers and strings
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// readCursor reads a cursor into at, which stays as it is when the cursor is empty.
func readCursor(cursor string, at any) error {
	if cursor == "" {
		return nil
	}
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(b, at)
	}
	if err != nil {
		return fmt.Errorf("%w: the cursor is not one of this list: %w", isnad.ErrQuery, err)
	}
	return nil
}
