package work

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/evidence"
)

// What stands in the header of a message.
const (
	headObject = "Isnad-Object" // where its bytes are when they are too many for a message
	headError  = "Isnad-Error"  // why it was put aside
	headTries  = "Isnad-Tries"
	headSince  = "Isnad-Since" // when it came into its queue first
)

// parcel is a capture on its way to a worker. As a message it is a line of JSON and then
// the bytes as they came.
type parcel struct {
	Capture isnad.Capture `json:"capture"`
	bytes   []byte
}

// What is wrong with a message that is no parcel. Trying again does not help.
var (
	errNoParcel = errors.New("the message is no capture")
	errNoBytes  = errors.New("the bytes of the capture are not in the store any more")
)

// encode writes a parcel as a message.
func (p parcel) encode() ([]byte, error) {
	head, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("write down the capture of %s: %w", p.Capture.URL, err)
	}
	return append(append(head, '\n'), p.bytes...), nil
}

// decode reads a message as a parcel, and proves its bytes by their digest.
func decode(b []byte) (p parcel, err error) {
	head, rest, found := bytes.Cut(b, []byte("\n"))
	if !found {
		return p, fmt.Errorf("%w: it has no first line", errNoParcel)
	}
	if err := json.Unmarshal(head, &p); err != nil {
		return p, fmt.Errorf("%w: %w", errNoParcel, err)
	}
	p.bytes = rest
	if got := evidence.Digest(rest); got != p.Capture.Digest {
		return p, fmt.Errorf("%w: its bytes have the digest %s and should have %q", errNoParcel, got, p.Capture.Digest)
	}
	return p, nil
}

// key tells a parcel from others: the same bytes from the same place, told the same of.
func (p parcel) key() string {
	c := &p.Capture
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q %q", c.URL, c.Form, c.Digest, c.Outlet, c.Published))
	return hex.EncodeToString(sum[:16])
}

// message makes the message of a parcel. Bytes that are too many for one go to the store
// of large captures first.
func (q *Queues) message(ctx context.Context, p parcel) (*nats.Msg, error) {
	body, err := p.encode()
	if err != nil {
		return nil, err
	}
	m := nats.NewMsg(q.subject("captures"))
	m.Header.Set(nats.MsgIdHdr, p.key())
	const header = 8 << 10 // room for it
	if int64(len(body)) <= q.conn.MaxPayload()-header {
		m.Data = body
		return m, nil
	}
	name := nuid.Next()
	if _, err := q.large.PutBytes(ctx, name, body); err != nil {
		return nil, fmt.Errorf("hand over the %d bytes of %s: %w", len(body), p.Capture.URL, err)
	}
	m.Header.Set(headObject, name)
	return m, nil
}

// forget throws the bytes of a message away that stand in the store of large captures.
func (q *Queues) forget(ctx context.Context, h nats.Header) {
	if name := h.Get(headObject); name != "" {
		if err := q.large.Delete(ctx, name); err != nil && !errors.Is(err, jetstream.ErrObjectNotFound) {
			q.o.Log.Warn("a large capture that was read stays in its store", "object", name, "error", err)
		}
	}
}

// unpack gives the parcel of a message. An error that is neither errNoParcel nor
// errNoBytes is of the cluster.
func (q *Queues) unpack(ctx context.Context, h nats.Header, body []byte) (parcel, error) {
	if name := h.Get(headObject); name != "" {
		ctx, end := context.WithTimeout(ctx, time.Minute)
		defer end()
		var err error
		body, err = q.large.GetBytes(ctx, name)
		if errors.Is(err, jetstream.ErrObjectNotFound) || errors.Is(err, jetstream.ErrDigestMismatch) {
			return parcel{}, fmt.Errorf("%w: %w", errNoBytes, err)
		}
		if err != nil {
			return parcel{}, fmt.Errorf("fetch a large capture: %w", err)
		}
	}
	return decode(body)
}
