package step

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/entry"
	"github.com/isnad-project/isnad/internal/pour"
)

// Given is what whoever pours in says of articles that say nothing of that themselves.
type Given struct{ Outlet, Published string }

// Place tells where an article stood in what was poured in: of two with one id the later
// one holds, as in a library.
type Place struct {
	Part string // the name of the stretch of input; parts come in the order of their names
	Item int64  // within it
}

// append appends a place so that the order of bytes is that of places.
func (p Place) append(b []byte) []byte {
	part := strings.Map(func(r rune) rune {
		if r < ' ' {
			return '_'
		}
		return r
	}, p.Part)
	return fmt.Appendf(b, "%s!%015d", part, p.Item)
}

// Record reads an item and gives its line for the step of records. Doubt tells what was
// mended.
func (s *Steps) Record(it *pour.Item, given Given, at Place) (line []byte, doubt string, err error) {
	if it.Err != nil {
		return nil, it.Doubt, it.Err
	}
	e, doubt, err := s.maker.Entry("", entry.Poured(it, given.Outlet, given.Published, time.Time{}), it.Body)
	if doubt == "" {
		doubt = it.Doubt
	}
	if err != nil {
		return nil, doubt, err
	}
	line = appendKey(nil, e.Record.Article.ID)
	line = append(at.append(append(line, '\t')), '\t')
	line, err = e.Record.AppendJSON(line)
	return line, doubt, err
}

// Latest gives of every key the record of the last place: of an article that came twice,
// the one that came later. The lines are those of Record, sorted by their keys.
func Latest(lines Lines, emit func(record []byte) error) error {
	var o order
	var best []byte // place, tab, record
	for line, err := range lines {
		if err != nil {
			return err
		}
		key, rest, ok := field(line)
		if _, record, ok2 := field(rest); !ok || !ok2 || !bytes.HasPrefix(record, []byte("{")) {
			return errLine
		}
		fresh, err := o.next(key)
		if err != nil {
			return err
		}
		if fresh && len(best) > 0 {
			if err := emit(recordOf(best)); err != nil {
				return err
			}
			best = best[:0]
		}
		if bytes.Compare(rest, best) > 0 {
			best = append(best[:0], rest...)
		}
	}
	if len(best) == 0 {
		return nil
	}
	return emit(recordOf(best))
}

func recordOf(rest []byte) []byte {
	_, record, _ := field(rest)
	return record
}

// Holding gives a record as an export takes it: with the keys of its things, without
// captures and story.
func (s *Steps) Holding(record []byte) (h isnad.Holding, err error) {
	if err := json.Unmarshal(record, &h.Record); err != nil {
		return h, fmt.Errorf("the line is no record: %w", err)
	}
	h.Identities = s.maker.Identities(&h.Record)
	return h, nil
}
