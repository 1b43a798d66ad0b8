package work

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// How soon a connection that is dead is found out, and how often it is made anew.
const (
	pinging     = 5 * time.Second
	reconnect   = 500 * time.Millisecond
	dialing     = 5 * time.Second
	answering   = 5 * time.Second // of the JetStream API
	underway    = 512             // messages that are published and not acknowledged yet
	confirming  = 10 * time.Second
	oldest      = "2.10" // the oldest server that does what is needed
	oldestMajor = 2
	oldestMinor = 10
)

// connect connects to the cluster, or to a server inside this process.
func (q *Queues) connect() error {
	o := []nats.Option{
		nats.Name("isnad"), nats.Timeout(dialing), nats.MaxReconnects(-1), nats.ReconnectWait(reconnect), nats.PingInterval(pinging), nats.MaxPingsOutstanding(2),
		nats.IgnoreAuthErrorAbort(), // who runs the cluster may be changing a password
		nats.DisconnectErrHandler(func(c *nats.Conn, err error) {
			if err != nil {
				q.o.Log.Warn("the connection to the queues is lost; it is made anew", "error", err)
			}
		}),
		nats.ReconnectHandler(func(c *nats.Conn) {
			q.o.Log.Info("connected to the queues again", "server", c.ConnectedUrlRedacted())
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { q.o.Log.Debug("NATS", "error", err) }),
	}
	if q.o.Credentials != "" {
		o = append(o, nats.UserCredentials(q.o.Credentials))
	}
	if q.o.Authority != "" {
		o = append(o, nats.RootCAs(q.o.Authority))
	}
	servers := q.o.Servers
	if servers == "" {
		way, err := q.within()
		if err != nil {
			return err
		}
		o, servers = append(o, way), nats.DefaultURL // which is not asked: the way leads elsewhere
	}
	var err error
	if q.conn, err = nats.Connect(servers, o...); err == nil {
		q.js, err = jetstream.New(q.conn, jetstream.WithDefaultTimeout(answering), jetstream.WithPublishAsyncMaxPending(underway), jetstream.WithPublishAsyncTimeout(confirming))
	}
	if err != nil {
		err = q.explain(err)
		if q.conn != nil {
			q.conn.Close()
		}
		if q.inside != nil {
			err = errors.Join(err, q.inside.close())
		}
	}
	return err
}

// errOld and errNoStreams say what a server cannot do.
var (
	errOld       = errors.New("the server is too old")
	errNoStreams = errors.New("the server has no JetStream")
)

// able reports whether the server that was reached can do what is needed.
func (q *Queues) able() error {
	version := q.conn.ConnectedServerVersion()
	if version == "" {
		return nats.ErrDisconnected
	}
	if old(version) {
		return fmt.Errorf("%w: it is %s", errOld, version)
	}
	if on, _ := q.conn.ConnectedServerJetStream(); !on {
		return errNoStreams
	}
	return nil
}

// old reports whether a version is older than the oldest that will do.
func old(version string) bool {
	part := strings.SplitN(strings.TrimPrefix(version, "v"), ".", 3)
	if len(part) < 2 {
		return false // no version to compare
	}
	major, err := strconv.Atoi(part[0])
	minor, err2 := strconv.Atoi(part[1])
	return err == nil && err2 == nil && (major < oldestMajor || major == oldestMajor && minor < oldestMinor)
}

// size says on how many servers every queue lies: three where there are so many.
func (q *Queues) size() {
	q.copies = 1
	if q.conn.ConnectedClusterName() != "" && len(q.conn.Servers()) >= 3 {
		q.copies = 3
	}
}

// What JetStream answers, by the numbers of nats-server's errors.json.
const (
	codeUnavailable = 10008 // no leader of the cluster
	codeNoPeers     = 10005 // no suitable servers for so many copies
	codeResources   = 10023 // insufficient resources
	codeMemory      = 10028
	codeStorage     = 10047
	codeStored      = 10077 // it could not be stored; the description says why
	codeOffline     = 10118
)

func codeOf(err error) int {
	var a *jetstream.APIError
	if errors.As(err, &a) {
		return int(a.ErrorCode)
	}
	return 0
}

// passing reports whether an error may be of a cluster that is electing its leaders.
func passing(err error) bool {
	switch codeOf(err) {
	case codeUnavailable, codeNoPeers, codeOffline:
		return true
	}
	for _, e := range []error{nats.ErrTimeout, nats.ErrNoResponders, nats.ErrDisconnected, jetstream.ErrNoStreamResponse, context.DeadlineExceeded} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// explain says of an error of NATS what is wrong and what to do about it.
func (q *Queues) explain(err error) error {
	at := redacted(q.o.Servers)
	if q.o.Servers == "" {
		return fmt.Errorf("the queues in %s: %w", q.o.Dir, err)
	}
	say := func(what string) error { return fmt.Errorf("%s (--nats %s): %w", what, at, err) }
	var lost net.Error
	switch {
	case errors.Is(err, nats.ErrNoServers), q.conn == nil && (errors.Is(err, nats.ErrTimeout) || errors.As(err, &lost)):
		return say("no NATS server answers there: is one running, and is the address right?")
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrAuthRevoked), errors.Is(err, nats.ErrPermissionViolation):
		return say("NATS refuses the user or the password: write them as nats://USER:PASSWORD@HOST, or give --nats-credentials FILE")
	case errors.Is(err, errOld):
		return say("the NATS server is too old: " + oldest + " or newer is needed")
	case errors.Is(err, errNoStreams), errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount):
		return say("the NATS server has no JetStream, which keeps the queues: start it with -js, or allow it for the account")
	case codeOf(err) == codeStorage, codeOf(err) == codeResources, codeOf(err) == codeMemory:
		return say("the NATS server has no room for the queues: give it more (max_file_store, or the account's limits), or make them smaller (--room)")
	case passing(err):
		return say("the NATS cluster does not answer for its streams: more than half of its servers must be running and reach each other")
	}
	return say("the queues cannot be had")
}

// redacted gives addresses without their passwords.
func redacted(servers string) string {
	var all []string
	for s := range strings.SplitSeq(servers, ",") {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil {
			all = append(all, "?") // it may hold a password
			continue
		}
		all = append(all, u.Redacted())
	}
	return strings.Join(all, ",")
}
