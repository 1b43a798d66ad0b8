package story_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/story"
	"github.com/isnad-project/isnad/reader"
)

// The press of an invented country: what three outlets tell of a fire, and of something else.
var press = []isnad.Article{
	{ID: "n1", Outlet: "النهار", Published: "2019-05-02T08:00:00Z", Title: "حريق في مصنع النسيج بطنجة يقتل 12 عاملا", Text: "" +
		"قتل 12 عاملا وأصيب 30 آخرون في حريق شب في مصنع للنسيج بمدينة طنجة المغربية فجر الخميس.\n\n" +
		"وقال مدير الدفاع المدني إن النيران اندلعت في مخزن القماش وامتدت إلى طوابق المصنع الثلاثة.\n\n" +
		"ونفت شركة النسيج إغلاق أبواب المصنع على العمال ليلة الحريق."},
	{ID: "s1", Outlet: "الصباح", Published: "2019-05-02T10:30:00Z", Title: "ارتفاع قتلى حريق طنجة إلى 15", Text: "" +
		"ارتفع عدد قتلى حريق مصنع النسيج في مدينة طنجة المغربية إلى 15 قتيلا، فيما أصيب 30 شخصا بجروح وحروق.\n\n" +
		"وذكر الدفاع المدني أن النيران بدأت في مخزن القماش قبل أن تلتهم طوابق المصنع.\n\n" +
		"وقال عمال نجوا من الحريق إن الشركة أغلقت أبواب المصنع عليهم ليلة الحريق."},
	{ID: "m1", Outlet: "المساء", Published: "2019-05-02T12:00:00Z", Title: "مصنع طنجة: أكثر من 40 جريحا", Text: "" +
		"قتل 12 عاملا وأصيب 30 آخرون في حريق شب في مصنع للنسيج بمدينة طنجة المغربية فجر الخميس.\n\n" +
		"وقال مدير الدفاع المدني إن النيران اندلعت في مخزن القماش وامتدت إلى طوابق المصنع الثلاثة."},
	{ID: "s2", Outlet: "الصباح", Published: "2019-05-03T09:00:00Z", Title: "طنجة تشيع ضحايا حريق مصنع النسيج", Text: "" +
		"شيعت مدينة طنجة المغربية ضحايا حريق مصنع النسيج الذي قتل فيه 15 عاملا، وأعلن الحداد ثلاثة أيام.\n\n" +
		"وأمرت النيابة بالتحقيق في أسباب الحريق وفي أبواب المصنع."},
	{ID: "n2", Outlet: "النهار", Published: "2019-05-02T09:00:00Z", Title: "الذهب يتراجع", Text: "" +
		"تراجعت أسعار الذهب في التعاملات الآسيوية مع صعود الدولار وترقب المستثمرين قرار الفائدة.\n\n" +
		"وخسر المعدن نحو واحد بالمئة، وهبطت الفضة والبلاتين أيضا."},
}

// join reads articles and gives their stories.
func join(t testing.TB, articles []isnad.Article) ([]isnad.Story, map[string]string) {
	t.Helper()
	r, err := reader.New()
	if err != nil {
		t.Fatal(err)
	}
	e, err := story.New()
	if err != nil {
		t.Fatal(err)
	}
	j := story.NewJoiner()
	told, text := map[string]story.Telling{}, map[string]string{}
	for _, a := range articles {
		rec := r.Read(a)
		s := e.Sketch(&rec)
		j.Add(&s)
		told[a.ID], text[a.ID] = story.Telling{Record: &rec, Sketch: &s}, rec.Article.Text
	}
	j.Run()
	var out []isnad.Story
	for _, list := range j.Stories() {
		var tellings []story.Telling
		for _, s := range list {
			tellings = append(tellings, told[s.ID])
		}
		slices.Reverse(tellings) // in any order
		out = append(out, e.Story(tellings))
	}
	return out, text
}

func TestStory(t *testing.T) {
	stories, text := join(t, press)
	if len(stories) != 2 {
		t.Fatalf("%d stories, want 2: %+v", len(stories), stories)
	}
	fire, gold := stories[0], stories[1]
	if got, want := fmt.Sprint(fire.ID, fire.Articles, fire.First, fire.Last), fmt.Sprint("n1", []string{"n1", "s1", "m1", "s2"}, "2019-05-02", "2019-05-03"); got != want {
		t.Errorf("the fire is %s, want %s", got, want)
	}
	if !strings.Contains(fire.Title, "طنجة") {
		t.Errorf("its title is %q", fire.Title)
	}
	if len(fire.Copies) != 1 || fire.Copies[0].Origin != "n1" || !slices.Equal(fire.Copies[0].Articles, []string{"n1", "m1"}) {
		t.Errorf("its copies are %+v", fire.Copies)
	}
	if len(gold.Copies)+len(gold.Disagreements) > 0 || gold.Title != "الذهب يتراجع" {
		t.Errorf("of gold: %+v", gold)
	}
	for _, s := range stories {
		for _, c := range claims(s) {
			if c.Of(text[c.Article]) != c.Words || c.Words == "" {
				t.Errorf("%q does not stand at %v of %s", c.Words, c.Span, c.Article)
			}
		}
	}
}

func claims(s isnad.Story) (out []isnad.Claim) {
	for _, d := range s.Disagreements {
		for _, v := range d.Values {
			out = append(out, v.Claims...)
		}
	}
	for _, m := range s.Timeline {
		out = append(out, m.Claim)
	}
	return out
}

// summary tells a disagreement in a line: values with those who state them.
func summary(d isnad.Disagreement) string {
	var b strings.Builder
	b.WriteString(d.Kind)
	for _, v := range d.Values {
		if d.Kind == "count" {
			b.WriteString(" " + v.Value)
		}
		for _, c := range v.Claims {
			b.WriteString(" " + c.Article)
		}
		b.WriteString(";")
	}
	return b.String()
}

func TestDisagreements(t *testing.T) {
	base := []isnad.Article{press[0], press[1]}
	tell := func(outlet, text string) isnad.Article {
		return isnad.Article{ID: outlet, Outlet: outlet, Published: "2019-05-02T20:00:00Z", Title: "حريق مصنع النسيج بطنجة",
			Text: text + "\n\nوكان الحريق قد شب في مخزن القماش وامتد إلى طوابق المصنع الثلاثة فجر الخميس قبل أن يخمده الدفاع المدني في مدينة طنجة المغربية."}
	}
	for _, c := range []struct {
		name     string
		articles []isnad.Article
		want     []string
	}{
		{"dead and what is denied", base, []string{"count 12 n1; 15 s1;", "denial s1; n1;"}},
		{"copies speak once", []isnad.Article{press[0], press[1], press[2]}, []string{"count 12 n1; 15 s1;", "denial s1; n1;"}},
		{"one outlet alone corrects itself", []isnad.Article{press[1], {ID: "s0", Outlet: "الصباح", Published: "2019-05-02T07:00:00Z", Title: press[1].Title, Text: strings.Replace(press[1].Text, "15", "9", 1)}}, nil},
		{"a rounding is none", []isnad.Article{tell("أ", "قتل 42 عاملا في حريق مصنع النسيج بمدينة طنجة."), tell("ب", "قتل أكثر من 40 عاملا في حريق مصنع النسيج بطنجة المغربية.")}, nil},
		{"an outlet that corrects itself to what the other has", []isnad.Article{
			tell("أ", "قتل 42 عاملا في حريق مصنع النسيج بمدينة طنجة."),
			{ID: "ب0", Outlet: "ب", Published: "2019-05-02T06:00:00Z", Title: "حريق مصنع النسيج بطنجة", Text: "لقي 17 شخصا حتفهم في حريق مصنع النسيج بمدينة طنجة المغربية بعد أن اندلعت النيران في مخزن القماش وطوابق المصنع."},
			tell("ب", "ارتفع عدد قتلى حريق مصنع النسيج في طنجة إلى 42 قتيلا."),
		}, nil},
		{"parts and ages are no counts of all", []isnad.Article{
			tell("أ", "قتل 42 عاملا بينهم 8 نساء في حريق مصنع النسيج بمدينة طنجة."),
			tell("ب", "قتل 42 شخصا، بينهم 6 أطفال، في حريق مصنع النسيج بطنجة، وكان أحد القتلى يبلغ من العمر 16 عاما."),
		}, nil},
	} {
		stories, _ := join(t, c.articles)
		if len(stories) != 1 {
			t.Errorf("%s: %d stories", c.name, len(stories))
			continue
		}
		var got []string
		for _, d := range stories[0].Disagreements {
			got = append(got, summary(d))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestStoryOfNothing(t *testing.T) {
	e, err := story.New()
	if err != nil {
		t.Fatal(err)
	}
	if s := e.Story(nil); s.ID != "" || len(s.Articles) > 0 {
		t.Errorf("got %+v", s)
	}
	empty := isnad.Record{}
	k := e.Sketch(&empty)
	if s := e.Story([]story.Telling{{Record: &empty, Sketch: &k}}); len(s.Articles) != 1 || s.First != "" {
		t.Errorf("got %+v", s)
	}
}

// FuzzStory makes a story of any two texts: every claim stands where it is said to stand.
func FuzzStory(f *testing.F) {
	f.Add(press[0].Text, press[1].Text)
	f.Add("قتل 3 و5 قتلى، 7 جرحى.", "نفى مقتل 3. نفى. 11 قتيلا بينهم")
	f.Add("\xff", "")
	r, err := reader.New()
	if err != nil {
		f.Fatal(err)
	}
	e, err := story.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		var list []story.Telling
		for i, text := range []string{a, b} {
			rec := r.Read(isnad.Article{ID: fmt.Sprint(i), Outlet: fmt.Sprint("o", i), Published: "2019-05-02", Title: text[:min(len(text), 40)], Text: text})
			s := e.Sketch(&rec)
			list = append(list, story.Telling{Record: &rec, Sketch: &s})
		}
		s := e.Story(list)
		for _, c := range claims(s) {
			text := list[c.Article[0]-'0'].Record.Article.Text
			if c.Start < 0 || c.End > len(text) || c.Of(text) != c.Words {
				t.Errorf("%q does not stand at %v", c.Words, c.Span)
			}
		}
		for _, d := range s.Disagreements {
			if len(d.Values) < 2 || d.About == "" {
				t.Errorf("%+v", d)
			}
		}
	})
}
