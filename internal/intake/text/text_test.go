package text

import "testing"

func TestParse(t *testing.T) {
	const body = "افتتح وزير النقل جسرا جديدا في مدينة السلط."
	for _, c := range []struct{ in, title, text string }{
		{body, "", body},
		{"جسر جديد في السلط\n\n" + body, "جسر جديد في السلط", body},
		{"\ufeffجسر جديد في السلط\r\n\r\n" + body + "\r\n", "جسر جديد في السلط", body},
		{"هل يكفي جسر واحد؟\n\n" + body, "هل يكفي جسر واحد؟", body},
		{"الوزير: \"جسر واحد يكفي\"\n\n" + body, "الوزير: \"جسر واحد يكفي\"", body},
		{"جسر جديد في السلط\n" + body, "", "جسر جديد في السلط\n" + body}, // no blank line
		{"افتتح الجسر.\n\n" + body, "", "افتتح الجسر.\n\n" + body},       // a sentence
		{"وقال الوزير:\n\n" + body, "", "وقال الوزير:\n\n" + body},       // a lead-in
	} {
		a, err := Parse([]byte(c.in))
		if err != nil || a.Title != c.title || a.Text != c.text {
			t.Errorf("Parse(%q) = %q, %q, %v", c.in, a.Title, a.Text, err)
		}
	}
}

func TestUnwrap(t *testing.T) {
	const wrapped = `افتتح وزير النقل في مدينة السلط جسرا جديدا يربط الحي
القديم بالمستشفى الجامعي بعد ثلاث سنوات من العمل الذي
شارك فيه أبناء المدينة.

وقال الوزير للصحفيين إن كلفة المشروع بلغت مليوني دينار
وإن الحركة عليه تبدأ صباح الأحد.`
	const want = "افتتح وزير النقل في مدينة السلط جسرا جديدا يربط الحي القديم بالمستشفى الجامعي بعد ثلاث سنوات من العمل الذي شارك فيه أبناء المدينة.\n\n" +
		"وقال الوزير للصحفيين إن كلفة المشروع بلغت مليوني دينار وإن الحركة عليه تبدأ صباح الأحد."
	if a, _ := Parse([]byte(wrapped)); a.Text != want {
		t.Errorf("text is\n%s", a.Text)
	}
	for _, whole := range []string{
		"سطر قصير\nسطر آخر\nسطر ثالث\nسطر رابع",
		"افتتح وزير النقل في مدينة السلط جسرا جديدا يربط الحي القديم.\nوقال الوزير للصحفيين إن كلفة المشروع بلغت مليوني دينار.\nوإن الحركة عليه تبدأ صباح الأحد في الساعة السابعة.\nويأمل السكان أن يخفف الجسر الازدحام.",
	} {
		if a, _ := Parse([]byte(whole)); a.Text != whole {
			t.Errorf("text is\n%s", a.Text)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("جسر جديد\n\nافتتح."))
	f.Add([]byte("\xff\xfe\x00\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := Parse(b)
		if err != nil && (a.Text != "" || a.Title != "") {
			t.Error("an error and an article")
		}
	})
}
