package api

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
)

// tokenHeader carries the token of a browser's session when it changes something, as a
// field does in the forms of the pages.
const tokenHeader = "X-Isnad-Token"

// who says who asks. Without a door everybody may look.
func (s *service) who(r *http.Request) (access.Visitor, error) {
	if s.opt.Door != nil {
		return s.opt.Door.Visitor(r)
	}
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		from = r.RemoteAddr
	}
	return access.Visitor{Role: access.Reader, From: from}, nil
}

// admit lets in who may look.
func (s *service) admit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := s.who(r)
		var slow *access.Slow
		switch {
		case err == nil:
			next.ServeHTTP(w, r.WithContext(access.With(r.Context(), who)))
		case errors.As(err, &slow):
			w.Header().Set("Retry-After", strconv.Itoa(slow.Seconds()))
			refuse(w, http.StatusTooManyRequests, err.Error())
		case errors.Is(err, access.ErrSignIn):
			w.Header()["Www-Authenticate"] = []string{`Bearer realm="Isnad"`, `Basic realm="Isnad", charset="UTF-8"`}
			refuse(w, http.StatusUnauthorized, "sign in first: send a key of yours, Authorization: Bearer isnad_…")
		case errors.Is(err, isnad.ErrBusy):
			w.Header().Set("Retry-After", "1")
			refuse(w, http.StatusServiceUnavailable, isnad.ErrBusy.Error())
		default:
			s.opt.Log.Error("api", "path", r.URL.Path, "error", err)
			refuse(w, http.StatusInternalServerError, "it could not be done; the log of the server says why")
		}
	})
}

// needs lets only those through who have a role and, in a browser, the token of their
// session: for changes, and for what is not for all eyes.
func (s *service) needs(role access.Role) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		v := access.Of(ctx.Context())
		why := ""
		switch {
		case !v.May(role):
			why = "this is for who is " + role.String()
		case ctx.Method() != http.MethodGet && !v.Matches(ctx.Header(tokenHeader)):
			why = "a change in a browser's session needs the header " + tokenHeader + ", as " + root + "/me gives it"
		}
		if why != "" {
			huma.WriteErr(s.api, ctx, http.StatusForbidden, why) //nolint:errcheck // who asked went away
			return
		}
		next(ctx)
	}
}

// users are the operations that tell who asks and what was done by hand.
func (s *service) users() {
	huma.Register(s.api, get(root+"/me", "me", "Who asks, and what he may do"), s.me)
	op := get(root+"/log", "log", "What was changed by hand, by whom and from where; the latest first (admins)")
	op.Middlewares = huma.Middlewares{s.needs(access.Admin)}
	op.Errors = append(op.Errors, http.StatusForbidden)
	huma.Register(s.api, op, s.log)
}

type meGiven struct {
	Body struct {
		Name  string `json:"name" doc:"Empty where nobody signs in."`
		Role  string `json:"role" enum:"nobody,reader,editor,admin"`
		Token string `json:"token,omitempty" doc:"In a browser's session: what a change must send as X-Isnad-Token."`
	}
}

func (s *service) me(ctx context.Context, _ *struct{}) (*meGiven, error) {
	v := access.Of(ctx)
	out := &meGiven{}
	out.Body.Name, out.Body.Role, out.Body.Token = v.Name, v.Role.String(), v.Token
	return out, nil
}

func (s *service) log(ctx context.Context, in *struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"20" doc:"How many at most."`
	Cursor string `query:"cursor" maxLength:"4096" doc:"next of the page before."`
}) (*listed[isnad.Act], error) {
	acts, next, err := s.lib.Acts(ctx, in.Limit, in.Cursor)
	return list(acts, next), s.problem(err)
}
