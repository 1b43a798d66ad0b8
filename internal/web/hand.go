package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad"
)

// settle sets by hand how a commitment ended.
func (s *site) settle(v *visit) error {
	index, err := strconv.Atoi(v.r.PathValue("index"))
	if err != nil {
		return isnad.ErrNotFound
	}
	f := v.r.PostForm
	end := isnad.Ending(f.Get("end"))
	if !slices.Contains([]isnad.Ending{isnad.Open, isnad.Kept, isnad.Broken, isnad.Dropped}, end) {
		return errForm
	}
	source := strings.TrimSpace(f.Get("source"))
	if end != isnad.Open && source == "" {
		return fmt.Errorf("%w: say where it is known from", errForm)
	}
	x := isnad.Settlement{Article: v.r.PathValue("id"), Index: index, End: end, Source: cut(source, 2000), Note: cut(f.Get("note"), 2000), By: v.Name, At: v.Now}
	if err := s.lib.Settle(v.r.Context(), x); err != nil {
		return err
	}
	if err := s.note(v, "settle", x.Article+"#c"+strconv.Itoa(index), strings.TrimSpace(cmp.Or(string(end), "open")+" "+source)); err != nil {
		return err
	}
	return v.done(v.back(v.To("/commitments")), "settled")
}

// correct says by hand which thing is which.
func (s *site) correct(v *visit) error {
	f := v.r.PostForm
	c := isnad.Correction{Do: f.Get("do"), Thing: v.r.PathValue("id"), By: v.Name, At: v.Now}
	to := c.Thing
	switch c.Do {
	case "merge":
		c.Into = strings.TrimSpace(f.Get("into"))
		to = c.Into
		if c.Into == "" || c.Into == c.Thing {
			return fmt.Errorf("%w: say which other thing it is", errForm)
		}
	case "split":
		c.Articles, c.Name = f["article"], cut(strings.TrimSpace(f.Get("name")), titleLimit)
		if len(c.Articles) == 0 || c.Name == "" {
			return fmt.Errorf("%w: choose articles and give the other's name", errForm)
		}
	case "rename":
		if c.Name = cut(strings.TrimSpace(f.Get("name")), titleLimit); c.Name == "" {
			return fmt.Errorf("%w: a name is missing", errForm)
		}
	default:
		return errForm
	}
	if err := s.lib.Correct(v.r.Context(), c); err != nil {
		return err
	}
	if err := s.note(v, c.Do, c.Thing, strings.TrimSpace(c.Into+" "+c.Name)); err != nil {
		return err
	}
	return v.done(v.Of("entity", to), "corrected")
}
