package shelf

import (
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
)

// Settled is a settlement as it is kept, by a number that is not 0.
type Settled struct {
	K            int64
	Words, What  string // of the commitment, as it stood when it was settled
	End          isnad.Ending
	Source, Note string
}

// sameDeed is how much of their words two commitments share at least when they are one.
const sameDeed = 0.5

// Attach gives each commitment of a record the number of the settlement of the commitment
// whose words are most like its own, or 0; each settlement goes to one.
func Attach(lang *query.Language, r *isnad.Record, settled []Settled) []int64 {
	of := make([]int64, len(r.Commitments))
	for _, s := range settled {
		best, most := -1, sameDeed
		what, words := lang.Forms(s.What), lang.Forms(s.Words)
		for i, c := range r.Commitments {
			if of[i] != 0 {
				continue
			}
			like := max(alike(what, lang.Forms(c.What.Of(r.Article.Text))), alike(words, lang.Forms(c.Of(r.Article.Text)))-0.01)
			if like > most || like == most && best < 0 {
				best, most = i, like
			}
		}
		if best >= 0 {
			of[best] = s.K
		}
	}
	return of
}

// alike is the share of words that two lists have in common (Jaccard).
func alike(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	in := map[string]int{}
	for _, w := range a {
		in[w] |= 1
	}
	for _, w := range b {
		in[w] |= 2
	}
	both := 0
	for _, v := range in {
		if v == 3 {
			both++
		}
	}
	return float64(both) / float64(len(in))
}

// Filter is what a query's conditions ask of a single statement or commitment.
type Filter struct {
	lang    *query.Language
	speaker [][]string // words that name the speaker
	holder  [][]string // words that name a holder
	content [][]string
	via     [][]string
	things  []string
}

// FilterFor makes the filter of a query's terms. now tells which thing an id means after
// corrections.
func FilterFor(lang *query.Language, terms []isnad.Term, now func(id string) (string, error)) (*Filter, error) {
	f := &Filter{lang: lang}
	for _, t := range terms {
		if t.Not {
			continue
		}
		switch t.Field {
		case isnad.InSpeaker:
			f.speaker = append(f.speaker, t.Words)
		case isnad.InBy:
			f.holder = append(f.holder, t.Words)
		case isnad.InSaid:
			f.content = append(f.content, t.Words)
		case isnad.InVia:
			f.via = append(f.via, t.Words)
		case isnad.OfEntity:
			id, err := now(t.Words[0])
			if err != nil {
				return nil, err
			}
			f.things = append(f.things, id)
		}
	}
	return f, nil
}

// allIn reports whether every list of words stands in a text.
func (f *Filter) allIn(lists [][]string, text string) bool {
	if len(lists) == 0 {
		return true
	}
	forms := f.lang.Forms(text)
	for _, words := range lists {
		for _, w := range words {
			if !slices.Contains(forms, w) {
				return false
			}
		}
	}
	return true
}

// Statement reports whether a statement of a record is one that is asked for. The things
// are those that the record's entities are.
func (f *Filter) Statement(r *isnad.Record, i int, things []string) bool {
	s, text := &r.Statements[i], r.Article.Text
	e := s.Speaker.Entity
	for _, t := range f.things {
		if e < 0 || e >= len(things) || things[e] != t {
			return false
		}
	}
	who := s.Speaker.Of(text)
	if e >= 0 && len(f.speaker) > 0 {
		who += "\n" + r.Entities[e].Name
	}
	via := ""
	if len(f.via) > 0 {
		for _, v := range s.Via {
			via += v.Of(text) + "\n"
		}
	}
	return f.allIn(f.speaker, who) && f.allIn(f.content, s.Content.Of(text)) && f.allIn(f.via, via)
}

// Commitment reports whether the holders of a commitment are those that are asked for.
func (f *Filter) Commitment(r *isnad.Record, i int, things []string) bool {
	if len(f.things) == 0 && len(f.holder) == 0 {
		return true
	}
	var held []string
	names := ""
	for _, b := range r.Commitments[i].By {
		names += b.Of(r.Article.Text) + "\n"
		if b.Entity >= 0 && b.Entity < len(things) && b.Entity < len(r.Entities) {
			held = append(held, things[b.Entity])
			names += r.Entities[b.Entity].Name + "\n"
		}
	}
	for _, t := range f.things {
		if !slices.Contains(held, t) {
			return false
		}
	}
	return f.allIn(f.holder, names)
}
