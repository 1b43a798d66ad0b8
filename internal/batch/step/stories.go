package step

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/story"
)

// noDay is the key of articles without a day; it stands before all days.
const noDay = "-"

// Sketch gives the line of a record for the step of stories.
func (s *Steps) Sketch(record []byte) ([]byte, error) {
	var r isnad.Record
	if err := json.Unmarshal(record, &r); err != nil {
		return nil, fmt.Errorf("the line is no record: %w", err)
	}
	sketch := s.maker.Editor().Sketch(&r)
	b, err := sketch.MarshalBinary()
	if err != nil {
		return nil, err
	}
	line := append([]byte(dayKey(story.DayOf(r.Article.Published))), '\t')
	line = append(appendKey(line, r.Article.ID), '\t')
	line = append(base64.RawStdEncoding.AppendEncode(line, b), '\t')
	return append(line, record...), nil
}

func dayKey(day int) string {
	if day == story.NoDay {
		return noDay
	}
	return story.Date(day)
}

// Day gives the day of a line of Sketch, in days since 1970, or story.NoDay.
func Day(line []byte) (int, error) {
	key, _, ok := field(line)
	return parseDay(string(key), ok)
}

func parseDay(key string, ok bool) (int, error) {
	if key == noDay && ok {
		return story.NoDay, nil
	}
	if _, err := time.Parse(time.DateOnly, key); !ok || err != nil {
		return 0, errLine
	}
	return story.DayOf(key), nil
}

// drawn is a line of Sketch, taken apart.
type drawn struct {
	day    int
	key    string
	sketch story.Sketch
	rest   []byte // sketch, tab, record
}

func draw(line []byte) (d drawn, err error) {
	day, line, ok := field(line)
	if d.day, err = parseDay(string(day), ok); err != nil {
		return d, err
	}
	key, rest, ok := field(line)
	if !ok {
		return d, errLine
	}
	d.key, d.rest = string(key), rest
	d.sketch, _, err = unpack(rest, d.day)
	return d, err
}

// unpack gives the sketch and the record of the end of a line.
func unpack(rest []byte, day int) (s story.Sketch, record []byte, err error) {
	packed, record, ok := field(rest)
	b := make([]byte, base64.RawStdEncoding.DecodedLen(len(packed)))
	if _, err := base64.RawStdEncoding.Decode(b, packed); err != nil || !ok {
		return s, nil, errLine
	}
	if err := s.UnmarshalBinary(b); err != nil {
		return s, nil, err
	}
	s.KeptOn(day)
	return s, record, nil
}

// told makes the story of articles by the ends of their lines, in its published form.
func (s *Steps) told(members []member, read func(member) ([]byte, error)) ([]byte, error) {
	records := make([]isnad.Record, len(members))
	sketches := make([]story.Sketch, len(members))
	tellings := make([]story.Telling, len(members))
	texts := make(map[string]string, len(members))
	for i, m := range members {
		rest, err := read(m)
		if err != nil {
			return nil, err
		}
		var record []byte
		if sketches[i], record, err = unpack(rest, m.day); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(record, &records[i]); err != nil {
			return nil, fmt.Errorf("a record is damaged: %w", err)
		}
		tellings[i] = story.Telling{Record: &records[i], Sketch: &sketches[i]}
		texts[sketches[i].ID] = records[i].Article.Text
	}
	t := s.maker.Editor().Story(tellings)
	return t.AppendJSON(nil, func(id string) (string, bool) { text, ok := texts[id]; return text, ok })
}

// Standing says which story an article of the days before stands in.
type Standing struct {
	Article, Story string
	Born           int // the first day of the story
}

// AppendStanding appends a standing as a line, without its end.
func AppendStanding(b []byte, s Standing) []byte {
	b = append(appendKey(b, s.Article), '\t')
	b = append(appendKey(b, s.Story), '\t')
	return append(b, story.Date(s.Born)...)
}

// ParseStanding reads it back.
func ParseStanding(line string) (Standing, error) {
	f := strings.Split(line, "\t")
	if len(f) != 3 {
		return Standing{}, errLine
	}
	born, err := parseDay(f[2], true)
	article, err2 := id(f[0])
	of, err3 := id(f[1])
	return Standing{article, of, born}, errors.Join(err, err2, err3)
}

// id gives the id of a key.
func id(key string) (string, error) {
	if !strings.Contains(key, `\`) {
		return key, nil
	}
	var b strings.Builder
	for i := 0; i < len(key); i++ {
		switch {
		case key[i] != '\\':
			b.WriteByte(key[i])
		case strings.HasPrefix(key[i:], `\\`):
			b.WriteByte('\\')
			i++
		default:
			var c byte
			if _, err := fmt.Sscanf(key[i:], `\x%02x`, &c); err != nil {
				return "", errLine
			}
			b.WriteByte(c)
			i += 3
		}
	}
	return b.String(), nil
}
