package isnad

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// sample is a record with something in every field, over a text with letters of one to
// four bytes.
func sample() Record {
	text := "قال سليم (أ) a😀: «نلتزم بالاتفاق» حتى 2021"
	at := func(s string) Span {
		i := strings.Index(text, s)
		return Span{i, i + len(s)}
	}
	trust := Trust{"test/rule", 0.5}
	who := Source{at("سليم"), 0}
	return Record{
		Reader:      "isnad test",
		Article:     Article{ID: "1", Title: "عنوان", Published: "2021-01-01", Language: "ar", Text: text, Cut: []Cut{{"شاهد أيضا", Related}}},
		Entities:    []Entity{{"سليم", Person, "وزير", "LBN"}},
		Names:       []Name{{at("سليم"), Person, 0, trust}},
		Times:       []Time{{at("2021"), "date", "2021", "end", "2021-12-01", "2021-12-31", trust}},
		Quantities:  []Quantity{{at("2021"), 5, 7, "شخص", "approx", trust}},
		Statements:  []Statement{{Span{0, len(text)}, who, Named, []Source{who}, at("أ"), true, at("قال"), at("نلتزم بالاتفاق"), trust}},
		Events:      []Event{{at("نلتزم"), "AGREE", at("نلتزم"), []string{"LBN"}, []string{"UN"}, "2021", "", "planned", 0, trust}},
		Commitments: []Commitment{{at("نلتزم"), []Source{who}, Source{Entity: None}, at("نلتزم"), "2021-12-31", "promise", None, trust}},
		Notes:       []string{"ملاحظة"},
	}
}

func TestRoundTrip(t *testing.T) {
	want := sample()
	b, err := json.Marshal(&want)
	if err != nil {
		t.Fatal(err)
	}
	var got Record
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("came back as\n%+v\nwant\n%+v", got, want)
	}
}

// TestPublishedOffsets takes the published text by code points, as a user would.
func TestPublishedOffsets(t *testing.T) {
	r := sample()
	b, err := r.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	var w wireRecord
	if err := json.Unmarshal(b, &w); err != nil {
		t.Fatal(err)
	}
	points := []rune(w.Article.Text)
	for _, s := range []wireSpan{w.Names[0].wireSpan, w.Times[0].wireSpan, w.Statements[0].Content, *w.Statements[0].To} {
		if got := string(points[s.Start:s.End]); got != s.Text {
			t.Errorf("%d to %d is %q, want %q", s.Start, s.End, got, s.Text)
		}
	}
}

func TestEmptyRecordHasNoNull(t *testing.T) {
	b, err := (&Record{}).AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), "null") {
		t.Errorf("null in %s", b)
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	r := sample()
	b, _ := r.AppendJSON(nil)
	for what, change := range map[string][2]string{
		"another format": {"isnad-record/1", "isnad-record/9"},
		"a moved span":   {`"start":4,"end":8,"text":"سليم"`, `"start":5,"end":9,"text":"سليم"`},
		"a span outside": {`"start":4,"end":8,"text":"سليم"`, `"start":4,"end":8000,"text":"سليم"`},
	} {
		bad := strings.Replace(string(b), change[0], change[1], 1)
		if bad == string(b) {
			t.Fatalf("%s: nothing changed", what)
		}
		if err := json.Unmarshal([]byte(bad), new(Record)); err == nil {
			t.Errorf("%s was accepted", what)
		}
	}
}

func TestCheck(t *testing.T) {
	good := sample()
	if err := good.Check(); err != nil {
		t.Fatalf("a sound record: %v", err)
	}
	for what, spoil := range map[string]func(*Record){
		"entity index":    func(r *Record) { r.Names[0].Entity = 1 },
		"no entity":       func(r *Record) { r.Names[0].Entity = None },
		"outside":         func(r *Record) { r.Times[0].End = len(r.Article.Text) + 1 },
		"half a letter":   func(r *Record) { r.Names[0].Start++ },
		"ends on a space": func(r *Record) { r.Names[0].End++ },
		"kind":            func(r *Record) { r.Entities[0].Kind = "thing" },
		"type":            func(r *Record) { r.Events[0].Type = "FIGHT" },
		"due":             func(r *Record) { r.Commitments[0].Due = "2021-02-30" },
		"statement":       func(r *Record) { r.Events[0].Statement = 7 },
		"rule":            func(r *Record) { r.Names[0].Rule = "" },
		"confidence":      func(r *Record) { r.Names[0].Confidence = 1.5 },
		"content outside": func(r *Record) { r.Statements[0].Span = r.Statements[0].Cue },
	} {
		r := sample()
		spoil(&r)
		if r.Check() == nil {
			t.Errorf("%s: not noticed", what)
		}
	}
}

func FuzzUnmarshal(f *testing.F) {
	r := sample()
	b, _ := r.AppendJSON(nil)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		var r Record
		if json.Unmarshal(b, &r) == nil {
			_ = r.Check()
		}
	})
}
