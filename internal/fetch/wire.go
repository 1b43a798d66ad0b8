package fetch

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"slices"
	"sync"
)

// maxHead is the most a response's head may take, in bytes.
const maxHead = 256 << 10

// capture keeps the heads of one exchange as they went over the wire. The transport
// reads and writes on goroutines of its own, so it has a lock.
type capture struct {
	mu       sync.Mutex
	request  []byte
	response []byte
	whole    bool // the response's head is there
	peer     net.Addr
}

// trace tells a request which connection it got, so that the heads on it are its own.
// A request that is repeated on another connection starts anew.
func (c *capture) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		c.mu.Lock()
		c.request, c.response, c.whole = nil, nil, false
		c.peer = info.Conn.RemoteAddr()
		c.mu.Unlock()
		if t, ok := info.Conn.(*tapped); ok {
			t.listen(c)
		}
	}}
}

func (c *capture) wrote(p []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.request) < maxHead {
		c.request = append(c.request, p...)
	}
}

// read takes what came until the head of the final response is whole. Heads before it
// (100, 103) are dropped: they say nothing of the page.
func (c *capture) read(p []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.whole || len(c.response) > 2*maxHead {
		return
	}
	c.response = append(c.response, p...)
	for {
		n := headEnd(c.response)
		if n < 0 {
			return
		}
		if !interim(c.response) {
			c.response, c.whole = slices.Clone(c.response[:n]), true
			return
		}
		c.response = c.response[n:]
	}
}

// headEnd gives the length of the head b begins with, its blank line included, or -1.
func headEnd(b []byte) int {
	for i := 0; i < len(b); i++ {
		j := bytes.IndexByte(b[i:], '\n')
		if j < 0 {
			return -1
		}
		i += j
		if rest := b[i+1:]; len(rest) > 0 && rest[0] == '\n' {
			return i + 2
		} else if len(rest) > 1 && rest[0] == '\r' && rest[1] == '\n' {
			return i + 3
		}
	}
	return -1
}

// interim reports whether a head is of a response before the final one.
func interim(head []byte) bool {
	_, status, _ := bytes.Cut(head, []byte(" "))
	return len(status) > 3 && status[0] == '1' && !bytes.HasPrefix(status, []byte("101"))
}

// heads gives the two heads. Over HTTP/2 they never were text: they are written out of
// what was understood, in the form of HTTP/1.
func (c *capture) heads(res *http.Response) (request, response []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	request, response = slices.Clone(c.request), c.response
	if len(request) == 0 {
		request = writeHead(fmt.Sprintf("%s %s %s", res.Request.Method, res.Request.URL.RequestURI(), res.Proto), res.Request.Header, res.Request.URL.Host)
	}
	if !c.whole {
		response = writeHead(fmt.Sprintf("%s %03d %s", res.Proto, res.StatusCode, http.StatusText(res.StatusCode)), res.Header, "")
	}
	return request, response
}

func writeHead(first string, h http.Header, host string) []byte {
	var b bytes.Buffer
	b.WriteString(first + "\r\n")
	if host != "" {
		b.WriteString("Host: " + host + "\r\n")
	}
	_ = h.Write(&b) // a buffer takes everything
	b.WriteString("\r\n")
	return b.Bytes()
}

// tapped is a connection that lets the current exchange hear what goes over it.
type tapped struct {
	net.Conn
	mu sync.Mutex
	to *capture
}

func (t *tapped) listen(c *capture) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.to = c
}

func (t *tapped) listener() *capture {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.to
}

func (t *tapped) Read(p []byte) (int, error) {
	n, err := t.Conn.Read(p)
	if c := t.listener(); c != nil && n > 0 {
		c.read(p[:n])
	}
	return n, err
}

func (t *tapped) Write(p []byte) (int, error) {
	n, err := t.Conn.Write(p)
	if c := t.listener(); c != nil && n > 0 {
		c.wrote(p[:n])
	}
	return n, err
}
