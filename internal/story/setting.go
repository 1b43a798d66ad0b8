package story

import (
	"math"
	"sort"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// setting is what a sentence says of when and where something was and of what it was: by it
// are told figures of one happening from those of two.
type setting struct {
	from, to string // the days told, ISO dates; empty where none are
	long     bool   // of a period, not of a day
	lead     bool   // the article begins with it
	people   gist   // the people and bodies named
	places   gist   // the places named, states by their codes
	states   gist   // the states among them or meant by a people's name
	words    gist   // everything else
}

// opening is how many sentences an article begins with.
const opening = 2

// carried is how many sentences on a day that was told still holds.
const carried = 3

// scenes makes the settings of an article. It remembers the last sentence, as tokens of one
// sentence share all but their days.
type scenes struct {
	e    *Editor
	d    *ling.Doc
	r    *isnad.Record
	at   int // the sentence remembered
	last setting
}

func (e *Editor) scenes(d *ling.Doc, r *isnad.Record) *scenes {
	return &scenes{e: e, d: d, r: r, at: -1}
}

// of gives the setting of a token.
func (c *scenes) of(token int) setting {
	k := c.d.SentenceOf(token)
	if k != c.at {
		c.at, c.last = k, c.make(k)
	}
	x := c.last
	x.from, x.to, x.long = c.e.when(c.d, c.r, token, sentenceSpan(c.d, c.d.Sents[k]))
	for i := k - 1; i >= max(0, k-carried) && x.from == "" && !x.long; i-- {
		s := c.d.Sents[i]
		if from, to, long := c.e.when(c.d, c.r, s.Last-1, sentenceSpan(c.d, s)); !long {
			x.from, x.to = from, to
		}
	}
	return x
}

// make gives what the settings of a sentence's tokens share.
func (c *scenes) make(k int) setting {
	s := c.d.Sents[k]
	x := setting{lead: k < opening, people: gist{}, places: gist{}, states: gist{}, words: gist{}}
	for key, w := range c.e.gist(c.d, s.First, s.Last) {
		switch {
		case state(key):
			x.states[key] = w
		case stem(key) && (key[0] < '0' || key[0] > '9'):
			x.words[key] = w
		}
	}
	for i := s.First; i < s.Last; i++ {
		if c.e.tolls.of(&c.d.Tokens[i]) != "" {
			stem, _ := c.e.weigh(&c.d.Tokens[i])
			delete(x.words, stem)
		}
	}
	for _, n := range namesIn(c.r, sentenceSpan(c.d, s)) {
		to := x.people
		if n.Kind == isnad.Place {
			to = x.places
		}
		for i := tokenAt(c.d, n.Start); i < s.Last && int(c.d.Tokens[i].Start) < n.End; i++ {
			t := &c.d.Tokens[i]
			if stem, w := c.e.weigh(t); w > common && c.e.state(t) == "" {
				to[bones(stem)] = int(w * fine)
			}
		}
	}
	return x
}

// common is the weight of a word that tells no place from others («مدينة», «شمال»).
const common = 2.5

// namesIn gives the names of a record within a span.
func namesIn(r *isnad.Record, s isnad.Span) []isnad.Name {
	first := sort.Search(len(r.Names), func(i int) bool { return r.Names[i].Start >= s.Start })
	last := first
	for last < len(r.Names) && r.Names[last].End <= s.End {
		last++
	}
	return r.Names[first:last]
}

// apart reports whether two settings cannot be of one thing: other days, or other places.
func (x setting) apart(y setting) bool {
	if x.long != y.long {
		return true
	}
	if x.from != "" && y.from != "" && !x.long && (x.from > y.to || y.from > x.to) {
		return true
	}
	return x.strange(y)
}

// strange reports whether two settings name other places.
func (x setting) strange(y setting) bool {
	return len(x.places) > 0 && len(y.places) > 0 && !x.places.shares(y.places)
}

// others reports whether two settings name other people.
func (x setting) others(y setting) bool {
	return len(x.people) > 0 && len(y.people) > 0 && !x.people.shares(y.people)
}

// near tells how near the words of two settings are, from 0 to 1.
func (x setting) near(y setting) float64 {
	both := x.words.times(y.words) + x.states.times(y.states)
	if both == 0 {
		return 0
	}
	return float64(both) / math.Sqrt(float64(x.words.square()+x.states.square())*float64(y.words.square()+y.states.square()))
}

// bones gives the letters of a name that its spellings have in common: «مونستر» and «منستر».
func bones(name string) string {
	out := make([]byte, 0, len(name))
	for _, r := range name {
		if s := string(r); s != script.Alef && s != script.Waw && s != script.Ya {
			out = utf8.AppendRune(out, r)
		}
	}
	if len(out) < 3*len(script.Alef) {
		return name
	}
	return string(out)
}
