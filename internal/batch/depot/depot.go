// Package depot is storage that the processes of a batch share: a folder that all of them
// see, or a bucket of an S3-compatible server. It knows whole things under names, put
// whole or not at all; not what is in them.
package depot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// Depot keeps things under names: words of letters, digits, points and hyphens with
// slashes between them. It is safe for concurrent use, by many processes.
type Depot interface {
	// Put keeps a thing of a size in bytes, in the place of one with its name.
	Put(ctx context.Context, name string, in io.ReadSeeker, size int64) error
	// Claim keeps a small thing unless there is one with its name, and says whether it did.
	Claim(ctx context.Context, name string, b []byte) (bool, error)
	// Get gives a small thing; ErrNone where there is none.
	Get(ctx context.Context, name string) ([]byte, error)
	// Open gives a stretch of the bytes of a thing; ErrNone where there is none.
	Open(ctx context.Context, name string, offset, length int64) (io.ReadCloser, error)
	// List gives the names that begin with a prefix, in order.
	List(ctx context.Context, prefix string) ([]string, error)
	// Remove throws a thing away; it is no error when there is none.
	Remove(ctx context.Context, name string) error
	// Clear throws away everything whose name begins with a word and a slash.
	Clear(ctx context.Context, word string) error
	// String is the address, for people.
	String() string
}

// ErrNone says that there is nothing under a name.
var ErrNone = errors.New("not in the depot")

// most is the size in bytes past which Get gives up: what is small is smaller.
const most = 256 << 20

// New gives the depot at an address: a folder, which is made where there is none, or
// s3://bucket/prefix. A server other than Amazon's is named by the environment
// (AWS_ENDPOINT_URL), as are region and keys, or by ?endpoint=http://host:port&region=….
func New(address string) (Depot, error) {
	rest, ok := strings.CutPrefix(address, "s3://")
	if !ok {
		return newFolder(address)
	}
	u, err := url.Parse("s3://" + rest)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%q is no address of a bucket: s3://bucket/prefix", address)
	}
	return newBucket(u)
}
