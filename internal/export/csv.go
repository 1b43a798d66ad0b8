package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
)

// Holdings is what there is to export, in the order in which it is written.
type Holdings = iter.Seq2[isnad.Holding, error]

// mark is the byte order mark by which spreadsheets know UTF-8.
const mark = "\ufeff"

// CSV writes a table as RFC 4180 has it, in UTF-8 with a byte order mark, the names of
// the columns first. A cell that a spreadsheet would take for a formula gets an
// apostrophe before it, since its words come from pages that nobody vouches for.
func CSV(w io.Writer, t Table, all Holdings) error {
	if _, err := io.WriteString(w, mark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = c.Name
	}
	if err := out.Write(head); err != nil {
		return err
	}
	line := make([]string, len(t.Columns))
	for h, err := range all {
		if err != nil {
			return err
		}
		t.rows(&h, func(cells ...any) {
			for i, c := range cells {
				line[i] = plain(c)
			}
			err = out.Write(line)
		})
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// plain gives a cell in words.
func plain(cell any) string {
	switch v := cell.(type) {
	case string:
		if v != "" && strings.ContainsRune("=+-@\t\r", rune(v[0])) {
			return "'" + v
		}
		return v
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(cell)
}

// stamp gives a time as RFC 3339 in UTC; nothing for the zero time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// JSONLines writes each record as its published JSON, one a line.
func JSONLines(w io.Writer, all Holdings) error {
	var line []byte
	for h, err := range all {
		if err != nil {
			return err
		}
		if line, err = h.Record.AppendJSON(line[:0]); err != nil {
			return fmt.Errorf("article %s: %w", h.Record.Article.ID, err)
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}
