// Package newsroom is the sample newsroom: four small outlets of our own that tell of
// the same days, copy an agency's text and differ on numbers. It shows what Isnad does on
// a machine that has nothing yet.
package newsroom

import (
	"bytes"
	"embed"
	"io/fs"

	"github.com/isnad-project/isnad/internal/testsite"
)

//go:embed outlets
var files embed.FS

// Open starts the outlets on this machine; Close of the site ends them.
func Open() (*testsite.Site, error) {
	root, err := fs.Sub(files, "outlets")
	if err != nil {
		return nil, err
	}
	outlets, err := testsite.Load(root)
	if err != nil {
		return nil, err
	}
	return testsite.New(outlets...)
}

// Pages gives the articles as HTML, each with lists of links before and after the text
// until it has at least so many bytes.
func Pages(size int) ([][]byte, error) {
	site, err := Open()
	if err != nil {
		return nil, err
	}
	site.Close() // only its words are wanted
	var all [][]byte
	for _, h := range site.Hosts() {
		o := testsite.Outlet{Key: h.Key(), Name: h.Name()}
		for _, p := range h.Pages() {
			b, err := o.HTML(p, h.Page(p.Slug))
			if err != nil {
				return nil, err
			}
			all = append(all, padded(b, size))
		}
	}
	return all, nil
}

// padded puts lists of links into a page, as long as asked for.
func padded(page []byte, size int) []byte {
	const link = `<li class="teaser"><a href="/section/item"><img src="/thumb.jpg" alt=""><span>اقرأ أيضا</span></a></li>`
	n := max(0, (size-len(page))/len(link)/2)
	list := append([]byte("<ul>"), bytes.Repeat([]byte(link), n)...)
	list = append(list, "</ul>"...)
	page = bytes.Replace(page, []byte("<article>"), append(bytes.Clone(list), "<article>"...), 1)
	return bytes.Replace(page, []byte("</article>"), append([]byte("</article>"), list...), 1)
}
