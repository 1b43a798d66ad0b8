package main

import (
	"fmt"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
)

type checkVerb struct {
	library
}

// Run proves the library whole.
func (v *checkVerb) Run(w world, status *int) error {
	d, err := v.desk(w.ctx, desk.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	for _, r := range d.Repairs() {
		fmt.Fprintln(w.err, "isnad: mended:", r)
	}
	problems := 0
	err = d.Check(w.ctx, func(p string) {
		problems++
		fmt.Fprintln(w.out, p)
	})
	if err != nil {
		return err
	}
	s, err := d.Library.Stats(w.ctx)
	if err != nil {
		return err
	}
	if problems > 0 {
		*status = some
		return fmt.Errorf("%d problems", problems)
	}
	fmt.Fprintf(w.out, "whole: %d articles in %d stories, %d captures, %d statements, %d events, %d commitments, %d feeds\n",
		s.Articles, s.Stories, s.Captures, s.Statements, s.Events, s.Commitments, s.Feeds)
	return nil
}

type backupVerb struct {
	library
	To string `arg:"" help:"A new folder."`
}

// Run copies the library.
func (v *backupVerb) Run(w world) error {
	d, err := v.desk(w.ctx, desk.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Backup(w.ctx, v.To)
}

type originalVerb struct {
	library
	Where bool   `help:"Tell where the bytes came from and where they are kept instead of giving them."`
	ID    string `arg:"" help:"The article's id."`
}

// Run gives the bytes of an article as they came.
func (v *originalVerb) Run(w world) error {
	b, c, err := desk.Original(w.ctx, v.Library, v.evidence(), v.ID)
	if err != nil {
		return err
	}
	if v.Where {
		_, err = fmt.Fprintf(w.out, "%s\nfetched %s\n%s at byte %d, %d bytes\n%s\n", c.URL, c.Fetched.UTC().Format("2006-01-02T15:04:05Z"), c.File, c.Offset, c.Length, c.Digest)
		return err
	}
	_, err = w.out.Write(b)
	return err
}

type rereadVerb struct {
	library
}

// Run reads every article anew from its evidence.
func (v *rereadVerb) Run(w world, status *int) error {
	d, err := v.desk(w.ctx, desk.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	changed, failed := 0, 0
	err = d.Reread(w.ctx, func(id string, c isnad.Change, err error) {
		switch {
		case err != nil:
			failed++
			fmt.Fprintf(w.err, "isnad: %s: %v\n", id, err)
		case c != isnad.Same:
			changed++
		}
	})
	fmt.Fprintf(w.err, "isnad: %d records are new, %d could not be read anew\n", changed, failed)
	if failed > 0 {
		*status = some
	}
	return err
}
