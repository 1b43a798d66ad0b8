package debris

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

func BenchmarkCut(b *testing.B) {
	c := cutter(b)
	text := lines("عمّان (رويترز) - "+one, two, three, "اقرأ أيضا: سكان السلط يطالبون بحديقة", strings.Repeat(one+" ", 3), two, "بلدية السلط تعلن خطة لترميم البيوت القديمة", three, "شارك هذا الخبر")
	a := isnad.Article{Title: "جسر جديد في السلط يفتح للحركة", Outlet: "صحيفة الجسر", Text: text}
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		c.Cut(a)
	}
	b.ReportMetric(float64(len(strings.Fields(text)))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
