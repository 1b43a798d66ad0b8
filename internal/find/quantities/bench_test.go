package quantities

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad/internal/find/times"
)

func BenchmarkFind(b *testing.B) {
	text := "حضر 2500 جندي إلى الميدان، وقال المدير إن ثلاثة آخرين أصيبوا في الحادث. وبلغ عدد السكان 84 مليونا في العام الماضي، ونال الحزب 180 صوتا من أصل 350.\n\n"
	d := analyze(b, strings.Repeat(text, 50))
	list := times.Find(d, "2018-03-14")
	b.ReportAllocs()
	for b.Loop() {
		Find(d, nil, nil, list)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(d.Tokens)), "ns/token")
}
