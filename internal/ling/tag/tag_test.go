package tag

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

func load(t testing.TB) (*Model, *ling.Analyzer) {
	t.Helper()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	l, err := lex.Default()
	if err != nil {
		t.Fatal(err)
	}
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	return m, ling.New(l, v)
}

// article is our own.
const article = `قال وزير الخارجية المصري سامح شكري في القاهرة إن بلاده ترحب بقرار مجلس الأمن الدولي. وأضاف شكري أن مصر تدعم جهود الأمم المتحدة في ليبيا.

وفي بغداد التقى الرئيس العراقي برهم صالح وفدا من حزب الدعوة، بينما أعلن المتحدث باسم البيت الأبيض أن ترامب سيزور باريس في نوفمبر المقبل. ونقلت وكالة رويترز عن دبلوماسي قوله إن الاتحاد الأوروبي لن يشارك في الاجتماع.`

func TestTagFindsNames(t *testing.T) {
	m, a := load(t)
	d := a.Analyze(article)
	found := map[string]Kind{}
	last := 0
	for _, s := range m.Tag(d, nil) {
		if s.First < last || s.Last <= s.First || s.Confidence < 0 || s.Confidence > 1.0001 {
			t.Errorf("bad span %+v after token %d", s, last)
		}
		last = s.Last
		found[d.Text[d.Tokens[s.First].Body:d.Tokens[s.Last-1].End]] = s.Kind
	}
	for name, kind := range map[string]Kind{"سامح شكري": Person, "القاهرة": Place, "الأمم المتحدة": Organization, "ليبيا": Place,
		"بغداد": Place, "برهم صالح": Person, "باريس": Place, "الاتحاد الأوروبي": Organization} {
		if found[name] != kind {
			t.Errorf("%s: kind %d, want %d; found %v", name, found[name], kind, found)
		}
	}
}

func TestTagIsSafeForAnyText(t *testing.T) {
	m, a := load(t)
	for _, text := range []string{"", "\n\n", "123", "«", "a", strings.Repeat("و", 500), strings.Repeat("قال ", 3000)} {
		d := a.Analyze(text)
		for _, s := range m.Tag(d, nil) {
			if s.Last > len(d.Tokens) {
				t.Errorf("%.20q: span %+v past the end", text, s)
			}
		}
	}
}

func TestUnpackRefusesDamage(t *testing.T) {
	for _, at := range []int{0, len(magic), len(packed) / 2, len(packed) - 1} {
		bad := []byte(string(packed))
		bad[at] ^= 1
		if _, err := Unpack(bad); err == nil {
			t.Errorf("no error with byte %d changed", at)
		}
	}
	if _, err := Unpack(packed[:len(packed)/2]); err == nil {
		t.Error("no error for a cut file")
	}
}

func TestTagDoesNotAllocate(t *testing.T) {
	m, a := load(t)
	d := a.Analyze(article)
	out := m.Tag(d, nil)
	if n := testing.AllocsPerRun(50, func() { out = m.Tag(d, out[:0]) }); n > 1 {
		t.Errorf("%v allocations for %d tokens", n, len(d.Tokens))
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTag(b *testing.B) {
	m, a := load(b)
	d := a.Analyze(strings.Repeat(article+"\n\n", 5))
	out := m.Tag(d, nil)
	for b.Loop() {
		out = m.Tag(d, out[:0])
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
