package desk

import (
	"context"
	"errors"
	"testing"

	"github.com/isnad-project/isnad"
)

// mortal is a library whose program is ended at some keeping of stories.
type mortal struct {
	isnad.Library
	left int // how many are kept before
}

var errEnded = errors.New("the program was ended")

func (m *mortal) Join(ctx context.Context, j isnad.Joining) error {
	if m.left--; m.left < 0 {
		return errEnded
	}
	return m.Library.Join(ctx, j)
}

// TestJoinEnded ends a joining that changes old days at every moment, and wants the next
// one to give the stories that would have been there without it.
func TestJoinEnded(t *testing.T) {
	lines := wire(120)
	var early, late [][]byte
	for i, l := range lines {
		if i%6 == 0 {
			late = append(late, l)
		} else {
			early = append(early, l)
		}
	}
	sound := open(t, t.TempDir(), morning())
	putLines(t, sound, lines)
	join(t, sound)
	want := told(t, sound)
	for cut := 0; ; cut++ {
		d := open(t, t.TempDir(), morning())
		putLines(t, d, early)
		join(t, d)
		for i := range late { // one by one: most of the days that change hold nothing new
			putLines(t, d, late[i:i+1])
			whole := d.Library
			d.Library = &mortal{whole, cut}
			err := d.Join(t.Context())
			d.Library = whole
			if err != nil && !errors.Is(err, errEnded) {
				t.Fatal(err)
			}
			if waiting, w := d.Waiting(t.Context()); w != nil || waiting && err == nil {
				t.Fatalf("a joining that came to its end left days to wait, %v", w)
			}
		}
		if waiting, err := d.Waiting(t.Context()); err != nil || waiting {
			join(t, d)
		}
		same(t, "ended and gone on", told(t, d), want)
		d.Close()
		if cut == 6 || t.Failed() {
			return
		}
	}
}
