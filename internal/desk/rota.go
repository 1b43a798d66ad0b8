package desk

import (
	"net/url"
	"time"

	"github.com/isnad-project/isnad"
)

// rota says who is visited next: every host in its turn, one page of it at a time, and
// none before it has rested. It is for one goroutine.
type rota struct {
	rest  time.Duration // between the visits of a host
	hosts map[string]*stop
	line  []*stop         // those with visits waiting, the next one first
	held  map[string]bool // the addresses that wait or are being visited
	wait  int             // how many wait
}

// stop is a host and what waits there.
type stop struct {
	host   string
	visits []visit
	busy   bool
	ready  time.Time // when it has rested
}

// visit is a feed or a page to be visited.
type visit struct {
	address string
	feed    bool
	page    isnad.Page // of a page
}

func newRota(rest time.Duration) *rota {
	return &rota{rest: rest, hosts: map[string]*stop{}, held: map[string]bool{}}
}

// add puts a visit behind the others of its host, unless it waits or is under way.
func (r *rota) add(v visit) {
	if r.held[v.address] {
		return
	}
	h := host(v.address)
	s := r.hosts[h]
	if s == nil {
		s = &stop{host: h}
		r.hosts[h] = s
	}
	if len(s.visits) == 0 && !s.busy {
		r.line = append(r.line, s)
	}
	s.visits = append(s.visits, v)
	r.held[v.address] = true
	r.wait++
}

// next takes the visit whose turn it is; none when every host is being visited or rests.
func (r *rota) next(now time.Time) (visit, bool) {
	for i, s := range r.line {
		if s.ready.After(now) {
			continue
		}
		r.line = append(r.line[:i], r.line[i+1:]...)
		v := s.visits[0]
		s.visits, s.busy = s.visits[1:], true
		r.wait--
		return v, true
	}
	return visit{}, false
}

// done ends a visit. Where the address stays held, it is not visited again.
func (r *rota) done(v visit, now time.Time, hold bool) {
	s := r.hosts[host(v.address)]
	s.busy, s.ready = false, now.Add(r.rest)
	if !hold {
		delete(r.held, v.address)
	}
	if len(s.visits) > 0 {
		r.line = append(r.line, s)
	} else {
		s.visits = nil
	}
	if len(r.hosts) > manyHosts {
		r.forget(now)
	}
}

// manyHosts is how many hosts are remembered before the idle are forgotten.
const manyHosts = 1 << 14

func (r *rota) forget(now time.Time) {
	for h, s := range r.hosts {
		if len(s.visits) == 0 && !s.busy && !s.ready.After(now) {
			delete(r.hosts, h)
		}
	}
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
