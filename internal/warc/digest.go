package warc

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// ErrCut says that a block was kept in part, so that nothing can be said of its digest.
var ErrCut = errors.New("the block is longer than what was kept of it: its digest was not checked")

// DigestError says that bytes are not those that were written.
type DigestError struct{ Name, Want, Got string }

func (e *DigestError) Error() string {
	return fmt.Sprintf("%s is %s, and the bytes have %s: they are not what was written", e.Name, e.Want, e.Got)
}

// Digest is the labelled digest of b, as in "sha256:" and base32. The algorithms are md5,
// sha1, sha256 and sha512; of another it gives "".
func Digest(algorithm string, b []byte) string {
	sum := sum(algorithm, b)
	if sum == nil {
		return ""
	}
	return algorithm + ":" + base32.StdEncoding.EncodeToString(sum)
}

func sum(algorithm string, b []byte) []byte {
	switch algorithm {
	case "sha1":
		s := sha1.Sum(b)
		return s[:]
	case "sha256":
		s := sha256.Sum256(b)
		return s[:]
	case "sha512":
		s := sha512.Sum512(b)
		return s[:]
	case "md5":
		s := md5.Sum(b)
		return s[:]
	}
	return nil
}

// Matches reports whether b has the labelled digest, written in base32 or in hexadecimal.
// Of an algorithm that it does not know it reports true: nothing speaks against the bytes.
func Matches(digest string, b []byte) bool {
	algorithm, value, found := strings.Cut(digest, ":")
	algorithm = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(algorithm)), "-", "")
	sum := sum(algorithm, b)
	if !found || sum == nil {
		return true
	}
	value = strings.TrimRight(strings.TrimSpace(value), "=")
	return strings.EqualFold(value, strings.TrimRight(base32.StdEncoding.EncodeToString(sum), "=")) ||
		strings.EqualFold(value, hex.EncodeToString(sum))
}

// Verify compares the block and the payload with the digests that the header gives. A
// payload that was sent in chunks may have its digest with them or without: tools differ.
func (r *Record) Verify() error {
	block, payload := r.Header.Get("WARC-Block-Digest"), r.Header.Get("WARC-Payload-Digest")
	if r.Cut() {
		return ErrCut
	}
	if block != "" && !Matches(block, r.Block) {
		return &DigestError{"WARC-Block-Digest", block, again(block, r.Block)}
	}
	if payload == "" || r.Type == Revisit || r.Header.Has("WARC-Segment-Number") {
		return nil
	}
	body := r.Payload()
	if Matches(payload, body) {
		return nil
	}
	if m, err := r.Message(Limit); err == nil && m.chunked != nil && Matches(payload, m.chunked) {
		return nil
	}
	return &DigestError{"WARC-Payload-Digest", payload, again(payload, body)}
}

// again is the digest of b by the algorithm of another.
func again(digest string, b []byte) string {
	algorithm, _, _ := strings.Cut(digest, ":")
	return Digest(strings.ReplaceAll(strings.ToLower(algorithm), "-", ""), b)
}
