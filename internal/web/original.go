package web

import (
	"mime"
	"net/http"
	"strconv"

	"github.com/isnad-project/isnad"
)

// originalPage shows what an article was made from.
type originalPage struct {
	ID, Title string
	Captures  []isnad.Capture // the newest first
	N         int             // which is shown, counted from the oldest, 0
	Shown     isnad.Capture
	HTML      bool // it is a page
	AsPage    bool // it is shown as one
	Bytes     string
	There     bool // originals can be shown
}

func (s *site) original(v *visit) error {
	ctx := v.r.Context()
	h, err := s.lib.Article(ctx, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	id := h.Record.Article.ID
	all, err := s.lib.Captures(ctx, id)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return isnad.ErrNotFound
	}
	p := &originalPage{ID: id, Title: h.Record.Article.Title, Captures: all, N: which(all, v.Get("capture")), There: s.opt.Original != nil}
	p.Shown = all[p.N]
	p.HTML = p.Shown.Form == "html"
	p.AsPage = p.HTML && v.Get("as") == "page"
	p.Bytes = "/bytes/" + segment(id) + "?capture=" + strconv.Itoa(p.N)
	if p.AsPage {
		p.Bytes += "&as=page"
	}
	v.Title = v.T("original") + v.T("colon") + " " + v.Short(p.Title)
	return s.show(v, http.StatusOK, "original", p)
}

// which gives the number of the capture that is asked for, else of the newest.
func which(all []isnad.Capture, asked string) int {
	if n, err := strconv.Atoi(asked); err == nil && n >= 0 && n < len(all) {
		return n
	}
	return len(all) - 1
}

// Foreign bytes are shown without anything of them being run or fetched: as plain text,
// or as a page in a sandbox that may use its own style only.
const (
	plainPolicy = "default-src 'none'; sandbox; frame-ancestors 'self'"
	pagePolicy  = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; sandbox; frame-ancestors 'self'"
)

// bytes gives the bytes of a capture as they came.
func (s *site) bytes(w http.ResponseWriter, r *http.Request) {
	v := s.visit(s.tongues[0], w, r)
	all, err := s.lib.Captures(r.Context(), r.PathValue("id"))
	if err == nil && (len(all) == 0 || s.opt.Original == nil) {
		err = isnad.ErrNotFound
	}
	if err != nil {
		s.fail(v, err)
		return
	}
	c := all[which(all, v.Get("capture"))]
	b, err := s.opt.Original(r.Context(), c)
	if err != nil {
		s.fail(v, err)
		return
	}
	h := w.Header()
	kind, policy := "text/plain", plainPolicy
	if c.Form == "html" && v.Get("as") == "page" {
		kind, policy = "text/html", pagePolicy
	}
	h.Set("Content-Type", mime.FormatMediaType(kind, map[string]string{"charset": charsetOf(c)}))
	h.Set("Content-Security-Policy", policy)
	h.Set("Cache-Control", "private, no-cache")
	w.Write(b) //nolint:errcheck // who asked went away
}

// charsetOf gives the charset that a capture was declared in.
func charsetOf(c isnad.Capture) string {
	_, params, err := mime.ParseMediaType(c.MediaType)
	if err != nil || params["charset"] == "" || len(params["charset"]) > 40 {
		return "utf-8"
	}
	return params["charset"]
}
