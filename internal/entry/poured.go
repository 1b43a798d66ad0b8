package entry

import (
	"cmp"
	"net/http"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/evidence"
	"github.com/isnad-project/isnad/internal/pour"
)

// Poured gives the capture of an item that is poured in. Outlet and published are what
// whoever pours says of items that say nothing of that themselves; now is when an item
// was fetched that does not tell.
func Poured(it *pour.Item, outlet, published string, now time.Time) isnad.Capture {
	c := isnad.Capture{
		URL: cmp.Or(it.URL, it.Position.Shown()), Fetched: it.Fetched, Form: string(it.Kind), MediaType: mediaType(it),
		Digest: evidence.Digest(it.Body), Outlet: outlet, Published: published,
	}
	if c.Fetched.IsZero() {
		c.Fetched = now
	}
	if it.URL != "" { // a page of an archive, which gives those that were answered well
		c.Status = http.StatusOK
	}
	return c
}

// mediaType gives the media type of an item's bytes, as the evidence names it.
func mediaType(it *pour.Item) string {
	t := "text/plain"
	switch it.Kind {
	case pour.HTML:
		t = "text/html"
	case pour.Lines:
		t = "application/json"
	}
	if it.Charset != "" {
		t += "; charset=" + it.Charset
	}
	return t
}
