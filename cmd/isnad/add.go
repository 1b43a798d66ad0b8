package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/pour"
)

type addVerb struct {
	library
	cluster
	visitor
	JSON      bool     `name:"json" help:"Tell of each article on a line of JSON, once it is kept; of each item, with --nats, once the queues have it."`
	From      string   `help:"Form of the input: text, html, jsonl or warc. Without it, by the file's name and content." enum:"text,html,jsonl,warc," default:""`
	Published string   `help:"Day of publication of what says none itself (YYYY-MM-DD)." placeholder:"DATE"`
	Outlet    string   `help:"Who published it, where it does not say." placeholder:"NAME"`
	Paths     []string `arg:"" name:"path" help:"Files, folders and archives, or addresses of pages; - is standard input."`
}

// ample is the memory that pouring in tries to stay under: twice what the lexicon, the
// models and the library's own memories take.
const ample = 384 << 20

// Run pours in files and pages.
func (v *addVerb) Run(w world, status *int) error {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(ample)
	}
	var paths, addresses []string
	for _, p := range v.Paths {
		if strings.HasPrefix(p, "http://") || strings.HasPrefix(p, "https://") {
			addresses = append(addresses, p)
		} else {
			paths = append(paths, p)
		}
	}
	if v.NATS != "" {
		if len(addresses) > 0 {
			return fmt.Errorf("%s: what is handed to workers are files; add a page without --nats, or follow its feed", addresses[0])
		}
		return v.stopped(w, v.handOver(w, paths, status), status)
	}
	d, err := v.desk(w.ctx, desk.Options{Fetch: v.visitor.options()})
	if err != nil {
		return err
	}
	defer d.Close()
	for _, r := range d.Repairs() {
		fmt.Fprintln(w.err, "isnad: mended:", r)
	}
	t := newTeller(w, v.JSON)
	if len(addresses) > 0 {
		if err := d.Visit(w.ctx, addresses, v.Outlet, t.tell); err != nil {
			return err
		}
	}
	if len(paths) > 0 {
		err = d.Pour(w.ctx, v.source(w, paths), t.tell)
	}
	t.end()
	if t.failed > 0 {
		*status = some
	}
	return v.stopped(w, err, status)
}

// source is what is poured in.
func (v *addVerb) source(w world, paths []string) desk.Source {
	return desk.Source{Options: pour.Options{Paths: paths, Kind: pour.Kind(v.From), Stdin: w.in}, Outlet: v.Outlet, Published: v.Published}
}

// stopped says of a pouring that was interrupted how it goes on.
func (v *addVerb) stopped(w world, err error, status *int) error {
	if !errors.Is(err, context.Canceled) {
		return err
	}
	*status = some
	fmt.Fprintln(w.err, "isnad: stopped; the same command goes on where it was")
	return nil
}

// teller tells how far a pouring is.
type teller struct {
	w           world
	lines       *json.Encoder // nil: no JSON
	live        bool          // standard error is a terminal
	began, said time.Time
	count       map[isnad.Change]int
	failed      int
}

func newTeller(w world, lines bool) *teller {
	t := &teller{w: w, live: term.IsTerminal(int(w.err.Fd())), began: time.Now(), count: map[isnad.Change]int{}}
	if lines {
		t.lines = json.NewEncoder(w.out)
		t.lines.SetEscapeHTML(false)
	}
	return t
}

// tell tells of one item that was poured in.
func (t *teller) tell(p desk.Poured) {
	switch {
	case errors.Is(p.Err, pour.ErrForeign): // a picture beside the pages is no trouble
		return
	case p.Err != nil:
		t.failed++
		t.say("%s: %v", p.Where, p.Err)
		return
	case p.Doubt != "":
		t.say("%s: %s", p.Where, p.Doubt)
	}
	t.count[p.Change]++
	if t.lines != nil {
		t.lines.Encode(struct {
			ID     string `json:"id"`
			Change string `json:"change"`
			Where  string `json:"where"`
		}{p.ID, p.Change.String(), p.Where})
	}
	t.progress("articles", t.sum())
}

// progress says on a terminal how far it is, now and then.
func (t *teller) progress(what string, n int) {
	if now := time.Now(); t.live && now.Sub(t.said) > time.Second/4 {
		t.said = now
		fmt.Fprintf(t.w.err, "\r%d %s, %.0f a second\x1b[K", n, what, float64(n)/now.Sub(t.began).Seconds())
	}
}

func (t *teller) sum() (n int) {
	for _, k := range t.count {
		n += k
	}
	return n
}

// say writes a line to standard error in place of the progress.
func (t *teller) say(format string, args ...any) {
	if t.live {
		fmt.Fprint(t.w.err, "\r\x1b[K")
	}
	fmt.Fprintf(t.w.err, "isnad: "+format+"\n", args...)
}

// end says what became of all.
func (t *teller) end() {
	t.say("%d new, %d revised, %d read anew, %d as before, %d that could not be read", t.count[isnad.Added], t.count[isnad.Revised], t.count[isnad.Reread], t.count[isnad.Same], t.failed)
}
