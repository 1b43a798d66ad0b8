package conform

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
)

// day0 is the day from which the made articles count.
var day0 = time.Date(2018, 4, 7, 9, 0, 0, 0, time.UTC)

// draft makes entries out of words: what the tests' articles say stands in the tests.
type draft struct {
	t testing.TB
	isnad.Entry
}

// article begins an entry of an outlet, published so many days after day0, with a headline and a text.
func article(t testing.TB, id, outlet string, day int, title, text string) *draft {
	a := isnad.Article{ID: id, Outlet: outlet, URL: "https://" + outlet + ".example/" + id, Title: title, Language: "ar", Text: text}
	if day >= 0 {
		a.Published = day0.AddDate(0, 0, day).Format("2006-01-02T15:04:05Z07:00")
	}
	return &draft{t, isnad.Entry{
		Record:  isnad.Record{Reader: "isnad 0.2.0", Article: a},
		Sketch:  []byte("sketch of " + id),
		Capture: capture(id, 1),
	}}
}

// capture makes the n-th coming of a page.
func capture(id string, n int) isnad.Capture {
	return isnad.Capture{URL: "https://site.example/" + id, Feed: "https://site.example/feed", Fetched: day0.Add(time.Duration(n) * time.Hour),
		Status: 200, Form: "html", MediaType: "text/html; charset=utf-8", File: "00001.warc.gz", Offset: int64(1000 * n), Length: 900,
		Digest: fmt.Sprintf("sha256:%064x", len(id)+n), Outlet: "told", Title: "told title", Published: "2018"}
}

// span finds words in the text.
func (d *draft) span(words string) isnad.Span {
	if words == "" {
		return isnad.Span{}
	}
	i := strings.Index(d.Record.Article.Text, words)
	if i < 0 && d.t != nil {
		d.t.Helper()
		d.t.Fatalf("%q does not stand in the text of %s", words, d.Record.Article.ID)
	}
	return isnad.Span{Start: i, End: i + len(words)}
}

var trust = isnad.Trust{Rule: "made", Confidence: 0.9}

// named adds an entity and its one mention, with the key of the thing that it is.
func (d *draft) named(words string, kind isnad.Kind, key string) *draft {
	d.Record.Entities = append(d.Record.Entities, isnad.Entity{Name: words, Kind: kind, Role: "", Country: ""})
	d.Record.Names = append(d.Record.Names, isnad.Name{Span: d.span(words), Kind: kind, Entity: len(d.Record.Entities) - 1, Trust: trust})
	d.Identities = append(d.Identities, key)
	return d
}

// role gives the last entity a title.
func (d *draft) role(role, country string) *draft {
	e := &d.Record.Entities[len(d.Record.Entities)-1]
	e.Role, e.Country = role, country
	return d
}

// source gives a party by its words, with the entity of that name, if there is one.
func (d *draft) source(words string) isnad.Source {
	s := isnad.Source{Span: d.span(words), Entity: isnad.None}
	for i, e := range d.Record.Entities {
		if e.Name == words {
			s.Entity = i
		}
	}
	return s
}

// says adds a statement: who, with which word, what.
func (d *draft) says(who, cue, content string) *draft {
	c, q := d.span(content), d.span(cue)
	s := isnad.Statement{Span: isnad.Span{Start: min(c.Start, q.Start), End: max(c.End, q.End)}, Speaker: d.source(who), SpeakerKind: isnad.Named, Cue: q, Content: c, Trust: trust}
	d.Record.Statements = append(d.Record.Statements, s)
	return d
}

// does adds an event.
func (d *draft) does(kind, trigger string, actors ...string) *draft {
	s := d.span(trigger)
	d.Record.Events = append(d.Record.Events, isnad.Event{Span: s, Type: kind, Trigger: s, Actors: actors, Recipients: []string{}, Status: "happened", Statement: isnad.None, Trust: trust})
	return d
}

// promises adds a commitment.
func (d *draft) promises(who, words, what, due string) *draft {
	d.Record.Commitments = append(d.Record.Commitments, isnad.Commitment{Span: d.span(words), By: []isnad.Source{d.source(who)}, To: isnad.Source{Entity: isnad.None},
		What: d.span(what), Due: due, Basis: "promise", Statement: isnad.None, Trust: trust})
	return d
}

// Made makes entries from one number to another, each with something of every kind: for
// loads, not for what they say.
func Made(from, to int) []isnad.Entry {
	list := make([]isnad.Entry, 0, to-from)
	for i := from; i < to; i++ {
		place := fmt.Sprintf("ميناء %s", numerals[i%len(numerals)])
		d := article(nil, fmt.Sprintf("made-%04d", i), "outlet "+numerals[i%5], i%40, "حركة السفن في "+place,
			"عادت السفن إلى "+place+" صباحا. وقالت سعاد المرزوقي إن العمل مستمر. ونفى كمال الحدادي ذلك. "+strings.Repeat("ووصل العمال مع عائلاتهم إلى الرصيف. ", i%7)+
				"وتعهدت سعاد المرزوقي بفتح الطريق بحلول الجمعة.").
			named(place, isnad.Place, "l/"+numerals[i%len(numerals)]).
			named("سعاد المرزوقي", isnad.Person, "p/suad").role("وزيرة", "MAR").
			named("كمال الحدادي", isnad.Person, "p/kamal").
			says("سعاد المرزوقي", "وقالت", "العمل مستمر").
			says("كمال الحدادي", "ونفى", "ذلك").
			does("REJECT", "ونفى", "كمال الحدادي").
			promises("سعاد المرزوقي", "وتعهدت سعاد المرزوقي بفتح الطريق بحلول الجمعة", "بفتح الطريق", day0.AddDate(0, 0, i%40+3).Format(time.DateOnly))
		list = append(list, d.Entry)
	}
	return list
}

var numerals = [...]string{"الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر", "الحادي عشر"}
