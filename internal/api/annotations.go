package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/isnad-project/isnad"
)

// The wire types of the Web Annotation Data Model (W3C, 2017).
type (
	annotationPage struct {
		Context string       `json:"@context"`
		ID      string       `json:"id"`
		Type    string       `json:"type"`
		Items   []annotation `json:"items"`
	}
	annotation struct {
		ID     string           `json:"id"`
		Type   string           `json:"type"`
		Body   []annotationBody `json:"body"`
		Target target           `json:"target"`
	}
	annotationBody struct {
		Type    string `json:"type"`
		Purpose string `json:"purpose"`
		Format  string `json:"format,omitempty"`
		Value   string `json:"value"`
	}
	target struct {
		Source   string `json:"source"`
		Selector []any  `json:"selector"`
	}
	position struct {
		Type  string `json:"type"`
		Start int    `json:"start"`
		End   int    `json:"end"`
	}
	quote struct {
		Type   string `json:"type"`
		Exact  string `json:"exact"`
		Prefix string `json:"prefix"`
		Suffix string `json:"suffix"`
	}
)

// around is how much of the text is quoted before and after a finding, in code points.
const around = 32

// kinds are the lists of findings of the published form, with what each is called.
var kinds = [...]struct{ list, name string }{
	{"names", "name"}, {"times", "time"}, {"quantities", "quantity"},
	{"statements", "statement"}, {"events", "event"}, {"commitments", "commitment"},
}

// annotations gives the findings of an article as Web Annotations. It reads them from
// the published form, which alone knows code points.
func (s *service) annotations(ctx context.Context, in *one) (*sheet, error) {
	h, err := s.lib.Article(ctx, in.ID)
	if err != nil {
		return nil, s.problem(err)
	}
	p, err := annotated(&h.Record, base(ctx)+of("articles", h.Record.Article.ID))
	if err != nil {
		return nil, s.problem(err)
	}
	b, err := encode(p)
	if err != nil {
		return nil, s.problem(err)
	}
	return give(in.Have, asLD, b, link(of("articles", h.Record.Article.ID), "original", asJSON)), nil
}

func annotated(r *isnad.Record, address string) (*annotationPage, error) {
	published, err := r.AppendJSON(nil)
	if err != nil {
		return nil, err
	}
	var lists map[string]json.RawMessage
	if err := json.Unmarshal(published, &lists); err != nil {
		return nil, fmt.Errorf("read the published record: %w", err)
	}
	p := &annotationPage{"http://www.w3.org/ns/anno.jsonld", address + "/annotations", "AnnotationPage", []annotation{}}
	points := []rune(r.Article.Text)
	for _, k := range kinds {
		var findings []json.RawMessage
		if err := json.Unmarshal(lists[k.list], &findings); err != nil {
			return nil, fmt.Errorf("read the published %s: %w", k.list, err)
		}
		for i, f := range findings {
			var at span
			if err := json.Unmarshal(f, &at); err != nil {
				return nil, fmt.Errorf("read the published %s: %w", k.list, err)
			}
			id := p.ID + "#" + k.name + "-" + strconv.Itoa(i)
			p.Items = append(p.Items, annotation{id, "Annotation", bodies(k.name, f), target{address, selectors(points, at)}})
		}
	}
	return p, nil
}

// bodies tell what a finding is and what the record says of it.
func bodies(name string, finding []byte) []annotationBody {
	return []annotationBody{
		{"TextualBody", "classifying", "", name},
		{"TextualBody", "describing", asJSON, string(bytes.TrimSpace(finding))},
	}
}

// selectors tell where a finding stands: by counting, and by its words.
func selectors(text []rune, s span) []any {
	start := min(max(s.Start, 0), len(text))
	end := min(max(s.End, start), len(text))
	return []any{
		position{"TextPositionSelector", start, end},
		quote{"TextQuoteSelector", string(text[start:end]), string(text[max(0, start-around):start]), string(text[end:min(len(text), end+around)])},
	}
}
