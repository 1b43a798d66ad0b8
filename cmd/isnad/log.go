package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
)

type logVerb struct {
	library
	JSON  bool `name:"json" help:"Give JSON Lines."`
	Limit int  `help:"How many at most; 0: all." default:"50"`
}

// Run prints what was done by hand, the latest first.
func (v *logVerb) Run(w world) error {
	lib, err := v.read(w.ctx)
	if err != nil {
		return err
	}
	defer lib.Close()
	for cursor, left := "", v.Limit; ; {
		most := batch
		if v.Limit > 0 {
			most = min(most, left)
		}
		acts, next, err := lib.Acts(w.ctx, most, cursor)
		if err != nil {
			return err
		}
		if err := v.print(w, acts); err != nil {
			return err
		}
		left -= len(acts)
		if cursor = next; next == "" || v.Limit > 0 && left <= 0 {
			return nil
		}
	}
}

func (v *logVerb) print(w world, acts []isnad.Act) error {
	if v.JSON {
		return jsonLines(w, acts)
	}
	return table(w, acts, func(a isnad.Act) string {
		return fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%s", a.At.UTC().Format(time.RFC3339), plain(a.By), plain(a.From), plain(a.Do), plain(a.To), plain(a.Note))
	})
}

// plain gives words of others for one cell of a terminal: nothing in them is obeyed.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
	if s == "" {
		return "-"
	}
	return s
}
