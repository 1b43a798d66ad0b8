package desk

import (
	"context"
	"fmt"
	"testing"

	"github.com/isnad-project/isnad"
)

// busy is a library to which an article comes while it is being joined: after the persons
// of its days were looked at, before its day is placed.
type busy struct {
	isnad.Library
	named bool
	late  func()
}

func (b *busy) Namesakes(ctx context.Context, from, to string) ([]isnad.Namesake, error) {
	b.named = true
	return b.Library.Namesakes(ctx, from, to)
}

func (b *busy) Sketches(ctx context.Context, from, to string) ([]isnad.Sketch, error) {
	if b.named && b.late != nil {
		late := b.late
		b.late = nil
		late()
	}
	return b.Library.Sketches(ctx, from, to)
}

// TestLate wants an article that comes during a joining to tell who a family name alone is
// as one that came before, after the next joining at the latest.
func TestLate(t *testing.T) {
	line := func(id, day, text string) []byte {
		return fmt.Appendf(nil, `{"id":%q,"title":"افتتاح الجسر","text":%q,"published":"2024-04-%s","outlet":"المدى"}`, id, text, day)
	}
	short := line("short", "03", "زار العطار مدينة الرمل أمس.\n\nوقال العطار إن الجسر الجديد سيفتتح قريبا.")
	full := line("full", "02", "أعلن وزير الأشغال سامر العطار أن الجسر الجديد سيفتتح قريبا.\n\nوقال العطار إن الأعمال انتهت.")
	things := func(d *Desk) string {
		h, err := d.Library.Article(t.Context(), "short")
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(h.Things)
	}
	sound := open(t, t.TempDir(), morning())
	putLines(t, sound, [][]byte{short, full})
	join(t, sound)
	want := things(sound)
	d := open(t, t.TempDir(), morning())
	putLines(t, d, [][]byte{short, line("other", "02", "هطلت أمطار غزيرة على المدينة أمس.")})
	whole := d.Library
	d.Library = &busy{Library: whole, late: func() { putLines(t, d, [][]byte{full}) }}
	if err := d.Join(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.Library = whole
	if before := things(d); before == want {
		t.Errorf("the late article was seen: %s", before)
	}
	join(t, d)
	if got := things(d); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
