package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// The keys of what a request's context holds.
type (
	baseKey struct{} // the address before every path
	nameKey struct{} // who asks
)

// addressed keeps with a request by which address it came.
func (s *service) addressed(ctx huma.Context, next func(huma.Context)) {
	base := s.opt.Base
	if base == "" {
		base = "http://" + ctx.Host()
		if ctx.TLS() != nil {
			base = "https://" + ctx.Host()
		}
	}
	next(huma.WithValue(ctx, baseKey{}, base))
}

// base gives the address before every path; its host was found to be ours.
func base(ctx context.Context) string {
	b, _ := ctx.Value(baseKey{}).(string)
	return b
}

// editing lets only those through who may change things.
func (s *service) editing(ctx huma.Context, next func(huma.Context)) {
	r, _ := humago.Unwrap(ctx)
	name, editor := s.opt.Who(r)
	if !editor {
		huma.WriteErr(s.api, ctx, http.StatusForbidden, "you may look here, not change") //nolint:errcheck // who asked went away
		return
	}
	next(huma.WithValue(ctx, nameKey{}, name))
}
