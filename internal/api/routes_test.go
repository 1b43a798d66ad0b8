package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// recorded is a mux that remembers what is served.
type recorded struct {
	*http.ServeMux
	patterns []string
}

func (r *recorded) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	r.patterns = append(r.patterns, pattern)
	r.ServeMux.HandleFunc(pattern, h)
}

// TestRoutes wants everything that is served in the OpenAPI document, but the document
// and its page themselves.
func TestRoutes(t *testing.T) {
	s := &service{}
	mux := &recorded{ServeMux: http.NewServeMux()}
	if err := s.register(mux); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, pattern := range mux.patterns {
		method, path, _ := strings.Cut(pattern, " ")
		if strings.HasPrefix(path, root+"/openapi") || path == root || path == root+"/{$}" {
			continue
		}
		item := s.api.OpenAPI().Paths[path]
		if item == nil {
			t.Errorf("the document lacks %s", path)
			continue
		}
		op := map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodDelete: item.Delete}[method]
		if op == nil || op.Summary == "" || ids[op.OperationID] || op.Responses["200"] == nil && op.Responses["204"] == nil {
			t.Errorf("the document tells wrongly of %s: %+v", pattern, op)
			continue
		}
		ids[op.OperationID] = true
		for _, part := range strings.Split(path, "/") {
			if strings.HasPrefix(part, "{") && !told(op, strings.Trim(part, "{}")) {
				t.Errorf("%s: the document lacks the parameter %s", pattern, part)
			}
		}
	}
	articles := s.api.OpenAPI().Paths[root+"/articles"].Get
	for _, name := range []string{"q", "sort", "limit", "cursor"} {
		if !told(articles, name) {
			t.Errorf("the document lacks the parameter %s of articles", name)
		}
	}
	registry := s.api.OpenAPI().Components.Schemas
	body := registry.SchemaFromRef(articles.Responses["200"].Content["application/json"].Schema.Ref)
	for _, name := range []string{"items", "next", "total"} {
		if body == nil || body.Properties[name] == nil {
			t.Errorf("the document lacks %s in the answer of articles", name)
		}
	}
}

func told(op *huma.Operation, name string) bool {
	for _, p := range op.Parameters {
		if p.Name == name {
			return true
		}
	}
	return false
}

func TestHas(t *testing.T) {
	for list, want := range map[string]bool{"": false, `"a"`: true, `W/"a"`: true, `"b", "a"`: true, "*": true, "a": false, `"aa"`: false} {
		if has(list, `"a"`) != want {
			t.Errorf("If-None-Match %s: not %v", list, want)
		}
	}
}
