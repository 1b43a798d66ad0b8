package hook

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/isnad-project/isnad"
)

// file keeps a hook with its state.
func (d *Desk) file(ctx context.Context, h Hook, s State) error {
	a, err := json.Marshal(h)
	if err != nil {
		return err
	}
	b, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return d.lib.File(ctx, isnad.Paper{Kind: paper, Name: h.ID, Text: a}, isnad.Paper{Kind: progress, Name: h.ID, Text: b})
}

// read reads a paper.
func read[T any](p isnad.Paper) (T, error) {
	var v T
	if err := json.Unmarshal(p.Text, &v); err != nil {
		return v, fmt.Errorf("%s %q of the library is damaged: %w", p.Kind, p.Name, err)
	}
	return v, nil
}

// identity makes an id that nobody has.
func identity() string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(chance(10)))
}

// chance gives random bytes.
func chance(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) //nolint:errcheck // it never fails
	return b
}
