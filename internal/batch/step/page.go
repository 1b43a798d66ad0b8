package step

import (
	"errors"
	"fmt"
	"os"
)

// page is a file with the lines of a day, until the last of its stories is told.
type page struct {
	file *os.File
	buf  []byte
	size int64
	held int // members that lie in it
}

func newPage(dir string) (*page, error) {
	f, err := os.CreateTemp(dir, "isnad-day-*")
	if err != nil {
		return nil, fmt.Errorf("keep the articles of open stories: %w", err)
	}
	return &page{file: f}, nil
}

// write keeps the end of a line.
func (p *page) write(day int, rest []byte) (member, error) {
	m := member{day, p, p.size + int64(len(p.buf)), len(rest)}
	p.buf = append(p.buf, rest...)
	if len(p.buf) < 1<<16 {
		return m, nil
	}
	return m, p.seal()
}

// seal writes out what is held back.
func (p *page) seal() error {
	n, err := p.file.Write(p.buf)
	p.size += int64(n)
	p.buf = p.buf[:0]
	if err != nil {
		return fmt.Errorf("keep the articles of open stories: %w", err)
	}
	return nil
}

// read gives the end of a member's line.
func (m member) read() ([]byte, error) {
	b := make([]byte, m.length)
	if _, err := m.page.file.ReadAt(b, m.offset); err != nil {
		return nil, fmt.Errorf("read the articles of a story again: %w", err)
	}
	return b, nil
}

// drop says that n members are needed no more; a page without any is thrown away.
func (p *page) drop(n int) error {
	if p.held -= n; p.held > 0 {
		return nil
	}
	return p.remove()
}

func (p *page) remove() error {
	return errors.Join(p.file.Close(), os.Remove(p.file.Name()))
}
