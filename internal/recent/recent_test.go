package recent

import (
	"sync"
	"testing"
)

func TestMemory(t *testing.T) {
	m := New[int, string](20 * (overhead + 10))
	for i := range 100 {
		m.Put(i, "x", 10)
		m.Get(3)
	}
	if _, ok := m.Get(3); !ok {
		t.Error("what was asked for all the time is forgotten")
	}
	if _, ok := m.Get(99); !ok {
		t.Error("the last is forgotten")
	}
	if _, ok := m.Get(50); ok {
		t.Error("what was put long ago is there")
	}
	if n := len(m.young) + len(m.old); n > 20 {
		t.Errorf("%d values where 20 have room", n)
	}
	m.Put(99, "y", 10)
	if v, _ := m.Get(99); v != "y" {
		t.Errorf("%q, want the last that was put", v)
	}
	m.Put(1000, "large", 1<<20)
	if _, ok := m.Get(1000); ok {
		t.Error("what is larger than all the room is kept")
	}
}

func TestNil(t *testing.T) {
	var m *Memory[int, int]
	m.Put(1, 1, 1)
	if _, ok := m.Get(1); ok {
		t.Error("nothing remembers something")
	}
}

func TestAtOnce(t *testing.T) {
	m := New[int, int](1 << 14)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 1000 {
				m.Put(i, i, w)
				if v, ok := m.Get(i); ok && v != i {
					t.Errorf("%d by the key %d", v, i)
				}
			}
		})
	}
	wg.Wait()
}
