package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The bounds of a password, in letters and in bytes.
const (
	passwordLeast = 10
	passwordMost  = 512
)

// hash is a password as it is kept: Argon2id (RFC 9106) with what it was made with.
type hash struct {
	memory, time uint32 // KiB, passes
	threads      uint8
	salt, sum    []byte
}

// present are the costs of new hashes, above the least that OWASP's Password Storage
// Cheat Sheet asks for.
func present() hash { return hash{memory: 32 << 10, time: 3, threads: 1} }

var errHash = errors.New("the password's hash is damaged")

// newHash hashes a password with a salt of its own.
func newHash(password string) hash {
	h := present()
	h.salt = make([]byte, 16)
	rand.Read(h.salt) //nolint:errcheck // never fails
	h.sum = h.of(password, 32)
	return h
}

func (h hash) of(password string, n int) []byte {
	return argon2.IDKey([]byte(norm.NFC.String(password)), h.salt, h.time, h.memory, h.threads, uint32(n))
}

// fits reports whether a password is the one, in a time that does not tell.
func (h hash) fits(password string) bool {
	return subtle.ConstantTimeCompare(h.of(password, len(h.sum)), h.sum) == 1
}

// String writes the hash as others do (PHC string format):
// $argon2id$v=19$m=32768,t=3,p=1$salt$sum.
func (h hash) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.threads, b64.EncodeToString(h.salt), b64.EncodeToString(h.sum))
}

// parseHash reads what String wrote. Costs that would fill the machine are refused.
func parseHash(s string) (hash, error) {
	parts := strings.Split(s, "$")
	if len(s) > 300 || len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return hash{}, errHash
	}
	var h hash
	costs := strings.Split(parts[3], ",")
	if len(costs) != 3 {
		return hash{}, errHash
	}
	memory, err1 := cost(costs[0], "m=", 8, 256<<10)
	passes, err2 := cost(costs[1], "t=", 1, 20)
	threads, err3 := cost(costs[2], "p=", 1, 16)
	salt, err4 := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	sum, err5 := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if errors.Join(err1, err2, err3, err4, err5) != nil || len(salt) < 8 || len(sum) < 16 || memory < 8*threads {
		return hash{}, errHash
	}
	h.memory, h.time, h.threads, h.salt, h.sum = memory, passes, uint8(threads), salt, sum
	return h, nil
}

func cost(s, name string, least, most uint32) (uint32, error) {
	digits, ok := strings.CutPrefix(s, name)
	n, err := strconv.ParseUint(digits, 10, 32)
	if !ok || err != nil || digits[0] == '0' || digits[0] == '+' || uint32(n) < least || uint32(n) > most {
		return 0, errHash
	}
	return uint32(n), nil
}

// sound says what is wrong with a new password.
func sound(name, password string) error {
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password) || strings.ContainsAny(password, "\x00\r\n"):
		return fmt.Errorf("%w: the password has letters that cannot be typed", ErrUser)
	case n < passwordLeast:
		return fmt.Errorf("%w: the password has %d letters; %d are the least", ErrUser, n, passwordLeast)
	case len(password) > passwordMost:
		return fmt.Errorf("%w: the password is longer than %d bytes", ErrUser, passwordMost)
	case strings.EqualFold(strings.TrimSpace(password), name) || strings.Trim(password, string([]rune(password)[0])) == "":
		return fmt.Errorf("%w: the password is too easy to guess", ErrUser)
	}
	return nil
}

// hashing does work on a password: a few at once, since each takes much memory, and no
// more waiting than are served within seconds.
func (d *Door) hashing(ctx context.Context, work func()) error {
	select {
	case d.queue <- struct{}{}:
		defer func() { <-d.queue }()
	default:
		return &Slow{Wait: 2 * time.Second}
	}
	select {
	case d.hashers <- struct{}{}:
		defer func() { <-d.hashers }()
	case <-ctx.Done():
		return ctx.Err()
	}
	work()
	return nil
}
