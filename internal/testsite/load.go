package testsite

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"
)

//go:embed pages
var pages embed.FS

// Samples gives three small outlets of our own: two tell one happening with other
// numbers, one copied another's text, one has a feed without dates.
func Samples() ([]Outlet, error) {
	root, err := fs.Sub(pages, "pages")
	if err != nil {
		return nil, err
	}
	return Load(root)
}

// Load reads outlets from a folder: a folder in it is an outlet, its name the key. In
// it, outlet.txt says of the outlet name, robots (a line of robots.txt each) and undated;
// every other .txt is an article: lines "key: value" with slug, title, section, byline,
// agency, summary, published and modified (RFC 3339), then a blank line and the text,
// its paragraphs parted by blank lines.
func Load(root fs.FS) ([]Outlet, error) {
	folders, err := fs.ReadDir(root, ".")
	if err != nil {
		return nil, err
	}
	var list []Outlet
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		o, err := loadOutlet(root, folder.Name())
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, nil
}

func loadOutlet(root fs.FS, key string) (Outlet, error) {
	o := Outlet{Key: key, Name: key}
	files, err := fs.Glob(root, path.Join(key, "*.txt"))
	if err != nil {
		return o, err
	}
	for _, file := range files {
		text, err := fs.ReadFile(root, file)
		if err != nil {
			return o, err
		}
		if path.Base(file) == "outlet.txt" {
			err = o.read(string(text))
		} else {
			var p Page
			p.Slug = strings.TrimSuffix(path.Base(file), ".txt")
			err = p.read(string(text))
			o.Pages = append(o.Pages, p)
		}
		if err != nil {
			return o, fmt.Errorf("%s: %w", file, err)
		}
	}
	return o, nil
}

func (o *Outlet) read(text string) error {
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "name":
			o.Name = value
		case "undated":
			o.Undated = value == "yes"
		case "robots":
			o.Robots += value + "\n"
		case "":
		default:
			return fmt.Errorf("unknown line %q", line)
		}
	}
	return nil
}

func (p *Page) read(text string) (err error) {
	head, body, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	p.Body = strings.TrimSpace(body)
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "slug":
			p.Slug = value
		case "title":
			p.Title = value
		case "section":
			p.Section = value
		case "byline":
			p.Byline = value
		case "agency":
			p.Agency = value
		case "summary":
			p.Summary = value
		case "published":
			p.Published, err = time.Parse(time.RFC3339, value)
		case "modified":
			p.Modified, err = time.Parse(time.RFC3339, value)
		default:
			return fmt.Errorf("unknown line %q", line)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
