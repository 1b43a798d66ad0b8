package isnad

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Story is one happening with its direct unfolding over days, as several articles tell it.
// Every article of a library stands in exactly one story, if need be alone.
type Story struct {
	ID            string   // the id of its earliest article
	Title         string   // the most central headline
	First         string   // first and last day of publication, ISO dates; empty when unknown
	Last          string   //
	Articles      []string // ids, by time of publication
	Copies        []Copies
	Disagreements []Disagreement
	Timeline      []Moment
}

// Copies are articles whose text is largely the same.
type Copies struct {
	Origin   string   // the id of the article that the others most probably go back to
	Agency   string   // whose text it is, where the articles say so
	Articles []string // ids, Origin first
}

// Disagreement is one thing on which articles of different outlets state different values.
type Disagreement struct {
	About  string  // what is stated, in words of the articles
	Kind   string  // count, date, place, actor or denial
	Values []Value // two or more
}

// Value is one of the things stated, with those who state it.
type Value struct {
	Value  string
	Claims []Claim // one or more; copies have one each
}

// Claim is where an article states a value.
type Claim struct {
	Article string // id
	Span           // in bytes of the article's text
	Words   string // the words of the span
}

// Moment is the first telling of a happening in a story.
type Moment struct {
	Day string // ISO date of the happening, or of publication where the article gives none
	Claim
}

type (
	wireStory struct {
		ID            string             `json:"id"`
		Title         string             `json:"title"`
		First         string             `json:"first"`
		Last          string             `json:"last"`
		Articles      []string           `json:"articles"`
		Copies        [][]string         `json:"copies"`
		Origins       []wireOrigin       `json:"origins"`
		Disagreements []wireDisagreement `json:"disagreements"`
		Timeline      []wireMoment       `json:"timeline"`
	}
	wireOrigin struct {
		Article string `json:"article"`
		Agency  string `json:"agency"`
	}
	wireDisagreement struct {
		About  string      `json:"about"`
		Kind   string      `json:"kind"`
		Values []wireValue `json:"values"`
	}
	wireValue struct {
		Value    string      `json:"value"`
		Articles []string    `json:"articles"`
		Words    string      `json:"words"`
		Claims   []wireClaim `json:"claims"`
	}
	wireClaim struct {
		Article string `json:"article"`
		Start   *int   `json:"start"`
		End     *int   `json:"end"`
		Text    string `json:"text"`
	}
	wireMoment struct {
		Day string `json:"day"`
		wireClaim
	}
)

// AppendJSON appends the published form of s (docs/record.md), without a line end, to
// dst. text gives an article's text, by which spans are told in code points; where text
// is nil or does not know the article, start and end are null.
func (s *Story) AppendJSON(dst []byte, text func(id string) (string, bool)) ([]byte, error) {
	buf := bytes.NewBuffer(dst)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s.wire(&rulers{text: text})); err != nil {
		return dst, fmt.Errorf("encode story %q: %w", s.ID, err)
	}
	out := buf.Bytes()
	return out[:len(out)-1], nil
}

// MarshalJSON gives the published form of s without the places of its claims.
func (s *Story) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil, nil) }

// rulers keeps a ruler for each article asked for.
type rulers struct {
	text func(string) (string, bool)
	made map[string]*ruler
}

func (r *rulers) of(id string) *ruler {
	if r.text == nil {
		return nil
	}
	if m, ok := r.made[id]; ok {
		return m
	}
	if r.made == nil {
		r.made = map[string]*ruler{}
	}
	var m *ruler
	if t, ok := r.text(id); ok {
		m = newRuler(t)
	}
	r.made[id] = m
	return m
}

func (r *rulers) claim(c Claim) wireClaim {
	w := wireClaim{Article: c.Article, Text: c.Words}
	if m := r.of(c.Article); m != nil && c.Start >= 0 && c.End <= len(m.text) && c.Of(m.text) == c.Words {
		start, end := m.points(c.Start), m.points(c.End)
		w.Start, w.End = &start, &end
	}
	return w
}

func (s *Story) wire(r *rulers) *wireStory {
	w := &wireStory{
		ID: s.ID, Title: s.Title, First: s.First, Last: s.Last, Articles: orEmpty(s.Articles),
		Copies:        make([][]string, len(s.Copies)),
		Origins:       make([]wireOrigin, len(s.Copies)),
		Disagreements: make([]wireDisagreement, len(s.Disagreements)),
		Timeline:      make([]wireMoment, len(s.Timeline)),
	}
	for i, c := range s.Copies {
		w.Copies[i], w.Origins[i] = orEmpty(c.Articles), wireOrigin{c.Origin, c.Agency}
	}
	for i, d := range s.Disagreements {
		w.Disagreements[i] = wireDisagreement{About: d.About, Kind: d.Kind, Values: make([]wireValue, len(d.Values))}
		for k, v := range d.Values {
			w.Disagreements[i].Values[k] = r.value(v)
		}
	}
	for i, m := range s.Timeline {
		w.Timeline[i] = wireMoment{m.Day, r.claim(m.Claim)}
	}
	return w
}

func (r *rulers) value(v Value) wireValue {
	w := wireValue{Value: v.Value, Articles: []string{}, Claims: make([]wireClaim, len(v.Claims))}
	for i, c := range v.Claims {
		w.Claims[i] = r.claim(c)
		if i == 0 {
			w.Words = c.Words
		}
		if len(w.Articles) == 0 || w.Articles[len(w.Articles)-1] != c.Article {
			w.Articles = append(w.Articles, c.Article)
		}
	}
	return w
}
