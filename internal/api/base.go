package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
)

// baseKey is the key, in a request's context, of the address before every path.
type baseKey struct{}

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
