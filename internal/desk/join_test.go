package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/evidence"
	"github.com/isnad-project/isnad/internal/pour"
)

// happenings are what the made articles tell of.
var happenings = [...][3]string{
	{"حريق في سوق الخضار بمدينة الرمل", "اندلع حريق كبير في سوق الخضار بمدينة الرمل وأتى على عشرات المحال", "الدفاع المدني"},
	{"إضراب عمال الميناء", "بدأ عمال الميناء الشمالي إضرابا مفتوحا للمطالبة برفع الأجور وتحسين ظروف العمل", "نقابة العمال"},
	{"افتتاح سد الوادي", "افتتحت وزارة المياه سد الوادي الجديد بعد ستة أعوام من العمل فيه", "وزارة المياه"},
	{"محاكمة مدير المصرف", "مثل مدير المصرف الزراعي السابق أمام المحكمة بتهمة اختلاس أموال المودعين", "النيابة العامة"},
	{"فيضان النهر", "فاض النهر الكبير وأغرق قرى وحقولا وقطع الطريق إلى الجنوب", "هيئة الأرصاد"},
	{"سباق الهجن السنوي", "انطلق سباق الهجن السنوي بمشاركة متسابقين من دول كثيرة", "اللجنة المنظمة"},
	{"قمة الطاقة", "اختتمت قمة الطاقة أعمالها بالدعوة إلى خفض الانبعاثات وزيادة الاستثمار", "رئاسة القمة"},
	{"وباء الكوليرا", "سجلت وزارة الصحة إصابات جديدة بالكوليرا في المخيمات شرقي البلاد", "وزارة الصحة"},
}

// wire makes articles of several outlets over ten days: happenings that go on, copies,
// other numbers, and some without a date. Lines are JSON, as they are poured in.
func wire(n int) [][]byte {
	r := rand.New(rand.NewPCG(7, 7))
	var lines [][]byte
	for i := range n {
		k := r.IntN(len(happenings) * 3)
		h, place := happenings[k%len(happenings)], [...]string{"الشمالية", "الغربية", "الشرقية"}[k/len(happenings)]
		day := 1 + (k*5+r.IntN(3))%10
		published := fmt.Sprintf("2024-04-%02dT%02d:%02d:00+03:00", day, r.IntN(24), r.IntN(60))
		if i%29 == 0 {
			published = ""
		}
		text := fmt.Sprintf("%s في المنطقة %s، وأعلنت %s أن %d أشخاص أصيبوا.", h[1], place, h[2], 3+r.IntN(9))
		if i%4 > 0 {
			text += fmt.Sprintf("\n\nوقالت %s إن %d فريقا يعمل في المنطقة %s منذ الصباح.", h[2], 2+r.IntN(30), place)
		}
		line, err := json.Marshal(map[string]string{
			"id": fmt.Sprintf("w%03d", i), "title": h[0] + " في المنطقة " + place, "text": text, "published": published, "outlet": fmt.Sprint("الصحيفة ", i%5),
		})
		if err != nil {
			panic(err)
		}
		lines = append(lines, line)
	}
	return lines
}

// putLines keeps lines as a pouring would.
func putLines(t *testing.T, d *Desk, lines [][]byte) {
	t.Helper()
	var all []caught
	for i, b := range lines {
		c := caught{bytes: b, capture: isnad.Capture{URL: fmt.Sprint("lines:", i), Fetched: d.now(), Form: string(pour.Lines), MediaType: "application/json", Digest: evidence.Digest(b)}}
		var err error
		if c.entry, _, err = d.maker.Entry("", c.capture, b); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	if _, err := d.keep(t.Context(), all); err != nil {
		t.Fatal(err)
	}
}

// told gives all stories as they are printed.
func told(t *testing.T, d *Desk) string {
	t.Helper()
	all := stories(t, d.Library)
	slices.SortFunc(all, func(a, b isnad.Story) int { return strings.Compare(a.ID, b.ID) })
	var out []byte
	for i := range all {
		var err error
		out, err = all[i].AppendJSON(out, func(id string) (string, bool) {
			h, err := d.Library.Article(context.Background(), id)
			return h.Record.Article.Text, err == nil
		})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, '\n')
	}
	return string(out)
}

// same fails the test where two libraries tell other stories.
func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Errorf("%s: %d lines, want %d; first other:\n%s\n%s", what, len(g), len(w), g[i], w[i])
			return
		}
	}
	t.Errorf("%s: %d lines, want %d", what, len(g), len(w))
}

// TestJoinOrder wants the same stories whatever the order and the batches of pouring.
func TestJoinOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, x := range []struct{ articles, batch int }{{200, 40}, {50, 1}} {
		lines := wire(x.articles)
		d := open(t, t.TempDir(), morning())
		putLines(t, d, lines)
		join(t, d)
		want := told(t, d)
		if n := strings.Count(want, "\n"); n < 5 || n > x.articles/2 {
			t.Errorf("%d stories of %d articles", n, x.articles)
		}
		mixed := slices.Clone(lines)
		r.Shuffle(len(mixed), func(i, k int) { mixed[i], mixed[k] = mixed[k], mixed[i] })
		size := x.batch
		d = open(t, t.TempDir(), morning())
		for batch := range slices.Chunk(mixed, size) {
			putLines(t, d, batch)
			join(t, d)
		}
		same(t, fmt.Sprint("batches of ", size), told(t, d), want)
		whole(t, d)
	}
}

func join(t *testing.T, d *Desk) {
	t.Helper()
	if err := d.Join(t.Context()); err != nil {
		t.Fatal(err)
	}
	if days, err := d.Library.Unjoined(t.Context()); err != nil || len(days) > 0 {
		t.Fatalf("after joining, %v wait: %v", days, err)
	}
}

// TestJoinMoved wants articles whose day or text is changed to leave the stories that a
// library has which never held them otherwise.
func TestJoinMoved(t *testing.T) {
	lines := wire(80)
	d := open(t, t.TempDir(), morning())
	putLines(t, d, lines)
	join(t, d)
	for i := 0; i < len(lines); i += 6 {
		var a map[string]string
		if err := json.Unmarshal(lines[i], &a); err != nil {
			t.Fatal(err)
		}
		switch i % 18 {
		case 0:
			a["published"] = fmt.Sprintf("2024-04-%02d", 1+(i*7)%20)
		case 6:
			a["published"] = ""
		default:
			a["text"] = happenings[i%len(happenings)][1] + ".\n\n" + happenings[(i+1)%len(happenings)][1] + "."
		}
		lines[i], _ = json.Marshal(a)
		putLines(t, d, lines[i:i+1])
		if i%4 == 0 {
			join(t, d)
		}
	}
	join(t, d)
	fresh := open(t, t.TempDir(), morning())
	putLines(t, fresh, lines)
	join(t, fresh)
	same(t, "revised", told(t, d), told(t, fresh))
	whole(t, d)
}

// TestJoinUndated wants articles without a date joined however many there are.
func TestJoinUndated(t *testing.T) {
	var lines [][]byte
	for i := range 620 {
		lines = append(lines, fmt.Appendf(nil, `{"id":"u%d","text":"وصلت الشحنة رقم %d إلى الميناء."}`, i, i))
	}
	d := open(t, t.TempDir(), morning())
	putLines(t, d, lines)
	join(t, d)
	if n := len(stories(t, d.Library)); n != 620 {
		t.Errorf("%d stories, want 620", n)
	}
}
