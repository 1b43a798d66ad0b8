package batch

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/klauspost/compress/zstd"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/batch/depot"
	"github.com/isnad-project/isnad/internal/batch/step"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/export"
	"github.com/isnad-project/isnad/internal/newsroom"
	"github.com/isnad-project/isnad/internal/pour"
	"github.com/isnad-project/isnad/internal/warc"
)

// happenings are what the made articles tell of.
var happenings = [...][3]string{
	{"حريق في سوق الخضار بمدينة الرمل", "اندلع حريق كبير في سوق الخضار بمدينة الرمل وأتى على عشرات المحال", "الدفاع المدني"},
	{"إضراب عمال الميناء", "بدأ عمال الميناء الشمالي إضرابا مفتوحا للمطالبة برفع الأجور وتحسين ظروف العمل", "نقابة العمال"},
	{"افتتاح سد الوادي", "افتتحت وزارة المياه سد الوادي الجديد بعد ستة أعوام من العمل فيه", "وزارة المياه"},
	{"محاكمة مدير المصرف", "مثل مدير المصرف الزراعي السابق أمام المحكمة بتهمة اختلاس أموال المودعين", "النيابة العامة"},
	{"فيضان النهر", "فاض النهر الكبير وأغرق قرى وحقولا وقطع الطريق إلى الجنوب", "هيئة الأرصاد"},
	{"وباء الكوليرا", "سجلت وزارة الصحة إصابات جديدة بالكوليرا في المخيمات شرقي البلاد", "وزارة الصحة"},
}

// input writes what is poured in: lines of articles over two months with a pause, some
// twice, some without a date, some that are none; an archive of pages, one of them cut
// off; a folder with a page and a picture.
func input(t *testing.T) (dir string, paths []string) {
	t.Helper()
	dir = t.TempDir()
	r := rand.New(rand.NewPCG(11, 11))
	var lines bytes.Buffer
	for i := range 220 {
		k := r.IntN(len(happenings) * 3)
		h, place := happenings[k%len(happenings)], [...]string{"الشمالية", "الغربية", "الشرقية"}[k/len(happenings)]
		day := time.Date(2024, 4, 1+(k*3+r.IntN(9))%28, r.IntN(24), r.IntN(60), 0, 0, time.FixedZone("", 3*60*60))
		if k%2 == 0 {
			day = day.AddDate(0, 0, 40)
		}
		published := day.Format(time.RFC3339)
		if i%29 == 0 {
			published = ""
		}
		n := r.IntN(200) // an article comes twice, always of its outlet
		line, err := json.Marshal(map[string]string{
			"id": fmt.Sprintf("w%03d", n), "title": h[0] + " في المنطقة " + place, "published": published, "outlet": fmt.Sprint("الصحيفة ", n%5),
			"text": fmt.Sprintf("%s في المنطقة %s، وأعلنت %s أن %d أشخاص أصيبوا.\n\nوقالت %s إن %d فريقا يعمل في المنطقة %s منذ الصباح.", h[1], place, h[2], 3+r.IntN(9), h[2], 2+r.IntN(30), place),
		})
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
		if i%70 == 0 {
			lines.WriteString("{\"text\":7}\n")
		}
	}
	pages, err := newsroom.Pages(0)
	if err != nil {
		t.Fatal(err)
	}
	archive := func(from, to int) []byte {
		var b bytes.Buffer
		w := warc.NewWriter(&b, 0)
		for i := from; i < to; i++ {
			if err := w.Append(&warc.Record{
				Type: warc.Response, ID: fmt.Sprintf("<urn:x:%d>", i), Date: time.Date(2024, 5, 9, 6, 0, i, 0, time.UTC), TargetURI: fmt.Sprintf("http://outlet.example/%d", i),
				ContentType: "application/http", Block: append([]byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"), pages[i]...),
			}); err != nil {
				t.Fatal(err)
			}
		}
		return b.Bytes()
	}
	cut := archive(6, 9)
	for name, b := range map[string][]byte{
		"a.jsonl": lines.Bytes(), "b.warc.gz": archive(0, 8), "c.warc.gz": cut[:len(cut)-40], "d/page.html": pages[9], "d/picture.png": []byte("\x89PNG\r\n\x1a\n0000"),
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir, []string{filepath.Join(dir, "a.jsonl"), filepath.Join(dir, "?.warc.gz"), filepath.Join(dir, "d")}
}

// sum is what came of an input: lines of records and stories, sorted.
type sum struct{ records, stories []string }

func (s sum) same(t *testing.T, want sum) {
	t.Helper()
	for what, pair := range map[string][2][]string{"records": {s.records, want.records}, "stories": {s.stories, want.stories}} {
		if slices.Equal(pair[0], pair[1]) {
			continue
		}
		t.Errorf("%d %s, want %d", len(pair[0]), what, len(pair[1]))
		for i := range min(len(pair[0]), len(pair[1])) {
			if pair[0][i] != pair[1][i] {
				t.Fatalf("%.300s\nwant\n%.300s", pair[0][i], pair[1][i])
			}
		}
	}
}

// library pours an input into a library: what all others are held to.
func library(t *testing.T, paths []string) (s sum) {
	t.Helper()
	d, err := desk.Open(t.Context(), t.TempDir(), desk.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	names, err := expand(paths)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Pour(t.Context(), desk.Source{Options: pour.Options{Paths: names}}, func(desk.Poured) {}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := export.JSONLines(&b, d.Library.Each(t.Context(), isnad.Query{})); err != nil {
		t.Fatal(err)
	}
	s.records = lines(b.String())
	told, err := d.Library.Stories(t.Context(), isnad.Query{Limit: 10_000})
	if err != nil || told.Next != "" {
		t.Fatal(err, told.Next)
	}
	for _, one := range told.Stories {
		line, err := one.AppendJSON(nil, func(id string) (string, bool) {
			h, err := d.Library.Article(t.Context(), id)
			return h.Record.Article.Text, err == nil
		})
		if err != nil {
			t.Fatal(err)
		}
		s.stories = append(s.stories, string(line))
	}
	slices.Sort(s.stories)
	return s
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return slices.Sorted(slices.Values(strings.Split(strings.TrimSuffix(s, "\n"), "\n")))
}

// gathered gives what lies in a depot.
func gathered(t *testing.T, d depot.Depot) (s sum) {
	t.Helper()
	read := func(prefix string) []string {
		names, err := d.List(t.Context(), prefix)
		if err != nil {
			t.Fatal(err)
		}
		var all []byte
		for _, name := range names {
			b, err := d.Get(t.Context(), name)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, ".zst") {
				z, err := zstd.NewReader(bytes.NewReader(b))
				if err != nil {
					t.Fatal(err)
				}
				if b, err = io.ReadAll(z); err != nil {
					t.Fatal(err)
				}
				z.Close()
			}
			all = append(all, b...)
		}
		return lines(string(all))
	}
	return sum{read("records/"), read("stories/")}
}

// run works on a run with several workers at once.
func run(t *testing.T, o Options, workers int) (result Result) {
	t.Helper()
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			r, err := Open(t.Context(), o)
			if err == nil {
				var got Result
				if got, err = r.Work(t.Context()); err == nil {
					result = got // the same for all
				}
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	return result
}

// TestSame wants the same records and stories of a library and of batches that are cut in
// many ways, in folders and in a bucket.
func TestSame(t *testing.T) {
	_, paths := input(t)
	want := library(t, paths)
	if len(want.records) < 130 || len(want.stories) < 20 {
		t.Fatalf("%d records, %d stories: too few to tell", len(want.records), len(want.stories))
	}
	s3 := bucket(t)
	for _, c := range []struct {
		name        string
		o           Options
		workers     int
		again, more int // walks done again, walks: at least
	}{
		{"at once", Options{Asked: Asked{In: paths}, Out: t.TempDir()}, 1, 0, 1},
		{"in parts, by three", Options{Asked: Asked{In: paths, Unit: 5000, Format: Plain}, Out: t.TempDir(), chunk: 15, warm: 6}, 3, 0, 5},
		{"with a bad guess", Options{Asked: Asked{In: paths, Unit: 20000}, Out: t.TempDir(), chunk: 5, warm: 1, Keep: true}, 2, 3, 9},
		{"in a bucket", Options{Asked: Asked{In: paths, Unit: 9000}, Out: s3, chunk: 30, warm: 3}, 2, 0, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			result := run(t, c.o, c.workers)
			d, err := depot.New(c.o.Out)
			if err != nil {
				t.Fatal(err)
			}
			gathered(t, d).same(t, want)
			if result.Walks < c.more || result.Again < c.again {
				t.Errorf("%d walks, %d again; want %d, %d", result.Walks, result.Again, c.more, c.again)
			}
			if int(result.Records) != len(want.records) || int(result.Stories) != len(want.stories) || result.Articles <= result.Records || result.Unread != 5 {
				t.Errorf("%+v", result)
			}
			troubles, err := d.Get(t.Context(), troublesName)
			if err != nil || !strings.Contains(string(troubles), "c.warc.gz") || !strings.Contains(string(troubles), "ends within the record") || bytes.Count(troubles, []byte("\n")) != 5 {
				t.Errorf("%s, %v", troubles, err)
			}
			if names, _ := d.List(t.Context(), "shuffle/"); len(names) > 0 != c.o.Keep {
				t.Errorf("%d things lie between the stages", len(names))
			}
		})
	}
}

// bucket starts a server and gives the address of a bucket.
func bucket(t *testing.T) string {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("parts"); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(gofakes3.New(backend, gofakes3.WithLogger(gofakes3.DiscardLog())).Server())
	t.Cleanup(s.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_ENDPOINT_URL", s.URL)
	t.Setenv("AWS_REGION", "here")
	return "s3://parts/run"
}

// TestSteps wants the same of the steps with a sort between them, in any order of lines.
func TestSteps(t *testing.T) {
	_, paths := input(t)
	want := library(t, paths)
	s, err := step.New()
	if err != nil {
		t.Fatal(err)
	}
	names, err := expand(paths)
	if err != nil {
		t.Fatal(err)
	}
	var first [][]byte
	n := int64(0)
	for it := range pour.Walk(pour.Options{Paths: names}) {
		n++
		if line, _, err := s.Record(&it, step.Given{}, step.Place{Item: n}); err == nil {
			first = append(first, line)
		}
	}
	var got sum
	var second [][]byte
	err = step.Latest(mixed(first), func(record []byte) error {
		got.records = append(got.records, string(record))
		line, err := s.Sketch(record)
		second = append(second, line)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Stories(mixed(second), step.Stretch{Temp: t.TempDir()}, func(story []byte) error {
		got.stories = append(got.stories, string(story))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got.records)
	slices.Sort(got.stories)
	got.same(t, want)
}

// mixed gives lines in the order of their keys, those of one key in any order, as Hadoop
// does.
func mixed(list [][]byte) step.Lines {
	rand.New(rand.NewPCG(1, 5)).Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	key := func(b []byte) string { k, _, _ := strings.Cut(string(b), "\t"); return k }
	slices.SortStableFunc(list, func(a, b []byte) int { return strings.Compare(key(a), key(b)) })
	return func(yield func([]byte, error) bool) {
		for _, l := range list {
			if !yield(l, nil) {
				return
			}
		}
	}
}

// TestGoesOn ends a run after every few tasks and goes on: what was done is not done
// again, and the same comes of it.
func TestGoesOn(t *testing.T) {
	_, paths := input(t)
	whole := Options{Asked: Asked{In: paths, Unit: 9000}, Out: t.TempDir(), chunk: 30, warm: 3}
	run(t, whole, 1)
	all, err := depot.New(whole.Out)
	if err != nil {
		t.Fatal(err)
	}
	want := gathered(t, all)

	o := whole
	o.Out, o.Turn = t.TempDir(), time.Minute
	stops := 0
	for {
		ctx, stop := context.WithCancel(t.Context())
		before := -1
		o.Tell = func(s State) {
			if before < 0 {
				before = s.Done
			}
			if s.Done >= before+3 {
				stop()
			}
		}
		r, err := Open(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		notes := stamps(t, o.Out)
		_, err = r.Work(ctx)
		stop()
		after := stamps(t, o.Out)
		for name, at := range notes {
			if !after[name].Equal(at) && !strings.Contains(name, "walk-") {
				t.Errorf("%s was done again", name)
			}
		}
		if err == nil {
			break
		}
		if stops++; stops > 100 {
			t.Fatal("it never ends")
		}
	}
	if stops < 5 {
		t.Errorf("stopped %d times only", stops)
	}
	d, err := depot.New(o.Out)
	if err != nil {
		t.Fatal(err)
	}
	gathered(t, d).same(t, want)
}

// stamps gives when the notes of tasks were written.
func stamps(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	all := map[string]time.Time{}
	entries, err := os.ReadDir(filepath.Join(dir, "done"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = info.ModTime()
	}
	return all
}

// TestLease wants a task that its process abandoned to be taken by another when its time
// is over, and not before.
func TestLease(t *testing.T) {
	d, err := depot.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := &Run{o: Options{Turn: time.Hour}, depot: d, who: "one"}
	mine := lease{run: r, name: "lease/x"}
	if ok, err := mine.take(t.Context()); !ok || err != nil {
		t.Fatal(ok, err)
	}
	other := lease{run: r, name: "lease/x"}
	if ok, err := other.take(t.Context()); ok || err != nil {
		t.Errorf("taken twice: %v", err)
	}
	mine.end(t.Context())
	if ok, err := other.take(t.Context()); !ok || err != nil {
		t.Errorf("given back and not to be had: %v", err)
	}
	other.end(t.Context())
	put := func(s string) {
		if err := d.Put(t.Context(), "lease/x", strings.NewReader(s), int64(len(s))); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []string{`{"By":"gone","Until":"2001-01-01T00:00:00Z"}`, "torn"} {
		put(s)
		third := lease{run: r, name: "lease/x"}
		if ok, err := third.take(t.Context()); !ok || err != nil {
			t.Errorf("%s: abandoned and not to be had: %v", s, err)
		}
		third.end(t.Context())
	}
}

// TestRefusals wants a run to say what is wrong with a command.
func TestRefusals(t *testing.T) {
	dir, paths := input(t)
	out := t.TempDir()
	run(t, Options{Asked: Asked{In: paths[:1]}, Out: out}, 1)
	if err := os.WriteFile(filepath.Join(dir, "run.json"), []byte("{}"), 0o666); err != nil {
		t.Fatal(err)
	}
	for want, o := range map[string]Options{
		"is of another command":     {Asked: Asked{In: paths[1:]}, Out: out},
		"none of this isnad's":      {Asked: Asked{In: paths}, Out: dir},
		"nothing is at":             {Asked: Asked{In: []string{filepath.Join(dir, "*.arc")}}, Out: t.TempDir()},
		"standard input cannot be":  {Asked: Asked{In: []string{"-"}}, Out: t.TempDir()},
		"input is read from files":  {Asked: Asked{In: []string{"s3://x/y"}}, Out: t.TempDir()},
		"there is nothing to read":  {Asked: Asked{In: []string{t.TempDir()}}, Out: t.TempDir()},
		"is no address of a bucket": {Asked: Asked{In: paths}, Out: "s3://"},
	} {
		if _, err := Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %q", err, want)
		}
	}
}

// TestParquet wants tables in place of lines.
func TestParquet(t *testing.T) {
	_, paths := input(t)
	out := t.TempDir()
	result := run(t, Options{Asked: Asked{In: paths[:1], Format: Parquet}, Out: out}, 1)
	for _, table := range export.Tables() {
		parts, _ := filepath.Glob(filepath.Join(out, table.Name, "part-*.parquet"))
		if len(parts) == 0 {
			t.Errorf("no parts of table %s", table.Name)
		}
		for _, p := range parts {
			if b, err := os.ReadFile(p); err != nil || !bytes.HasPrefix(b, []byte("PAR1")) {
				t.Errorf("%s is no table: %v", p, err)
			}
		}
	}
	if records, _ := os.ReadDir(filepath.Join(out, "records")); len(records) > 0 || result.Stories == 0 {
		t.Errorf("%d parts of lines, %d stories", len(records), result.Stories)
	}
}
