package reader_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/reader"
)

var newReader = sync.OnceValues(reader.New)

func load(t testing.TB) *reader.Reader {
	t.Helper()
	r, err := newReader()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// agency is a text in the manner of an agency that gives every kind of finding.
const agency = `بيروت (رويترز) - وقع وزير الخارجية اللبناني سليم النجار ونظيره العراقي كريم الهاشمي، الأحد، اتفاقا لنقل الوقود عبر الحدود قبل نهاية مايو أيار المقبل.

وقال النجار للصحفيين: "لن نترك مدينة بلا كهرباء"، مضيفا أن بلاده ستدفع 40 مليون دولار على دفعات.

وذكرت صحيفة النهار نقلا عن مسؤول في الوزارة أن 12 شاحنة عبرت الحدود بالفعل. وتعهدت الحكومة اللبنانية بإصلاح الطريق خلال شهرين.`

func article() isnad.Article {
	return isnad.Article{ID: "1", Published: "2026-03-09", Text: agency}
}

// TestSameBytes reads one article many times at once: every record has the same bytes.
func TestSameBytes(t *testing.T) {
	r := load(t)
	first := r.Read(article())
	want, err := first.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				rec := r.Read(article())
				got, err := rec.AppendJSON(nil)
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("another record: %v\n%s\nwant\n%s", err, got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestEveryKind wants at least one finding of each kind, and a sound record.
func TestEveryKind(t *testing.T) {
	rec := load(t).Read(article())
	if err := rec.Check(); err != nil {
		t.Error(err)
	}
	for kind, n := range map[string]int{
		"cut": len(rec.Article.Cut), "entities": len(rec.Entities), "names": len(rec.Names), "times": len(rec.Times),
		"quantities": len(rec.Quantities), "statements": len(rec.Statements), "events": len(rec.Events), "commitments": len(rec.Commitments),
	} {
		if n == 0 {
			t.Errorf("no %s found", kind)
		}
	}
}

// findings is what a record says in words: spans and marks on the letters left out.
func findings(rec isnad.Record) string {
	var b strings.Builder
	for _, e := range rec.Entities {
		b.WriteString(string(e.Kind) + " ")
	}
	for _, t := range rec.Times {
		b.WriteString(t.Value + t.Mod + " ")
	}
	for _, q := range rec.Quantities {
		b.WriteString(q.Unit + " ")
	}
	for _, s := range rec.Statements {
		b.WriteString(string(s.SpeakerKind) + " ")
	}
	for _, e := range rec.Events {
		b.WriteString(e.Type + strings.Join(e.Actors, ",") + " ")
	}
	for _, c := range rec.Commitments {
		b.WriteString(c.Basis + c.Due + " ")
	}
	return b.String()
}

// TestMetamorphic changes how the text is written but not what it says.
func TestMetamorphic(t *testing.T) {
	r := load(t)
	want := findings(r.Read(article()))
	for what, change := range map[string]*strings.Replacer{
		"a mark on every waw":  strings.NewReplacer("و", "وَ"),
		"tatweel":              strings.NewReplacer("ال", "الـ"),
		"bidi marks":           strings.NewReplacer(" ", " \u200f", "4", "\u202a4\u202c"),
		"Arabic-Indic digits":  strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "4", "٤"),
		"bare alefs":           strings.NewReplacer("أ", "ا", "إ", "ا"),
		"no-break spaces":      strings.NewReplacer(" ", "\u00a0"),
		"other quotation mark": strings.NewReplacer(`"لن`, "”لن", `ء"`, "ء“"),
	} {
		a := article()
		a.Text = change.Replace(a.Text)
		rec := r.Read(a)
		if err := rec.Check(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if got := findings(rec); got != want {
			t.Errorf("%s:\n got %s\nwant %s", what, got, want)
		}
	}
}
