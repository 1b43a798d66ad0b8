package isnad

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Format names the published form of a record and its version.
const Format = "isnad-record/1"

// The wire types are the published JSON of docs/record.md: spans in code points,
// every list present even when empty, null where an index points nowhere.
type (
	wireRecord struct {
		Format      string           `json:"format"`
		Reader      string           `json:"reader"`
		Article     wireArticle      `json:"article"`
		Entities    []wireEntity     `json:"entities"`
		Names       []wireName       `json:"names"`
		Times       []wireTime       `json:"times"`
		Quantities  []wireQuantity   `json:"quantities"`
		Statements  []wireStatement  `json:"statements"`
		Events      []wireEvent      `json:"events"`
		Commitments []wireCommitment `json:"commitments"`
		Notes       []string         `json:"notes"`
	}
	wireArticle struct {
		ID        string `json:"id"`
		URL       string `json:"url"`
		Outlet    string `json:"outlet"`
		Title     string `json:"title"`
		Byline    string `json:"byline"`
		Agency    string `json:"agency"`
		Published string `json:"published"`
		Modified  string `json:"modified,omitempty"`
		Extractor string `json:"extractor,omitempty"`
		Language  string `json:"language"`
		Text      string `json:"text"`
		Cut       []Cut  `json:"cut"`
	}
	wireSpan struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Text  string `json:"text"`
	}
	wireTrust struct {
		Rule       string  `json:"rule,omitempty"`
		Confidence float64 `json:"confidence,omitempty"`
	}
	wireEntity struct {
		Name    string `json:"name"`
		Kind    Kind   `json:"kind"`
		Role    string `json:"role"`
		Country string `json:"country"`
	}
	wireName struct {
		wireSpan
		Kind   Kind `json:"kind"`
		Entity *int `json:"entity"`
		wireTrust
	}
	wireTime struct {
		wireSpan
		Type  string `json:"type"`
		Value string `json:"value"`
		Mod   string `json:"mod"`
		First string `json:"first"`
		Last  string `json:"last"`
		wireTrust
	}
	wireQuantity struct {
		wireSpan
		Value float64  `json:"value"`
		Max   *float64 `json:"max"`
		Unit  string   `json:"unit"`
		Mod   string   `json:"mod"`
		wireTrust
	}
	wireSource struct {
		wireSpan
		Entity *int `json:"entity"`
	}
	wireSpeaker struct {
		wireSource
		Kind SpeakerKind `json:"kind"`
	}
	wireStatement struct {
		wireSpan
		Speaker wireSpeaker  `json:"speaker"`
		Via     []wireSource `json:"via"`
		To      *wireSpan    `json:"to"`
		Mode    string       `json:"mode"`
		Cue     *wireSpan    `json:"cue"`
		Content wireSpan     `json:"content"`
		wireTrust
	}
	wireEvent struct {
		wireSpan
		Type       string   `json:"type"`
		Trigger    wireSpan `json:"trigger"`
		Actors     []string `json:"actors"`
		Recipients []string `json:"recipients"`
		Date       string   `json:"date"`
		Place      string   `json:"place"`
		Status     string   `json:"status"`
		Statement  *int     `json:"statement"`
		wireTrust
	}
	wireCommitment struct {
		wireSpan
		By        []wireSource `json:"by"`
		To        *wireSource  `json:"to"`
		What      wireSpan     `json:"what"`
		Due       string       `json:"due"`
		Basis     string       `json:"basis"`
		Statement *int         `json:"statement"`
		wireTrust
	}
)

// AppendJSON appends the published form of r, without a line end, to dst.
func (r *Record) AppendJSON(dst []byte) ([]byte, error) {
	buf := bytes.NewBuffer(dst)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r.wire()); err != nil {
		return dst, fmt.Errorf("encode record %q: %w", r.Article.ID, err)
	}
	out := buf.Bytes()
	return out[:len(out)-1], nil
}

// MarshalJSON gives the published form of r (docs/record.md).
func (r *Record) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// UnmarshalJSON reads the published form back; spans come back as bytes.
// It fails on another format and on spans outside the text.
func (r *Record) UnmarshalJSON(b []byte) error {
	var w wireRecord
	if !w.scan(b) {
		w = wireRecord{}
		if err := json.Unmarshal(b, &w); err != nil {
			return err
		}
	}
	if w.Format != Format {
		return fmt.Errorf("record format %q, want %q", w.Format, Format)
	}
	return r.fromWire(&w)
}

// stride is the distance in bytes between the ruler's marks.
const stride = 128

// ruler converts between byte offsets and code points of one text.
type ruler struct {
	text  string
	marks []int // code points before byte i*stride
}

func newRuler(text string) *ruler {
	m := &ruler{text: text, marks: make([]int, 0, len(text)/stride+1)}
	n := 0
	for i := 0; i < len(text); i++ {
		if i%stride == 0 {
			m.marks = append(m.marks, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return m
}

// points gives the number of code points that start before byte b.
func (m *ruler) points(b int) int {
	if len(m.marks) == 0 {
		return 0
	}
	k := min(b/stride, len(m.marks)-1)
	n := m.marks[k]
	for i := k * stride; i < b; i++ {
		if utf8.RuneStart(m.text[i]) {
			n++
		}
	}
	return n
}

// bytes gives the byte offset of code point p, or false past the end.
func (m *ruler) bytes(p int) (int, bool) {
	lo, hi := 0, len(m.marks)
	for lo+1 < hi {
		if mid := (lo + hi) / 2; m.marks[mid] <= p {
			lo = mid
		} else {
			hi = mid
		}
	}
	if hi == 0 {
		return 0, p == 0
	}
	n := m.marks[lo]
	for i := lo * stride; i < len(m.text); i++ {
		if utf8.RuneStart(m.text[i]) {
			if n == p {
				return i, true
			}
			n++
		}
	}
	return len(m.text), n == p
}

func (m *ruler) span(s Span) wireSpan {
	return wireSpan{m.points(s.Start), m.points(s.End), m.text[s.Start:s.End]}
}

func (m *ruler) optional(s Span) *wireSpan {
	if s.Empty() {
		return nil
	}
	w := m.span(s)
	return &w
}

func (m *ruler) source(s Source) wireSource {
	return wireSource{m.span(s.Span), index(s.Entity)}
}

func (m *ruler) sources(list []Source) []wireSource {
	out := make([]wireSource, len(list))
	for i, s := range list {
		out[i] = m.source(s)
	}
	return out
}

func index(i int) *int {
	if i < 0 {
		return nil
	}
	return &i
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func mode(direct bool) string {
	if direct {
		return "direct"
	}
	return "indirect"
}

func (r *Record) wire() *wireRecord {
	a := r.Article
	m := newRuler(a.Text)
	w := &wireRecord{
		Format: Format, Reader: r.Reader, Notes: orEmpty(r.Notes),
		Article: wireArticle{a.ID, a.URL, a.Outlet, a.Title, a.Byline, a.Agency, a.Published, a.Modified, a.Extractor, a.Language, a.Text, orEmpty(a.Cut)},

		Entities:    make([]wireEntity, len(r.Entities)),
		Names:       make([]wireName, len(r.Names)),
		Times:       make([]wireTime, len(r.Times)),
		Quantities:  make([]wireQuantity, len(r.Quantities)),
		Statements:  make([]wireStatement, len(r.Statements)),
		Events:      make([]wireEvent, len(r.Events)),
		Commitments: make([]wireCommitment, len(r.Commitments)),
	}
	for i, x := range r.Entities {
		w.Entities[i] = wireEntity(x)
	}
	for i, x := range r.Names {
		w.Names[i] = wireName{m.span(x.Span), x.Kind, index(x.Entity), wireTrust(x.Trust)}
	}
	for i, x := range r.Times {
		w.Times[i] = wireTime{m.span(x.Span), x.Type, x.Value, x.Mod, x.First, x.Last, wireTrust(x.Trust)}
	}
	for i, x := range r.Quantities {
		w.Quantities[i] = wireQuantity{m.span(x.Span), x.Value, maximum(x.Max), x.Unit, x.Mod, wireTrust(x.Trust)}
	}
	for i, x := range r.Statements {
		w.Statements[i] = wireStatement{
			m.span(x.Span), wireSpeaker{m.source(x.Speaker), x.SpeakerKind}, m.sources(x.Via),
			m.optional(x.To), mode(x.Direct), m.optional(x.Cue), m.span(x.Content), wireTrust(x.Trust),
		}
	}
	for i, x := range r.Events {
		w.Events[i] = wireEvent{
			m.span(x.Span), x.Type, m.span(x.Trigger), orEmpty(x.Actors), orEmpty(x.Recipients),
			x.Date, x.Place, x.Status, index(x.Statement), wireTrust(x.Trust),
		}
	}
	for i, x := range r.Commitments {
		var to *wireSource
		if !x.To.Empty() {
			s := m.source(x.To)
			to = &s
		}
		w.Commitments[i] = wireCommitment{
			m.span(x.Span), m.sources(x.By), to, m.span(x.What), x.Due, x.Basis, index(x.Statement), wireTrust(x.Trust),
		}
	}
	return w
}

func maximum(v float64) *float64 {
	if v == 0 {
		return nil
	}
	return &v
}
