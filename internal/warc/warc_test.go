package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var day = time.Date(2024, 3, 10, 8, 30, 15, 250e6, time.UTC)

// sample gives n records with fixed IDs: a warcinfo, then responses.
func sample(n int) (rs []*Record) {
	for i := range n {
		r := &Record{
			Type: Response, ID: fmt.Sprintf("<urn:uuid:00000000-0000-4000-8000-%012d>", i), Date: day.Add(time.Duration(i) * time.Second),
			TargetURI: fmt.Sprintf("https://example.org/خبر/%d", i), ContentType: "application/http;msgtype=response",
			Header: Header{{"X-Source", "الجسر"}},
			Block:  fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>افتتح الوزير الجسر رقم %d.</p>\r\n\r\nWARC stands in it", i),
		}
		if i == 0 {
			r.Type, r.TargetURI, r.ContentType, r.Block = Info, "", "application/warc-fields", []byte("software: test\r\n")
		}
		rs = append(rs, r)
	}
	return rs
}

func written(t testing.TB, rs []*Record, plain bool) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, 0)
	w.Plain = plain
	for _, r := range rs {
		if err := w.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// read gives the records and the errors of an archive in their order.
func read(t testing.TB, r *Reader) (recs []*Record, errs []error) {
	t.Helper()
	defer r.Close()
	for range 1 << 20 {
		rec, err := r.Next()
		if err == io.EOF {
			return recs, errs
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		recs = append(recs, rec)
	}
	t.Fatal("the reader does not end")
	return nil, nil
}

func same(t *testing.T, got, want []*Record) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i, w := range want {
		g := got[i]
		if g.ID != w.ID || g.Type != w.Type || !g.Date.Equal(w.Date) || g.TargetURI != w.TargetURI || g.ContentType != w.ContentType ||
			!bytes.Equal(g.Block, w.Block) || g.Header.Get("x-source") != w.Header.Get("X-Source") || g.Version != "1.1" {
			t.Errorf("record %d is %+v, want %+v", i, g, w)
		}
		if err := g.Verify(); err != nil {
			t.Errorf("record %d: %v", i, err)
		}
	}
}

func pack(t testing.TB, b []byte, name string) []byte {
	t.Helper()
	var out bytes.Buffer
	var z io.WriteCloser = gzip.NewWriter(&out)
	if name == "zstd" {
		z, _ = zstd.NewWriter(&out)
	}
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRoundTrip(t *testing.T) {
	want := sample(20)
	plain := written(t, sample(20), true)
	zipped := written(t, want, false)
	for name, b := range map[string][]byte{"plain": plain, "gzip": zipped, "one gzip": pack(t, plain, "gzip"), "zstd": pack(t, plain, "zstd")} {
		t.Run(name, func(t *testing.T) {
			got, errs := read(t, NewReader(bytes.NewReader(b)))
			if errs != nil {
				t.Fatal(errs)
			}
			same(t, got, want)
			slow, errs := read(t, NewReader(iotest.OneByteReader(bytes.NewReader(b))))
			if errs != nil {
				t.Fatal(errs)
			}
			same(t, slow, want)
			if name == "one gzip" || name == "zstd" {
				if got[3].Offset != 0 || got[3].Within == 0 || got[3].Length != 0 {
					t.Errorf("place %d+%d, %d long", got[3].Offset, got[3].Within, got[3].Length)
				}
				return
			}
			end := int64(0)
			for i, r := range got {
				if r.Offset != end || r.Length == 0 {
					t.Errorf("record %d at %d, %d long, and the one before it ends at %d", i, r.Offset, r.Length, end)
				}
				end = r.Offset + r.Length
				one, err := ReadAt(bytes.NewReader(b), r.Offset)
				if err != nil || one.ID != r.ID || one.Offset != r.Offset || one.Length != r.Length {
					t.Errorf("record %d by its place: %+v, %v", i, one, err)
				}
			}
			if end != int64(len(b)) {
				t.Errorf("the last record ends at %d of %d", end, len(b))
			}
		})
	}
	for i, r := range want {
		one, err := ReadAt(bytes.NewReader(zipped), r.Offset)
		if err != nil || one.ID != r.ID || one.Length != r.Length {
			t.Errorf("record %d is not where the writer says: %v", i, err)
		}
	}
	if again := written(t, sample(20), false); !bytes.Equal(again, zipped) {
		t.Error("the same records give other bytes")
	}
}

// TestTruncated cuts an archive at every byte: what is whole is given, the rest reported
// with the offset where it begins.
func TestTruncated(t *testing.T) {
	rs := sample(4)
	zipped := written(t, rs, false)
	plain := written(t, sample(4), true)
	for name, b := range map[string][]byte{"gzip": zipped, "plain": plain, "zstd": pack(t, plain, "zstd"), "one gzip": pack(t, plain, "gzip")} {
		for n := range b {
			got, errs := read(t, NewReader(bytes.NewReader(b[:n])))
			var cut *TruncatedError
			switch {
			case len(errs) > 1 || len(errs) == 1 && !errors.As(errs[0], &cut):
				t.Fatalf("%s cut at %d: %v", name, n, errs)
			case len(errs) == 0 && n > 0 && name == "gzip" && n != int(rs[len(got)-1].Offset+rs[len(got)-1].Length):
				t.Fatalf("%s cut at %d: not reported", name, n)
			case name == "gzip" && cut != nil && cut.Offset != rs[len(got)].Offset:
				t.Fatalf("%s cut at %d: offset %d, want %d", name, n, cut.Offset, rs[len(got)].Offset)
			}
			for i, r := range got {
				if !bytes.Equal(r.Block, rs[i].Block) {
					t.Fatalf("%s cut at %d: record %d is not whole", name, n, i)
				}
			}
		}
	}
}

// TestDamaged spoils every byte in turn of a record between others: the others are read,
// and the spoiled one is never taken for whole.
func TestDamaged(t *testing.T) {
	rs := sample(5)
	b := written(t, rs, false)
	lost := 0
	for at := rs[2].Offset; at < rs[3].Offset; at++ {
		bad := bytes.Clone(b)
		bad[at] ^= 0x55
		got, errs := read(t, NewReaderAt(bytes.NewReader(bad), 0))
		ids := ""
		for _, r := range got {
			ids += r.ID[len(r.ID)-2 : len(r.ID)-1]
			if r.ID == rs[2].ID && !bytes.Equal(r.Block, rs[2].Block) && r.Verify() == nil {
				t.Fatalf("byte %d spoiled, and the record was read as %q", at, r.Block)
			}
		}
		var wrong *BadRecordError
		switch {
		case ids == "01234": // a byte of the gzip header that says nothing, or a member that goes on after the record
		case ids == "0134" && len(errs) >= 1 && errors.As(errs[0], &wrong) && wrong.Offset == rs[2].Offset:
		default:
			lost++
			t.Errorf("byte %d spoiled: records %s, %v", at, ids, errs)
		}
	}
	if lost > 0 {
		t.Errorf("%d of %d", lost, rs[3].Offset-rs[2].Offset)
	}
}

func TestLeniency(t *testing.T) {
	rec := func(head, block string) string { return "WARC/1.0\r\n" + head + "\r\n\r\n" + block + "\r\n\r\n" }
	good := rec("WARC-Type: metadata\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Date: 2020-01-02\r\nWARC-Target-URI: <http://a.example/>\r\nContent-Length: 4", "abcd")
	for in, want := range map[string]string{
		good:                                                  "abcd",
		good + good:                                           "abcd abcd",
		"\r\n\r\n" + good:                                     "abcd",
		strings.ReplaceAll(good, "\r\n", "\n"):                "abcd",
		good + "some junk\r\n" + good:                         "abcd bad abcd",
		rec("WARC-Type: x", "") + good:                        "bad abcd",
		rec("Content-Length: -1", "") + good:                  "bad abcd",
		rec("Content-Length: 9", "abc") + good:                "abc\r\n\r\nWA bad", // swallowed by its neighbour
		rec("Content-Length: 2", "abcd") + good:               "ab bad abcd",
		rec("no field\r\nContent-Length: 1", "a") + good:      "bad abcd",
		rec("A: b\r\n c: d\r\nContent-Length: 1", "a") + good: "a abcd",
		rec("A: "+strings.Repeat("x", 1<<17)+"\r\nContent-Length: 1", "a") + good: "bad abcd",
		rec(strings.Repeat("A: b\r\n", 5000)+"Content-Length: 1", "a") + good:     "bad abcd",
		"WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\nabc":                   "cut",
		"{\"text\":1}\n": "bad",
		"":               "",
	} {
		r := NewReader(strings.NewReader(in))
		var got []string
		for {
			rec, err := r.Next()
			var bad *BadRecordError
			var cut *TruncatedError
			if err == io.EOF {
				break
			}
			switch {
			case errors.As(err, &bad):
				got = append(got, "bad")
			case errors.As(err, &cut):
				got = append(got, "cut")
			default:
				got = append(got, string(rec.Block))
			}
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%.300q gives %q, want %q", in, g, want)
		}
	}
	rec1, err := NewReader(strings.NewReader(good)).Next()
	if err != nil || rec1.TargetURI != "http://a.example/" || rec1.Date.Format(time.DateOnly) != "2020-01-02" || rec1.Version != "1.0" {
		t.Errorf("%+v, %v", rec1, err)
	}
}

func TestLimitAndWant(t *testing.T) {
	b := written(t, sample(3), false)
	r := NewReader(bytes.NewReader(b))
	r.Limit = 10
	got, errs := read(t, r)
	if len(got) != 3 || errs != nil || len(got[1].Block) != 10 || !got[1].Cut() || !errors.Is(got[1].Verify(), ErrCut) {
		t.Errorf("%+v %v", got, errs)
	}
	r = NewReader(bytes.NewReader(b))
	r.Want = func(rec *Record) bool { return rec.Type == Info }
	got, errs = read(t, r)
	if len(got) != 3 || errs != nil || got[0].Cut() || len(got[1].Block) != 0 || got[1].Length == 0 {
		t.Errorf("%+v %v", got, errs)
	}
}

// TestSourceFails wants an error of the disk to be one, and not a truncated file.
func TestSourceFails(t *testing.T) {
	b := written(t, sample(3), false)
	broken := errors.New("the disk is broken")
	r := NewReader(io.MultiReader(bytes.NewReader(b[:len(b)-50]), iotest.ErrReader(broken)))
	recs, errs := read2(r)
	if len(recs) != 2 || !errors.Is(errs, broken) {
		t.Errorf("%d records, %v", len(recs), errs)
	}
}

func read2(r *Reader) (recs []*Record, err error) {
	for {
		rec, err := r.Next()
		if err != nil {
			return recs, err
		}
		recs = append(recs, rec)
	}
}

func TestVerify(t *testing.T) {
	for digest, ok := range map[string]bool{
		"sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5":                                   true,
		"SHA-1:a9993e364706816aba3e25717850c26c9cd0d89d":                          true,
		"sha1:a9993e364706816aba3e25717850c26c9cd0d89e":                           false,
		"md5:900150983cd24fb0d6963f7d28e17f72":                                    true,
		"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad": true,
		"blake3:00": true,
		"nothing":   true,
	} {
		if got := Matches(digest, []byte("abc")); got != ok {
			t.Errorf("%s: %v", digest, got)
		}
	}
	rs := sample(2)
	written(t, rs, false)
	rs[1].Block[len(rs[1].Block)-1]++
	var wrong *DigestError
	if err := rs[1].Verify(); !errors.As(err, &wrong) || wrong.Name != "WARC-Block-Digest" {
		t.Error(err)
	}
}

func TestWriterRefuses(t *testing.T) {
	w := NewWriter(io.Discard, 0)
	for _, r := range []*Record{{}, {Type: Resource}, {Type: Resource, Date: day, TargetURI: "http://a/\r\nX: y"}} {
		if err := w.Append(r); err == nil {
			t.Errorf("%+v was written", r)
		}
	}
	r := &Record{Type: Resource, Date: day}
	if err := w.Append(r); err != nil || !strings.HasPrefix(r.ID, "<urn:uuid:") || len(r.ID) != len("<urn:uuid:00000000-0000-4000-8000-000000000000>") {
		t.Errorf("%v %s", err, r.ID)
	}
}

// TestOpenFile reads from a file, which can seek.
func TestOpenFile(t *testing.T) {
	name := t.TempDir() + "/a.warc.gz"
	if err := os.WriteFile(name, written(t, sample(3), false), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, errs := read(t, NewReader(f)); len(got) != 3 || errs != nil {
		t.Errorf("%d, %v", len(got), errs)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(written(f, sample(3), false))
	f.Add(written(f, sample(3), true))
	f.Add(pack(f, written(f, sample(2), true), "zstd"))
	f.Add([]byte("WARC/1.0\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n\x1f\x8b\x08"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := NewReader(bytes.NewReader(b))
		r.Limit = 1 << 16
		got, errs := read(t, r)
		read(t, NewReaderAt(bytes.NewReader(b), 0))
		if len(got)+len(errs) > len(b)+1 && b[0] != 0x1f && b[0] != 0x28 {
			t.Errorf("%d records and %d errors of %d bytes", len(got), len(errs), len(b))
		}
		for _, rec := range got {
			rec.Verify()
			rec.Message(1 << 16)
			if rec.Within == 0 && rec.Length > 0 {
				if one, err := ReadAt(bytes.NewReader(b), rec.Offset); err != nil || one.ID != rec.ID || one.Size != rec.Size {
					t.Errorf("the record at %d is not there again: %v", rec.Offset, err)
				}
			}
		}
	})
}

// TestHostile reads files made to cost much: each must cost a time in the order of its
// size.
func TestHostile(t *testing.T) {
	const size = 1 << 19
	member := written(t, sample(1), false)
	torn := member[:len(member)-9]
	for name, unit := range map[string][]byte{
		"magic":       {0x1f, 0x8b, 8},
		"gzip header": {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff},
		"torn":        torn,
		// A stored block that goes over the members after it.
		"nested":     append([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 0, 0xff, 0xff, 0, 0}, "WARC/1.0\r\nContent-Length: 100000\r\n\r\n"...),
		"no end":     append([]byte{0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff}, "WARC"...),
		"versions":   []byte("WARC/1.0\r\n"),
		"newlines":   []byte("\r\n"),
		"no length":  []byte("WARC/1.0\r\n\r\n"),
		"no newline": []byte("WARC/1.0"),
		"zeros":      {0},
	} {
		b := bytes.Repeat(unit, size/len(unit))
		start := time.Now()
		_, errs := read(t, NewReaderAt(bytes.NewReader(append(bytes.Clone(member), b...)), 0))
		t.Logf("%s: %v, %d errors", name, time.Since(start), len(errs))
		if time.Since(start) > time.Minute {
			t.Errorf("%s took %v", name, time.Since(start))
		}
	}
}
