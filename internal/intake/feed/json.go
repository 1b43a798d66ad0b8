package feed

import (
	"cmp"
	"encoding/json"
	"html"
	"strings"

	"github.com/isnad-project/isnad/internal/stamp"
)

// entry is an item of a JSON Feed. Texts may come as numbers, or be of another form
// altogether: then they are none.
type entry struct {
	ID        loose `json:"id"`
	URL       loose `json:"url"`
	External  loose `json:"external_url"`
	Title     loose `json:"title"`
	HTML      loose `json:"content_html"`
	Text      loose `json:"content_text"`
	Summary   loose `json:"summary"`
	Published loose `json:"date_published"`
	Modified  loose `json:"date_modified"`
	Author    maker `json:"author"`  // version 1
	Authors   maker `json:"authors"` // version 1.1
}

// loose is a string or number; what is neither is empty.
type loose string

// UnmarshalJSON never fails.
func (s *loose) UnmarshalJSON(b []byte) error {
	var text string
	switch {
	case b[0] == '"' && json.Unmarshal(b, &text) == nil:
		*s = loose(strings.TrimSpace(text))
	case b[0] == '-' || b[0] >= '0' && b[0] <= '9':
		*s = loose(b)
	}
	return nil
}

// maker is the names of an object or of a list of objects with a name.
type maker string

// UnmarshalJSON never fails.
func (m *maker) UnmarshalJSON(b []byte) error {
	type named struct{ Name loose }
	var list []named
	if b[0] == '{' {
		list = make([]named, 1)
		_ = json.Unmarshal(b, &list[0]) // of another form it has no name
	} else {
		_ = json.Unmarshal(b, &list)
	}
	var names []string
	for _, n := range list {
		if n.Name != "" {
			names = append(names, words(string(n.Name)))
		}
	}
	*m = maker(strings.Join(names, "، "))
	return nil
}

// json reads a JSON Feed item by item, so that of a broken one the first items are there.
func (r *reading) json(text string) error {
	d := json.NewDecoder(strings.NewReader(text))
	known := false
	_, err := d.Token()
	for err == nil && d.More() {
		var key json.Token
		if key, err = d.Token(); err != nil {
			break
		}
		var v loose
		switch key {
		case "version":
			err = d.Decode(&v)
			known = known || strings.Contains(string(v), "jsonfeed.org")
		case "title":
			err = d.Decode(&v)
			r.feed.Title = words(string(v))
		case "home_page_url":
			err = d.Decode(&v)
			r.feed.Link = r.absolute(string(v))
		case "items":
			known = true
			err = r.entries(d)
		default:
			var skip json.RawMessage
			err = d.Decode(&skip)
		}
	}
	if !known {
		return ErrUnknown
	}
	r.feed.Kind = JSON
	if err == nil {
		_, err = d.Token()
	}
	if err != nil {
		r.doubt("its JSON is broken near byte %d (%v): %d items were read", d.InputOffset(), err, len(r.feed.Items))
	}
	return nil
}

func (r *reading) entries(d *json.Decoder) error {
	t, err := d.Token()
	if t != json.Delim('[') || err != nil {
		return err
	}
	for d.More() {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		var e entry
		if json.Unmarshal(raw, &e) != nil {
			r.doubt("one of its items is no object")
			continue
		}
		r.add(r.entry(e))
	}
	_, err = d.Token()
	return err
}

func (r *reading) entry(e entry) Item {
	i := Item{
		URL: r.absolute(string(cmp.Or(e.URL, e.External))), ID: string(e.ID), Title: words(string(e.Title)), Summary: words(string(e.Summary)),
		Content: string(e.HTML), Author: string(cmp.Or(e.Authors, e.Author)),
		Published: stamp.Parse(string(e.Published), r.lexicon), Updated: stamp.Parse(string(e.Modified), r.lexicon),
	}
	if i.URL == "" && address(i.ID) {
		i.URL = r.absolute(i.ID)
	}
	if i.Content == "" && e.Text != "" {
		i.Content = html.EscapeString(string(e.Text))
	}
	return i
}
