package sqlite

import (
	"math"
	"slices"

	"github.com/ncruces/go-sqlite3"
)

// block is who and what stands in the articles of one day, for counting: the things of an
// article are those from its mark to the next one's. It holds as long as the day has its
// version; days that are over keep theirs.
type block struct {
	version  int64
	articles []int64
	outlets  []int64
	things   marked
	speakers marked
}

// marked is lists of numbers, one behind the other.
type marked struct {
	marks   []int32
	numbers []int32
}

func (m *marked) add(packed []byte, room []int64) []int64 {
	room = unpack(room[:0], packed)
	for _, t := range room {
		if 0 <= t && t < thingLimit {
			m.numbers = append(m.numbers, int32(t))
		}
	}
	m.marks = append(m.marks, int32(len(m.numbers)))
	return room
}

// of gives the numbers of the list at i.
func (m *marked) of(i int) []int32 {
	from := int32(0)
	if i > 0 {
		from = m.marks[i-1]
	}
	return m.numbers[from:m.marks[i]]
}

func (b *block) size() int {
	return rowSize + 16*len(b.articles) + 4*(len(b.things.marks)+len(b.things.numbers)+len(b.speakers.marks)+len(b.speakers.numbers))
}

const blockColumns = "SELECT n, o, things, speakers FROM named JOIN articles USING(n) WHERE "

func (b *block) add(s *sqlite3.Stmt, room []int64) []int64 {
	b.articles, b.outlets = append(b.articles, s.ColumnInt64(0)), append(b.outlets, s.ColumnInt64(1))
	return b.speakers.add(s.ColumnRawBlob(3), b.things.add(s.ColumnRawBlob(2), room))
}

// few is how many articles of a day are read one by one rather than the whole day.
const few = 12

// count calls one with each article of a selection: its block and its place in it.
func (l *Library) count(c *conn, s *selection, one func(b *block, i int)) error {
	versions, err := l.versions(c)
	if err != nil {
		return err
	}
	if s.all {
		for _, day := range versions {
			if (day.day+1)<<dayBits <= s.lo || day.day<<dayBits >= s.hi {
				continue
			}
			b, err := l.block(c, day, math.MaxInt)
			if err != nil {
				return err
			}
			for i, n := range b.articles {
				if s.has(n) {
					one(b, i)
				}
			}
		}
		return nil
	}
	for list := s.list; len(list) > 0; {
		day := list[0] >> dayBits
		k, _ := slices.BinarySearch(list, (day+1)<<dayBits)
		at, known := slices.BinarySearchFunc(versions, day, func(v dayVersion, d int64) int { return int(v.day - d) })
		if known {
			if err := l.countDay(c, versions[at], list[:k], one); err != nil {
				return err
			}
		}
		list = list[k:]
	}
	return nil
}

// countDay counts some articles of a day.
func (l *Library) countDay(c *conn, day dayVersion, list []int64, one func(b *block, i int)) error {
	b, err := l.block(c, day, len(list))
	if err != nil {
		return err
	}
	if b == nil {
		b = new(block)
		for _, n := range list {
			if err := c.each(blockColumns+"n = ?", func(s *sqlite3.Stmt) error { b.add(s, nil); return nil }, n); err != nil {
				return err
			}
		}
	}
	i := 0
	for _, n := range list {
		for i < len(b.articles) && b.articles[i] < n {
			i++
		}
		if i < len(b.articles) && b.articles[i] == n {
			one(b, i)
		}
	}
	return nil
}

// block gives the block of a day of which so many articles are counted; nil when it is not
// at hand and those are few.
func (l *Library) block(c *conn, day dayVersion, counted int) (*block, error) {
	if b, ok := l.lately.blocks.Get(day.day); ok && b.version == day.version {
		return b, nil
	}
	if counted <= few {
		return nil, nil
	}
	b := &block{version: day.version}
	var room []int64
	err := c.each(blockColumns+"n >= ? AND n < ? ORDER BY n", func(s *sqlite3.Stmt) error { room = b.add(s, room); return nil },
		day.day<<dayBits, (day.day+1)<<dayBits)
	if err == nil {
		l.lately.blocks.Put(day.day, b, b.size())
	}
	return b, err
}

// dayVersion is a day with the number of changes of it.
type dayVersion struct{ day, version int64 }

// versions gives all days with articles, in order.
func (l *Library) versions(c *conn) ([]dayVersion, error) {
	return answer(l, c, "days", func(list []dayVersion) int { return 16 * len(list) }, func() (list []dayVersion, err error) {
		err = c.each("SELECT day, version FROM days ORDER BY day", func(s *sqlite3.Stmt) error {
			list = append(list, dayVersion{s.ColumnInt64(0), s.ColumnInt64(1)})
			return nil
		})
		return list, err
	})
}
