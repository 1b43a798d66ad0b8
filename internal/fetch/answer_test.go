package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// FuzzAnswer lets a site answer with any bytes at all: the visit ends, with a response
// whose head is what was sent, or with an Error.
func FuzzAnswer(f *testing.F) {
	for _, s := range []string{
		"", "HTTP/1.1 200 OK\r\n\r\n<p>", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef", "HTTP/1.0 200\n\nx", "220 smtp.example.com ESMTP\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n",
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b", "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 429 No\r\nRetry-After: 9\r\n\r\n",
		"HTTP/1.1 302 Found\r\nLocation: //\xff\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nETag: \"\r\n\r\n",
		"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "HTTP/1.1 999 \xd8\r\n a: b\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
	} {
		f.Add([]byte(s))
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		f.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	answers := make(chan []byte)
	done := make(chan struct{})
	go answer(l, answers, done)
	f.Fuzz(func(t *testing.T, wire []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		v := fetcher(t, Options{MaxRedirects: -1, MaxBytes: 1 << 20, MaxBody: 1 << 20})
		u, err := parse("http://" + l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		answers <- wire
		res, err := v.follow(ctx, u, Request{ETag: "x"}, limits{wire: 1 << 20, body: 1 << 20}, false)
		var e *Error
		if err != nil && !errors.As(err, &e) || KindOf(err) == Stopped || KindOf(err) == Timeout {
			t.Fatalf("%q: %v", wire, err)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\r\n") {
			t.Errorf("%q: %q", wire, err)
		}
		if res != nil && !bytes.Contains(wire, res.Head) {
			t.Errorf("%q: the head %q is not of it", wire, res.Head)
		}
	})
	close(answers)
	<-done
}

// answer gives each connection the next answer, whatever it asks.
func answer(l net.Listener, answers <-chan []byte, done chan<- struct{}) {
	defer close(done)
	for wire := range answers {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer func() { _ = conn.Close() }()
			buf := make([]byte, 4<<10)
			_, _ = conn.Read(buf)
			_, _ = conn.Write(wire)
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.CloseWrite()
			}
			_, _ = io.Copy(io.Discard, conn)
		}()
	}
}
