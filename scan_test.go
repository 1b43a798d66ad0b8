package isnad

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// scanned reads published forms by the quick way and by encoding/json; what the quick way
// reads at all it must read the same.
func scanned(t *testing.T, b []byte) bool {
	t.Helper()
	var quick, plain wireRecord
	if !quick.scan(b) {
		return false
	}
	if err := json.Unmarshal(b, &plain); err != nil {
		t.Fatalf("scan reads what encoding/json does not: %v\n%s", err, b)
	}
	if !reflect.DeepEqual(quick, plain) {
		t.Fatalf("scan reads\n%+v\nencoding/json\n%+v\nin %s", quick, plain, b)
	}
	return true
}

func published(t testing.TB, r Record) []byte {
	b, err := r.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestScan(t *testing.T) {
	r := sample()
	r.Article.Text += "\n\"\\\t\u2028\u0001 نهاية"
	r.Quantities[0].Max, r.Quantities[0].Value = 0, -1.5e-9
	for _, x := range []Record{sample(), r, {Article: Article{ID: "1"}}} {
		if !scanned(t, published(t, x)) {
			t.Errorf("%s is left to encoding/json", published(t, x))
		}
	}
}

// TestScanGivesUp holds that what is not written as AppendJSON writes it is read all the same.
func TestScanGivesUp(t *testing.T) {
	whole := string(published(t, sample()))
	for _, x := range [][2]string{
		{`{"format"`, `{ "format"`}, {`"reader"`, `"Reader"`}, {`"reader":"isnad test"`, `"reader":"a","reader":"b"`}, {`"start":4`, `"start": 4`},
		{`"notes":[`, `"notes":null,"more":[`}, {`isnad test`, `\ud83d\ude00`}, {`isnad test`, "\xff"},
	} {
		changed := strings.Replace(whole, x[0], x[1], 1)
		if changed == whole {
			t.Fatalf("%q is not there", x[0])
		}
		if scanned(t, []byte(changed)) {
			t.Errorf("%q is scanned", x[1])
		}
		var r Record
		if err := r.UnmarshalJSON([]byte(changed)); err != nil && x[0] != `isnad test` {
			t.Errorf("%q: %v", x[1], err)
		}
	}
	for i := range whole {
		if scanned(t, []byte(whole[:i])) {
			t.Fatalf("cut at %d it is scanned", i)
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add(published(f, sample()))
	f.Add(published(f, Record{}))
	f.Add([]byte(`{"quantities":[{"start":0,"end":0,"text":"","value":-0,"max":1e400}]}`))
	f.Fuzz(func(t *testing.T, b []byte) { scanned(t, b) })
}

func BenchmarkUnmarshal(b *testing.B) {
	r := sample()
	r.Article.Text = strings.Repeat(r.Article.Text+"\n", 40)
	for range 40 {
		r.Names = append(r.Names, r.Names[0])
		r.Statements = append(r.Statements, r.Statements[0])
	}
	j := published(b, r)
	b.SetBytes(int64(len(j)))
	b.Run("scan", func(b *testing.B) {
		for b.Loop() {
			if err := new(Record).UnmarshalJSON(j); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			var w wireRecord
			if err := json.Unmarshal(j, &w); err != nil {
				b.Fatal(err)
			}
		}
	})
}
