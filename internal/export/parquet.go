package export

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// batch is how many rows are given to the Parquet writer at a time, group how many make
// a row group: its columns are held in memory until it is written.
const (
	batch = 256
	group = 50_000
)

// Parquet writes a table as an Apache Parquet file, compressed by Zstandard. Its columns
// stand in alphabetical order, as the format's library has them.
func Parquet(w io.Writer, t Table, all Holdings) error {
	place := order(t.Columns)
	out := parquet.NewGenericWriter[any](w, schema(t), parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(group))
	var rows []parquet.Row
	flush := func() error {
		_, err := out.WriteRows(rows)
		rows = rows[:0]
		return err
	}
	for h, err := range all {
		if err != nil {
			return err
		}
		t.rows(&h, func(cells ...any) { rows = append(rows, packed(cells, place)) })
		if len(rows) >= batch {
			if err := flush(); err != nil {
				return fmt.Errorf("write parquet rows: %w", err)
			}
		}
	}
	if err := flush(); err != nil {
		return fmt.Errorf("write parquet rows: %w", err)
	}
	return out.Close()
}

// schema describes a table's columns.
func schema(t Table) *parquet.Schema {
	g := parquet.Group{}
	for _, c := range t.Columns {
		g[c.Name] = node(c.Type)
	}
	return parquet.NewSchema(t.Name, g)
}

func node(t Type) parquet.Node {
	switch t {
	case Whole:
		return parquet.Int(64)
	case Real:
		return parquet.Leaf(parquet.DoubleType)
	case Truth:
		return parquet.Leaf(parquet.BooleanType)
	}
	return parquet.String()
}

// order says at which place of the file each column stands.
func order(columns []Column) []int {
	sorted := slices.Clone(columns)
	slices.SortFunc(sorted, func(a, b Column) int { return strings.Compare(a.Name, b.Name) })
	place := make([]int, len(columns))
	for i, c := range columns {
		place[i] = slices.Index(sorted, c)
	}
	return place
}

func packed(cells []any, place []int) parquet.Row {
	r := make(parquet.Row, len(cells))
	for i, c := range cells {
		r[place[i]] = parquet.ValueOf(c).Level(0, 0, place[i])
	}
	return r
}
