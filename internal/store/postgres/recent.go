package postgres

import "sync"

// recent remembers the last selections and counts of one state of the library.
type recent struct {
	mu         sync.Mutex
	generation string
	size       int // of all selections, in articles
	selections map[string]*selection
	counts     map[string]int64 // in how many articles a phrase stands
}

// recentLimit bounds what is remembered, in articles and in phrases.
const recentLimit = 1 << 21

func (r *recent) at(generation string) {
	if r.generation != generation || r.selections == nil || r.size > recentLimit || len(r.counts) > recentLimit>>5 {
		r.generation, r.size = generation, 0
		r.selections, r.counts = map[string]*selection{}, map[string]int64{}
	}
}

func (r *recent) get(generation, key string) *selection {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at(generation)
	return r.selections[key]
}

func (r *recent) put(generation, key string, s *selection) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(s.list) > recentLimit {
		return
	}
	r.at(generation)
	r.selections[key] = s
	r.size += len(s.list) + 64
}

func (r *recent) count(generation, phrase string) (int64, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at(generation)
	n, ok := r.counts[phrase]
	return n, ok
}

func (r *recent) keep(generation, phrase string, n int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at(generation)
	r.counts[phrase] = n
}
