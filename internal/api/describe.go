package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// sheetHTML is the page that tells people what the API has.
//
//go:embed describe.html
var sheetHTML string

// style is the style of the page; its digest stands in the policy.
//
//go:embed describe.css
var style string

// described is one operation on the page.
type described struct {
	Path string
	*huma.Operation
}

// describe makes the page once: it says what the OpenAPI document says.
func (s *service) describe() (http.HandlerFunc, error) {
	t, err := template.New("api").Parse(sheetHTML)
	if err != nil {
		return nil, err
	}
	doc := s.api.OpenAPI()
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{"Info": doc.Info, "Style": template.CSS(style), "Operations": operations(doc), "Document": root + "/openapi.json"})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(style))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		w.Write(b.Bytes()) //nolint:errcheck // who asked went away
	}, nil
}

// operations gives all operations in order of path.
func operations(doc *huma.OpenAPI) []described {
	var all []described
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		for _, op := range []*huma.Operation{doc.Paths[path].Get, doc.Paths[path].Post, doc.Paths[path].Delete} {
			if op != nil {
				all = append(all, described{path, op})
			}
		}
	}
	return all
}
