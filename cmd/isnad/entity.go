package main

import (
	"errors"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/query"
	"github.com/isnad-project/isnad/internal/view"
)

type entityVerb struct {
	Show   entityShow   `cmd:"" default:"withargs" help:"Show what is known of a thing that articles name."`
	Merge  entityMerge  `cmd:"" help:"Say by hand that two things are one."`
	Split  entitySplit  `cmd:"" help:"Say by hand that in some articles it is another thing of the same name."`
	Rename entityRename `cmd:"" help:"Give a thing its name by hand."`
}

type entityShow struct {
	library
	JSON  bool     `name:"json" help:"Give JSON Lines."`
	Limit int      `help:"How many at most." default:"20"`
	Name  []string `arg:"" help:"Its id, or words of its name."`
}

// Run shows one thing whole, or lists those of a name.
func (v *entityShow) Run(w world) error {
	lib, err := v.read(w.ctx)
	if err != nil {
		return err
	}
	defer lib.Close()
	name := strings.Join(v.Name, " ")
	thing, err := lib.Thing(w.ctx, name)
	if errors.Is(err, isnad.ErrNotFound) {
		return v.find(w, lib, name)
	}
	if err != nil {
		return err
	}
	return v.one(w, lib, thing)
}

func (v *entityShow) find(w world, lib isnad.Library, name string) error {
	l, err := query.Default()
	if err != nil {
		return err
	}
	all, err := lib.Find(w.ctx, l.Forms(name), "", v.Limit)
	switch {
	case err != nil:
		return err
	case len(all) == 1:
		return v.one(w, lib, all[0])
	case v.JSON:
		return jsonLines(w, all)
	}
	return show(w, func(s view.Style) []byte { return view.AppendThings(nil, all, s) })
}

func (v *entityShow) one(w world, lib isnad.Library, t isnad.Thing) error {
	if v.JSON {
		return jsonLines(w, []isnad.Thing{t})
	}
	beside, err := lib.Beside(w.ctx, t.ID, v.Limit)
	if err != nil {
		return err
	}
	return show(w, func(s view.Style) []byte { return view.AppendThing(nil, t, beside, s) })
}

type entityMerge struct {
	library
	Thing string `arg:"" help:"The id of the one."`
	Into  string `arg:"" help:"The id of the thing that it is."`
}

// Run merges two things.
func (v *entityMerge) Run(w world) error {
	return v.correct(w, isnad.Correction{Do: "merge", Thing: v.Thing, Into: v.Into})
}

type entitySplit struct {
	library
	Thing    string   `arg:"" help:"The thing's id."`
	Name     string   `arg:"" help:"What the other thing shall be called."`
	Articles []string `arg:"" help:"The ids of the articles in which it is the other."`
}

// Run splits a thing.
func (v *entitySplit) Run(w world) error {
	return v.correct(w, isnad.Correction{Do: "split", Thing: v.Thing, Name: v.Name, Articles: v.Articles})
}

type entityRename struct {
	library
	Thing string `arg:"" help:"The thing's id."`
	Name  string `arg:"" help:"Its name."`
}

// Run renames a thing.
func (v *entityRename) Run(w world) error {
	return v.correct(w, isnad.Correction{Do: "rename", Thing: v.Thing, Name: v.Name})
}

func (l library) correct(w world, c isnad.Correction) error {
	d, err := l.desk(w.ctx, desk.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	c.At = time.Now()
	if err := d.Library.Correct(w.ctx, c); err != nil {
		return err
	}
	return noted(w, d.Library, c.Do, c.Thing, strings.TrimSpace(c.Into+" "+c.Name))
}
