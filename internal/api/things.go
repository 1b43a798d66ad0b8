package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/isnad-project/isnad"
)

// The types of what is given.
const (
	asJSON = "application/json"
	asLD   = "application/ld+json"
)

// one asks for one thing.
type one struct {
	ID   string `path:"id" maxLength:"2000"`
	Have string `header:"If-None-Match" doc:"ETags of what the client has."`
}

// sheet is one thing as it is given.
type sheet struct {
	Status      int
	ContentType string   `header:"Content-Type"`
	ETag        string   `header:"ETag"`
	Link        []string `header:"Link"`
	Disposition string   `header:"Content-Disposition"`
	Body        []byte
}

// give answers with a thing, or with 304 where the client has it.
func give(have, mediaType string, body []byte, links ...string) *sheet {
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	if has(have, tag) {
		return &sheet{Status: http.StatusNotModified, ETag: tag, Link: links}
	}
	return &sheet{Status: http.StatusOK, ContentType: mediaType, ETag: tag, Link: links, Body: body}
}

// has reports whether an If-None-Match names a tag (RFC 9110, 13.1.2: compared weakly).
func has(list, tag string) bool {
	for t := range strings.SplitSeq(list, ",") {
		if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == tag {
			return true
		}
	}
	return false
}

// encode gives the JSON of a value as everywhere here: letters as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// thing describes an operation that gives one thing of a type.
func thing(path, id, summary, mediaType, told string) huma.Operation {
	op := get(path, id, summary)
	op.Responses = map[string]*huma.Response{
		"200": {Description: told, Content: content(mediaType)},
		"304": {Description: "The client has it."},
	}
	return op
}

// content describes what is given in bytes that are made elsewhere.
func content(mediaType string) map[string]*huma.MediaType {
	schema := &huma.Schema{Type: huma.TypeString}
	if mediaType == asJSON || mediaType == asLD {
		schema.Type = huma.TypeObject
	}
	return map[string]*huma.MediaType{mediaType: {Schema: schema}}
}

// things are the operations that give one thing.
func (s *service) things() {
	article := root + "/articles/{id}"
	huma.Register(s.api, thing(article, "article", "The record of an article", asJSON, "The published record (docs/record.md); spans in code points."), s.record)
	huma.Register(s.api, thing(article+"/original", "original", "What the article was made from, as it came", "*/*", "The bytes of the newest capture."), s.original)
	huma.Register(s.api, thing(article+"/annotations", "annotations", "The findings as W3C Web Annotations", asLD, "A page of annotations (JSON-LD)."), s.annotations)
	huma.Register(s.api, thing(article+"/schema", "schema", "The article as schema.org NewsArticle, its statements as Claims", asLD, "A NewsArticle (JSON-LD)."), s.newsArticle)
	huma.Register(s.api, thing(root+"/stories/{id}", "story", "A story", asJSON, "The published story (docs/record.md); spans in code points."), s.story)
	huma.Register(s.api, thing(root+"/entities/{id}", "entity", "A person, an organization or a place, and with whom it is named", asJSON, "The entity, with beside: those named in the same articles."), s.entity)
}

// of gives the path of a thing.
func of(kind, id string) string { return root + "/" + kind + "/" + url.PathEscape(id) }

func link(to, rel, mediaType string) string {
	l := "<" + to + `>; rel="` + rel + `"`
	if mediaType != "" {
		l += `; type="` + mediaType + `"`
	}
	return l
}

// record gives the published record of an article.
func (s *service) record(ctx context.Context, in *one) (*sheet, error) {
	h, err := s.lib.Article(ctx, in.ID)
	if err != nil {
		return nil, s.problem(err)
	}
	b, err := h.Record.AppendJSON(nil)
	if err != nil {
		return nil, s.problem(err)
	}
	self := of("articles", h.Record.Article.ID)
	links := []string{link(self, "self", asJSON), link(self+"/original", "original", ""), link(self+"/annotations", "alternate", asLD), link(self+"/schema", "alternate", asLD)}
	if h.Story != "" {
		links = append(links, link(of("stories", h.Story), "collection", asJSON))
	}
	return give(in.Have, asJSON, b, links...), nil
}

// original gives the bytes of the newest capture. They are a stranger's: nothing of them
// is run (guard puts everything in a sandbox), and it is for saving, not for showing.
func (s *service) original(ctx context.Context, in *one) (*sheet, error) {
	all, err := s.lib.Captures(ctx, in.ID)
	if err == nil && (len(all) == 0 || s.opt.Original == nil) {
		err = isnad.ErrNotFound
	}
	if err != nil {
		return nil, s.problem(err)
	}
	c := all[len(all)-1]
	b, err := s.opt.Original(ctx, c)
	if err != nil {
		return nil, s.problem(err)
	}
	out := give(in.Have, mediaType(c), b)
	out.Disposition = "attachment"
	return out, nil
}

// mediaType gives the type in which a capture was declared, when that is one.
func mediaType(c isnad.Capture) string {
	if t, params, err := mime.ParseMediaType(c.MediaType); err == nil && len(c.MediaType) < 200 {
		if clean := mime.FormatMediaType(t, params); clean != "" {
			return clean
		}
	}
	return "application/octet-stream"
}

// told gives the published form of a story, its claims in code points.
func (s *service) told(ctx context.Context, t *isnad.Story) ([]byte, error) {
	return t.AppendJSON(nil, func(id string) (string, bool) {
		h, err := s.lib.Article(ctx, id)
		return h.Record.Article.Text, err == nil
	})
}

func (s *service) story(ctx context.Context, in *one) (*sheet, error) {
	t, err := s.lib.Story(ctx, in.ID)
	if err != nil {
		return nil, s.problem(err)
	}
	b, err := s.told(ctx, &t)
	if err == nil {
		err = ctx.Err() // an article that was not read any more is not one that is not there
	}
	if err != nil {
		return nil, s.problem(err)
	}
	feed := "/feeds/story/" + url.PathEscape(t.ID) + ".atom"
	return give(in.Have, asJSON, b, link(of("stories", t.ID), "self", asJSON), link(feed, "alternate", asAtom)), nil
}

// besides is how many of those named with an entity are told.
const besides = 20

func (s *service) entity(ctx context.Context, in *one) (*sheet, error) {
	t, err := s.lib.Thing(ctx, in.ID)
	if err != nil {
		return nil, s.problem(err)
	}
	beside, err := s.lib.Beside(ctx, t.ID, besides)
	if err != nil {
		return nil, s.problem(err)
	}
	b, err := encode(struct {
		isnad.Thing
		Beside []isnad.Count `json:"beside"`
	}{t, append([]isnad.Count{}, beside...)})
	if err != nil {
		return nil, s.problem(err)
	}
	feed := "/feeds/entity/" + url.PathEscape(t.ID) + ".atom"
	return give(in.Have, asJSON, b, link(of("entities", t.ID), "self", asJSON), link(feed, "alternate", asAtom)), nil
}

type claim struct {
	Article string `json:"article"`
	Start   *int   `json:"start" doc:"In code points of the article's text; null where unknown."`
	End     *int   `json:"end"`
	Text    string `json:"text"`
}

type differing struct {
	Story         string         `json:"story"`
	Title         string         `json:"title"`
	First         string         `json:"first"`
	Last          string         `json:"last"`
	Disagreements []disagreement `json:"disagreements" nullable:"false"`
}

type disagreement struct {
	About  string `json:"about"`
	Kind   string `json:"kind"`
	Values []struct {
		Value  string  `json:"value"`
		Claims []claim `json:"claims" nullable:"false"`
	} `json:"values" nullable:"false"`
}

// disagreements gives the stories that have some. What they say is taken from the
// published form, which alone knows code points.
func (s *service) disagreements(ctx context.Context, in *Asking) (*listed[differing], error) {
	q, err := s.query(in, isnad.ByNewest)
	if err != nil {
		return nil, s.problem(err)
	}
	q.Terms = append(q.Terms, isnad.Term{Field: isnad.OfDisagreement, Words: []string{"any"}})
	state, err := s.lib.State(ctx)
	if err != nil {
		return nil, s.problem(err)
	}
	page, err := s.lib.Stories(ctx, q)
	if err != nil {
		return nil, s.problem(err)
	}
	out := make([]differing, len(page.Stories))
	for i, t := range page.Stories {
		if out[i], err = s.differing(ctx, state, t); err != nil {
			return nil, s.problem(err)
		}
	}
	return list(out, page.Next), nil
}

// differsLimit is how many bytes of disagreements are remembered.
const differsLimit = 4 << 20

// differing gives the disagreements of a story, as they were made before in the same state
// of the library if they were: each needs the texts of all the articles that differ.
func (s *service) differing(ctx context.Context, state string, t isnad.Story) (d differing, err error) {
	key := state + " " + t.ID
	if d, ok := s.differs.Get(key); ok {
		return d, nil
	}
	t.Timeline = nil
	b, err := s.told(ctx, &t)
	if err == nil {
		err = json.Unmarshal(b, &d)
	}
	if err == nil {
		err = ctx.Err() // an article that was not read any more is not one that is not there
	}
	if err != nil {
		return d, err
	}
	d.Story = t.ID
	s.differs.Put(key, d, 3*len(b))
	return d, nil
}
