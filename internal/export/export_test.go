package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/parquet-go/parquet-go"

	"github.com/isnad-project/isnad"
)

const text = "قال الوزير: «نبدأ». قصف الجيش المدينة، وتعهد الوزير بدفع 5 ملايين دولار."

// span finds words in the text.
func span(words string) isnad.Span {
	i := strings.Index(text, words)
	return isnad.Span{Start: i, End: i + len(words)}
}

// holding is an article with a finding of each kind.
func holding(id string) isnad.Holding {
	trust := isnad.Trust{Rule: "test", Confidence: 0.9}
	minister := isnad.Source{Span: span("الوزير"), Entity: 0}
	return isnad.Holding{
		Entry: isnad.Entry{
			Record: isnad.Record{
				Reader:     "isnad test",
				Article:    isnad.Article{ID: id, URL: "https://example.org/" + id, Outlet: "النافذة", Title: "=1+1", Published: "2024-05-06", Language: "ar", Text: text},
				Entities:   []isnad.Entity{{Name: "الوزير", Kind: isnad.Person, Country: "EGY"}},
				Names:      []isnad.Name{{Span: span("الوزير"), Kind: isnad.Person, Trust: trust}},
				Times:      []isnad.Time{},
				Quantities: []isnad.Quantity{{Span: span("5 ملايين دولار"), Value: 5e6, Unit: "USD", Trust: trust}},
				Statements: []isnad.Statement{{Span: span("قال الوزير: «نبدأ»"), Speaker: minister, SpeakerKind: isnad.Role, Direct: true, Cue: span("قال"), Content: span("نبدأ"), Trust: trust}},
				Events: []isnad.Event{
					{Span: span("قصف الجيش المدينة"), Type: "ASSAULT", Trigger: span("قصف"), Actors: []string{"EGY", "داعش"}, Recipients: []string{"SYR"}, Date: "2024-05-05", Status: "happened", Statement: isnad.None, Trust: trust},
					{Span: span("قصف الجيش المدينة"), Type: "ASSAULT", Trigger: span("قصف"), Status: "denied", Statement: isnad.None, Trust: trust},
				},
				Commitments: []isnad.Commitment{{Span: span("تعهد الوزير بدفع 5 ملايين دولار"), By: []isnad.Source{minister}, To: isnad.Source{Entity: isnad.None}, What: span("دفع 5 ملايين دولار"), Due: "2024-12-31", Basis: "promise", Statement: isnad.None, Trust: trust}},
			},
			Identities: []string{"person/وزير"},
			Capture:    isnad.Capture{File: "a.warc.gz", Digest: "sha256:00", Fetched: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)},
		},
		Kept: time.Date(2024, 5, 6, 8, 0, 0, 0, time.UTC),
	}
}

// seq gives n holdings and then, if there is one, an error.
func seq(n int, end error) Holdings {
	return func(yield func(isnad.Holding, error) bool) {
		for i := range n {
			if !yield(holding("n"+strconv.Itoa(i)), nil) {
				return
			}
		}
		if end != nil {
			yield(isnad.Holding{}, end)
		}
	}
}

// want is how many rows of each table one holding gives.
func want() map[string]int {
	return map[string]int{"articles": 1, "names": 1, "times": 0, "quantities": 1, "statements": 1, "events": 2, "commitments": 1}
}

func TestCSV(t *testing.T) {
	const n = 3
	for _, table := range Tables() {
		var b bytes.Buffer
		if err := CSV(&b, table, seq(n, nil)); err != nil {
			t.Fatal(err)
		}
		rest, ok := strings.CutPrefix(b.String(), mark)
		if !ok {
			t.Errorf("%s: no byte order mark", table.Name)
		}
		rows, err := csv.NewReader(strings.NewReader(rest)).ReadAll()
		if err != nil || len(rows) != 1+n*want()[table.Name] {
			t.Errorf("%s: %d rows, %v", table.Name, len(rows), err)
		}
		if len(rows[0]) != len(table.Columns) || rows[0][0] != "article" {
			t.Errorf("%s: columns %v", table.Name, rows[0])
		}
	}
}

func TestCSVDefusesFormulas(t *testing.T) {
	var b bytes.Buffer
	if err := CSV(&b, Tables()[0], seq(1, nil)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), ",'=1+1,") {
		t.Errorf("a title that is a formula stands bare:\n%s", b.String())
	}
}

// TestParquetIsCSV holds that both forms have the same cells.
func TestParquetIsCSV(t *testing.T) {
	const n = 700 // more than two batches
	for _, table := range Tables() {
		var b bytes.Buffer
		if err := Parquet(&b, table, seq(n, nil)); err != nil {
			t.Fatal(err)
		}
		file := parquet.NewReader(bytes.NewReader(b.Bytes()))
		if got := int(file.NumRows()); got != n*want()[table.Name] {
			t.Errorf("%s: %d rows", table.Name, got)
			continue
		}
		place := order(table.Columns)
		h := holding("n0")
		table.rows(&h, func(cells ...any) {
			rows := make([]parquet.Row, 1)
			if k, err := file.ReadRows(rows); k != 1 || err != nil && !errors.Is(err, io.EOF) {
				t.Fatalf("%s: %d, %v", table.Name, k, err)
			}
			for i, c := range cells {
				if got := rows[0][place[i]]; !parquet.Equal(got, parquet.ValueOf(c)) {
					t.Errorf("%s, %s: %v, want %v", table.Name, table.Columns[i].Name, got, c)
				}
			}
		})
	}
}

// TestRowsFitColumns holds that every row has a cell of the right type for each column.
func TestRowsFitColumns(t *testing.T) {
	h := holding("n0")
	for _, table := range Tables() {
		table.rows(&h, func(cells ...any) {
			if len(cells) != len(table.Columns) {
				t.Fatalf("%s: %d cells for %d columns", table.Name, len(cells), len(table.Columns))
			}
			for i, c := range cells {
				var got Type
				switch c.(type) {
				case string:
					got = Text
				case int:
					got = Whole
				case float64:
					got = Real
				case bool:
					got = Truth
				default:
					t.Errorf("%s: %T", table.Name, c)
				}
				if got != table.Columns[i].Type {
					t.Errorf("%s, %s: %T", table.Name, table.Columns[i].Name, c)
				}
			}
		})
	}
}

func TestJSONLines(t *testing.T) {
	var b bytes.Buffer
	if err := JSONLines(&b, seq(2, nil)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	var r isnad.Record
	if err := r.UnmarshalJSON([]byte(lines[1])); err != nil || r.Article.ID != "n1" || len(r.Events) != 2 {
		t.Errorf("%v, %v", r.Article.ID, err)
	}
}

func TestGDELT(t *testing.T) {
	var b bytes.Buffer
	if err := GDELT(&b, seq(1, nil)); err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(rows) != 2 { // two actors, one recipient; what is denied is no row
		t.Fatalf("%d rows:\n%s", len(rows), b.String())
	}
	c := strings.Split(rows[0], "\t")
	if len(c) != gdeltColumns {
		t.Fatalf("%d columns", len(c))
	}
	for i, want := range map[int]string{1: "20240505", 3: "2024", 5: "EGY", 7: "EGY", 15: "SYR", 28: "18", 29: "4", 59: "20240506080000", 60: "https://example.org/n0"} {
		if c[i] != want {
			t.Errorf("column %d is %q, want %q", i, c[i], want)
		}
	}
	if other := strings.Split(rows[1], "\t"); other[5] != "" || other[6] != "داعش" || other[0] == c[0] {
		t.Errorf("the row of a party of no state: %q", other[:8])
	}
}

func TestCalendar(t *testing.T) {
	var rows iter.Seq2[isnad.CommitmentRow, error] = func(yield func(isnad.CommitmentRow, error) bool) {
		_ = yield(isnad.CommitmentRow{Article: "a", By: []string{"الوزير"}, What: "دفع 5 ملايين دولار", Words: "تعهد", Due: "2024-12-31", Outlet: "النافذة"}, nil) &&
			yield(isnad.CommitmentRow{Article: "b", What: "بلا موعد"}, nil)
	}
	var b bytes.Buffer
	link := func(id string) string { return "https://example.org/" + id }
	if err := Calendar(&b, "التعهدات", rows, link, time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b.Bytes(), []byte("\n")); n != bytes.Count(b.Bytes(), []byte("\r\n")) {
		t.Error("a line does not end as RFC 5545 has it")
	}
	cal, err := ics.ParseCalendar(&b)
	if err != nil || len(cal.Events()) != 1 {
		t.Fatalf("%v, %v", cal, err)
	}
	e := cal.Events()[0]
	if s := e.GetProperty(ics.ComponentPropertySummary); s == nil || s.Value != "الوزير: دفع 5 ملايين دولار" {
		t.Errorf("summary %v", s)
	}
	if d, err := e.GetAllDayStartAt(); err != nil || d.Format(time.DateOnly) != "2024-12-31" {
		t.Errorf("day %v, %v", d, err)
	}
}

// TestErrorEnds holds that an error of the library ends every form with that error.
func TestErrorEnds(t *testing.T) {
	bad := errors.New("no")
	events := Tables()[5]
	for name, err := range map[string]error{
		"csv": CSV(io.Discard, events, seq(1, bad)), "parquet": Parquet(io.Discard, events, seq(1, bad)),
		"jsonl": JSONLines(io.Discard, seq(1, bad)), "gdelt": GDELT(io.Discard, seq(1, bad)),
	} {
		if !errors.Is(err, bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
