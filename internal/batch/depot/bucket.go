package depot

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// bucket keeps things as objects of an S3-compatible server, which has them whole or not
// at all.
type bucket struct {
	core   minio.Core
	host   string
	name   string
	prefix string
}

// tries is how often a request is sent before it has failed.
const tries = 5

// metadata is how long the metadata service of a cloud may take for its keys.
const metadata = 3 * time.Second

func newBucket(u *url.URL) (*bucket, error) {
	q := u.Query()
	endpoint := cmp.Or(q.Get("endpoint"), os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL"), "https://s3.amazonaws.com")
	at, err := url.Parse(endpoint)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return nil, fmt.Errorf("the endpoint %q is no address: http://host:port or https://host", endpoint)
	}
	keys := credentials.NewChainCredentials([]credentials.Provider{
		&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}, &credentials.IAM{Client: &http.Client{Timeout: metadata}},
	})
	client, err := minio.New(at.Host, &minio.Options{
		Creds: keys, Secure: at.Scheme == "https", MaxRetries: tries,
		Region: cmp.Or(q.Get("region"), os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")),
	})
	if err != nil {
		return nil, fmt.Errorf("bucket %s at %s: %w", u.Host, at.Host, err)
	}
	return &bucket{minio.Core{Client: client}, at.Host, u.Host, strings.Trim(u.Path, "/")}, nil
}

func (d *bucket) String() string { return "s3://" + path.Join(d.name, d.prefix) }

func (d *bucket) key(name string) string {
	if d.prefix == "" {
		return name
	}
	return d.prefix + "/" + name
}

// advice says for what a server answers what to do about it.
var advice = [...]struct{ code, do string }{
	{"AccessDenied", "the key may not do this there: give its user the right to list, get, put and delete, or use another (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"},
	{"InvalidAccessKeyId", "the server does not know this key: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"},
	{"SignatureDoesNotMatch", "the secret is not that of the key: set AWS_SECRET_ACCESS_KEY"},
	{"NoSuchBucket", "there is no such bucket: make it first, or name another"},
	{"RequestTimeTooSkewed", "the clock of this machine is wrong: set it"},
	{"XMinioStorageFull", "the server's disk is full: make room and run the same command again"},
	{"QuotaExceeded", "the bucket is full: make room and run the same command again"},
	{"SlowDown", "the server asks for fewer requests: run fewer processes"},
}

// fault names the bucket in an error, and what to do.
func (d *bucket) fault(do, name string, err error) error {
	if err == nil {
		return nil
	}
	r := minio.ToErrorResponse(err)
	if r.Code == minio.NoSuchKey || r.StatusCode == http.StatusNotFound && r.Code != minio.NoSuchBucket {
		return fmt.Errorf("%w: %s of bucket %s", ErrNone, name, d.name)
	}
	for _, a := range advice {
		if r.Code == a.code {
			return fmt.Errorf("bucket %s at %s refuses to %s %q (%s): %s", d.name, d.host, do, d.key(name), r.Code, a.do)
		}
	}
	var network *url.Error
	switch {
	case r.StatusCode == http.StatusForbidden:
		return fmt.Errorf("bucket %s at %s refuses to %s %q: %s", d.name, d.host, do, d.key(name), advice[0].do)
	case errors.As(err, &network):
		return fmt.Errorf("bucket %s: the server %s cannot be reached (%w): see AWS_ENDPOINT_URL and the network, then run the same command again", d.name, d.host, network.Err)
	}
	return fmt.Errorf("bucket %s at %s: %s %q: %w", d.name, d.host, do, d.key(name), err)
}

// Put puts an object.
func (d *bucket) Put(ctx context.Context, name string, in io.ReadSeeker, size int64) error {
	_, err := d.core.Client.PutObject(ctx, d.name, d.key(name), in, size, minio.PutObjectOptions{ContentType: "application/octet-stream"})
	return d.fault("put", name, err)
}

// Claim puts an object on the condition that there is none (If-None-Match). A server that
// does not know conditions is asked first, which two processes can do at once: what is
// claimed is done twice then, with the same result.
func (d *bucket) Claim(ctx context.Context, name string, b []byte) (bool, error) {
	if _, err := d.core.StatObject(ctx, d.name, d.key(name), minio.StatObjectOptions{}); err == nil {
		return false, nil
	} else if err = d.fault("look at", name, err); !errors.Is(err, ErrNone) {
		return false, err
	}
	var o minio.PutObjectOptions
	o.SetMatchETagExcept("*")
	_, err := d.core.Client.PutObject(ctx, d.name, d.key(name), bytes.NewReader(b), int64(len(b)), o)
	switch r := minio.ToErrorResponse(err); {
	case err == nil:
		return true, nil
	case r.StatusCode == http.StatusPreconditionFailed, r.StatusCode == http.StatusConflict:
		return false, nil
	case r.StatusCode == http.StatusNotImplemented, r.Code == "NotImplemented":
		err = d.Put(ctx, name, bytes.NewReader(b), int64(len(b)))
		return err == nil, err
	}
	return false, d.fault("put", name, err)
}

// Get gives an object.
func (d *bucket) Get(ctx context.Context, name string) ([]byte, error) {
	in, _, _, err := d.core.GetObject(ctx, d.name, d.key(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, d.fault("get", name, err)
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, most))
	return b, d.fault("get", name, err)
}

// Open gives a stretch of an object.
func (d *bucket) Open(ctx context.Context, name string, offset, length int64) (io.ReadCloser, error) {
	if length <= 0 {
		return io.NopCloser(bytes.NewReader(nil)), nil
	}
	var o minio.GetObjectOptions
	if err := o.SetRange(offset, offset+length-1); err != nil {
		return nil, err
	}
	in, _, _, err := d.core.GetObject(ctx, d.name, d.key(name), o)
	if err != nil {
		return nil, d.fault("get", name, err)
	}
	return in, nil
}

// List lists objects.
func (d *bucket) List(ctx context.Context, prefix string) ([]string, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var names []string
	for o := range d.core.Client.ListObjectsIter(ctx, d.name, minio.ListObjectsOptions{Prefix: d.key(prefix), Recursive: true}) {
		if o.Err != nil {
			return nil, d.fault("list", prefix, o.Err)
		}
		names = append(names, strings.TrimPrefix(o.Key, d.key("")))
	}
	slices.Sort(names)
	return names, nil
}

// Remove removes an object.
func (d *bucket) Remove(ctx context.Context, name string) error {
	err := d.fault("remove", name, d.core.Client.RemoveObject(ctx, d.name, d.key(name), minio.RemoveObjectOptions{}))
	if errors.Is(err, ErrNone) {
		return nil
	}
	return err
}

// Clear removes all objects of a word.
func (d *bucket) Clear(ctx context.Context, word string) error {
	names, err := d.List(ctx, word+"/")
	for _, name := range names {
		err = cmp.Or(err, d.Remove(ctx, name))
	}
	return err
}
