package postgres

import (
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// TestTalliesTellWhatPlacesTell holds that ranking by the short tallies is ranking by the
// places of the words, wherever the tallies tell.
func TestTalliesTellWhatPlacesTell(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	words := strings.Fields("أ ب ج د ه و ز ح ط ي")
	some := func(n int, mark string) string {
		list := make([]string, n)
		for i := range list {
			list[i] = mark + words[min(r.IntN(len(words)), r.IntN(len(words)))]
		}
		return strings.Join(list, " ")
	}
	told := 0
	for range 3000 {
		x := shelf.Index{Title: some(r.IntN(20), ""), Text: some(1+r.IntN(80), ""), Fields: some(1+r.IntN(60), "N")}
		p := &plan{}
		for range 1 + r.IntN(3) {
			mark := []string{"", "", "N"}[r.IntN(3)]
			p.phrases = append(p.phrases, newPhrase([]string{mark + words[r.IntN(len(words))]}, 1))
		}
		row := indexOf(&x)
		h, err := hear(row.forms, p.phrases, row.size)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(p.phrases, func(x phrase) bool { return !h.stands(x) }) {
			continue // such an article is not found
		}
		digests := make([]uint32, len(p.phrases))
		for i, x := range p.phrases {
			digests[i] = wordDigest(x.words[0])
		}
		times := make([]shelf.Times, len(p.phrases))
		if !p.told(&heard{tally: [2][]byte{row.heard, row.marked}}, digests, times) {
			continue
		}
		told++
		if want := h.times(p.phrases); !slices.Equal(times, want) {
			t.Fatalf("%v of %v: %v by tallies, %v by places", x, p.phrases, times, want)
		}
	}
	if told < 500 {
		t.Errorf("only %d times the tallies told", told)
	}
}

// TestTrouble holds that what the server says is told in words that say what to do.
func TestTrouble(t *testing.T) {
	for code, says := range map[string]string{codeDiskFull: "the disk of the PostgreSQL server is full", codePassword: "user and password", codeNoRight: "not the right", codeConnections: "max_connections",
		codeReadOnly: "reading only", codeStarting: "stopping or starting"} {
		err := trouble(&pgconn.PgError{Code: code, Message: "x"})
		if !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", code, err)
		}
	}
	if !errors.Is(trouble(&pgconn.PgError{Code: codeConnections}), isnad.ErrBusy) {
		t.Error("too many connections is not busy")
	}
	if trouble(nil) != nil || !passing(io.ErrUnexpectedEOF) || passing(&pgconn.PgError{Code: codeDiskFull}) || !passing(&pgconn.PgError{Code: codeDeadlock}) {
		t.Error("what passes by itself and what does not")
	}
}

// FuzzHear holds that a damaged tsvector is an error and no more.
func FuzzHear(f *testing.F) {
	row := indexOf(&shelf.Index{Title: "أ ب", Text: "أ ج أ", Fields: "Nأ |"})
	f.Add(row.forms)
	f.Add([]byte{0, 0, 0, 1, 'a', 0, 0, 9})
	wanted := []phrase{newPhrase([]string{"أ"}, 1), newPhrase([]string{"أ", "ج"}, 1), newPhrase([]string{"a"}, 1)}
	f.Fuzz(func(t *testing.T, b []byte) {
		if h, err := hear(b, wanted, 3); err == nil {
			for i, x := range h.times(wanted) {
				if x.Title+x.Text > shelf.Heard {
					t.Errorf("phrase %d: %v", i, x)
				}
			}
		}
	})
}

// FuzzHarmless holds that every text comes back as it was.
func FuzzHarmless(f *testing.F) {
	f.Add("كلمة\x00\x1a\xff")
	f.Fuzz(func(t *testing.T, s string) {
		h := harmless(s)
		if restore(h) != s || strings.IndexByte(h, 0) >= 0 {
			t.Errorf("%q became %q and %q", s, h, restore(h))
		}
	})
}
