package corpus

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

const root = "../.."

func load(t *testing.T) []File {
	t.Helper()
	files, err := Load(root)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestTruthIsPlaced proves that every marked string stands in its article, in order.
func TestTruthIsPlaced(t *testing.T) {
	for _, f := range load(t) {
		_, faults := f.Marked.Place()
		for _, err := range faults {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
}

// TestTruthIsWhole proves that the corpus holds every word of the closed sets of a record.
func TestTruthIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range load(t) {
		for _, l := range f.Marked.lines() {
			for _, w := range strings.FieldsFunc(l.text, func(r rune) bool { return r == ' ' }) {
				seen[l.kind+" "+w] = true
			}
		}
	}
	for kind, words := range map[string]string{
		kindCut:        "dateline related caption share advert author-box repeat other",
		kindName:       "person organization place other",
		kindTime:       "date time duration set start mid end approx more_than equal_or_more PRESENT_REF PAST_REF FUTURE_REF",
		kindQuantity:   "% USD approx more_than less_than equal_or_more equal_or_less",
		kindStatement:  "named role body anonymous implied via direct indirect",
		kindEvent:      "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT happened planned called_for denied",
		kindCommitment: "agreement promise decision schedule order ultimatum",
	} {
		for w := range strings.FieldsSeq(words) {
			if !seen[kind+" "+w] {
				t.Errorf("no %s in the corpus is %s", kind, w)
			}
		}
	}
}

// TestTruthIsClosed proves that the truth uses no word outside of the closed sets, by way
// of a record's own check.
func TestTruthIsClosed(t *testing.T) {
	for _, f := range load(t) {
		rec := isnad.Record{Article: isnad.Article{Text: "س"}}
		s, tr := isnad.Span{Start: 0, End: 2}, isnad.Trust{Rule: "hand", Confidence: 1}
		for i, x := range f.Marked.Names {
			rec.Entities = append(rec.Entities, isnad.Entity{Name: x.Entity, Kind: isnad.Kind(x.Kind)})
			if i == 0 {
				rec.Names = append(rec.Names, isnad.Name{Span: s, Kind: isnad.Kind(x.Kind), Trust: tr})
			}
		}
		for i, x := range f.Marked.Times {
			one := isnad.Record{Article: rec.Article, Times: []isnad.Time{{Span: s, Type: x.Type, Value: x.Value, Mod: x.Mod, Trust: tr}}}
			if err := one.Check(); err != nil {
				t.Errorf("%s: time %d: %v", f.Path, i, err)
			}
		}
		for _, x := range f.Marked.Quantities {
			rec.Quantities = append(rec.Quantities, isnad.Quantity{Span: s, Value: x.Value, Max: x.Max, Unit: x.Unit, Mod: x.Mod, Trust: tr})
		}
		for _, x := range f.Marked.Statements {
			rec.Statements = append(rec.Statements, isnad.Statement{Span: s, Content: s, SpeakerKind: isnad.SpeakerKind(x.Kind), Speaker: isnad.Source{Entity: isnad.None}, Trust: tr})
		}
		for _, x := range f.Marked.Events {
			rec.Events = append(rec.Events, isnad.Event{Span: s, Trigger: s, Type: x.Type, Status: x.Status, Statement: isnad.None, Trust: tr})
		}
		for _, x := range f.Marked.Commitments {
			rec.Commitments = append(rec.Commitments, isnad.Commitment{Span: s, What: s, Due: x.Due, Basis: x.Basis, To: isnad.Source{Entity: isnad.None}, Statement: isnad.None, Trust: tr})
		}
		if err := rec.Check(); err != nil {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
}
