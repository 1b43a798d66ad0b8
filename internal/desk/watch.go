package desk

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/isnad-project/isnad"
)

// How many are visited at once, and how many visits wait in memory: so many that hosts
// with a long list leave room for the others.
const (
	places  = 64
	handful = 1000
	most    = 20000
)

// How often the live loop, by the computer's clock, looks whose turn it is; for pages
// that became due; for feeds that were added or removed; joins what came; and tells.
const (
	tick    = 200 * time.Millisecond
	asking  = 10 * time.Second
	listing = 30 * time.Second
	joining = 20 * time.Second
	telling = 30 * time.Second
)

// How long the live loop rests when the library or the evidence cannot be written.
const (
	firstRest = 5 * time.Second
	lastRest  = 10 * time.Minute
)

// Visits counts what the live loop did.
type Visits struct {
	Feeds, Pages int // looked at
	Fresh        int // addresses that are new
	Kept         int // articles new or changed
	Gone         int // articles whose page is no more
	Failed       int // visits that failed
}

// Watch looks at feeds and pages when they are due, until ctx ends, and tells now and
// then what it did. A visit that fails is noted with its feed or page. When the library
// or the evidence cannot be written, that is logged, and it goes on after a rest: what
// was not kept is due still.
func (d *Desk) Watch(ctx context.Context, tell func(Visits)) error {
	return d.live(false, tell).run(ctx)
}

// Round visits all that is due now, each once, and joins what came. An error is of the
// library or the evidence.
func (d *Desk) Round(ctx context.Context) (Visits, error) {
	var all Visits
	err := d.live(true, func(v Visits) { all = v }).run(ctx)
	return all, err
}

// Catch makes rounds until nothing more is due now.
func (d *Desk) Catch(ctx context.Context, tell func(Visits)) error {
	for {
		v, err := d.Round(ctx)
		if v != (Visits{}) {
			tell(v)
		}
		if err != nil || v == (Visits{}) {
			return err
		}
	}
}

// live is the live loop. Its fields are for its own goroutine; visits under way count
// in visits behind the desk's lock.
type live struct {
	desk *Desk
	once bool // a round: each address is visited once
	tell func(Visits)

	rota  *rota
	feeds map[string]isnad.Feed
	under int // visits under way
	ended chan ended
	more  bool // something was visited since pages were last asked for

	listed, asked, told time.Time // when that was last done

	joined   chan error
	joining  bool
	unjoined bool
	joinAt   time.Time // when to join next

	rest   time.Duration // of the trouble under way; 0: none
	quiet  time.Time     // until then nothing is begun
	fault  error         // why a round ends
	visits Visits
}

// ended is a visit that ended.
type ended struct {
	visit visit
	feed  isnad.Feed // as it is now
	err   error      // of the library or the evidence
}

func (d *Desk) live(once bool, tell func(Visits)) *live {
	return &live{desk: d, once: once, tell: tell, rota: newRota(d.rest), ended: make(chan ended, places), joined: make(chan error, 1), unjoined: true, more: true, told: time.Now()}
}

// run goes on until ctx ends; a round, until nothing more is due.
func (l *live) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer l.finish(stop)
	clock := time.NewTicker(tick)
	defer clock.Stop()
	for ctx.Err() == nil && l.fault == nil {
		l.check(l.turn(ctx, time.Now()))
		if l.once && l.idle() && !l.joining && !l.unjoined {
			break
		}
		select {
		case e := <-l.ended:
			l.end(e)
		case err := <-l.joined:
			l.afterJoin(err)
		case <-clock.C:
		case <-ctx.Done():
		}
	}
	return cmp.Or(l.fault, ctx.Err())
}

// finish ends what is under way, and waits for it.
func (l *live) finish(stop func()) {
	stop()
	for ; l.under > 0; l.under-- {
		<-l.ended
	}
	if l.joining {
		<-l.joined
	}
	l.report(time.Now(), true)
}

// idle reports whether no visit is under way, waiting or to be asked for.
func (l *live) idle() bool { return l.under == 0 && l.rota.wait == 0 && !l.more }

// turn begins what is to be begun now.
func (l *live) turn(ctx context.Context, now time.Time) error {
	if l.quiet.After(now) {
		return nil
	}
	if err := l.list(ctx, now); err != nil {
		return err
	}
	if err := l.ask(ctx, now); err != nil {
		return err
	}
	for l.under < places {
		v, ok := l.rota.next(now)
		if !ok {
			break
		}
		l.begin(ctx, v)
	}
	l.join(ctx, now)
	l.report(now, false)
	return nil
}

// list puts the feeds that are due on the rota.
func (l *live) list(ctx context.Context, now time.Time) error {
	if now.Sub(l.listed) >= listing {
		all, err := l.desk.Library.Feeds(ctx)
		if err != nil {
			return err
		}
		l.feeds = make(map[string]isnad.Feed, len(all))
		for _, f := range all {
			l.feeds[f.URL] = f
		}
		l.listed = now
	}
	due := l.desk.now()
	for u, f := range l.feeds {
		if !f.Due.After(due) {
			l.rota.add(visit{address: u, feed: true})
		}
	}
	return nil
}

// ask puts the pages that are due on the rota: where few wait, soon after something was
// visited, else now and then.
func (l *live) ask(ctx context.Context, now time.Time) error {
	few := l.more && l.rota.wait < handful && now.Sub(l.asked) >= tick
	switch {
	case l.once && (!l.more || l.rota.wait > 0 || l.under > 0):
		return nil
	case !l.once && !few && now.Sub(l.asked) < asking, len(l.rota.held) > most && !l.once:
		return nil
	}
	pages, err := l.desk.Library.Wanted(ctx, l.desk.now(), l.rota.wait+l.under+handful)
	if err != nil {
		return err
	}
	l.asked, l.more = now, false
	for _, p := range pages {
		l.rota.add(visit{address: p.URL, page: p})
	}
	return nil
}

// begin begins a visit.
func (l *live) begin(ctx context.Context, v visit) {
	l.under++
	f, outlet := l.feeds[v.address], l.feeds[v.page.Feed].Outlet
	go func() {
		e := ended{visit: v}
		if v.feed {
			e.feed, e.err = l.desk.look(ctx, f, &l.visits)
		} else {
			e.err = l.desk.fetch(ctx, v.page, outlet, &l.visits)
		}
		l.ended <- e
	}()
}

// end takes note of a visit that ended.
func (l *live) end(e ended) {
	l.under--
	l.more = true
	l.rota.done(e.visit, time.Now(), l.once)
	if e.err == nil && e.visit.feed {
		l.feeds[e.feed.URL] = e.feed
	}
	if e.err == nil {
		l.rest = 0
		l.unjoined = l.unjoined || !e.visit.feed
	}
	l.check(e.err)
}

// join begins to join what came: in a round at its end, else now and then.
func (l *live) join(ctx context.Context, now time.Time) {
	if l.joining || !l.unjoined || now.Before(l.joinAt) || l.once && !l.idle() {
		return
	}
	l.joining, l.unjoined = true, false
	l.joinAt = now
	go func() { l.joined <- l.desk.Join(ctx) }()
}

// afterJoin sets when to join next: the longer it took, the later. What cannot be joined
// is kept still, and tried again.
func (l *live) afterJoin(err error) {
	now := time.Now()
	took := now.Sub(l.joinAt)
	l.joining, l.joinAt = false, now.Add(max(joining, 10*took))
	switch {
	case err == nil || errors.Is(err, context.Canceled):
	case l.once:
		l.fault = err
	default:
		l.unjoined = true
		l.desk.log.Error("articles are kept and cannot be joined into stories; it is tried again", "at", l.joinAt, "error", err)
	}
}

// check takes an error of the library or the evidence: it ends a round, and lets the
// live loop rest, ever longer.
func (l *live) check(err error) {
	now := time.Now()
	switch {
	case err == nil || errors.Is(err, context.Canceled):
	case l.once:
		l.fault = err
	case !l.quiet.After(now):
		l.rest = min(max(2*l.rest, firstRest), lastRest)
		l.quiet = now.Add(l.rest)
		l.desk.log.Error("what came cannot be kept; nothing is visited for a while", "until", l.quiet, "error", err)
	}
}

// report tells what was done since the last time.
func (l *live) report(now time.Time, last bool) {
	if !last && (l.once || now.Sub(l.told) < telling) {
		return
	}
	l.told = now
	var v Visits
	l.desk.count(func() { v, l.visits = l.visits, Visits{} })
	if v != (Visits{}) {
		l.tell(v)
	}
}
