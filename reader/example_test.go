package reader_test

import (
	"fmt"
	"log"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/reader"
)

func Example() {
	r, err := reader.New()
	if err != nil {
		log.Fatal(err)
	}
	rec := r.Read(isnad.Article{
		Published: "2026-03-10",
		Text:      "قال وزير الطاقة الأردني سليم النجار، الاثنين، إن بلاده ستعيد تشغيل المحطة قبل نهاية أبريل المقبل.",
	})
	text := rec.Article.Text
	for _, s := range rec.Statements {
		fmt.Printf("%s: %s\n", s.Speaker.Of(text), s.Content.Of(text))
	}
	for _, t := range rec.Times {
		fmt.Printf("%s = %s, %s to %s\n", t.Of(text), t.Value, t.First, t.Last)
	}
	// Output:
	// سليم النجار: بلاده ستعيد تشغيل المحطة قبل نهاية أبريل المقبل
	// الاثنين = 2026-03-09, 2026-03-09 to 2026-03-09
	// نهاية أبريل المقبل = 2026-04, 2026-04-21 to 2026-04-30
}
