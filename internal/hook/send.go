package hook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// secretMark begins a secret, as Standard Webhooks has it.
const secretMark = "whsec_"

// key gives the key of a secret. The error says how a secret looks.
func key(secret string) ([]byte, error) {
	text, ok := strings.CutPrefix(secret, secretMark)
	b, err := base64.StdEncoding.DecodeString(text)
	if !ok || err != nil || len(b) < 24 || len(b) > 64 {
		return nil, errors.New("a secret is whsec_ and the base64 of 24 to 64 bytes")
	}
	return b, nil
}

// Sign gives the signature of a message as Standard Webhooks 1 has it: HMAC-SHA256 over
// id, time in seconds and body, parted by dots.
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	k, err := key(secret)
	if err != nil {
		return "", err
	}
	m := hmac.New(sha256.New, k)
	fmt.Fprintf(m, "%s.%d.", id, at.Unix())
	m.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(m.Sum(nil)), nil
}

// client makes a client that reaches only what fence lets through, follows nobody
// elsewhere, and goes through no proxy, which would reach anything.
func client(fence func(context.Context, string, string, syscall.RawConn) error, timeout time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: timeout, ControlContext: fence}
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, MaxIdleConns: 64, MaxIdleConnsPerHost: 2, IdleConnTimeout: 30 * time.Second,
			TLSHandshakeTimeout: timeout, ResponseHeaderTimeout: timeout, MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

// The kinds of messages.
const (
	added   = "article.added"
	revised = "article.revised"
	test    = "test"
)

// message is what is sent.
type message struct {
	Type    string          `json:"type"`
	ID      string          `json:"id"` // the same at every try
	Hook    about           `json:"hook"`
	At      time.Time       `json:"at"` // when the article was kept or changed
	Article *article        `json:"article,omitempty"`
	Record  json.RawMessage `json:"record,omitempty"`
}

// about tells which hook sends.
type about struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Query string `json:"query"`
}

// article is what a list shows of an article.
type article struct {
	ID          string `json:"id"`
	Outlet      string `json:"outlet"`
	Title       string `json:"title"`
	Published   string `json:"published"`
	URL         string `json:"url"`
	Lead        string `json:"lead"` // how the text begins
	Statements  int    `json:"statements"`
	Events      int    `json:"events"`
	Commitments int    `json:"commitments"`
	Story       string `json:"story,omitempty"`
	Page        string `json:"page,omitempty"` // where a person can look at it
}

// leadLimit is how much of a text a message shows, in code points.
const leadLimit = 500

// told makes the message that tells of an article.
func (d *Desk) told(ctx context.Context, h Hook, w *Waiting) ([]byte, error) {
	held, err := d.lib.Article(ctx, w.Article)
	if err != nil {
		return nil, err
	}
	r := &held.Record
	m := message{Type: added, ID: h.ID + "." + strconv.FormatInt(w.Place, 10), Hook: about{h.ID, h.Name, h.Query}, At: held.Kept}
	if w.Revised {
		m.Type, m.At = revised, held.Changed
	}
	a := &r.Article
	m.Article = &article{ID: a.ID, Outlet: a.Outlet, Title: a.Title, Published: a.Published, URL: a.URL, Lead: lead(a.Text),
		Statements: len(r.Statements), Events: len(r.Events), Commitments: len(r.Commitments), Story: held.Story}
	if d.opt.Base != "" {
		m.Article.Page = d.opt.Base + "/article/" + segment(a.ID)
	}
	if h.Record {
		if m.Record, err = r.AppendJSON(nil); err != nil {
			return nil, err
		}
	}
	return json.Marshal(m)
}

// lead gives how a text begins.
func lead(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	n := 0
	for i := range text {
		if n++; n > leadLimit {
			return text[:i] + "…"
		}
	}
	return text
}

// segment writes an id as one segment of a path.
func segment(id string) string {
	if strings.Trim(id, ".") == "" {
		return strings.ReplaceAll(id, ".", "%2E")
	}
	return url.PathEscape(id)
}

// refusal is an answer that is none of those which take a message.
type refusal struct {
	status string
	gone   bool
	after  time.Duration // how long it asks to be left alone
}

func (r refusal) Error() string { return "it answered " + r.status }

// answerLimit is how much of an answer is read, so that its connection can be used again.
const answerLimit = 64 << 10

// post sends one message, and says whether it was taken.
func (d *Desk) post(ctx context.Context, h Hook, id string, try int, body []byte) error {
	now := d.opt.Now()
	signature, err := Sign(h.Secret, id, now, body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.Address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	for k, v := range map[string]string{"Content-Type": "application/json", "User-Agent": d.opt.Agent, "webhook-id": id,
		"webhook-timestamp": strconv.FormatInt(now.Unix(), 10), "webhook-signature": signature, "Isnad-Hook": h.ID, "Isnad-Try": strconv.Itoa(try)} {
		r.Header.Set(k, v)
	}
	res, err := d.client.Do(r)
	if err != nil {
		return reason(err)
	}
	defer res.Body.Close()
	io.Copy(io.Discard, io.LimitReader(res.Body, answerLimit)) //nolint:errcheck // what it says is told by its status
	if res.StatusCode >= 200 && res.StatusCode < 300 {
		return nil
	}
	out := refusal{status: res.Status, gone: res.StatusCode == http.StatusGone}
	if s, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && s > 0 {
		out.after = min(time.Duration(min(s, 1<<20))*time.Second, longest)
	}
	if res.StatusCode >= 300 && res.StatusCode < 400 {
		out.status += ", which leads elsewhere: give the hook the last address itself"
	}
	return out
}

// reason takes from an error what is known without it: method and address.
func reason(err error) error {
	var of interface{ Unwrap() error }
	if errors.As(err, &of) && of.Unwrap() != nil {
		var net net.Error
		if errors.As(err, &net) && net.Timeout() {
			return errors.New("no answer came in time")
		}
		return of.Unwrap()
	}
	return err
}

// Test sends a message that tells of nothing, once, and says what became of it.
func (d *Desk) Test(ctx context.Context, id string) error {
	h, err := d.Hook(ctx, id)
	if err != nil {
		return err
	}
	m := message{Type: test, ID: h.ID + ".test." + identity(), Hook: about{h.ID, h.Name, h.Query}, At: d.opt.Now()}
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := d.post(ctx, h, m.ID, 1, body); err != nil {
		return fmt.Errorf("%w: %w", ErrNotTaken, err)
	}
	return nil
}

// ErrNotTaken says that a test was sent and not taken.
var ErrNotTaken = errors.New("the test was not taken")
