package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/gauge"
	"github.com/isnad-project/isnad/internal/hook"
	"github.com/isnad-project/isnad/internal/store"
	"github.com/isnad-project/isnad/reader"
)

type hookVerb struct {
	Add    hookAdd    `cmd:"" help:"Save a search; what is new in it is posted to an address while isnad serve or watch runs."`
	List   hookList   `cmd:"" help:"List the saved searches, how they are, and their last failures."`
	Remove hookRemove `cmd:"" help:"End saved searches."`
	Resume hookResume `cmd:"" help:"Let saved searches that are stopped or rest go on now, where they were."`
	Test   hookTest   `cmd:"" help:"Send a message that tells of nothing, once."`
}

// hooking opens the saved searches of a library.
type hooking struct {
	library
	AllowPrivate bool `help:"Also post to addresses of this machine and of private networks, which are refused otherwise."`
}

func (v hooking) hooks(w world) (*hook.Desk, isnad.Library, error) {
	lib, err := store.Open(w.ctx, v.Library, store.Options{})
	if err != nil {
		return nil, nil, err
	}
	d, err := hook.New(lib, hookOptions(v.AllowPrivate))
	if err != nil {
		lib.Close()
		return nil, nil, err
	}
	return d, lib, nil
}

// hookOptions says how saved searches are told.
func hookOptions(private bool) hook.Options {
	o := hook.Options{Agent: "isnad/" + reader.Version + " (+https://github.com/isnad-project/isnad)"}
	if private {
		o.Allow = fetch.Anywhere()
	}
	return o
}

// hookDesk makes the desk of the saved searches that is to tell others.
func hookDesk(lib isnad.Library, private bool, base string, figures *gauge.Figures, log *slog.Logger) (*hook.Desk, error) {
	o := hookOptions(private)
	o.Base, o.Log, o.Count = base, log, figures.Sent
	return hook.New(lib, o)
}

type hookAdd struct {
	hooking
	Name    string `help:"What it is called." required:"" placeholder:"NAME"`
	Record  bool   `help:"Post whole records, not what a list shows of them."`
	Secret  string `help:"Secret of the signatures: whsec_ and base64; one is made where none is given." secret:"" placeholder:"SECRET"`
	Address string `arg:"" help:"Where to post."`
	Query   string `arg:"" optional:"" help:"The search, as in the search box; without it, everything."`
}

// Run saves a search and prints its id and its secret.
func (v *hookAdd) Run(w world) error {
	d, lib, err := v.hooks(w)
	if err != nil {
		return err
	}
	defer lib.Close()
	h, err := d.Add(w.ctx, hook.Hook{Name: v.Name, Query: v.Query, Address: v.Address, Record: v.Record, Secret: v.Secret})
	if err != nil {
		return err
	}
	if _, err = fmt.Fprintf(w.out, "%s\t%s\n", h.ID, h.Secret); err != nil {
		return err
	}
	return noted(w, lib, "search-saved", h.ID, h.Name+" "+h.Query+" "+h.Address)
}

type hookList struct {
	hooking
	JSON bool `name:"json" help:"Give JSON Lines."`
}

// Run lists the saved searches, without their secrets.
func (v *hookList) Run(w world) error {
	d, lib, err := v.hooks(w)
	if err != nil {
		return err
	}
	defer lib.Close()
	all, err := d.List(w.ctx)
	if err != nil {
		return err
	}
	for _, h := range all {
		s, err := d.State(w.ctx, h.ID)
		if err != nil {
			return err
		}
		if h.Secret = ""; v.JSON {
			err = json.NewEncoder(w.out).Encode(struct {
				hook.Hook
				State hook.State `json:"state"`
			}{h, s})
		} else {
			err = listed(w, h, s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// listed prints one saved search with its last failures.
func listed(w world, h hook.Hook, s hook.State) error {
	how := "well"
	switch {
	case s.Stopped:
		how = "stopped"
	case s.Row > 0 || s.Trouble != "":
		how = "failing"
	}
	_, err := fmt.Fprintf(w.out, "%s\t%s\t%s\t%s\t%s\t%d taken, %d waiting, %d given up\n", h.ID, h.Name, h.Query, h.Address, how, s.Taken, len(s.Waiting), s.GivenUp)
	for _, f := range s.Failed {
		if err == nil {
			_, err = fmt.Fprintf(w.out, "\t%s\t%s\ttry %d\t%s\n", f.At.Format(time.RFC3339), f.Article, f.Try, f.Why)
		}
	}
	return err
}

// hookEach does something with each of some saved searches.
type hookEach struct {
	hooking
	IDs []string `arg:"" name:"id" help:"Ids, as the list gives them."`
}

func (v hookEach) each(w world, status *int, do func(*hook.Desk, isnad.Library, string) error) error {
	d, lib, err := v.hooks(w)
	if err != nil {
		return err
	}
	defer lib.Close()
	for _, id := range v.IDs {
		if err := do(d, lib, id); err != nil {
			*status = w.fail(some, fmt.Errorf("%s: %w", id, err))
		}
	}
	return nil
}

type hookRemove struct{ hookEach }

// Run ends saved searches.
func (v *hookRemove) Run(w world, status *int) error {
	return v.each(w, status, func(d *hook.Desk, lib isnad.Library, id string) error {
		if err := d.Remove(w.ctx, id); err != nil {
			return err
		}
		return noted(w, lib, "search-dropped", id, "")
	})
}

type hookResume struct{ hookEach }

// Run lets saved searches go on.
func (v *hookResume) Run(w world, status *int) error {
	return v.each(w, status, func(d *hook.Desk, _ isnad.Library, id string) error { return d.Resume(w.ctx, id) })
}

type hookTest struct{ hookEach }

// Run sends a message that tells of nothing.
func (v *hookTest) Run(w world, status *int) error {
	return v.each(w, status, func(d *hook.Desk, _ isnad.Library, id string) error { return d.Test(w.ctx, id) })
}
