package ling

import (
	"fmt"
	"strings"
	"testing"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

func analyzer(t testing.TB) *Analyzer {
	t.Helper()
	l, err := lex.Default()
	if err != nil {
		t.Fatal(err)
	}
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	return New(l, v)
}

// TestClitics writes each word with + between proclitics and base.
func TestClitics(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct{ word, want string }{
		{"وقال", "w+قال"}, {"وقع", "وقع"}, {"ووقع", "w+وقع"}, {"بيان", "بيان"}, {"كان", "كان"},
		{"وبمساعدة", "w+b+مساعده"}, {"للعراق", "l+العراق"}, {"والكاظمي", "w+الكاظمي"}, {"لبنان", "لبنان"},
		{"بلبنان", "b+لبنان"}, {"فيما", "فيما"}, {"وزير", "وزير"}, {"ووزير", "w+وزير"}, {"سيعلن", "s+يعلن"},
		{"وسيعلن", "w+s+يعلن"}, {"كبير", "كبير"}, {"بعد", "بعد"}, {"لداعش", "l+داعش"}, {"وفد", "وفد"},
		{"ولد", "ولد"}, {"بغداد", "بغداد"}, {"ببغداد", "b+بغداد"}, {"فلسطين", "فلسطين"}, {"كوريا", "كوريا"},
		{"وكوريا", "w+كوريا"}, {"واشنطن", "واشنطن"}, {"بالرئيس", "b+الرءيس"}, {"وليس", "w+ليس"}, {"لن", "لن"},
	} {
		d := a.Analyze(c.word)
		tok := d.Tokens[0]
		var b strings.Builder
		for _, p := range []byte{tok.Conj, tok.Prep} {
			if p != 0 {
				b.WriteByte(p)
				b.WriteByte('+')
			}
		}
		if tok.Fut {
			b.WriteString("s+")
		}
		b.WriteString(tok.Base)
		if b.String() != c.want {
			t.Errorf("%s: %s, want %s", c.word, b.String(), c.want)
		}
	}
}

// TestBody checks where a span may begin.
func TestBody(t *testing.T) {
	a := analyzer(t)
	for word, want := range map[string]string{
		"للعراق": "لعراق", "وَقَالَ": "قَالَ", "والكاظمي": "الكاظمي", "سيعلن": "سيعلن", "وسيعلن": "سيعلن", "وبـالعراق": "العراق",
	} {
		d := a.Analyze(word)
		if got := word[d.Tokens[0].Body:]; got != want {
			t.Errorf("%s: body %s, want %s", word, got, want)
		}
	}
}

// TestSeats tells words apart that folding unites.
func TestSeats(t *testing.T) {
	a := analyzer(t)
	d := a.Analyze("على علي روسيا روسياً روسيًا أن إن وإن")
	var got []string
	for i := range d.Tokens {
		t := &d.Tokens[i]
		got = append(got, fmt.Sprint(t.Maqsura, t.Tanwin, t.Hamza))
	}
	want := "true false 0|false false 0|false false 0|false true 0|false true 0|false false 1|false false 2|false false 2"
	if strings.Join(got, "|") != want {
		t.Errorf("%q, want %s", got, want)
	}
}

func TestSentences(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"قال الرئيس جورج دبليو. بوش كلمته. ثم خرج.", []string{"قال الرئيس جورج دبليو. بوش كلمته.", "ثم خرج."}},
		{"ارتفع النمو 3.5 في المئة. وهبط الدولار", []string{"ارتفع النمو 3.5 في المئة.", "وهبط الدولار"}},
		{"قال د. سمير إن الأمر انتهى! هل عاد؟ نعم.", []string{"قال د. سمير إن الأمر انتهى!", "هل عاد؟", "نعم."}},
		{"قال: «انتهى الأمر. لن نعود» وخرج. ثم عاد.", []string{"قال: «انتهى الأمر. لن نعود» وخرج.", "ثم عاد."}},
		{"سطر أول\nسطر ثان", []string{"سطر أول", "سطر ثان"}},
		{"قال “انتهى الأمر ولم يغلق القوس. ثم خرج.", []string{"قال “انتهى الأمر ولم يغلق القوس.", "ثم خرج."}},
	} {
		d := a.Analyze(c.text)
		var got []string
		for _, s := range d.Sents {
			got = append(got, c.text[d.Tokens[s.First].Start:d.Tokens[s.Last-1].End])
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestQuotes(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct{ text, want string }{
		{"قال ”لن نعود“ ثم خرج", "لن نعود"},
		{"قال “لن نعود” ثم خرج", "لن نعود"},
		{"قال „لن نعود“ ثم خرج", "لن نعود"},
		{"قال \"لن نعود\" ثم \"خرج\"", "لن نعود|خرج"},
		{"قال «إن \"القوم\" عادوا»", "إن \"القوم\" عادوا|القوم"},
		{"قال ‹لن نعود›", "لن نعود"},
		{"قال 'لن نعود'.", "لن نعود"},
		{"قال \"لن نعود، ثم خرج", "لن نعود، ثم خرج"},
		{"قال: \" لن نعود \".", "لن نعود"},
	} {
		d := a.Analyze(c.text)
		var got []string
		for _, q := range d.Quotes {
			got = append(got, c.text[d.Tokens[q.Open+1].Start:d.Tokens[q.Close-1].End])
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestTries runs the sentence of every lexicon row that has one.
func TestTries(t *testing.T) {
	a := analyzer(t)
	if len(a.lex.Tries) < 100 {
		t.Errorf("only %d rows have a sentence", len(a.lex.Tries))
	}
	for _, try := range a.lex.Tries {
		if !found(a.Analyze(try.Sentence), try) {
			t.Errorf("%s:%d: does not match in its own sentence «%s»", try.File, try.Line, try.Sentence)
		}
	}
}

func found(d *Doc, try lex.Try) bool {
	is := func(s lex.Sense) bool { return s.Table == try.Table && int(s.Row) == try.Row }
	for i := range d.Tokens {
		hit := false
		d.Tokens[i].Senses(try.Table, func(s lex.Sense) bool { hit = is(s); return !hit })
		for _, p := range d.PhrasesAt(i) {
			for _, s := range p.Word.Senses {
				hit = hit || is(s)
			}
		}
		if hit {
			return true
		}
	}
	return false
}

// checkDoc proves what every finder relies on.
func checkDoc(t *testing.T, d *Doc) {
	t.Helper()
	last := int32(0)
	for i, tok := range d.Tokens {
		if tok.Start < last || tok.End <= tok.Start || tok.Body < tok.Start || tok.Body >= tok.End || int(tok.End) > len(d.Text) {
			t.Fatalf("token %d: %d, %d, %d after %d of %d", i, tok.Start, tok.Body, tok.End, last, len(d.Text))
		}
		last = tok.End
	}
	next := 0
	for _, s := range d.Sents {
		if s.First != next || s.Last <= s.First {
			t.Fatalf("sentence %v does not follow token %d", s, next)
		}
		next = s.Last
	}
	if next != len(d.Tokens) {
		t.Fatalf("sentences end at %d of %d tokens", next, len(d.Tokens))
	}
	for _, q := range d.Quotes {
		if q.Close <= q.Open || q.Close > len(d.Tokens) {
			t.Fatalf("quote %v of %d tokens", q, len(d.Tokens))
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	a := analyzer(f)
	f.Add("قال الرئيس جورج دبليو. بوش \"لن نعود» للعراق 3.5٪ ﻻ\nوبعد")
	f.Add("«\"'‹“”„»››\"\"''")
	f.Fuzz(func(t *testing.T, text string) {
		d := a.Analyze(text)
		checkDoc(t, d)
		a.Release(d)
	})
}

func BenchmarkAnalyze(b *testing.B) {
	a := analyzer(b)
	text := strings.Repeat("وقع الرئيس ووزير الخارجية العراقي، الاثنين، اتفاقا ينهي المهمة بحلول نهاية 2021، وقال للصحفيين: «لن نعود إلى الوراء».\n", 50)
	words := len(strings.Fields(text))
	b.ReportAllocs()
	for b.Loop() {
		a.Release(a.Analyze(text))
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}
