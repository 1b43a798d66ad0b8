package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/pgtest"
	"github.com/isnad-project/isnad/internal/store/conform"
)

var ctx = context.Background()

// TestOpenSaysWhatIsWrong holds that whoever names a wrong server, user, password or database,
// or one that will not do, is told what is wrong.
func TestOpenSaysWhatIsWrong(t *testing.T) {
	s := pgtest.Start(t)
	exec := func(sql string) {
		t.Helper()
		if err := s.Exec("postgres", sql); err != nil {
			t.Fatal(err)
		}
	}
	exec("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
	exec("CREATE ROLE guest LOGIN PASSWORD 'guest'")
	for _, x := range []struct{ what, address, says string }{
		{"no address", "postgres://host:port", "the library's address"},
		{"no machine", "postgres://nowhere.invalid/isnad", "no machine of the name"},
		{"no server", "postgres://127.0.0.1:1/isnad?sslmode=disable", "cannot be reached"},
		{"wrong password", s.AddressFor(pgtest.User, "guess", pgtest.Database), "password"},
		{"no database", s.Address("none"), "no such database"},
		{"wrong encoding", s.Address("latin"), "UTF8"},
		{"no rights", s.AddressFor("guest", "guest", pgtest.Database), "not the right"},
	} {
		over, cancel := context.WithTimeout(ctx, time.Minute)
		_, err := Open(over, x.address, Options{})
		cancel()
		if err == nil || !strings.Contains(err.Error(), x.says) || strings.Contains(err.Error(), pgtest.Password) {
			t.Errorf("%s: %v", x.what, err)
		}
	}
	if _, err := Open(ctx, s.Database(t), Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "no library") {
		t.Errorf("nothing to read: %v", err)
	}
	url := s.Database(t)
	l := open(t, url, Options{})
	if _, err := l.pool.Exec(ctx, "UPDATE library SET value = 99 WHERE key = 'format'"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, url, Options{}); !errors.Is(err, isnad.ErrNewer) {
		t.Errorf("a newer format: %v", err)
	}
}

// TestOpenAtOnce holds that many programs may start at once on an empty database.
func TestOpenAtOnce(t *testing.T) {
	s := pgtest.Start(t)
	url := s.Database(t)
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			l, err := Open(ctx, url, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer l.Close()
			if _, err := l.Put(ctx, conform.Made(10*i, 10*i+20)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	counted(t, open(t, url, Options{}), 70)
}

func counted(t *testing.T, l *Library, want int) {
	t.Helper()
	n, err := l.Stats(ctx)
	if err != nil || n.Articles != want {
		t.Errorf("%d articles, want %d: %v", n.Articles, want, err)
	}
	if err := l.Check(ctx, func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
}

// TestWritersMeet holds that many who keep the same articles at once, each in another
// order and batches of another size, leave each once, with all that was told of it.
func TestWritersMeet(t *testing.T) {
	s := pgtest.Start(t)
	url := s.Database(t)
	const all = 120
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			l := open(t, url, Options{})
			list := conform.Made(0, all)
			for i := range list {
				list[i].Capture.Fetched = list[i].Capture.Fetched.Add(time.Duration(w) * time.Minute)
			}
			for size := 7 + 5*w; len(list) > 0; {
				n := min(size, len(list))
				part := list[len(list)-n:]
				if w%2 == 0 {
					part = list[:n]
					list = list[n:]
				} else {
					list = list[:len(list)-n]
				}
				if _, err := l.Put(ctx, part); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	l := open(t, url, Options{})
	counted(t, l, all)
	if n, _ := l.Stats(ctx); n.Captures != 4*all {
		t.Errorf("%d captures, want %d", n.Captures, 4*all)
	}
	places := map[int64]bool{}
	for at := int64(0); ; {
		news, err := l.Since(ctx, isnad.Query{Limit: 50}, at)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range news.Items {
			places[x.Place] = true
		}
		if at = news.Place; !news.More {
			break
		}
	}
	if len(places) != all {
		t.Errorf("%d places of %d articles", len(places), all)
	}
}

// TestServerKilled holds that a library goes on after its server was killed and came back:
// what was acknowledged is there, once, and calls that came meanwhile were done afterwards.
func TestServerKilled(t *testing.T) {
	s := pgtest.Start(t)
	url := s.Database(t)
	l := open(t, url, Options{Wait: time.Minute})
	list := conform.Made(0, 200)
	kept := make(chan int, len(list))
	stop := make(chan error)
	go func() {
		defer close(kept)
		for i := 0; i < len(list); i += 5 {
			if _, err := l.Put(ctx, list[i:i+5]); err != nil {
				t.Errorf("%d: %v", i, err)
				return
			}
			kept <- i
		}
	}()
	go func() {
		for range 2 {
			time.Sleep(150 * time.Millisecond)
			if err := errors.Join(s.Kill(), s.Restart()); err != nil {
				stop <- err
				return
			}
		}
		close(stop)
	}()
	for i := range kept {
		if i%50 == 0 {
			if _, err := l.Article(ctx, list[i].Record.Article.ID); err != nil {
				t.Errorf("article %d was acknowledged: %v", i, err)
			}
		}
	}
	if err := <-stop; err != nil {
		t.Fatal(err)
	}
	counted(t, l, len(list))
}

// TestTurnIsLost holds that a turn ends with its connection, and that another gets it then.
func TestTurnIsLost(t *testing.T) {
	s := pgtest.Start(t)
	url := s.Database(t)
	one, two := open(t, url, Options{}), open(t, url, Options{})
	mine, back, err := one.Turn(ctx, "join")
	if err != nil {
		t.Fatal(err)
	}
	defer back()
	if _, _, err := two.Turn(ctx, "join"); !errors.Is(err, isnad.ErrBusy) {
		t.Errorf("a second: %v", err)
	}
	if err := errors.Join(s.Kill(), s.Restart()); err != nil {
		t.Fatal(err)
	}
	select {
	case <-mine.Done():
	case <-time.After(time.Minute):
		t.Error("the turn goes on without its server")
	}
	_, back2, err := two.Turn(ctx, "join")
	if err != nil {
		t.Fatal(err)
	}
	back2()
}

// TestHarmless holds that every text comes back as it was.
func TestHarmless(t *testing.T) {
	for _, s := range []string{"", "كلمة", "a\x00b", "\x1a", "\x1a00", "caf\xe9", "\xff\x00\x1a\ufffd", "\x1azz"} {
		if got := restore(harmless(s)); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

// TestLongArticle holds that phrases are found in articles longer than a tsvector can tell.
func TestLongArticle(t *testing.T) {
	s := pgtest.Start(t)
	l := open(t, s.URL(), Options{})
	e := conform.Made(0, 3)
	a := &e[1].Record.Article
	a.Text += " " + strings.Repeat("كلام كثير ", 10_000) + "وعاد الصيادون مساء"
	if _, err := l.Put(ctx, e); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		query string
		want  int
	}{{`"عاد الصيادون"`, 1}, {`"مساء الصيادون"`, 0}, {`كثير`, 1}, {`"كلام كثير" السفن`, 1}, {`السفن -"عاد الصيادون"`, 2}, {`السفن`, 3}} {
		q, err := l.Lang.Parse(x.query)
		if err != nil {
			t.Fatal(err)
		}
		r, err := l.Search(ctx, q)
		if err != nil || r.Total != x.want || len(r.Hits) != x.want {
			t.Errorf("%s: %d, want %d: %v", x.query, r.Total, x.want, err)
		}
	}
	if err := l.Check(ctx, func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
}

// TestManyRanked holds that what lies beyond the articles that are ranked follows them,
// each once.
func TestManyRanked(t *testing.T) {
	s := pgtest.Start(t)
	l := open(t, s.URL(), Options{})
	l.ranked = 10
	if _, err := l.Put(ctx, conform.Made(0, 45)); err != nil {
		t.Fatal(err)
	}
	q, err := l.Lang.Parse("السفن")
	if err != nil {
		t.Fatal(err)
	}
	q.Limit = 7
	seen := map[string]int{}
	var scores []float64
	for {
		r, err := l.Search(ctx, q)
		if err != nil || r.Total != 45 {
			t.Fatalf("%d of 45: %v", r.Total, err)
		}
		for _, h := range r.Hits {
			seen[h.ID]++
			scores = append(scores, h.Score)
		}
		if q.Cursor = r.Next; r.Next == "" {
			break
		}
	}
	if len(seen) != 45 || len(scores) != 45 || scores[9] == 0 || scores[10] != 0 {
		t.Errorf("%d articles in %d rows: %s", len(seen), len(scores), fmt.Sprint(scores))
	}
}
