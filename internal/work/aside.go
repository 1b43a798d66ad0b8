package work

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Failure is a piece of work that was put aside.
type Failure struct {
	ID    uint64    `json:"id"`    // by which it is tried again
	Queue string    `json:"queue"` // captures or visits
	Where string    `json:"where"` // where it came from, as far as that can be read
	Error string    `json:"error"`
	Since time.Time `json:"since"` // when it came into its queue first
	At    time.Time `json:"at"`    // when it was put aside
	Bytes int       `json:"bytes"` // of the message
}

// aside puts a task aside, with the reason, and takes it out of its queue.
func (q *Queues) aside(ctx context.Context, h *hand, t *task, reason error) error {
	m := nats.NewMsg(q.subject("failed") + "." + t.queue)
	for k, v := range t.msg.Headers() {
		if strings.HasPrefix(k, "Isnad-") {
			m.Header[k] = v
		}
	}
	m.Header.Set(nats.MsgIdHdr, fmt.Sprintf("%s-%d", t.queue, t.seq))
	m.Header.Set(headError, oneLine(reason.Error()))
	m.Header.Set(headSince, cmp.Or(m.Header.Get(headSince), t.since.UTC().Format(time.RFC3339)))
	m.Data = t.msg.Data()
	if _, err := q.js.PublishMsg(ctx, m); err != nil {
		return fmt.Errorf("put a piece of work aside: %w", err)
	}
	return h.drop(t, func(m jetstream.Msg) error { return m.DoubleAck(ctx) })
}

// oneLine makes a value for a header of an error, of bounded length.
func oneLine(s string) string {
	const longest = 1000
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return ' '
		}
		return c
	}, s)
}

// Failures gives what was put aside, oldest first, until give says false.
func (q *Queues) Failures(ctx context.Context, give func(Failure) bool) error {
	err := q.eachFailed(ctx, func(m *jetstream.RawStreamMsg) (bool, error) {
		return give(failure(q.subject("failed"), m)), nil
	})
	return q.asked(err)
}

// eachFailed goes through the messages that were put aside.
func (q *Queues) eachFailed(ctx context.Context, do func(*jetstream.RawStreamMsg) (bool, error)) error {
	for next := uint64(1); ; {
		m, err := q.failed.GetMsg(ctx, next, jetstream.WithGetMsgSubject(q.subject("failed")+".>"))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if more, err := do(m); err != nil || !more {
			return err
		}
		next = m.Sequence + 1
	}
}

// failure reads a message that was put aside.
func failure(subject string, m *jetstream.RawStreamMsg) Failure {
	f := Failure{ID: m.Sequence, Queue: strings.TrimPrefix(m.Subject, subject+"."), Error: m.Header.Get(headError), At: m.Time, Bytes: len(m.Data)}
	f.Since, _ = time.Parse(time.RFC3339, m.Header.Get(headSince))
	var told struct {
		Capture struct{ URL string }
		URL     string
	}
	head, _, _ := strings.Cut(string(m.Data[:min(len(m.Data), 64<<10)]), "\n")
	if json.Unmarshal([]byte(head), &told) == nil {
		f.Where = oneLine(cmp.Or(told.Capture.URL, told.URL))
	}
	return f
}

// Retry puts pieces of work that were put aside back into their queues, all when none is
// named, and says how many.
func (q *Queues) Retry(ctx context.Context, ids ...uint64) (n int, err error) {
	one := func(m *jetstream.RawStreamMsg) (bool, error) {
		err := q.again(ctx, m)
		if err == nil {
			n++
		}
		return true, err
	}
	if len(ids) == 0 {
		info, err := q.failed.Info(ctx)
		if err != nil {
			return 0, q.asked(err)
		}
		err = q.eachFailed(ctx, func(m *jetstream.RawStreamMsg) (bool, error) {
			if m.Sequence > info.State.LastSeq { // it failed again meanwhile
				return false, nil
			}
			return one(m)
		})
		return n, q.asked(err)
	}
	for _, id := range ids {
		m, err := q.failed.GetMsg(ctx, id)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return n, fmt.Errorf("no work with the number %d was put aside (see: isnad work failed)", id)
		}
		if err == nil {
			_, err = one(m)
		}
		if err != nil {
			return n, q.asked(err)
		}
	}
	return n, nil
}

// again puts one piece of work back.
func (q *Queues) again(ctx context.Context, old *jetstream.RawStreamMsg) error {
	m := nats.NewMsg(q.o.Name + "." + strings.TrimPrefix(old.Subject, q.subject("failed")+"."))
	for k, v := range old.Header {
		if strings.HasPrefix(k, "Isnad-") && k != headError {
			m.Header[k] = v
		}
	}
	m.Header.Set(nats.MsgIdHdr, "again-"+strconv.FormatUint(old.Sequence, 10)+"-"+old.Time.UTC().Format(time.RFC3339Nano))
	m.Data = old.Data
	if _, err := q.js.PublishMsg(ctx, m); err != nil {
		return err
	}
	return q.failed.DeleteMsg(ctx, old.Sequence)
}

// asked explains an error of the cluster to whoever asked for something.
func (q *Queues) asked(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return q.explain(err)
}
