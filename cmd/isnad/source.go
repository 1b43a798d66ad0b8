package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/intake/opml"
	"github.com/isnad-project/isnad/internal/view"
	"github.com/isnad-project/isnad/reader"
)

type sourceVerb struct {
	Add    sourceAdd    `cmd:"" help:"Follow a feed, a sitemap, or a page that links its feed."`
	List   sourceList   `cmd:"" help:"List what is followed and how it is."`
	Remove sourceRemove `cmd:"" help:"Follow a feed no more. What came by it stays."`
	Import sourceImport `cmd:"" help:"Follow all feeds of an OPML file."`
	Export sourceExport `cmd:"" help:"Write what is followed as an OPML file."`
}

// visitor says how sites are visited.
type visitor struct {
	AllowPrivate bool          `help:"Also visit addresses of this machine and of private networks, which are refused otherwise."`
	HostDelay    time.Duration `help:"Time between two visits to a host." default:"1s"`
}

func (v visitor) options() fetch.Options {
	o := fetch.Options{Agent: "isnad/" + reader.Version + " (+https://github.com/isnad-project/isnad)", PerHostDelay: v.HostDelay}
	if v.AllowPrivate {
		o.Allow = fetch.Anywhere()
	}
	if v.HostDelay <= 0 {
		o.PerHostDelay = -1
	}
	return o
}

type sourceAdd struct {
	library
	visitor
	Outlet string   `help:"The outlet's name; without it, the feed's title." placeholder:"NAME"`
	URLs   []string `arg:"" name:"url" help:"Addresses."`
}

// Run follows addresses.
func (v *sourceAdd) Run(w world, status *int) error {
	d, err := v.desk(w.ctx, desk.Options{Fetch: v.options()})
	if err != nil {
		return err
	}
	defer d.Close()
	for _, u := range v.URLs {
		feeds, err := d.Follow(w.ctx, u, v.Outlet)
		if err != nil {
			*status = w.fail(some, err)
			continue
		}
		if err := noted(w, d.Library, "follow", u, v.Outlet); err != nil {
			return err
		}
		for _, f := range feeds {
			fmt.Fprintf(w.out, "%s\t%s\n", f.URL, f.Outlet)
		}
	}
	return nil
}

type sourceList struct {
	library
	JSON bool `name:"json" help:"Give JSON Lines."`
}

// Run lists the feeds.
func (v *sourceList) Run(w world) error {
	lib, err := v.read(w.ctx)
	if err != nil {
		return err
	}
	defer lib.Close()
	all, err := lib.Feeds(w.ctx)
	if err != nil {
		return err
	}
	if v.JSON {
		return jsonLines(w, all)
	}
	return show(w, func(s view.Style) []byte { return view.AppendFeeds(nil, all, s) })
}

type sourceRemove struct {
	library
	URLs []string `arg:"" name:"url" help:"Addresses, as the list gives them."`
}

// Run forgets feeds.
func (v *sourceRemove) Run(w world) error {
	d, err := v.desk(w.ctx, desk.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	for _, u := range v.URLs {
		if err := d.Library.Unfollow(w.ctx, u); err != nil {
			return fmt.Errorf("%s: %w", u, err)
		}
		if err := noted(w, d.Library, "unfollow", u, ""); err != nil {
			return err
		}
	}
	return nil
}

// listLimit is the most bytes of a list of feeds that are read.
const listLimit = 64 << 20

type sourceImport struct {
	library
	File string `arg:"" help:"An OPML file; - is standard input."`
}

// Run follows the feeds of an OPML file without visiting them first.
func (v *sourceImport) Run(w world) error {
	in := w.in
	if v.File != "-" {
		f, err := os.Open(v.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, listLimit))
	if err != nil {
		return err
	}
	list, err := opml.Parse(b)
	if err != nil {
		return fmt.Errorf("%s: %w", v.File, err)
	}
	d, err := v.desk(w.ctx, desk.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	n, err := d.FollowAll(w.ctx, list)
	fmt.Fprintf(w.err, "isnad: %d feeds followed\n", n)
	if err != nil {
		return err
	}
	return noted(w, d.Library, "import", v.File, strconv.Itoa(n))
}

type sourceExport struct {
	library
}

// Run writes the feeds as OPML.
func (v *sourceExport) Run(w world) error {
	lib, err := v.read(w.ctx)
	if err != nil {
		return err
	}
	defer lib.Close()
	all, err := lib.Feeds(w.ctx)
	if err != nil {
		return err
	}
	list := opml.List{Title: "isnad"}
	for _, f := range all {
		entry := opml.Feed{Title: cmp.Or(f.Outlet, f.Title), URL: f.URL}
		if f.Folder != "" {
			entry.Folder = strings.Split(f.Folder, "/")
		}
		list.Feeds = append(list.Feeds, entry)
	}
	return list.Write(w.out)
}
