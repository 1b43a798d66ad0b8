package times

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
)

// shared gives a path in the data beside the project, or skips the test.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	p := filepath.Join(append([]string{"..", "..", "..", "..", "shared", "data", "time"}, parts...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("no %s: the data is not beside the project", p)
	}
	return p
}

// recognized is a case of the Recognizers-Text suite.
type recognized struct {
	Input   string
	Context struct{ ReferenceDateTime string }
	Results []struct {
		Text  string
		Value struct {
			Timex                            string
			PastResolution, FutureResolution map[string]string
		}
	}
}

// TestRecognizers reads the date, period and duration cases of Recognizers-Text. A case is
// right with its TIMEX value (where that is a day no calendar has, with none), or with the day, or the first and last day, of one of its
// two resolutions; the end of a period may stand after its last day there.
func TestRecognizers(t *testing.T) {
	var right, all int
	for _, file := range []string{"DateParser", "DatePeriodParser", "DurationParser"} {
		raw, err := os.ReadFile(shared(t, "recognizers", "DateTime", file+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var cases []recognized
		if err := json.Unmarshal([]byte(strings.TrimPrefix(string(raw), "\ufeff")), &cases); err != nil {
			t.Fatal(err)
		}
		hits := 0
		for _, c := range cases {
			if c.right(find(t, c.Input, c.Context.ReferenceDateTime[:10])) {
				hits++
			} else {
				t.Logf("%s: %s: want %s %v, got %v", file, c.Input, c.Results[0].Value.Timex, c.Results[0].Value.PastResolution, values(find(t, c.Input, c.Context.ReferenceDateTime[:10])))
			}
		}
		t.Logf("%s: %d of %d", file, hits, len(cases))
		right, all = right+hits, all+len(cases)
	}
	share := float64(right) / float64(all)
	t.Logf("figure: date, period and duration cases of Recognizers-Text: %d of %d right, %.3f", right, all, share)
	if share < 0.8 {
		t.Errorf("share %.3f, want 0.8", share)
	}
}

func values(times []isnad.Time) []string {
	var out []string
	for _, x := range times {
		out = append(out, x.Value+" "+x.First+".."+x.Last)
	}
	return out
}

func (c recognized) right(got []isnad.Time) bool {
	want := c.Results[0].Value
	if len(got) == 0 {
		return want.PastResolution["date"] == "0001-01-01"
	}
	for _, x := range got {
		if x.Value == want.Timex {
			return true
		}
	}
	got = slices.DeleteFunc(slices.Clone(got), func(x isnad.Time) bool { return x.First == "" })
	if len(got) == 0 {
		return false
	}
	first, last := got[0].First, got[len(got)-1].Last
	for _, r := range []map[string]string{want.PastResolution, want.FutureResolution} {
		if d := r["date"]; d != "" && slices.ContainsFunc(got, func(x isnad.Time) bool { return x.First == d && x.Last == d }) {
			return true
		}
		if a, b := r["startDate"], r["endDate"]; a != "" && first == a && (last == b || last == dayBefore(b)) {
			return true
		}
	}
	return false
}

func dayBefore(s string) string {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return ""
	}
	return d.AddDate(0, 0, -1).Format(time.DateOnly)
}

// TestUmmAlQura converts every day of the shared table.
func TestUmmAlQura(t *testing.T) {
	f, err := os.Open(shared(t, "hijri", "ummalqura.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for _, r := range rows {
		y, m, d := cut(r[1])
		if got, ok := gregorian(y, m, d); !ok || iso(got) != r[0] {
			if wrong++; wrong < 10 {
				t.Errorf("%s: got %s, want %s", r[1], iso(got), r[0])
			}
		}
	}
	t.Logf("figure: Hijri days by Umm al-Qura: %d day pairs, %d wrong", len(rows), wrong)
}

func cut(s string) (y, m, d int) {
	p := strings.Split(s, "-")
	y, _ = strconv.Atoi(p[0])
	m, _ = strconv.Atoi(p[1])
	d, _ = strconv.Atoi(p[2])
	return y, m, d
}
