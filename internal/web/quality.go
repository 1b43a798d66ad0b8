package web

import (
	"net/http"
	"strings"
)

// measure is a section of docs/quality.md that a program wrote: its tables of figures.
type measure struct {
	Name     string // corpus, gold, elsewhere
	Articles string // the line over the tables
	Tables   [][][]string
}

// measures reads the written sections of docs/quality.md.
func measures(text string) []measure {
	var out []measure
	var now *measure
	var rows [][]string
	end := func() {
		if now != nil && len(rows) > 0 {
			now.Tables = append(now.Tables, rows)
		}
		rows = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "<!-- begin "):
			name, _, _ := strings.Cut(strings.TrimPrefix(line, "<!-- begin "), ":")
			out = append(out, measure{Name: name})
			now = &out[len(out)-1]
		case strings.HasPrefix(line, "<!-- end "):
			end()
			now = nil
		case now == nil || strings.HasPrefix(line, "|:"):
		case strings.HasPrefix(line, "|"):
			rows = append(rows, cells(line))
		default:
			end()
			if strings.HasSuffix(line, " articles.") {
				now.Articles = strings.TrimSuffix(line, " articles.")
			}
		}
	}
	return out
}

func cells(line string) []string {
	all := strings.Split(strings.Trim(line, "|"), "|")
	for i := range all {
		all[i] = strings.Trim(all[i], " `")
	}
	return all
}

func (s *site) quality(v *visit) error {
	v.Title, v.Nav = v.T("nav.quality"), "quality"
	return s.show(v, http.StatusOK, "quality", s.measured)
}
