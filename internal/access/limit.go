package access

import (
	"container/list"
	"sync"
	"time"
)

// table remembers something of as many names as it may, and forgets the one that was
// asked for longest ago: memory stays bounded whoever asks.
type table[V any] struct {
	most  int
	at    map[string]*list.Element
	order *list.List // the latest first
}

// row is one line of a table.
type row[V any] struct {
	name  string
	value V
}

func newTable[V any](most int) table[V] {
	return table[V]{most: most, at: map[string]*list.Element{}, order: list.New()}
}

// get gives what is remembered of a name: the zero value at first.
func (t *table[V]) get(name string) *V {
	e, ok := t.at[name]
	if ok {
		t.order.MoveToFront(e)
		return &e.Value.(*row[V]).value
	}
	if t.order.Len() >= t.most {
		last := t.order.Back()
		delete(t.at, last.Value.(*row[V]).name)
		t.order.Remove(last)
	}
	r := &row[V]{name: name}
	t.at[name] = t.order.PushFront(r)
	return &r.value
}

// drop forgets a name.
func (t *table[V]) drop(name string) {
	if e, ok := t.at[name]; ok {
		delete(t.at, name)
		t.order.Remove(e)
	}
}

// bucket says how much is left of what a name may ask at once.
type bucket struct {
	used float64 // 0: nothing; as much as the burst: everything
	at   time.Time
}

// buckets hold how often names may ask: rate a second for long, ten times that at once.
type buckets struct {
	rate, burst float64

	mu    sync.Mutex
	names table[bucket]
}

func newBuckets(rate float64) *buckets {
	return &buckets{rate: rate, burst: max(1, 10*rate), names: newTable[bucket](remembered)}
}

// take counts a request of a name, or gives how long to wait before the next.
func (b *buckets) take(name string, now time.Time) time.Duration {
	if b.rate <= 0 {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	x := b.names.get(name)
	if since := now.Sub(x.at).Seconds(); since > 0 {
		x.used = max(0, x.used-since*b.rate)
		x.at = now
	}
	if over := x.used + 1 - b.burst; over > 0 {
		return time.Duration(over / b.rate * float64(time.Second))
	}
	x.used++
	return 0
}

// tries are how often a password was tried in vain.
type tries struct {
	n     int
	last  time.Time
	until time.Time // none may be tried before
}

// failures let some passwords be tried at once and then each later than the one before:
// after one second, two, four, up to the most.
type failures struct {
	free int
	most time.Duration

	mu    sync.Mutex
	names table[tries]
}

// forgetTime is how long tries are remembered after the last.
const forgetTime = time.Hour

func newFailures(free int, most time.Duration) *failures {
	return &failures{free: free, most: most, names: newTable[tries](remembered)}
}

// try counts a try, which stands for a failure until it is taken back, or gives how long
// to wait before the next. A try that must wait does not count.
func (f *failures) try(name string, now time.Time) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	x := f.names.get(name)
	if now.Sub(x.last) > forgetTime {
		*x = tries{}
	}
	if wait := x.until.Sub(now); wait > 0 {
		return wait
	}
	x.n++
	x.last = now
	if over := x.n - f.free; over >= 0 {
		x.until = now.Add(min(f.most, time.Second<<min(over, 20)))
	}
	return 0
}

// undo takes one try back, which was none or did not fail.
func (f *failures) undo(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	x := f.names.get(name)
	x.n = max(0, x.n-1)
	x.until = time.Time{}
}

// forget forgets all tries of a name.
func (f *failures) forget(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.names.drop(name)
}
