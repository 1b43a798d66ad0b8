package archive

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/isnad-project/isnad/internal/warc"
)

var day = time.Date(2021, 7, 26, 9, 0, 0, 0, time.UTC)

const html = "<!DOCTYPE html><title>جسر السلط</title><p>افتتح الوزير الجسر.</p>"

func zipped(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

func sample(t testing.TB) (archive []byte, rs []*warc.Record) {
	t.Helper()
	answer := func(url, head, body string) {
		rs = append(rs, &warc.Record{Type: warc.Response, TargetURI: url, ContentType: "application/http;msgtype=response", Block: []byte("HTTP/1.1 " + head + "\r\n\r\n" + body)})
	}
	rs = append(rs, &warc.Record{Type: warc.Info, Block: []byte("software: test\r\n")})
	rs = append(rs, &warc.Record{Type: warc.Request, TargetURI: "http://a.example/", ContentType: "application/http;msgtype=request", Block: []byte("GET / HTTP/1.1\r\n\r\n")})
	answer("http://a.example/1", "200 OK\r\nContent-Type: text/html; charset=\"Windows-1256\"", html)
	answer("http://a.example/robots.txt", "200 OK\r\nContent-Type: text/html", html)
	answer("http://a.example/2.png", "200 OK\r\nContent-Type: image/png", "\x89PNG")
	answer("http://a.example/3", "404 Not Found\r\nContent-Type: text/html", html)
	answer("http://a.example/4", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", zipped(html))
	answer("http://a.example/5", "200 OK\r\nA: b", html)
	answer("http://a.example/6", "200 OK\r\nA: b", "{}")
	answer("http://a.example/7", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: lzma", "x")
	answer("http://a.example/8", "200 OK\r\nContent-Type: text/html", "")
	rs = append(rs, &warc.Record{Type: warc.Response, TargetURI: "dns:a.example", ContentType: "text/dns", Block: []byte("20210726\na.example. 1 IN A 192.0.2.1\n")})
	rs = append(rs, &warc.Record{Type: warc.Resource, TargetURI: "file:///9.html", ContentType: "text/html", Block: []byte(html)})
	rs = append(rs, &warc.Record{Type: warc.Resource, TargetURI: "file:///a.css", ContentType: "text/css", Block: []byte("p{}")})
	rs = append(rs, &warc.Record{Type: warc.Revisit, TargetURI: "http://a.example/1", ContentType: "application/http;msgtype=response", Block: []byte("HTTP/1.1 200 OK\r\n\r\n")})
	var b bytes.Buffer
	w := warc.NewWriter(&b, 0)
	for _, r := range rs {
		r.Date = day
		if err := w.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes(), rs
}

func TestPages(t *testing.T) {
	b, rs := sample(t)
	r := NewReader(bytes.NewReader(b))
	defer r.Close()
	var got []Page
	for {
		p, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p)
	}
	want := []string{"http://a.example/1", "http://a.example/4", "http://a.example/5", "file:///9.html"}
	if len(got) != len(want) || got[0].Charset != "windows-1256" || got[1].Charset != "" {
		t.Fatalf("%d pages: %+v", len(got), got)
	}
	for i, p := range got {
		if p.URL != want[i] || string(p.Body) != html || !p.Fetched.Equal(day) {
			t.Errorf("page %d: %+v", i, p)
		}
		if one, err := NewReaderAt(bytes.NewReader(b), p.Offset).Next(); err != nil || one.URL != p.URL {
			t.Errorf("page %d by its place: %+v, %v", i, one, err)
		}
	}
	if c := r.Counts(); c != (Counts{Records: len(rs), Pages: 4, About: 2, Revisits: 1, Status: 1, Foreign: 4, Robots: 1, Unread: 2}) {
		t.Errorf("%+v", c)
	}
	r = NewReader(bytes.NewReader(b[:len(b)-5]))
	var cut *warc.TruncatedError
	var err error
	for err == nil {
		_, err = r.Next()
	}
	if !errors.As(err, &cut) || !r.Counts().Truncated || cut.Offset != rs[len(rs)-1].Offset {
		t.Errorf("%v, %+v", err, r.Counts())
	}
}

func TestCharset(t *testing.T) {
	for in, want := range map[string]string{
		"text/html": "", "text/html; charset=UTF-8": "utf-8", `text/html;charset="utf-8"`: "utf-8",
		"text/html; charset=utf-8; charset=utf-8": "utf-8", "text/html charset=windows-1256;x": "windows-1256",
	} {
		if got := charset(in); got != want {
			t.Errorf("%s: %q", in, got)
		}
	}
}
