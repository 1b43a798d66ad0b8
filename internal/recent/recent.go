// Package recent remembers what was made lately, within a bound of memory. It knows
// nothing of what it remembers; whether that still holds is in the key, or with who asks.
package recent

import "sync"

// Memory remembers values by their keys. What was asked for lately stays, as long as all
// of it has at most the limit's bytes, or somewhat less: it has two halves, and when the
// young one is full it becomes the old one, which is forgotten. A nil Memory remembers
// nothing.
type Memory[K comparable, V any] struct {
	mu         sync.Mutex
	half       int
	young, old map[K]value[V]
	size       int // of the young
}

type value[V any] struct {
	v    V
	size int
}

// New gives a memory of a limit in bytes.
func New[K comparable, V any](limit int) *Memory[K, V] {
	return &Memory[K, V]{half: limit / 2, young: map[K]value[V]{}}
}

// Get gives what is remembered by a key. Whoever gets it shares it.
func (m *Memory[K, V]) Get(k K) (v V, ok bool) {
	if m == nil {
		return v, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	x, ok := m.young[k]
	if !ok {
		if x, ok = m.old[k]; ok {
			m.put(k, x)
		}
	}
	return x.v, ok
}

// Put remembers a value that takes some bytes, in the place of another with its key.
func (m *Memory[K, V]) Put(k K, v V, size int) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(k, value[V]{v, max(size, 0) + overhead})
}

// overhead is about what a key and its place take, in bytes.
const overhead = 128

func (m *Memory[K, V]) put(k K, x value[V]) {
	if x.size > m.half {
		return
	}
	if before, ok := m.young[k]; ok {
		m.size -= before.size
	}
	if m.size+x.size > m.half {
		m.old, m.young, m.size = m.young, map[K]value[V]{}, 0
	}
	m.young[k] = x
	m.size += x.size
}
