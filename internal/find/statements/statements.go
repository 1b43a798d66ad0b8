// Package statements finds what the article attributes to a source, and through whom:
// verbs, participles and nouns of saying, markers such as «وفقا ل», and quotation marks.
// It knows how attribution is built in Arabic news; the words that do it are rows of the
// lexicon. It does not know what the words said mean.
package statements

import (
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/ling"
)

// Find gives the statements of d in the order of their words. It takes time linear in
// the text: every cue looks at a bounded number of tokens, and at its sentence once.
func Find(d *ling.Doc, names []isnad.Name, entities []isnad.Entity, times []isnad.Time) []isnad.Statement {
	if len(d.Tokens) == 0 {
		return nil
	}
	f := newFinder(d, names, entities)
	for s := range d.Sents {
		f.sentence(s)
	}
	return f.statements()
}

// finder is one search.
type finder struct {
	*ling.Chunks
	names    []isnad.Name
	entities []isnad.Entity
	roles    roles
	found    []said
	voices   []voice // speakers so far, the latest last

	first, last int        // tokens of the sentence under way
	begun       int        // statements found before this sentence
	told        int        // token after the last content found in it
	ended       [2]stretch // where a clause and a noun phrase as content were found to end
	deep        bool       // a marker or phrase is being read: no other is inside it
	topic       int        // start of a noun phrase that waits for its verb, or -1
	inside      int        // token at which the innermost running content ends
	outer       int        // the statement that holds it
	clause      voice      // subject of the sentence's first verb
	through     []voice    // who passes on what the sentence goes on to tell
}

func newFinder(d *ling.Doc, names []isnad.Name, entities []isnad.Entity) *finder {
	f := &finder{Chunks: d.Chunks(names), names: names, entities: entities}
	f.roles = f.describe()
	return f
}

// stretch is a run of tokens [from, to).
type stretch struct{ from, to int }

// said is a statement by its tokens.
type said struct {
	cue, end      int // the cue [cue, end)
	from, to      int // the content [from, to)
	direct        bool
	speaker       voice
	implied       bool
	via           []voice
	hearer, heard int // those addressed [hearer, heard)
	rule          string
	confidence    float64
	report        bool // the words of a medium or paper
}

// add keeps a statement if its content has words.
func (f *finder) add(s said) bool {
	s.from, s.to = f.trim(s.from, s.to)
	if s.from >= s.to {
		return false
	}
	if s.confidence == 0 {
		s.confidence = 0.8
	}
	f.found = append(f.found, s)
	f.told = max(f.told, s.to)
	if s.to > f.inside {
		f.inside, f.outer = s.to, len(f.found)-1
	}
	return true
}

// statements gives what was found, by the order of their content.
func (f *finder) statements() []isnad.Statement {
	out := make([]isnad.Statement, 0, len(f.found))
	for i := range f.found {
		out = append(out, f.statement(&f.found[i]))
	}
	slices.SortStableFunc(out, func(a, b isnad.Statement) int {
		if a.Content.Start != b.Content.Start {
			return a.Content.Start - b.Content.Start
		}
		return b.Content.End - a.Content.End
	})
	return slices.CompactFunc(out, func(a, b isnad.Statement) bool { return a.Content == b.Content })
}

func (f *finder) statement(s *said) isnad.Statement {
	from, to := f.trim(s.from, s.to)
	out := isnad.Statement{
		Content: f.span(from, to),
		Direct:  s.direct,
		Speaker: f.source(s.speaker),
		Trust:   isnad.Trust{Rule: s.rule, Confidence: s.confidence},
	}
	out.Span = out.Content
	if cue := f.words(s.cue, s.end); !cue.Empty() {
		out.Cue = cue
		out.Span = hull(out.Span, out.Cue)
	}
	out.To = f.words(s.hearer, s.heard)
	out.SpeakerKind = s.speaker.kind
	if s.implied {
		out.SpeakerKind = isnad.Implied
	} else if !out.Speaker.Empty() && f.SentenceOf(s.speaker.first) == f.SentenceOf(s.from) {
		out.Span = hull(out.Span, out.Speaker.Span)
	}
	for _, v := range s.via {
		out.Via = append(out.Via, f.source(v))
	}
	return out
}

func hull(a, b isnad.Span) isnad.Span {
	return isnad.Span{Start: min(a.Start, b.Start), End: max(a.End, b.End)}
}

// span gives the bytes of tokens [from, to), without the letters before its first word.
func (f *finder) span(from, to int) isnad.Span {
	return isnad.Span{Start: int(f.Tokens[from].Body), End: int(f.Tokens[to-1].End)}
}

// words gives the bytes of tokens [from, to) from the first word to the last; nothing
// where there is none.
func (f *finder) words(from, to int) isnad.Span {
	for from < to && f.loose(from) {
		from++
	}
	for from < to && f.loose(to-1) {
		to--
	}
	if from >= to {
		return isnad.Span{}
	}
	return f.span(from, to)
}

// trim takes signs and marks off both ends of tokens [from, to); a bracket or mark that
// closes one inside stays.
func (f *finder) trim(from, to int) (int, int) {
	for from < to && f.loose(from) {
		from++
	}
	for from < to && f.loose(to-1) && !f.closes(from, to-1) {
		to--
	}
	return from, to
}

// loose reports a sign that content neither begins nor ends with.
func (f *finder) loose(i int) bool {
	t := &f.Tokens[i]
	return t.Kind == ling.Mark || t.Kind == ling.Punct && t.Fold != "#" && t.Fold != "%"
}

// closes reports whether the sign at i ends a pair that opened at or after from.
func (f *finder) closes(from, i int) bool {
	if f.Tokens[i].Fold == ")" {
		for j := i - 1; j >= max(from, i-12); j-- {
			if f.Tokens[j].Fold == "(" {
				return true
			}
		}
	}
	return false
}
